"""The whole platform on one page, run from end to end."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from statistics import median

import polars as pl
import pytest

from pluginnovation.evidence.plan import Outcome, Plan, Window
from pluginnovation.evidence.plan_files import lock
from pluginnovation.flow import Day, Help, Term, one_day, one_term
from pluginnovation.knowledge.catalogue import Method, Texts
from pluginnovation.privacy.pseudonyms import pseudonymiser
from pluginnovation.projects.claims import AGREES, BETTER, CANNOT_TELL, DIFFERS
from pluginnovation.simulation import SOURCE, simulate
from pluginnovation.support.time_to_action import ACTED, SEEN, TALKED, WAITS, Act

AS_OF, WINDOW_OPENS = date(2025, 12, 5), date(2025, 11, 8)
AT = datetime(2025, 12, 6, 5, tzinfo=UTC)


@pytest.fixture(scope="module")
def region(tmp_path_factory):
    folder = tmp_path_factory.mktemp("region") / "files"
    return folder, simulate(folder, pupils=600, municipalities=2, seed=7)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def day(region, home) -> Day:
    return one_day(region[0], named=SOURCE, home=home, as_of=AS_OF, at=AT)


def test_files_become_signals_with_reasons(day):
    assert day.arrived.status == "done"
    assert day.known > 0
    assert day.noticed
    assert all(1 <= each.level <= 3 and each.why.count(". ") <= 1 for each in day.noticed)


def test_who_was_made_to_miss_school_is_noticed(day, region, home):
    _, truth = region
    long = truth.pupils.filter(
        pl.col("story") == "long",
        pl.col("from_date") <= WINDOW_OPENS,
        pl.col("until_date").is_null() | (pl.col("until_date") >= AS_OF),
    )
    codes = {pseudonymiser(home).code(SOURCE, person) for person in long["person_id"]}
    noticed = {each.pupil for each in day.noticed}
    assert codes
    assert codes <= noticed


def test_a_schools_count_is_the_number_of_its_pupils_who_are_noticed(day):
    schools = [each for each in day.shared if each.kind == "school" and each.signal == "absence_28d"]
    noticed = [each for each in day.noticed if each.signal == "absence_28d"]
    assert sum(each.raised for each in schools) == len(noticed)
    assert all(each.raised <= each.known for each in day.shared)
    assert any(each.kind == "class" for each in day.shared)


def test_nobody_protected_is_among_them(day, region, home):
    _, truth = region
    codes = {pseudonymiser(home).code(SOURCE, person) for person in truth.protected["person_id"]}
    assert codes
    assert not codes & {each.pupil for each in day.noticed}
    assert sum(resource.refused_protected for resource in day.arrived.resources) > 0


def test_the_same_files_again_change_nothing(day, region, home):
    again = one_day(region[0], named=SOURCE, home=home, as_of=AS_OF, at=AT.replace(hour=6))
    assert again.arrived.status == "unchanged"
    assert replace(again, arrived=day.arrived) == day


def test_the_order_of_the_rows_decides_nothing(day, region, tmp_path):
    source = tmp_path / "shuffled"
    source.mkdir()
    for path in region[0].iterdir():
        if path.suffix == ".csv":
            header, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
            random.Random(1).shuffle(rows)
            (source / path.name).write_text(header + "".join(rows), encoding="utf-8")
        elif path.is_file():
            (source / path.name).write_bytes(path.read_bytes())
    other = one_day(source, named=SOURCE, home=tmp_path / "home", as_of=AS_OF, at=AT)
    shape = [(each.signal, each.level, each.why) for each in day.noticed]
    assert sorted(shape) == sorted((each.signal, each.level, each.why) for each in other.noticed)


EARLIER = date(2025, 10, 3)
PLAN = Plan(
    name="guides", question="Did guides lower absence?", method="Guide", design="waiting_list",
    comparison="those not drawn", outcome=Outcome("absence_share", "share", -1),
    window=Window(EARLIER, 28, EARLIER + timedelta(days=3), AS_OF), covariates=("absence_share_before",),
    as_dated=True,
)  # fmt: skip


def method(key: str, *problems: str) -> Method:
    return Method(key, Texts(key, key), problems=problems)


@pytest.fixture(scope="module")
def evenings(day, region, home) -> dict[date, Day]:
    return {EARLIER: one_day(region[0], named=SOURCE, home=home, as_of=EARLIER, at=AT.replace(hour=7)), AS_OF: day}


@pytest.fixture(scope="module")
def drawn(evenings) -> list[str]:
    """Those who were raised in October, every other of them drawn."""
    return sorted({each.pupil for each in evenings[EARLIER].noticed})


@pytest.fixture(scope="module")
def term(evenings, drawn, home) -> Term:
    offered = drawn[::2]
    acts = [Act(pupil, "", EARLIER + timedelta(days=n % 20), TALKED) for n, pupil in enumerate(offered)]
    acts += [Act(pupil, "", EARLIER, SEEN) for pupil in drawn[1::2]]
    took_part = {"sub_project": 1, "start_date": EARLIER, "end_date": None}
    return one_term(
        evenings,
        Help(
            acts=tuple(acts),
            participants=pl.DataFrame(
                [{**took_part, "pupil": pupil} for pupil in offered],
                schema={"sub_project": pl.Int64, "pupil": pl.String, "start_date": pl.Date, "end_date": pl.Date},
            ),
            claims={"absence_share": BETTER},
            locked=lock(PLAN, at=AT, by="flow"),
            decisions=pl.DataFrame(
                [
                    {"source": SOURCE, "pupil": pupil, "offered": pupil in offered, "stratum": "all",
                     "decided_on": EARLIER, "taken_up": None, "hours": None}
                    for pupil in drawn
                ]
            ),
            methods=(method("a", "bullying"), method("b", "absence"), method("c", "absence", "relations", "unexcused")),
        ),
        home=home,
        site="here",
    )  # fmt: skip


def test_a_need_waits_until_somebody_does_something_and_being_seen_is_nothing(term, evenings, drawn):
    early = [one for one in term.waits if one.spell.began == EARLIER]
    assert [one.spell.need[0] for one in early] == drawn
    acted = {one.spell.need[0]: one.days for one in early if one.outcome == ACTED}
    still = {each.pupil for each in evenings[AS_OF].noticed}
    assert acted == {pupil: n % 20 for n, pupil in enumerate(drawn[::2])}
    assert {one.spell.need[0] for one in early if one.outcome == WAITS} == set(drawn[1::2]) & still
    assert all(one.days == (AS_OF - EARLIER).days for one in early if one.spell.need[0] not in acted)


def test_the_median_counts_those_who_still_wait(term):
    answered = [one.days for one in term.waits if one.outcome == ACTED]
    part = Fraction(len(answered), len(term.waits))
    assert term.median is None or term.median >= median(answered)
    assert part > Fraction(1, 2) or term.median is None or term.median > max(answered)


def test_what_a_sub_project_says_stands_beside_the_registers(term, drawn):
    told = {figure.measure: (figure, verdict) for figure, verdict in term.told}
    assert {"absence_share", "unexcused_share", "in_school"} <= set(told)
    figure, verdict = told["absence_share"]
    assert figure.n <= figure.of == len(drawn[::2])
    assert figure.n >= 10
    assert verdict.word == (AGREES if figure.high < 0 else DIFFERS if figure.low > 0 else CANNOT_TELL)
    assert told["unexcused_share"][1].meaning == "unsaid"


def test_the_answer_compares_those_drawn_with_those_not_and_travels_without_anybody(term, drawn):
    sizes = term.changed.result.sizes
    assert sizes.treated + sizes.compared + term.changed.not_enrolled <= len(drawn)
    assert min(sizes.treated, sizes.compared) >= 10
    assert term.changed.result.estimate is not None
    assert "frånvaro" in term.changed.paragraph("sv").lower()
    (known,) = term.known
    assert (known.outcome, known.pooled.sites) == ("absence_share", 1)
    assert not [pupil for pupil in drawn if pupil in repr(term.known)]


def test_methods_come_to_what_is_seen(term):
    assert [fit.method.key for fit in term.may_fit] == ["c", "b"]
