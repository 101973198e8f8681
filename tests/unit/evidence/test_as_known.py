"""The same, from a real store: a correction that came after the index date explains nothing, and is no outcome less."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from pluginnovation.evidence.answer import answered
from pluginnovation.evidence.dataset import ASSIGNED, analysis_table
from pluginnovation.evidence.measures import Seen
from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.plan_files import lock
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import Store
from tests.unit.records.school import SOURCE, Reader, lessons

INDEX = date(2026, 1, 8)  # the first import is read at three that night, the second a day later
PLAN = Plan(
    name="mentors", question="Did mentors help?", method="mentor", design="comparison", comparison="others",
    outcome=Outcome("absence_share", "share", -1), window=Window(INDEX, 30, date(2026, 1, 9), date(2026, 1, 16)),
    covariates=("absence_share_before",),
)  # fmt: skip
LATER = datetime(2026, 1, 20, tzinfo=UTC)
DECEMBER = ("mira,ma,2025-12-15,08:00,60,true,30,0,0,30,0", "noor,ma,2025-12-15,08:00,60,true,60,0,0,0,0")
JANUARY = ("mira,ma,2026-01-12,08:00,60,true,45,0,0,15,0", "noor,ma,2026-01-12,08:00,60,true,60,0,0,0,0")
CORRECTED = ("mira,ma,2025-12-15,08:00,60,true,60,0,0,0,0", DECEMBER[1])


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Mira missed half of December's lesson; the day after the index date somebody wrote that she hadn't."""
    home = tmp_path_factory.mktemp("home")
    with Store.open(home, FileLedger(home / "ledger.json"), memory="512MB") as store:
        reader = Reader(store, tmp_path_factory.mktemp("source"))
        reader.csv({"lessons.csv": lessons(*DECEMBER)})
        reader.csv({"lessons.csv": lessons(*CORRECTED, *JANUARY)})
        store.roll_up()
        yield reader


def decisions(school: Reader) -> pl.DataFrame:
    row = {"source": SOURCE, "pupil": school.code("mira"), "offered": True, "decided_on": INDEX}
    return pl.DataFrame([{name: row.get(name) for name in ASSIGNED}], schema=ASSIGNED)


def seen(school: Reader, known_at: datetime | None) -> Seen:
    store = school.store
    return Seen(store.facts(known_at), store.days(known_at), known_at, store.frame)


def test_what_explains_is_what_was_known_and_the_outcome_is_what_is_known_now(school):
    locked = lock(PLAN, at=LATER, by="anna")
    before = seen(school, datetime(2026, 1, 8, 22, tzinfo=UTC))
    table = analysis_table(locked, decisions(school), before, seen(school, None), as_of=date(2026, 1, 20)).table
    mira = table.treated.tolist().index(True)
    assert table.covariates[mira, 0] == 50.0
    assert table.outcome[mira] == 25.0
    assert table.covariates[1 - mira, 0] == table.outcome[1 - mira] == 0.0


def test_a_store_that_knows_the_correction_is_refused(school):
    with pytest.raises(Refusal) as refused:
        analysis_table(
            lock(PLAN, at=LATER, by="anna"), decisions(school), seen(school, LATER), seen(school, None),
            as_of=date(2026, 1, 20),
        )  # fmt: skip
    assert refused.value.code == "leak_known_later"


def test_two_pupils_get_a_sentence_and_no_number(school):
    found = answered(lock(PLAN, at=LATER, by="anna"), decisions(school), school.store, as_of=date(2026, 1, 20))
    assert found.result.cannot_tell == "too_few"
    assert found.result.estimate is None
    assert found.warning is not None
    assert found.warning.estimate is None
    assert found.paragraph("sv")
