"""All settings. Those that differ between installations come from the environment only."""

from datetime import timedelta

from csp.constants import NONE, SELF

from tpm_portal.environment import BASE_DIR, DatabaseSettings, Environment
from tpm_portal.logs import logging_settings

env = Environment()

DEBUG = env.debug
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = env.allowed_hosts
HOST, PORT = env.host, env.port
VAR_DIR = env.var_dir

INSTALLED_APPS = [
    "tpm_portal.apps.PortalConfig",
    "guides",
    "hiring",
    "interviews",
    # Extends the admin of questions, so it comes after the app that registers it.
    "question_files",
    "assessment",
    "ladders",
    "roles",
    "skills",
    "uploads",
    "editing",
    "content",
    "search",
    "adminsortable2",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "reversion",
    "tpm_portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "tpm_portal.apps.StaticConfig",
]
# The page cache is first, because a stored page has everything that the others have added.
# Middleware that responds itself (redirects to HTTPS, static files, refused hosts) comes after the
# middleware that sets headers, so that its responses have them too.
MIDDLEWARE = [
    "content.page_cache.PageCacheMiddleware",
    "tpm_portal.operations.middleware.read_whole_requests",
    "tpm_portal.operations.middleware.default_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tpm_portal.operations.health.allow_probe_hosts",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tpm_portal.operations.sessions.discard_invalid_session_keys",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tpm_portal.operations.sessions.limit_session_age",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "tpm_portal.urls"
WSGI_APPLICATION = "tpm_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tpm_portal.pages.context_processors.portal",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    # Seconds that a writer waits for the others; on a busy machine, a save takes a second or two.
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-16000;"
    ),
}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 5,
    "options": f"-c lock_timeout=5s -c statement_timeout={env.database_seconds}s",
}
DATABASES: dict[str, DatabaseSettings] = {
    "default": env.database | {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
}
DATABASES["default"]["OPTIONS"] = env.database.get("OPTIONS", {}) | (
    SQLITE_OPTIONS if env.database["ENGINE"].endswith("sqlite3") else POSTGRESQL_OPTIONS
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# If a query fails, Django closes its server-side cursor, which raises an error of the driver
# instead of an `OperationalError`. The answer would be 500 instead of 503.
DATABASES["default"]["DISABLE_SERVER_SIDE_CURSORS"] = True
SERIALIZATION_MODULES = {"json": "content.json_format"}

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # The page cache, in the memory of each process: at most 512 pages of at most 128 kB. The least
    # used are removed first.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 512},
    },
}

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# Only names with a hash are used, so only those files are compressed.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Subsets of fonts, made by `prepare`: see operations/web_fonts.py. Without them the fonts of the
# system are used.
WEB_FONTS = True
WEB_FONTS_DIR = VAR_DIR / "web-fonts"
STATICFILES_DIRS = [BASE_DIR / "static", WEB_FONTS_DIR]
STATIC_STORAGE = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if DEBUG
    else "whitenoise.storage.CompressedManifestStaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}

LOGGING = logging_settings(django="INFO", axes="WARNING", fontTools="WARNING")

# Bytes that a form may send without files, and with files.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
UPLOAD_MAX_SIZE = 20_000_000
# Far more than any form reads, so that the form itself says how many it reads. The size of all
# files together is limited anyway.
DATA_UPLOAD_MAX_NUMBER_FILES = 100
# The largest form is a ladder level in the admin: 200 rows below it with up to 20 fields each.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000
FILE_UPLOAD_HANDLERS = [
    "tpm_portal.operations.limits.UploadSizeLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Plain HTTP is for your own machine or a closed network, and has to be switched on (PLAIN_HTTP,
# see checks.py).
PLAIN_HTTP = env.plain_http
TRUSTED_PROXIES = env.trusted_proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_SSL_REDIRECT = not PLAIN_HTTP
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if PLAIN_HTTP else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not PLAIN_HTTP
SECURE_HSTS_PRELOAD = env.hsts_preload
# W021 asks for HSTS preloading, which only the owner of the whole domain can promise. W004 asks
# for the folder of the web fonts, which `prepare` makes after the checks.
SILENCED_SYSTEM_CHECKS = ["security.W021", "staticfiles.W004"]
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
SIGNED_COOKIE_LEGACY_SALT_FALLBACK = False

# Browsers take a __Host- cookie over HTTPS only, from this host only, for the whole site only.
COOKIE_PREFIX = "" if PLAIN_HTTP else "__Host-"
SESSION_ENGINE = "tpm_portal.operations.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not PLAIN_HTTP
SESSION_COOKIE_AGE = int(timedelta(hours=8).total_seconds())
SESSION_MAX_AGE = int(timedelta(days=7).total_seconds())
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "tpm_portal.pages.views.stale_form"

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Five failures of one name from one address lock that name there for a quarter of an hour; this
# many failures of all names together lock the address.
LOGIN_ADDRESS_LIMIT = 20
AXES_HANDLER = "tpm_portal.operations.limits.LoginLimits"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
# Refused attempts are not recorded, so that further guessing does not fill the table.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_CLIENT_IP_CALLABLE = "tpm_portal.operations.limits.client_address"
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_VERBOSE = False
# Failures are logged with the name and the address they came from; passwords never are.
AXES_SENSITIVE_PARAMETERS: list[str] = []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
