import django.db.models.deletion
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
            name='Chain',
            fields=[
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='bureau.agency')),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'verbose_name': '台账链',
                'verbose_name_plural': '台账链',
            },
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=60)),
                ('value', models.PositiveBigIntegerField(default=0)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency')),
            ],
            options={
                'verbose_name': '编号',
                'verbose_name_plural': '编号',
                'constraints': [models.UniqueConstraint(fields=('agency', 'series'), name='ledger_counter_series')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveBigIntegerField(verbose_name='序号')),
                ('stream', models.CharField(max_length=40, verbose_name='事项类别')),
                ('stream_id', models.PositiveBigIntegerField(verbose_name='事项')),
                ('kind', models.CharField(max_length=40, verbose_name='事件')),
                ('occurred_on', models.DateField(verbose_name='发生日期')),
                ('recorded_at', models.DateTimeField(verbose_name='记录时间')),
                ('payload', models.TextField(verbose_name='内容')),
                ('previous', models.CharField(max_length=64, verbose_name='上一条摘要')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('actor', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='记录人')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '台账记录',
                'verbose_name_plural': '台账记录',
                'indexes': [models.Index(fields=['stream', 'stream_id', 'position'], name='ledger_entry_stream')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'position'), name='ledger_entry_position')],
            },
        ),
    ]
