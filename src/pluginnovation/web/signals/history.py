"""What has happened with a pupil's signals: when they began, climbed and ended, and what adults answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.reach import of_todays_school

from .definitions import title_of
from .levels import verb
from .models import Answer, SignalChange
from .words import moment

MOST_EVENTS = 40
PLANNED = "planned"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline.

    kind   raised, ended, did, or planned: a day to come
    """

    day: date
    kind: str
    what: str
    detail: str
    by: str = ""


def timeline(pupil: str, others: Iterable[tuple[tuple[date, float], Event]] = ()) -> list[Event]:
    """The pupil's events, newest first. Two queries.

    Takes   others   lines that other apps add, each with what it is sorted by
    """
    changes = SignalChange.objects.filter(pupil=pupil).order_by("-as_of", "signal")[:MOST_EVENTS]
    answers = Answer.objects.filter(of_todays_school(), pupil=pupil).select_related("by").order_by("-at")[:MOST_EVENTS]
    events = [*_changes(changes), *_answers(answers), *others]
    return [event for _when, event in sorted(events, key=lambda pair: pair[0], reverse=True)][:MOST_EVENTS]


def _changes(changes: Iterable[SignalChange]) -> Iterable[tuple[tuple[date, float], Event]]:
    for change in changes:
        before, after = change.before or 0, change.after
        if after is None:
            kind, detail = "ended", _("Går inte att avgöra längre: för lite är rapporterat.")
        elif after == 0:
            kind, detail = "ended", _("Signalen har upphört.")
        elif before == 0:
            kind, detail = "raised", _("Signalen började, %(level)s.") % {"level": verb(after).lower()}
        else:
            words = {"before": verb(before).lower(), "after": verb(after).lower()}
            kind, detail = "raised", _("Från %(before)s till %(after)s.") % words
        yield (change.as_of, 0.0), Event(change.as_of, kind, title_of(change.signal), detail)


def _answers(answers: Iterable[Answer]) -> Iterable[tuple[tuple[date, float], Event]]:
    for answer in answers:
        by = f"{answer.by.name}, {moment(answer.at, today())}"
        said = Event(_day(answer.at), "did", title_of(answer.signal), f"{answer.get_what_display()}.", by)
        yield (said.day, answer.at.timestamp()), said


def _day(at: datetime) -> date:
    return localtime(at).date()
