"""How a command answers: one JSON document or plain lines on standard output, notes and progress on standard error.

Exit 0 done, 1 a bug, 2 wrong usage, 3 input refused (nothing was changed), 4 a resource is missing.
"""

import errno
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NoReturn

import click

from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.web.config.missing import ResourceMissing

REFUSED, MISSING = 3, 4
LANGUAGE = "en" if os.environ.get("PLUG_LANGUAGE", "sv").lower().startswith("en") else "sv"
# A child of `plug up` goes on counting from when the command began.
STARTED = "PLUG_STARTED"
TICK_SECONDS = 10
NO_SPACE = {errno.ENOSPC, errno.EDQUOT}


def words(sv: str, en: str) -> str:
    """The text in the language of the command (PLUG_LANGUAGE)."""
    return en if LANGUAGE == "en" else sv


@dataclass(slots=True)
class Answer:
    """What a command has to say, and how it was asked to say it."""

    as_json: bool = False
    began: float = field(default_factory=lambda: float(os.environ.get(STARTED) or time.time()))

    def note(self, sv: str, en: str) -> None:
        """A line about what is going on, with the time since the command began."""
        click.echo(f"[{time.time() - self.began:6.1f} s] {words(sv, en)}", err=True)

    @contextmanager
    def busy(self, sv: str, en: str) -> Iterator[None]:
        """A note about work that takes a while, and every ten seconds a sign that it goes on."""
        self.note(f"{sv} …", f"{en} …")
        ended = threading.Event()

        def tick() -> None:
            while not ended.wait(TICK_SECONDS):
                self.note("  … pågår", "  … goes on")

        ticker = threading.Thread(target=tick, daemon=True)
        ticker.start()
        try:
            yield
        finally:
            ended.set()
            ticker.join()

    def give(self, document: Any, lines: Iterable[str]) -> None:
        """The answer itself: the document, or the lines for people."""
        if self.as_json:
            click.echo(json.dumps(document, ensure_ascii=False, default=_plain))
        else:
            for line in lines:
                click.echo(line)

    def stream(
        self, head: Mapping[str, Any], name: str, rows: Iterable[Mapping[str, Any]], line: Callable[[Any], str]
    ) -> None:
        """A long answer: one document with a head and one list, or a line a row; never all of it in memory."""
        if not self.as_json:
            for row in rows:
                click.echo(line(row))
            return
        opening = json.dumps({**head, name: []}, ensure_ascii=False, default=_plain)
        sys.stdout.write(opening.removesuffix("]}"))
        for number, row in enumerate(rows):
            between = ",\n" if number else "\n"
            sys.stdout.write(between + json.dumps(row, ensure_ascii=False, default=_plain))
        sys.stdout.write("]}\n")


class Command(click.Command):
    """A command with --json, whose refusals and missing resources become a message and an exit code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = words("Ett JSON-dokument på standard ut.", "One JSON document on standard output.")
        self.params.append(click.Option(["--json", "as_json"], is_flag=True, expose_value=False, help=said))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Note how the answer is wanted before anything else happens."""
        ctx.obj = Answer(as_json="--json" in args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a termination unwinds it, so that what it started is stopped."""
        endings = (signal.SIGTERM, signal.SIGHUP)
        before = [signal.signal(ending, lambda number, _: sys.exit(128 + number)) for ending in endings]
        try:
            return super().invoke(ctx)
        except Refusal as refusal:
            _fail(ctx.obj, MISSING if isinstance(refusal, Unavailable) else REFUSED, refusal)
        except ResourceMissing as missing:
            _fail(ctx.obj, MISSING, missing)
        except OSError as error:
            if isinstance(error, PermissionError) or error.errno in NO_SPACE:
                _fail(ctx.obj, MISSING, _disk(error))
            raise
        except Exception as error:
            for kinds, lack in MISSING_THINGS.items():
                if kinds & {f"{kind.__module__}.{kind.__name__}" for kind in type(error).__mro__}:
                    _fail(ctx.obj, MISSING, lack)
            raise
        finally:
            # What runs after the command, as Python ends, has nothing left to unwind.
            for ending, handler in zip(endings, before, strict=True):
                signal.signal(ending, handler)


def _fail(answer: Answer, code: int, error: Refusal | ResourceMissing) -> NoReturn:
    if answer.as_json:
        what, todo = words(error.what_sv, error.what_en), words(error.todo_sv, error.todo_en)
        said = {"code": error.code, "what": what, "todo": todo}
        if isinstance(error, Refusal) and error.where:
            said["where"] = error.where
        click.echo(json.dumps({"error": said}, ensure_ascii=False))
    click.echo(error.text(LANGUAGE), err=True)
    sys.exit(code)


def _disk(error: OSError) -> ResourceMissing:
    place = error.filename or "PLUG_HOME"
    return ResourceMissing(
        "disk_or_permission_missing",
        what=(f"Det går inte att skriva i {place}: {error.strerror}.", f"Cannot write in {place}: {error.strerror}."),
        todo=(
            "Frigör plats eller ge rättighet. Inget är halvt gjort.",
            "Free space or give permission. Nothing is half done.",
        ),
    )


# What a command stands on, by the names of the errors that say it is gone: help must not import the engines.
MISSING_THINGS = {
    frozenset({"django.db.utils.OperationalError", "psycopg.OperationalError"}): ResourceMissing(
        "database_unreachable",
        what=("Databasen svarar inte.", "The database does not answer."),
        todo=("Se efter med plug doctor. Inget är halvt gjort.", "Look with plug doctor. Nothing is half done."),
    ),
    frozenset({"_internal.TableNotFoundError", "deltalake.exceptions.TableNotFoundError"}): ResourceMissing(
        "store_missing",
        what=(
            "Tabeller som databasen känner till saknas på disken.",
            "Tables that the database knows are not on disk.",
        ),
        todo=("Återställ facts/ och derived/; se plug doctor.", "Restore facts/ and derived/; see plug doctor."),
    ),
    frozenset({"pluginnovation.privacy.pseudonyms.KeyUnusable"}): ResourceMissing(
        "key_unusable",
        what=("Pseudonymnyckeln går inte att använda.", "The pseudonym key cannot be used."),
        todo=("Se efter med plug doctor.", "Look with plug doctor."),
    ),
}


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a JSON answer")
