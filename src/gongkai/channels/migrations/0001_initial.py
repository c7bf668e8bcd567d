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
            name='Channel',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('kind', models.CharField(choices=[('wechat', '微信公众号'), ('weibo', '政务微博'), ('gazette', '政府公报'), ('media', '新闻媒体'), ('other', '其他渠道')], max_length=12, verbose_name='渠道类别')),
                ('name', models.CharField(max_length=60, verbose_name='渠道名称')),
                ('account', models.CharField(blank=True, max_length=60, verbose_name='账号')),
            ],
            options={
                'verbose_name': '公开渠道',
                'verbose_name_plural': '公开渠道',
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'name'), name='channels_channel_name')],
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='appearances', to='channels.channel', verbose_name='渠道')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('published_on', models.DateField(verbose_name='发布日期')),
                ('issue', models.CharField(blank=True, max_length=40, verbose_name='期')),
                ('item', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='条')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='网址')),
                ('reads', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='阅读量')),
                ('reads_definition', models.CharField(choices=[('times', '阅读次数'), ('readers', '阅读人数')], default='times', max_length=8, verbose_name='阅读量口径')),
            ],
            options={
                'verbose_name': '渠道发布信息',
                'verbose_name_plural': '渠道发布信息',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'published_on', 'channel'], name='channels_appearance_when'), models.Index(fields=['channel', 'published_on'], name='channels_appearance_channel')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='channels_appearance_source')],
            },
        ),
        migrations.CreateModel(
            name='DailyReaders',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appearance', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='daily_readers', to='channels.appearance', verbose_name='信息')),
                ('day', models.DateField(verbose_name='统计日期')),
                ('count', models.PositiveBigIntegerField(verbose_name='累计阅读人数')),
            ],
            options={
                'verbose_name': '每日阅读人数',
                'verbose_name_plural': '每日阅读人数',
                'constraints': [models.UniqueConstraint(fields=('appearance', 'day'), name='channels_readers_day')],
            },
        ),
        migrations.CreateModel(
            name='PressConference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('held_on', models.DateField(verbose_name='日期')),
                ('topic', models.CharField(max_length=300, verbose_name='主题')),
                ('host', models.CharField(blank=True, max_length=100, verbose_name='主办单位')),
                ('speakers', models.CharField(blank=True, max_length=300, verbose_name='发布人')),
                ('head_spoke', models.BooleanField(default=False, verbose_name='主要负责人出席')),
                ('summary', models.TextField(blank=True, verbose_name='内容摘要')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='网址')),
                ('is_public', models.BooleanField(db_default=False, default=False, editable=False, verbose_name='在网站公开')),
            ],
            options={
                'verbose_name': '新闻发布会',
                'verbose_name_plural': '新闻发布会',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'held_on'], name='channels_press_conference_when')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='channels_pressconference_source')],
            },
        ),
        migrations.CreateModel(
            name='PressLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conference', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='channels.pressconference', verbose_name='发布会')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('url', models.CharField(max_length=500, verbose_name='链接')),
            ],
            options={
                'verbose_name': '相关链接',
                'verbose_name_plural': '相关链接',
                'ordering': ['conference', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('conference', 'url'), name='channels_presslink_once')],
            },
        ),
        migrations.CreateModel(
            name='PressQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conference', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='channels.pressconference', verbose_name='发布会')),
                ('order', models.PositiveSmallIntegerField(verbose_name='序号')),
                ('asker', models.CharField(blank=True, max_length=100, verbose_name='提问媒体')),
                ('question', models.TextField(max_length=2000, verbose_name='提问')),
                ('speaker', models.CharField(blank=True, max_length=100, verbose_name='答问人')),
                ('answer', models.TextField(max_length=10000, verbose_name='回答')),
            ],
            options={
                'verbose_name': '答问',
                'verbose_name_plural': '答问',
                'ordering': ['conference', 'order'],
                'constraints': [models.UniqueConstraint(fields=('conference', 'order'), name='channels_question_order')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='sendings', to='channels.channel', verbose_name='渠道')),
                ('number', models.CharField(max_length=20, verbose_name='编号')),
                ('item', models.PositiveBigIntegerField(verbose_name='信息')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('author', models.CharField(blank=True, max_length=16, verbose_name='作者')),
                ('digest', models.CharField(blank=True, max_length=128, verbose_name='摘要')),
                ('status', models.CharField(choices=[('chosen', '待处理'), ('rendered', '已排版'), ('drafted', '草稿已建'), ('submitted', '发布中'), ('by_hand', '待人工发布'), ('published', '已发布'), ('failed', '未成功'), ('cancelled', '已取消'), ('removed', '已删除')], default='chosen', max_length=12, verbose_name='状态')),
                ('chosen_on', models.DateField(verbose_name='选定日期')),
                ('edition', models.CharField(blank=True, max_length=64, verbose_name='清样摘要')),
                ('media_id', models.CharField(blank=True, max_length=200, verbose_name='草稿')),
                ('publish_id', models.CharField(blank=True, max_length=64, verbose_name='发布任务')),
                ('message', models.CharField(blank=True, max_length=64, verbose_name='消息')),
                ('article_id', models.CharField(blank=True, max_length=200, verbose_name='文章')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='网址')),
                ('published_on', models.DateField(null=True, verbose_name='发布日期')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='原因')),
                ('begun', models.CharField(blank=True, editable=False, max_length=12, verbose_name='已经开始的操作')),
                ('tries', models.PositiveIntegerField(default=0, editable=False, verbose_name='推迟次数')),
                ('waiting_for', models.CharField(blank=True, editable=False, max_length=300, verbose_name='等待的原因')),
                ('next_try_at', models.DateTimeField(editable=False, null=True, verbose_name='下次时间')),
                ('appearance', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='sending', to='channels.appearance', verbose_name='发布信息')),
            ],
            options={
                'verbose_name': '渠道发布',
                'verbose_name_plural': '渠道发布',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'status', '-chosen_on'], name='channels_sending_status'), models.Index(fields=['agency', '-chosen_on'], name='channels_sending_when'), models.Index(fields=['agency', 'item'], name='channels_sending_item'), models.Index(condition=models.Q(('status__in', ['chosen', 'rendered', 'drafted', 'submitted'])), fields=['next_try_at'], name='channels_sending_moving')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='channels_sending_source'), models.UniqueConstraint(fields=('agency', 'number'), name='channels_sending_number'), models.UniqueConstraint(condition=models.Q(('status__in', ['failed', 'cancelled', 'removed']), _negated=True), fields=('channel', 'item'), name='channels_sending_once')],
            },
        ),
        migrations.CreateModel(
            name='SubscriberCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('channel', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='subscriber_counts', to='channels.channel', verbose_name='渠道')),
                ('counted_on', models.DateField(verbose_name='统计日期')),
                ('count', models.PositiveBigIntegerField(verbose_name='订阅数')),
                ('new', models.PositiveIntegerField(blank=True, null=True, verbose_name='新关注')),
                ('left', models.PositiveIntegerField(blank=True, null=True, verbose_name='取消关注')),
            ],
            options={
                'verbose_name': '订阅数',
                'verbose_name_plural': '订阅数',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'counted_on'], name='channels_subscribers_when')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='channels_subscribercount_source'), models.UniqueConstraint(fields=('channel', 'counted_on'), name='channels_subscribers_day')],
            },
        ),
        migrations.CreateModel(
            name='WechatAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='wechat', to='channels.channel', verbose_name='渠道')),
                ('mode', models.CharField(choices=[('interface', '接口发布'), ('by_hand', '人工发布')], default='by_hand', max_length=12, verbose_name='发布方式')),
                ('appid', models.CharField(blank=True, max_length=40, verbose_name='AppID')),
                ('secret', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', verbose_name='AppSecret')),
                ('author', models.CharField(blank=True, max_length=16, verbose_name='默认作者')),
                ('downgraded', models.CharField(blank=True, editable=False, max_length=300, verbose_name='不能用接口的原因')),
                ('collected_at', models.DateTimeField(editable=False, null=True, verbose_name='最近取数时间')),
                ('trouble', models.CharField(blank=True, editable=False, max_length=300, verbose_name='最近取数的问题')),
                ('token', gongkai.ledger.fields.EncryptedTextField(blank=True, default='', editable=False, verbose_name='访问凭证')),
                ('token_ends_at', models.DateTimeField(editable=False, null=True, verbose_name='凭证到期时间')),
            ],
            options={
                'verbose_name': '公众号接口',
                'verbose_name_plural': '公众号接口',
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='uploads', to='channels.wechataccount', verbose_name='公众号')),
                ('kind', models.CharField(choices=[('body', '正文图片'), ('cover', '封面')], max_length=8, verbose_name='用途')),
                ('sha256', models.CharField(max_length=64, verbose_name='内容摘要')),
                ('reference', models.CharField(max_length=500, verbose_name='微信的地址或者编号')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '已上传图片',
                'verbose_name_plural': '已上传图片',
                'constraints': [models.UniqueConstraint(fields=('account', 'kind', 'sha256'), name='channels_upload_once')],
            },
        ),
        migrations.CreateModel(
            name='Adoption',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('appearance', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adoptions', to='channels.appearance', verbose_name='信息')),
                ('level', models.CharField(choices=[('national', '国家级'), ('provincial', '省级'), ('municipal', '市级')], max_length=12, verbose_name='级别')),
                ('adopter', models.CharField(max_length=100, verbose_name='录用单位')),
                ('adopted_on', models.DateField(blank=True, null=True, verbose_name='录用日期')),
            ],
            options={
                'verbose_name': '转发录用',
                'verbose_name_plural': '转发录用',
                'constraints': [models.UniqueConstraint(fields=('appearance', 'level', 'adopter'), name='channels_adoption_once')],
            },
        ),
    ]
