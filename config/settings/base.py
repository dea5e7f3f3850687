"""Everything that is the same wherever Groundswell runs. Reads the environment through config.environment, once."""

from importlib.util import find_spec
from pathlib import Path
from zoneinfo import available_timezones

from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config import environment

from .accounts import *  # noqa: F403

ROOT = Path(__file__).resolve().parents[2]
VAR = Path(environment.text("GROUNDSWELL_VAR", str(ROOT / "var")))

DEBUG = False
SITE_ID = None
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
APPEND_SLASH = True
TEST_RUNNER = "django.test.runner.DiscoverRunner"

# Each API operation lives under this prefix; locale and authentication middleware leave it alone.
API_PREFIX = "/api/"
ADDRESSES_WITHOUT_LANGUAGE = (
    API_PREFIX,
    "/admin/",
    "/accounts/",
    "/identity/",
    "/documents/",
    "/media/",
    "/static/",
    "/art/",
    "/embed/",
    "/forms/",
    "/oembed/",
    "/og/",
    "/s/",
    "/themes/",
)

INSTALLED_APPS = [
    "home",
    "search",
    "platform_apps.memberships",
    "platform_apps.profiles",
    "platform_apps.accounts",
    "platform_apps.core",
    "cms.exchange",
    "cms.editorial",
    "cms.sharing",
    "cms.hubs",
    "cms.organizations",
    "cms.projects",
    "cms.stories",
    "cms.pages",
    "cms.blocks",
    "cms.directory",
    "cms.places",
    "cms.taxonomy",
    "cms.media",
    "cms.core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.frontend_cache",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.api.v3",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.github",
    "allauth.socialaccount.providers.google",
    "allauth.headless",
    "allauth.idp.oidc",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    # Outside of everything: a kept page costs nothing that stands further in, and has all its headers already.
    "cms.core.page_cache.middleware.PageCacheMiddleware",
    # The two that write headers stand outermost: what the guard refuses carries them like every other answer.
    "cms.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.core.middleware.RequestGuardMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platform_apps.accounts.middleware.SignedInHintMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.core.middleware.PageLocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "platform_apps.accounts.sessions.SessionLimitsMiddleware",
    "platform_apps.accounts.mfa.SecondFactorMiddleware",
    "platform_apps.accounts.api.guard.ContentApiGuardMiddleware",
    "cms.editorial.middleware.AdminPageGuardMiddleware",
    "platform_apps.accounts.middleware.AccountLanguageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "platform_apps.accounts.middleware.MissingProviderMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "cms.core.rubbish.RefuseRubbishMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

# --- Languages -------------------------------------------------------------------------------------------------------
# A third language is one more line here and `manage.py add_language`; no code and no migration knows a language.
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("GROUNDSWELL_TIME_ZONE", "Europe/Berlin")
LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", _("English")),
    ("de", _("German")),
]
LOCALE_PATHS = [ROOT / "locale"]
WAGTAIL_I18N_ENABLED = True
# How search reads the words of a language, by PostgreSQL's name of it; any other language is searched word by word.
SEARCH_CONFIGURATIONS = {"en": "english", "de": "german"}

# --- Files -----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Of django-leaflet we take the files of Leaflet only; its app would load what we do not use.
LEAFLET = Path(find_spec("leaflet").submodule_search_locations[0]) / "static" / "leaflet"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cms.core.styles.SiteStylesFinder",
]
STATICFILES_DIRS = [("fonts", VAR / "fonts"), ("leaflet", LEAFLET)]
# Elsewhere than on this host when a bucket or a host of its own serves the files: the page's policy then names it.
MEDIA_URL = environment.text("GROUNDSWELL_MEDIA_URL", "/media/")
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "cms.core.storage.HashedStaticStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor posts thousands of fields
DATA_UPLOAD_MAX_NUMBER_FILES = 100

# --- Wagtail ---------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Groundswell"
WAGTAILADMIN_BASE_URL = environment.text("GROUNDSWELL_BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Without the operating system's own names such as "localtime", which browsers do not know.
WAGTAIL_USER_TIME_ZONES = sorted(zone for zone in available_timezones() if "/" in zone)
# Columns that an index only carries help PostgreSQL; SQLite leaves them out, and nothing but speed depends on them.
SILENCED_SYSTEM_CHECKS = ["models.W040"]
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 10
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link"]},
    },
}
WAGTAILIMAGES_IMAGE_MODEL = "media.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.media.forms.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "avif", "gif"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"gif": "png", "bmp": "jpeg", "avif": "webp"}
WAGTAILDOCS_DOCUMENT_MODEL = "media.Document"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "txt", "csv", "xlsx", "docx", "odt", "ods"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS = [{"class": "wagtail.embeds.finders.oembed"}]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
PAGE_CACHE_ENABLED = True
PAGE_CACHE_BYTES = environment.number("GROUNDSWELL_PAGE_CACHE_MB", 32) * 1024 * 1024
# How long a CDN or nginx may keep pages; it must then know how to forget them (docs/page-cache.md).
PAGE_CACHE_PROXY_SECONDS = environment.number("GROUNDSWELL_PROXY_SECONDS", 0)
# Pages with anything else in their query are drawn each time: nobody can fill the cache with made-up questions.
PAGE_CACHE_QUERY_KEYS = {
    "page", "sort", "sector", "hub", "organization", "status", "type", "skill", "language", "open", "online", "place",
    "radius",
}  # fmt: skip
# Each address is noted in its own language; Wagtail need not guess the others.
WAGTAILFRONTENDCACHE_LANGUAGES: list[str] = []
WAGTAILFRONTENDCACHE = (
    {
        "proxy": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": environment.text("GROUNDSWELL_PURGE_URL"),
        }
    }
    if environment.text("GROUNDSWELL_PURGE_URL")
    else {}
)
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
# DeepL, LibreTranslate or Google, as wagtail-localize brings them; the options come from the environment.
MACHINE_TRANSLATORS = {
    "deepl": (
        "wagtail_localize.machine_translators.deepl.DeepLTranslator",
        {"AUTH_KEY": environment.text("GROUNDSWELL_TRANSLATOR_KEY"), "TIMEOUT": 30},
    ),
    "libretranslate": (
        "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        {
            "LIBRETRANSLATE_URL": environment.text("GROUNDSWELL_TRANSLATOR_URL"),
            "API_KEY": environment.text("GROUNDSWELL_TRANSLATOR_KEY"),
        },
    ),
    "google": (
        "wagtail_localize.machine_translators.google.GoogleCloudTranslator",
        {"PROJECT_ID": environment.text("GROUNDSWELL_TRANSLATOR_PROJECT")},
    ),
    "dummy": ("wagtail_localize.machine_translators.dummy.DummyTranslator", {}),
}
MACHINE_TRANSLATOR = environment.text("GROUNDSWELL_TRANSLATOR")
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = (
    dict(zip(("CLASS", "OPTIONS"), MACHINE_TRANSLATORS[MACHINE_TRANSLATOR], strict=True))
    if MACHINE_TRANSLATOR
    else None
)

# Wagtail's own content API can write: a preview feature upstream, so it is switched on knowingly.
CMS_API_ENABLED = environment.boolean("GROUNDSWELL_CMS_API", default=False)

# --- API -------------------------------------------------------------------------------------------------------------
TRUSTED_PROXIES = environment.number("GROUNDSWELL_TRUSTED_PROXIES", 0)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "platform_apps.accounts.api.authentication.ApiTokenAuthentication",
        "platform_apps.accounts.api.authentication.JwtAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["cms.core.api.renderers.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["cms.core.api.throttling.ClientThrottle"],
    "DEFAULT_THROTTLE_RATES": {"anonymous": "60/min", "member": "300/min", "typing": "300/min", "looking": "300/min"},
    "EXCEPTION_HANDLER": "cms.core.api.problems.problem_details_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Groundswell API",
    "DESCRIPTION": "Hubs, organizations, projects and stories of a climate network, with their places and subjects.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": [],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "PREPROCESSING_HOOKS": ["cms.core.api.schema.only_our_api"],
    # Hubs, projects and places each have a `kind`; without names of their own the document would number them.
    "ENUM_NAME_OVERRIDES": {
        "VisibilityEnum": "platform_apps.profiles.enums.Visibility",
        "AvailabilityEnum": "platform_apps.profiles.enums.Availability",
        "EntryKind": "cms.directory.enums.Kind",
        "PlaceKind": "cms.places.enums.PlaceKind",
    },
}

# --- Security --------------------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = (
    False  # Wagtail's admin scripts read the token from the page, not the cookie; kept readable for htmx
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = None  # set per area by SecurityHeadersMiddleware
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Without tiles the map draws our own outlines and towns, and visitors ask nobody else for anything.
MAP_TILE_URL = environment.text("GROUNDSWELL_TILE_URL")
MAP_TILE_CREDIT = environment.text("GROUNDSWELL_TILE_CREDIT", "© OpenStreetMap contributors")
MAP_TILE_CREDIT_URL = environment.text("GROUNDSWELL_TILE_CREDIT_URL", "https://www.openstreetmap.org/copyright")
GEOCODER_URL = environment.text("GROUNDSWELL_GEOCODER_URL")

# --- Background work -------------------------------------------------------------------------------------------------
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = 90
CELERY_TASK_IGNORE_RESULT = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "send-what-was-left-behind": {"task": "platform_apps.core.tasks.sweep_mails", "schedule": 10.0},
    "forget-what-is-done": {
        "task": "platform_apps.core.tasks.forget_what_is_done",
        "schedule": crontab(hour="3", minute="40"),
    },
    "publish-what-is-due": {"task": "cms.core.tasks.publish_scheduled", "schedule": crontab()},
    "refresh-every-rank": {"task": "cms.directory.tasks.refresh_every_rank", "schedule": crontab(hour="3", minute="0")},
    "forget-what-is-over": {
        "task": "platform_apps.accounts.tasks.forget_what_is_over",
        "schedule": crontab(hour="3", minute="30"),
    },
    "forget-old-sessions": {"task": "cms.core.tasks.forget_old_sessions", "schedule": crontab(hour="3", minute="20")},
    "forget-finished-tasks": {
        "task": "cms.core.tasks.forget_finished_tasks",
        "schedule": crontab(hour="4", minute="0"),
    },
}

# --- Mail and logs ---------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = environment.text("GROUNDSWELL_MAIL_FROM", "Groundswell <hello@groundswell.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
