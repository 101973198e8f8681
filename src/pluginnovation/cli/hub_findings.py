"""What `plug doctor` asks of the hub's own database. Run as a program; writes its findings as JSON, changes nothing."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from pluginnovation.web.config.hub.migrate import is_migrated

from .checks import Finding
from .home import plug_home
from .hub_home import hub_database_of, start_hub_django


def hub_found(now: datetime) -> Iterator[Finding]:
    """The hub's tables are of this version, it has a first page, its search knows its pages, and nothing waits."""
    if not is_migrated():
        said = ("Hubbens tabeller är från en tidigare version.", "The hub's tables are of an earlier version.")
        yield Finding("hub_tables", "wrong", said, ("Kör: plug hub prepare", "Run: plug hub prepare"))
        return
    yield from _pages()
    yield from _alone()
    yield from _waiting()
    yield from _overdue(now)


def _pages() -> Iterator[Finding]:
    from pluginnovation.web.knowledge.looked_at import has_first_page, searched

    if not has_first_page():
        said = ("Hubben har ingen första sida.", "The hub has no first page.")
        yield Finding("hub", "wrong", said, ("Kör: plug hub prepare", "Run: plug hub prepare"))
        return
    count, lost = searched()
    if lost:
        said = (
            f"Hubbens sökning känner inte {lost} av {count} sidor.",
            f"The hub's search doesn't know {lost} of {count} pages.",
        )
        yield Finding("hub", "wrong", said, ("Kör: plug hub seed", "Run: plug hub seed"))
    else:
        said = (
            f"Hubben har {count} sidor att läsa, och sökningen känner dem alla.",
            f"The hub has {count} pages to read, and its search knows them all.",
        )
        yield Finding("hub", "ok", said)


def _alone() -> Iterator[Finding]:
    from pluginnovation.web.knowledge.looked_at import editors

    if editors() == 1:
        said = (
            "Hubben har en enda redaktör. Det som hen skriver kan ingen publicera.",
            "The hub has a single editor. Nobody can publish what that one writes.",
        )
        todo = ("Kör: plug hub editors add NAMN editor", "Run: plug hub editors add NAME editor")
        yield Finding("hub_editors", "note", said, todo)


def _waiting() -> Iterator[Finding]:
    from pluginnovation.web.knowledge.receiving import waiting

    methods = waiting()
    if methods:
        said = (
            f"Skattningar av {len(methods)} metoder väntar på att vägas ihop: {', '.join(methods)}.",
            f"Estimates of {len(methods)} methods wait to be put together: {', '.join(methods)}.",
        )
        yield Finding("hub_estimates", "note", said, ("Kör: plug hub nightly", "Run: plug hub nightly"))


def _overdue(now: datetime) -> Iterator[Finding]:
    from pluginnovation.web.knowledge.due import due_pages

    due = due_pages(now.date())
    if due:
        said = (
            f"{len(due)} sidor skulle ha granskats igen, först {due[0].title} ({due[0].next_review}).",
            f"{len(due)} pages were to be reviewed again, first {due[0].title} ({due[0].next_review}).",
        )
        yield Finding("hub_reviews", "note", said, ("Se redaktionens första sida.", "See the editors' first page."))


def main() -> None:
    """Ask, and write what was found."""
    with hub_database_of(plug_home()):
        start_hub_django()
        found = list(hub_found(datetime.now(UTC)))
    sys.stdout.buffer.write(msgspec.json.encode(found))


if __name__ == "__main__":
    main()
