"""When pupils left school, from the records: how many half-years each was seen, and how it ended."""

from datetime import date, timedelta
from typing import Final

import numpy as np
import polars as pl

from pluginnovation.records.refusals import Refusal

from .dataset import WHO, roster
from .designs.life_tables import ASKED_ABOUT, STILL_THERE, Spells
from .designs.time_to_event import Horizons
from .estimate import Followed
from .measures import Seen, Span, measured
from .outcomes import LEFT_SCHOOL
from .plan import Plan
from .plan_files import Locked

HALF_YEAR: Final = timedelta(days=183)
# Left with what school is for, or couldn't go on: endings of their own, neither staying nor leaving.
DEGREE, GONE = 2, 3
ENDINGS: Final = {"degree": DEGREE, "moved_abroad": GONE, "deceased": GONE}
BANDS: Final = (5.0, 10.0, 20.0)  # per cent of absence before: the authority's usual levels and the half of the first
BETWEEN_SCHOOLS: Final = timedelta(days=90)  # the summer: whoever begins somewhere else by then hasn't left
CAP_CHOSEN: Final = 2
CAP_DRAWN: Final = 5


def spells_of(locked: Locked, assigned: pl.DataFrame, before: Seen, after: Seen, *, as_of: date) -> Followed:
    """One pupil per row: half-years from the index date until school was left, or until nobody can see further.

    Takes   assigned, before, after, as_of   as `dataset.analysis_table`
    Gives   pupils compared within bands of absence before and year of school, and within the strata of a draw; the
            planned horizon is as many half-years as the outcome's window holds
    Raises  Refusal 'outcome_not_of_time' for another outcome than leaving school, and those of `dataset.roster`
    """
    plan = locked.plan
    if plan.outcome.name != LEFT_SCHOOL:
        raise Refusal(
            "outcome_not_of_time",
            what=("Utfallet är inte en tidpunkt.", "The outcome isn't a point in time."),
            todo=(f"Välj {LEFT_SCHOOL}, eller ett annat upplägg.", f"Choose {LEFT_SCHOOL}, or another design."),
            where="outcome.name",
        )
    drawn = bool((~assigned["offered"]).any())
    return followed(plan, roster(locked, assigned, before), (before, after), drawn=drawn, as_of=as_of)


def followed(plan: Plan, rows: pl.DataFrame, seen: tuple[Seen, Seen], *, drawn: bool, as_of: date) -> Followed:
    """The same of those who are counted.

    Takes   rows   as `dataset.roster` gives them; seen: records as known before and after; drawn: whether lots decided
    """
    before, after = seen
    horizon = half_years(plan)
    terms, ending = _ended(rows, plan, after, max(min(horizon, (as_of - plan.window.index_date) // HALF_YEAR), 1))
    spells = Spells(
        terms=terms,
        ending=ending,
        treated=rows["offered"].to_numpy(),
        school=_numbers(rows["school"]),
        cell=_numbers(rows["stratum"]) if drawn else _numbers(_kinds(rows, plan, before)),
    )
    # With nothing to see yet, the horizon lies beyond everybody, and the answer is that it hasn't come.
    return Followed(spells, Horizons((horizon,), CAP_DRAWN if drawn else CAP_CHOSEN))


def half_years(plan: Plan) -> int:
    """How many whole half-years there are from the index date to the outcome's last day, at least one."""
    return max((plan.window.closes - plan.window.index_date) // HALF_YEAR, 1)


def _ended(rows: pl.DataFrame, plan: Plan, after: Seen, seen: int) -> tuple[np.ndarray, np.ndarray]:
    day = plan.window.index_date
    last = day + seen * HALF_YEAR
    stays = after.facts.enrolments
    stays = stays.filter(stays.start_date <= last + BETWEEN_SCHOOLS)
    found = after.frame(stays.select("source", "pupil", "start_date", "end_date"))
    # The stay that ends last; one that hasn't ended comes after all others.
    final = found.sort(*WHO, pl.col("end_date").fill_null(date.max), "start_date").unique(
        WHO, keep="last", maintain_order=True
    )
    joined = rows.select(WHO).join(final, on=WHO, how="left", maintain_order="left")
    joined = joined.join(_other_endings(after), on=WHO, how="left", maintain_order="left")
    ended = joined["end_date"].fill_null(date.max)
    gone = (ended <= last).to_numpy()
    days = (ended - pl.Series([day] * len(ended))).dt.total_days().to_numpy()
    terms = np.where(gone, np.clip(np.ceil(days / HALF_YEAR.days), 1, seen), seen).astype(np.int64)
    return terms, np.where(gone, joined["other"].fill_null(ASKED_ABOUT).to_numpy(), STILL_THERE).astype(np.int64)


def _other_endings(after: Seen) -> pl.DataFrame:
    """source, pupil, other: a degree before all, else that somebody couldn't go on."""
    events = after.facts.outcome_events
    events = events.filter(events.event.isin(list(ENDINGS)))
    found = after.frame(events.select("source", "pupil", "event"))
    found = found.with_columns(other=pl.col("event").replace_strict(ENDINGS, return_dtype=pl.Int64))
    return found.group_by(WHO).agg(pl.col("other").min()).sort(WHO)


def _kinds(rows: pl.DataFrame, plan: Plan, before: Seen) -> pl.Series:
    """Band of absence before and year of school: like is compared with like."""
    span = Span.ending(plan.window.index_date, plan.window.before_days)
    found = measured("absence_share", before, span).select(*WHO, "value")
    value = rows.select(WHO).join(found, on=WHO, how="left", maintain_order="left")["value"].cast(pl.Float64)
    # An unknown absence sorts above every band, and is a kind of its own.
    band = pl.Series(np.searchsorted(BANDS, value.fill_null(np.nan).to_numpy(), side="right")).cast(pl.String)
    return band + pl.Series(np.where(value.is_null(), "?", "")) + " " + rows["year"].cast(pl.String).fill_null("-")


def _numbers(labels: pl.Series) -> np.ndarray:
    return np.unique(labels.to_numpy(), return_inverse=True)[1].reshape(-1).astype(np.int64)
