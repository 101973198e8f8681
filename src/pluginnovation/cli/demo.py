"""The demo region of a first start: made up, read in as any source is, and computed. Never past the import."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from .answers import Answer

MUNICIPALITIES, SEED, YEARS = 13, 1, 4
# The region's last school day, so that class lists of today and figures of the day speak of the same pupils.
AS_OF: Final = date(2026, 6, 12)
# Days in spring whose signals adults had seen when they answered: most of a term's answers come after the first, and
# each answers what stood on the day before it. More days would take longer than a first start has.
BEFORE: Final = date(2026, 2, 20)
BETWEEN: Final = (date(2026, 3, 27), date(2026, 4, 30))
# From this day on adults' measures are told of too. Earlier ones would take longer to do again than a first start has.
HELPED_SINCE: Final = date(2026, 2, 1)
# The file that says that the region can be shown; `done` says that it is whole.
SHOWN: Final = "shown"
# When that spring's mapping of classes began.
MAPPED: Final = datetime(2026, 4, 13, 8, tzinfo=UTC)


def demo_region(answer: Answer, home: Path, *, pupils: int) -> None:
    """Make the demo region if this home is new, or complete one that was interrupted: all that the first page needs.

    A home where something else was read in gets none. Each step looks for what the step before left, so it can be
    stopped anywhere and begun again.
    """
    folder = home / "demo"
    if (folder / "done").exists() or (folder / SHOWN).exists():
        return
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.records.actions import known_imports

    sources = {row.source for row in known_imports()}
    if sources - {SOURCE} or (sources and not folder.exists()):
        return
    source = _written(answer, folder, pupils)
    _read_in(answer, home, source)
    from pluginnovation.simulation.help.event_checks import agreeing_events

    events = list(agreeing_events(source))
    _lived_through(answer, events)
    _helped(answer, events)
    _mapped(answer)
    _met(answer)
    (folder / SHOWN).touch()


def demo_waits(home: Path) -> bool:
    """Whether the demo region is shown, but not yet whole."""
    return (home / "demo" / SHOWN).exists() and not (home / "demo" / "done").exists()


def complete_demo(answer: Answer, home: Path) -> None:
    """What schools tried together, and what it changed: made while the first pages are being read.

    Begun again where it was interrupted.
    """
    from pluginnovation.simulation.help.event_checks import agreeing_events

    events = list(agreeing_events(home / "demo" / "region"))
    _tried(answer, home, events)
    _asked_what_it_changed(answer, events)
    (home / "demo" / "done").touch()
    answer.note("Demoregionen är klar.", "The demo region is ready.")


def _written(answer: Answer, folder: Path, pupils: int) -> Path:
    """The region as files, whole or not at all."""
    from pluginnovation.simulation import write_region
    from pluginnovation.simulation.scenario_ordinary import ordinary_help
    from pluginnovation.simulation.wanted import shared

    source = folder / "region"
    if source.exists():
        return source
    folder.mkdir(parents=True, exist_ok=True)
    wanted = replace(shared(pupils, MUNICIPALITIES, SEED), years=YEARS, scenario=ordinary_help(), both_worlds=False)
    with answer.busy(
        f"Hittar på en region: {MUNICIPALITIES} kommuner, {pupils} elever, {YEARS} läsår",
        f"Making up a region: {MUNICIPALITIES} municipalities, {pupils} pupils, {YEARS} school years",
    ):
        write_region(source, wanted)
    return source


def _read_in(answer: Answer, home: Path, source: Path) -> None:
    """Through the same door as any source. A second time changes nothing."""
    from pluginnovation.records.asked import Asked
    from pluginnovation.records.importing import import_source
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.records.actions import identity_sink, opened_store

    asked = Asked(by="plug up", at=datetime.now(UTC), source=SOURCE, sink=identity_sink())
    said = ("Läser in den och kontrollerar varje rad", "Reading it in, checking every row")
    with answer.busy(*said), opened_store(home) as store:
        import_source(store, source, asked)


def _lived_through(answer: Answer, events: list[Any]) -> None:
    """The signals of some days, one after the other, and what adults answered between them."""
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.signals.actions import run_signals
    from pluginnovation.web.signals.replay import answers_between, days_run, replay

    for day, following in pairwise((BEFORE, *BETWEEN, AS_OF, date.max)):
        known = days_run()
        if any(each > day for each in known):
            continue
        if day not in known:
            said = (
                f"Räknar signaler för {day} och ritar sidornas bilder",
                f"Computing signals of {day}, drawing pages",
            )
            with answer.busy(*said):
                run_signals(as_of=day, by=None, at=datetime.now(UTC))
        answers = answers_between(events, day, following)
        if answers:
            with answer.busy("Vuxna svarar på signaler", "Adults answer signals"):
                replay(answers, SOURCE, drawn_anew=following < date.max)


def _helped(answer: Answer, events: list[Any]) -> None:
    """What adults did beside answering, from the day the spring term began: measures, cases and promises."""
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.support.replaying_cases import help_again

    with answer.busy("Vuxna hjälper: insatser, ärenden och löften", "Adults help: measures, cases and promises"):
        help_again(events, SOURCE, since=HELPED_SINCE, raised_since=BEFORE)


def _mapped(answer: Answer) -> None:
    """Two rounds of mapping at the schools of the demo's roles: that spring's, and one that goes on."""
    from pluginnovation.web.support.mapping.demo import map_demo

    with answer.busy("Lärare svarar om sina klasser", "Teachers answer about their classes"):
        map_demo(before=MAPPED, at=datetime.now(UTC))


def _met(answer: Answer) -> None:
    """The pupil health meeting of a fortnight ago, with what was decided, and the next one."""
    from pluginnovation.web.support.meeting_demo import meet_demo

    with answer.busy("Elevhälsan möts och beslutar", "The pupil health team meets and decides"):
        meet_demo(now=datetime.now(UTC))


def _tried(answer: Answer, home: Path, events: list[Any]) -> None:
    """Two programmes, a call that is open, and sub-projects in several states, with what became of them."""
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.projects.demo import try_together
    from pluginnovation.web.records.actions import opened_store

    said = ("Delprojekt prövas tillsammans", "Sub-projects are tried together")
    with answer.busy(*said), opened_store(home) as store:
        try_together(events, SOURCE, store, until=AS_OF, at=datetime.now(UTC))


def _asked_what_it_changed(answer: Answer, events: list[Any]) -> None:
    """A locked plan for each sub-project and year of the files; the worker answers them when the server is up."""
    from pluginnovation.simulation import SOURCE
    from pluginnovation.web.evidence.demo import lock_the_demos

    with answer.busy("Planer låses för delprojekten", "Plans are locked for the sub-projects"):
        lock_the_demos(events, SOURCE, until=AS_OF, at=datetime.now(UTC))
