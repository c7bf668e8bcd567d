from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0009_letters")]

    operations = [
        migrations.RemoveIndex(model_name="assignment", name="application_assignment"),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["department", "is_signed_for", "application"], name="application_assignment"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["agency", "due_on", "id"], name="application_by_due"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["agency", "number", "external_number", "document_number"], name="application_search"
            ),
        ),
    ]
