"""The figures that a current-state analysis begins from: what each is called, and how it is counted for every school.

Counting is one pass over the roll-up of days, for all schools at once; `levels.py` decides what may be told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import ibis
from ibis.expr.types import Table

from pluginnovation.reference.calendar import HT, VT, Term, term_of
from pluginnovation.signals.stays import UPPER_SECONDARY, last_day
from pluginnovation.signals.whole import total

MINUTES, PUPILS, WAITS = "minutes", "pupils", "waits"
LOWER, HIGHER = "lower", "higher"
PERCENT, DAYS = "percent", "days"

ABSENCE, UNEXCUSED, MONDAYS, HIGH_ABSENCE = "absence", "unexcused", "mondays", "high_absence"
ELIGIBLE, DAYS_TO_ACTION, IN_TIME = "eligible", "days_to_action", "in_time"

# Within so many days an action is in time; after it the page I tid calls a wait overdue.
IN_TIME_DAYS: Final = 14

# So many terms back, the running one included.
TERMS: Final = 6
# Of a pupil's offered minutes so much must be reported in a term, or the pupil's absence is unknown.
LEAST_REPORTED: Final = 80
# The share of reported time away that national surveys call high: the School Inspectorate's limit, not an authority's.
HIGH_FROM: Final = 15
WEEKDAYS: Final = (0, 1, 2, 3, 4)
NO_WEEKDAY: Final = -1
AUTUMN: Final = 8
# Before a term's last day, 31 July or 31 December: a class that leaves in these weeks had the term's grades.
LAST_WEEKS: Final = timedelta(days=62)

F_TO_3, FROM_4_TO_6, FROM_7_TO_9, UPPER = "f-3", "4-6", "7-9", "gy"
STAGES: Final = (F_TO_3, FROM_4_TO_6, FROM_7_TO_9, UPPER)
STAGE_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    F_TO_3: ("förskoleklass till årskurs 3", "preschool class to year 3"),
    FROM_4_TO_6: ("årskurs 4–6", "years 4–6"),
    FROM_7_TO_9: ("årskurs 7–9", "years 7–9"),
    UPPER: ("gymnasieskolan", "upper secondary school"),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure.

    sv, en    what it is called
    counts    what its denominator is made of: MINUTES, PUPILS or WAITS
    unit      PERCENT or DAYS
    better    which way is better, LOWER or HIGHER
    how_sv, how_en   how it is counted, in a sentence
    """

    key: str
    sv: str
    en: str
    counts: str
    unit: str
    better: str
    how_sv: str
    how_en: str


INDICATORS: Final[Mapping[str, Indicator]] = {
    one.key: one
    for one in (
        Indicator(
            ABSENCE, "Frånvaro", "Absence", MINUTES, PERCENT, LOWER,
            "Frånvarominuter av de rapporterade minuterna under terminen.",
            "Minutes away of the reported minutes in the term.",
        ),
        Indicator(
            UNEXCUSED, "Ogiltig frånvaro", "Unexcused absence", MINUTES, PERCENT, LOWER,
            "Ogiltiga frånvarominuter av de rapporterade minuterna under terminen.",
            "Unexcused minutes away of the reported minutes in the term.",
        ),
        Indicator(
            MONDAYS, "Frånvaro på måndagar", "Absence on Mondays", MINUTES, PERCENT, LOWER,
            "Frånvarominuter av de rapporterade minuterna på terminens måndagar.",
            "Minutes away of the reported minutes on the term's Mondays.",
        ),
        Indicator(
            HIGH_ABSENCE, "Elever med minst 15 % frånvaro", "Pupils with at least 15 % absence", PUPILS, PERCENT, LOWER,
            "Av elever med känd frånvaro under terminen: minst 80 % av undervisningen är rapporterad.",
            "Of pupils whose absence in the term is known: at least 80 % of the teaching is reported.",
        ),
        Indicator(
            ELIGIBLE, "Behöriga till yrkesprogram", "Eligible for vocational programmes", PUPILS, PERCENT, HIGHER,
            "Av elever med något betyg: så många godkända som ett yrkesprogram kräver, som betygen stod vid terminens "
            "slut.",
            "Of pupils with any grade: as many passes as a vocational programme asks for, as grades stood at the end "
            "of the term.",
        ),
        Indicator(
            DAYS_TO_ACTION, "Dagar från signal till handling", "Days from signal to action", WAITS, DAYS, LOWER,
            "Mediantiden till en vuxens första åtgärd för signaler som kom under terminen; de som väntar räknas med.",
            "Median time to an adult's first action for signals that came in the term; those that wait count too.",
        ),
        Indicator(
            IN_TIME, "Signaler med åtgärd inom två veckor", "Signals with an action within two weeks", WAITS, PERCENT,
            HIGHER,
            "Av signaler som kom under terminen och har följts i minst två veckor, eller fått en åtgärd.",
            "Of signals that came in the term and were watched for at least two weeks, or had an action.",
        ),
    )
}  # fmt: skip


def stage_of(school_type: str, year: int | None) -> str:
    """The stage that a pupil of a school type and year is in; empty where the year isn't told."""
    if school_type in UPPER_SECONDARY:
        return UPPER
    if year is None:
        return ""
    return FROM_7_TO_9 if year >= 7 else FROM_4_TO_6 if year >= 4 else F_TO_3


def last_terms(as_of: date, terms: int = TERMS) -> tuple[Term, ...]:
    """The terms up to a day's own, oldest first."""
    found = [term_of(as_of)]
    while len(found) < terms:
        here = found[0]
        found.insert(0, term_of(date(here.year, 3, 1) if here.kind == HT else date(here.year - 1, 10, 1)))
    return tuple(found)


def term_name(day: ibis.Value) -> ibis.Value:
    """The name of the term of a day, `2026HT`, as `reference.calendar.term_of` names it."""
    return day.year().cast("string") + ibis.ifelse(day.month() >= AUTUMN, HT, VT)


def year_then(enrolments: Table, *, as_of: date, on: ibis.Value) -> ibis.Value:
    """The year that a pupil was in on a day: an enrolment tells only its newest one.

    Takes   enrolments   school_year (of the last day, or of as_of while it goes on; null: not told), end_date
            on           the day asked for, within the enrolment
    Gives   null where the year isn't told. Whoever took a year twice is placed a year too low before that
    """
    told_on = ibis.least(last_day(enrolments), ibis.literal(as_of))
    return (enrolments.school_year - (_school_year(told_on) - _school_year(on))).cast("int16")


def _school_year(day: ibis.Value) -> ibis.Value:
    return day.year() - ibis.ifelse(day.month() >= AUTUMN, 0, 1)


def pupil_terms(days: Table, sums: Table, enrolments: Table, *, as_of: date, terms: int = TERMS) -> Table:
    """What each pupil was offered and missed in each term, at each school and year.

    Takes   days        the roll-up: source, pupil, date, offered, reported, excused, unexcused (minutes)
            sums        what a source gives only in sums: source, pupil, start_date, end_date, offered, reported,
                        attended, other, excused, unexcused (minutes; null: not given). They count for pupils and
                        terms without days, in the term that they end in
            enrolments  source, pupil, organisation, school_type, school_year (null: not told), start_date, end_date
    Gives   one row per source, school, school_type, school_year, pupil and term, with
              offered, reported, away, unexcused     minutes
              reported_0 … away_4                    minutes on Mondays … Fridays; sums tell none
            A day counts at every school where the pupil is enrolled that day
    Raises  nothing: rows were checked when they were read in
    """
    since = last_terms(as_of, terms)[0].first
    counted = _of_days(days, since=since, as_of=as_of)
    instead = _of_sums(sums, since=since, as_of=as_of)
    counted = counted.union(instead.anti_join(counted.select("pupil", "term").distinct(), ["pupil", "term"]))
    at = enrolments.select(
        "source", "pupil", "school_type", "school_year", "start_date", "end_date", school=enrolments.organisation
    )
    joined = counted.join(at, ["source", "pupil"])
    there = joined.filter(joined["last"] >= joined.start_date, joined["first"] <= last_day(joined))
    there = there.mutate(school_year=year_then(there, as_of=as_of, on=there["last"]))
    by_weekday = {
        f"{name}_{day}": total(ibis.ifelse(there.on == day, there[name], 0))
        for day in WEEKDAYS
        for name in ("reported", "away")
    }
    return there.group_by("source", "school", "school_type", "school_year", "pupil", "term").aggregate(
        offered=total(there.offered),
        reported=total(there.reported),
        away=total(there.away),
        unexcused=total(there.unexcused),
        **by_weekday,
    )


def _of_days(days: Table, *, since: date, as_of: date) -> Table:
    here = days.filter(days.date >= since, days.date <= as_of)
    return here.select(
        "source", "pupil", first=here.date, last=here.date, term=term_name(here.date),
        on=here.date.day_of_week.index().cast("int16"), **_minutes(here.offered, here.reported, here),
    )  # fmt: skip


def _of_sums(sums: Table, *, since: date, as_of: date) -> Table:
    here = sums.filter(sums.end_date >= since, sums.end_date <= as_of)
    # Absence that wasn't given is unknown: nothing of the row is reported then, so that its coverage falls.
    told = here.excused.notnull() & here.unexcused.notnull()
    parts = here.attended + here.other.fill_null(0) + here.excused + here.unexcused
    reported = ibis.ifelse(told, ibis.coalesce(here.reported, parts), 0).fill_null(0)
    return here.select(
        "source", "pupil", first=here.start_date, last=here.end_date, term=term_name(here.end_date),
        on=ibis.literal(NO_WEEKDAY, "int16"), **_minutes(here.offered.fill_null(0), reported, here),
    )  # fmt: skip


def _minutes(offered: ibis.Value, reported: ibis.Value, rows: Table) -> dict[str, ibis.Value]:
    away = ibis.ifelse(reported > 0, rows.excused + rows.unexcused, 0).fill_null(0)
    unexcused = ibis.ifelse(reported > 0, rows.unexcused, 0).fill_null(0)
    named = {"offered": offered, "reported": reported, "away": away, "unexcused": unexcused}
    return {name: minutes.cast("int64") for name, minutes in named.items()}


def term_counts(pupils: Table, by: tuple[str, ...]) -> Table:
    """The pupils' terms added up for each place.

    Takes   pupils   as `pupil_terms` gives them
            by       the columns that name a place
    Gives   one row per place and term: the minutes of `pupil_terms` summed, and
              pupils   how many had any reported teaching
              known    of them: at least LEAST_REPORTED percent of the offered minutes are reported
              high     of the known: at least HIGH_FROM percent of the reported minutes away
    """
    known = (pupils.reported > 0) & (pupils.reported * 100 >= pupils.offered * LEAST_REPORTED)
    high = known & (pupils.away * 100 >= pupils.reported * HIGH_FROM)
    minutes = [name for name in pupils.columns if name.rpartition("_")[0] in ("reported", "away")]
    minutes += ["offered", "reported", "away", "unexcused"]
    return pupils.group_by(*by, "term").aggregate(
        pupils=pupils.pupil.nunique(where=pupils.reported > 0),
        known=pupils.pupil.nunique(where=known),
        high=pupils.pupil.nunique(where=high),
        **{name: total(pupils[name]) for name in minutes},
    )


def at_term_end(enrolments: Table, term: Term, *, as_of: date) -> Table:
    """The enrolments as they stood when the term's grades were set: years of then, and an end in the term's last weeks
    moved to its last day, since a class leaves days after its grades.

    Takes   enrolments   … school_year, start_date, end_date
            as_of        the last day that is known about
    """
    ends = min(term.last, as_of)
    leaves = enrolments.end_date.between(ends - LAST_WEEKS, ends)
    then = ibis.least(last_day(enrolments), ibis.literal(ends))
    return enrolments.mutate(
        end_date=ibis.ifelse(leaves, ibis.literal(ends), enrolments.end_date),
        school_year=year_then(enrolments, as_of=as_of, on=then),
    )


def eligible_counts(needed: Table, enrolments: Table, *, on: date) -> Table:
    """How many are eligible for a vocational programme, as grades stood on a day.

    Takes   needed      pupil, value (passes needed; null: no grade), as the signal `passes_needed` gives them
            enrolments  source, pupil, organisation, school_type, school_year, start_date, end_date
    Gives   one row per source, school, school_type and school_year: n (pupils asked), known (any grade), eligible
    """
    there = enrolments.filter(
        enrolments.start_date <= on, last_day(enrolments) >= on, ~enrolments.school_type.isin(UPPER_SECONDARY)
    )
    at = there.select("source", "pupil", "school_type", "school_year", school=there.organisation).distinct()
    told = at.join(needed.select("pupil", "value"), "pupil")
    return told.group_by("source", "school", "school_type", "school_year").aggregate(
        n=told.count(), known=told.value.count(), eligible=told.count(where=told.value == 0)
    )
