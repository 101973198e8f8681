"""`plug protection`: disposal of what is old enough, and the look at visits, as the night does them."""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from .answers import Answer, Command, words
from .home import opened
from .moments import Day

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

SWEDEN = ZoneInfo("Europe/Stockholm")


@click.group("protection", help=words("Gallring, och avvikelser bland besöken.", "Disposal, and anomalies in visits."))
def protection() -> None:
    """The group: does nothing by itself."""


@protection.command(
    "dispose",
    cls=Command,
    help=words(
        "Gallra det som är gammalt nog enligt reglerna. Med --dry-run räknas det bara.",
        "Dispose of what is old enough by the rules. With --dry-run it is only counted.",
    ),
)
@click.option("--dry-run", is_flag=True, help=words("Räkna, radera inget.", "Count, delete nothing."))
@click.pass_obj
def dispose_(answer: Answer, *, dry_run: bool) -> None:
    """What the night does, now: the protocol is the same."""
    with opened(answer) as home:
        from pluginnovation.web.records.actions import opened_store

        with opened_store(home) as store:
            document = disposal(store, at=datetime.now(UTC), dry_run=dry_run)
    answer.give(document, disposal_lines(document))


@protection.command(
    "visits", cls=Command, help=words("Gå igenom besöken efter avvikelser.", "Look through visits for anomalies.")
)
@click.option("--until", type=Day(), help=words("Sista dagen; förvalt i går.", "The last day; yesterday unless said."))
@click.pass_obj
def visits(answer: Answer, until: date | None) -> None:
    """What the night does, now. Run again it finds the same."""
    at = datetime.now(UTC)
    with opened(answer):
        found = anomalies_until(until or at.astimezone(SWEDEN).date() - timedelta(days=1), at=at)
    said = words(f"{found} nya avvikelser.", f"{found} new anomalies.")
    answer.give({"found": found}, [said])


def anomalies_until(until: date, *, at: datetime) -> int:
    """Look at the visits up to a day; how many new findings."""
    from pluginnovation.web.protection.finding import look_at_visits

    return look_at_visits(until=until, at=at)


def protect(at: datetime) -> int:
    """The night's work of data protection, less the disposal by rule: how many new findings among the visits."""
    from django.core.management import call_command

    from pluginnovation.web.people.former import forget_former
    from pluginnovation.web.people.rights.extracts import forget_extracts
    from pluginnovation.web.protection.limits import forget_taken

    forget_former(at=at)
    forget_extracts(at=at)
    forget_taken(at=at)
    call_command("clearsessions")
    return anomalies_until(at.astimezone(SWEDEN).date() - timedelta(days=1), at=at)


def disposal(store: "Store", *, at: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Dispose of what is due, or count it: the protocol as a document, without anybody in it."""
    from pluginnovation.web.protection.disposing import dispose

    done = dispose(store, dry_run=dry_run, by="plug", at=at)
    return {
        "protocol": done.pk,
        "dry_run": done.dry_run,
        "pupils": done.pupils,
        "held": done.held,
        "unknown": done.unknown,
        "counts": done.counts,
        "rules": done.rules,
    }


def disposal_lines(done: dict[str, Any]) -> list[str]:
    """The protocol for people."""
    rows = sum(done["counts"].values())
    if done["dry_run"]:
        return [
            words(
                f"Skulle gallras: {done['pupils']} elever och {rows} rader. Inget är raderat.",
                f"Would go: {done['pupils']} pupils and {rows} rows. Nothing is deleted.",
            )
        ]
    return [
        words(f"Gallrat: {done['pupils']} elever och {rows} rader.", f"Gone: {done['pupils']} pupils, {rows} rows.")
    ]
