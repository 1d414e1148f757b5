"""All settings, from the environment; docs/operations.md explains each variable."""

from pathlib import Path

import structlog
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from wpm_platform.environment import Environment
from wpm_platform.mail_providers import provider_settings

env = Environment()
BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = env.truth("WPM_DEBUG", default=False)
SECRET_KEY = env.text("WPM_SECRET_KEY")
# Personal links are an HMAC under this key; changing it makes every mailed link invalid.
LINK_KEY = env.text("WPM_LINK_KEY", SECRET_KEY)
ALLOWED_HOSTS = env.words("WPM_ALLOWED_HOSTS")
# The address that mails and exports print, such as https://wpm.example
BASE_URL = env.text("WPM_BASE_URL").rstrip("/")
IS_SECURE = BASE_URL.startswith("https://")

# --- Databases and the wire ---------------------------------------------------------------------
# The role that web and worker processes work under; `manage.py migrate` works as the connected owner.
DATABASE_ROLE = env.text("DATABASE_ROLE", "wpm_app")
DATABASES = {"default": env.postgres("DATABASE_URL", role=DATABASE_ROLE)}
REDIS_URL = env.text("REDIS_URL")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": env.number("WPM_VISIBILITY_TIMEOUT", default=3600)}
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
TICK_SECONDS = env.number("WPM_TICK_SECONDS", default=60)

# --- The application ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "wpm_platform",
    "wpm_platform.organisations",
    "wpm_platform.mailing",
    "surveys",
    "reporting",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "bootstrap",
    "lucide",
    "anymail",
    "django_htmx",
    "csp",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "surveys.views.respond.compressed.CompressedPages",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "surveys.views.respond.left_out.sessions",
    "surveys.views.respond.left_out.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "surveys.views.respond.sent_by_script.NextPageForScript",
    "surveys.views.respond.language.EmployeeLanguage",
    "surveys.views.respond.left_out.authentication",
    "allauth.account.middleware.AccountMiddleware",
    "surveys.views.respond.left_out.user_sessions",
    "surveys.views.respond.left_out.messages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "surveys.views.respond.left_out.htmx",
    "wpm_platform.organisations.door.middleware.OrganisationDoor",
]

ROOT_URLCONF = "wpm_platform.urls"
WSGI_APPLICATION = "wpm_platform.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wpm_platform.organisations.door.context.console",
            ],
            "builtins": ["wpm_platform.templatetags.platform"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Language, time -----------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
# Employees read their pages and mails in one of these, each named in its own words; the console has LANGUAGES.
EMPLOYEE_LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("pl", "Polski"),
    ("de", "Deutsch"),
    ("ro", "Română"),
    ("bg", "Български"),
    ("uk", "Українська"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("es", "Español"),
    ("pt", "Português"),
    ("fr", "Français"),
]
LOCALE_PATHS = [BASE_DIR / "wpm_platform" / "locale"]
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True

# --- Files --------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("WPM_STATIC_ROOT", str(BASE_DIR / ".run" / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "wpm_platform.static_files.HashedFiles"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 30_000_000
STAFF_FILE_MAX_BYTES = env.number("WPM_STAFF_FILE_MAX_BYTES", default=30_000_000)
# Routes between postcodes, by an OSRM server of the operator's own; without it distances are estimated.
OSRM_URL = env.text("WPM_OSRM_URL", "").rstrip("/")
OSRM_TIMEOUT = 2.0  # seconds for each step of a request
# The operator's e-mail address on the accessibility statement, beside the employer's contact.
ACCESSIBILITY_CONTACT = env.text("WPM_ACCESSIBILITY_CONTACT", "")

# --- People and their login ---------------------------------------------------------------------
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
SECOND_FACTOR_URL = "mfa_index"
LOGIN_REDIRECT_URL = "start_page"
ACCOUNT_ADAPTER = "wpm_platform.organisations.door.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_DISPLAY = "wpm_platform.organisations.door.accounts.user_display"
ACCOUNT_REAUTHENTICATION_REQUIRED = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "WPM"
# Browsers allow passkeys on http://localhost only for trying out.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("WPM_TRUSTED_PROXIES", default=0)

# --- Mail ---------------------------------------------------------------------------------------
MAIL_PROVIDER, _mail_backend, ANYMAIL = provider_settings(env)
EMAIL_BACKEND = env.text("WPM_EMAIL_BACKEND", _mail_backend)
EMAIL_FILE_PATH = env.text("WPM_EMAIL_FOLDER", str(BASE_DIR / ".run" / "mail"))
EMAIL_HOST = env.text("WPM_SMTP_HOST", "localhost")
EMAIL_PORT = env.number("WPM_SMTP_PORT", default=25)
EMAIL_HOST_USER = env.text("WPM_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.text("WPM_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.truth("WPM_SMTP_STARTTLS", default=False)
# Seconds that the mail server may take for each of its answers.
EMAIL_TIMEOUT = env.number("WPM_SMTP_TIMEOUT", default=20)
DEFAULT_FROM_EMAIL = env.text("WPM_FROM_EMAIL")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
# Under which name the key stands that mails are signed with: <selector>._domainkey.<domain>.
DKIM_SELECTOR = env.text("WPM_DKIM_SELECTOR", "")
# The name server that is asked about the sender's domain, "127.0.0.1:5353"; empty for the machine's own.
DNS_SERVER = env.text("WPM_DNS_SERVER", "")
# The addresses from which the mail server or provider sends, for the letter to an employer's IT department.
MAIL_SENDING_SERVERS = env.words("WPM_MAIL_SENDING_SERVERS", "")
# Survey mail leaves between these hours on the Dutch clock; 0 and 24 switch the quiet hours off.
MAIL_FROM_HOUR = env.number("WPM_MAIL_FROM_HOUR", default=7)
MAIL_UNTIL_HOUR = env.number("WPM_MAIL_UNTIL_HOUR", default=20)
# How long a prepared list of mails waits, so that it can be undone.
MAIL_UNDO_MINUTES = env.number("WPM_MAIL_UNDO_MINUTES", default=10)
# Bounces come back to this address, with the mail's code before the @, and are read from this mailbox.
BOUNCE_ADDRESS = env.text("WPM_BOUNCE_ADDRESS", "")
IMAP_HOST = env.text("WPM_IMAP_HOST", "")
IMAP_PORT = env.number("WPM_IMAP_PORT", default=993)
IMAP_USER = env.text("WPM_IMAP_USER", "")
IMAP_PASSWORD = env.text("WPM_IMAP_PASSWORD", "")
IMAP_FOLDER = env.text("WPM_IMAP_FOLDER", "INBOX")
IMAP_TLS = env.truth("WPM_IMAP_TLS", default=True)
# A mail in flight for longer belongs to a worker that died. A living one must never be taken for dead.
MAIL_INTERRUPTED_SECONDS = env.number("WPM_MAIL_INTERRUPTED_SECONDS", default=600)
if MAIL_INTERRUPTED_SECONDS <= 5 * EMAIL_TIMEOUT:
    raise ImproperlyConfigured("WPM_MAIL_INTERRUPTED_SECONDS must be more than five times WPM_SMTP_TIMEOUT.")
# Mails to one recipient domain in a minute, over all organisations; 0 for no limit.
MAIL_PER_MINUTE = env.number("WPM_MAIL_PER_MINUTE", default=1200)
# How many workers may send one organisation's mails at the same time, and for how long before others have a turn.
MAIL_SENDERS = env.number("WPM_MAIL_SENDERS", default=2)
MAIL_RUN_SECONDS = 30
# Days after which a mail's address and text are forgotten.
MAIL_KEEP_DAYS = env.number("WPM_MAIL_KEEP_DAYS", default=90)

# --- Security headers ---------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "microphone", "geolocation", "payment", "usb", "fullscreen")
}
# Other sites never see our addresses. `no-referrer` would make browsers send `Origin: null` with our own
# forms too, which Django's CSRF check refuses.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = env.truth("WPM_HTTPS_REDIRECT", default=True) and IS_SECURE
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31_536_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.number("WPM_TRUSTED_PROXIES", default=0) else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_TRUSTED_ORIGINS = [BASE_URL]
X_FRAME_OPTIONS = "DENY"

# --- API ----------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "wpm_platform.organisations.door.api_problems.problem_response",
    # 406 as a problem, without DRF's `?format=`.
    "URL_FORMAT_OVERRIDE": None,
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "WPM platform API",
    "DESCRIPTION": "Send staff from your HR system, follow campaigns, fetch the yearly report.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "CampaignState": "surveys.enums.CampaignState",
        "ReportState": "reporting.enums.ReportState",
    },
}

# --- Logs ---------------------------------------------------------------------------------------
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(),
    ],
    wrapper_class=structlog.stdlib.BoundLogger,
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"personal_links": {"()": "wpm_platform.logs.PersonalLinkFilter"}},
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["personal_links"]}},
    "root": {"handlers": ["console"], "level": env.text("WPM_LOG_LEVEL", "INFO")},
}

ENVIRONMENT = frozenset(env.asked_for)
