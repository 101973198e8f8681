"""The web's own settings, with what a test session needs said before Django reads them.

Nothing is started here. `tests/web/conftest.py` starts the database when a test asks for one.
"""

import os
import tempfile
from pathlib import Path

# Workers of one session share one home, and so one database server.
SESSION = os.environ.setdefault("PLUG_TEST_SESSION", str(os.getpid()))
HOME = Path(tempfile.gettempdir()) / f"plug-tests-{SESSION}"

os.environ["PLUG_HOME"] = str(HOME)
os.environ["PLUG_SECRET_KEY"] = "only-for-tests"
os.environ["PLUG_DATABASE_ROLE"] = "plug_owner"
# A crawl asks for much; the tests of the limits set their own.
os.environ["PLUG_PUPILS_AN_HOUR"] = os.environ["PLUG_FILES_AN_HOUR"] = "1000000"
for name in ("DATABASE_URL", "PLUG_DEBUG", "PLUG_ALLOWED_HOSTS", "PLUG_HTTPS", "PLUG_HOST"):
    os.environ.pop(name, None)

from pluginnovation.web.config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = ["tests.web.rights.AsTheWeb", *MIDDLEWARE]  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
# Hashed names need a collected folder; pages under test link to the originals.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
