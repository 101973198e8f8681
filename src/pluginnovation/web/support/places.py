"""Places of a measure: how many there are, who waits, and filling them by stated priority or by lot."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from django.db.models import Q
from django.utils.timezone import localdate

from pluginnovation.records.refusals import Refusal
from pluginnovation.reference.calendar import term_of
from pluginnovation.support import catalogue
from pluginnovation.support.capacity import CAN_WAIT, PRIORITIES, SOON, Places, Queued, by_priority
from pluginnovation.support.lottery import METHOD, Drawn, Lot, draw, same_draw
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment, User
from pluginnovation.web.people.reach import covering

from . import refused
from .measures import begin_planned
from .models import Draw, Measure, PlacesSaid, QueuePlace

MOST_PLACES: Final = 2_000
LONGEST_WHY: Final = 300
YEAR: Final = "year"
BY_LOT, BY_LOT_IN_YEAR = "lot", "lot_in_year"
WAYS: Final = (Draw.PRIORITY, BY_LOT, BY_LOT_IN_YEAR)
# A seed fits in the column that keeps it.
SEED_BITS: Final = 62


@dataclass(frozen=True, slots=True)
class Saying:
    """A number of places about to be said; none: no number any more.

    kind   a key of the catalogue
    """

    school: str
    kind: str
    places: int | None


def say_places(*, saying: Saying, by: User, at: datetime) -> PlacesSaid:
    """Say how many places a measure has at a school this term.

    Raises  Refusal when there is no such measure, or the number can't be
    """
    if saying.kind not in catalogue.BY_KEY:
        raise refused.not_offered(("Insatsen", "The measure"))
    if saying.places is not None and not 0 <= saying.places <= MOST_PLACES:
        raise refused.number_wrong(0, MOST_PLACES)
    term = term_of(localdate(at)).name
    with recorded("say_places", by=by, at=at, about=saying.school, kind=saying.kind, places=saying.places):
        return PlacesSaid.objects.create(
            school=saying.school, kind=saying.kind, term=term, places=saying.places, by=by, at=at
        )


@dataclass(frozen=True, slots=True)
class Prioritising:
    """What is said of one that waits. `priority` is one of `capacity.PRIORITIES`."""

    priority: int
    why: str


def say_priority(*, measure: Measure, prioritising: Prioritising, by: User, at: datetime) -> QueuePlace:
    """Say why one that waits should come sooner or later. What was said before stays.

    Raises  Refusal when it doesn't wait, there is no such priority, or no reason is written
    """
    if prioritising.priority not in PRIORITIES:
        raise refused.not_offered(("Prioriteringen", "The priority"))
    why = refused.text_of(prioritising.why, longest=LONGEST_WHY)
    with recorded("say_priority", by=by, at=at, about=measure.pupil, measure=measure.pk,
                  priority=prioritising.priority):  # fmt: skip
        if not Measure.objects.filter(pk=measure.pk, state=Measure.QUEUED).exists():
            raise refused.already_done()
        return QueuePlace.objects.create(
            measure=measure, pupil=measure.pupil, school=measure.school, priority=prioritising.priority, why=why,
            by=by, at=at,
        )  # fmt: skip


def places_at(school: str, day: date) -> dict[str, Places]:
    """The places of every measure that has some, runs or is waited for: a key of the catalogue -> its places."""
    said = PlacesSaid.objects.filter(school=school, term=term_of(day).name).order_by("kind", "-at", "-pk")
    totals = dict(said.distinct("kind").values_list("kind", "places"))
    counts: dict[tuple[str, str], int] = {}
    rows = Measure.objects.filter(school=school, state__in=(Measure.RUNNING, Measure.QUEUED))
    for key in rows.values_list("kind", "state"):
        counts[key] = counts.get(key, 0) + 1
    wanted = [key for key in catalogue.BY_KEY if totals.get(key) is not None or any(kind == key for kind, _ in counts)]
    return {
        key: Places(totals.get(key), counts.get((key, Measure.RUNNING), 0), counts.get((key, Measure.QUEUED), 0))
        for key in wanted
    }


def queue_of(school: str, kind: str, within: Q) -> tuple[list[Measure], dict[int, QueuePlace]]:
    """Those who wait for a place, and the last thing said of each. Two queries.

    Takes   within   which pupils the asker reaches
    """
    waiting = list(Measure.objects.filter(within, school=school, kind=kind, state=Measure.QUEUED).order_by("at", "pk"))
    said = QueuePlace.objects.filter(measure__in=[one.pk for one in waiting]).order_by("measure", "-at", "-pk")
    return waiting, {row.measure_id: row for row in said.distinct("measure").select_related("by")}


def in_queue(waiting: Sequence[Measure], said: dict[int, QueuePlace], within: str = "") -> list[Queued]:
    """The queue as the rules take it, in the order of the queue. Who nothing is said of comes between.

    Takes   within   YEAR: each year of school is a stratum
    """
    years = years_of(one.pupil for one in waiting) if within == YEAR else {}
    queue = [
        Queued(str(one.pk), said[one.pk].priority if one.pk in said else SOON, years.get(one.pupil, ""), one.at)
        for one in waiting
    ]
    return list(by_priority(queue, len(queue)))


def years_of(pupils: Iterable[str]) -> dict[str, str]:
    """The year of school of each pupil today."""
    rows = Enrolment.objects.filter(covering(localdate()), pupil__in=[code for code in pupils if code])
    return {pupil: str(year) for pupil, year in rows.values_list("pupil", "school_year") if year is not None}


@dataclass(frozen=True, slots=True)
class Filling:
    """Places about to be filled. `way` is one of WAYS; `seen` is how many waited on the page that was read."""

    school: str
    kind: str
    way: str
    seen: int


def fill_places(*, filling: Filling, within: Q, by: User, at: datetime) -> Draw:
    """Give free places to those who wait, and let their measures begin today.

    A seed is chosen before the list is read, and both are kept with the draw.

    Raises  Refusal when no place is free, nobody waits, or the queue is another than on the page that was read
    """
    if filling.way not in WAYS:
        raise refused.not_offered(("Sättet", "The way"))
    seed = 0 if filling.way == Draw.PRIORITY else secrets.randbits(SEED_BITS)
    stratum = YEAR if filling.way == BY_LOT_IN_YEAR else ""
    with recorded("fill_places", by=by, at=at, about=filling.school, kind=filling.kind, way=filling.way,
                  seed=str(seed)):  # fmt: skip
        held = Measure.objects.select_for_update().filter(school=filling.school, kind=filling.kind)
        list(held.filter(state__in=(Measure.RUNNING, Measure.QUEUED)).order_by("pk").values_list("pk"))
        waiting, said = queue_of(filling.school, filling.kind, within)
        if len(waiting) != filling.seen:
            raise queue_has_changed()
        places = places_at(filling.school, localdate(at)).get(filling.kind, Places(None, 0, 0))
        free = min(len(waiting), places.to_fill)
        if not free:
            raise no_place_free()
        drawn = _drawn(in_queue(waiting, said, stratum), free, seed, filling.way)
        by_key = {str(one.pk): one for one in waiting}
        for key in drawn.winners:
            begin_planned(measure=by_key[key], by=by, at=at)
        return Draw.objects.create(
            school=filling.school, kind=filling.kind, term=term_of(localdate(at)).name,
            way=Draw.PRIORITY if filling.way == Draw.PRIORITY else METHOD, within=stratum, seed=seed, places=free,
            lots=[[lot.key, lot.stratum, lot.chance.numerator, lot.chance.denominator, lot.drawn]
                  for lot in drawn.lots],
            by=by, at=at,
        )  # fmt: skip


def _drawn(queue: list[Queued], free: int, seed: int, way: str) -> Drawn:
    if way != Draw.PRIORITY:
        return draw(queue, free, seed=seed)
    # By priority nothing is left to chance: who got a place had it for certain.
    return Drawn(0, free, tuple(Lot(one.key, "", Fraction(n < free), n < free) for n, one in enumerate(queue)))


def comes_out_the_same(row: Draw) -> bool | None:
    """Whether a draw comes out the same when it is done again from what is kept; none: it was no draw of lots."""
    if row.way != METHOD:
        return None
    lots = tuple(Lot(key, stratum, Fraction(up, down), won) for key, stratum, up, down, won in row.lots)
    return same_draw(
        Drawn(row.seed, row.places, lots), [Queued(lot.key, CAN_WAIT, lot.stratum, row.at) for lot in lots]
    )


def no_place_free() -> Refusal:
    """Nothing to give, or nobody to give it to."""
    return Refusal(
        "no_place_free",
        what=("Det finns ingen ledig plats, eller ingen som väntar.", "No place is free, or nobody waits."),
        todo=("Ändra antalet platser, eller vänta tills en insats är slut.",
              "Change the number of places, or wait until a measure has ended."),
    )  # fmt: skip


def queue_has_changed() -> Refusal:
    """Somebody came or went since the page was read."""
    return Refusal(
        "queue_has_changed",
        what=("Kön har ändrats sedan du öppnade sidan.", "The queue has changed since you opened the page."),
        todo=("Läs kön igen och fyll platserna då.", "Read the queue again, and fill the places then."),
    )
