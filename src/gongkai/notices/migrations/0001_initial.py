import datetime
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import uuid
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
            name='Heartbeat',
            fields=[
                ('worker', models.CharField(max_length=80, primary_key=True, serialize=False, verbose_name='进程')),
                ('seen_at', models.DateTimeField(db_index=True, verbose_name='最近一次')),
            ],
            options={
                'verbose_name': '后台进程',
                'verbose_name_plural': '后台进程',
            },
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('email', models.CharField(choices=[('all', '全部'), ('urgent', '只发紧急的'), ('none', '不发')], default='all', max_length=10, verbose_name='电子邮件')),
                ('sms', models.CharField(choices=[('all', '全部'), ('urgent', '只发紧急的'), ('none', '不发')], default='urgent', max_length=10, verbose_name='短信')),
                ('mobile', models.CharField(blank=True, max_length=11, validators=[django.core.validators.RegexValidator('^1[3-9]\\d{9}$', '请填写 11 位的手机号码，如 13800000000。')], verbose_name='手机号码')),
                ('quiet_from', models.TimeField(default=datetime.time(20, 0), verbose_name='免打扰，从')),
                ('quiet_until', models.TimeField(default=datetime.time(8, 0), verbose_name='到次日')),
                ('working_days_only', models.BooleanField(default=True, verbose_name='只在工作日发')),
            ],
            options={
                'verbose_name': '提醒方式',
                'verbose_name_plural': '提醒方式',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('recipient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
                ('subject', models.CharField(max_length=120, verbose_name='标题')),
                ('text', models.TextField(blank=True, verbose_name='内容')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='链接')),
                ('key', models.CharField(db_index=True, max_length=150, verbose_name='标识')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='登记时间')),
                ('not_before', models.DateTimeField(default=django.utils.timezone.now, verbose_name='提醒时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='办结时间')),
            ],
            options={
                'verbose_name': '提醒',
                'verbose_name_plural': '提醒',
                'indexes': [models.Index(fields=['recipient', '-not_before', '-id'], name='notices_notice_recent'), models.Index(condition=models.Q(('read_at', None), ('settled_at', None)), fields=['recipient', '-not_before', '-id'], name='notices_notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'key'), name='notices_notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('notice', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notices.notice', verbose_name='提醒')),
                ('channel', models.CharField(choices=[('email', '电子邮件'), ('sms', '短信')], max_length=10, verbose_name='方式')),
                ('state', models.CharField(choices=[('waiting', '等待'), ('sent', '已发出'), ('failed', '没有发出，将重试'), ('given_up', '多次没有发出，已放弃'), ('dropped', '不必再发')], default='waiting', max_length=10, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('next_try_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='下次发出')),
                ('last_error', models.CharField(blank=True, max_length=120, verbose_name='错误')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
            ],
            options={
                'verbose_name': '发出',
                'verbose_name_plural': '发出',
                'indexes': [models.Index(condition=models.Q(('state__in', ['waiting', 'failed'])), fields=['channel', 'next_try_at'], name='notices_delivery_due'), models.Index(condition=models.Q(('state', 'given_up')), fields=['state'], name='notices_delivery_given_up')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'channel'), name='notices_delivery_once')],
            },
        ),
        migrations.CreateModel(
            name='ScheduledRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('job', models.CharField(max_length=60, verbose_name='任务')),
                ('due_at', models.DateTimeField(verbose_name='应当运行的时间')),
                ('state', models.CharField(choices=[('waiting', '等待'), ('running', '正在运行'), ('done', '完成'), ('failed', '出错，将重试'), ('given_up', '没有完成')], default='waiting', max_length=10, verbose_name='状态')),
                ('worker', models.CharField(blank=True, max_length=80, verbose_name='进程')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='次数')),
                ('started_at', models.DateTimeField(null=True, verbose_name='开始时间')),
                ('lease_until', models.DateTimeField(null=True, verbose_name='最迟')),
                ('next_try_at', models.DateTimeField(null=True, verbose_name='下次重试')),
                ('finished_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='结果')),
                ('error', models.CharField(blank=True, max_length=200, verbose_name='错误')),
            ],
            options={
                'verbose_name': '后台任务的运行',
                'verbose_name_plural': '后台任务的运行',
                'indexes': [models.Index(fields=['-due_at'], name='notices_run_recent')],
                'constraints': [models.UniqueConstraint(fields=('job', 'due_at'), name='notices_run_once')],
            },
        ),
    ]
