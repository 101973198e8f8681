"""`plug people admit …`: a principal's decision to let a protected pupil in, written down and taken back."""

import sys
from datetime import UTC, datetime

import click

from .answers import Answer, Command, words
from .home import opened

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(
    "admit",
    cls=Command,
    help=words(
        "Skriv ned en rektors beslut att läsa in en elev med skyddade personuppgifter. Elevens id i registret och"
        " skälet frågas efter, eller läses som två rader från standard in: de ska inte stå i kommandots historik.",
        "Write down a principal's decision to let in a pupil whose identity is protected. The pupil's id in the"
        " register and the reason are asked for, or read as two lines of standard input: they don't belong in the"
        " command's history.",
    ),
)
@click.option(
    "--principal", required=True, help=words("Rektorn: inloggning eller kod.", "The principal: login or code.")
)
@click.option("--school", required=True, help=words("Skolans id i registret.", "The school's id in the register."))
@click.option(
    "--until", required=True, type=DAY, help=words("Sista dagen, högst ett år bort.", "The last day, a year at most.")
)
@click.option(
    "--named", required=True, multiple=True, help=words("En som får se eleven.", "One who may see the pupil.")
)
@click.pass_obj
def admit(answer: Answer, principal: str, school: str, until: datetime, named: tuple[str, ...]) -> None:
    """The decision is the principal's; the audit says that the operator wrote it down."""
    source_id = click.prompt(words("Elevens id", "The pupil's id"), hide_input=sys.stdin.isatty(), err=True)
    weighed = click.prompt(words("Varför, och hur hotet har vägts", "Why, and how the threat was weighed"), err=True)
    with opened(answer):
        from pluginnovation.web.people.rights.admissions_written import OnPaper, write_down

        paper = OnPaper(principal, school, source_id, weighed, until.date(), named)
        number = write_down(paper, at=datetime.now(UTC))
    line = words(f"Beslut {number} är sparat. Nästa inläsning tar med eleven.",
                 f"Decision {number} is kept. The next import takes the pupil in.")  # fmt: skip
    answer.give({"number": number}, [line])


@click.command(
    "name-for-admission",
    cls=Command,
    help=words(
        "Ändra vilka som får se eleven i beslut NUMBER, som rektorn har sagt på papper. Allt ändras, eller inget.",
        "Change who may see the pupil of decision NUMBER, as the principal has said on paper. All of it, or nothing.",
    ),
)
@click.argument("number", type=int)
@click.option(
    "--principal",
    required=True,
    help=words("Rektorn som beslutar i dag: inloggning eller kod.", "The principal who decides today: login or code."),
)
@click.option(
    "--add", "add", multiple=True, help=words("En till som får se eleven.", "One more who may see the pupil.")
)
@click.option("--remove", "remove", multiple=True, help=words("En som inte längre får.", "One who may not any longer."))
@click.pass_obj
def name_for_admission(
    answer: Answer, number: int, principal: str, add: tuple[str, ...], remove: tuple[str, ...]
) -> None:
    """True from the next page on; the audit says that the operator wrote it down."""
    if not add and not remove:
        raise click.UsageError(words("Säg vem: --add eller --remove.", "Say who: --add or --remove."))
    with opened(answer):
        from pluginnovation.web.people.rights.admissions_written import NamesOnPaper, name_anew

        named = name_anew(number, NamesOnPaper(principal, add, remove), at=datetime.now(UTC))
    line = words(f"Sparat. {named} får se eleven, från och med nu.", f"Kept. {named} may see the pupil, from now on.")
    answer.give({"number": number, "named": named}, [line])


@click.command(
    "admissions",
    cls=Command,
    help=words("Besluten om skyddade elever, utan vem de rör.", "The decisions about protected pupils, never whom."),
)
@click.pass_obj
def admissions(answer: Answer) -> None:
    """Who decided, until when, how many are named, and why it ended."""
    with opened(answer):
        from pluginnovation.web.people.rights.admissions_written import standing

        rows = standing()
    lines = [
        f"{row['number']}  {row['decided_by']}  {row['until']}  {row['ended'] or words('gäller', 'holds')}"
        for row in rows
    ]
    answer.give({"admissions": rows}, lines or [words("Inga beslut.", "No decisions.")])


@click.command(
    "end-admission",
    cls=Command,
    help=words(
        "Återkalla beslut NUMBER. Det som finns om eleven raderas genast.",
        "Take decision NUMBER back. What is here about the pupil is deleted at once.",
    ),
)
@click.argument("number", type=int)
@click.pass_obj
def end_admission(answer: Answer, number: int) -> None:
    """At once, whoever decided."""
    with opened(answer):
        from pluginnovation.web.people.rights.admissions_written import take_back

        take_back(number, at=datetime.now(UTC))
    answer.give({"number": number}, [words("Klart.", "Done.")])
