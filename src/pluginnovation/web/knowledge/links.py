"""Links to pages in editors' texts: their addresses from where pages stand, not one question for each of them."""

from django.utils.html import escape
from wagtail.rich_text.pages import PageLinkHandler

from .pages.tree import Stand, tree
from .words import language


class LinkedPage(PageLinkHandler):
    """Leads to the page in the reader's language if it is there; a page that isn't published leads nowhere."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, str]]) -> list[str]:
        """The link's opening tag, for each link."""
        return [_tag(_target(attrs.get("id", ""))) for attrs in attrs_list]


def _target(pk: str) -> Stand | None:
    found = tree().those([int(pk)] if pk.isdecimal() else [])
    return (tree().twin(found[0].translation_key, language()) or found[0]) if found else None


def _tag(stand: Stand | None) -> str:
    return f'<a href="{escape(stand.url)}">' if stand and stand.url else "<a>"
