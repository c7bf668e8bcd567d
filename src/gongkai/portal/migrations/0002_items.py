import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import modelcluster.fields
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


def place(apps, schema_editor):
    """Columns that ledgers made have no address yet: the first letters of their names."""
    from gongkai.portal.slugs import free_slug

    column = apps.get_model("portal", "Column")
    for level in (True, False):
        for each in column.objects.filter(parent__isnull=level).select_related("parent").order_by("pk"):
            siblings = column.objects.filter(agency=each.agency_id, parent=each.parent_id).exclude(pk=each.pk)
            each.slug = free_slug(each.name, siblings.values_list("slug", flat=True))
            each.path = each.slug if each.parent is None else f"{each.parent.path}/{each.slug}"
            each.save(update_fields=["slug", "path"])


class Migration(migrations.Migration):

    dependencies = [
        ('bureau', '0002_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('portal', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
        ('wagtaildocs', '0014_alter_document_file_size'),
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='自')),
                ('until', models.DateField(blank=True, null=True, verbose_name='至')),
                ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='portal.column', verbose_name='栏目')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.department', verbose_name='责任处室')),
                ('deputy', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='替补责任人')),
                ('keeper', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL, verbose_name='责任人')),
                ('set_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '栏目维护责任',
                'verbose_name_plural': '栏目维护责任',
                'ordering': ['column', '-since'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('column',), name='portal_duty_one_at_a_time'), models.CheckConstraint(condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'), name='portal_duty_dates')],
            },
        ),
        migrations.CreateModel(
            name='Indicator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='指标名称')),
                ('unit', models.CharField(max_length=20, verbose_name='计量单位')),
                ('method', models.TextField(blank=True, verbose_name='指标解释和统计方法')),
                ('headline', models.PositiveSmallIntegerField(blank=True, help_text='1 至 4 在首页显示；不在首页显示的空着。', null=True, verbose_name='首页位置')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '统计指标',
                'verbose_name_plural': '统计指标',
                'ordering': ['agency', 'headline', 'name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='portal_indicator_name', violation_error_message='已有同名的指标。')],
            },
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='摘要')),
                ('path', models.CharField(max_length=120, verbose_name='存放位置')),
                ('size', models.PositiveBigIntegerField(verbose_name='大小（字节）')),
                ('media_type', models.CharField(max_length=100, verbose_name='类型')),
                ('text', models.TextField(editable=False, null=True, verbose_name='文字内容')),
            ],
            options={
                'verbose_name': '已发布文件',
                'verbose_name_plural': '已发布文件',
            },
        ),
        migrations.CreateModel(
            name='WatchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('pattern', models.CharField(max_length=60, verbose_name='词语')),
                ('replacement', models.CharField(blank=True, max_length=60, verbose_name='应为')),
                ('advice', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('severity', models.CharField(choices=[('block', '须处理'), ('warn', '请核对'), ('note', '提示')], default='warn', max_length=10, verbose_name='程度')),
                ('added_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='添加时间')),
                ('agency', models.ForeignKey(blank=True, help_text='空着时通用。', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '错敏词',
                'verbose_name_plural': '错敏词',
                'ordering': ['pattern'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'pattern'), name='portal_watchword_pattern', violation_error_message='词表中已有这个词。'), models.UniqueConstraint(condition=models.Q(('agency', None)), fields=('pattern',), name='portal_watchword_common', violation_error_message='通用词表中已有这个词。')],
            },
        ),
        migrations.CreateModel(
            name='Item',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('type', models.CharField(choices=[('article', '动态、一般信息'), ('notice', '通知公告'), ('document', '政策文件'), ('interpretation', '政策解读'), ('release', '数据发布'), ('page', '单页（概况、指南、说明）'), ('link', '链接')], default='article', max_length=20, verbose_name='信息类型')),
                ('title', models.CharField(max_length=300, verbose_name='标题')),
                ('summary', models.TextField(blank=True, max_length=1500, verbose_name='内容概述')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('quote', 3), ('figure', 9), ('table', 16), ('chart', 27), ('questions', 33), ('timeline', 39), ('case', 47), ('links', 53)], blank=True, block_lookup={0: ('gongkai.portal.blocks.stories.TextParagraphs', (), {'features': ['h2', 'h3', 'bold', 'ol', 'ul', 'link', 'document-link', 'hr', 'superscript', 'subscript'], 'group': '文字', 'icon': 'pilcrow', 'label': '段落', 'template': 'portal/blocks/paragraph.html'}), 1: ('wagtail.blocks.TextBlock', (), {'label': '引文', 'rows': 3}), 2: ('wagtail.blocks.CharBlock', (), {'help_text': '如：《中华人民共和国统计法》第三条', 'label': '出处', 'max_length': 200, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('text', 1), ('source', 2)]], {}), 4: ('gongkai.portal.blocks.pictures.PictureChooserBlock', (), {'label': '图片'}), 5: ('wagtail.blocks.CharBlock', (), {'help_text': '写给看不见图片的人：图上是什么、说明什么。图中有文字或数据的，要写出来。', 'label': '替代文字', 'max_length': 200, 'required': False}), 6: ('wagtail.blocks.BooleanBlock', (), {'label': '纯装饰图片，不需要替代文字', 'required': False}), 7: ('wagtail.blocks.CharBlock', (), {'label': '图题', 'max_length': 200, 'required': False}), 8: ('wagtail.blocks.CharBlock', (), {'help_text': '如：市统计局摄', 'label': '来源', 'max_length': 100, 'required': False}), 9: ('wagtail.blocks.StructBlock', [[('image', 4), ('alt', 5), ('decorative', 6), ('caption', 7), ('source', 8)]], {}), 10: ('wagtail.blocks.CharBlock', (), {'label': '表题', 'max_length': 200}), 11: ('gongkai.portal.blocks.figures.PastedTableBlock', (), {'help_text': '在 Excel 或 WPS 中选中表格（连同表头），复制后粘贴到这里。手工录入时，各格之间用逗号隔开。', 'label': '表格'}), 12: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': '第一列是各行的名称', 'required': False}), 13: ('wagtail.blocks.CharBlock', (), {'label': '单位', 'max_length': 40, 'required': False}), 14: ('wagtail.blocks.CharBlock', (), {'label': '来源', 'max_length': 100, 'required': False}), 15: ('wagtail.blocks.CharBlock', (), {'label': '说明', 'max_length': 500, 'required': False}), 16: ('wagtail.blocks.StructBlock', [[('caption', 10), ('text', 11), ('header_column', 12), ('unit', 13), ('source', 14), ('note', 15)]], {}), 17: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('column', '柱形图'), ('bar', '条形图'), ('line', '折线图'), ('stacked', '堆积柱形图'), ('share', '构成图')], 'label': '图形'}), 18: ('wagtail.blocks.CharBlock', (), {'label': '标题', 'max_length': 100}), 19: ('wagtail.blocks.CharBlock', (), {'help_text': '如：亿元、%、万人。图中各列的单位应当相同。', 'label': '单位', 'max_length': 40}), 20: ('gongkai.portal.blocks.figures.PastedTableBlock', (), {'help_text': '在 Excel 或 WPS 中选中表格（连同表头），复制后粘贴到这里。手工录入时，各格之间用逗号隔开。', 'label': '数据', 'required': False}), 21: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('down', '每行一项（第一列是年份、地区等）'), ('across', '每列一项（年份、地区等在表头里）')], 'label': '数据方向'}), 22: ('gongkai.portal.blocks.indicators.IndicatorBlock', (), {'help_text': '选用后不必粘贴表格，图随该指标公布的数据更新。', 'label': '或者选用指标'}), 23: ('wagtail.blocks.IntegerBlock', (), {'default': 10, 'label': '指标最近几期', 'max_value': 120, 'min_value': 2, 'required': False}), 24: ('wagtail.blocks.CharBlock', (), {'help_text': '如：温州市统计局', 'label': '来源', 'max_length': 100}), 25: ('wagtail.blocks.CharBlock', (), {'help_text': '如：2020年、2020年末、截至2020年6月', 'label': '数据时间', 'max_length': 40, 'required': False}), 26: ('wagtail.blocks.CharBlock', (), {'help_text': '口径、初步核算数等', 'label': '说明', 'max_length': 500, 'required': False}), 27: ('wagtail.blocks.StructBlock', [[('form', 17), ('title', 18), ('unit', 19), ('text', 20), ('direction', 21), ('indicator', 22), ('periods', 23), ('source', 24), ('as_of', 25), ('note', 26)]], {}), 28: ('wagtail.blocks.CharBlock', (), {'label': '小标题', 'max_length': 100, 'required': False}), 29: ('wagtail.blocks.CharBlock', (), {'label': '问', 'max_length': 300}), 30: ('gongkai.portal.blocks.stories.TextParagraphs', (), {'features': ['bold', 'ol', 'ul', 'link', 'document-link'], 'label': '答'}), 31: ('wagtail.blocks.StructBlock', [[('question', 29), ('answer', 30)]], {}), 32: ('wagtail.blocks.ListBlock', (31,), {'label': '问答', 'min_num': 1}), 33: ('wagtail.blocks.StructBlock', [[('heading', 28), ('entries', 32)]], {}), 34: ('wagtail.blocks.CharBlock', (), {'help_text': '如：2020年11月1日零时、2021年第一季度', 'label': '时间', 'max_length': 40}), 35: ('wagtail.blocks.CharBlock', (), {'label': '事项', 'max_length': 100}), 36: ('wagtail.blocks.TextBlock', (), {'label': '说明', 'required': False, 'rows': 2}), 37: ('wagtail.blocks.StructBlock', [[('when', 34), ('title', 35), ('text', 36)]], {}), 38: ('wagtail.blocks.ListBlock', (37,), {'label': '节点', 'min_num': 1}), 39: ('wagtail.blocks.StructBlock', [[('heading', 28), ('events', 38)]], {}), 40: ('wagtail.blocks.CharBlock', (), {'help_text': '不写真实姓名，如：某小微企业负责人张先生', 'label': '对象', 'max_length': 100, 'required': False}), 41: ('wagtail.blocks.TextBlock', (), {'label': '遇到的问题', 'rows': 3}), 42: ('wagtail.blocks.TextBlock', (), {'label': '怎样办理', 'rows': 3}), 43: ('wagtail.blocks.TextBlock', (), {'label': '结果', 'rows': 3}), 44: ('wagtail.blocks.CharBlock', (), {'help_text': '如：少报 12 张报表', 'label': '关键数字', 'max_length': 60, 'required': False}), 45: ('gongkai.portal.blocks.pictures.PictureChooserBlock', (), {'label': '图片', 'required': False}), 46: ('wagtail.blocks.CharBlock', (), {'help_text': '写给看不见图片的人：图上是什么。', 'label': '图片的替代文字', 'max_length': 200, 'required': False}), 47: ('wagtail.blocks.StructBlock', [[('title', 18), ('who', 40), ('problem', 41), ('action', 42), ('result', 43), ('figure', 44), ('image', 45), ('alt', 46), ('decorative', 6)]], {}), 48: ('wagtail.blocks.CharBlock', (), {'label': '名称', 'max_length': 100}), 49: ('gongkai.portal.blocks.stories.AddressBlock', (), {'label': '网址', 'max_length': 500}), 50: ('wagtail.blocks.CharBlock', (), {'label': '说明', 'max_length': 200, 'required': False}), 51: ('wagtail.blocks.StructBlock', [[('title', 48), ('url', 49), ('note', 50)]], {}), 52: ('wagtail.blocks.ListBlock', (51,), {'label': '链接', 'min_num': 1}), 53: ('wagtail.blocks.StructBlock', [[('heading', 28), ('entries', 52)]], {})}, verbose_name='正文')),
                ('link', models.URLField(blank=True, help_text='只有“链接”类信息才填。', max_length=500, verbose_name='链接地址')),
                ('source', models.CharField(blank=True, help_text='空着时为本机关。', max_length=100, verbose_name='来源')),
                ('keywords', models.CharField(blank=True, max_length=100, verbose_name='关键词')),
                ('kind', models.CharField(blank=True, choices=[('overview', '概况类信息'), ('news', '政务动态信息'), ('catalogue', '信息公开目录信息'), ('interpretation', '政策解读材料'), ('interpretation_product', '政策解读产品'), ('commentary', '媒体评论文章'), ('response', '回应公众关注'), ('other', '其他信息')], help_text='空着时按栏目；用于网站工作年度报表。', max_length=24, verbose_name='信息类别')),
                ('openness', models.CharField(choices=[('proactive', '主动公开'), ('on_request', '依申请公开'), ('withheld', '不予公开')], default='proactive', max_length=12, verbose_name='公开方式')),
                ('openness_reason', models.CharField(blank=True, help_text='依申请公开、不予公开的须写明理由和条款。', max_length=300, verbose_name='不主动公开的理由')),
                ('basis', models.CharField(blank=True, help_text='空着时按栏目。', max_length=40, verbose_name='公开依据')),
                ('topic', models.CharField(blank=True, max_length=40, verbose_name='主题分类')),
                ('genre', models.CharField(blank=True, max_length=20, verbose_name='体裁分类')),
                ('issuer', models.CharField(blank=True, help_text='空着时为本机关。', max_length=100, verbose_name='发文机关')),
                ('document_number', models.CharField(blank=True, help_text='例如：温统〔2020〕12号。', max_length=60, verbose_name='文号')),
                ('formed_on', models.DateField(blank=True, null=True, verbose_name='成文日期')),
                ('release_at', models.DateTimeField(blank=True, help_text='未到这一分钟，任何人看不到；空着时签发后立即发布。', null=True, verbose_name='发布时间')),
                ('document_class', models.CharField(blank=True, choices=[('rules', '规章'), ('normative_documents', '行政规范性文件'), ('other', '其他文件')], max_length=20, verbose_name='文件类别')),
                ('unified_number', models.CharField(blank=True, max_length=60, verbose_name='统一编号')),
                ('effective_on', models.DateField(blank=True, null=True, verbose_name='施行日期')),
                ('expires_on', models.DateField(blank=True, help_text='有效期的最后一天；没有规定的空着。', null=True, verbose_name='有效期至')),
                ('period', models.CharField(blank=True, help_text='年 2020，月 2020-11，季 2020-Q3。', max_length=7, validators=[django.core.validators.RegexValidator('^\\d{4}(-(0[1-9]|1[0-2])|-Q[1-4])?\\Z', '写作 2020、2020-11 或者 2020-Q3。')], verbose_name='数据时期')),
                ('value', models.DecimalField(blank=True, decimal_places=4, max_digits=20, null=True, verbose_name='数值')),
                ('growth', models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True, verbose_name='同比增长（%）')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='最后修改')),
                ('status', models.CharField(choices=[('draft', '草稿'), ('department', '待部门初审'), ('office', '待公开机构审查'), ('leader', '待负责人签发'), ('published', '已签发'), ('withdrawn', '已撤下'), ('discarded', '已作废')], default='draft', editable=False, max_length=12, verbose_name='状态')),
                ('round', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='送审次数')),
                ('is_live', models.BooleanField(default=False, editable=False, verbose_name='已公开')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('column', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='portal.column', verbose_name='栏目')),
                ('created_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟稿人')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.department', verbose_name='承办处室')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='portal.indicator', verbose_name='指标')),
                ('interprets', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='interpretations', to='portal.item', verbose_name='所解读的文件')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': '信息',
                'verbose_name_plural': '信息',
                'abstract': False,
                'indexes': [models.Index(fields=['agency', 'status', '-updated_at'], name='portal_item_status'), models.Index(fields=['agency', 'column', '-updated_at'], name='portal_item_column'), models.Index(fields=['agency', 'type', '-updated_at'], name='portal_item_type'), models.Index(fields=['agency', 'department', '-updated_at'], name='portal_item_department'), models.Index(fields=['agency', '-updated_at'], name='portal_item_updated'), models.Index(fields=['agency', 'document_number'], name='portal_item_number')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='portal_item_source')],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ReleasePlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='发布内容')),
                ('period', models.CharField(blank=True, max_length=7, verbose_name='数据时期')),
                ('release_at', models.DateTimeField(verbose_name='发布时间')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('indicator', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='portal.indicator', verbose_name='指标')),
            ],
            options={
                'verbose_name': '数据发布日程',
                'verbose_name_plural': '数据发布日程',
                'ordering': ['release_at'],
                'indexes': [models.Index(fields=['agency', 'release_at'], name='portal_releaseplan_time')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('title', models.CharField(blank=True, help_text='空着时为文件的标题。', max_length=200, verbose_name='名称')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='wagtaildocs.document', verbose_name='文件')),
                ('item', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='portal.item')),
            ],
            options={
                'verbose_name': '附件',
                'verbose_name_plural': '附件',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Cleanup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source_key', models.CharField(blank=True, editable=False, max_length=64, null=True, verbose_name='台账行标识')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='登记时间')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='演示数据')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('as_of', models.DateField(help_text='清理这一天现行有效的文件。', verbose_name='清理截止日')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('started_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
                ('item', models.OneToOneField(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='cleanup', to='portal.item', verbose_name='清理结果')),
            ],
            options={
                'verbose_name': '文件清理',
                'verbose_name_plural': '文件清理',
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('agency', 'source_key'), name='portal_cleanup_source')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveSmallIntegerField(verbose_name='第几次送审')),
                ('content', models.TextField(verbose_name='内容')),
                ('digest', models.CharField(max_length=64, verbose_name='摘要')),
                ('submitted_at', models.DateTimeField(verbose_name='送审时间')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('submitted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='portal.item', verbose_name='信息')),
            ],
            options={
                'verbose_name': '清样',
                'verbose_name_plural': '清样',
                'constraints': [models.UniqueConstraint(fields=('item', 'round'), name='portal_edition_round')],
            },
        ),
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('kind', models.CharField(choices=[('repealed', '废止'), ('lapsed', '宣布失效'), ('amended', '修改'), ('continued', '继续有效')], max_length=10, verbose_name='处理')),
                ('on', models.DateField(verbose_name='自何日起')),
                ('until', models.DateField(blank=True, help_text='继续有效的可以写明新的有效期。', null=True, verbose_name='新的有效期至')),
                ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.publication', verbose_name='原文件')),
                ('item', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='effects', to='portal.item')),
            ],
            options={
                'verbose_name': '对原文件的处理',
                'verbose_name_plural': '对原文件的处理',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=30, verbose_name='规则')),
                ('severity', models.CharField(choices=[('block', '须处理'), ('warn', '请核对'), ('note', '提示')], max_length=10, verbose_name='程度')),
                ('place', models.CharField(max_length=200, verbose_name='位置')),
                ('message', models.TextField(verbose_name='说明')),
                ('excerpt', models.CharField(blank=True, max_length=300, verbose_name='摘录（已遮盖）')),
                ('anchor', models.CharField(blank=True, max_length=60)),
                ('fingerprint', models.CharField(max_length=64)),
                ('order', models.PositiveIntegerField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='portal.item', verbose_name='信息')),
            ],
            options={
                'verbose_name': '审查发现',
                'verbose_name_plural': '审查发现',
                'ordering': ['item', 'order'],
            },
        ),
        migrations.CreateModel(
            name='OldAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500, verbose_name='原地址')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bureau.agency', verbose_name='机关')),
                ('column', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='portal.column')),
                ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='old_addresses', to='portal.item')),
            ],
            options={
                'verbose_name': '原网站地址',
                'verbose_name_plural': '原网站地址',
                'constraints': [models.UniqueConstraint(fields=('agency', 'path'), name='portal_oldaddress_path'), models.CheckConstraint(condition=models.Q(models.Q(('column', None), ('item__isnull', False)), models.Q(('column__isnull', False), ('item', None)), _connector='OR'), name='portal_oldaddress_target')],
            },
        ),
        migrations.CreateModel(
            name='Override',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('fingerprint', models.CharField(max_length=64)),
                ('rule', models.CharField(max_length=30, verbose_name='规则')),
                ('reason', models.CharField(max_length=300, verbose_name='申请放行的理由')),
                ('confirmed_reason', models.CharField(blank=True, max_length=300, verbose_name='同意放行的理由')),
                ('confirmed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='同意放行人')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='overrides', to='portal.item', verbose_name='信息')),
                ('requested_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请放行人')),
            ],
            options={
                'verbose_name': '放行',
                'verbose_name_plural': '放行',
                'constraints': [models.UniqueConstraint(fields=('item', 'fingerprint'), name='portal_override_finding')],
            },
        ),
        migrations.CreateModel(
            name='CleanupEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('conclusion', models.CharField(blank=True, choices=[('in_force', '继续有效'), ('to_amend', '拟修改'), ('repeal', '废止'), ('lapsed', '失效')], max_length=10, verbose_name='清理意见')),
                ('until', models.DateField(blank=True, null=True, verbose_name='新的有效期至')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='理由')),
                ('cleanup', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='entries', to='portal.cleanup', verbose_name='文件清理')),
                ('concluded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提出人')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.publication', verbose_name='文件')),
            ],
            options={
                'verbose_name': '清理意见',
                'verbose_name_plural': '清理意见',
                'ordering': ['cleanup', 'publication__formed_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('cleanup', 'publication'), name='portal_cleanupentry_once')],
            },
        ),
        migrations.AddField(
            model_name='column',
            name='category',
            field=models.CharField(blank=True, help_text='条例第二十条、第二十一条中的一项；列入法定主动公开内容。', max_length=40, verbose_name='公开依据'),
        ),
        migrations.AddField(
            model_name='column',
            name='description',
            field=models.CharField(blank=True, max_length=200, verbose_name='栏目简介'),
        ),
        migrations.AddField(
            model_name='column',
            name='door',
            field=models.CharField(blank=True, choices=[('zfxxgkzn', '政府信息公开指南'), ('zfxxgkzd', '政府信息公开制度'), ('fdzdgknr', '法定主动公开内容'), ('zfxxgknb', '政府信息公开年报'), ('ysqgk', '依申请公开')], help_text='不属于平台的空着。', max_length=10, verbose_name='信息公开平台的组成部分'),
        ),
        migrations.AddField(
            model_name='column',
            name='keywords',
            field=models.CharField(blank=True, help_text='以逗号分隔。', max_length=100, verbose_name='关键词'),
        ),
        migrations.AddField(
            model_name='column',
            name='path',
            field=models.CharField(default='', editable=False, max_length=90, verbose_name='地址'),
        ),
        migrations.AddField(
            model_name='column',
            name='presentation',
            field=models.CharField(choices=[('list', '列表'), ('page', '单页（直接显示最新一条的正文）'), ('links', '链接列表')], default='list', max_length=10, verbose_name='页面形式'),
        ),
        migrations.AddField(
            model_name='column',
            name='retired_on',
            field=models.DateField(blank=True, help_text='停用的栏目不再显示，已发布的信息仍可查阅。', null=True, verbose_name='停用日期'),
        ),
        migrations.AddField(
            model_name='column',
            name='route',
            field=models.CharField(choices=[('department+office+leader', '部门初审、公开机构审查、负责人签发'), ('department+office', '部门初审、公开机构审查'), ('office+leader', '公开机构审查、负责人签发')], default='department+office+leader', max_length=30, verbose_name='审查流程'),
        ),
        migrations.AddField(
            model_name='column',
            name='slug',
            field=models.CharField(blank=True, help_text='空着时取栏目名称的拼音首字母。', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]*\\Z', '只能用小写字母、数字和连字符，以字母开头，例如 gzdt。')], verbose_name='网址中的名称'),
        ),
        migrations.AddField(
            model_name='column',
            name='type',
            field=models.CharField(choices=[('news', '动态要闻'), ('notices', '通知公告'), ('documents', '政策文件'), ('interpretations', '政策解读'), ('overview', '概况'), ('data', '数据发布'), ('services', '办事服务'), ('interaction', '互动交流'), ('platform', '政府信息公开'), ('credit', '信用公示'), ('other', '其他')], default='other', max_length=20, verbose_name='栏目类型'),
        ),
        migrations.AddField(
            model_name='column',
            name='update_days',
            field=models.PositiveSmallIntegerField(blank=True, help_text='超过这么多天没有发布即为逾期；不要求定期更新的空着。', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(1000)], verbose_name='更新周期（天）'),
        ),
        migrations.AddField(
            model_name='publication',
            name='amended_on',
            field=models.DateField(editable=False, null=True, verbose_name='修改日期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='category',
            field=models.CharField(blank=True, editable=False, max_length=40, verbose_name='公开依据'),
        ),
        migrations.AddField(
            model_name='publication',
            name='department',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='bureau.department', verbose_name='承办处室'),
        ),
        migrations.AddField(
            model_name='publication',
            name='document_class',
            field=models.CharField(blank=True, choices=[('rules', '规章'), ('normative_documents', '行政规范性文件'), ('other', '其他文件')], editable=False, max_length=20, verbose_name='文件类别'),
        ),
        migrations.AddField(
            model_name='publication',
            name='effective_on',
            field=models.DateField(editable=False, null=True, verbose_name='施行日期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='ended_by',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ends', to='portal.publication', verbose_name='据以处理的文件'),
        ),
        migrations.AddField(
            model_name='publication',
            name='ended_on',
            field=models.DateField(editable=False, null=True, verbose_name='失去效力日期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='expires_on',
            field=models.DateField(editable=False, null=True, verbose_name='有效期至'),
        ),
        migrations.AddField(
            model_name='publication',
            name='first_column',
            field=models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.column', verbose_name='一级栏目'),
        ),
        migrations.AddField(
            model_name='publication',
            name='formed_on',
            field=models.DateField(editable=False, null=True, verbose_name='成文日期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='genre',
            field=models.CharField(blank=True, editable=False, max_length=20, verbose_name='体裁分类'),
        ),
        migrations.AddField(
            model_name='publication',
            name='growth',
            field=models.DecimalField(decimal_places=2, editable=False, max_digits=9, null=True, verbose_name='同比增长（%）'),
        ),
        migrations.AddField(
            model_name='publication',
            name='live_from',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='公开时刻'),
        ),
        migrations.AddField(
            model_name='publication',
            name='period',
            field=models.CharField(blank=True, editable=False, max_length=7, verbose_name='数据时期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='repealed_on',
            field=models.DateField(editable=False, null=True, verbose_name='废止日期'),
        ),
        migrations.AddField(
            model_name='publication',
            name='topic',
            field=models.CharField(blank=True, editable=False, max_length=40, verbose_name='主题分类'),
        ),
        migrations.AddField(
            model_name='publication',
            name='type',
            field=models.CharField(blank=True, choices=[('article', '动态、一般信息'), ('notice', '通知公告'), ('document', '政策文件'), ('interpretation', '政策解读'), ('release', '数据发布'), ('page', '单页（概况、指南、说明）'), ('link', '链接')], editable=False, max_length=20, verbose_name='信息类型'),
        ),
        migrations.AddField(
            model_name='publication',
            name='value',
            field=models.DecimalField(decimal_places=4, editable=False, max_digits=20, null=True, verbose_name='数值'),
        ),
        migrations.AlterField(
            model_name='column',
            name='first_level',
            field=models.CharField(editable=False, max_length=60, verbose_name='一级栏目'),
        ),
        migrations.AlterField(
            model_name='column',
            name='kind',
            field=models.CharField(choices=[('overview', '概况类信息'), ('news', '政务动态信息'), ('catalogue', '信息公开目录信息'), ('interpretation', '政策解读材料'), ('interpretation_product', '政策解读产品'), ('commentary', '媒体评论文章'), ('response', '回应公众关注'), ('other', '其他信息')], default='other', help_text='政府网站工作年度报表按此分类计数。', max_length=24, verbose_name='所载信息类别'),
        ),
        migrations.AlterField(
            model_name='column',
            name='parent',
            field=models.ForeignKey(blank=True, help_text='一级栏目空着。', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='portal.column', verbose_name='上级栏目'),
        ),
        migrations.RunPython(place, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.UniqueConstraint(fields=('agency', 'path'), name='portal_column_path', violation_error_message='已有栏目使用这个地址。'),
        ),
        migrations.AddConstraint(
            model_name='column',
            constraint=models.UniqueConstraint(condition=models.Q(('door', ''), _negated=True), fields=('agency', 'door'), name='portal_column_door', violation_error_message='平台的这一部分已有栏目。'),
        ),
        migrations.AlterConstraint(
            model_name='column',
            name='portal_column_name',
            constraint=models.UniqueConstraint(fields=('agency', 'parent', 'name'), name='portal_column_name', violation_error_message='上级栏目之下已有同名的栏目。'),
        ),
        migrations.AlterConstraint(
            model_name='column',
            name='portal_column_first_level',
            constraint=models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('agency', 'name'), name='portal_column_first_level', violation_error_message='已有同名的一级栏目。'),
        ),
        migrations.AddField(
            model_name='publication',
            name='edition',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='portal.edition', verbose_name='清样'),
        ),
        migrations.AddField(
            model_name='publication',
            name='indicator',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publications', to='portal.indicator', verbose_name='指标'),
        ),
        migrations.AddField(
            model_name='publication',
            name='interprets',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='published_interpretations', to='portal.item', verbose_name='解读'),
        ),
        migrations.AddField(
            model_name='publication',
            name='item',
            field=models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='publication', to='portal.item', verbose_name='信息'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('edition__isnull', False), ('withdrawn_on', None)), fields=['agency', 'column', '-live_from'], name='portal_shown_column'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('edition__isnull', False), ('withdrawn_on', None)), fields=['agency', 'first_column', '-live_from'], name='portal_shown_first'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('edition__isnull', False), ('withdrawn_on', None)), fields=['agency', 'category', '-live_from'], name='portal_shown_category'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('edition__isnull', False), ('withdrawn_on', None)), fields=['agency', '-live_from'], name='portal_shown'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('document_class', ''), _negated=True), fields=['agency', 'document_class', 'formed_on'], name='portal_publication_document'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('expires_on__isnull', False)), fields=['agency', 'expires_on'], name='portal_publication_expires'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(condition=models.Q(('indicator__isnull', False)), fields=['indicator', '-period'], name='portal_publication_series'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('edition', None), ('item', None), ('live_from', None)), models.Q(('edition__isnull', False), ('item__isnull', False), ('live_from__isnull', False)), _connector='OR'), name='portal_publication_whole'),
        ),
        migrations.AddConstraint(
            model_name='publication',
            constraint=models.UniqueConstraint(condition=models.Q(('edition__isnull', False), models.Q(('index_number', ''), _negated=True)), fields=('agency', 'index_number'), name='portal_publication_own_index'),
        ),
    ]
