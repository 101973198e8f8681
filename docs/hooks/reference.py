"""The reference pages, written from the code when the documentation is built: they can't say anything else than it."""

from collections.abc import Callable

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from asvs import asvs_page
from cases import cases_page
from commands import command_page
from events import events_page
from figures import figures_page
from lifecycles import lifecycles_page
from profiles import profiles_page
from quarantine import quarantine_page
from records import records_page
from scenarios import scenarios_page
from settings import settings_page
from signals import signals_page

PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "signals.md": ("What each signal counts, with the tables that test it", signals_page),
    "records.md": ("The files that every installation reads, and the tables they become", records_page),
    "profiles.md": ("How other systems' files are read: every key of a profile", profiles_page),
    "quarantine.md": ("The rules that a row can break, and what happens then", quarantine_page),
    "figures.md": ("What the made-up region's pupils became, beside what is published", figures_page),
    "cases.md": ("How a case goes: states, moves, the law's steps, obstacles and measures", cases_page),
    "sub-projects.md": ("How applications and sub-projects go: states, moves, reviews and money", lifecycles_page),
    "command.md": ("The `plug` command, its options and its exit codes", command_page),
    "scenarios.md": (
        "What adults do in the made-up region: every switch, an example of each design",
        scenarios_page,
    ),
    "events.md": ("What the made-up region's adults did: every type of event and its fields", events_page),
    "asvs.md": ("Which security requirements are met, and what shows it", asvs_page),
    "settings.md": ("Every setting, with what it is when nothing is said", settings_page),
}


def index_page() -> str:
    """The list of the pages above."""
    opening = "# Reference\n\nThese pages are written from the code and its tests when they are built.\n\n"
    return opening + "\n".join(f"* [{about}]({name})" for name, (about, _) in PAGES.items())


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages to what mkdocs found on disk."""
    written = {name: page for name, (_, page) in PAGES.items()} | {"index.md": index_page}
    for name, page in written.items():
        files.append(File.generated(config, f"reference/{name}", content=page()))
    return files
