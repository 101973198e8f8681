"""`plug evidence list`, `keep` and `message`, and answering the plans that the node keeps."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from pluginnovation.records.refusals import Refusal

from .answers import LANGUAGE, Answer, Command, words

DOTS, EMPTY = "●", "○"


@click.command("list", cls=Command, help=words("Sparade planer och deras svar.", "Stored plans and their answers."))
@click.pass_obj
def list_(answer: Answer) -> None:
    """Every stored plan, one a line."""
    from .home import opened

    with opened(answer):
        from pluginnovation.web.evidence.at_prompt import listed

        rows = listed()
    answer.give({"plans": rows}, [_line(row) for row in rows] or [words("Ingen plan är sparad.", "No plan is stored.")])


def _line(row: dict[str, Any]) -> str:
    locked = words("utkast", "a draft") if row["locked_at"] is None else f"{row['locked_at']:%Y-%m-%d}"
    dots = dotted(row["dots"]) if row["dots"] is not None else "    "
    return f"{row['number']:>4} {dots} {locked:<10} {row['name']}: {row['question']}"


def dotted(dots: int) -> str:
    """Filled dots of four."""
    return DOTS * dots + EMPTY * (4 - dots)


@click.command("keep", cls=Command, help=words("Spara och lås en plan i noden.", "Store and lock a plan at the node."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", required=True, help=words("Inloggningen för den som låser.", "The login of who locks it."))
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=words("Lista med beslut (CSV); annars ur noden.", "A list of decisions (CSV); else from the node."),
)
@click.pass_obj
def keep(answer: Answer, file: Path, by: str, decisions: Path | None) -> None:
    """The plan is locked at once, with its list: nothing of it changes afterwards."""
    from pluginnovation.evidence.plan_files import plan_from_toml

    from .evidence import text_of
    from .home import opened

    plan = plan_from_toml(text_of(file))
    if decisions is None and not plan.decisions:
        raise Refusal(
            "decisions_unsaid",
            what=("Det står inte var besluten finns.", "It isn't said where the decisions are."),
            todo=("Ge --decisions, eller skriv till exempel decisions = \"draws:study_coach\" i planen.",
                  "Give --decisions, or write such as decisions = \"draws:study_coach\" in the plan."),
            where=file.name,
        )  # fmt: skip
    with opened(answer):
        from pluginnovation.web.evidence.at_prompt import keep_plan

        row = keep_plan(plan, decisions=decisions, login=by, at=datetime.now(UTC))
        document = {"number": row.pk, "name": row.name, "checksum": row.checksum, "locked_at": row.locked_at}
    answer.give(document, [f"{document['number']} {document['name']}", str(document["checksum"])])


@click.command(
    "message", cls=Command, help=words("Svaret som fil till kunskapsbanken.", "The answer as a file for the hub.")
)
@click.option("--plan", "said", required=True, help=words("Planens nummer eller namn.", "The plan's number or name."))
@click.option("--site", required=True, help=words("Nodens namn på sig själv.", "The node's name for itself."))
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), required=True, help=words("Filen.", "The file.")
)
@click.pass_obj
def message(answer: Answer, said: str, site: str, out: Path) -> None:
    """A document without any person: counts of ten or more, rounded to five."""
    from .home import opened

    with opened(answer):
        from pluginnovation.web.evidence.at_prompt import found_plan, message_at_prompt

        content = message_at_prompt(found_plan(said), site=site, at=datetime.now(UTC))
    out.write_text(content, "utf-8")
    answer.give({"file": str(out), "bytes": len(content)}, [str(out)])


def run_stored(answer: Answer, said: str | None, as_of: date | None) -> None:
    """Answer one stored plan, or all that are locked and whose outcome's last day has come."""
    from .home import opened
    from .nightly import newest_day

    with opened(answer) as home:
        from pluginnovation.web.evidence.answering import answer_all
        from pluginnovation.web.evidence.at_prompt import answered_at_prompt, found_plan
        from pluginnovation.web.records.actions import opened_store

        row, at = (found_plan(said) if said else None), datetime.now(UTC)
        with opened_store(home) as store:
            day = as_of or newest_day(store, at.date()) or at.date()
            answer.note("Räknar …", "Computing …")
            document: dict[str, Any] = (
                answered_at_prompt(store, row, as_of=day, at=at) if row else answer_all(store, as_of=day, at=at)
            )
    answer.give(document, _one(document) if row else night_lines(document))


def _one(document: dict[str, Any]) -> list[str]:
    return [document["paragraph"]["en" if LANGUAGE == "en" else "sv"], dotted(document["certainty"]["dots"])]


def night_lines(document: dict[str, Any]) -> list[str]:
    """What was answered and what couldn't be, for people."""
    said = "said_en" if LANGUAGE == "en" else "said"
    lines = [f"{one['name']}: {one[said]}" for kind in ("answered", "refused") for one in document[kind]]
    return lines or [words("Ingen låst plan har ett utfall att räkna på.", "No locked plan has an outcome to count.")]
