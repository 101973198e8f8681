"""The door of the hub for a server such as gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pluginnovation.web.config.hub.settings")
application = get_wsgi_application()
