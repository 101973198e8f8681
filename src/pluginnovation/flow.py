"""The whole platform on one page. Read this first; the end-to-end test runs it.

Data flows down this page as it flows down the map: each stage takes what the one above it gave. The stages that
are to come stand as comments where they will be called, so that the order is never a matter of taste.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.store import Store
from pluginnovation.records.summary import Summary
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.run import attendance_signals


@dataclass(frozen=True, slots=True)
class Noticed:
    """One raised signal: a pupil's code, the signal, its level (1-3) and why, in Swedish."""

    pupil: str
    signal: str
    level: int
    why: str


@dataclass(frozen=True, slots=True)
class Day:
    """What one day gave.

    arrived   what the import did, resource by resource
    known     how many results have a value, for all pupils and signals
    unknown   how many don't: neither zero nor fine
    noticed   the raised ones, by pupil and signal
    """

    arrived: Summary
    known: int
    unknown: int
    noticed: tuple[Noticed, ...]


def one_day(source: Path, *, named: str, home: Path, as_of: date, at: datetime) -> Day:
    """From a school's files to who needs an adult, and why.

    Takes   source   a folder of CSV or SS 12000 JSON
            named    what the source is called; pupils' codes are made from it
            home     where facts and keys are kept
            as_of    the last school day that counts
            at       now: when the records become known
    Gives   the day
    Raises  Refusal when the source can't be taken; then nothing was changed
    """
    with Store.open(home, FileLedger(home / "ledger.json")) as store:
        # 1 What arrives: checked, set aside or refused; people become codes; all of it or nothing.
        arrived = import_source(store, source, Asked(by="flow", at=at, source=named))

        # 2 What we notice: rules that people wrote, over facts as they are known now.
        signals = attendance_signals(store.facts(), store.days(), as_of=as_of, keep=store.materialise)
        results = store.frame(signals).sort("pupil", "signal")

        # 3 What we do: cases, deadlines, who must act next.       support, to come
        # 4 What we try: calls, analyses, goals, reports.          projects, to come
        # 5 What it changed: designs, estimates, their doubt.      evidence, to come
        # 6 What we know: how sure, for whom, from which study.    knowledge, to come
        # 7 How it goes: tables that may leave the building.       outcomes, to come
        raised = [row for row in results.to_dicts() if row["raised"]]
    return Day(
        arrived=arrived,
        known=results["value"].count(),
        unknown=results["value"].null_count(),
        noticed=tuple(Noticed(r["pupil"], r["signal"], r["level"], reason(r, "sv")) for r in raised),
    )
