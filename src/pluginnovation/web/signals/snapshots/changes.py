"""When signals began, climbed and ended: each run compared with the run before it."""

from datetime import date

import polars as pl

from pluginnovation.records.store import Store
from pluginnovation.web.people.clock import today

from ..figures import COVERAGE
from ..models import NO_ANSWER, SignalChange
from .copying import copy_in, frame_of
from .lines import escaped, lines_of

COLUMNS = ("source", "pupil", "signal", "as_of", "before", "after")
LEVELS = ("source", "pupil", "signal", "level")

WRITTEN = """
SELECT source, pupil, signal, before, after FROM signals_signalchange WHERE as_of = %s AND source = ANY (%s)
"""

BEGAN = """
SELECT DISTINCT ON (pupil, signal) pupil, signal, as_of FROM signals_signalchange
WHERE as_of <= %s AND coalesce(before, 0) = 0 AND after >= 1 ORDER BY pupil, signal, as_of DESC
"""

STANDING = """
SELECT pupil, signal, since, level FROM (
    SELECT DISTINCT ON (pupil, signal) pupil, signal, since, level, what FROM signals_answer a
    WHERE a.school = '' OR EXISTS (SELECT 1 FROM people_enrolment e WHERE e.pupil_id = a.pupil
        AND e.organisation_id = a.school AND coalesce(e.start_date, '-infinity') <= %s
        AND coalesce(e.end_date, 'infinity') >= %s)
    ORDER BY pupil, signal, at DESC, id DESC
) AS latest WHERE what <> ALL (%s)
"""


def write_changes(store: Store, as_of: date, levels: pl.DataFrame) -> None:
    """Write what has changed since the last day before this one that signals are kept for.

    Takes   levels   LEVELS of the day, one row per pupil and signal; null is unknown
    """
    days = [day for day in store.signal_days() if day < as_of]
    now = levels.filter(pl.col("signal") != COVERAGE)
    before = store.frame(store.signals(days[-1]).select(*LEVELS)) if days else now.clear()
    both = now.join(before.rename({"level": "before"}).drop("source"), on=["pupil", "signal"], how="left")
    is_raised, was_raised = pl.col("level").fill_null(0) > 0, pl.col("before").fill_null(0) > 0
    changed = both.filter((is_raised | was_raised) & pl.col("level").ne_missing(pl.col("before")))
    changed = changed.select("source", "pupil", "signal", "before", after="level")
    sources = levels["source"].unique().to_list()
    written = frame_of(WRITTEN, [as_of, sources], dict(changed.schema))
    if written.sort(written.columns).equals(changed.sort(changed.columns)):
        return
    SignalChange.objects.filter(as_of=as_of, source__in=sources).delete()
    told = changed.with_columns(escaped("source"), as_of=pl.lit(as_of)).select(COLUMNS)
    copy_in(SignalChange._meta.db_table, COLUMNS, [lines_of(told)])


def began(as_of: date) -> pl.DataFrame:
    """pupil, signal, since: the last day, up to this one, that the signal was raised anew.

    Asked after `write_changes`.
    """
    return frame_of(BEGAN, [as_of], {"pupil": pl.String, "signal": pl.String, "since": pl.Date}).sort("pupil")


def standing() -> pl.DataFrame:
    """pupil, signal, answered_since, answered_level: what the latest answers are to, undone or only seen left out.

    Answers of a school that the pupil goes to no longer are left out too, as on the pages.
    """
    text = pl.String
    schema = {"pupil": text, "signal": text, "answered_since": pl.Date, "answered_level": pl.Int8}
    return frame_of(STANDING, [today(), today(), [str(what) for what in NO_ANSWER]], schema).sort("pupil")
