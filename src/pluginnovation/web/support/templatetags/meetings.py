"""What the pages of meetings and promises ask of words: who answers, and what was decided."""

from datetime import date

from django import template

from pluginnovation.support.my_day import clock_of
from pluginnovation.web.people.clock import today

from ..measure_words import kind_word
from ..meeting_words import DECIDED
from ..models import MeetingDecision
from ..owners import Staff

register = template.Library()


@register.simple_tag
def owner_of(staff: Staff, owner: str, role: str) -> str:
    """Who answers for something now, in words."""
    return staff.owner(owner, role) if owner or role else ""


@register.filter
def decided_as(row: MeetingDecision) -> str:
    """What was decided, in a word or two; a measure by its name."""
    word = str(DECIDED[row.what])
    return f"{word}: {kind_word(row.measure.kind)}" if row.measure is not None else word


@register.filter
def clock_face(due: date | None) -> str:
    """How near a day is."""
    return clock_of(due, today())
