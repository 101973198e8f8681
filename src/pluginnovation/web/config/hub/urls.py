"""Every address of the hub: health, sign-in, the editor, the API, and then pages, the English ones under /en/."""

from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as editor_urls
from wagtail.documents import urls as document_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from pluginnovation.web.config.health import health
from pluginnovation.web.knowledge import shown_files_kept
from pluginnovation.web.knowledge.editors import own, pages
from pluginnovation.web.knowledge.pages.serving import serve

from .media import media


def absent(request: HttpRequest, **kwargs: str) -> HttpResponse:  # noqa: ARG001 a view takes them
    """What allauth and Wagtail have that the hub has not: other ways in, and signing up."""
    raise Http404


# There is one page to sign in on. Accounts and new passwords come from the command line, as a link that holds a day.
GONE = (
    r"^konto/(?:signup|email|confirm-email|password/reset/$|password/reset/done|password/set|inactive)",
    r"^redigera/(?:login|password_reset)",
    r"^redigera/(?:users|groups)/",
    # What a program may do to a page; the editor's own pages only read there.
    r"^redigera/api/main/pages/\d+/action/",
    # Wagtail's own page of sign-in, and its pages behind a password of their own.
    r"^(?:en/)?_util/",
)
OWN = [module for name in ("api_urls", "catalogue_urls") if find_spec(module := f"pluginnovation.web.knowledge.{name}")]

# Each act in the editor is kept whole or not at all: Wagtail would keep a page first and note who published it after.
decorate_urlpatterns(editor_urls.urlpatterns, transaction.atomic)

urlpatterns: list[URLPattern | URLResolver] = [
    path(settings.HEALTH_PATH, health, name="health"),
    *(re_path(pattern, absent) for pattern in GONE),
    path("konto/", pages.account, name="account"),
    path("konto/demo/", pages.enter_demo, name="enter_demo"),
    path("konto/sprak/", pages.set_language, name="editor_language"),
    path("konto/", include("allauth.account.urls")),
    path("konto/2fa/", include("allauth.mfa.urls")),
    path("logga-in/", RedirectView.as_view(url="/konto/login/", query_string=True)),
    # Before Wagtail's own of the same addresses.
    path("redigera/account/", own.OwnSettings.as_view()),
    path("redigera/jsi18n/", own.script_words),
    path("redigera/images/<int:image_id>/delete/", shown_files_kept.delete_image),
    path("redigera/documents/delete/<int:document_id>/", shown_files_kept.delete_document),
    path("redigera/", include(editor_urls)),
    path("dokument/", include(document_urls)),
    path("media/<path:name>", media, name="media"),
    *(path("", include(module)) for module in OWN),
    *i18n_patterns(
        path("", include("pluginnovation.web.knowledge.urls")),
        re_path(wagtail_urls.serve_pattern, serve),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
