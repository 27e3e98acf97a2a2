"""Settings: one file, every value from the environment, embedded defaults when absent.

Sections stand in the order of a request's life. `env.py` reads; `checks.py` refuses an unsafe combination.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF
from environs import EnvError

from community.config.databases import cache_from, channel_layer_from, database_from, elasticsearch_from, email_from
from community.config.env import ROOT, env, kept_secret, stop
from community.config.guard import installed_reader
from community.config.storage import bucket_from

# --- Where things are ------------------------------------------------------------------------------------------

BASE_DIR = ROOT
try:
    DEBUG = env.bool("DEBUG", False)
    COLLEGIUM_DEMO = env.bool("COLLEGIUM_DEMO", False)
    DATA_DIR = Path(env.str("DATA_DIR", str(ROOT / "data"))).expanduser().resolve()
    SITE_URL = env.str("SITE_URL", "http://localhost:8000").rstrip("/")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
    LOG_LEVEL = env.str("LOG_LEVEL", "INFO").upper()
except EnvError as error:
    stop(str(error))

if urlsplit(SITE_URL).scheme not in {"http", "https"} or not urlsplit(SITE_URL).netloc:
    stop(f"SITE_URL must be a full address such as https://collegium.example, not {SITE_URL!r}")
if "*" in ALLOWED_HOSTS:
    stop("ALLOWED_HOSTS must name the hosts; '*' would let any site open sockets here")
if LOG_LEVEL not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
    stop(f"LOG_LEVEL must be DEBUG, INFO, WARNING or ERROR, not {LOG_LEVEL!r}")
try:
    DATA_DIR.mkdir(parents=True, exist_ok=True)
except OSError as error:
    stop(f"DATA_DIR cannot be made: {error.strerror}: {DATA_DIR}")

# --- Secrets ---------------------------------------------------------------------------------------------------

EMBEDDED = not env.str("DATABASE_URL", "")
SECRET_KEY = env.str("SECRET_KEY", "") or (kept_secret(DATA_DIR, "secret_key") if EMBEDDED else "")
if not SECRET_KEY:
    stop("SECRET_KEY is missing: a full install (DATABASE_URL is set) must be given one, at least 50 characters")
if len(SECRET_KEY) < 32:
    stop("SECRET_KEY is too short: give at least 32 characters")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", [])
# Keys of what is encrypted at rest (second factors, evidence, held words); the first encrypts, all decrypt.
FIELD_KEYS = env.list("FIELD_KEYS", []) or [kept_secret(DATA_DIR, "field_key") if EMBEDDED else SECRET_KEY]
MEDIA_URL_SIGNING_KEY = env.str("MEDIA_URL_SIGNING_KEY", "") or SECRET_KEY
# The media server that takes video from OBS (docs/ingest.md): where browsers find it, and where we ask it.
INGEST_URL = env.str("INGEST_URL", "").rstrip("/")
INGEST_API_URL = env.str("INGEST_API_URL", "").rstrip("/")

# --- Packages --------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "daphne",
    "demo",
    "search",
    "forums",
    "webinars",
    "community.knowledge",
    "community.moderation",
    "community.notifications",
    "community.casefree",
    "community.credentials",
    "community.members",
    "community.live",
    "community.core",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "modelsearch",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_htmx",
    "servestatic",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "servestatic.middleware.ServeStaticMiddleware",
    "community.config.middleware.request_id",
    "community.config.middleware.Compression",
    "community.config.content_security.ContentSecurity",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "community.core.languages.Locale",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "community.members.middleware.language",
    "community.core.middleware.viewer",
    "community.knowledge.middleware.admin_for_staff",
    "community.knowledge.admin_words.AdminWords",
    "community.members.middleware.time_zone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "community.members.middleware.second_factor_for_staff",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.config.middleware.private_responses",
    "community.config.middleware.boundary_errors",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "community.config.urls"
ASGI_APPLICATION = "community.config.asgi.application"
WSGI_APPLICATION = "community.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "community.core.folding.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.core.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "community.core.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "community.core.ui.FormRenderer"

# --- Data ------------------------------------------------------------------------------------------------------

DATABASES = {"default": database_from(env.str("DATABASE_URL", ""), DATA_DIR)}
CACHES = {
    "default": cache_from(env.str("REDIS_URL", "")),
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "process"},
}
CHANNEL_LAYERS = {"default": channel_layer_from(env.str("REDIS_URL", ""))}
REDIS_URL = env.str("REDIS_URL", "")
ELASTICSEARCH_URL = elasticsearch_from(env.str("ELASTICSEARCH_URL", ""))
SEMANTIC_SEARCH = env.bool("SEMANTIC_SEARCH", default=True)
# A second reader of names for the guard, the extra [casefree-ner].
CASEFREE_NER = installed_reader(wanted=env.bool("CASEFREE_NER", default=False))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail", "media"]}}
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
MODELSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS

# --- Accounts --------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "community.members.adapters.AccountAdapter"
ACCOUNT_FORMS = {"signup": "community.members.forms.SignupForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# A code typed into the same browser: a link opened elsewhere proves nothing, and passkey sign-up needs it.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Collegium: "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
MFA_ADAPTER = "community.members.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = MFA_PASSKEY_SIGNUP_ENABLED = True
MFA_TOTP_ISSUER = "Collegium"
MFA_TOTP_TOLERANCE = 0
# Browsers allow passkeys over plain HTTP on localhost only; the embedded install lives there.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = urlsplit(SITE_URL).scheme == "http"

# --- Sessions and transport ------------------------------------------------------------------------------------

SECURE = urlsplit(SITE_URL).scheme == "https"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# Contract: the cookies are called sessionid and csrftoken on a plain-HTTP install; HTTPS adds the host prefix.
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken" if SECURE else "csrftoken"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Sockets accept exactly these origins. On one's own machine "localhost" and "127.0.0.1" are the same place.
SOCKET_ORIGINS = sorted({SITE_URL, SITE_URL.replace("//localhost:", "//127.0.0.1:"), *env.list("SOCKET_ORIGINS", [])})
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", True)
# The last one is asked by the media server from inside; the proxy lets nobody else to it.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$", r"^webinars/media/ingest-auth/$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# Daphne keeps a whole body in memory: forms stay small, and large files come in chunks of at most 8 MiB.
DATA_UPLOAD_MAX_MEMORY_SIZE = 9 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# --- Content security ------------------------------------------------------------------------------------------

# Nothing inline, nothing from elsewhere. Bootstrap's arrows and ticks are data: images. The editors' admin, which
# needs inline script, gets its own policy in config/content_security.py.
CONTENT_SECURITY_POLICY: dict[str, dict[str, list[Any]]] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF, "blob:"],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Push messages -----------------------------------------------------------------------------------------------

# The key by which push services know this site; made once, never in the repository.
VAPID_KEY_FILE = env.str("VAPID_KEY_FILE", "") or str(DATA_DIR / "keys" / "vapid.pem")
# A browser says where its messages go, and the worker goes there: only to hosts that are known to be push services.
PUSH_SERVICES = env.list(
    "PUSH_SERVICES",
    ["fcm.googleapis.com", ".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com"],
)
PUSH_THROUGH_PROXY = env.bool("PUSH_THROUGH_PROXY", False)
# Never from the environment: tests send to a receiver of their own.
PUSH_ORIGINS_IN_TESTS: list[str] = []

# --- Language and time -----------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
# By their own names: whoever looks for a language reads that one. docs/languages.md says how to add another.
LANGUAGES = [("en", "English"), ("es", "Español"), ("fr", "Français"), ("ar", "العربية")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
# Set only when somebody chooses a language; scripts have no use for it.
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = SECURE
TIME_ZONE = "UTC"
USE_TZ = USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]

# --- Files -----------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    (f"vendor/{name.replace('@', '').replace('/', '-')}", NODE_MODULES / name / dist)
    for name, dist in [
        ("bootstrap", "dist/css"),
        ("@github/relative-time-element", "dist"),
        ("@github/markdown-toolbar-element", "dist"),
        ("@github/text-expander-element", "dist"),
        ("hls.js", "dist"),
    ]
    if (NODE_MODULES / name / dist).is_dir()
]
STATICFILES_FINDERS = [
    "community.core.assets.PackageFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "media/"
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
try:
    S3_URL_SECONDS = env.int("S3_URL_SECONDS", 300)
except EnvError as error:
    stop(str(error))
S3 = bucket_from(
    {
        "bucket": env.str("S3_BUCKET", ""),
        "endpoint": env.str("S3_ENDPOINT", ""),
        "public_url": env.str("S3_PUBLIC_URL", ""),
        "region": env.str("S3_REGION", ""),
        "access_key": env.str("S3_ACCESS_KEY", ""),
        "secret_key": env.str("S3_SECRET_KEY", ""),
        "addressing": env.str("S3_ADDRESSING", ""),
    },
    S3_URL_SECONDS,
)
if S3 and S3.origin != SITE_URL:
    # A page's picture is asked for here and, once we have looked who asks, sent on to the bucket.
    for _name in ("img-src", "media-src", "connect-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"][_name].append(S3.origin)
FILES_IN = "community.core.filing.BucketFiles" if S3 else "django.core.files.storage.FileSystemStorage"
STORAGES = {
    "default": {"BACKEND": FILES_IN},
    "staticfiles": {"BACKEND": "community.core.assets.ManifestStorage"},
}

# --- Mail ------------------------------------------------------------------------------------------------------

globals().update(email_from(env.str("EMAIL_URL", ""), DATA_DIR, demo=COLLEGIUM_DEMO))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", f"Collegium <no-reply@{urlsplit(SITE_URL).hostname}>")

# --- Wagtail ---------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Collegium"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
# What waits stands on the dashboard; administrators get no mail for each draft that is sent.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILIMAGES_IMAGE_MODEL = "knowledge.Picture"
WAGTAILDOCS_DOCUMENT_MODEL = "knowledge.Handout"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "community.knowledge.media_forms.DescribedImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "community.knowledge.media_forms.HandoutForm"
WAGTAILDOCS_EXTENSIONS = ["pdf"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_BLOCK_EMBEDDED_CONTENT = True
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
TAGGIT_CASE_INSENSITIVE = True

# --- Logs: ids only, never words -------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "community.core.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "daphne": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "wagtail": {"level": "WARNING"},
    },
}
# Reports of errors tell places in the code, and nothing that anybody typed.
DEFAULT_EXCEPTION_REPORTER = "community.core.error_reports.Reporter"
DEFAULT_EXCEPTION_REPORTER_FILTER = "community.core.error_reports.ReportFilter"
