"""`plug doctor`: what is wrong with this installation, and what to do about it. It changes nothing."""

import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from pluginnovation.web.config.missing import ResourceMissing

from .answers import MISSING, Answer, Command, words
from .checks import Finding, disk_and_home, keys_kept
from .fence_checks import fence_stands, keys_open, seals_hold
from .home import database_of, plug_home, start_django
from .later_checks import database_shape, demo_state, freshness, rules_taken, store_whole, subjects_known
from .methods_checks import hub_beside, methods_here
from .scanner_check import scanner_answers
from .server_checks import servers_well
from .sign_in_checks import ways_in

HELP = words(
    "Vad är fel med installationen, och vad gör man åt det? Ändrar inget. Slutar med 4 om något är fel.",
    "What is wrong with this installation, and what to do about it? Changes nothing. Ends with 4 if something is.",
)
MARKS = {"ok": "  ", "note": "· ", "wrong": "! "}


@click.command("doctor", cls=Command, help=HELP)
@click.pass_obj
def doctor(answer: Answer) -> None:
    """Every check, and what to do about each that fails."""
    found = list(examined(plug_home()))
    wrong = [finding for finding in found if finding.state == "wrong"]
    document = {
        "home": str(plug_home()),
        "well": not wrong,
        "findings": [
            {"check": f.check, "state": f.state, "said": words(*f.said), "todo": words(*f.todo)} for f in found
        ],
    }
    lines = [f"{MARKS[f.state]}{words(*f.said)}{' ' + words(*f.todo) if words(*f.todo) else ''}" for f in found]
    answer.give(document, lines)
    if wrong:
        sys.exit(MISSING)


def records_kept(home: Path, now: datetime) -> Iterator[Finding]:
    """What the store holds. A store that is not whole can't be asked about its codes."""
    store = list(store_whole(home))
    yield from store
    if all(finding.state == "ok" for finding in store):
        yield from subjects_known(home)
    yield from rules_taken()
    yield from freshness(now)
    yield from servers_well(os.environ, now)
    yield from demo_state()
    yield from seals_hold(home, now)
    yield from keys_open()


def examined(home: Path) -> Iterator[Finding]:
    """The checks in the order in which one thing stands on another; what can't be asked is left out."""
    yield from disk_and_home(home)
    if not home.is_dir():
        return
    yield from keys_kept(home, os.environ)
    yield from ways_in(os.environ)
    yield from scanner_answers(os.environ)
    try:
        with database_of(home):
            start_django()
            shape = list(database_shape(home, os.environ))
            yield from shape
            # Tables that aren't there can't be asked; a hub alone in its home has none of the node's.
            if all(finding.state == "ok" for finding in shape):
                yield from fence_stands(home, os.environ)
                yield from records_kept(home, datetime.now(UTC))
                yield from methods_here(home, datetime.now(UTC))
            yield from hub_beside(home, os.environ)
    except ResourceMissing as missing:
        said = (missing.what_sv, missing.what_en)
        yield Finding("database", "wrong", said, (missing.todo_sv, missing.todo_en))
