"""Where each pupil is enrolled: which days count, which school answers, and who has left every list.

All dates are inclusive; an empty end date is open.
"""

from datetime import date
from typing import Final

import ibis
from ibis.expr.types import BooleanColumn, DateColumn, DateScalar, Table

from pluginnovation.signals.whole import as_date

UPPER_SECONDARY: Final = ("GY", "GYS")
GONE_STATUS: Final = ("Utvandrad", "Avliden")
GONE_EVENT: Final = ("moved_abroad", "deceased")

# Before and after every lesson, and dates that Python can still hold.
LONG_AGO: Final = date(1900, 1, 1)
OPEN_END: Final = date(9999, 12, 30)


def last_day(table: Table) -> DateColumn:
    """The last day of a dated row, where an empty end is open."""
    return table.end_date.fill_null(OPEN_END)


def stays(enrolments: Table) -> Table:
    """The unbroken periods in which each pupil is enrolled anywhere.

    Takes   enrolments   pupil, start_date, end_date (null = open)
    Gives   one row per pupil and period: pupil, first, last; periods of one pupil never touch
    """
    dated = enrolments.select("pupil", first=enrolments.start_date, last=last_day(enrolments))
    whole = dated.group_by("pupil").aggregate(
        how_many=dated.count(), first=dated["first"].min(), last=dated["last"].max()
    )
    # Few pupils have more than one enrolment; only theirs need to be put in order.
    several = dated.semi_join(whole.filter(whole.how_many > 1), "pupil")
    before = ibis.window(group_by="pupil", order_by=["first", "last"], rows=(None, -1))
    reached = several.mutate(reached=several["last"].max().over(before))
    # A period that begins the day after another ended continues it.
    starts = (reached.reached.isnull() | (reached["first"] > reached.reached + ibis.interval(days=1))).cast("int32")
    upto = ibis.window(group_by="pupil", order_by=["first", "last"], rows=(None, 0))
    numbered = reached.mutate(starts=starts)
    numbered = numbered.mutate(period=numbered.starts.sum().over(upto))
    joined = numbered.group_by(["pupil", "period"]).aggregate(
        first=numbered["first"].min(), last=numbered["last"].max()
    )
    return whole.filter(whole.how_many == 1).drop("how_many").union(joined.drop("period"))


def school_of(enrolments: Table, *, as_of: date) -> Table:
    """The organisation that answers for each pupil on a day.

    Takes   enrolments   source, pupil, organisation, start_date, end_date
    Gives   one row per pupil with an enrolment begun by then: source, pupil, school, school_type, school_year,
            programme, enrolled (bool: an enrolment covers the day). The covering enrolment with the latest start
            decides (tie: the lowest organisation id), else the one that ended last.
    """
    begun = enrolments.filter(enrolments.start_date <= as_of)
    begun = begun.mutate(last=last_day(begun), enrolled=last_day(begun) >= as_of)
    best = ibis.window(
        group_by="pupil",
        order_by=[
            begun.enrolled.desc(),
            ibis.ifelse(begun.enrolled, begun.start_date, begun["last"]).desc(),
            begun.start_date.desc(),
            begun.organisation.asc(),
        ],
    )
    ranked = begun.mutate(place=ibis.row_number().over(best))
    first = ranked.filter(ranked.place == 0)
    return first.select(
        "source", "pupil", "school_type", "school_year", "programme", "enrolled", school=first.organisation
    )


def upper_secondary(enrolments: Table, *, first: date, last: date) -> Table:
    """The pupils with an upper secondary enrolment that overlaps the days first … last: one column, pupil."""
    overlapping = enrolments.filter(
        enrolments.school_type.isin(UPPER_SECONDARY), enrolments.start_date <= last, last_day(enrolments) >= first
    )
    return overlapping.select("pupil").distinct()


def gone(pupils: Table, outcome_events: Table, *, as_of: date) -> Table:
    """The pupils who have died or moved abroad by a day, by event or by person status: one column, pupil.

    A status carries no date: it holds for every day we are asked about.
    """
    left: BooleanColumn = outcome_events.event.isin(GONE_EVENT) & (outcome_events.date <= as_of)
    by_event = outcome_events.filter(left).select("pupil")
    by_status = pupils.filter(pupils.status.isin(GONE_STATUS)).select("pupil")
    return by_event.union(by_status, distinct=True)


def gaps(stays: Table, *, first: date, last: date) -> Table:
    """The days from `first` to `last` on which a pupil with a known enrolment is enrolled nowhere.

    Most pupils have no gap, which is why rows are tested against gaps and not against enrolments.

    Takes   stays   pupil, first, last; periods of one pupil never touch
    Gives   one row per pupil and gap: pupil, gap_from, gap_to (inclusive, within first … last)
    """
    day = ibis.interval(days=1)
    edges = stays.group_by("pupil").aggregate(
        how_many=stays.count(), begin=stays["first"].min(), end=stays["last"].max()
    )
    ahead = edges.filter(edges.begin > first)
    ahead = ahead.select("pupil", gap_from=ibis.literal(first), gap_to=as_date(ahead.begin - day))
    behind = edges.filter(edges.end < last)
    behind = behind.select("pupil", gap_from=as_date(behind.end + day), gap_to=ibis.literal(last))
    several = stays.semi_join(edges.filter(edges.how_many > 1), "pupil")
    ended = several["last"].lag().over(ibis.window(group_by="pupil", order_by="first"))
    between = several.mutate(ended=ended)
    between = between.filter(between.ended.notnull()).select(
        "pupil", gap_from=as_date(between.ended + day), gap_to=as_date(between["first"] - day)
    )
    every = ibis.union(ahead, behind, between)
    every = every.mutate(
        gap_from=ibis.greatest(every.gap_from, ibis.literal(first)), gap_to=ibis.least(every.gap_to, ibis.literal(last))
    )
    return every.filter(every.gap_from <= every.gap_to)


def counted(rows: Table, gaps: Table, *, since: date | DateScalar = LONG_AGO) -> Table:
    """The rows that count: dated inside an enrolment of the pupil, or of a pupil with no known enrolment.

    Takes   rows    pupil, date, …
            gaps    as `gaps` gives them
            since   no row is older; gaps before it needn't be looked at
    """
    gaps = gaps.filter(gaps.gap_to >= since)
    inside = [rows.pupil == gaps.pupil, rows.date >= gaps.gap_from, rows.date <= gaps.gap_to]
    return rows.anti_join(gaps, inside)
