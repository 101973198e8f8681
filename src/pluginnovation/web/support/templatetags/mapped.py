"""Answers, changes and statements as the pages of mapping write them: a shape and a word, never a colour alone."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pluginnovation.support.analysis import Seen, Tally
from pluginnovation.support.mapping import Statement
from pluginnovation.web.signals.words import language

from ..mapping.words import ANSWER, CHANGE, SHORT_ANSWER

register = template.Library()


@register.simple_tag
def answer_mark(answer: str, *, short: bool = False) -> SafeString:
    """An answer: its shape and its word."""
    words = SHORT_ANSWER if short else ANSWER
    return format_html(
        '<span class="answered-as"><svg viewBox="0 0 14 14" aria-hidden="true"><use href="#mark-{}"/></svg>{}</span>',
        answer or "unknown", words.get(answer, ""),
    )  # fmt: skip


@register.filter
def words_of(statement: Statement) -> str | SafeString:
    """A statement in the page's language; one without English is marked as Swedish."""
    if language() == "en" and not statement.en:
        return format_html('<span lang="sv">{}</span>', statement.sv)
    return statement.text(language())


@register.filter
def change_word(seen: Seen) -> str:
    """How a statement stands against the time before, in words."""
    return str(CHANGE[seen.change])


@register.filter
def counted(tally: Tally | None) -> str:
    """The counts of a tally with what they are out of: '2 helt, 1 delvis, 0 inte av 3'."""
    if tally is None or not tally.answered:
        return _("inga svar")
    return _("%(fully)s helt, %(partly)s delvis, %(not)s inte") % {
        "fully": tally.fully, "partly": tally.partly, "not": tally.not_at_all,
    }  # fmt: skip
