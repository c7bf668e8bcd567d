import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bureau', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('field', models.CharField(max_length=40, verbose_name='项目')),
                ('value', models.CharField(blank=True, max_length=200, verbose_name='内容')),
                ('entered_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='填写时间')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
            ],
            options={
                'verbose_name': '报表填写',
                'verbose_name_plural': '报表填写',
                'indexes': [models.Index(fields=['agency', 'year', 'field'], name='worksheet_answer_year')],
            },
        ),
    ]
