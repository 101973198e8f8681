"""Every setting of the hub, from the environment alone. Its apps can hold no person of a node; a test says so.

The node and the hub share what is about the web in general (typefaces, logging, secrets), and no table.
"""

import os
from pathlib import Path

from pluginnovation.web.config.database import hub_database
from pluginnovation.web.config.environment import number, text, yes_or_no
from pluginnovation.web.config.log import logging_of
from pluginnovation.web.config.secret import secret_key
from pluginnovation.web.config.static import storages

from .policies import PUBLIC

ENV = os.environ
WEB = Path(__file__).resolve().parents[2]

PLUG_HOME = Path(text(ENV, "PLUG_HOME", "var")).resolve()
HUB_HOME = PLUG_HOME / "hub"
SECRET_KEY = secret_key(ENV, PLUG_HOME, hub=True)
DEBUG = yes_or_no(ENV, "PLUG_DEBUG")
OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = text(ENV, "HUB_ALLOWED_HOSTS").replace(",", " ").split() or OWN_HOSTS
HTTPS = yes_or_no(ENV, "PLUG_HTTPS")
PLUG_BIND = text(ENV, "HUB_HOST", "127.0.0.1") if ALLOWED_HOSTS == OWN_HOSTS and not HTTPS else ""
# Set by `plug up` where the whole installation is made up. One real editor closes the demo's roles for good.
HUB_DEMO = yes_or_no(ENV, "HUB_DEMO")
HUB_NAME = text(ENV, "HUB_NAME", "PlugInnovation")
# The address that links in mail, feeds and citations begin with.
HUB_ADDRESS = text(ENV, "HUB_ADDRESS", f"http://127.0.0.1:{text(ENV, 'HUB_PORT', '8001')}").rstrip("/")
# Where schools and municipalities apply: the node's address, for readers to follow. Silence: the pages say that.
HUB_NODE_URL = text(ENV, "HUB_NODE_URL").rstrip("/")

INSTALLED_APPS = [
    "pluginnovation.web.knowledge",
    "pluginnovation.web.knowledge.editors",
    "wagtail.contrib.redirects",
    "wagtail.contrib.simple_translation",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pluginnovation.web.protection.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "pluginnovation.web.config.hub.policies.PolicyMiddleware",
    "pluginnovation.web.knowledge.pages.kept.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pluginnovation.web.knowledge.pages.spoken.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pluginnovation.web.knowledge.editors.middleware.TwoFactorsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "OPTIONS": {
            # The hub's own first; what it shares with the node, such as the word mark, after them.
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader", "django.template.loaders.filesystem.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pluginnovation.web.knowledge.pages.chrome.chrome",
            ],
        },
    }
]
ROOT_URLCONF = "pluginnovation.web.config.hub.urls"
WSGI_APPLICATION = "pluginnovation.web.config.hub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": hub_database(ENV, PLUG_HOME)}
# Shared by the server's processes and dropped by whoever publishes; a table, so that no second thing must run.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "hub_cache"}}

AUTH_USER_MODEL = "editors.Editor"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/konto/login/"
LOGIN_REDIRECT_URL = "/redigera/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("login", "name", "school", "email")}},
]  # fmt: skip
# How long a link holds by which an editor chooses a password.
PASSWORD_RESET_TIMEOUT = 24 * 3600
ACCOUNT_ADAPTER = "pluginnovation.web.knowledge.editors.adapters.NoSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_USER_MODEL_EMAIL_FIELD = "login", "email"
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS, ACCOUNT_EMAIL_VERIFICATION = (
    {"username"},
    ["username*", "password1*"],
    "none",
)
ACCOUNT_SESSION_REMEMBER = False
# Tries are counted by address too: behind a proxy that is the one that it tells of, last in the line.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
ACCOUNT_FORMS = {"login": "pluginnovation.web.knowledge.editors.forms.SignIn"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 a name
MFA_ADAPTER = "pluginnovation.web.knowledge.editors.adapters.SealedFactors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED, MFA_ALLOW_UNVERIFIED_EMAIL = True, True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# Only for a browser that reaches the very machine over plain HTTP, as the demo's does; it is then a secure context too.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

SESSION_COOKIE_AGE = 60 * number(ENV, "PLUG_SESSION_MINUTES", 60)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# Other names than the node's: a browser sends cookies to every port of a host.
ONLY_HERE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{ONLY_HERE}hub_session", f"{ONLY_HERE}hub_csrf"
LANGUAGE_COOKIE_NAME = f"{ONLY_HERE}hub_language"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and not host.startswith(("*", "."))]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
HEALTH_PATH = "halsa/"
SECURE_REDIRECT_EXEMPT = [rf"^{HEALTH_PATH}$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and yes_or_no(ENV, "PLUG_HSTS_SUBDOMAINS", silent=True)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": PUBLIC}

LANGUAGE_CODE = "sv"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("sv", "Svenska"), ("en", "English")]
WAGTAIL_I18N_ENABLED = USE_I18N = True
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
# Events take place in Sweden, wherever they are written.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

STATIC_URL = "/static/"
STATIC_ROOT = HUB_HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pluginnovation.web.config.typefaces.TypefaceFinder",
]
STORAGES = storages(debug=DEBUG)
# Public pages have no script. To compress the editor's takes longer than all the rest of a first start.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("js", "map", "png", "jpg", "gif", "webp", "woff", "woff2", "gz", "zip")
MEDIA_ROOT = HUB_HOME / "media"
MEDIA_URL = "/media/"

WAGTAIL_SITE_NAME = HUB_NAME
WAGTAILADMIN_BASE_URL = HUB_ADDRESS
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAIL_MODERATION_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILREDIRECTS_AUTO_CREATE = True
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "swedish"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "italic", "ol", "ul", "link", "document-link"]},
    }
}
WAGTAILIMAGES_IMAGE_MODEL, WAGTAILDOCS_DOCUMENT_MODEL = "knowledge.HubImage", "knowledge.HubDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "pluginnovation.web.knowledge.file_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "pluginnovation.web.knowledge.file_forms.DocumentForm"
# No SVG, which may hold scripts. An image is refused by its number of pixels before any of them is unpacked.
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE, WAGTAILIMAGES_MAX_IMAGE_PIXELS = 5 * 1024 * 1024, 25_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods", "csv", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
HUB_DOCUMENT_MB = 20
# Where the operator's virus scanner is, as for the node.
CLAMD = text(ENV, "PLUG_CLAMD")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# A page of many blocks has many fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
EMAIL_HOST = text(ENV, "PLUG_MAIL_HOST")
EMAIL_PORT, EMAIL_TIMEOUT = number(ENV, "PLUG_MAIL_PORT", 25), 5
DEFAULT_FROM_EMAIL = WAGTAILADMIN_NOTIFICATION_FROM_EMAIL = text(ENV, "PLUG_MAIL_FROM", "pluginnovation@localhost")
LOGGING = logging_of(text(ENV, "PLUG_LOG", "WARNING"))
if not EMAIL_HOST:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
