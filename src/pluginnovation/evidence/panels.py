"""Schools (or municipalities) over months: the analysis table of a roll-out and of a mixture of others."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from pluginnovation.records.refusals import Refusal

from .dataset import belonging, population_empty
from .designs.mixtures import Panel as Units
from .designs.rollout import Rollout
from .measures import LEAST_REPORTED, Seen
from .plan import Plan
from .plan_files import Locked, changed, intact
from .result import MIN_PUPILS
from .staggered import NEVER, Panel
from .table import Floats

PANELS: Final = ("rollout", "synthetic_control")  # designs that read units over months
STARTS: Final = {"organisation": pl.String, "started_on": pl.Date}
MISSED: Final = {"absence_share": ("excused", "unexcused"), "unexcused_share": ("unexcused",)}


@dataclass(frozen=True, slots=True)
class Months:
    """Units by months: percentage points missed (nan: unknown), pupils behind each, and each unit's first month.

    months   first days of the months that anybody had lessons in
    first    place of the first month with the help; NEVER for units without
    """

    units: tuple[str, ...]
    months: tuple[date, ...]
    missed: Floats
    pupils: Floats
    first: np.ndarray


def months_of(locked: Locked, starts: pl.DataFrame, seen: Seen, *, as_of: date) -> Months:
    """Absence by school and month, from the window before the index date to the outcome's last day.

    Takes   starts   one row per school with its first day of help, columns as in STARTS; a school that isn't among
                     them, or has no day, hasn't begun
            seen     records as known when the analysis is made: a panel holds what happened, not what was foreseen
    Gives   a month in which under 80 % of the teaching was reported, or fewer than ten pupils had lessons, is unknown
    Raises  Refusal 'plan_changed', 'outcome_not_of_months' for another outcome than absence, 'started_twice',
            'population_empty'
    """
    plan = _checked(locked, starts)
    rows = _lessons(plan, seen, min(as_of, plan.window.closes))
    if not rows.height:
        raise population_empty()
    units, months = sorted(set(rows["unit"])), sorted(set(rows["month"]))
    place = (
        rows["unit"].replace_strict(units, range(len(units))),
        rows["month"].replace_strict(months, range(len(months))),
    )
    missed, pupils = np.full((len(units), len(months)), np.nan), np.zeros((len(units), len(months)))
    enough = (
        (rows["reported"] > 0)
        & (rows["reported"] * 100 >= rows["offered"] * LEAST_REPORTED)
        & (rows["pupils"] >= MIN_PUPILS)
    )
    share = pl.select(pl.when(enough).then(100 * rows["missed"] / rows["reported"])).to_series()
    missed[place[0], place[1]] = share.fill_null(np.nan).to_numpy()
    pupils[place[0], place[1]] = rows["pupils"].to_numpy()
    began = dict(starts.drop_nulls("started_on").select("organisation", "started_on").iter_rows())
    first = np.array([_first(months, began.get(unit)) for unit in units], np.int64)
    return Months(tuple(units), tuple(months), missed, pupils, first)


def rollout_of(found: Months) -> Rollout:
    """Schools over months, each weighing as its pupils. Schools with an unknown month before or after are kept."""
    weight = found.pupils.mean(axis=1)
    size = len(found.units)
    panel = Panel(found.missed, found.first, weight, np.arange(size), np.zeros((size, 0)))
    return Rollout(panel, found.pupils)


def units_of(found: Months) -> Units:
    """The same for a mixture of others: months that somebody has unknown are left out, since a mixture needs all.

    Gives   those that began first as those helped; units that began later are left out, as they are neither
    """
    began = found.first[found.first < NEVER]
    start = int(began.min()) if len(began) else len(found.months)
    kept = (found.first == start) | (found.first >= NEVER)
    whole = ~np.isnan(found.missed[kept]).any(axis=0)
    least = found.pupils[kept][:, whole].min(axis=1, initial=np.inf)
    return Units(found.missed[kept][:, whole], found.first[kept] == start, int(whole[:start].sum()), least)


def _checked(locked: Locked, starts: pl.DataFrame) -> Plan:
    if not intact(locked):
        raise changed()
    if locked.plan.outcome.name not in MISSED:
        known = ", ".join(MISSED)
        raise Refusal(
            "outcome_not_of_months",
            what=("Utfallet går inte att följa månad för månad.", "The outcome can't be followed by month."),
            todo=(f"Välj bland: {known}.", f"Choose among: {known}."),
            where="outcome.name",
        )
    if starts["organisation"].is_duplicated().any():
        raise Refusal(
            "started_twice",
            what=(
                "Samma skola står två gånger bland dem som började.",
                "A school stands twice among those that began.",
            ),
            todo=("Behåll den första dagen.", "Keep the first day."),
        )
    return locked.plan


def _lessons(plan: Plan, seen: Seen, last: date) -> pl.DataFrame:
    """unit, month, missed, offered, reported, pupils: by the school that a pupil was enrolled in on the day."""
    window = plan.window
    stays = belonging(seen.facts.enrolments, plan.population)
    stays = stays.select("source", "pupil", "organisation", "start_date", "end_date")
    days = seen.days
    days = days.filter(days.date.between(window.index_date - timedelta(days=window.before_days - 1), last))
    joined = days.join(stays, ["source", "pupil"])
    joined = joined.filter(
        (joined.start_date <= joined.date) & (joined.end_date.isnull() | (joined.end_date >= joined.date))
    )
    # A day counts once a school, also for a pupil whose enrolment was written twice.
    joined = joined.distinct(on=["source", "pupil", "date", "organisation"], keep="first")
    missed = sum((joined[name] for name in MISSED[plan.outcome.name][1:]), joined[MISSED[plan.outcome.name][0]])
    joined = joined.mutate(unit=joined.organisation, month=joined.date.truncate("M"), missed=missed)
    total = joined.group_by("unit", "month").aggregate(
        **{name: joined[name].sum().cast("float64") for name in ("missed", "offered", "reported")},
        pupils=joined.pupil.nunique(),
    )  # fmt: skip
    return seen.frame(total).with_columns(pl.col("month").cast(pl.Date)).sort("unit", "month")


def _first(months: list[date], began: date | None) -> int:
    """The month that it began in: part of it is before, so the first month's effect is told as smaller than it was."""
    if began is None:
        return NEVER
    return next((place for place, month in enumerate(months) if _next(month) > began), NEVER)


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
