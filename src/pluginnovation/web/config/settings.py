"""Every setting of the web, from the environment alone. Safe when silent; `env.example` documents each.

No secret has a default, debug is off, hosts are named. What is missing stops the start with a paragraph of help.
"""

import os
from pathlib import Path

from .database import database
from .environment import number, text, yes_or_no
from .log import logging_of
from .secret import secret_key
from .sign_in import authorities
from .static import storages

ENV = os.environ
HERE = Path(__file__).resolve().parent
WEB = HERE.parent

PLUG_HOME = Path(text(ENV, "PLUG_HOME", "var")).resolve()
SECRET_KEY = secret_key(ENV, PLUG_HOME)
DEBUG = yes_or_no(ENV, "PLUG_DEBUG")
OWN_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
ALLOWED_HOSTS = text(ENV, "PLUG_ALLOWED_HOSTS").replace(",", " ").split() or OWN_HOSTS
# Behind a proxy that speaks HTTPS: cookies only over HTTPS, and browsers are told to stay there.
HTTPS = yes_or_no(ENV, "PLUG_HTTPS")
# The address that people reach the server at, as far as the demo's one-click roles are concerned: they live only on
# this machine's own. Behind a proxy, or with hosts named, it is empty, which means anywhere.
PLUG_BIND = text(ENV, "PLUG_HOST", "127.0.0.1") if ALLOWED_HOSTS == OWN_HOSTS and not HTTPS else ""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "pgtrigger",
    "pghistory",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "pluginnovation.web.people",
    "pluginnovation.web.people.signin",
    "pluginnovation.web.records",
    "pluginnovation.web.signals",
    "pluginnovation.web.support",
    "pluginnovation.web.projects",
    "pluginnovation.web.evidence",
    "pluginnovation.web.sharing",
    "pluginnovation.web.protection",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "pluginnovation.web.protection.headers.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pluginnovation.web.people.signin.middleware.SessionMiddleware",
    "pluginnovation.web.people.middleware.DutyMiddleware",
    "pluginnovation.web.people.signin.middleware.AssuranceMiddleware",
    "pluginnovation.web.protection.limits.LimitMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pluginnovation.web.signals.chrome.chrome",
            ]
        },
    }
]
ROOT_URLCONF = "pluginnovation.web.config.urls"
WSGI_APPLICATION = "pluginnovation.web.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(ENV, PLUG_HOME)}

AUTH_USER_MODEL = "people.User"
LOGIN_URL = "/logga-in/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "pluginnovation.web.people.signin.passwords.NotOfContextWords"},
]

# The school authorities' sign-in services, from a file of their own. Of allauth only the second factors, the
# passkeys and the protocol are used: its pages have no address here.
PLUG_AUTHORITIES = authorities(ENV)
# Whether an account of the installation's own may open pages with pupils, when it has shown two factors.
PLUG_LOCAL_ACCOUNTS = yes_or_no(ENV, "PLUG_LOCAL_ACCOUNTS", silent=True)
ACCOUNT_USER_MODEL_USERNAME_FIELD, ACCOUNT_USER_MODEL_EMAIL_FIELD = "login", None
ACCOUNT_LOGIN_METHODS, ACCOUNT_SIGNUP_FIELDS, ACCOUNT_EMAIL_VERIFICATION = {"username"}, ["username*"], "none"
MFA_ADAPTER = "pluginnovation.web.people.signin.adapter.SealedFactors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"

# A session ends after this many minutes without a page, and with the browser; and after so many hours anyhow.
SESSION_COOKIE_AGE = 60 * number(ENV, "PLUG_SESSION_MINUTES", 60)
PLUG_SESSION_HOURS = number(ENV, "PLUG_SESSION_HOURS", 10)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
# Over HTTPS a browser takes such a cookie from this very host only, whatever a neighbour under the same domain sends.
ONLY_HERE = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{ONLY_HERE}plug_session", f"{ONLY_HERE}plug_csrf"
LANGUAGE_COOKIE_NAME = f"{ONLY_HERE}plug_language"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS and not host.startswith(("*", "."))]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
# Machines ask in clear text whether the service is alive, also when no database is there to be told who asks.
HEALTH_PATH = "halsa/"
SECURE_REDIRECT_EXEMPT = [rf"^{HEALTH_PATH}$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and yes_or_no(ENV, "PLUG_HSTS_SUBDOMAINS", silent=True)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Only our own files, no script (but where signin/scripts.py lets ours), no inline style, no frame: a name
# that holds markup stays text.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [WEB / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PLUG_HOME / "static"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "pluginnovation.web.config.typefaces.TypefaceFinder",
]
STORAGES = storages(debug=DEBUG)

# Forms are small; files are taken in where a page asks for them, within bounds of its own.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
# The largest is the review of an extract: a choice for every kind of fact that is held of a pupil.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
# What an administrator may send to be read in, all files of one form together: written to disk as it comes.
PLUG_UPLOAD_MB = number(ENV, "PLUG_UPLOAD_MB", 1024)
# How many pages of pupils, and how many files, one person may ask for in an hour.
PLUG_PUPILS_AN_HOUR = number(ENV, "PLUG_PUPILS_AN_HOUR", 300)
PLUG_FILES_AN_HOUR = number(ENV, "PLUG_FILES_AN_HOUR", 40)
# The knowledge hub: where readers are led and the catalogue of methods is fetched, and the key that signs it.
PLUG_HUB_URL, PLUG_HUB_KEY = text(ENV, "PLUG_HUB_URL"), text(ENV, "PLUG_HUB_KEY")
# Where the operator's virus scanner is: a socket's path or host:port. Silence: none is asked.
CLAMD = text(ENV, "PLUG_CLAMD")
# Mail says only that something is to be read; silence sends none.
EMAIL_HOST = text(ENV, "PLUG_MAIL_HOST")
EMAIL_PORT, EMAIL_TIMEOUT = number(ENV, "PLUG_MAIL_PORT", 25), 5
DEFAULT_FROM_EMAIL = text(ENV, "PLUG_MAIL_FROM", "pluginnovation@localhost")
PLUG_OFFICER_MAIL = text(ENV, "PLUG_OFFICER_MAIL").replace(",", " ").split()
LOGGING = logging_of(text(ENV, "PLUG_LOG", "WARNING"))
