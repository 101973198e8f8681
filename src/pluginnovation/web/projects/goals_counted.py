"""What the records say of participants together, before they began and now: what goals are read off from.

One read of the facts for each sub-project, by the worker. Nothing about one participant is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final

import polars as pl

from pluginnovation.projects.goals import Measured, RatioSums, ratio_measured, share_measured
from pluginnovation.projects.indicators import (
    ABSENCE,
    HIGH_ABSENCE,
    HIGH_FROM,
    LEAST_REPORTED,
    MONDAYS,
    UNEXCUSED,
)
from pluginnovation.records.store import Store
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Enrolment

from .models import GoalFigures, Participant

# Twelve weeks before a participant began, and the newest twelve since.
WINDOW: Final = timedelta(days=84)
BEFORE, NOW = "before", "now"
SEX, YEAR = "sex", "year"
READ_OFF: Final = (ABSENCE, UNEXCUSED, MONDAYS, HIGH_ABSENCE)
COLUMNS: Final = ("pupil", "date", "offered", "reported", "excused", "unexcused")
SUMS: Final = ("offered", "reported", "away", "unexcused", "monday_reported", "monday_away")


def count_goals(store: Store, *, as_of: date, at: datetime) -> int:
    """Count every sub-project's participants; returns how many sub-projects have figures of today."""
    began: dict[int, dict[str, date]] = {}
    stays = Participant.objects.exclude(why_ended="mistake").filter(start_date__lte=as_of)
    for number, pupil, start in stays.values_list("sub_project", "pupil", "start_date").order_by("start_date"):
        began.setdefault(number, {}).setdefault(pupil, start)
    made = []
    for number, starts in sorted(began.items()):
        sums = window_sums(_days(store, starts, as_of), starts, as_of)
        document = told_of(sums, _parts(store, starts))
        made.append(GoalFigures(sub_project_id=number, as_of=as_of, made_at=at, document=document))
    with recorded("count_goals", by=None, at=at, about=as_of.isoformat(), sub_projects=len(made)):
        GoalFigures.objects.filter(as_of=as_of).delete()
        GoalFigures.objects.bulk_create(made)
    return len(made)


def _days(store: Store, starts: Mapping[str, date], as_of: date) -> pl.DataFrame:
    days = store.days()
    here = days.filter(days.pupil.isin(sorted(starts)), days.date >= min(starts.values()) - WINDOW, days.date <= as_of)
    return store.frame(here.select(*COLUMNS))


def window_sums(days: pl.DataFrame, starts: Mapping[str, date], as_of: date) -> pl.DataFrame:
    """What each participant was offered and missed in the two windows.

    Takes   days     COLUMNS, minutes
            starts   a participant's code -> the first day
    Gives   pupil, window (before | now), SUMS, known (at least LEAST_REPORTED percent is reported)
    """
    began = pl.DataFrame(list(starts.items()), schema={"pupil": pl.String, "began": pl.Date}, orient="row")
    joined = days.join(began, on="pupil").with_columns(away=pl.col("excused") + pl.col("unexcused"))
    since = pl.col("began") - WINDOW
    before = pl.when(pl.col("date").is_between(since, pl.col("began"), closed="left")).then(pl.lit(BEFORE))
    window = before.when(pl.col("date") >= pl.max_horizontal("began", pl.lit(as_of - WINDOW))).then(pl.lit(NOW))
    monday = (pl.col("date").dt.weekday() == 1).cast(pl.Int64)
    dated = joined.with_columns(
        window=window, monday_reported=pl.col("reported") * monday, monday_away=pl.col("away") * monday
    )
    summed = dated.filter(pl.col("window").is_not_null()).group_by("pupil", "window").agg(pl.col(*SUMS).sum())
    enough = pl.col("reported") * 100 >= pl.col("offered") * LEAST_REPORTED
    return summed.with_columns(known=(pl.col("reported") > 0) & enough)


def told_of(sums: pl.DataFrame, parts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """The stored document: each indicator before and now, of those known in both windows, and by part.

    Takes   parts   a split -> a participant's code -> which part
    Gives   an indicator -> {before, now, n} with the measured figure, or null where it can't be told; and `parts`, a
            split -> a part -> the same. A split is told only when every part has ten or more, or what is left out
            would come out by subtraction
    """
    both = sums.filter("known").group_by("pupil").len().filter(pl.col("len") == 2)["pupil"]
    known = sums.filter(pl.col("pupil").is_in(both.implode()))
    document: dict[str, Any] = {"n": sums["pupil"].n_unique(), "known": len(both), "indicators": _measured(known)}
    document["parts"] = {split: _by_part(known, of) for split, of in parts.items()}
    if document["n"] < 10 or document["known"] < 10:
        return {"few": True}
    return document


def _by_part(known: pl.DataFrame, of: Mapping[str, str]) -> dict[str, Any]:
    named = pl.DataFrame(list(of.items()), schema={"pupil": pl.String, "part": pl.String}, orient="row")
    joined = known.join(named, on="pupil", how="left").with_columns(pl.col("part").fill_null(""))
    sizes = dict(joined.group_by("part").agg(pl.col("pupil").n_unique()).iter_rows())
    if len(sizes) < 2 or min(sizes.values()) < 10 or "" in sizes:
        return {}
    return {part: _measured(joined.filter(pl.col("part") == part)) for part in sorted(sizes)}


def _measured(known: pl.DataFrame) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in READ_OFF:
        found[name] = {
            window: _packed(_one(name, known.filter(pl.col("window") == window))) for window in (BEFORE, NOW)
        }
    return found


def _one(name: str, rows: pl.DataFrame) -> Measured | None:
    if name == HIGH_ABSENCE:
        return share_measured(int((rows["away"] * 100 >= rows["reported"] * HIGH_FROM).sum()), len(rows))
    away, whole = {
        ABSENCE: ("away", "reported"), UNEXCUSED: ("unexcused", "reported"),
        MONDAYS: ("monday_away", "monday_reported"),
    }[name]  # fmt: skip
    here = rows.filter(pl.col(whole) > 0)
    y, x = here[away].cast(pl.Int64), here[whole].cast(pl.Int64)
    return ratio_measured(
        RatioSums(len(here), int(y.sum()), int(x.sum()), int((y * y).sum()), int((x * x).sum()), int((x * y).sum()))
    )


def _packed(one: Measured | None) -> dict[str, int | None] | None:
    return asdict(one) if one else None


def _parts(store: Store, starts: Iterable[str]) -> dict[str, dict[str, str]]:
    codes = sorted(starts)
    pupils = store.facts().pupils
    sexes = store.frame(pupils.filter(pupils.pupil.isin(codes), pupils.sex.notnull()).select("pupil", "sex"))
    years = Enrolment.objects.filter(pupil__in=codes).exclude(school_year=None).order_by("start_date")
    return {
        SEX: dict(sexes.iter_rows()),
        YEAR: {pupil: str(year) for pupil, year in years.values_list("pupil", "school_year")},
    }
