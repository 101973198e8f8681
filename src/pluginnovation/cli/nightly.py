"""`plug nightly`: the night's work. It can be run again: what is done is not done twice."""

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from .answers import Answer, Command, words
from .home import opened
from .moments import Day

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

HELP = words(
    "Nattens arbete: fullfölj gallring, räkna signaler för den senaste skoldagen, städa.",
    "The night's work: finish disposals, compute the signals of the newest school day, tidy.",
)
SWEDEN = ZoneInfo("Europe/Stockholm")


@click.command("nightly", cls=Command, help=HELP)
@click.option(
    "--as-of", type=Day(), help=words("Dagen; förvalt den senaste med lektioner.", "The day; the newest with lessons.")
)
@click.pass_obj
def nightly(answer: Answer, as_of: date | None) -> None:
    """The night's work, and what it did. The roll-up is brought up to date by each import itself."""
    at = datetime.now(UTC)
    with opened(answer) as home:
        from django.core.management import call_command

        from pluginnovation.web.records.actions import opened_store
        from pluginnovation.web.signals.actions import run_in

        with opened_store(home) as store:
            store.finish_disposals()
            day = as_of or newest_day(store, at.astimezone(SWEDEN).date())
            done = None
            if day:
                answer.note(f"Räknar signaler för {day} …", f"Computing the signals of {day} …")
                done = run_in(store, as_of=day, by=None, at=at)
            answer.note("Städar …", "Tidying …")
            removed = store.vacuum()
        call_command("clearsessions")
    document = {
        "as_of": day,
        "rows": done.rows if done else 0,
        "raised": done.raised if done else 0,
        "vacuumed": removed,
    }
    nothing = words("Inget är inläst.", "Nothing has been read in.")
    said = words(
        f"Signaler för {day}: {document['rows']} resultat. {removed} gamla filer borta.",
        f"Signals of {day}: {document['rows']} results. {removed} old files gone.",
    )
    answer.give(document, [said if done else nothing])


def newest_day(store: "Store", today: date) -> date | None:
    """The newest day, not after today, that has lessons or attendance sums; none when nothing is read in."""
    tables = {"lessons", "attendance_sums"}
    last = [one.last for one in store.status() if one.table in tables and one.last]
    return min(max(last), today) if last else None
