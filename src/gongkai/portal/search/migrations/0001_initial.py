import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('bureau', '0002_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=40, verbose_name='对象类别')),
                ('object_id', models.BigIntegerField(verbose_name='对象编号')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='不再有效之日')),
                ('formed_year', models.SmallIntegerField(verbose_name='成文年份')),
                ('column_id', models.BigIntegerField(blank=True, null=True, verbose_name='栏目')),
                ('first_column_id', models.BigIntegerField(blank=True, null=True, verbose_name='一级栏目')),
                ('item_type', models.TextField(blank=True, verbose_name='体裁')),
                ('topic', models.TextField(blank=True, verbose_name='主题')),
                ('category', models.TextField(blank=True, verbose_name='法定主动公开内容')),
                ('url', models.TextField(verbose_name='网址')),
                ('title', models.TextField(verbose_name='标题')),
                ('numbers', models.TextField(blank=True, verbose_name='文号、索引号')),
                ('facets', models.TextField(editable=False)),
                ('title_folded', models.TextField(editable=False)),
                ('folded', models.TextField(editable=False)),
                ('body', models.TextField(blank=True, verbose_name='正文')),
                ('attachments', models.TextField(blank=True, verbose_name='附件文字')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='bureau.agency', verbose_name='机关')),
            ],
            options={
                'verbose_name': '检索条目',
                'verbose_name_plural': '检索条目',
                'db_table': 'portal_search_entry',
                'indexes': [models.Index(fields=['kind', 'object_id'], name='portal_search_entry_object')],
                'constraints': [models.UniqueConstraint(fields=('agency', 'kind', 'object_id'), name='portal_search_entry_key')],
            },
        ),
    ]
