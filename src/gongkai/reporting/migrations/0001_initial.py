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
            name='AnnualReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('version', models.PositiveSmallIntegerField(default=1, verbose_name='版次')),
                ('form_code', models.CharField(choices=[('2019', '国办公开办函〔2019〕60号'), ('2021', '国办公开办函〔2021〕30号')], max_length=4, verbose_name='格式')),
                ('prose', models.JSONField(default=dict, verbose_name='文字')),
                ('state', models.CharField(choices=[('draft', '草稿'), ('published', '已发布')], default='draft', max_length=10, verbose_name='状态')),
                ('frozen', models.TextField(blank=True, default='', editable=False, verbose_name='发布内容')),
                ('digest', models.CharField(blank=True, default='', editable=False, max_length=64, verbose_name='摘要')),
                ('edited_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='修改时间')),
                ('published_at', models.DateTimeField(null=True, verbose_name='发布时间')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('edited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
                ('published_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
            ],
            options={
                'verbose_name': '年度报告',
                'verbose_name_plural': '年度报告',
                'indexes': [models.Index(fields=['state', 'year'], name='reporting_report_public')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'year', 'version'), name='reporting_report_version'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('agency', 'year'), name='reporting_one_draft'), models.CheckConstraint(condition=models.Q(models.Q(('digest', ''), ('frozen', ''), ('published_at', None), ('state', 'draft')), models.Q(models.Q(('frozen', ''), _negated=True), models.Q(('digest', ''), _negated=True), ('published_at__isnull', False), ('state', 'published')), _connector='OR'), name='reporting_published_is_frozen')],
            },
        ),
        migrations.CreateModel(
            name='PublishedReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件名')),
                ('file_digest', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('content', models.TextField(editable=False, verbose_name='内容')),
                ('imported_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='导入时间')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '历年年度报告',
                'verbose_name_plural': '历年年度报告',
                'constraints': [models.UniqueConstraint(fields=('agency', 'year'), name='reporting_earlier_year')],
            },
        ),
    ]
