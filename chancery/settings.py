"""Settings, all from the environment, with defaults that let a bare clone run.

Every variable is described in docs/settings.md (a test compares the two).
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

from chancery import __version__
from chancery.core import charter as _charter

ROOT = Path(__file__).resolve().parent.parent


def _env(name: str, default: str = "") -> str:
    """The variable's value, or the content of the file that <name>_FILE names (for secrets)."""
    path = os.environ.get(f"{name}_FILE")
    return Path(path).read_text(encoding="utf-8").strip() if path else os.environ.get(name, default)


def _flag(name: str, default: bool = False) -> bool:
    return _env(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _names(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in _env(name, default).split(",") if part.strip()]


def _secret(home: Path) -> str:
    """A random key made on first start, so that nothing secret is ever in the code."""
    path = home / "secret_key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return path.read_text(encoding="ascii")


# ---------------------------------------------------------------- the organisation and its place on disk
HOME = Path(_env("CHANCERY_HOME", str(ROOT / "var" / "main"))).resolve()
CHARTER_FILE = Path(_env("CHANCERY_CHARTER", str(ROOT / "records" / "cica" / "charter.toml")))
CHARTER = _charter.read(CHARTER_FILE)
KEY_FILE = Path(_env("CHANCERY_KEY", str(HOME / "journal.key")))
SIGNING_KEY = Path(_env("CHANCERY_SIGNING_KEY")) if _env("CHANCERY_SIGNING_KEY") else None
SIGNING_CERTIFICATE = Path(_env("CHANCERY_SIGNING_CERTIFICATE")) if _env("CHANCERY_SIGNING_CERTIFICATE") else None
SIGNING_PASSPHRASE = _env("CHANCERY_SIGNING_PASSPHRASE")
TIMESTAMP_URL = _env("CHANCERY_TIMESTAMP_URL")
RELEASE = __version__
PRACTICE = _flag("CHANCERY_PRACTICE")  # an invented organisation, with accounts whose passwords are public

# ---------------------------------------------------------------- Django
SECRET_KEY = _env("CHANCERY_SECRET_KEY") or _secret(HOME)
DEBUG = False
ORIGIN = _env("CHANCERY_ORIGIN", "http://localhost:8000").rstrip("/")
HTTPS = ORIGIN.startswith("https://")
ALLOWED_HOSTS = _names("CHANCERY_HOSTS", f"{urlsplit(ORIGIN).hostname},localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [ORIGIN]
ROOT_URLCONF = "chancery.urls"
WSGI_APPLICATION = "chancery.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS: list[str] = []

AREAS = [
    "core", "journal", "duties", "people", "notices", "parties", "bodies", "catalogue",
    "meetings", "documents", "decisions", "newsroom", "exchange", "portal",
]  # fmt: skip
INSTALLED_APPS = [
    *(f"chancery.{area}" for area in AREAS),  # first, so that our templates stand before a library's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
]
MIDDLEWARE = [
    "chancery.portal.cache.PublicPages",  # outermost: a kept page costs one query and nothing below
    "chancery.core.problems.Refusals",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "chancery.core.furniture.furniture",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "chancery.core.templatetags.chancery",
            ],
            "loaders": [
                ("django.template.loaders.cached.Loader", ["django.template.loaders.app_directories.Loader"])
            ],
        },
    }
]


# ---------------------------------------------------------------- database
def _database(url: str) -> dict:
    """A DATABASES entry from `sqlite:///path` or `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(parts.path),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL;"
                    f"PRAGMA synchronous={_env('CHANCERY_SQLITE_SYNC', 'FULL')};"
                    "PRAGMA mmap_size=268435456;PRAGMA cache_size=-20000;"
                    "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;"
                ),
            },
        }
    if parts.scheme in {"postgresql", "postgres"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or "") or _env("CHANCERY_DATABASE_PASSWORD"),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": None,
        }
    raise ValueError(f"CHANCERY_DATABASE must begin with sqlite:// or postgresql://, not {url!r}")


DATABASES = {"default": _database(_env("CHANCERY_DATABASE", f"sqlite://{HOME / 'chancery.sqlite3'}"))}

# ---------------------------------------------------------------- languages and time
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"  # instants are kept in UTC; pages show the seat's zone
LANGUAGE_CODE = CHARTER.interface[0]
LANGUAGES = [(code, _charter.LANGUAGE_NAMES.get(code, code)) for code in CHARTER.interface]
LOCALE_PATHS = [ROOT / "chancery" / "locale"]
LANGUAGE_COOKIE_SECURE = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS

# ---------------------------------------------------------------- files
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes of one scan or picture

# ---------------------------------------------------------------- safety
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = False  # the reverse proxy's work, see docs/how-to/run-in-production.md
if _flag("CHANCERY_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = CHARTER.retention["sessions"] * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "chancery.core.problems.csrf"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# ---------------------------------------------------------------- accounts
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "chancery.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation is accepted from the address it was sent to
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody gets a letter because a stranger typed an address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "chancery.people.forms.SignInForm",
    "change_password": "chancery.people.forms.PasswordForm",
    "reset_password": "chancery.people.forms.ForgottenForm",
    "reset_password_from_key": "chancery.people.forms.NewPasswordForm",
    "reauthenticate": "chancery.people.forms.AgainForm",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if _flag("CHANCERY_BEHIND_PROXY") else 0
PASSWORD_RESET_TIMEOUT = 4 * 3600
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = CHARTER.symbol
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_ADAPTER = "chancery.people.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "chancery.people.forms.ActivateForm",
    "authenticate": "chancery.people.forms.CodeForm",
    "reauthenticate": "chancery.people.forms.CodeAgainForm",
}

# ---------------------------------------------------------------- mail
EMAIL_BACKEND = _env("CHANCERY_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = _env("CHANCERY_SMTP_HOST", "localhost")
EMAIL_PORT = int(_env("CHANCERY_SMTP_PORT", "25"))
EMAIL_HOST_USER = _env("CHANCERY_SMTP_USER")
EMAIL_HOST_PASSWORD = _env("CHANCERY_SMTP_PASSWORD")
EMAIL_USE_TLS = _flag("CHANCERY_SMTP_STARTTLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _env("CHANCERY_MAIL_FROM", CHARTER.email or "chancery@localhost")

# ---------------------------------------------------------------- what this process says of itself
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": _env("CHANCERY_LOG_LEVEL", "WARNING")},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "rate_limits"}}
PAGE_CACHE_BYTES = int(_env("CHANCERY_PAGE_CACHE_MB", "24")) * 1024 * 1024  # of each worker
