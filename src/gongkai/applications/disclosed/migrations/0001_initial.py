import django.db.models.deletion
import django.utils.timezone
import gongkai.ledger.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('bureau', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Demand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('applicants', models.PositiveSmallIntegerField(verbose_name='申请人数')),
                ('last_on', models.DateField(verbose_name='最近收到')),
                ('found_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='发现时间')),
                ('state', models.CharField(choices=[('open', '待处理'), ('drafted', '已生成草稿'), ('dropped', '不纳入主动公开')], default='open', max_length=10, verbose_name='处理')),
                ('reason', models.CharField(blank=True, default='', max_length=300, verbose_name='理由')),
                ('item', models.PositiveBigIntegerField(null=True, verbose_name='网站信息')),
                ('decided_applicants', models.PositiveSmallIntegerField(default=0, verbose_name='处理时的申请人数')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('cases', models.ManyToManyField(related_name='demands', to='applications.application', verbose_name='申请')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人')),
                ('first', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='demand', to='applications.application', verbose_name='最早的申请')),
            ],
            options={
                'verbose_name': '多人申请的信息',
                'verbose_name_plural': '多人申请的信息',
                'indexes': [models.Index(fields=['agency', 'state', '-applicants', '-last_on'], name='disclosed_demand_state')],
            },
        ),
        migrations.CreateModel(
            name='Disclosed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('title', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='标题')),
                ('wanted', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='申请的内容')),
                ('answered', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='答复的内容')),
                ('status', models.CharField(choices=[('proposed', '待审核'), ('returned', '已退回'), ('approved', '可以公开'), ('drafted', '已生成草稿'), ('dropped', '不公开')], max_length=10, verbose_name='状态')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='摘要')),
                ('item', models.PositiveBigIntegerField(null=True, verbose_name='网站信息')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='disclosed', to='applications.application', verbose_name='申请')),
            ],
            options={
                'verbose_name': '公开目录',
                'verbose_name_plural': '公开目录',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'status', '-id'], name='disclosed_status'), models.Index(condition=models.Q(('item__isnull', False)), fields=['agency', 'item'], name='disclosed_item')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='disclosed_disclosed_source')],
            },
        ),
    ]
