"""`plug evidence`: lock a plan before outcomes are looked at, and answer what the help changed."""

import json
import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pluginnovation.records.refusals import Refusal

from .answers import LANGUAGE, Answer, Command, words
from .evidence_node import keep, list_, message, run_stored
from .moments import Day

if TYPE_CHECKING:
    from pluginnovation.evidence.answer import Answered
    from pluginnovation.evidence.plan_files import Locked

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
MARKS = {"held": "✓", "failed": "✗", "unknown": "?"}
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@click.group(
    "evidence",
    help=words("Vad hjälpen ändrade: planer och svar.", "What the help changed: plans and answers."),
)
def evidence() -> None:
    """The group: does nothing by itself."""


for _command in (list_, keep, message):
    evidence.add_command(_command)


@evidence.group("plan", help=words("Planer: pröva, lås, skriv avsteg.", "Plans: check, lock, note departures."))
def plan() -> None:
    """The group: does nothing by itself."""


_by = click.option("--by", required=True, help=words("Vem, till exempel en roll.", "Who, such as a role."))


@plan.command("check", cls=Command, help=words("Går planen att genomföra?", "Can the plan be carried out?"))
@click.argument("file", type=FILE)
@click.pass_obj
def check(answer: Answer, file: Path) -> None:
    """The plan's checksum, or what is wrong with it."""
    from pluginnovation.evidence.plan_files import checksum, plan_from_toml

    found = plan_from_toml(text_of(file))
    document = {"name": found.name, "design": found.design, "checksum": checksum(found)}
    answer.give(document, [words("Planen går att låsa.", "The plan can be locked."), document["checksum"]])


@plan.command("lock", cls=Command, help=words("Lås en plan med tid och namn.", "Lock a plan with time and name."))
@click.argument("file", type=FILE)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=words("Ny fil.", "A new file.")
)
@_by
@click.pass_obj
def lock_(answer: Answer, file: Path, out: Path, by: str) -> None:
    """A locked plan as a file of its own; one that is there is never written over."""
    from pluginnovation.evidence.plan_files import lock, locked_to_json, plan_from_toml

    locked = lock(plan_from_toml(text_of(file)), at=datetime.now(UTC), by=by)
    try:
        with out.open("xb") as written:
            written.write(locked_to_json(locked))
    except FileExistsError as error:
        raise Refusal(
            "plan_already_locked",
            what=("Det finns redan en låst plan där.", "There is a locked plan already."),
            todo=("Skriv ett avsteg, eller välj ett annat filnamn.", "Note a departure, or choose another name."),
            where=out.name,
        ) from error
    document = {"checksum": locked.checksum, "locked_at": locked.locked_at, "ahead": locked.ahead}
    late = words(
        "Utfallets tid har redan börjat: det står vid svaret.", "The outcome's time has begun: the answer says so."
    )
    answer.give(document, [locked.checksum, *([] if locked.ahead else [late])])


_decisions = click.option(
    "--decisions",
    type=FILE,
    help=words(
        "CSV: source, pupil, offered, decided_on, gärna stratum, taken_up, hours; eller organisation, started_on.",
        "CSV: source, pupil, offered, decided_on, and stratum, taken_up, hours; or organisation, started_on.",
    ),
)


@plan.command(
    "rehearse",
    cls=Command,
    help=words("Hur liten förändring skulle planen se?", "How small a change would the plan see?"),
)
@click.argument("file", type=FILE)
@_decisions
@click.pass_obj
def rehearse(answer: Answer, file: Path, decisions: Path | None) -> None:
    """What the plan would find, tried on records from before its index date."""
    from pluginnovation.evidence.plan_files import plan_from_toml

    from .home import opened

    _few_threads()
    found = plan_from_toml(text_of(file))
    rows = _decided(file, decisions)
    with opened(answer) as home:
        from pluginnovation.evidence.answer import decisions_from
        from pluginnovation.evidence.rehearsing import rehearsed
        from pluginnovation.web.records.actions import opened_store

        with opened_store(home) as store:
            answer.note("Räknar …", "Computing …")
            made = rehearsed(found, decisions_from(rows, found.design), store, at=datetime.now(UTC))
    told = made.rehearsal
    document = {"plan": found.name, "why": told.why, "first": made.first, "last": made.last, "pupils": told.n,
                "worthwhile": found.outcome.worthwhile}  # fmt: skip
    if not told.why:
        document |= {"se": told.se, "df": told.df, "least": told.least, "found": told.found}
    answer.give(document, _rehearsal_lines(document))


def _rehearsal_lines(document: dict[str, Any]) -> list[str]:
    from pluginnovation.evidence.plain_words import CANNOT, ELSE_CANNOT

    if document["why"]:
        return [words("Det går inte att säga i förväg.", "It can't be told beforehand."),
                words(*CANNOT.get(document["why"], ELSE_CANNOT))]  # fmt: skip
    least, found = f"{document['least']:.1f}", round(100 * document["found"])
    if LANGUAGE != "en":
        least = least.replace(".", ",")
    return [
        words(f"Den minsta förändring som oftast syns är {least}.",
              f"The smallest change that mostly shows is {least}."),
        words(f"En förändring på {document['worthwhile']:g} hittas {found} gånger av 100.",
              f"A change of {document['worthwhile']:g} is found {found} times in 100."),
        words(f"Provad på {document['pupils']} elever, från {document['first']} till {document['last']}.",
              f"Tried on {document['pupils']} pupils, from {document['first']} to {document['last']}."),
    ]  # fmt: skip


def _few_threads() -> None:
    """Before the first import of numpy in this process: an estimate shares the machine with a server."""
    for name in THREADS:
        os.environ.setdefault(name, "1")


def _decided(file: Path, decisions: Path | None) -> Path:
    if decisions is None:
        raise Refusal(
            "decisions_unsaid",
            what=("Besluten saknas.", "The decisions are missing."),
            todo=("Ge --decisions med en CSV-fil.", "Give --decisions with a CSV file."),
            where=file.name,
        )
    return decisions


@plan.command("depart", cls=Command, help=words("Skriv ett avsteg från planen.", "Note a departure from the plan."))
@click.argument("file", type=FILE)
@_by
@click.option("--what", required=True, help=words("Vad som blev annorlunda.", "What became different."))
@click.option("--why", required=True, help=words("Varför.", "Why."))
@click.pass_obj
def depart(answer: Answer, file: Path, by: str, what: str, why: str) -> None:
    """The departure is added to the locked plan's file; those before it stay."""
    from pluginnovation.evidence.plan_files import Departure, departed, locked_to_json

    left = departed(_locked(file), Departure(datetime.now(UTC), by, what, why))
    aside = file.with_name(f"{file.name}.new")
    aside.write_bytes(locked_to_json(left))
    aside.replace(file)
    document = {
        "departures": [{"at": one.at, "by": one.by, "what": one.what, "why": one.why} for one in left.departures]
    }
    answer.give(document, [f"{one.at:%Y-%m-%d %H:%M} {one.what}: {one.why}" for one in left.departures])


@evidence.command(
    "run", cls=Command, help=words("Svara på en låst plan ur uppgifterna.", "Answer a locked plan from the records.")
)
@click.option(
    "--plan",
    "said",
    help=words(
        "Den låsta planens fil, eller en sparad plans nummer eller namn; annars alla som går att svara på.",
        "The locked plan's file, or a stored plan's number or name; else all that can be answered.",
    ),
)
@_decisions
@click.option("--as-of", type=Day(), help=words("Dagen för svaret; förvalt i dag.", "The day; today unless said."))
@click.pass_obj
def run(answer: Answer, said: str | None, decisions: Path | None, as_of: date | None) -> None:
    """The estimate with everything that belongs to it, and one paragraph."""
    _few_threads()
    file = Path(said) if said else None
    if file is None or not file.is_file():
        run_stored(answer, said, as_of)
        return
    _run_file(answer, file, _decided(file, decisions), as_of)


def _run_file(answer: Answer, file: Path, decisions: Path, as_of: date | None) -> None:
    from .home import opened

    locked = _locked(file)
    with opened(answer) as home:
        from pluginnovation.evidence.answer import answered, decisions_from
        from pluginnovation.web.records.actions import opened_store

        rows = decisions_from(decisions, locked.plan.design)
        with opened_store(home) as store:
            answer.note("Räknar …", "Computing …")
            found = answered(locked, rows, store, as_of=as_of or datetime.now(UTC).date())
    answer.give(_document(found, locked), _lines(found))


def text_of(file: Path) -> str:
    """A plan's text. Raises Refusal 'plan_unreadable'."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise Refusal(
            "plan_unreadable",
            what=("Planen är inte skriven i UTF-8.", "The plan isn't written in UTF-8."),
            todo=("Spara den som UTF-8.", "Save it as UTF-8."),
            where=file.name,
        ) from error


def _locked(file: Path) -> "Locked":
    from pluginnovation.evidence.plan_files import locked_from_json

    return locked_from_json(file.read_bytes())


def _document(found: "Answered", locked: "Locked") -> dict[str, object]:
    from pluginnovation.evidence.result import bytes_of

    return {
        "plan": {"checksum": locked.checksum, "locked_at": locked.locked_at, "ahead": locked.ahead},
        "result": json.loads(bytes_of(found.result)),
        "certainty": {
            "locks": found.grade.locks, "dots": found.grade.dots, "word": found.grade.word(LANGUAGE),
            "steps": [{"change": one.change, "code": one.code, "detail": one.detail} for one in found.grade.steps],
        },
        "paragraph": {"sv": found.paragraph("sv"), "en": found.paragraph("en")},
        "warning_example": json.loads(bytes_of(found.warning)) if found.warning else None,
        "not_enrolled": found.not_enrolled,
        "disposed": found.disposed,
    }  # fmt: skip


def _lines(found: "Answered") -> list[str]:
    grade, result = found.grade, found.result
    dots = "●" * grade.dots + "○" * (4 - grade.dots)
    tried = [f"  {MARKS[one.outcome]} {one.name}" for one in result.diagnostics]
    return [found.paragraph("en" if LANGUAGE == "en" else "sv"), f"{dots} {grade.word(LANGUAGE)}", *tried]
