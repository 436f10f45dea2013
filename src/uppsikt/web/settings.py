"""One settings file. What differs between installations comes from the environment."""

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE = Path(__file__).resolve().parent.parent


def _flag(name: str) -> bool:
    value = os.environ.get(name, "0")
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"{name} must be 0 or 1, not {value!r}")
    return value == "1"


def _listed(name: str) -> frozenset[str]:
    """Return what a setting lists, with commas between."""
    told = (one.strip() for one in os.environ.get(name, "").split(","))
    return frozenset(filter(None, told))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _secret(path: Path) -> str:
    """Return the installation's secret, made on first use and readable by us alone."""
    if "UPPSIKT_SECRET" in os.environ:
        return os.environ["UPPSIKT_SECRET"]
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _database(url: str, data: Path) -> dict[str, object]:
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "uppsikt.sqlite3",
            # To open it costs more than most questions do.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # What is disposed of is overwritten, and not only let go.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
                    "PRAGMA secure_delete=ON;"
                ),
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def _redis(url: str) -> dict[str, object]:
    """Tell where Redis is. It only wakes, so nobody's request waits for it when ill."""
    parts = urlsplit(url)
    return {
        "HOST": parts.hostname or "localhost",
        "PORT": parts.port or 6379,
        "DB": int(parts.path.strip("/") or 0),
        "USERNAME": unquote(parts.username) if parts.username else None,
        "PASSWORD": unquote(parts.password) if parts.password else None,
        "SSL": parts.scheme == "rediss",
        "REDIS_CLIENT_KWARGS": {
            "socket_connect_timeout": 1,
            "socket_timeout": 5,
            "retry": None,
        },
    }


DATA = Path(
    os.environ.get("UPPSIKT_DATA", Path.home() / ".local" / "share" / "uppsikt")
)
DEMO = _flag("UPPSIKT_DEMO")
DEBUG = _flag("UPPSIKT_DEBUG")
SECRET_KEY = _secret(DATA / "secret")
# Opens the channels' credentials; lost, they must be entered again.
CREDENTIALS_KEY = os.environ.get("UPPSIKT_KEY") or SECRET_KEY
ALLOWED_HOSTS = os.environ.get("UPPSIKT_HOSTS", "localhost,127.0.0.1").split(",")
# Reached only from this machine: no certificate is asked for.
ON_THIS_MACHINE = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
BEHIND_PROXY = _flag("UPPSIKT_BEHIND_PROXY")
if (DEMO or DEBUG) and not ON_THIS_MACHINE:
    raise ImproperlyConfigured(
        "UPPSIKT_DEMO and UPPSIKT_DEBUG open every door: UPPSIKT_HOSTS must then name "
        "this machine only (localhost, 127.0.0.1)."
    )
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""), DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
VAULT = DATA / "vault"
# The log's name, under which its checkpoints are signed: ours to choose, and to keep.
UPPSIKT_ORIGIN = os.environ.get("UPPSIKT_ORIGIN", "uppsikt.example/liggare")
# Platform hosts that may be reached although they are on a private network.
ALLOWED_PLATFORM_HOSTS = frozenset(
    h for h in os.environ.get("UPPSIKT_PLATFORM_HOSTS", "").split(",") if h
)

# Where the public reaches us, for links that stand on the platforms; and the
# municipality's own page, which points to its accounts with rel="me".
PUBLIC_ADDRESS = os.environ.get("UPPSIKT_PUBLIC_ADDRESS", "").rstrip("/") or (
    f"http://{ALLOWED_HOSTS[0]}" if ON_THIS_MACHINE else f"https://{ALLOWED_HOSTS[0]}"
)
WEBSITE = os.environ.get("UPPSIKT_WEBSITE", "")

# smtp://, smtp+tls:// or smtps://user:password@host:port. Without a server, letters are
# laid in a folder, so that nothing leaves the machine unasked; in the demo always.
_SMTP = urlsplit("" if DEMO else os.environ.get("UPPSIKT_SMTP", ""))
EMAIL_BACKEND = (
    "django.core.mail.backends."
    + ("smtp" if _SMTP.hostname else "filebased")
    + ".EmailBackend"
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = _SMTP.hostname or ""
EMAIL_PORT = _SMTP.port or 25
EMAIL_HOST_USER = unquote(_SMTP.username or "")
EMAIL_HOST_PASSWORD = unquote(_SMTP.password or "")
EMAIL_USE_TLS = _SMTP.scheme == "smtp+tls"
EMAIL_USE_SSL = _SMTP.scheme == "smtps"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("UPPSIKT_MAIL_FROM", "uppsikt@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Who publishes the register, for the open data; a function's address, never a person's.
ORGANISATION_NUMBER = os.environ.get("UPPSIKT_ORGANISATION_NUMBER", "")
MUNICIPALITY_CODE = os.environ.get("UPPSIKT_MUNICIPALITY_CODE", "")
REGISTER_CONTACT = os.environ.get("UPPSIKT_REGISTER_CONTACT", "kommun@localhost")

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska")]
LOCALE_PATHS = [BASE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Stockholm"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "template_partials",
    "uppsikt.records",
    "uppsikt.governance",
    "uppsikt.channels",
    "uppsikt.sending",
    "uppsikt.inbox",
    "uppsikt.publishing",
    "uppsikt.moderation",
    "uppsikt.duties",
    "uppsikt.web",
]
AUTH_USER_MODEL = "governance.User"
ROOT_URLCONF = "uppsikt.web.urls"
WSGI_APPLICATION = "uppsikt.web.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "uppsikt.web.navigation.shell",
            ],
        },
    }
]
# How long a worker holds a row before another may take it for dead: longer than a
# picture takes, or two do the same work.
LEASE = timedelta(seconds=int(os.environ.get("UPPSIKT_LEASE_SECONDS", "180")))
# What wakes the worker: the database, or a Redis or Valkey at redis://host:port/number.
TASKS_URL = os.environ.get("UPPSIKT_TASKS", "")
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
if TASKS_URL:
    INSTALLED_APPS += ["django_rq"]
    TASKS = {"default": {"BACKEND": "django_tasks_rq.RQBackend"}}
    RQ_QUEUES = {"default": _redis(TASKS_URL)}
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "uppsikt.web.middleware.permissions_policy",
    "uppsikt.channels.register_cache.remembered",
    "uppsikt.web.waking.after_acts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "uppsikt.web.middleware.person_and_moment",
    # Every page asks for sign-in unless its view says `login_not_required`.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "uppsikt.web.middleware.SecondFactor",
    "uppsikt.web.middleware.InWords",
]

# Files that come with the program are served from where it is installed: nothing to
# collect before the first start. The version in the address ends a browser's cache.
STATIC_URL = "/static/"
STATICFILES_DIRS = [("handbok", BASE / "web" / "handbok" / "bilder")]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 86400
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "uppsikt.web.versioned.VersionedFiles"},
}

# Signing in: by invitation, with a second factor.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    }
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "uppsikt.web.adapter.ByInvitation"
ACCOUNT_FORMS = {"login": "uppsikt.web.forms.SignIn"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Uppsikt: "
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if ON_THIS_MACHINE else "https"
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)
# A colleague wrote the address and the invitation went there: it is not self-declared.
MFA_ALLOW_UNVERIFIED_EMAIL = True

# The municipality's identity provider, if it has one (OpenID Connect).
OIDC_ISSUER = os.environ.get("UPPSIKT_OIDC_ISSUER", "")
OIDC_NAME = os.environ.get("UPPSIKT_OIDC_NAME", "kommunens inloggning")
OIDC_CLIENT = os.environ.get("UPPSIKT_OIDC_CLIENT", "")
# Values of `acr` or `amr` by which it says that it asked for two steps.
OIDC_TWO_STEPS = _listed("UPPSIKT_OIDC_TWO_STEPS")
# Its hosts that may be reached although they are on a private network.
OIDC_PRIVATE_HOSTS = _listed("UPPSIKT_OIDC_PRIVATE_HOSTS")
if OIDC_ISSUER and not (OIDC_CLIENT and os.environ.get("UPPSIKT_OIDC_SECRET")):
    raise ImproperlyConfigured(
        "UPPSIKT_OIDC_ISSUER needs UPPSIKT_OIDC_CLIENT and UPPSIKT_OIDC_SECRET too."
    )
SOCIALACCOUNT_ADAPTER = "uppsikt.web.identity.ByTheMunicipality"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "kommunen",
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT,
                "secret": os.environ.get("UPPSIKT_OIDC_SECRET", ""),
                "settings": {
                    "server_url": OIDC_ISSUER,
                    "email_authentication": True,
                    # Domains whose addresses it has verified, if it does not say so.
                    "verified_email": sorted(_listed("UPPSIKT_OIDC_MAIL_DOMAINS")),
                },
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "uppsikt.web.passkeys.Factors"
MFA_FORMS = {
    "add_webauthn": "uppsikt.web.passkeys.AddForm",
    "edit_webauthn": "uppsikt.web.passkeys.EditForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
# The host name that passkeys are bound to. Changed, they must all be made anew.
PASSKEY_HOST = os.environ.get("UPPSIKT_PASSKEY_HOST") or ALLOWED_HOSTS[0].lstrip(".")
# A browser lets nothing but this machine use passkeys without a certificate.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_THIS_MACHINE
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Uppsikt"

# What the browser may do, and over what.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # To sign in by the identity provider is a form that ends there.
        "form-action": [SELF, *([_origin(OIDC_ISSUER)] if OIDC_ISSUER else [])],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ON_THIS_MACHINE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "uppsikt.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = not ON_THIS_MACHINE
SECURE_REDIRECT_EXEMPT = [r"^halsa/"]
SECURE_HSTS_SECONDS = 0 if ON_THIS_MACHINE else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not ON_THIS_MACHINE
CSRF_TRUSTED_ORIGINS = (
    [] if ON_THIS_MACHINE else [f"https://{h}" for h in ALLOWED_HOSTS]
)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What goes wrong is told to whoever runs the program, on standard error.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["line"], "level": "WARNING"},
}
