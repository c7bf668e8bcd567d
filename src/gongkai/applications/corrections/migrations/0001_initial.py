import django.db.models.deletion
import django.utils.timezone
import gongkai.ledger.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bureau', '0002_roles'),
        ('bureau', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('number', models.CharField(max_length=20, verbose_name='编号')),
                ('form_digest', models.CharField(editable=False, max_length=64, null=True, verbose_name='表单')),
                ('code', models.CharField(blank=True, default='', editable=False, max_length=120, verbose_name='查询码')),
                ('name', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='姓名或者名称')),
                ('id_type', models.CharField(blank=True, default='', max_length=20, verbose_name='证件名称')),
                ('id_number', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='证件号码')),
                ('phone', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='联系电话')),
                ('email', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='电子邮箱')),
                ('address', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='通信地址')),
                ('postcode', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='邮政编码')),
                ('contact', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='联系人')),
                ('representative', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='法定代表人或者负责人')),
                ('id_index', gongkai.ledger.fields.BlindIndexField(blank=True, default='', editable=False, max_length=64, source='id_number', verbose_name='证件号码检索')),
                ('record_name', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='哪一份记录')),
                ('wrong', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='不准确之处')),
                ('right', gongkai.ledger.fields.EncryptedTextField(default='', verbose_name='应当怎样更正')),
                ('told_by', models.CharField(choices=[('email', '电子邮件'), ('post', '邮寄'), ('phone', '电话'), ('pick_up', '当面领取')], max_length=10, verbose_name='告知方式')),
                ('verification', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='核实情况')),
                ('answer', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='处理意见')),
                ('status', models.CharField(choices=[('received', '待核实'), ('verified', '待决定'), ('decided', '待告知'), ('done', '已办结')], max_length=10, verbose_name='状态')),
                ('kind', models.CharField(choices=[('natural_person', '自然人'), ('business', '商业企业'), ('research', '科研机构'), ('public_welfare', '社会公益组织'), ('legal_service', '法律服务机构'), ('other_organization', '其他法人或者组织')], max_length=20, verbose_name='类型')),
                ('channel', models.CharField(choices=[('counter', '当面提交'), ('signed_post', '邮寄（需签收）'), ('ordinary_post', '平常信函（无需签收）'), ('internet', '互联网渠道'), ('fax', '传真')], max_length=20, verbose_name='收到渠道')),
                ('received_on', models.DateField(verbose_name='收到日期')),
                ('finding', models.CharField(blank=True, choices=[('true', '记录不准确，属实'), ('untrue', '记录准确，或者证据不足'), ('elsewhere', '不属于本机关职能范围')], default='', max_length=10, verbose_name='核实结果')),
                ('result', models.CharField(blank=True, choices=[('corrected', '予以更正'), ('refused', '不予更正'), ('forwarded', '转送有权更正的机关'), ('pointed', '告知向有权更正的机关提出')], default='', max_length=10, verbose_name='处理结果')),
                ('other_body', models.CharField(blank=True, default='', max_length=100, verbose_name='有权更正的机关')),
                ('decided_on', models.DateField(null=True, verbose_name='决定日期')),
                ('told_on', models.DateField(null=True, verbose_name='告知日期')),
                ('erased_at', models.DateTimeField(editable=False, null=True, verbose_name='清除时间')),
            ],
            options={
                'verbose_name': '更正',
                'verbose_name_plural': '更正',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'status', 'received_on'], name='correction_status'), models.Index(fields=['agency', '-received_on', '-id'], name='correction_received'), models.Index(fields=['agency', 'decided_on', 'result'], name='correction_decided'), models.Index(condition=models.Q(('erased_at__isnull', True)), fields=['agency', 'told_on'], name='correction_to_erase')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='corrections_correction_source'), models.UniqueConstraint(fields=('agency', 'number'), name='correction_number'), models.UniqueConstraint(fields=('agency', 'form_digest'), name='correction_form_once')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='accesses', to='corrections.correction', verbose_name='更正')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='查阅人')),
                ('what', models.CharField(max_length=60, verbose_name='查阅内容')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='时间')),
            ],
            options={
                'verbose_name': '个人信息查阅记录（更正）',
                'verbose_name_plural': '个人信息查阅记录（更正）',
                'ordering': ['-at'],
                'indexes': [models.Index(fields=['correction', '-at'], name='correction_access')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionFile',
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
                ('correction', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='corrections.correction', verbose_name='更正')),
                ('kind', models.CharField(choices=[('id_proof', '身份证明'), ('evidence', '证据材料'), ('work', '核实材料')], max_length=10, verbose_name='类别')),
            ],
            options={
                'verbose_name': '更正材料',
                'verbose_name_plural': '更正材料',
                'ordering': ['pk'],
            },
        ),
    ]
