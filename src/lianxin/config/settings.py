"""Django settings, all derived from `env.Environment`."""

from __future__ import annotations

from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from lianxin.config.env import ROOT, Environment

ENV = Environment()
BASE_DIR = ROOT
DEBUG = ENV.debug
SECRET_KEY = ENV.secret("secret_key")
LIANXIN_MASTER_KEY = ENV.secret("master_key")
LIANXIN_DEMO = ENV.demo
LIANXIN_HOME6 = ENV.home6
LIANXIN_SITE_URL = ENV.site_url
LIANXIN_PHONE = ENV.phone or ("0915-000-0000" if ENV.demo else "")
LIANXIN_DATA = ENV.data
LIANXIN_PROXIES = ENV.proxies
ALLOWED_HOSTS = list(ENV.hosts)
CSRF_TRUSTED_ORIGINS = [ENV.site_url]

ROOMS = [
    "lianxin.config.apps.ConfigConfig",
    "lianxin.web",
    "lianxin.api",
    "lianxin.insight",
    "lianxin.demo",
    "lianxin.leaving",
    "lianxin.suggestions",
    "lianxin.projects",
    "lianxin.meetings",
    "lianxin.charters",
    "lianxin.elections",
    "lianxin.campaigns",
    "lianxin.stations",
    "lianxin.villages",
    "lianxin.archives",
    "lianxin.enrolment",
    "lianxin.congress",
    "lianxin.plans",
    "lianxin.opinions",
    "lianxin.ballots",
    "lianxin.contacts",
    "lianxin.activities",
    "lianxin.colleagues",
    "lianxin.handling",
    "lianxin.duties",
    "lianxin.search",
    "lianxin.documents",
    "lianxin.notifications",
    "lianxin.people",
    "lianxin.regions",
    "lianxin.rulebook",
    "lianxin.audit",
    "lianxin.common",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "axes",
    *ROOMS,
]
MIDDLEWARE = [
    "lianxin.web.evote.nobody.NobodyMiddleware",
    "lianxin.web.proxies.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lianxin.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lianxin.web.signin.gate.SessionGate",
    "lianxin.web.middleware.ActorMiddleware",
    "lianxin.web.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "lianxin.config.urls"
WSGI_APPLICATION = "lianxin.config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django.templatetags.static",
                "django.templatetags.i18n",
                "django_cotton.templatetags.cotton",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lianxin.web.context.page",
            ],
        },
    }
]

SQLITE_TUNING: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # WAL for readers beside a writer; FULL because a receipt given to a resident must survive a power cut.
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=268435456;"
        "PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
    ),
}


def database() -> dict[str, Any]:
    """Return PostgreSQL by `DATABASE_URL`, else the embedded SQLite in the data folder."""
    if ENV.database_url:
        return dict(dj_database_url.parse(ENV.database_url, conn_max_age=60, conn_health_checks=True))
    ENV.data.mkdir(parents=True, exist_ok=True)
    return {
        "ENGINE": "lianxin.common.sqlite",
        "NAME": str(ENV.data / "lianxin.sqlite3"),
        "OPTIONS": SQLITE_TUNING,
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "lianxin.people.passwords.KindsValidator"},
]
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/desk"
LOGOUT_REDIRECT_URL = "/"
# Sign-in: how many failures lock and for how long are parameters (security.*), read at the moment.
AXES_FAILURE_LIMIT = "lianxin.web.signin.lockout.lock_after"
AXES_COOLOFF_TIME = "lianxin.web.signin.lockout.lock_time"
AXES_LOCKOUT_CALLABLE = "lianxin.web.signin.lockout.answer"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# The gate ends idle sessions (security.idle_minutes); this is only the outer limit of a working day.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_SAVE_EVERY_REQUEST = False
CSRF_FAILURE_VIEW = "lianxin.web.failing.form_stale"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
# Behind a proxy that speaks TLS: it says so in this header, and browsers are told to stay with https.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_SSL_REDIRECT = ENV.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the machine itself asks without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
MEDIA_ROOT = ENV.data / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if ENV.smtp_host
    else "django.core.mail.backends.dummy.EmailBackend"
)
EMAIL_HOST, EMAIL_PORT = ENV.smtp_host, ENV.smtp_port
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = ENV.mail_from

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
MAX_PHOTO_BYTES = 8 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"discreet": {"()": "lianxin.common.logs.DiscreetFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
# Pages without a trailing slash: "/deputy", "/deputy/opinions".
SILENCED_SYSTEM_CHECKS = ["urls.W002"]
