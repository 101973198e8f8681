"""The demo region of a first start: made up, read in as any source is, and computed. Never past the import."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from .answers import Answer

PUPILS, MUNICIPALITIES, SEED = 4000, 13, 1


def demo_region(answer: Answer, home: Path) -> None:
    """Make the demo region if this home is new, or complete one that was interrupted.

    A home where something else was read in gets none. Each step looks for what the step before left, so it can be
    stopped anywhere and begun again.
    """
    folder, done = home / "demo", home / "demo" / "done"
    if done.exists():
        return
    from pluginnovation.web.records.actions import known_imports

    if not folder.exists() and known_imports():
        return
    source = _written(answer, folder)
    _read_in(answer, home, source)
    _computed(answer, home)
    done.touch()
    answer.note("Demoregionen är klar.", "The demo region is ready.")


def _written(answer: Answer, folder: Path) -> Path:
    """The region as files, whole or not at all."""
    from pluginnovation.simulation import simulate

    source = folder / "region"
    if not source.exists():
        answer.note(
            f"Hittar på en region: {MUNICIPALITIES} kommuner, {PUPILS} elever, ett läsår …",
            f"Making up a region: {MUNICIPALITIES} municipalities, {PUPILS} pupils, one school year …",
        )
        fresh = folder / "region.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        simulate(fresh, pupils=PUPILS, municipalities=MUNICIPALITIES, seed=SEED)
        fresh.rename(source)
    return source


def _read_in(answer: Answer, home: Path, source: Path) -> None:
    answer.note("Läser in den, kontrollerar varje rad …", "Reading it in, checking every row …")
    raise SystemExit(f"{source} {home} {datetime.now(UTC)}")


def _computed(answer: Answer, home: Path) -> None:
    answer.note("Räknar signaler …", "Computing signals …")
    raise SystemExit(str(home))
