"""`plug methods`: the hub's catalogue of methods at this node."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from pluginnovation.records.refusals import Refusal, Unavailable

from .answers import LANGUAGE, MISSING, REFUSED, Answer, Command, words
from .home import opened


@click.group("methods", help=words("Hubbens metodkatalog på noden.", "The hub's catalogue of methods at this node."))
def methods() -> None:
    """The group: does nothing by itself."""


@methods.command(
    "update",
    cls=Command,
    help=words(
        "Hämta katalogen från hubben, eller ta den ur en fil. Fel underskrift och äldre version tas inte emot.",
        "Fetch the catalogue from the hub, or take it from a file. A wrong signature or older version is refused.",
    ),
)
@click.option(
    "--from", "source", type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help=words("En fil i stället för hubben.", "A file instead of the hub."),
)  # fmt: skip
@click.pass_obj
def update(answer: Answer, source: Path | None) -> None:
    """Take over the newest catalogue; what the node has stands when it is refused."""
    with opened(answer):
        from pluginnovation.web.sharing.hub import fetched, read_file, trusted_key
        from pluginnovation.web.sharing.taking import take_over_catalogue

        raw = fetched() if source is None else read_file(source)
        taken = take_over_catalogue(raw=raw, trusted=trusted_key(), by=None, at=datetime.now(UTC))
    document = {
        "version": taken.version, "methods": taken.methods, "unchanged": taken.unchanged, "new": taken.new,
        "gone": taken.gone, "withdrawn": taken.withdrawn,
    }  # fmt: skip
    answer.give(document, taken_lines(document))


@methods.command("list", cls=Command, help=words("Metoderna som noden har.", "The methods that this node has."))
@click.option("--withdrawn", is_flag=True, help=words("Också de återkallade.", "Also those withdrawn."))
@click.pass_obj
def list_(answer: Answer, withdrawn: bool) -> None:
    """The methods by key, with how sure and from where."""
    with opened(answer):
        from pluginnovation.knowledge.certainty import here_or_elsewhere
        from pluginnovation.web.sharing.current import catalogue_now

        found = catalogue_now()
    if found is None:
        answer.give({"version": None, "methods": []}, [words("Ingen katalog är hämtad.", "No catalogue is fetched.")])
        return
    rows, lines = [], []
    for method in found.methods if withdrawn else found.current:
        sure, here = here_or_elsewhere(method, "en" if LANGUAGE == "en" else "sv")
        title = method.texts("en" if LANGUAGE == "en" else "sv").title
        rows.append({
            "key": method.key, "title": title, "locks": sure.locks, "certainty": sure.word, "local": here,
            "withdrawn_on": method.withdrawn_on, "problems": method.problems, "obstacles": method.obstacles,
        })  # fmt: skip
        lines.append(f"{method.key:<44} {sure.word:<16} {title}")
    head = words(f"Katalog {found.version} från {found.hub}.", f"Catalogue {found.version} of {found.hub}.")
    answer.give({"version": found.version, "hub": found.hub, "made_at": found.made_at, "methods": rows}, [head, *lines])


def taken_lines(document: dict[str, Any]) -> list[str]:
    """What became of an update, for people."""
    version, count = document["version"], document["methods"]
    if document["unchanged"]:
        return [words(f"Katalog {version} gäller redan.", f"Catalogue {version} stands already.")]
    lines = [words(f"Katalog {version}: {count} metoder.", f"Catalogue {version}: {count} methods.")]
    told = (
        ("new", words("Nya", "New")),
        ("withdrawn", words("Återkallade", "Withdrawn")),
        ("gone", words("Borta", "Gone")),
    )
    return [*lines, *(f"{label}: {', '.join(document[name])}" for name, label in told if document[name])]


def nightly_update(answer: Answer, *, at: datetime) -> dict[str, Any]:
    """The night's update: none without a hub, and a refusal is told, not raised; the other work of the night goes on.

    Gives   version (None: no catalogue was taken), code (0, or the exit code of what went wrong), refusal (its code or
            empty) and lines for people
    """
    from pluginnovation.web.sharing.hub import fetched, has_hub, trusted_key
    from pluginnovation.web.sharing.taking import take_over_catalogue

    if not has_hub():
        return {"version": None, "code": 0, "refusal": "", "lines": []}
    try:
        taken = take_over_catalogue(raw=fetched(), trusted=trusted_key(), by=None, at=at)
    except Refusal as refusal:
        answer.note(refusal.text("sv"), refusal.text("en"))
        code = MISSING if isinstance(refusal, Unavailable) else REFUSED
        return {"version": None, "code": code, "refusal": refusal.code, "lines": [refusal.text(LANGUAGE)]}
    lines = [] if taken.unchanged else [words(f"Metodkatalog {taken.version}.", f"Catalogue {taken.version}.")]
    return {"version": taken.version, "code": 0, "refusal": "", "lines": lines}
