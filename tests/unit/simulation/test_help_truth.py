"""The truth that is written: one adult for each youth on each day, true effects, and why somebody left."""

from datetime import timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation import scenario_files
from pluginnovation.simulation.help.event_reading import read_events
from pluginnovation.simulation.help.persons import Persons
from pluginnovation.simulation.help.reports import participants
from pluginnovation.simulation.lives.people import make_people
from pluginnovation.simulation.lives.seam import TERMS, People
from pluginnovation.simulation.scenario_files import write_scenario
from pluginnovation.simulation.scenario_read import parsed_scenario
from pluginnovation.simulation.sizes import shared_sizes
from pluginnovation.simulation.truth_accountable import accountable, birthdays
from pluginnovation.simulation.truth_effects import average_effects, individual_effects
from pluginnovation.simulation.worlds import OUTCOMES, Lived, live_worlds, lives_of, outcome

from .stand_in import StandIn, scenario, some_people, worlds

COACH = """
name = "coach"
[sub_projects.coach]
method = "study_coach"
assignment = "lottery"
start = 10
terms = 4
lasts_terms = 4
[sub_projects.coach.effect]
absence = -1
passing = 1
leaving = -2
"""


def days_of(stretches: pl.DataFrame) -> dict[str, list]:
    """Every day of each person, with whoever is accountable, stretch by stretch."""
    days: dict[str, list] = {}
    for row in stretches.iter_rows(named=True):
        length = (row["until_date"] - row["from_date"]).days + 1
        days.setdefault(row["person_id"], []).extend(row["from_date"] + timedelta(i) for i in range(length))
    return days


def assert_each_day_once(stretches: pl.DataFrame) -> None:
    for days in days_of(stretches).values():
        assert days == [days[0] + timedelta(i) for i in range(len(days))]


@settings(max_examples=40, deadline=None)
@given(
    inside=st.lists(st.booleans(), min_size=TERMS, max_size=TERMS),
    units=st.lists(st.integers(1001, 1003), min_size=TERMS, max_size=TERMS),
    degree=st.sampled_from([-1, 15, 16, 17]),
    gone=st.sampled_from([-1, -1, 12, 14]),
    born=st.integers(1999, 2009),
)
def test_each_youth_has_exactly_one_adult_on_each_day(inside, units, degree, gone, born):
    one = np.zeros(1, dtype=np.int64)
    people = People(one + 1, one + 1001, one, one, one, one, one + born, np.zeros(1), np.zeros(1))
    shape = (TERMS, 1)
    nothing = np.full(shape, np.nan)
    lived = Lived(
        half_year=2 * (born + 11) + 1 + np.arange(TERMS)[:, None], in_school=np.array(inside).reshape(shape),
        unit=np.array(units).reshape(shape), absence=nothing, recorded=nothing, passed=nothing,
        degree_term=one + degree, gone_term=one + gone, left_term=one - 1,
    )  # fmt: skip
    birthday = birthdays(people, born)
    stretches = accountable(people, lived, birthday, Persons(people))
    if not any(inside):
        assert not len(stretches)
        return
    assert_each_day_once(stretches)
    if degree < 0 and gone < 0 and len(stretches):
        day = birthday[0].astype(object)
        twenty = day.replace(year=day.year + 20) if (day.month, day.day) != (2, 29) else day.replace(day.month + 1, 1)
        assert abs((stretches["until_date"].max() - twenty).days) <= 1
    assert set(stretches["role"]) <= {"mentor", "principal", "youth_coordinator"}


def test_the_role_is_the_one_that_the_place_gives():
    lived = worlds(scenario('assignment = "lottery"\n')).lived.lived
    people = some_people()
    stretches = accountable(people, lived, birthdays(people, 1), Persons(people))
    assert_each_day_once(stretches.head(600))
    assert stretches["person_id"].n_unique() == len(people)
    pupils = Persons(people).pupils
    for place in (0, 700, 1_500):
        own = stretches.filter(person_id=pupils[place])
        for term in range(TERMS):
            october = pl.date(int(lived.half_year[term, place]) // 2, 10 if term % 2 == 0 else 3, 15)
            held = own.filter(pl.col("from_date") <= october, pl.col("until_date") >= october)
            expected = "mentor" if lived.in_school[term, place] else "youth_coordinator"
            assert held["role"].to_list() in ([expected], [])


def test_the_regions_own_lives_have_one_adult_each_day_too():
    people = make_people([150, 60], 4, (2004, 2005))
    lived = lives_of(people, 4)(None)
    stretches = accountable(people, lived, birthdays(people, 4), Persons(people))
    assert_each_day_once(stretches)
    assert set(stretches["role"]) == {"mentor", "principal", "youth_coordinator"}


def test_average_effects_are_the_means_of_the_individual_ones():
    lived = worlds(scenario('assignment = "lottery"\ntake_up = 0.7\n[sub_projects.tried.effect]\npassing = 1\n'))
    persons = Persons(lived.ground.people)
    each, means = individual_effects(lived.contrasts, persons), average_effects(lived.contrasts, persons)
    gain = pl.col("passed_lived") - pl.col("passed_without")

    def told(among: str, scope: str = "all", value: str | None = None) -> dict:
        rows = means.filter(pl.col("value").eq_missing(pl.lit(value)), outcome="passed", among=among, scope=scope)
        return rows.row(0, named=True)

    assert told("offered")["effect"] == pytest.approx(each.filter("offered").select(gain).mean().item())
    assert told("begun")["effect"] == pytest.approx(each.filter("begun").select(gain).mean().item())
    assert told("begun")["effect"] > told("offered")["effect"] > 0.05
    assert told("others")["effect"] == 0
    everyone = (pl.col("passed_everyone") - pl.col("passed_without")).mean()
    assert told("candidates")["effect"] == pytest.approx(each.select(everyone).item())
    assert told("candidates")["n"] == len(each) == 2_000
    site = each["site"][0]
    assert told("offered", "site", site)["effect"] == pytest.approx(
        each.filter(pl.col("offered"), site=site).select(gain).mean().item()
    )
    assert told("offered", "band", "from_20")["n"] == len(each.filter(pl.col("offered"), band="from_20"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("scenario") / "out"
    told = write_scenario(out, parsed_scenario(COACH), sizes=shared_sizes(400, 2), seed=3)
    assert (told.pupils, told.sub_projects) == (400, 1)
    assert told.events == len(list(read_events(out / "help" / "events.jsonl")))
    return out


def contents(folder) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_scenario_is_written_with_its_truth(folder):
    assert set(contents(folder)) == {
        "simulation.json", "scenario.toml", "help/events.jsonl", "terms/pupils.csv", "terms/terms.csv",
        "terms/participants.csv", "truth/effects.csv", "truth/individual_effects.csv", "truth/causes.csv",
        "truth/kept_by_help.csv", "truth/accountable.csv", "truth/risk.csv",
    }  # fmt: skip
    causes = pl.read_csv(folder / "truth" / "causes.csv")
    assert 10 < len(causes) < 250
    for name in ("absence", "grades", "motivation", "background"):
        assert 0 < causes[name].sum() < len(causes)
    kept = pl.read_csv(folder / "truth" / "kept_by_help.csv")
    assert len(kept) > 3
    assert not set(kept["person_id"]) & set(causes["person_id"])


def test_the_same_scenario_gives_the_same_bytes_and_another_seed_others(folder, tmp_path):
    for name, seed in (("same", 3), ("other", 4)):
        write_scenario(tmp_path / name, parsed_scenario(COACH), sizes=shared_sizes(400, 2), seed=seed)
    assert contents(tmp_path / "same") == contents(folder)
    assert contents(tmp_path / "other")["help/events.jsonl"] != contents(folder)["help/events.jsonl"]


@pytest.mark.parametrize(
    ("sizes", "code"),
    [((0,), "simulation_pupils"), ((500, -1), "simulation_pupils"), ((), "simulation_municipalities")],
)
def test_numbers_that_make_no_region_are_refused_and_nothing_is_written(tmp_path, sizes, code):
    with pytest.raises(Refusal) as refusal:
        write_scenario(tmp_path / "out", parsed_scenario(COACH), sizes=sizes, seed=1)
    assert refusal.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_municipality_that_is_not_there_is_refused(tmp_path):
    said = parsed_scenario(COACH.replace('"lottery"', '"lottery"\nmunicipalities = [5]'))
    with pytest.raises(Refusal) as refusal:
        write_scenario(tmp_path / "out", said, sizes=shared_sizes(500, 2), seed=1)
    assert refusal.value.code == "scenario_municipality"


def test_a_scenario_that_breaks_halfway_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        raise OSError("No space left on device")

    monkeypatch.setattr(scenario_files, "write_events", full)
    with pytest.raises(OSError, match="No space left"):
        write_scenario(tmp_path / "out", parsed_scenario(COACH), sizes=(60,), seed=1)
    assert list(tmp_path.iterdir()) == []


def told_of(records: str) -> pl.DataFrame:
    """What an evaluation gets to see of a lottery with an effect."""
    said = scenario('assignment = "lottery"\n[sub_projects.tried.effect]\npassing = 1\n' + records)
    world = live_worlds(said, PEOPLE, StandIn(PEOPLE, 1), 1, contrasts=False).lived
    truly = {name: outcome(world.lived, name, 7) for name in OUTCOMES}
    return participants(world.help.trials["tried"], 7, truly, said.records, Persons(PEOPLE))


PEOPLE = some_people(3_000, schools=30)


def test_some_sites_never_report_some_report_twice_and_some_make_it_up():
    whole = told_of("")
    sites = told_of("[records]\nsilent_sites = 0.25\nfabricating_sites = 0.25\nresending_sites = 0.25\n")
    assert (whole["report"] == 1).all()
    assert whole["in_school"].null_count() == 0
    assert set(sites["report"]) == {0, 1, 2}
    assert sites.filter(report=0)["in_school"].null_count() == len(sites.filter(report=0))
    first = sites.filter(report=1).join(sites.filter(report=2), on="person_id", suffix="_again")
    assert len(first)
    assert first["passed"].eq_missing(first["passed_again"]).all()
    both = whole.join(sites.filter(report=1), on="person_id", suffix="_told")
    made_up = both.filter(pl.col("absence_told").ne_missing(pl.col("absence")))
    assert 0 < made_up["site"].n_unique() < whole["site"].n_unique() / 2
    assert made_up.filter("offered")["passed_told"].min() >= 0.95


def test_outcomes_are_missing_as_often_as_said():
    both = told_of("").join(
        told_of("[records]\nattrition = 0.1\nattrition_by_outcome = 0.3\nattrition_by_arm = 0.2\n"),
        on="person_id", suffix="_left",
    ).with_columns(gone=pl.col("in_school_left").is_null())  # fmt: skip
    worse = pl.col("passed") < both["passed"].median()
    for offered, worst, share in ((True, False, 0.1), (True, True, 0.4), (False, False, 0.3), (False, True, 0.6)):
        some = both.filter(pl.col("offered") == offered, worse == worst)
        assert some["gone"].mean() == pytest.approx(share, abs=0.06)


def test_another_way_to_record_changes_what_is_recorded_and_nothing_else():
    before, after = told_of(""), told_of("[records]\nrecording_change_term = 7\nrecording_change = 1.5\n")
    assert after["absence"].to_numpy() == pytest.approx(np.minimum(1, 1.5 * before["absence"].to_numpy()))
    assert after["passed"].equals(before["passed"])
    assert told_of("[records]\nrecording_change_term = 8\n").equals(before)


def test_a_risk_comes_from_what_is_there(folder):
    risk, pupils = pl.read_csv(folder / "truth" / "risk.csv"), pl.read_csv(folder / "terms" / "pupils.csv")
    assert risk["person_id"].equals(pupils["person_id"])
    assert risk["risk"].is_between(0, 1).all()
    assert 0.15 < risk["risk"].mean() < 0.5
    for cause in ("absence", "motivation"):
        assert 0.01 < risk[cause].mean() < risk["risk"].mean()
    # Who already has the background that others are given has nothing to gain from it.
    best = (pupils["parents"] == 2) & (pupils["origin"] == 0)
    assert (risk["background"].filter(best) == 0).all()
    assert risk["background"].filter(~best).mean() > 0.02
