import django.contrib.auth.models
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=255, unique=True)),
                ('depth', models.PositiveIntegerField()),
                ('numchild', models.PositiveIntegerField(default=0)),
                ('code', models.CharField(max_length=32, unique=True, verbose_name='机关代码')),
                ('name', models.CharField(max_length=100, verbose_name='机关名称')),
                ('short_name', models.CharField(blank=True, max_length=40, verbose_name='简称')),
                ('kind', models.CharField(choices=[('government', '人民政府'), ('department', '政府部门'), ('agency', '派出机关、派出机构'), ('authorised', '法律、法规授权的组织'), ('utility', '公共企事业单位')], default='department', max_length=20, verbose_name='机关类别')),
                ('region_code', models.CharField(blank=True, max_length=12, verbose_name='行政区划代码')),
                ('credit_code', models.CharField(blank=True, max_length=18, verbose_name='统一社会信用代码')),
                ('site_code', models.CharField(blank=True, max_length=10, verbose_name='网站标识码')),
                ('office', models.CharField(default='办公室', max_length=60, verbose_name='政府信息公开工作机构')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='办公地址')),
                ('postcode', models.CharField(blank=True, max_length=6, verbose_name='邮政编码')),
                ('office_hours', models.CharField(blank=True, default='', max_length=100, verbose_name='办公时间')),
                ('telephone', models.CharField(blank=True, max_length=40, verbose_name='联系电话')),
                ('fax', models.CharField(blank=True, max_length=40, verbose_name='传真')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='电子邮箱')),
                ('website', models.URLField(blank=True, verbose_name='网站地址')),
                ('review_government', models.CharField(blank=True, max_length=100, verbose_name='行政复议机关（同级人民政府）')),
                ('review_superior', models.CharField(blank=True, max_length=100, verbose_name='行政复议机关（上一级主管部门）')),
                ('review_online', models.CharField(blank=True, default='', max_length=200, verbose_name='网上申请行政复议的渠道')),
                ('court', models.CharField(blank=True, max_length=100, verbose_name='有管辖权的人民法院')),
                ('is_demo', models.BooleanField(default=False, verbose_name='演示数据')),
            ],
            options={
                'verbose_name': '机关',
                'verbose_name_plural': '机关',
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='bureau.agency', verbose_name='机关')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='排序')),
            ],
            options={
                'verbose_name': '内设机构',
                'verbose_name_plural': '内设机构',
                'ordering': ['agency', 'order', 'name'],
                'constraints': [models.UniqueConstraint(fields=('agency', 'name'), name='bureau_department_name')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('username', models.CharField(error_messages={'unique': 'A user with that username already exists.'}, help_text='Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.', max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='username')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='email address')),
                ('is_staff', models.BooleanField(default=False, help_text='Designates whether the user can log into this admin site.', verbose_name='staff status')),
                ('is_active', models.BooleanField(default=True, help_text='Designates whether this user should be treated as active. Unselect this instead of deleting accounts.', verbose_name='active')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='date joined')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='users', to='bureau.agency', verbose_name='机关')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='users', to='bureau.department', verbose_name='内设机构')),
                ('post', models.CharField(blank=True, max_length=40, verbose_name='职务')),
                ('supervising', models.BooleanField(default=False, verbose_name='监督下级机关')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': '工作人员',
                'verbose_name_plural': '工作人员',
                'abstract': False,
            },
            managers=[
                ('objects', django.contrib.auth.models.UserManager()),
            ],
        ),
    ]
