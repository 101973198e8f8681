"""`plug records profile`: how files of other systems are read; what a profile makes of them, before they are read."""

import secrets
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .answers import Answer, Command, words
from .home import opened

if TYPE_CHECKING:
    from pluginnovation.records.profiles_preview import FileSeen, Preview


@click.group(
    "profile",
    help=words("Läsprofiler: hur andra systems filer läses.", "Profiles: how files of other systems are read."),
)
def profile() -> None:
    """The group: does nothing by itself."""


def _today() -> date:
    from pluginnovation.web.people.clock import today

    return today()


_source = click.option("--source", default=None, help=words("Källans namn.", "The source's name."))


@profile.command(
    "list",
    cls=Command,
    help=words("Inbyggda profiler, och källornas egna i versioner.", "Built-in profiles, and the sources' own."),
)
@click.pass_obj
def list_(answer: Answer) -> None:
    """Every profile; of a source's own, every version."""
    with opened(answer):
        from pluginnovation.records.profiles import built_in
        from pluginnovation.web.records.profiles import own_versions

        rows: list[dict[str, object]] = [
            {"name": one.name, "version": one.version, "source": None, "since": None, "about": words(*one.about)}
            for one in built_in().values()
        ]
        rows += [
            {"name": one.name, "version": one.version, "source": one.authority, "since": one.since, "about": one.why}
            for one in own_versions()
        ]
    answer.give({"profiles": rows}, [_listed(row) for row in rows])


def _listed(row: dict[str, object]) -> str:
    where = words("inbyggd", "built in") if row["source"] is None else row["source"] or words("alla", "all")
    since = words(f"från {row['since']}", f"from {row['since']}") if row["since"] else ""
    return f"{row['name']:24} {row['version']:>3}  {where}  {since}  {row['about']}".rstrip()


@profile.command(
    "show", cls=Command, help=words("Profilens text, som TOML, att utgå från.", "A profile's TOML, to begin from.")
)
@click.argument("name")
@_source
@click.pass_obj
def show(answer: Answer, name: str, source: str | None) -> None:
    """The text of the version that is used today."""
    with opened(answer):
        from pluginnovation.web.records.profiles import as_toml, profile_for

        found = profile_for(name, source=source, on=_today())
    text = as_toml(found, english=words("sv", "en") == "en")
    answer.give({"name": found.name, "version": found.version, "toml": text}, [text.rstrip("\n")])


@profile.command(
    "check",
    cls=Command,
    help=words("Är FILE en profil? Annars: vilken rad, och vad?", "Is FILE a profile? If not: which line, and why?"),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def check(answer: Answer, file: Path) -> None:
    """Whether a text is a profile; needs no database."""
    from pluginnovation.records.profiles_parsed import parsed

    found = parsed(file.read_text("utf-8", errors="replace"), file.name)
    said = {"name": found.name, "version": found.version, "files": sorted(found.files)}
    about = ", ".join(sorted(found.files)) or words("inget särskilt om någon fil", "nothing special about any file")
    answer.give(said, [words(f"{found.name} är en profil: {about}.", f"{found.name} is a profile: {about}.")])


@profile.command(
    "preview",
    cls=Command,
    help=words(
        "Så läses FOLDER: de första raderna, kolumnerna, och vad som inte tas emot. Inget sparas.",
        "How FOLDER is read: first rows, columns, and what would be turned away. Nothing is stored.",
    ),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--profile", "name", required=True, help=words("Namn eller TOML-fil.", "A name or a TOML file."))
@_source
@click.option("--rows", type=click.IntRange(0, 100), default=5, show_default=True)
@click.pass_obj
def preview(answer: Answer, folder: Path, name: str, source: str | None, rows: int) -> None:
    """What a profile makes of files."""
    with opened(answer):
        from pluginnovation.records.profiles_preview import preview as previewed
        from pluginnovation.web.records.profiles import profile_for, scratch

        found = profile_for(name, source=source, on=_today())
        answer.note(f"Läser {folder.name} …", f"Reading {folder.name} …")
        with scratch() as apart:
            seen = previewed(folder, found, apart, key=secrets.token_bytes(32), rows=rows)
    answer.give({**asdict(seen), "turned_away": seen.turned_away}, _seen(seen))


def _seen(seen: "Preview") -> list[str]:
    lines = [line for file in seen.files for line in _file(file)]
    total = f"{seen.read} / {seen.turned_away} / {seen.refused} / {seen.superseded}"
    lines.append(
        words(
            f"Rader lästa / inte mottagna / skyddade / ersatta av en senare: {total}",
            f"Rows read / turned away / protected / replaced by a later one: {total}",
        )
    )
    lines += [
        f"  {rows:>6}  {resource} {rule}" for resource, rules in seen.broken.items() for rule, rows in rules.items()
    ]
    for one in seen.set_aside:
        lines.append(f"  {one.file}, {words('rad', 'line')} {one.line}, {one.column}: {one.rule} ({one.value_class})")
    return [*lines, *(words(f"Läses inte: {name}", f"Not read: {name}") for name in seen.ignored)]


def _file(file: "FileSeen") -> list[str]:
    lines = [f"{file.file} → {file.resource}"]
    lines += [f"  {head} → {ours}" for head, ours in file.understood.items()]
    for said, columns in (
        (words("läses inte", "not read"), file.not_understood),
        (words("SAKNAS", "MISSING"), file.missing),
        (words("TVÅ GÅNGER", "TWICE"), file.twice),
    ):
        lines += [f"  {said}: {', '.join(columns)}"] if columns else []
    return [*lines, *(f"  {' | '.join(row)}" for row in (file.columns, *file.rows) if row)]


@profile.command(
    "save",
    cls=Command,
    help=words("Spara FILE som källans profil, i en ny version.", "Save FILE as the source's profile, a new version."),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--source", default="", help=words("Källan; annars alla.", "The source; all, if not said."))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), default=None, help=words("Från dag.", "From day."))
@click.option("--why", required=True, help=words("Varför, i en mening.", "Why, in one sentence."))
@click.pass_obj
def save(answer: Answer, file: Path, source: str, since: datetime | None, why: str) -> None:
    """Add a version."""
    with opened(answer):
        from pluginnovation.records.profiles_parsed import parsed
        from pluginnovation.web.records.profiles import Draft, latest, save_profile

        text = file.read_text("utf-8", errors="replace")
        before = latest(source, parsed(text, file.name).name)
        draft = Draft(source, text, since.date() if since else _today(), why, before.version if before else 0)
        saved = save_profile(draft=draft, by=None, at=datetime.now(UTC))
    said = {"name": saved.name, "version": saved.version, "source": saved.authority, "since": saved.since}
    answer.give(said, [words(f"Sparad: {saved}, från {saved.since}.", f"Saved: {saved}, from {saved.since}.")])
