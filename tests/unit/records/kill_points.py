"""Kills imports for real, at every step that writes and at moments of chance, and tells what was left.

Run as a program by `test_kill.py`, because it forks before the engine and the frames have started their threads.
It prints one JSON document: what the store holds before and after the change, and one line per kill.
"""

import itertools
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from pluginnovation.records.asked import Asked
from pluginnovation.records.delta import DeltaFolder
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import DuckEngine, Store
from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from tests.unit.records.school import lessons
from tests.unit.records.stored import SOURCE, bring, day_of_import, day_rows, lesson, membership, rolled_up_again, rows

FIRST = {
    "lessons": [lesson(pupil, day) for pupil in ("mira", "noor", "sami") for day in ("2025-09-01", "2026-04-01")],
    "memberships": [membership("7b", "mira"), membership("7b", "noor")],
}
SECOND = {
    "lessons": [
        lesson("mira", "2025-09-01", unexcused=60),
        lesson("noor", "2025-09-01", offered=0),
        lesson("noor", "2026-04-02"),
        lesson("noor", "2026-05-04"),
    ],
    "memberships": [membership("7b", "noor"), membership("7c", "mira")],
}


def opened(home: Path) -> Store:
    return Store.open(home, FileLedger(home / "ledger.json"), memory="256MB", threads=1)


def change(home: Path) -> None:
    """The change that is killed. Said again, it completes; done already, it changes nothing."""
    with opened(home) as store:
        bring(store, 2, SECOND)


def purge(home: Path) -> None:
    """The other change that is killed: a pupil is deleted everywhere."""
    with opened(home) as store:
        store.purge(["noor"], at=day_of_import(3), by="dpo")


def read(home: Path) -> None:
    """The third: a folder is read, with a month that has rows already and one whose files are taken over."""
    key, folder = home / "keys" / "pseudonym.key", home.parent / "read"
    if not key.exists():
        key.parent.mkdir(mode=0o700, exist_ok=True)
        key.touch(0o600)
        key.write_bytes(b"k" * 32)
    folder.mkdir(exist_ok=True)
    days = [f"{month}-{day:02}" for month in ("2025-10", "2026-04") for day in range(1, 20)]
    (folder / "lessons.csv").write_text(lessons(*(f"mira,ma,{day},08:00,60,true,60,0,0,0,0" for day in days)), "utf-8")
    with opened(home) as store:
        import_source(store, folder, Asked(by="test", at=day_of_import(2), source=SOURCE))


def undo(home: Path) -> None:
    """The fourth: the first import is taken back. Said again, it is refused and changes nothing."""
    with opened(home) as store, suppress(Refusal):
        undo_import(store, 1, UndoAsked("test", day_of_import(1) + timedelta(hours=1), "fel"))


CHANGES: dict[str, Callable[[Path], None]] = {"import": change, "purge": purge, "read": read, "undo": undo}


def state(home: Path) -> list[Any]:
    """What a reader sees, now and as known after the first import, and whether the roll-up is true."""
    with opened(home) as store:
        seen = [rows(store, table, at) for table in FIRST for at in (None, day_of_import(1))]
        return [json.loads(json.dumps(seen, default=str)), day_rows(store) == rolled_up_again(store)]


def leftovers(home: Path) -> list[str]:
    """Files that no version has, once a writer has come by and old versions are gone."""
    with opened(home) as store:
        with store.lock():
            for folder in store.folders.values():
                folder.vacuum(hours=0)
        head = store.ledger.head()
        listed = {
            folder.folder / f.path for name, folder in store.folders.items() for f in folder.files(head.get(name, 0))
        }
        found = set(store.home.glob("facts/**/*.parquet")) | set(store.home.glob("derived/**/*.parquet"))
        return sorted(str(path.relative_to(home)) for path in found - listed)


def in_child(act: Callable[[], Any], result: Path) -> int:
    """Run in a process of its own; returns how it ended, as `waitpid` says it."""
    child = os.fork()
    if child == 0:
        try:
            result.write_text(json.dumps(act()))
            os._exit(0)
        except BaseException as error:
            sys.stderr.write(f"{type(error).__name__}: {error}\n")
            os._exit(1)
    return os.waitpid(child, 0)[1]


def ask(act: Callable[[], Any], folder: Path) -> Any:
    """What an act answers, in a process of its own."""
    result = folder.parent / f"{folder.name}.json"
    result.unlink(missing_ok=True)
    ended = in_child(act, result)
    return json.loads(result.read_text()) if ended == 0 else f"ended with {ended}"


def count_steps_and_die_at(number: int) -> None:
    """From now on, count every step before and after something is written; at that number, die."""
    steps = 0

    def step() -> None:
        nonlocal steps
        steps += 1
        if steps == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(act: Callable[..., Any], *, only: str = "") -> Callable[..., Any]:
        def watching(*arguments: Any, **named: Any) -> Any:
            if only and not str(arguments[1]).startswith(only):
                return act(*arguments, **named)
            step()
            answer = act(*arguments, **named)
            step()
            return answer

        return watching

    DuckEngine.run = watched(DuckEngine.run, only="COPY")
    DuckEngine.run_beside = watched(DuckEngine.run_beside, only="COPY")
    DeltaFolder.commit = watched(DeltaFolder.commit)
    DeltaFolder.roll_back = watched(DeltaFolder.roll_back)
    DeltaFolder.vacuum = watched(DeltaFolder.vacuum)
    for owner, name in ((os, "fsync"), (Path, "unlink"), (Path, "replace"), (Path, "rename")):
        setattr(owner, name, watched(getattr(owner, name)))


def killed_at_a_step(act: Callable[[Path], None], home: Path, number: int) -> int:
    """Die at that step; returns how the process ended."""

    def run() -> None:
        count_steps_and_die_at(number)
        act(home)

    return in_child(run, home.parent / "unused.json")


def killed_after(act: Callable[[Path], None], home: Path, seconds: float) -> int:
    """Die after that time, wherever it is then; returns how the process ended."""
    child = os.fork()
    if child == 0:
        try:
            act(home)
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


def told(act: Callable[[Path], None], home: Path, ended: int) -> dict[str, Any]:
    """What a reader sees after the kill, and after the same change is asked for again."""

    def look() -> dict[str, Any]:
        seen = state(home)
        act(home)
        return {"seen": seen, "then": state(home), "left": leftovers(home)}

    answer = ask(look, home)
    return {"ended": ended, **(answer if isinstance(answer, dict) else {"failed": answer})}


def main(folder: Path, named: str, every: int) -> None:
    """Kill the change at every `every`th step, some of them again while the rest is undone, and others by chance."""
    act, base, done = CHANGES[named], folder / "base", folder / "done"
    ask(lambda: _prepare(base), base)
    shutil.copytree(base, done)
    began = time.monotonic()
    ask(lambda: act(done), done)
    took = time.monotonic() - began
    answer = {"before": ask(lambda: state(base), base), "after": ask(lambda: state(done), done)}
    kills = []
    for number in itertools.count(1, every):
        with copied(base, folder / f"step-{number}") as home:
            ended = killed_at_a_step(act, home, number)
            if ended != signal.SIGKILL:
                break
            if len(kills) % 4 == 3:
                killed_at_a_step(act, home, 3)
            kills.append({"step": number, **told(act, home, ended)})
    chance = random.Random(7)
    for turn in range(6):
        with copied(base, folder / f"chance-{turn}") as home:
            kills.append(
                {"step": f"chance {turn}", **told(act, home, killed_after(act, home, chance.uniform(0, took)))}
            )
    sys.stdout.write(json.dumps({**answer, "kills": kills}))


@contextmanager
def copied(base: Path, home: Path) -> Iterator[Path]:
    """A copy of the prepared home, for one kill."""
    shutil.copytree(base, home)
    try:
        yield home
    finally:
        shutil.rmtree(home)


def _prepare(base: Path) -> None:
    with opened(base) as store:
        bring(store, 1, FIRST)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
