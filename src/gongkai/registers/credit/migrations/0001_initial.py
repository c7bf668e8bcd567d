import django.db.models.deletion
import django.utils.timezone
import gongkai.ledger.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bureau', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='CreditRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('representative', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='法定代表人或者主要负责人')),
                ('number', models.CharField(max_length=60, verbose_name='认定文号')),
                ('enterprise', models.CharField(max_length=100, verbose_name='企业名称')),
                ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('address', models.CharField(max_length=200, verbose_name='地址')),
                ('violation', models.TextField(verbose_name='违法行为')),
                ('handling', models.TextField(verbose_name='处理情况')),
                ('grade', models.CharField(choices=[('general', '一般失信'), ('serious', '严重失信')], max_length=10, verbose_name='等级')),
                ('decided_on', models.DateField(verbose_name='认定日期')),
                ('status', models.CharField(choices=[('decided', '待公示'), ('published', '公示中'), ('repairing', '公示中、移除申请待决定'), ('ended', '公示期满'), ('removed', '已提前移除'), ('revoked', '认定已撤销')], max_length=10, verbose_name='状态')),
                ('publish_by', models.DateField(verbose_name='应当公示的期限')),
                ('published_on', models.DateField(null=True, verbose_name='公示日期')),
                ('removable_from', models.DateField(null=True, verbose_name='最早可以移除的日期')),
                ('public_until', models.DateField(null=True, verbose_name='公示期满日期')),
                ('verified_on', models.DateField(null=True, verbose_name='整改核实日期')),
                ('closed_on', models.DateField(null=True, verbose_name='停止公示日期')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '统计信用记录',
                'verbose_name_plural': '统计信用记录',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', '-decided_on', '-id'], name='credit_decided'), models.Index(fields=['agency', 'status', 'publish_by'], name='credit_due'), models.Index(condition=models.Q(('status__in', ('published', 'repairing'))), fields=['agency', '-published_on', '-id'], name='credit_shown'), models.Index(fields=['credit_code'], name='credit_code')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='credit_creditrecord_source'), models.UniqueConstraint(fields=('agency', 'number', 'credit_code'), name='credit_record_number'), models.CheckConstraint(condition=models.Q(models.Q(('public_until', None), ('published_on', None), ('removable_from', None)), models.Q(('public_until__isnull', False), ('published_on__isnull', False), ('removable_from__isnull', False)), _connector='OR'), name='credit_record_published')],
            },
        ),
    ]
