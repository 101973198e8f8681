"""A published page by its address, with one question to the database instead of one for each step of the way."""

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.views import serve as step_by_step

from .tree import tree


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page; what isn't found at once is left to Wagtail, which also knows of pages that are closed to some.

    Raises  Http404 for an address without a page
    """
    found = tree()
    stand = found.at(request.path_info) if found.open else None
    page = stand.kind.objects.live().filter(pk=stand.pk).first() if stand else None  # type: ignore[attr-defined]
    if stand is None or page is None:
        return step_by_step(request, path)
    page.locale = stand.locale
    for hook in hooks.get_hooks("before_serve_page"):
        answer = hook(page, request, (), {})
        if isinstance(answer, HttpResponse):
            return answer
    return page.serve(request)
