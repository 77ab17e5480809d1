"""Django's settings, all of them derived from the typed environment."""

import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP
from psycopg.conninfo import conninfo_to_dict

from touchstone.config.environment import Mode, read_environment

ENVIRONMENT = read_environment()
PACKAGE = Path(__file__).resolve().parent.parent
DEMONSTRATION = ENVIRONMENT.mode is Mode.DEMONSTRATION
TESTING = ENVIRONMENT.mode is Mode.TEST
DATA = ENVIRONMENT.data.expanduser().resolve()
ORIGIN = ENVIRONMENT.public_origin
MEDIA_ORIGIN = ENVIRONMENT.public_media_origin
UPLOAD_CAP = ENVIRONMENT.upload_cap
HTTPS = ORIGIN.startswith("https://")

SECRET_KEY = ENVIRONMENT.secret_key
SECRET_KEY_FALLBACKS = ENVIRONMENT.previous_secrets
DEBUG = False
ALLOWED_HOSTS = (
    ["localhost", "127.0.0.1", "[::1]", "testserver"]
    if not HTTPS
    else [origin.split("://")[1].split(":")[0] for origin in (ORIGIN, MEDIA_ORIGIN)]
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "procrastinate.contrib.django",
    "touchstone.kit",
    "touchstone.people",
    "touchstone.catalogue",
    "touchstone.portfolio",
    "touchstone.assessment",
    "touchstone.credentials",
    "touchstone.insights",
    "touchstone.flows",
    "touchstone.web",
    "touchstone.api",
    "touchstone.demo",
]

MIDDLEWARE = [
    "touchstone.web.security.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "touchstone.web.origins.SeparateMediaOrigin",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "touchstone.web.awards.public.PublicDocuments",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "touchstone.web.acting.ActingMiddleware",
    "touchstone.web.refusals.RefusalMiddleware",
    "touchstone.web.limits.LimitMiddleware",
]

ROOT_URLCONF = "touchstone.config.urls"
WSGI_APPLICATION = "touchstone.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "touchstone.web.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "touchstone.web.templatetags.ui"],
        },
    }
]

# -- database, cache, jobs ---------------------------------------------------------------------------------------------


def _database(url: str) -> dict[str, object]:
    known = conninfo_to_dict(url) if url else {"dbname": "touchstone"}
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    plain = {names[key]: str(value) for key, value in known.items() if key in names}
    options = {key: value for key, value in known.items() if key not in names}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
        "TEST": {"NAME": f"test_touchstone_{os.getpid()}"},  # two test runs at once stay out of each other's way
        **plain,
    }


DATABASES = {"default": _database(ENVIRONMENT.database_url)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "KEY_FUNCTION": "touchstone.kit.rates.hidden_key",
    },
}
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_WORKER_DEFAULTS: dict[str, Any] = {
    "update_heartbeat_interval": 5,
    "stalled_worker_timeout": 20,
    "delete_jobs": "successful",
}

# -- files and static --------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files", "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "touchstone.web.static_files.HashedStaticFiles",
    },
}
FILE_UPLOAD_HANDLERS = ["touchstone.kit.uploads.UploadHandler"]
FILE_UPLOAD_TEMP_DIR = DATA / "uploads"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# -- people ------------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "touchstone.people.lockout.GuardedAdapter"
ACCOUNT_FORMS = {"signup": "touchstone.people.allauth.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True  # the way back in after a lock-out
# Counted here: what is done with one account. Networks are counted by web.limits, wrong passwords by people.lockout.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "5/15m/key",
    "signup": None,
    "confirm_email": "5/15m/key",  # how often the code is sent anew when somebody signs in before using it
    "reset_password": "5/15m/key",
    "reset_password_from_key": None,
    "request_login_code": "3/15m/key",
}
MFA_RATE_LIMITS = {"webauthn_login": None}
USERSESSIONS_ADAPTER = "touchstone.people.sign_ins.SessionsAdapter"
SECOND_STEP = ENVIRONMENT.needs_second_step
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Touchstone"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# -- apps that people let at their badges ------------------------------------------------------------------------------

# Keys are random and kept as hashes; codes lie in the cache, a table that every process sees.
IDP_OIDC_ADAPTER = "touchstone.api.oauth.Adapter"
IDP_OIDC_DCR_ENABLED = True
IDP_OIDC_DCR_REQUIRES_INITIAL_ACCESS_TOKEN = False
IDP_OIDC_RATE_LIMITS = {"client_registration": None}  # counted by web.limits
IDP_OIDC_AUTH_METHODS = ["client_secret_basic", "none"]
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 60 * 60
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 365 * 24 * 3600
TERMS_URL = ENVIRONMENT.terms_url or f"{ORIGIN}/"
PRIVACY_URL = ENVIRONMENT.privacy_url or f"{ORIGIN}/"

# -- mail --------------------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
_BACKEND = "locmem" if TESTING else "smtp" if ENVIRONMENT.mail_host else "dummy"
MAILERS = {
    "default": {
        "BACKEND": f"django.core.mail.backends.{_BACKEND}.EmailBackend",
        **(
            {
                "OPTIONS": {
                    "host": ENVIRONMENT.mail_host,
                    "port": ENVIRONMENT.mail_port,
                    "username": ENVIRONMENT.mail_user,
                    "password": ENVIRONMENT.mail_password.get_secret_value(),
                    "use_tls": True,
                    "timeout": 20,
                }
            }
            if _BACKEND == "smtp"
            else {}
        ),
    }
}

# -- language and time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own words; offered once its catalogue is whole
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["touchstone.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# -- security ----------------------------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", MEDIA_ORIGIN],
    "media-src": [CSP.SELF, MEDIA_ORIGIN],
    "frame-src": [CSP.SELF, MEDIA_ORIGIN],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
    "manifest-src": [CSP.SELF],
}
RATES = ENVIRONMENT.rates
RATES_ON = not TESTING  # a test that is about them switches them on
RATES_FACTOR = 10 if DEMONSTRATION else 1  # one machine plays everybody
TRUSTED_PROXIES = ENVIRONMENT.proxies
FETCH_TRUSTED = ENVIRONMENT.fetch_trusted.split()
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS and not ENVIRONMENT.behind_proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "touchstone.web.refusals.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("TOUCHSTONE_LOG", "WARNING")},
}
