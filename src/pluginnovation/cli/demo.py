"""The demo region of a first start: made up, read in as any source is, and computed. Never past the import."""

from datetime import UTC, date, datetime
from pathlib import Path

from .answers import Answer

MUNICIPALITIES, SEED = 13, 1
# The region's last school day, so that class lists of today and figures of the day speak of the same pupils.
AS_OF = date(2026, 6, 12)


def demo_region(answer: Answer, home: Path, *, pupils: int) -> None:
    """Make the demo region if this home is new, or complete one that was interrupted.

    A home where something else was read in gets none. Each step looks for what the step before left, so it can be
    stopped anywhere and begun again.
    """
    folder, done = home / "demo", home / "demo" / "done"
    if done.exists():
        return
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.records.actions import known_imports

    sources = {row.source for row in known_imports()}
    if sources - {SOURCE} or (sources and not folder.exists()):
        return
    source = _written(answer, folder, pupils)
    _read_in(answer, home, source)
    _computed(answer)
    done.touch()
    answer.note("Demoregionen är klar.", "The demo region is ready.")


def _written(answer: Answer, folder: Path, pupils: int) -> Path:
    """The region as files, whole or not at all."""
    from pluginnovation.simulation import simulate

    source = folder / "region"
    if source.exists():
        return source
    folder.mkdir(parents=True, exist_ok=True)
    with answer.busy(
        f"Hittar på en region: {MUNICIPALITIES} kommuner, {pupils} elever, ett läsår",
        f"Making up a region: {MUNICIPALITIES} municipalities, {pupils} pupils, one school year",
    ):
        simulate(source, pupils=pupils, municipalities=MUNICIPALITIES, seed=SEED)
    return source


def _read_in(answer: Answer, home: Path, source: Path) -> None:
    """Through the same door as any source. A second time changes nothing."""
    from pluginnovation.records.asked import Asked
    from pluginnovation.records.importing import import_source
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.records.actions import identity_sink, opened_store

    asked = Asked(by="plug up", at=datetime.now(UTC), source=SOURCE, sink=identity_sink())
    said = ("Läser in den och kontrollerar varje rad", "Reading it in, checking every row")
    with answer.busy(*said), opened_store(home) as store:
        import_source(store, source, asked)


def _computed(answer: Answer) -> None:
    from pluginnovation.web.signals.actions import run_signals

    with answer.busy("Räknar signaler och ritar sidornas bilder", "Computing signals, drawing the pages' pictures"):
        run_signals(as_of=AS_OF, by=None, at=datetime.now(UTC))
