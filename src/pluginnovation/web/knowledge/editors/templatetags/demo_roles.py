"""The demo's buttons, for the sign-in page."""

from dataclasses import dataclass
from typing import Final

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..demo import ACCOUNTS, SCHOOLS, SECOND_EDITOR, demo_is_open
from ..models import CONTRIBUTOR, EDITOR, PEER_REVIEWER

register = template.Library()

TITLES: Final = {
    CONTRIBUTOR: gettext_noop("Skribent"),
    PEER_REVIEWER: gettext_noop("Granskare"),
    EDITOR: gettext_noop("Redaktör"),
    SECOND_EDITOR: gettext_noop("En annan redaktör"),
}
DOES: Final = {
    CONTRIBUTOR: gettext_noop("Skriver och lämnar till granskning."),
    PEER_REVIEWER: gettext_noop("Läser det som andra skolor har skrivit, godkänner eller ber om ändringar."),
    EDITOR: gettext_noop("Publicerar, översätter och ser vilka sidor som ska granskas igen."),
    SECOND_EDITOR: gettext_noop("Publicerar det som den första redaktören skrev: ingen publicerar sin egen text."),
}


@dataclass(frozen=True, slots=True)
class Button:
    """One button: its role, what it is called, where that person works, and what they do."""

    key: str
    title: str
    school: str
    does: str


@register.simple_tag
def demo_roles() -> list[Button]:
    """The buttons; none when the demo is closed."""
    if not demo_is_open():
        return []
    return [Button(one, _(TITLES[one]), SCHOOLS[one], _(DOES[one])) for one in ACCOUNTS]
