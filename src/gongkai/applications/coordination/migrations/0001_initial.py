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
        ('bureau', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Coordination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='coordinations', to='applications.application', verbose_name='申请')),
                ('number', models.CharField(max_length=20, verbose_name='编号')),
                ('question', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='会商事项')),
                ('shown', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='所涉政府信息')),
                ('held_at', models.DateTimeField(blank=True, null=True, verbose_name='会议时间')),
                ('place', models.CharField(blank=True, default='', max_length=200, verbose_name='会议地点、线上地址')),
                ('conclusion', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='结论')),
                ('dispute', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='分歧及理由')),
                ('status', models.CharField(choices=[('opened', '待发送'), ('asked', '征求中'), ('answered', '意见已齐'), ('disagreed', '意见不一致'), ('escalated', '已提请主管部门'), ('concluded', '结论待签批'), ('done', '已签批'), ('ended', '已终止')], max_length=10, verbose_name='状态')),
                ('trigger', models.CharField(choices=[('other_maker', '信息由其他机关制作或者最初获取'), ('joint', '信息由几个机关共同制作'), ('inconsistent', '各机关发布的内容、口径不一致'), ('affects_others', '公开可能影响其他机关的工作'), ('several_levels', '同一申请人向几级机关提出'), ('timing', '尚未发布，公开时间需要协调')], max_length=20, verbose_name='缘由')),
                ('form', models.CharField(choices=[('letter', '公函'), ('meeting', '会议'), ('online', '线上')], max_length=10, verbose_name='形式')),
                ('opened_on', models.DateField(verbose_name='发起日期')),
                ('reply_by', models.DateField(null=True, verbose_name='最迟答复日期')),
                ('openness', models.CharField(blank=True, choices=[('proactive', '主动公开'), ('on_request', '可以依申请公开'), ('partly', '区分处理后公开'), ('closed', '不予公开'), ('not_held', '未制作、未保存该信息')], default='', max_length=12, verbose_name='公开属性')),
                ('answerer', models.CharField(blank=True, choices=[('own', '由本机关答复'), ('other', '由其他机关负责公开，本机关告知申请人'), ('each', '各机关分别答复所制作的部分')], default='', max_length=10, verbose_name='由谁答复')),
                ('escalated_to', models.CharField(blank=True, default='', max_length=100, verbose_name='提请的主管部门')),
                ('concluded_on', models.DateField(null=True, verbose_name='结论日期')),
            ],
            options={
                'verbose_name': '会商',
                'verbose_name_plural': '会商',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'status', 'reply_by'], name='coordination_status'), models.Index(fields=['agency', '-opened_on', '-id'], name='coordination_opened')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='coordination_coordination_source'), models.UniqueConstraint(fields=('agency', 'number'), name='coordination_number')],
            },
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coordination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='organs', to='coordination.coordination', verbose_name='会商')),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('body_name', models.CharField(max_length=100, verbose_name='名称')),
                ('people', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='参加人员')),
                ('opinion', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='意见')),
                ('basis', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='依据')),
                ('letter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.letter', verbose_name='公函')),
                ('standing', models.CharField(choices=[('waiting', '待答复'), ('drafted', '意见待签发'), ('given', '已答复'), ('silent', '期满未答复')], max_length=10, verbose_name='状态')),
                ('asked_on', models.DateField(verbose_name='发出日期')),
                ('reply_by', models.DateField(verbose_name='答复期限')),
                ('openness', models.CharField(blank=True, choices=[('proactive', '主动公开'), ('on_request', '可以依申请公开'), ('partly', '区分处理后公开'), ('closed', '不予公开'), ('not_held', '未制作、未保存该信息')], default='', max_length=12, verbose_name='意见的公开属性')),
                ('answered_on', models.DateField(null=True, verbose_name='答复日期')),
            ],
            options={
                'verbose_name': '征求意见的机关',
                'verbose_name_plural': '征求意见的机关',
                'ordering': ['coordination', 'pk'],
                'indexes': [models.Index(condition=models.Q(('agency', None), _negated=True), fields=['agency', 'standing', 'reply_by'], name='coordination_asked_body')],
            },
        ),
        migrations.CreateModel(
            name='OtherBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('office', models.CharField(blank=True, default='', max_length=60, verbose_name='政府信息公开工作机构')),
                ('address', models.CharField(blank=True, default='', max_length=200, verbose_name='办公地址')),
                ('postcode', models.CharField(blank=True, default='', max_length=6, verbose_name='邮政编码')),
                ('telephone', models.CharField(blank=True, default='', max_length=40, verbose_name='联系电话')),
                ('website', models.URLField(blank=True, default='', verbose_name='网站地址')),
                ('keywords', models.CharField(blank=True, default='', help_text='便于查找的词，以顿号分开，如：房价、房屋网签。', max_length=300, verbose_name='负责的事项')),
            ],
            options={
                'verbose_name': '其他机关',
                'verbose_name_plural': '其他机关',
                'ordering': ['agency', 'name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='coordination_body_once', violation_error_message='名录中已有这个机关。')],
            },
        ),
        migrations.CreateModel(
            name='PassedOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('application', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='passed_on', to='applications.application', verbose_name='申请')),
                ('received', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='passed_from', to='applications.application', verbose_name='转送后的申请')),
                ('consent', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='申请人同意的情况')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='转送人')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='转送时间')),
            ],
            options={
                'verbose_name': '转送',
                'verbose_name_plural': '转送',
            },
        ),
        migrations.CreateModel(
            name='SharedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('coordination', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='coordination.coordination', verbose_name='会商')),
                ('asked', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='files', to='coordination.asked', verbose_name='来自')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.casefile', verbose_name='文件')),
            ],
            options={
                'verbose_name': '会商附件',
                'verbose_name_plural': '会商附件',
                'ordering': ['pk'],
            },
        ),
    ]
