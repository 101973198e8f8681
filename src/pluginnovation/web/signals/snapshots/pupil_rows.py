"""Pupils' pictures as rows for the database. Drawn in threads beside, so all that is needed comes in with a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import polars as pl

from pluginnovation.signals.catalogue import ATTENDANCE, CATALOGUE
from pluginnovation.signals.rules import RuleSet

from ..figures import COVERAGE
from .lines import NOTHING
from .pupil_drawings import drawings
from .pupil_json import figures_lines
from .studies import told_of_studies

COLUMNS: Final = (
    "pupil", "run_id", "school", "state", "waits", "level", "leading", "share", "unexcused", "coverage",
    "school_days", "last_true", "weekdays", "bars", "calendar", "days", "meters", "strip", "figures",
)  # fmt: skip
SHARE, UNEXCUSED = "absence_28d", "unexcused_28d"
ORDER: Final = {name: place for place, name in enumerate(CATALOGUE)}

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pupils, and everything that their pictures are made of.

    last      the last place (0-99) in the calendar that isn't ahead
    rules     a source -> its rule set, where its words tell other numbers than the default's
    figures   what `figures_of` gives, of these pupils;  pupils   the same of `pupils_of`
    weeks, taught, marked   as in `recent.py`
    studies   what the meters are made of: see `studies.py`;  kept   pupil, key, strip of the documents that are kept
    """

    as_of: date
    last: int
    rules: Mapping[str, RuleSet]
    figures: pl.DataFrame
    pupils: pl.DataFrame
    weeks: pl.DataFrame
    taught: pl.DataFrame
    marked: pl.DataFrame
    studies: pl.DataFrame
    kept: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Lines:
    """A batch as COPY text: rows of COLUMNS, and of `studies.STUDY_COLUMNS` for what is made anew there."""

    pupils: bytes
    studies: bytes


def pupil_lines(batch: Batch) -> Lines:
    """The batch's rows."""
    told = told_of_studies(batch.pupils, batch.studies, batch.kept, batch.as_of, batch.rules)
    rows = batch.pupils.hstack(drawings(batch.pupils.select("pupil"), batch)).hstack(told.pupils.drop("pupil"))
    cells = [pl.format("{}\t", pl.col(name).cast(pl.String).fill_null(NOTHING)) for name in COLUMNS[:-1]]
    before = rows.select(pl.concat_str(cells)).to_series()
    return Lines(figures_lines(batch.figures, before, batch.rules), told.made)


def figures_of(signals: pl.DataFrame, since: pl.DataFrame, answers: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """The signals in the order of the catalogue, with since, opens (asks adults for an answer) and answered.

    Takes   signals   the long table of signals, sorted by pupil
            since     pupil, signal, since: the day it began, for signals that are raised
            answers   pupil, signal, answered_since, answered_level: what the latest standing answer was to
    """
    raised = pl.col("raised").fill_null(False)
    numbered = signals.with_row_index("no")
    # Only what is raised has begun or is answered, and it is a tenth of all.
    begun = numbered.filter(raised).select("no", "pupil", "signal", "level")
    begun = begun.join(since, on=["pupil", "signal"], how="left").with_columns(pl.col("since").fill_null(as_of))
    begun = begun.join(answers, on=["pupil", "signal"], how="left")
    answered = (pl.col("answered_since") == pl.col("since")) & (pl.col("answered_level") >= pl.col("level"))
    begun = begun.select("no", "since", answered=answered.fill_null(False))
    known = numbered.join(begun, on="no", how="left", maintain_order="left").with_columns(
        pl.col("answered").fill_null(False),
        opens=raised & (pl.col("signal") != COVERAGE),
        place=pl.col("signal").replace_strict(ORDER, return_dtype=pl.Int8),
        # Numbers are put in order ten times as fast as codes.
        of=pl.col("pupil").rle_id(),
    )
    return known.sort("of", "place").drop("no", "of")


def pupils_of(figures: pl.DataFrame, schools: pl.DataFrame, runs: Mapping[str, int]) -> pl.DataFrame:
    """One row per pupil: everything but the drawings and the figures themselves.

    Takes   figures   what `figures_of` gave
            schools   source, school (its id there), code
            runs      a source -> the number of its run
    """
    # Rounded down, like the reasons: 9.96 % is not 10 %.
    percent = pl.when(pl.col("value").is_not_null()).then(100 * pl.col("numerator") // pl.col("denominator"))
    # The highest level leads; of two alike, the first in the catalogue.
    rank = pl.when("opens").then(pl.col("level").cast(pl.Int16) * 100 - pl.col("place"))
    is_share = pl.col("signal") == SHARE
    rows = figures.group_by("pupil", maintain_order=True).agg(
        pl.col("source", "school").first(),
        signalled=pl.col("opens").any(),
        waits=(pl.col("opens") & ~pl.col("answered")).any(),
        level=pl.when("opens").then("level").max(),
        leading=pl.col("signal").filter(rank == rank.max()).first(),
        has_share=is_share.any(),
        share_level=pl.when(is_share).then("level").max(),
        school_days=pl.when(is_share).then("school_days").max().fill_null(0),
        # What was last reported about lessons: the day that an enrolment was looked at says nothing of that.
        last_true=pl.when(pl.col("signal").is_in(list(ATTENDANCE))).then("last_true").max(),
        share=pl.when(is_share).then(percent).max(),
        unexcused=pl.when(pl.col("signal") == UNEXCUSED).then(percent).max(),
        coverage=pl.when(pl.col("signal") == COVERAGE).then(percent).max(),
    )
    unknown = pl.col("share_level").is_null()
    state = pl.when("signalled").then(2).when(unknown).then(1).otherwise(0)
    main = pl.when("has_share").then(pl.lit(SHARE)).otherwise(pl.lit(""))
    placed = rows.join(schools, on=["source", "school"], how="left", maintain_order="left")
    return placed.with_columns(
        run_id=pl.col("source").replace_strict(runs, return_dtype=pl.Int64),
        school=pl.col("code").fill_null(""),
        state=state,
        leading=pl.col("leading").fill_null(main),
    )
