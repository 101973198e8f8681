"""The list of youths without a school, searched, filtered and put in order by the database.

`youths.YouthRow` says the same of one youth in Python; a test makes the two agree.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import enrolments_of_each, past_school, shows_past_school
from pluginnovation.web.people.searching import asked_name, called

from .models import NO_ANSWER, Answer, YouthSnapshot
from .reading import ANSWERED, OTHER, UNKNOWN, WAITS
from .youths import SIGNAL

PLACES: Final = {"vantar": WAITS, "besvarad": ANSWERED, "okant": UNKNOWN, "ovriga": OTHER}
# Days since the last one enrolled: from, up to and with, none for however many; none: not known.
SPANS: Final[dict[str, tuple[int, int | None] | None]] = {
    "kort": (0, 29), "lagom": (30, 89), "lang": (90, None), "okant": None,
}  # fmt: skip
LATEST, EARLIEST = "senast", "tidigast"
# What leaves somebody out; another order does not.
FEWER: Final = ("q", "visa", "sedan")


def asked_of(given: Mapping[str, str]) -> dict[str, str]:
    """What the address asks for; empty where it asks for nothing that is offered."""
    offered: dict[str, Collection[str]] = {"visa": PLACES, "sedan": SPANS, "ordning": (LATEST, EARLIEST)}
    picked = {name: given.get(name, "") for name in offered}
    return {"q": asked_name(given)} | {name: value if value in offered[name] else "" for name, value in picked.items()}


def with_standing(people: QuerySet[Person], as_of: date) -> QuerySet[Any]:
    """The people with `place`, one of `PLACES`, and `left_on`, the last day enrolled up to the day of the list.

    An empty `left_on` is one that isn't known.
    """
    day = today()
    begun = enrolments_of_each().filter(first__lte=day).order_by().values("pupil")
    left = begun.annotate(
        stays=BoolOr(Q(end_date=None)), past=BoolOr(shows_past_school(day)), latest=Least(Max("end_date"), as_of)
    ).filter(stays=False, past=True)
    told = YouthSnapshot.objects.filter(pupil=OuterRef("code")).annotate(
        place=Case(
            When(_answered(), state=2, then=Value(ANSWERED)),
            When(state=2, then=Value(WAITS)),
            When(past_school(day, "pupil"), state=0, then=Value(OTHER)),
            default=Value(UNKNOWN),
            output_field=CharField(),
        )
    )
    return people.annotate(
        place=Coalesce(Subquery(told.values("place")), Value(UNKNOWN)),
        left_on=Subquery(left.values("latest"), output_field=DateField()),
    )


def _answered() -> Subquery:
    """Whether the latest answer is to the signal as it stands: the same beginning, and no higher level since."""
    given = Answer.objects.filter(pupil=OuterRef("pupil"), signal=SIGNAL).order_by("-at", "-id")
    to_it = Q(since=OuterRef("since"), level__gte=OuterRef("level")) & ~Q(what__in=NO_ANSWER)
    said = given.annotate(stands=Case(When(to_it, then=True), default=False, output_field=BooleanField()))
    return Subquery(said.values("stands")[:1], output_field=BooleanField())


def counted(people: QuerySet[Any]) -> dict[str, int]:
    """How many there are, wait, and are unknown. One query."""
    # Grouped, so that each one's place is worked out once.
    many = people.order_by().values("place").annotate(many=Count("pk")).values_list("place", "many")
    return counts_of(dict(many))


def counts_of(many: Mapping[str, int]) -> dict[str, int]:
    """How many there are, wait, and are unknown, of how many are in each place."""
    return {"total": sum(many.values()), "waiting": many.get(WAITS, 0), "unknown": many.get(UNKNOWN, 0)}


def chosen(people: QuerySet[Any], asked: Mapping[str, str], as_of: date) -> QuerySet[Any]:
    """Those that are asked for, in the order that is asked for; without one by name.

    Takes   people   with their standing
            asked    as `asked_of` gives it
            as_of    the day of the list
    """
    people = called(people, asked["q"])
    if asked["visa"]:
        people = people.filter(place=PLACES[asked["visa"]])
    if asked["sedan"]:
        people = people.filter(_within(SPANS[asked["sedan"]], as_of))
    if asked["ordning"] == LATEST:
        return people.order_by(F("left_on").desc(nulls_last=True), "sort_key", "code")
    if asked["ordning"] == EARLIEST:
        return people.order_by(F("left_on").asc(nulls_last=True), "sort_key", "code")
    return people.order_by("sort_key", "code")


def _within(span: tuple[int, int | None] | None, as_of: date) -> Q:
    if span is None:
        return Q(left_on=None)
    fewest, most = span
    within = Q(left_on__lte=as_of - timedelta(days=fewest))
    return within if most is None else within & Q(left_on__gte=as_of - timedelta(days=most))
