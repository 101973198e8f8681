"""Moves and leaving: where a pupil has been enrolled, what counts as a move, and the days without a school."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from pluginnovation.reference.calendar import month_end, month_start
from pluginnovation.signals.meters.names import form_name
from pluginnovation.signals.meters.records import parts_of
from pluginnovation.signals.meters.told import Told, listed, told
from pluginnovation.signals.rules import RULE_SET_1, RuleSet, Season
from pluginnovation.signals.wording import Wording

MOVE, TURN, GAP, AHEAD = "move", "turn", "gap", "ahead"


@dataclass(frozen=True, slots=True)
class Stay:
    """One line of the path: an enrolment, or days without one.

    first, last   the days, both included; last is None when it is open
    school, form  its name, and the form of school; empty for a gap
    year, programme   as the source says
    kind    move (to another unit, in the middle of a school year), turn (to another unit between two), gap (days
            enrolled nowhere), ahead (begins after the day), or empty
    days    how many days a gap is, summer days left out; 0 for an enrolment
    """

    first: date
    last: date | None
    school: str = ""
    form: Told = ("", "")
    year: int | None = None
    programme: str = ""
    kind: str = ""
    days: int = 0


@dataclass(frozen=True, slots=True)
class Path:
    """A pupil's enrolments over time, oldest first.

    change   what would change it, in one sentence
    notes    enrolled in several schools on the day, and what the source doesn't tell
    """

    change: Told
    stays: tuple[Stay, ...]
    notes: tuple[Told, ...] = ()


@lru_cache(maxsize=16_384)
def path_of(record: str, as_of: date, rules: RuleSet = RULE_SET_1) -> Path:
    """The path that a pupil's enrolments make.

    Takes   record   as `records.enrolment_records` writes it, in the order of `frequent_moves`
            rules    the pupil's authority's: how long a move counts, and which days don't
    Gives   see `Path`; the moves that still count agree with the signal `frequent_moves`
    Raises  nothing: dates were checked when they were read in
    Source  the turn of the school year is ours: see `rules.move_season`
    """
    rows = [_enrolment(row) for row in parts_of(record)]
    ids = [row[0] for row in parts_of(record)]
    stays: list[Stay] = []
    reached: date | None = None
    for place, stay in enumerate(rows):
        if reached is not None:
            stays += _gap(reached + timedelta(days=1), stay.first - timedelta(days=1), as_of, rules)
        other = place > 0 and ids[place] != ids[place - 1]
        stays.append(_with_kind(stay, other=other, as_of=as_of, rules=rules))
        reached = max(reached or stay.first, stay.last or date.max - timedelta(days=1))
    if reached is not None and reached < as_of:
        stays += _gap(reached + timedelta(days=1), None, as_of, rules)
    return Path(told(lambda say: _change(stays, as_of, rules, say)), tuple(stays), _notes(rows, as_of))


def _enrolment(row: Sequence[str]) -> Stay:
    _id, school, form, year, programme, first, last = row
    return Stay(
        date.fromisoformat(first),
        date.fromisoformat(last) if last else None,
        school,
        told(lambda say: form_name(form, say)),
        int(year) if year else None,
        programme,
    )


def _gap(first: date, last: date | None, as_of: date, rules: RuleSet) -> list[Stay]:
    """Days enrolled nowhere, up to the day; none when all of them lie in the summer, which doesn't count."""
    if first > as_of:
        return []
    upto = min(last or as_of, as_of)
    days = sum(not in_season(first + timedelta(days=n), rules.left_season) for n in range((upto - first).days + 1))
    return [Stay(first, last, kind=GAP, days=days)] if days else []


def _with_kind(stay: Stay, *, other: bool, as_of: date, rules: RuleSet) -> Stay:
    kind = ""
    if stay.first > as_of:
        kind = AHEAD
    elif other:
        kind = TURN if in_season(stay.first, rules.move_season) else MOVE
    return Stay(stay.first, stay.last, stay.school, stay.form, stay.year, stay.programme, kind)


def in_season(day: date, season: Season) -> bool:
    """Whether a day is one of those days of its year."""
    return season.first <= (day.month, day.day) <= season.last


def _change(stays: list[Stay], as_of: date, rules: RuleSet, say: Wording) -> str:
    """What would change it, in one sentence."""
    if stays and stays[-1].kind == GAP and stays[-1].last is None:
        return say.pick(
            "Dagarna utan skola slutar räknas när en ny inskrivning eller en examen är inläst.",
            "The days without a school stop counting once a new enrolment or a degree has been read in.",
        )
    recent = [stay.first for stay in stays if stay.kind == MOVE and counts_until(stay.first, rules) > as_of]
    if recent:
        until = counts_until(recent[0], rules)
        day, months = f"{say.day(until)} {until.year}", say.of(rules.move_months, "month")
        return say.pick(
            f"Det äldsta bytet slutar räknas {day}, {months} efter att det skedde.",
            f"The oldest move stops counting on {day}, {months} after it was made.",
        )
    months = say.of(rules.move_months, "month")
    return say.pick(
        f"Ett byte av skolenhet mitt i ett läsår skulle räknas i {months}.",
        f"A change of school unit in the middle of a school year would count for {months}.",
    )


def counts_until(move: date, rules: RuleSet) -> date:
    """The first day on which a move is too old to count."""
    months = move.year * 12 + move.month - 1 + rules.move_months
    first = date(months // 12, months % 12 + 1, 1)
    return month_start(first).replace(day=min(move.day, month_end(first).day))


def _notes(rows: list[Stay], as_of: date) -> tuple[Told, ...]:
    now = [row for row in rows if row.first <= as_of and (row.last is None or row.last >= as_of)]
    schools = list(dict.fromkeys(row.school for row in now))
    found: list[Told] = []
    if len(schools) > 1:
        found.append(told(lambda say: _both(schools, say)))
    if any(row.year is None for row in now):
        found.append(("Okänt vilken årskurs: källan säger det inte.", "Unknown which year: the source doesn't tell."))
    return tuple(found)


def _both(schools: list[str], say: Wording) -> str:
    names = listed(schools, say)
    return say.pick(
        f"Inskriven i flera skolor samtidigt: {names}. Den inskrivning som började senast räknas som elevens skola.",
        f"Enrolled in several schools at once: {names}. The enrolment that began last counts as the pupil's school.",
    )
