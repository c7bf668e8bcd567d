"""Django settings: one module, driven by the environment; nothing here differs between SQLite and PostgreSQL.

``GONGKAI_HOME`` (folder of the installation), ``DATABASE_URL``, ``REDIS_URL``, ``SECRET_KEY``,
``GONGKAI_FIELD_KEYS`` (keys of personal fields, comma list, the first encrypts), ``GONGKAI_HOSTS``
(comma list of host names), ``GONGKAI_HTTPS=1`` (behind TLS), ``GONGKAI_PROXIES`` (reverse proxies in front),
``GONGKAI_BASE_URL`` (the back office as people reach it), ``GONGKAI_REGION`` (for local holiday orders),
``GONGKAI_SITE_AGENCY``, ``GONGKAI_ICP``, ``GONGKAI_POLICE_RECORD``, ``GONGKAI_FAULT_LINK``, ``GONGKAI_IPV6=1`` (whose
site it is, and its footer),
``EMAIL_URL`` (mail server), ``DEFAULT_FROM_EMAIL``, ``GONGKAI_SMS_URL``, ``GONGKAI_SMS_TOKEN``, ``GONGKAI_SMS_BODY``,
``GONGKAI_SMS_ACCEPTED`` (text messages, :mod:`gongkai.notices.transports.sms`),
``GONGKAI_DEBUG=1`` (development only).
"""

from __future__ import annotations

import os
from typing import Any

import dj_database_url
import dj_email_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from gongkai.ledger.keyfile import new_key, secret_file

from .home import home


def _switch(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _comma_list(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


HOME = home()
DEBUG = _switch("GONGKAI_DEBUG")
HTTPS = _switch("GONGKAI_HTTPS")
ALLOWED_HOSTS = _comma_list("GONGKAI_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

# --- Keys: made on first use, never at import, so that reading the settings touches no disk ----------

SECRET_KEY: Any = os.environ.get("SECRET_KEY") or SimpleLazyObject(
    lambda: secret_file(HOME / "keys" / "django.key", new_key)
)
FIELD_KEYS = os.environ.get("GONGKAI_FIELD_KEYS", "")
FIELD_KEYS_FILE = HOME / "keys" / "fields.key"

# --- Applications ----------------------------------------------------------------------------------

INSTALLED_APPS = [
    "gongkai.desk",  # first: its templates and words go before Wagtail's
    "gongkai.bureau",
    "gongkai.ledger",
    "gongkai.notices",
    "gongkai.applications",
    "gongkai.applications.coordination",
    "gongkai.applications.corrections",
    "gongkai.applications.volume",
    "gongkai.applications.disclosed",
    "gongkai.disputes",
    "gongkai.portal",
    "gongkai.portal.search",
    "gongkai.inquiries",
    "gongkai.channels",
    "gongkai.registers",
    "gongkai.registers.credit",
    "gongkai.reporting",
    "gongkai.reporting.worksheet",
    "gongkai.evidence",
    "gongkai.oversight.assessment",
    "wagtail.embeds",
    "wagtail.sites",
    "gongkai.desk.users_app.UsersConfig",  # wagtail.users, with the agency in its forms
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "treebeard",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongkai.project.headers.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "gongkai.portal.reading_style.reading_style",
]

ROOT_URLCONF = "gongkai.project.urls"
WSGI_APPLICATION = "gongkai.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongkai.portal.site.site",
            ],
        },
    },
]

# --- Storage ---------------------------------------------------------------------------------------

try:
    _database: Any = dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{HOME / 'db.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
except ValueError:
    _database = {"ENGINE": ""}  # the message would repeat the address, and the password in it
if _database["ENGINE"] not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
    raise ImproperlyConfigured("DATABASE_URL 应当写作 postgres://用户:密码@主机/库名 或者 sqlite:///文件")
DATABASES: dict[str, Any] = {"default": _database}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes its lock when the transaction begins, so that two writers queue instead of failing;
    # synchronous=FULL because a ledger entry that was acknowledged must survive a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if os.environ.get("REDIS_URL"):
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": os.environ["REDIS_URL"]}
    }

# Where the installation is, as a name or a division code: local orders on working days bind by region.
REGION = os.environ.get("GONGKAI_REGION") or None
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = HOME / "static"
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # served from the packages themselves: nothing to collect before the first start

# --- People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "bureau.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

# --- Language and time -----------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# --- The back office -------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "公开"
WAGTAILADMIN_BASE_URL = os.environ.get("GONGKAI_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # the law's days begin and end in it, whoever looks
# A government network calls nobody outside.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Whoever forgot a password asks the administrator: only reminders leave the program.
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_USER_LOGIN_FORM = "gongkai.desk.forms.LoginForm"
WAGTAILADMIN_RICH_TEXT_EDITORS = {"default": {"WIDGET": "gongkai.portal.staff.widgets.TextArea"}}

# --- What leaves the program: reminders to staff ------------------------------------------------------

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
try:
    _mail: dict[str, Any] = dj_email_url.parse(os.environ.get("EMAIL_URL") or "smtp:")
except ValueError:
    _mail = {}  # the message would repeat the address, and the password in it
if _mail.get("EMAIL_BACKEND") != EMAIL_BACKEND:
    raise ImproperlyConfigured(
        "EMAIL_URL 应当写作 submission://用户:密码@主机:587 或者 smtp://主机:25（加 ?ssl=1 用 SSL）"
    )
# Without a server mails wait in the outbox.
EMAIL_HOST = _mail["EMAIL_HOST"] if os.environ.get("EMAIL_URL") else ""
EMAIL_PORT, EMAIL_TIMEOUT = _mail["EMAIL_PORT"] or 25, _mail["EMAIL_TIMEOUT"] or 20
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail["EMAIL_USE_TLS"], _mail["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL") or EMAIL_HOST_USER or "gongkai@localhost"
GONGKAI_SMS_URL = os.environ.get("GONGKAI_SMS_URL", "")
GONGKAI_SMS_TOKEN = os.environ.get("GONGKAI_SMS_TOKEN", "")
GONGKAI_SMS_BODY = os.environ.get("GONGKAI_SMS_BODY") or '{"mobile": "$mobile", "content": "$text"}'
GONGKAI_SMS_ACCEPTED = os.environ.get("GONGKAI_SMS_ACCEPTED", "")
# Where WeChat's interface is: the demonstration has an imitation of it on this machine.
GONGKAI_WECHAT_URL = os.environ.get("GONGKAI_WECHAT_URL") or "https://api.weixin.qq.com"

# --- The site --------------------------------------------------------------------------------------

# Whose site this is (机关代码); the topmost agency when it is not set. What the footer must name, where it is known.
GONGKAI_SITE_AGENCY = os.environ.get("GONGKAI_SITE_AGENCY", "")
GONGKAI_ICP = os.environ.get("GONGKAI_ICP", "")
GONGKAI_POLICE_RECORD = os.environ.get("GONGKAI_POLICE_RECORD", "")
GONGKAI_FAULT_LINK = os.environ.get("GONGKAI_FAULT_LINK", "")  # 政府网站找错, as the platform gave it to this site
GONGKAI_IPV6 = _switch("GONGKAI_IPV6")
# What other rooms put on the first page and on 依申请公开: dotted names of functions (request, agency) -> SafeString.
GONGKAI_HOME_PANELS: list[str] = ["gongkai.inquiries.public.panel.panel"]
# On the page of a column, by its path: dotted names of functions (request) -> SafeString.
GONGKAI_COLUMN_PANELS = {"hdjl": "gongkai.inquiries.public.panel.doors"}
GONGKAI_APPLICATION_PANELS: list[str] = [
    "gongkai.applications.public.panel.panel",
    "gongkai.applications.corrections.panel.panel",
    "gongkai.applications.disclosed.link.panel",
]
# What they put on 法定主动公开内容 (code "") and under its categories: (request, agency, code) -> SafeString.
GONGKAI_HEADING_PANELS: list[str] = ["gongkai.registers.public.views.panel"]
# How many reverse proxies of our own stand before the program: only what they say of the client is believed.
GONGKAI_PROXIES = int(os.environ.get("GONGKAI_PROXIES") or 0)

# --- Security --------------------------------------------------------------------------------------

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews pages in a frame of the same origin

# --- Logging: what happened and where, never whose data ----------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "gongkai": {"level": "INFO"},
        # SQL carries values, among them personal ones: it is never logged, whatever DEBUG says.
        "django.db.backends": {"level": "WARNING", "propagate": True},
        # It logs the addresses that it asks, which carry WeChat's tokens.
        "httpx": {"level": "WARNING", "propagate": True},
    },
}
