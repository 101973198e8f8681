"""What whoever looks after the hub asks: whether it has a first page, its search every page, and two editors."""

from wagtail.models import Page

from .editors.models import EDITOR, Editor
from .indexing import KINDS
from .models import HomePage, SearchEntry


def has_first_page() -> bool:
    """Whether anything is published for a reader to begin at."""
    return HomePage.objects.live().exists()


def searched() -> tuple[int, int]:
    """How many pages there are to read, and how many of them the search doesn't know."""
    pages = Page.objects.live().type(*KINDS.values())
    return pages.count(), pages.exclude(pk__in=SearchEntry.objects.values("page")).count()


def editors() -> int:
    """How many open accounts may publish, the demo's aside: one alone can't publish the own text."""
    return Editor.objects.filter(groups__name=EDITOR, is_active=True, demo=False).distinct().count()
