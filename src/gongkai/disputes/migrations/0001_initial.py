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
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('application', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='applications.application', verbose_name='申请')),
                ('claims', gongkai.ledger.fields.EncryptedTextField(blank=True, db_default='', default='', verbose_name='请求和理由')),
                ('note', models.TextField(blank=True, default='', verbose_name='备注')),
                ('number', models.CharField(max_length=60, verbose_name='案号')),
                ('application_number', models.CharField(blank=True, default='', max_length=60, verbose_name='申请编号')),
                ('kind', models.CharField(choices=[('review', '行政复议'), ('suit_direct', '未经复议直接起诉'), ('suit_after_review', '复议后起诉')], max_length=20, verbose_name='类别')),
                ('filed_on', models.DateField(verbose_name='受理日期')),
                ('concluded_on', models.DateField(null=True, verbose_name='审结日期')),
                ('result', models.CharField(blank=True, choices=[('upheld', '结果维持'), ('corrected', '结果纠正'), ('other', '其他结果')], default='', max_length=20, verbose_name='结果')),
                ('body', models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='审理机关')),
                ('status', models.CharField(choices=[('filed', '已受理'), ('answering', '待答复（答辩）'), ('hearing', '审理中'), ('judged', '已裁判、待生效'), ('performing', '已审结、待履行'), ('concluded', '已审结'), ('archived', '已归档')], db_default='filed', default='filed', max_length=12, verbose_name='状态')),
                ('is_appeal', models.BooleanField(db_default=False, default=False, verbose_name='二审')),
                ('due_on', models.DateField(null=True, verbose_name='期限')),
                ('due_provisional', models.BooleanField(db_default=False, default=False, verbose_name='期限暂定')),
                ('hearing_on', models.DateField(null=True, verbose_name='听证（开庭）日期')),
                ('ending', models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='裁判结果')),
                ('errors', models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='错误类型')),
                ('earlier', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='disputes.dispute', verbose_name='此前的复议')),
            ],
            options={
                'verbose_name': '复议诉讼',
                'verbose_name_plural': '复议诉讼',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'concluded_on', 'kind', 'result', 'filed_on'], name='dispute_concluded'), models.Index(fields=['agency', 'filed_on'], name='dispute_filed'), models.Index(fields=['agency', 'status', 'due_on'], name='dispute_due'), models.Index(condition=models.Q(('hearing_on__isnull', False)), fields=['agency', 'hearing_on'], name='dispute_hearing')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='disputes_dispute_source'), models.CheckConstraint(condition=models.Q(models.Q(('concluded_on__isnull', True), ('result', '')), models.Q(('concluded_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='dispute_concluded_with_result'), models.CheckConstraint(condition=models.Q(('concluded_on__isnull', True), ('concluded_on__gte', models.F('filed_on')), _connector='OR'), name='dispute_concluded_after_filed')],
            },
        ),
        migrations.CreateModel(
            name='DisputeFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='文件名')),
                ('key', gongkai.ledger.fields.EncryptedTextField(default='', editable=False, verbose_name='密钥')),
                ('path', models.CharField(editable=False, max_length=120, verbose_name='存放位置')),
                ('digest', models.CharField(editable=False, max_length=64, verbose_name='摘要')),
                ('size', models.PositiveBigIntegerField(editable=False, verbose_name='大小（字节）')),
                ('media_type', models.CharField(editable=False, max_length=100, verbose_name='类型')),
                ('added_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='存入人')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='存入时间')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='清除时间')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='disputes.dispute', verbose_name='案件')),
                ('kind', models.CharField(choices=[('claim', '申请书（起诉状、上诉状）副本'), ('notice', '答复通知书（应诉通知书）'), ('answer', '答复书（答辩状）'), ('evidence', '证据、依据'), ('hearing', '听证（庭审）材料'), ('decision', '决定书（裁判文书）'), ('performance', '履行情况材料'), ('other', '其他材料')], max_length=20, verbose_name='类别')),
            ],
            options={
                'verbose_name': '复议诉讼材料',
                'verbose_name_plural': '复议诉讼材料',
                'ordering': ['dispute', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FileAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to='disputes.dispute', verbose_name='案件')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='查阅人')),
                ('what', models.CharField(max_length=60, verbose_name='查阅内容')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '复议诉讼材料查阅记录',
                'verbose_name_plural': '复议诉讼材料查阅记录',
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['dispute', '-at'], name='dispute_access')],
            },
        ),
    ]
