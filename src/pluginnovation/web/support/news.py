"""What others did for an adult's pupils since yesterday, what the adult did today, and what goes well."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Person, User
from pluginnovation.web.people.reach import of_todays_school
from pluginnovation.web.signals.definitions import title_of
from pluginnovation.web.signals.models import NO_ANSWER, Answer, PupilSnapshot, SignalChange
from pluginnovation.web.signals.words import joined, started

from .measure_words import kind_word
from .models import Measure, NextStep

SINCE = timedelta(days=1)
LATELY = timedelta(days=21)
MOST, MOST_ASKED = 12, 60


@dataclass(frozen=True, slots=True)
class News:
    """One line of what has happened.

    signals   the signals that it answers
    step      the promise that it keeps; none: it is none
    """

    at: datetime
    who: str
    pupil: Person
    says: str
    signals: tuple[str, ...] = ()
    step: NextStep | None = None


def news_of(pupils: Mapping[str, Person], me: User) -> list[News]:
    """What others did since yesterday, newest first: answers, promises kept, measures begun. Three queries."""
    since, codes = _midnight() - SINCE, list(pupils)
    answers = (
        Answer.objects.filter(of_todays_school(), pupil__in=codes, at__gte=since)
        .exclude(by=me)
        .exclude(what__in=NO_ANSWER)
    )
    kept = NextStep.objects.filter(of_todays_school(), pupil__in=codes, done_at__gte=since).exclude(done_by=me)
    begun = Measure.objects.filter(of_todays_school(), pupil__in=codes, at__gte=since).exclude(by=me)
    found = [
        *_answered(answers.select_related("by").order_by("-at", "signal")[:MOST_ASKED], pupils),
        *(_kept(row, pupils) for row in kept.select_related("done_by").order_by("-done_at")[:MOST]),
        *(_begun(row, pupils) for row in begun.select_related("by").order_by("-at")[:MOST]),
    ]
    return sorted(found, key=lambda news: news.at, reverse=True)[:MOST]


def done_today(pupils: Mapping[str, Person], me: User) -> list[News]:
    """What the adult did today and can undo, newest first. Two queries."""
    rows = Answer.objects.filter(of_todays_school(), pupil__in=list(pupils), at__gte=_midnight()).order_by(
        "pupil", "signal", "-at", "-id"
    )
    answers = [row for row in rows.distinct("pupil", "signal").select_related("by") if row.by_id == me.pk]
    kept = NextStep.objects.filter(pupil__in=list(pupils), done_at__gte=_midnight(), done_by=me)
    found = [
        *_answered((row for row in answers if row.what not in NO_ANSWER), pupils),
        *(_kept(row, pupils) for row in kept.select_related("done_by").order_by("-done_at")[:MOST]),
    ]
    return sorted(found, key=lambda news: news.at, reverse=True)


def goes_well(pupils: Mapping[str, Person]) -> list[tuple[Person, str, date]]:
    """Pupils without a signal whose signal has ended lately: who, which, and since when; by name. Two queries."""
    ended = SignalChange.objects.filter(pupil__in=list(pupils), as_of__gt=today() - LATELY, after=0)
    latest = {row.pupil: row for row in ended.order_by("as_of", "signal")}
    calm = set(PupilSnapshot.objects.filter(pupil__in=list(latest), state=0).values_list("pupil", flat=True))
    rows = [(pupils[code], title_of(row.signal), row.as_of) for code, row in latest.items() if code in calm]
    return sorted(rows, key=lambda row: (row[0].sort_key, row[0].code))


def _answered(rows: Iterable[Answer], pupils: Mapping[str, Person]) -> list[News]:
    """One line for each act: one talk with a pupil may answer several signals."""
    acts: dict[tuple[str, str, int, date], list[Answer]] = {}
    for row in rows:
        acts.setdefault((row.pupil, row.what, row.by_id, localtime(row.at).date()), []).append(row)
    found = []
    for act in acts.values():
        first = act[0]
        titles = joined(title_of(row.signal).lower() for row in act)
        says = f"{first.get_what_display()}. {started(titles)}."
        signals = tuple(row.signal for row in act)
        found.append(News(max(row.at for row in act), first.by.name, pupils[first.pupil], says, signals))
    return found


def _kept(row: NextStep, pupils: Mapping[str, Person]) -> News:
    by = row.done_by.name if row.done_by else ""
    says = _("Klart: %(what)s.") % {"what": row.what.rstrip(".")}
    return News(row.done_at or row.at, by, pupils[row.pupil], says, step=row)


def _begun(row: Measure, pupils: Mapping[str, Person]) -> News:
    return News(row.at, row.by.name, pupils[row.pupil], _("Insats: %(kind)s.") % {"kind": kind_word(row.kind)})


def _midnight() -> datetime:
    return localtime().replace(hour=0, minute=0, second=0, microsecond=0)
