"""What others did for an adult's pupils since yesterday, what the adult did today, and what goes well."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Person, User
from pluginnovation.web.signals.definitions import title_of
from pluginnovation.web.signals.models import NO_ANSWER, Answer, PupilSnapshot, SignalChange

from .measure_words import kind_word
from .models import Measure, NextStep

SINCE = timedelta(days=1)
LATELY = timedelta(days=21)
MOST = 12


@dataclass(frozen=True, slots=True)
class News:
    """One line of what has happened.

    at     none: only the day is known
    undo   the answer or the promise that can be undone; none: nothing
    """

    day: date
    at: datetime | None
    who: str
    pupil: Person
    says: str
    undo: Answer | NextStep | None = None


def news_of(pupils: Mapping[str, Person], me: User) -> list[News]:
    """What others did since yesterday, newest first: answers, promises kept, measures begun. Three queries."""
    since, codes = _yesterday(), list(pupils)
    answers = Answer.objects.filter(pupil__in=codes, at__gte=since).exclude(by=me).exclude(what__in=NO_ANSWER)
    kept = NextStep.objects.filter(pupil__in=codes, done_at__gte=since).exclude(done_by=me)
    begun = Measure.objects.filter(pupil__in=codes, at__gte=since).exclude(by=me)
    found = [
        *(_answered(row, pupils) for row in answers.select_related("by").order_by("-at")[:MOST]),
        *(_kept(row, pupils) for row in kept.select_related("done_by").order_by("-done_at")[:MOST]),
        *(
            News(
                _day(row.at),
                row.at,
                row.by.name,
                pupils[row.pupil],
                _("Insats: %(kind)s.") % {"kind": kind_word(row.kind)},
            )
            for row in begun.select_related("by").order_by("-at")[:MOST]
        ),
    ]
    return sorted(found, key=lambda news: news.at or since, reverse=True)[:MOST]


def done_today(pupils: Mapping[str, Person], me: User) -> list[News]:
    """What the adult did today and can undo, newest first. Two queries."""
    midnight = localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Answer.objects.filter(pupil__in=list(pupils), at__gte=midnight).order_by("pupil", "signal", "-at", "-id")
    answers = [row for row in rows.distinct("pupil", "signal").select_related("by") if row.by_id == me.pk]
    kept = NextStep.objects.filter(pupil__in=list(pupils), done_at__gte=midnight, done_by=me).select_related("done_by")
    found = [
        *(_answered(row, pupils) for row in answers if row.what not in NO_ANSWER),
        *(_kept(row, pupils) for row in kept.order_by("-done_at")[:MOST]),
    ]
    return sorted(found, key=lambda news: news.at or midnight, reverse=True)


def goes_well(pupils: Mapping[str, Person]) -> list[tuple[Person, str, date]]:
    """Pupils without a signal whose signal has ended lately: who, which, and since when; by name. Two queries."""
    ended = SignalChange.objects.filter(pupil__in=list(pupils), as_of__gt=today() - LATELY, after=0)
    latest = {row.pupil: row for row in ended.order_by("as_of", "signal")}
    calm = set(PupilSnapshot.objects.filter(pupil__in=list(latest), state=0).values_list("pupil", flat=True))
    rows = [(pupils[code], title_of(row.signal), row.as_of) for code, row in latest.items() if code in calm]
    return sorted(rows, key=lambda row: (row[0].sort_key, row[0].code))


def _answered(row: Answer, pupils: Mapping[str, Person]) -> News:
    says = f"{row.get_what_display()}. {title_of(row.signal)}."
    return News(_day(row.at), row.at, row.by.name, pupils[row.pupil], says, row)


def _kept(row: NextStep, pupils: Mapping[str, Person]) -> News:
    at = row.done_at or row.at
    by = row.done_by.name if row.done_by else ""
    return News(_day(at), at, by, pupils[row.pupil], _("Klart: %(what)s.") % {"what": row.what.rstrip(".")}, row)


def _yesterday() -> datetime:
    return localtime().replace(hour=0, minute=0, second=0, microsecond=0) - SINCE


def _day(at: datetime) -> date:
    return localtime(at).date()
