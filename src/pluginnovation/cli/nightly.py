"""`plug nightly`: the night's work. It can be run again: what is done is not done twice."""

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from .answers import Answer, Command, words
from .evidence import THREADS
from .home import opened
from .methods import nightly_update
from .moments import Day
from .projects_night import projects_tonight
from .protection import disposal, disposal_lines, protect

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

HELP = words(
    "Nattens arbete: hämta från servrar, räkna signaler för den senaste skoldagen, gallra, städa, gå igenom besöken.",
    "The night's work: fetch from servers, compute signals of the newest school day, dispose, tidy, look at visits.",
)
SWEDEN = ZoneInfo("Europe/Stockholm")


@click.command("nightly", cls=Command, help=HELP)
@click.option(
    "--as-of", type=Day(), help=words("Dagen; förvalt den senaste med lektioner.", "The day; the newest with lessons.")
)
@click.pass_obj
def nightly(answer: Answer, as_of: date | None) -> None:
    """The night's work, and what it did. The roll-up is brought up to date by each import itself."""
    with opened(answer) as home:
        from pluginnovation.web.people.seals import seal_logs
        from pluginnovation.web.records.actions import opened_store
        from pluginnovation.web.records.uploads import tidy_uploads

        fetched = fetch_from_servers(answer, home, datetime.now(UTC))
        # After the fetch, so that what just came counts as known.
        at = datetime.now(UTC)
        with opened_store(home) as store:
            store.finish_disposals()
            day = as_of or newest_day(store, at.astimezone(SWEDEN).date())
            computed = _computed(answer, store, day, at)
            answer.note("Gallrar …", "Disposing …")
            disposed = disposal(store, at=at)
            answer.note("Städar …", "Tidying …")
            removed = store.vacuum()
        tidy_uploads(home, at=at)
        left = _left_open(at) | {"methods": nightly_update(answer, at=at)}
        found = protect(at)
        sealed = seal_logs(home, at=datetime.now(UTC))
    document = {
        "as_of": day,
        **computed,
        "vacuumed": removed,
        "servers": fetched,
        "disposal": disposed,
        **left,
        "anomalies": found,
        "sealed": sealed,
    }
    answer.give(document, night_lines(document))
    # Everything else is done; whoever watches the night should know that something didn't come.
    if worst := max(one["code"] for one in [*fetched, document["methods"]]):
        sys.exit(worst)


def _computed(answer: Answer, store: "Store", day: date | None, at: datetime) -> dict[str, Any]:
    """What is computed of the day: signals, figures of sub-projects, and answers to plans; nothing without a day."""
    from pluginnovation.web.signals.actions import run_in

    done = None
    if day:
        answer.note(f"Räknar signaler för {day} …", f"Computing the signals of {day} …")
        done = run_in(store, as_of=day, by=None, at=at)
    return {
        "rows": done.rows if done else 0,
        "raised": done.raised if done else 0,
        "projects": projects_tonight(answer, store, day, at),
        "effects": answered_plans(answer, store, day, at),
    }


def answered_plans(answer: Answer, store: "Store", day: date | None, at: datetime) -> dict[str, Any]:
    """Every locked plan whose outcome has been, answered: how many, and those that couldn't be, by code."""
    from pluginnovation.web.evidence.answering import answer_all

    for name in THREADS:
        os.environ.setdefault(name, "1")
    answer.note("Svarar på låsta planer …", "Answering locked plans …")
    told = answer_all(store, as_of=day or at.date(), at=at)
    return {"answered": len(told["answered"]), "refused": {one["name"]: one["code"] for one in told["refused"]}}


def _left_open(at: datetime) -> dict[str, Any]:
    """What adults have promised: who has left owns nothing any more, and the others are reminded."""
    from pluginnovation.web.people.rights.admissions import end_what_expired
    from pluginnovation.web.support.handing import let_roles_have
    from pluginnovation.web.support.reminders import send_reminders

    # How many isn't said: even that would tell that somebody is here.
    end_what_expired(at=at)
    # Whoever left the register with this night's import owned some of it until now: it is their role's from here on.
    return {"to_roles": let_roles_have(at=at), "reminded": send_reminders(at=at)}


def night_lines(document: dict[str, Any]) -> list[str]:
    """What the night did, for people."""
    nothing = words("Inget är inläst.", "Nothing has been read in.")
    said = words(
        f"Signaler för {document['as_of']}: {document['rows']} resultat. {document['vacuumed']} gamla filer borta.",
        f"Signals of {document['as_of']}: {document['rows']} results. {document['vacuumed']} old files gone.",
    )
    fetches = [line for one in document["servers"] for line in one["lines"]]
    counted = said if document["as_of"] else nothing
    return [*fetches, counted, *disposal_lines(document["disposal"]), *document["methods"]["lines"]]


def fetch_from_servers(answer: Answer, home: Path, at: datetime) -> list[dict[str, Any]]:
    """Fetch from every server, whatever happens to one of them, and keep our subscriptions alive."""
    from pluginnovation.web.records.server_actions import FetchTerms, server_names
    from pluginnovation.web.records.subscription_actions import renew_subscriptions

    from .servers import fetch_all, reach_of

    names = server_names()
    told = fetch_all(answer, home, names, FetchTerms()) if names else []
    for name in renew_subscriptions(reach_of(home), at=at) if names else []:
        answer.note(f"{name} meddelar inte längre ändringar.", f"{name} no longer tells of changes.")
    return told


def newest_day(store: "Store", today: date) -> date | None:
    """The newest day, not after today, that has lessons or attendance sums; none when nothing is read in."""
    tables = {"lessons", "attendance_sums"}
    last = [one.last for one in store.status() if one.table in tables and one.last]
    return min(max(last), today) if last else None
