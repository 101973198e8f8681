"""Pictures of the pals: Mira waits, Ali is like others, Noor is unknown, Sixten waits at the other school."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import polars as pl
import pytest
from django.db import transaction
from django.test import Client

from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import User
from pluginnovation.web.signals.models import Run
from pluginnovation.web.signals.snapshots.recent import Recent
from pluginnovation.web.signals.snapshots.write import SIGNAL_COLUMNS, Shown, write_snapshots
from tests.pals import SOURCE, TODAY, Pals, code_of

AT = datetime(2026, 4, 23, 8, tzinfo=ZoneInfo("Europe/Stockholm"))
FIRST = TODAY - timedelta(days=27)

# pupil, school, minutes away, reported and offered in 28 days
ABSENCE = [
    ("mira", "bjork", 420, 1800, 1800),
    ("noor", "bjork", 100, 900, 1800),
    ("ali", "bjork", 54, 1800, 1800),
    ("sixten", "alm", 300, 1800, 1800),
]


class NoEarlierDays:
    """A store in which signals were never kept for another day."""

    def signal_days(self) -> list[date]:
        return []


def _signals(away: int, reported: int, offered: int) -> Iterator[dict[str, Any]]:
    known = 100 * reported >= 80 * offered
    value = away / reported if known else None
    level = sum(100 * away >= limit * reported for limit in (10, 15, 20)) if known else None
    yield {
        "signal": "absence_28d",
        "value": value,
        "unit": "share",
        "level": level,
        "numerator": away,
        "denominator": reported,
        "detail_1": away // 2,
        "detail_2": offered,
    }
    yield {
        "signal": "absence_term",
        "value": value,
        "unit": "share",
        "level": level,
        "numerator": away,
        "denominator": reported,
        "detail_1": away // 2,
        "detail_2": offered,
    }
    coverage = 100 * reported / offered
    yield {
        "signal": "coverage_28d",
        "value": coverage,
        "unit": "percent",
        "level": int(not known),
        "numerator": reported,
        "denominator": offered,
    }
    yield {"signal": "lateness_28d", "value": 1.0, "unit": "lessons", "level": 0, "detail_1": 30, "detail_2": 30}


def signals_frame(rows: list[Any] = ABSENCE) -> pl.DataFrame:
    """The day's signals of the pals."""
    found = [
        {
            "source": SOURCE, "pupil": code_of(pupil), "school": school, "raised": None, "school_days": 18,
            "rests_from": FIRST, "rests_to": TODAY, "last_true": TODAY, "as_of": TODAY, "numerator": None,
            "denominator": None, "detail_1": None, "detail_2": None, "detail_3": None, "detail_text": None,
            "rests_activity": None, "activity_name": None,
        } | figure
        for pupil, school, *minutes in rows
        for figure in _signals(*minutes)
    ]  # fmt: skip
    schema = {
        "level": pl.Int8,
        "raised": pl.Boolean,
        "detail_text": pl.String,
        "rests_activity": pl.String,
        "activity_name": pl.String,
    }
    frame = pl.DataFrame(found, schema_overrides=schema | {f"detail_{n}": pl.Int64 for n in (1, 2, 3)})
    return frame.with_columns(raised=pl.col("level") >= 1).select(SIGNAL_COLUMNS).sort("pupil")


def recent_of(rows: list[Any] = ABSENCE) -> Recent:
    """Twenty weeks in which the last day shows."""
    pupils = [code_of(pupil) for pupil, *_rest in rows]
    weeks = [(pupil, week, 1600, 1600, 80, 40, True) for pupil in pupils for week in range(8, 20)]
    taught = [(pupil, 2**50 - 1, 2**49 - 1, *[100] * 5, *[1000] * 5) for pupil in pupils]
    marked = [(pupil, 97, 20, 40) for pupil in pupils] + [(pupil, 96, -2, -2) for pupil in pupils]
    columns = ["pupil", "week", "offered", "reported", "excused", "unexcused", "known"]
    days = [*(f"away_{n}" for n in range(5)), *(f"reported_{n}" for n in range(5))]
    return Recent(
        pl.DataFrame(weeks, schema=columns, orient="row"),
        pl.DataFrame(taught, schema=["pupil", "first", "second", *days], orient="row"),
        pl.DataFrame(marked, schema=["pupil", "place", "excused", "unexcused"], orient="row").sort("pupil"),
    )


def draw(rows: list[Any] = ABSENCE, **run: Any) -> Run:
    """Write the pictures of a day."""
    found = Run.objects.create(
        source=SOURCE, as_of=TODAY, run_at=AT, rule_set=1, simulated=run.pop("simulated", True),
        first_day=date(2025, 8, 18),
        last_day=TODAY, offered=400, reported=388, **run,
    )  # fmt: skip
    with transaction.atomic():
        write_snapshots(NoEarlierDays(), Shown(TODAY, signals_frame(rows), recent_of(rows), {}), {SOURCE: found})  # type: ignore[arg-type]
    return found


def client_of(role: str = "mentor") -> Client:
    """Åsa of a village whose files were read in, signed in with one of her roles."""
    user = User.objects.get(person__given_name="Åsa")
    client = Client()
    client.force_login(user)
    session = client.session
    session["role"] = next(duty.key for duty in duties_of(user, TODAY) if duty.role == role)
    session.save()
    return client


@pytest.fixture
def pictures(pals: Pals) -> Run:
    """The pals with pictures of today."""
    return draw()


@pytest.fixture
def page(pictures: Run, visit_as: Callable[..., Any]) -> Callable[..., Any]:
    """Ask for a page as someone, with the pictures there."""
    return visit_as
