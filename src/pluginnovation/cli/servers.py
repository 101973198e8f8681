"""`plug records server`: SS 12000 servers, added, asked what they give, fetched from, listened to."""

import os
import sys
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .answers import MISSING, REFUSED, Answer, Command, words
from .home import opened
from .moments import Day

if TYPE_CHECKING:
    from pluginnovation.records.server_fetched import Fetched
    from pluginnovation.web.records.server_actions import FetchDone, FetchTerms, Reach

TOKENS = ("bearer", "client_credentials", "client_certificate")
FILE = click.Path(path_type=Path)


@click.group("server", help=words("SS 12000-servrar att hämta från.", "SS 12000 servers to fetch from."))
def server() -> None:
    """The group: does nothing by itself."""


def reach_of(home: Path) -> "Reach":
    """How far the command reaches."""
    from pluginnovation.web.records.server_actions import Reach

    return Reach(home, os.environ)


@server.command(
    "add",
    cls=Command,
    help=words(
        "Lägg till en server. NAME blir källans namn. Hemligheten själv anges aldrig, bara var den ligger: "
        "env:NAMN eller file:/sökväg (rättighet 600).",
        "Add a server. NAME becomes the source's name. Never give the secret itself, only where it lies: "
        "env:NAME or file:/path (mode 600).",
    ),
)
@click.argument("name")
@click.argument("address")
@click.option("--token", type=click.Choice(TOKENS), default="bearer", show_default=True)
@click.option(
    "--secret", default="", metavar="PLACE", help=words("env:NAMN eller file:/sökväg.", "env:NAME, file:/path")
)
@click.option("--token-address", default="", metavar="URL", help=words("Var en token ges.", "Where tokens are given."))
@click.option("--client", default="", help=words("Klientens namn där.", "The client's name there."))
@click.option("--scope", default="", help=words("Omfång (scope) att be om.", "The scope to ask for."))
@click.option("--certificate", type=FILE, help=words("Vårt certifikat (PEM).", "Our certificate (PEM)."))
@click.option("--key", type=FILE, help=words("Dess nyckel (PEM, 600).", "Its key (PEM, 600)."))
@click.option("--authority-file", type=FILE, help=words("Serverns utfärdare (PEM).", "The server's authority (PEM)."))
@click.option("--since", type=Day(), default=None, help=words("Första dagen; förvalt 1 augusti.", "The first day."))
@click.pass_obj
def add(
    answer: Answer, name: str, address: str, token: str, secret: str, token_address: str, client: str, scope: str,
    certificate: Path | None, key: Path | None, authority_file: Path | None, since: date | None,
) -> None:  # fmt: skip
    """A new server. Nothing is asked of it yet."""
    from pluginnovation.records.server_opening import ServerTold

    files = [str(path.resolve()) if path else "" for path in (certificate, key, authority_file)]
    told = ServerTold(address, token, secret, token_address, client, scope, *files)
    with opened(answer):
        from pluginnovation.web.records.server_actions import add_server

        add_server(name, told, since=since, env=os.environ, by=_operator(), at=datetime.now(UTC))
    test = f"plug records server test {name}"
    said = words(f"Tillagd. Se vad den ger: {test}", f"Added. See what it gives: {test}")
    answer.give({"server": name, "address": address, "token": token}, [said])


@server.command("list", cls=Command, help=words("Servrarna och deras läge.", "The servers and how they are."))
@click.pass_obj
def list_(answer: Answer) -> None:
    """Every server."""
    with opened(answer):
        from pluginnovation.web.records.server_told import servers_as_rows

        rows = servers_as_rows(words("sv", "en"))
    never, paused = words("aldrig", "never"), words("pausad", "paused")
    lines = [
        f"{row['server']}  {row['address']}  {row['fetched_at'] or never}  {paused if row['paused_at'] else ''}"
        f"  {row['error']}".rstrip()
        for row in rows
    ]
    answer.give({"servers": rows}, lines or [words("Ingen server är tillagd.", "No server has been added.")])


@server.command(
    "pause",
    cls=Command,
    help=words(
        "Låt natten vara utan NAME tills den tas upp igen. Att hämta själv går ändå.",
        "Let the night leave NAME alone until it is taken up again. Fetching by hand still works.",
    ),
)
@click.argument("name")
@click.pass_obj
def pause(answer: Answer, name: str) -> None:
    """The night doesn't fetch from it; what it gives, and what was read in, stays."""
    with opened(answer):
        from pluginnovation.web.records.server_actions import pause_server

        new = pause_server(name, by=None, at=datetime.now(UTC), asked_by=_operator())
    said = words("Pausad.", "Paused.") if new else words("Den är redan pausad.", "It is paused already.")
    answer.give({"server": name, "paused": True, "changed": new}, [said])


@server.command("resume", cls=Command, help=words("Låt natten hämta från NAME igen.", "Let the night fetch again."))
@click.argument("name")
@click.pass_obj
def resume(answer: Answer, name: str) -> None:
    """The night fetches from it again."""
    with opened(answer):
        from pluginnovation.web.records.server_actions import resume_server

        new = resume_server(name, by=None, at=datetime.now(UTC), asked_by=_operator())
    said = (
        words("Natten hämtar igen.", "The night fetches again.")
        if new
        else words("Den var inte pausad.", "It wasn't paused.")
    )
    answer.give({"server": name, "paused": False, "changed": new}, [said])


@server.command("remove", cls=Command, help=words("Glöm en server. Det inlästa är kvar.", "Forget a server."))
@click.argument("name")
@click.pass_obj
def remove(answer: Answer, name: str) -> None:
    """Forget a server; what was read in stays."""
    with opened(answer) as home:
        from pluginnovation.records.refusals import Unavailable
        from pluginnovation.web.records.server_actions import remove_server
        from pluginnovation.web.records.subscription_actions import end_subscription

        at = datetime.now(UTC)
        try:
            end_subscription(reach_of(home), name, by=_operator(), at=at)
        except Unavailable:
            answer.note("Servern kunde inte sägas upp hos den själv.", "The server couldn't be told to stop.")
        remove_server(reach_of(home), name, by=_operator(), at=at)
    answer.give({"server": name, "removed": True}, [words("Borttagen.", "Removed.")])


@server.command("test", cls=Command, help=words("Fråga en server vad den ger.", "Ask a server what it gives."))
@click.argument("name")
@click.pass_obj
def test(answer: Answer, name: str) -> None:
    """What a server gives; nothing is stored but that."""
    with opened(answer) as home:
        from pluginnovation.records.server_fetched import skew_seconds
        from pluginnovation.web.records.server_actions import ask_server

        at = datetime.now(UTC)
        found = ask_server(reach_of(home), name, at=at)
    document = {"server": name, "resources": _resources(found), "skew_seconds": skew_seconds(found, at)}
    answer.give(document, [f"{one['resource']:22} {one['outcome']}" for one in document["resources"]])  # type: ignore[index,union-attr]
    _end(found.errors)


@server.command(
    "fetch",
    cls=Command,
    help=words(
        "Hämta från NAME, eller från alla, och läs in. Bara det som ändrats sedan sist, om inget annat sägs.",
        "Fetch from NAME, or from all, and import. Only what changed since last time, unless told otherwise.",
    ),
)
@click.argument("name", required=False)
@click.option("--whole", is_flag=True, help=words("Allt, inte bara ändringar.", "Everything, not only changes."))
@click.option("--changed", is_flag=True, help=words("Bara om servern meddelat något.", "Only if the server told us."))
@click.option("--dry-run", is_flag=True, help=words("Kontrollera bara; spara inget.", "Check only; store nothing."))
@click.pass_obj
def fetch(answer: Answer, name: str | None, whole: bool, changed: bool, dry_run: bool) -> None:
    """Fetch and import: one server, or each in turn whatever happens to the others."""
    with opened(answer) as home:
        from pluginnovation.web.records.server_actions import FetchTerms, server_names, the_server

        names = [the_server(name).name] if name else server_names()
        told = fetch_all(answer, home, names, FetchTerms(whole, changed, dry_run))
    none = words("Ingen server är tillagd.", "No server has been added.")
    _give(answer, told, none)


def fetched_from(answer: Answer, address: str, *, dry_run: bool) -> bool:
    """Fetch from the server with this address; False when none was added with it."""
    with opened(answer) as home:
        from pluginnovation.web.records.server_actions import FetchTerms
        from pluginnovation.web.records.server_told import names_at

        names = names_at(address)
        told = fetch_all(answer, home, names, FetchTerms(dry_run=dry_run))
    if names:
        _give(answer, told, "")
    return bool(names)


def _give(answer: Answer, told: list[dict[str, Any]], none: str) -> None:
    answer.give({"servers": told}, [line for one in told for line in one["lines"]] or [none])
    if any(one["code"] for one in told):
        sys.exit(max(one["code"] for one in told))


def fetch_all(answer: Answer, home: Path, names: list[str], terms: "FetchTerms") -> list[dict[str, Any]]:
    """Fetch from each. Gives a document for each, with `code`: 0, 3 when refused, 4 when something was missing."""
    from pluginnovation.records.refusals import Refusal, Unavailable
    from pluginnovation.web.records.server_actions import fetch_server

    told = []
    for name in names:
        answer.note(f"Hämtar från {name} …", f"Fetching from {name} …")
        try:
            done = fetch_server(reach_of(home), name, terms, by=_operator(), at=datetime.now(UTC))
        except Refusal as refusal:
            said = refusal.text(words("sv", "en"))
            code = MISSING if isinstance(refusal, Unavailable) else REFUSED
            error = {"code": refusal.code, "said": said}
            told.append({"server": name, "code": code, "errors": [error], "lines": [f"{name}: {said}"]})
        else:
            told.append(_told(done))
    return told


@server.command(
    "subscribe", cls=Command, help=words("Be servern meddela ändringar.", "Ask the server to tell of changes.")
)
@click.argument("name")
@click.option(
    "--here", required=True, metavar="URL", help=words("Installationens adress.", "This installation's address.")
)
@click.pass_obj
def subscribe(answer: Answer, name: str, here: str) -> None:
    """From now on the server tells us; `fetch --changed` takes what it told."""
    with opened(answer) as home:
        from pluginnovation.web.records.subscription_actions import subscribe_to

        made = subscribe_to(reach_of(home), name, here=here, by=_operator(), at=datetime.now(UTC))
    said = words(f"Gäller till {made.expires_at:%Y-%m-%d}.", f"Until {made.expires_at:%Y-%m-%d}.")
    answer.give({"server": name, "expires_at": made.expires_at}, [said])


@server.command("unsubscribe", cls=Command, help=words("Säg upp det.", "End that."))
@click.argument("name")
@click.pass_obj
def unsubscribe(answer: Answer, name: str) -> None:
    """The server tells us no more."""
    with opened(answer) as home:
        from pluginnovation.web.records.subscription_actions import end_subscription

        ended = end_subscription(reach_of(home), name, by=_operator(), at=datetime.now(UTC))
    done, nothing = words("Uppsagt.", "Ended."), words("Det fanns inget.", "There was none.")
    answer.give({"server": name, "ended": ended}, [done if ended else nothing])


def _told(done: "FetchDone") -> dict[str, Any]:
    language = words("sv", "en")
    if done.fetched is None:
        nothing = words("inget nytt meddelat.", "no news.")
        return {"server": done.server, "code": 0, "errors": [], "lines": [f"{done.server}: {nothing}"]}
    errors = [{"code": error.code, "said": error.text(language)} for error in done.fetched.errors]
    summary = done.summary
    lines = (
        [summary.text(language)] if summary else [words(f"{done.server}: inget nytt.", f"{done.server}: nothing new.")]
    )
    return {
        "server": done.server,
        "code": MISSING if errors else 0,
        "resources": _resources(done.fetched),
        "import": summary.as_dict() if summary else None,
        "errors": errors,
        "lines": lines + [f"  {error['said']}" for error in errors],
    }


def _resources(found: "Fetched") -> list[dict[str, Any]]:
    rows = [asdict(replace(one, error=None)) for one in found.resources]
    errors = [one.error.text(words("sv", "en")) if one.error else None for one in found.resources]
    return [row | {"error": error} for row, error in zip(rows, errors, strict=True)]


def _end(errors: list[Any]) -> None:
    if errors:
        for error in errors:
            click.echo(error.text(words("sv", "en")), err=True)
        sys.exit(MISSING)


def _operator() -> str:
    from .records import operator

    return operator()
