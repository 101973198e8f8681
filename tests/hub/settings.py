"""The hub's own settings, with what a test session needs said before Django reads them. Nothing is started here."""

import os
import tempfile
from pathlib import Path

# Workers of one session share one home, and so one database server.
SESSION = os.environ.setdefault("PLUG_TEST_SESSION", str(os.getpid()))
HOME = Path(tempfile.gettempdir()) / f"hub-tests-{SESSION}"

os.environ |= {"PLUG_HOME": str(HOME), "HUB_SECRET_KEY": "only-for-tests", "HUB_DATABASE_ROLE": "hub_owner"}
os.environ["HUB_DEMO"] = "1"
for name in (
    "HUB_DATABASE_URL",
    "PLUG_DEBUG",
    "HUB_ALLOWED_HOSTS",
    "PLUG_HTTPS",
    "HUB_HOST",
    "HUB_PORT",
    "HUB_NODE_URL",
    "PLUG_CLAMD",
):
    os.environ.pop(name, None)

from pluginnovation.web.config.hub.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = ["tests.hub.rights.AsTheWeb", *MIDDLEWARE]  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# Hashed names need a collected folder; pages under test link to the originals.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Templates as they are now, not as they were when the worker began.
ACCOUNT_RATE_LIMITS = False
