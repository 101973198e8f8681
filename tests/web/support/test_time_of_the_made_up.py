"""I tid of a made-up region: its adults' answers, given again as a first start gives them, make a time that is told."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import time_machine

from pluginnovation.cli.demo import AS_OF, BEFORE, BETWEEN
from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.simulation import SOURCE, Wanted, write_region
from pluginnovation.simulation.help.event_checks import agreeing_events
from pluginnovation.simulation.scenario_ordinary import ordinary_help
from pluginnovation.support.time_to_action import ACTED, WAITS
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Duty, Organisation, User
from pluginnovation.web.records.actions import identity_sink, opened_store
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.models import PupilSnapshot
from pluginnovation.web.signals.replay import answers_between, replay
from pluginnovation.web.support.time_told import SchoolTime, school_time
from tests.web.fenced import asking_by
from tests.web.standing import Build, copied

NOW = datetime(2026, 6, 12, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def built(standing: Build) -> Path:
    """Some 250 pupils of one municipality: their signals of the demo's days, and what adults answered between them."""

    def build(folder: Path) -> None:
        from django.conf import settings

        region = folder / "region"
        write_region(region, Wanted((250,), seed=1, scenario=ordinary_help(), both_worlds=False))
        with time_machine.travel(NOW, tick=False):
            with opened_store(settings.PLUG_HOME) as store:
                import_source(store, region, Asked(by="test", at=NOW, source=SOURCE, sink=identity_sink()))
            events = list(agreeing_events(region))
            for day, following in pairwise((BEFORE, *BETWEEN, AS_OF, AS_OF + timedelta(days=1))):
                run_signals(as_of=day, by=None, at=NOW)
                replay(answers_between(events, day, following), SOURCE, drawn_anew=following <= AS_OF)

    return standing(build)


@pytest.fixture
def demo(built: Path, db: None, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """The region on its last day."""
    with copied(built, tmp_path, settings) as folder, time_machine.travel(NOW, tick=False):
        yield folder


def told() -> list[SchoolTime]:
    """The page of each school, as its principal has it."""
    found = []
    for held in Duty.objects.filter(role="principal", group=None).order_by("organisation"):
        user = User.objects.get(person=held.person)
        duty = next(one for one in duties_of(user, AS_OF) if one.role == "principal")
        with asking_by(user, "principal"):
            found.append(school_time(duty, Organisation.objects.get(code=held.organisation_id), "termin", AS_OF))
    return found


def test_half_have_an_action_within_weeks_and_some_still_wait(demo: Path) -> None:
    schools = [school for school in told() if len(school.waits) >= 40]
    assert len(schools) >= 2
    medians = [school.median for school in schools]
    assert all(median is not None and 7 <= median <= 60 for median in medians), medians
    assert len(set(medians)) > 1
    outcomes = sum((school.outcomes for school in schools), Counter[str]())
    assert outcomes[ACTED] > outcomes[WAITS] > outcomes.total() / 20
    assert all(school.overdue for school in schools)
    # What waits on the lists is neither everything nor nothing.
    lists = PupilSnapshot.objects.filter(state=2)
    assert 0.2 < lists.filter(waits=True).count() / lists.count() < 0.9
