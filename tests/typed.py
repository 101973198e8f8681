"""Both projects' settings in one, for the type checker alone: it reads models of the node and of the hub in one run."""

from tests.settings import *  # noqa: F403
from tests.settings import INSTALLED_APPS as NODE

OURS = ["pluginnovation.web.knowledge", "pluginnovation.web.knowledge.editors"]
THEIRS = [
    "wagtail.contrib.redirects", "wagtail.contrib.simple_translation", "wagtail.sites", "wagtail.users",
    "wagtail.documents", "wagtail.images", "wagtail.search", "wagtail.admin", "wagtail", "modelcluster", "taggit",
    "django.contrib.postgres",
]  # fmt: skip
INSTALLED_APPS = [*NODE, *OURS, *THEIRS]
WAGTAILIMAGES_IMAGE_MODEL, WAGTAILDOCS_DOCUMENT_MODEL = "knowledge.HubImage", "knowledge.HubDocument"
HUB_DEMO, HUB_NAME, HUB_ADDRESS, HUB_DOCUMENT_MB = False, "", "", 20
