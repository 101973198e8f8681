"""What stands from an earlier day is what would have been worked out anew, whatever has come in since."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime

import ibis
import pytest

from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.store import Store
from pluginnovation.records.undo_asked import UndoAsked
from pluginnovation.records.undoing import undo_import
from pluginnovation.signals import still
from pluginnovation.signals.grade_run import grade_signals
from pluginnovation.signals.rules import RULE_SET_1, CalendarDays
from pluginnovation.signals.scope import scope_of
from pluginnovation.signals.still import noted, still_standing
from tests.unit.records.school import SOURCE, Reader, lessons
from tests.unit.signals.faults import Fault
from tests.unit.signals.test_broken_on_purpose import planted

BEFORE = date(2026, 3, 2)
RULES = {SOURCE: RULE_SET_1}
IDS = ("mira", "noor", "ida", "leo", "eva", "olle", "sia", "tor")

GIVEN = """student_id,subject_code,course_code,points,grade,registered_date,kind,semester,year
mira,MA,,,F,2025-12-18,term,HT,2025
mira,EN,,,C,2025-12-18,term,HT,2025
noor,MA,,,B,2025-12-18,term,HT,2025
noor,MA,,,E,2026-03-10,term,VT,2026
ida,MAT,MATMAT01a,100,F,2025-12-20,final,HT,2025
olle,SV,,,E,2025-12-18,term,HT,2025
sia,SV,,,F,2025-12-18,term,HT,2025
tor,EN,,,F,2025-12-18,term,HT,2025
"""
PLANS = """student_id,course_code,points,planned_semester,required
ida,MATMAT01a,100,2025HT,true
ida,HISHIS01b,100,2026VT,true
"""
PERSONS = "id,given_name,family_name,security_marking,birth_date,person_status\n" + "".join(
    f"{each},Åsa,Ek,Ingen,2010-03-04,Aktiv\n" for each in (*IDS, "asa")
)
ENROLLED = "person_id,organisation_id,school_type,school_year,start_date,end_date\n" + "".join(
    f"{each},birch,{'GY,1' if each in ('ida', 'leo', 'eva') else 'GR,8'},2025-08-18,\n" for each in IDS
)
EVENTS = "person_id,event,date\nnoor,started_work,2025-09-01\n"
CALENDAR = """organisation_id,kind,name,start_date,end_date
hm,term,HT,2025-08-18,2025-12-19
hm,term,VT,2026-01-08,2026-06-12
"""
SCHOOL = {
    "grades.csv": GIVEN, "study_plans.csv": PLANS, "persons.csv": PERSONS, "enrolments.csv": ENROLLED,
    "outcome_events.csv": EVENTS, "calendars.csv": CALENDAR,
    "lessons.csv": lessons("mira,ma,2026-02-27,08:00,60,true,60,0,0,0,0"),
}  # fmt: skip
# One kind of news for each pupil but noor.
NEWS = {
    "grades.csv": GIVEN.replace("mira,MA,,,F", "mira,MA,,,D") + "leo,ENG,ENGENG05,100,F,2026-03-01,final,VT,2026\n",
    "study_plans.csv": PLANS.replace("HISHIS01b,100,2026VT", "HISHIS01b,50,2025HT"),
    "enrolments.csv": ENROLLED.replace("eva,birch,GY,1,2025-08-18,", "eva,birch,GY,1,2025-08-18,2026-02-27").replace(
        "olle,birch,GR,8", "olle,birch,GR,5"
    ),
    "outcome_events.csv": EVENTS + "sia,deceased,2026-03-01\n",
    "persons.csv": PERSONS.replace("tor,Åsa,Ek,Ingen,2010-03-04,Aktiv", "tor,Åsa,Ek,Ingen,2010-03-04,Utvandrad"),
}
ABOUT = {
    "grades": {"mira", "leo"}, "study_plans": {"ida"}, "enrolments": {"eva", "olle"}, "outcome_events": {"sia"},
    "pupils": {"tor"},
}  # fmt: skip


def opened(home):
    return Store.open(home, FileLedger(home / "ledger.json"), memory="512MB")


@pytest.fixture(scope="module")
def seen_before(tmp_path_factory):
    """A home where the school is read in and was seen on the first of the days."""
    where = tmp_path_factory.mktemp("seen")
    with opened(where / "home") as store:
        assert Reader(store, where / "source").csv(SCHOOL, max_quarantine=0.0).status == "done"
        run(store, BEFORE)
    return where / "home"


@pytest.fixture
def store(seen_before, tmp_path):
    with opened(shutil.copytree(seen_before, tmp_path / "home")) as store:
        yield store


@pytest.fixture
def reader(store, tmp_path):
    """Whoever reads in what comes next, the day after."""
    reader = Reader(store, tmp_path / "source")
    reader._day = 1
    return reader


def run(store, as_of, rules=RULES, *, anew=False, keep=True):
    """The grade signals of a day as a run finds them; kept with the note that a run leaves."""
    facts = store.facts()
    standing = None if anew else still_standing(store, facts, as_of=as_of, rules=rules)
    scope = scope_of(facts, as_of=as_of, rules=rules[SOURCE], keep=store.materialise, standing=standing)
    told = grade_signals(facts, scope, rules=rules[SOURCE], keep=store.materialise)
    told = store.materialise(told, "told")
    if keep:
        moment = ibis.literal(datetime(2026, 7, 1), "timestamp(6)")
        dated = told.mutate(run_at=moment, known_at=moment, as_of=as_of, rule_set=ibis.literal(1, "int16"))
        store.write_signals(as_of, dated, **noted(facts, rules))
    return store.frame(told).sort("pupil", "signal"), standing


def touched(reader, standing):
    """The ids of those whose results are worked out again."""
    if standing.touched is None:
        return set()
    codes = set(reader.store.frame(standing.touched)["pupil"])
    return {each for each in IDS if reader.code(each) in codes}


def standing_on(store, as_of, rules=RULES):
    return still_standing(store, store.facts(), as_of=as_of, rules=rules)


def assert_as_anew(store, as_of, rules=RULES):
    found, standing = run(store, as_of, rules, keep=False)
    wanted, _ = run(store, as_of, rules, anew=True, keep=False)
    assert found.to_dicts() == wanted.to_dicts()
    return standing


def test_only_the_results_of_those_whom_news_is_about_are_worked_out_again(store, reader):
    reader.csv(SCHOOL | NEWS)
    assert reader.quarantine() == []
    assert touched(reader, assert_as_anew(store, BEFORE)) == set().union(*ABOUT.values())


def test_nothing_is_worked_out_again_without_news(store, reader):
    assert reader.csv(SCHOOL).status == "unchanged"
    assert assert_as_anew(store, BEFORE).touched is None


@pytest.mark.parametrize("table", ABOUT)
def test_a_table_that_is_not_looked_at_is_missed(store, reader, monkeypatch, table):
    reader.csv(SCHOOL | NEWS)
    run(store, BEFORE, keep=False)
    monkeypatch.setattr(still, "OF_PUPILS", tuple(each for each in still.OF_PUPILS if each != table))
    standing = still_standing(store, store.facts(), as_of=BEFORE, rules=RULES)
    assert touched(reader, standing) == set().union(*ABOUT.values()) - ABOUT[table]


DATED = {
    "enrolments.csv": ENROLLED.replace("ida,birch,GY,1,2025-08-18,", "ida,birch,GY,1,2026-03-03,").replace(
        "mira,birch,GR,8,2025-08-18,", "mira,birch,GR,8,2025-08-18,2026-03-02"
    ),
    "outcome_events.csv": EVENTS + "sia,deceased,2026-03-03\n",
    "grades.csv": GIVEN.replace("2026-03-10", "2026-03-03"),
}
PASSED = {"ida", "mira", "sia", "noor"}


def test_what_is_dated_ahead_counts_when_its_day_has_come(store, reader):
    reader.csv(SCHOOL | DATED)
    run(store, BEFORE)
    assert touched(reader, assert_as_anew(store, date(2026, 3, 3))) == PASSED


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("grades.registered_date <= as_of", "grades.registered_date < as_of"),
        ("events.date <= as_of", "events.date < as_of"),
        ("enrolments.start_date <= as_of", "enrolments.start_date < as_of"),
        ("last_day(enrolments) >= since", "last_day(enrolments) > since"),
    ],
)
def test_a_date_that_is_missed_is_noticed(store, reader, right, wrong):
    reader.csv(SCHOOL | DATED)
    run(store, BEFORE)
    with planted(Fault("still", right, wrong, "")):
        standing = still_standing(store, store.facts(), as_of=date(2026, 3, 3), rules=RULES)
        assert touched(reader, standing) < PASSED


def test_an_undone_import_changes_what_it_had_brought(store, reader):
    reader.csv(SCHOOL | {"grades.csv": GIVEN.replace("mira,MA,,,F", "mira,MA,,,D")})
    run(store, BEFORE)
    undone(store)
    assert touched(reader, assert_as_anew(store, BEFORE)) == {"mira"}


def undone(store):
    row = store.ledger.imports()[-1]
    undo_import(store, row.id, UndoAsked(by="test", at=datetime(2026, 2, 1, tzinfo=UTC), why="fel fil"))


@pytest.mark.parametrize(
    "files",
    [
        {"calendars.csv": CALENDAR.replace("2025-12-19", "2025-12-12")},
        {"organisations.csv": "id,display_name,organisation_type,parent_id\nhm,,Huvudman,\nbirch,Ny,Skolenhet,hm\n"},
    ],
)
def test_another_calendar_or_organisation_makes_everything_be_worked_out_anew(store, reader, files):
    reader.csv(SCHOOL | files)
    assert standing_on(store, BEFORE) is None


def test_the_end_of_a_term_makes_everything_be_worked_out_anew(store, reader):
    assert standing_on(store, date(2026, 6, 11)) is not None
    assert standing_on(store, date(2026, 6, 12)) is None
    reader.csv(SCHOOL | {"calendars.csv": CALENDAR.replace("2026-06-12", "2026-07-12")})
    run(store, BEFORE)
    assert standing_on(store, date(2026, 6, 29)) is not None
    assert standing_on(store, date(2026, 6, 30)) is None


def test_a_term_of_the_authoritys_own_calendar_does_so_too(store, reader):
    own = replace(RULE_SET_1, calendar=(CalendarDays("term", "VT", date(2026, 1, 8), date(2026, 3, 3)),))
    run(store, BEFORE, {SOURCE: own})
    assert standing_on(store, date(2026, 3, 3), {SOURCE: own}) is None


def test_other_rules_or_other_definitions_make_everything_be_worked_out_anew(store, reader, monkeypatch):
    other = replace(RULE_SET_1, core_subject_failing=(2, 3, 3))
    assert standing_on(store, BEFORE, {SOURCE: other}) is None
    assert standing_on(store, BEFORE, RULES | {"another": RULE_SET_1}) is None
    monkeypatch.setattr(still, "made_by", lambda: "another")
    assert standing_on(store, BEFORE) is None


def test_a_file_of_then_that_is_gone_makes_everything_be_worked_out_anew(store, reader):
    reader.csv(SCHOOL | {"grades.csv": GIVEN.replace("mira,MA,,,F", "mira,MA,,,D")})
    folder = store.folders["grades"]
    now = {stored.path for stored in folder.files(store.ledger.head()["grades"])}
    for path in folder.folder.rglob("now-*.parquet"):
        if path.relative_to(folder.folder).as_posix() not in now:
            path.unlink()
    assert standing_on(store, BEFORE) is None


def test_who_is_disposed_of_stands_nowhere(store, reader):
    code = reader.code("mira")
    store.purge([code], at=datetime(2026, 2, 1, tzinfo=UTC), by="test")
    found, _ = run(store, BEFORE, keep=False)
    assert code not in set(found["pupil"])
    assert_as_anew(store, BEFORE)


def test_what_was_known_at_a_time_stands_for_nothing_later(store, reader):
    then = store.facts(datetime(2026, 1, 8, 12, tzinfo=UTC))
    reader.csv(SCHOOL | {"grades.csv": GIVEN.replace("mira,MA,,,F", "mira,MA,,,D")})
    then = store.facts(datetime(2026, 1, 8, 12, tzinfo=UTC))
    assert noted(then, RULES) == {}
    assert still_standing(store, then, as_of=BEFORE, rules=RULES) is None


def test_nothing_stands_before_the_first_run(store, reader):
    assert still_standing(store, store.facts(), as_of=date(2026, 3, 1), rules=RULES) is None
