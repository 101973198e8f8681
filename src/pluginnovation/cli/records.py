"""`plug records`: read records in, and see what has been read in."""

import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from .answers import Answer, Command, words
from .home import opened
from .profiles import profile as profile_commands
from .servers import fetched_from
from .servers import server as server_commands


@click.group("records", help=words("Läs in uppgifter, och se vad som har lästs in.", "Read records in, and see them."))
def records() -> None:
    """The group: does nothing by itself."""


BECAUSE = words("Skälet, för historiken; utan namn på någon.", "The reason, for the history; nobody's name.")

records.add_command(profile_commands)
records.add_command(server_commands)


def operator() -> str:
    """Who sits at the command line, as the account of imports names it."""
    try:
        return f"plug:{getpass.getuser()}"
    except (KeyError, OSError):
        return "plug"


@records.command(
    "import",
    cls=Command,
    help=words(
        "Läs in SOURCE: en mapp med CSV eller med SS 12000 JSON, eller en tillagd servers adress. "
        "Allt eller inget sparas.",
        "Read SOURCE in: a folder of CSV or of SS 12000 JSON, or the address of a server that was added. "
        "All of it is stored, or nothing.",
    ),
)
@click.argument("source")
@click.option("--source", "name", default=None, help=words("Källans namn.", "The source's name."))
@click.option(
    "--profile",
    default="csv",
    show_default=True,
    help=words("Läsprofil: namn eller TOML-fil.", "A profile: name or TOML file."),
)
@click.option("--dry-run", is_flag=True, help=words("Kontrollera bara; spara inget.", "Check only; store nothing."))
@click.option("--strict", is_flag=True, help=words("Vägra om en rad är fel.", "Refuse if one row is wrong."))
@click.option("--max-quarantine", type=click.FloatRange(0, 100), default=5.0, show_default=True, metavar="PCT")
@click.pass_obj
def import_(
    answer: Answer, source: str, name: str | None, profile: str, dry_run: bool, strict: bool, max_quarantine: float
) -> None:
    """One import, and its summary per resource. The address of a server that was added is fetched from."""
    if source.startswith(("http://", "https://")) and fetched_from(answer, source, dry_run=dry_run):
        return
    with opened(answer) as home:
        from pluginnovation.records.asked import Asked
        from pluginnovation.records.importing import import_source
        from pluginnovation.web.people.clock import today
        from pluginnovation.web.records.actions import identity_sink, opened_store
        from pluginnovation.web.records.profiles import profile_for

        answer.note(f"Läser {Path(source).name} …", f"Reading {Path(source).name} …")
        asked = Asked(
            by=operator(),
            at=datetime.now(UTC),
            source=name,
            profile=profile_for(profile, source=name, on=today()),
            dry_run=dry_run,
            strict=strict,
            max_quarantine=max_quarantine,
            sink=identity_sink(),
        )
        with opened_store(home) as store:
            summary = import_source(store, source, asked)
    answer.give(summary.as_dict(), [summary.text(words("sv", "en"))])


@records.command(
    "status",
    cls=Command,
    help=words(
        "Per källa och tabell: rader, dagar, inläsningar, karantän, väntande.",
        "Per source and table: rows, days, imports, quarantined, held.",
    ),
)
@click.pass_obj
def status(answer: Answer) -> None:
    """What the store holds."""
    with opened(answer) as home:
        from pluginnovation.web.records.actions import known_imports, opened_store

        imports = known_imports()
        with opened_store(home) as store:
            tables = [one for one in store.status() if one.table != "refused"]
    rows = []
    for one in tables:
        own = [each for each in imports if each.source == one.source and one.table in each.counts]
        rows.append(
            {
                "source": one.source,
                "table": one.table,
                "rows": one.rows,
                "first_date": one.first,
                "last_date": one.last,
                "imports": sum(each.status == "done" for each in own),
                "quarantined": sum(quarantined(each.counts[one.table]) for each in own),
                "held": sum(each.status == "held" for each in own),
            }
        )
    held = [
        {"import": each.id, "source": each.source, "because": each.because} for each in imports if each.status == "held"
    ]
    lines = [
        f"{r['source']}  {r['table']:16} {r['rows']:>10}  {r['first_date'] or ''} {r['last_date'] or ''}" for r in rows
    ]
    lines += [words(f"Väntar: inläsning {h['import']}", f"Held: import {h['import']}") for h in held]
    answer.give({"tables": rows, "held": held}, lines or [words("Inget är inläst.", "Nothing has been read in.")])


def quarantined(counts: object) -> int:
    """How many rows of a resource were turned away, from the counts of its import."""
    by_rule: Any = counts.get("quarantined", {}) if hasattr(counts, "get") else {}
    return sum(by_rule.values()) if hasattr(by_rule, "values") else int(by_rule)


@records.command(
    "quarantine",
    cls=Command,
    help=words(
        "Rader som inte togs emot: fil, rad, kolumn och regel, aldrig vad som stod där.",
        "Rows that were turned away: file, line, column and rule, never what stood there.",
    ),
)
@click.option("--import", "number", type=int, default=None, help=words("Inläsningens nummer.", "The import's number."))
@click.option("--source", default=None, help=words("Bara denna källa.", "This source only."))
@click.pass_obj
def quarantine(answer: Answer, number: int | None, source: str | None) -> None:
    """What was turned away: of one import, or of all."""
    with opened(answer):
        from pluginnovation.web.records.actions import known_imports, turned_away

        found = [one for one in known_imports() if number in (None, one.id) and source in (None, one.source)]
        rows = [{"import": one.id, "source": one.source, **row} for one in found for row in turned_away(one.id)]
    by_rule: dict[str, int] = {}
    for row in rows:
        key = f"{row['resource']} {row['rule']}"
        by_rule[key] = by_rule.get(key, 0) + 1
    lines = [f"{count:>8}  {key}" for key, count in sorted(by_rule.items())]
    lines += [_turned_away(row) for row in rows[:50]]
    answer.give({"quarantined": rows, "by_rule": by_rule}, lines or [words("Tomt.", "Empty.")])


def _turned_away(row: dict[str, Any]) -> str:
    """One row of quarantine for people: where it stands, which columns, and what is wrong with them."""
    from pluginnovation.records.rules import RULES

    columns = row["column"] or words("hela raden", "the whole row")
    said = words(*RULES.get(row["rule"], (row["rule"], row["rule"])))
    line = words(f"rad {row['line']}", f"line {row['line']}")
    return f"{row['import']:>4} {row['file']}, {line}, {columns}: {said} ({row['rule']}, {row['value_class']})"


@records.command(
    "code",
    cls=Command,
    help=words(
        "De koder som en källas person-id har fått. Uppslaget skrivs i besöksloggen.",
        "The codes that a source's person ids have. The look-up is written in the visit log.",
    ),
)
@click.argument("source_ids", nargs=-1, required=True, metavar="SOURCE_ID …")
@click.option(
    "--source", default=None, help=words("Källans namn, om flera har samma id.", "The source, if several have the id.")
)
@click.pass_obj
def code(answer: Answer, source_ids: tuple[str, ...], source: str | None) -> None:
    """Codes of source ids; an unknown one has none."""
    with opened(answer) as home:
        from pluginnovation.web.records.actions import show_codes

        codes = show_codes(home, source_ids, source=source, at=datetime.now(UTC))
    answer.give({"codes": codes}, [f"{one}  {found or words('okänd', 'unknown')}" for one, found in codes.items()])


@records.command("release", cls=Command, help=words("Låt en väntande inläsning gälla.", "Let a held import count."))
@click.argument("number", type=int)
@click.option("--because", default="", help=BECAUSE)
@click.pass_obj
def release(answer: Answer, number: int, because: str) -> None:
    """Release a held import."""
    with opened(answer) as home:
        from pluginnovation.records.waiting import release_import
        from pluginnovation.web.records.actions import identity_sink, opened_store

        with opened_store(home) as store:
            at = datetime.now(UTC)
            summary = release_import(store, number, sink=identity_sink(), by=operator(), at=at, why=because)
    answer.give(summary.as_dict(), [summary.text(words("sv", "en"))])


@records.command("discard", cls=Command, help=words("Kasta en väntande inläsning.", "Throw a held import away."))
@click.argument("number", type=int)
@click.option("--because", default="", help=BECAUSE)
@click.pass_obj
def discard(answer: Answer, number: int, because: str) -> None:
    """Discard a held import."""
    with opened(answer) as home:
        from pluginnovation.records.waiting import discard_import
        from pluginnovation.web.records.actions import opened_store

        with opened_store(home) as store:
            discard_import(store, number, by=operator(), at=datetime.now(UTC), why=because)
    answer.give({"import": number, "status": "discarded"}, [words("Kastad.", "Discarded.")])


@records.command(
    "undo",
    cls=Command,
    help=words(
        "Ta tillbaka en källas senaste inläsning: uppgifterna läses som om den inte hade kommit.",
        "Take a source's newest import back: the records read as though it hadn't come.",
    ),
)
@click.argument("number", type=int)
@click.option("--because", default="", help=BECAUSE)
@click.option("--dry-run", is_flag=True, help=words("Visa bara vad det ändrar.", "Only say what it changes."))
@click.pass_obj
def undo(answer: Answer, number: int, because: str, dry_run: bool) -> None:
    """Take an import back, with a reason."""
    if not dry_run and not because.strip():
        raise click.UsageError(words("Ange skälet med --because.", "Give the reason with --because."))
    with opened(answer) as home:
        from pluginnovation.records.undo_asked import UndoAsked
        from pluginnovation.records.undoing import undo_import
        from pluginnovation.web.records.actions import identity_sink, opened_store

        asked = UndoAsked(operator(), datetime.now(UTC), because.strip(), dry_run)
        with opened_store(home) as store:
            summary = undo_import(store, number, asked, identity_sink())
    answer.give(summary.as_dict(), [summary.text(words("sv", "en"))])
