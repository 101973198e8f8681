"""What has been reported about pupils since their enrolment began, and on how many days their unit had school."""

from datetime import date

import ibis
from ibis.expr.types import Table

from pluginnovation.records.facts import Facts
from pluginnovation.signals.scope import Scope
from pluginnovation.signals.stays import UPPER_SECONDARY, last_day
from pluginnovation.signals.whole import total


def starts(enrolments: Table, days: Table, *, scope: Scope) -> Table:
    """The upper secondary enrolment that each pupil has on as_of, and what has been reported since it began.

    Takes   enrolments   pupil, organisation, school_type, start_date, end_date
            days         the roll-up of pupils' days: pupil, date, reported_lessons, present (minutes)
    Gives   one row per pupil with such an enrolment: source, pupil, school (see `stays.school_of`), unit (that
            enrolment's), start_date, reported_lessons, present (minutes attended, or spent on something else agreed),
            first_reported, last_reported. Of several enrolments the latest start counts (tie: the lowest
            organisation id)
    """
    as_of = scope.period.as_of
    covering = enrolments.filter(
        enrolments.school_type.isin(UPPER_SECONDARY), enrolments.start_date <= as_of, last_day(enrolments) >= as_of
    ).anti_join(scope.gone, "pupil")
    latest = ibis.window(group_by="pupil", order_by=[covering.start_date.desc(), covering.organisation.asc()])
    ranked = covering.mutate(place=ibis.row_number().over(latest))
    at = ranked.filter(ranked.place == 0).select("source", "pupil", "start_date", unit="organisation")
    at = at.join(scope.school.select("pupil", "school"), "pupil")
    told = days.filter(days.date <= as_of, days.reported_lessons > 0)
    told = told.select("pupil", "date", "reported_lessons", "present").join(at.select("pupil", "start_date"), "pupil")
    told = told.filter(told.date >= told.start_date)
    summed = told.group_by("pupil").aggregate(
        reported_lessons=total(told.reported_lessons), present=total(told.present), first_reported=told.date.min(),
        last_reported=told.date.max(),
    )  # fmt: skip
    rows = at.left_join(summed, "pupil").drop("pupil_right")
    return rows.mutate(reported_lessons=rows.reported_lessons.fill_null(0), present=rows.present.fill_null(0))


def taught_days(facts: Facts, days: Table, starts: Table, *, as_of: date) -> Table:
    """On how many dates any lesson at the pupil's unit has been reported, for those who haven't been there.

    A lesson is at the unit of its activity. Where the source names no activities, it is at the unit that its pupil is
    enrolled at.

    Takes   days     the roll-up of pupils' days: source, pupil, date, reported_lessons
            starts   as above
    Gives   pupil, taught_days: dates from the start of the enrolment up to as_of; no row for the others
    """
    absent = starts.filter(starts.reported_lessons > 0, starts.present == 0)
    asked = absent.select("source", "pupil", "unit", "start_date")
    since = asked.start_date.min().as_scalar()
    units = facts.activities.select("source", "activity", unit="organisation")
    # A source that names no activity is answered by the roll-up, a tenth of the rows.
    naming = units.select("source").distinct()
    lessons = facts.lessons.filter(facts.lessons.is_reported).semi_join(naming, "source")
    lessons = lessons.filter(lessons.date >= since, lessons.date <= as_of)
    named = lessons.join(units.semi_join(asked, ["source", "unit"]), ["source", "activity"])
    unnamed = lessons.anti_join(units, ["source", "activity"]).select("source", "pupil", "date").distinct()
    told = days.filter(days.reported_lessons > 0, days.date >= since, days.date <= as_of).anti_join(naming, "source")
    stays = facts.enrolments.semi_join(asked.rename(organisation="unit"), ["source", "organisation"])
    stays = stays.select("pupil", "start_date", last=last_day(stays), unit=stays.organisation)
    placed = unnamed.union(told.select("source", "pupil", "date")).join(stays, "pupil")
    placed = placed.filter(placed.date >= placed.start_date, placed.date <= placed["last"])
    dates = named.select("source", "unit", "date").union(placed.select("source", "unit", "date"), distinct=True)
    both = asked.join(dates, ["source", "unit"])
    both = both.filter(both.date >= both.start_date)
    return both.group_by("pupil").aggregate(taught_days=both.date.nunique())
