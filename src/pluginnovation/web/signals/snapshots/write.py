"""All pictures of a day: made from the signals and the roll-up, and swapped for the old ones in one transaction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl
from django.db import connection, models

from pluginnovation.records.store import Store
from pluginnovation.signals.rules import RuleSet
from pluginnovation.web.people.names import place_code

from .. import drawing
from ..days import calendar_start
from ..models import (
    GroupSnapshot,
    MunicipalitySnapshot,
    PupilSnapshot,
    Run,
    SchoolSnapshot,
    StudySnapshot,
    YouthSnapshot,
)
from . import group_rows, municipality_rows, pupil_rows
from .beside import in_turn, workers
from .changes import LEVELS, began, standing, write_changes
from .copying import copy_in, frame_of
from .group_rows import Cells, Seen
from .lines import lines_of
from .places import Places, places_on
from .recent import Recent
from .studies import NO_STUDIES, STUDY_COLUMNS
from .youths import write_youths

BATCH_PUPILS: Final = 2_500
# Two runs at once wait for each other here.
LOCK: Final = 7_104_713
SIGNAL_COLUMNS: Final = (
    "source", "pupil", "school", "signal", "value", "unit", "level", "raised", "numerator", "denominator",
    "detail_1", "detail_2", "detail_3", "detail_text", "school_days", "rests_from", "rests_to", "rests_activity",
    "last_true", "as_of", "activity_name",
)  # fmt: skip
KEPT_COLUMNS: Final = ("pupil", "key", "strip")
KEPT: Final = 'SELECT pupil, key, strip FROM signals_studysnapshot ORDER BY pupil COLLATE "C"'
OLD_STUDIES: Final = "DELETE FROM signals_studysnapshot WHERE pupil = ANY (%s)"
FORGET_STUDIES: Final = """
DELETE FROM signals_studysnapshot s WHERE NOT EXISTS (SELECT FROM signals_pupilsnapshot p WHERE p.pupil = s.pupil)
"""


@dataclass(frozen=True, slots=True)
class History:
    """What was so before this run: when each signal began, which answers stand, what studies are told of already.

    See `pupil_rows.figures_of` and `pupil_rows.Batch`.
    """

    since: pl.DataFrame
    answers: pl.DataFrame
    kept: pl.DataFrame


@dataclass(frozen=True, slots=True)
class PlaceLines:
    """The pictures of places as COPY text.

    tables   a table, its columns and its lines;  groups, schools   how many
    """

    tables: tuple[tuple[type[models.Model], tuple[str, ...], bytes], ...]
    groups: int
    schools: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What a day's pictures are made of.

    signals   the signals of the day, SIGNAL_COLUMNS, sorted by pupil; activity_name is of the activity in detail_text
    cells     a group's code -> what its timetable shows
    results   a group's or a school's code -> what each signal says of it: see `results.py`
    studies   what the meters are made of: see `studies.py`
    rules     a source -> its rule set, where its words tell other numbers than the default's
    youths    the signals of youths without a school, which no school's picture counts: SIGNAL_COLUMNS
    """

    as_of: date
    signals: pl.DataFrame
    recent: Recent
    cells: Mapping[str, Cells]
    results: Mapping[str, list[Any]] = field(default_factory=dict)
    studies: pl.DataFrame = field(default_factory=lambda: NO_STUDIES)
    rules: Mapping[str, RuleSet] = field(default_factory=dict)
    youths: pl.DataFrame = field(default_factory=pl.DataFrame)


def write_snapshots(store: Store, shown: Shown, runs: Mapping[str, Run]) -> dict[str, int]:
    """Write every picture of the sources that have a run, in place of the old ones. Call it inside a transaction.

    Takes   runs   a source -> its run, already stored
    Gives   how many pupils, groups, schools and municipalities
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    numbers = {source: run.pk for source, run in runs.items()}
    with workers() as pool:
        levels = pl.concat([part.select(LEVELS) for part in (shown.signals, shown.youths) if part.width])
        write_changes(store, shown.as_of, levels)
        # All that is asked for is asked before the copy begins: a connection carries one COPY at a time, and a second
        # would wait for ever.
        history = History(began(shown.as_of), standing(), frame_of(KEPT, (), dict.fromkeys(KEPT_COLUMNS, pl.String)))
        figures, pupils = _told(shown, numbers, history)
        # Drawing begins at once, and goes on while the database is asked and cleared.
        batches = in_turn(pool, pupil_rows.pupil_lines, _batches(shown, figures, pupils, history))
        places = places_on(shown.as_of)
        _clear(Run.objects.filter(source__in=numbers).values("pk"))
        drawn = pool.submit(place_lines, _seen(shown, pupils, places, numbers))
        studies: list[bytes] = []
        copy_in(PupilSnapshot._meta.db_table, pupil_rows.COLUMNS, _apart(batches, studies))
        _replace_studies(studies)
        write_youths(shown.youths, history.since, numbers, shown.rules, shown.as_of)
        lines = drawn.result()
    for table, columns, rows in lines.tables:
        copy_in(table._meta.db_table, columns, [rows])
    Run.objects.filter(source__in=numbers, shown=True).update(shown=False)
    Run.objects.filter(pk__in=numbers.values()).update(shown=True)
    return {"pupils": len(pupils), "groups": lines.groups, "schools": lines.schools}


def place_lines(seen: Seen) -> PlaceLines:
    """The lines of every group, school and municipality."""
    groups = group_rows.group_rows(seen)
    schools = group_rows.school_rows(seen, groups)
    municipalities = municipality_rows.municipality_rows(seen)
    tables = (
        (GroupSnapshot, group_rows.GROUP_COLUMNS, lines_of(groups)),
        (SchoolSnapshot, group_rows.SCHOOL_COLUMNS, lines_of(schools)),
        (MunicipalitySnapshot, municipality_rows.COLUMNS, lines_of(municipalities)),
    )
    return PlaceLines(tables, len(groups), len(schools))


def _apart(drawn: Iterable[pupil_rows.Lines], studies: list[bytes]) -> Iterator[bytes]:
    """The pupils' lines, while those of studies are put aside: a connection carries one COPY at a time."""
    for lines in drawn:
        studies.append(lines.studies)
        yield lines.pupils


def _replace_studies(made: list[bytes]) -> None:
    """Put what was made anew in place of the old, and leave out pupils who have no picture any more."""
    pupils = [line.partition(b"\t")[0].decode() for lines in made for line in lines.splitlines()]
    with connection.cursor() as cursor:
        cursor.execute(OLD_STUDIES, [pupils])
        copy_in(StudySnapshot._meta.db_table, STUDY_COLUMNS, made)
        cursor.execute(FORGET_STUDIES)


def _clear(runs: models.QuerySet[Any]) -> None:
    # Not TRUNCATE: readers go on reading the old pictures until the transaction ends.
    for table in (PupilSnapshot, YouthSnapshot, GroupSnapshot, SchoolSnapshot):
        table._default_manager.filter(run__in=runs).delete()
    MunicipalitySnapshot.objects.all().delete()


def _told(shown: Shown, numbers: Mapping[str, int], history: History) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The figures of every pupil, and what is counted of each."""
    places = shown.signals.select("source", "school").unique().drop_nulls()
    codes = [place_code(source, school) for source, school in places.iter_rows()]
    figures = pupil_rows.figures_of(shown.signals, history.since, history.answers, shown.as_of)
    return figures, pupil_rows.pupils_of(figures, places.with_columns(code=pl.Series(codes, dtype=pl.String)), numbers)


def _batches(shown: Shown, figures: pl.DataFrame, pupils: pl.DataFrame, history: History) -> Iterator[pupil_rows.Batch]:
    days = (shown.as_of - calendar_start(shown.as_of)).days
    last = min(days // 7 * 5 + min(days % 7, 4), drawing.DAYS - 1)
    recent = shown.recent
    frames = (figures, pupils, recent.weeks, recent.taught, recent.marked, shown.studies, history.kept)
    firsts = pupils["pupil"].gather_every(BATCH_PUPILS)
    cuts = [[*_places(frame, firsts), len(frame)] for frame in frames]
    for number in range(len(firsts)):
        parts = [frame[cut[number] : cut[number + 1]] for frame, cut in zip(frames, cuts, strict=True)]
        yield pupil_rows.Batch(shown.as_of, last, shown.rules, *parts)


def _places(frame: pl.DataFrame, pupils: pl.Series) -> list[int]:
    """Where each pupil's rows begin in a frame that is sorted by pupil."""
    return [int(place) for place in frame["pupil"].search_sorted(pupils, side="left")]


def _seen(shown: Shown, pupils: pl.DataFrame, places: Places, numbers: Mapping[str, int]) -> Seen:
    """What the pictures of places are made of."""
    minutes = shown.signals.filter(pl.col("signal") == pupil_rows.SHARE).select(
        "pupil", away="numerator", reported="denominator", offered="detail_2"
    )
    counted = pupils.select("pupil", "school", "state", "waits", "share", run="run_id")
    counted = counted.join(minutes, on="pupil", how="left")
    counted = counted.with_columns(pl.col("away", "reported", "offered").fill_null(0))
    return Seen(counted, shown.recent.weeks, places, numbers, shown.cells, shown.results, shown.rules)
