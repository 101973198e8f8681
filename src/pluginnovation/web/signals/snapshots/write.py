"""All pictures of a day: made from the signals and the roll-up, and swapped for the old ones in one transaction."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from multiprocessing import get_context
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
from .changes import LEVELS, began, standing, write_changes
from .copying import copy_in, copy_out, line
from .group_rows import Cells, Seen
from .places import places_on
from .recent import Recent
from .studies import NO_STUDIES, STUDY_COLUMNS
from .youths import write_youths

BATCH_PUPILS: Final = 5_000
MOST_WAITING: Final = 4
ROWS_IN_A_PIECE: Final = 500
# Below this, starting another process costs more than it gives.
TWO_PROCESSES_FROM: Final = 10_000
# Two runs at once wait for each other here.
LOCK: Final = 7_104_713
SIGNAL_COLUMNS: Final = (
    "source", "pupil", "school", "signal", "value", "unit", "level", "raised", "numerator", "denominator",
    "detail_1", "detail_2", "detail_3", "detail_text", "school_days", "rests_from", "rests_to", "rests_activity",
    "last_true", "as_of", "activity_name",
)  # fmt: skip
KEPT_COLUMNS: Final = ("pupil", "key", "strip")
WRITTEN: Final = "SELECT pupil, run_id, school, state, waits, share FROM signals_pupilsnapshot WHERE run_id = ANY(%s)"


KEPT: Final = 'SELECT pupil, key, strip FROM signals_studysnapshot ORDER BY pupil COLLATE "C"'
OLD_STUDIES: Final = "DELETE FROM signals_studysnapshot WHERE pupil = ANY (%s)"
FORGET_STUDIES: Final = """
DELETE FROM signals_studysnapshot s WHERE NOT EXISTS (SELECT FROM signals_pupilsnapshot p WHERE p.pupil = s.pupil)
"""


@dataclass(frozen=True, slots=True)
class History:
    """What was so before this run: when each signal began, which answers stand, what studies are told of already.

    See `pupil_rows.Batch`.
    """

    since: pl.DataFrame
    answers: pl.DataFrame
    kept: pl.DataFrame


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
    with _drawing(shown.signals["pupil"].n_unique()) as drawn:
        levels = pl.concat([part.select(LEVELS) for part in (shown.signals, shown.youths) if part.width])
        write_changes(store, shown.as_of, levels)
        # All that is asked for is asked before the copy begins: a connection carries one COPY at a time, and a second
        # would wait for ever. The processes get ready meanwhile.
        history = History(began(shown.as_of), standing(), copy_out(KEPT, (), dict.fromkeys(KEPT_COLUMNS, pl.String)))
        places = places_on(shown.as_of)
        batches = drawn(_batches(shown, numbers, history))
        _clear(Run.objects.filter(source__in=numbers).values("pk"))
        studies: list[bytes] = []
        copy_in(PupilSnapshot._meta.db_table, pupil_rows.COLUMNS, _apart(batches, studies))
        _replace_studies(studies)
        write_youths(shown.youths, history.since, numbers, shown.rules, shown.as_of)
    written = _pupils_written(shown, numbers)
    seen = Seen(written, shown.recent.weeks, places, numbers, shown.cells, shown.results, shown.rules)
    groups = list(group_rows.group_rows(seen))
    schools = list(group_rows.school_rows(seen, groups))
    municipalities = municipality_rows.municipality_rows(seen)
    _copy(GroupSnapshot, group_rows.GROUP_COLUMNS, groups)
    _copy(SchoolSnapshot, group_rows.SCHOOL_COLUMNS, schools)
    _copy(MunicipalitySnapshot, municipality_rows.COLUMNS, municipalities)
    Run.objects.filter(source__in=numbers, shown=True).update(shown=False)
    Run.objects.filter(pk__in=numbers.values()).update(shown=True)
    return {"pupils": len(seen.pupils), "groups": len(groups), "schools": len(schools)}


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


def _copy(table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    copy_in(table._meta.db_table, columns, _pieces(rows))


def _pieces(rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Some rows at a time: the database takes them in while the next are put together."""
    lines = map(line, rows)
    while piece := "".join(islice(lines, ROWS_IN_A_PIECE)):
        yield piece.encode()


@contextmanager
def _drawing(pupils: int) -> Iterator[Callable[[Iterator[pupil_rows.Batch]], Iterator[pupil_rows.Lines]]]:
    """What draws batches of pupils: here, or when they are many in processes that get ready meanwhile."""
    if pupils < TWO_PROCESSES_FROM:
        yield lambda batches: map(pupil_rows.pupil_lines, batches)
        return
    # Spawned, not forked: the engine has threads of its own, which a fork would leave half there.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=pupil_rows.get_ready) as pool:
        pool.submit(pupil_rows.get_ready)
        yield lambda batches: _drawn_beside(pool, batches)


def _drawn_beside(pool: ProcessPoolExecutor, batches: Iterator[pupil_rows.Batch]) -> Iterator[pupil_rows.Lines]:
    # The first are drawn at once, before anyone asks for them. A few wait at a time: the frames aren't all copied.
    begun = deque(pool.submit(pupil_rows.pupil_lines, batch) for batch in islice(batches, MOST_WAITING))
    return _in_turn(pool, begun, batches)


def _in_turn(
    pool: ProcessPoolExecutor, begun: deque[Future[pupil_rows.Lines]], batches: Iterator[pupil_rows.Batch]
) -> Iterator[pupil_rows.Lines]:
    while begun:
        lines = begun.popleft().result()
        begun.extend(pool.submit(pupil_rows.pupil_lines, batch) for batch in islice(batches, 1))
        yield lines


def _batches(shown: Shown, numbers: Mapping[str, int], history: History) -> Iterator[pupil_rows.Batch]:
    places = shown.signals.select("source", "school").unique().drop_nulls()
    codes = [place_code(source, school) for source, school in places.iter_rows()]
    schools = places.with_columns(code=pl.Series(codes, dtype=pl.String))
    days = (shown.as_of - calendar_start(shown.as_of)).days
    last = min(days // 7 * 5 + min(days % 7, 4), drawing.DAYS - 1)
    recent = shown.recent
    frames = (
        shown.signals, recent.weeks, recent.taught, recent.marked, history.since, history.answers, shown.studies,
        history.kept,
    )  # fmt: skip
    firsts = shown.signals["pupil"].unique(maintain_order=True).gather_every(BATCH_PUPILS)
    cuts = [[*_places(frame, firsts), len(frame)] for frame in frames]
    for number in range(len(firsts)):
        parts = [frame[cut[number] : cut[number + 1]] for frame, cut in zip(frames, cuts, strict=True)]
        yield pupil_rows.Batch(numbers, shown.as_of, last, schools, shown.rules, *parts)


def _places(frame: pl.DataFrame, pupils: pl.Series) -> list[int]:
    """Where each pupil's rows begin in a frame that is sorted by pupil."""
    return [int(place) for place in frame["pupil"].search_sorted(pupils, side="left")]


def _pupils_written(shown: Shown, numbers: Mapping[str, int]) -> pl.DataFrame:
    text, whole = pl.String, pl.Int64
    schema = {"pupil": text, "run": whole, "school": text, "state": whole, "waits": text, "share": whole}
    written = copy_out(WRITTEN, [list(numbers.values())], schema).with_columns(pl.col("waits") == "t")
    minutes = shown.signals.filter(pl.col("signal") == pupil_rows.SHARE).select(
        "pupil", away="numerator", reported="denominator", offered="detail_2"
    )
    return written.join(minutes, on="pupil", how="left").with_columns(
        pl.col("school").fill_null(""), pl.col("away", "reported", "offered").fill_null(0)
    )
