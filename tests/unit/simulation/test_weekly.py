"""What weeks show: who is noticed by it, when they are answered, that schools differ, and that no life is changed."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from pluginnovation.simulation import Wanted, write_region
from pluginnovation.simulation.help.event_checks import agreeing_events
from pluginnovation.simulation.help.noticing import DONE, NEEDS, ONLY_SEEN, WRONG
from pluginnovation.simulation.help.region import Parts, RegionHelp, make_ground
from pluginnovation.simulation.help.weekly import AGAIN, HalfYear, Weekly, Weeks
from pluginnovation.simulation.scenario_ordinary import ordinary_help
from pluginnovation.simulation.scenario_read import parsed_scenario

from .stand_in import some_people
from .test_files import fingerprints

WEEKS, LAST = 18, 123
ABSENCE, GRADES = NEEDS.index("absence"), NEEDS.index("grades")


def looked(said: str = "weekly_chance = 1", *, absent: float = 20.0, failed: int = 0, reported: int = 1000):
    """The answers of one autumn to 600 pupils of 15 schools, who all miss as much in every week from the first on."""
    people = some_people(600, municipalities=1)
    adults = RegionHelp(make_ground(parsed_scenario(f'name = "a"\n[noticing]\n{said}'), people, 1), Parts())
    minutes = np.full((len(people), WEEKS), reported)
    every = np.ones(len(people), dtype=np.int64)
    weeks = Weeks(np.arange(len(people)), minutes, (minutes * absent / 100).astype(np.int64))
    Weekly(adults, weeks).look(HalfYear(4051, 0, LAST, 4 * every, people.school, failed * every))
    return adults.log.frame("answers")


def test_who_misses_a_tenth_of_four_weeks_is_answered_and_who_misses_less_is_not():
    assert looked(absent=10.0)["pupil"].n_unique() > 550
    assert looked(absent=9.9).is_empty()
    assert looked("weekly_chance = 1\nweekly_from = 0.09", absent=9.9)["pupil"].n_unique() > 550
    assert looked(absent=0, reported=0).is_empty()


def test_who_failed_is_noticed_too_and_one_talk_is_about_both():
    assert set(looked(absent=0, failed=1)["need"]) == {GRADES}
    assert looked("weekly_chance = 1\nweekly_failed_from = 2", absent=0, failed=1).is_empty()
    both = looked(failed=1)
    talks = both.group_by("pupil", "day", "minute").agg(pl.col("need").sort(), pl.col("look").n_unique())
    assert set(map(tuple, talks["need"].to_list())) == {(ABSENCE, GRADES)}
    assert both.select("pupil", "look").is_unique().all()


def test_nobody_looks_at_weeks_unless_a_scenario_says_so():
    assert looked("notice_chance = 1").is_empty()
    assert ordinary_help().noticing.weekly_chance > 0


def test_answers_come_on_their_days_within_the_term_and_not_again_for_four_weeks():
    said = looked().sort("pupil", "day")
    assert (said["given"] % 7 == 4).all()
    assert (said["given"] <= said["day"]).all() and said["day"].max() <= LAST
    # Two weeks are needed to go by, so the first Friday of any is the second one.
    assert said["given"].min() == 11
    apart = said.select(pl.col("given") - pl.col("day").shift(1).over("pupil")).to_series().drop_nulls()
    assert apart.min() >= AGAIN
    done = Counter(said["done"].to_list())
    assert done[DONE.index(WRONG)] / len(said) == pytest.approx(0.06, abs=0.02)
    assert done[DONE.index(ONLY_SEEN)] == 0


def test_some_are_noticed_late_and_some_schools_answer_late():
    first = looked("weekly_chance = 0.5").group_by("pupil").agg(pl.col("given").min())["given"]
    assert (first == 11).mean() == pytest.approx(0.5, abs=0.1)

    def pace(said: str) -> list[float]:
        answers = looked(f"weekly_chance = 1\nweekly_delay_days = 5\n{said}").filter(pl.col("given") == 11)
        waited = answers.with_columns(school=pl.col("unit"), waited=pl.col("day") - pl.col("given"))
        return waited.group_by("school").agg(pl.col("waited").mean()).sort("waited")["waited"].to_list()

    alike, apart = pace("schools_differ = 0"), pace("schools_differ = 0.8")
    assert alike[-1] < 3 * alike[0]
    assert apart[-1] > 6 * apart[0]
    never = looked("weekly_chance = 1\nweekly_delay_days = 365\nschools_differ = 0")["pupil"].n_unique()
    assert never / 600 == pytest.approx(1 - np.exp(-(LAST - 11) / 365), abs=0.06)


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    """The same region twice: mentors go by the weeks in one of them."""
    folder, said = tmp_path_factory.mktemp("weekly"), ordinary_help()
    blind = replace(said, noticing=replace(said.noticing, weekly_chance=0.0))
    for name, scenario in (("with", said), ("without", blind)):
        write_region(folder / name, Wanted((150, 90), seed=5, scenario=scenario))
    return folder


def test_what_weeks_show_changes_no_life_no_effect_and_nothing_else_that_adults_did(regions):
    one, other = fingerprints(regions / "with"), fingerprints(regions / "without")
    assert [name for name in one if one[name] != other[name]] == ["help/events.jsonl"]
    assert one.keys() == other.keys()
    events, fewer = (list(agreeing_events(regions / name)) for name in ("with", "without"))
    added = [event for event in events if event not in fewer]
    assert len(added) == len(events) - len(fewer) > 200
    assert {event["type"] for event in added} == {"answer"}
    assert len({event["id"] for event in events}) == len(events)


def test_whoever_is_answered_by_the_weeks_was_away_as_much_in_the_lessons(regions):
    lessons = pl.read_csv(regions / "with" / "lessons.csv", try_parse_dates=True).filter("is_reported")
    minutes = lessons.select(
        "student_id", "date", "offered_minutes",
        away=pl.col("excused_minutes").fill_null(0) + pl.col("unexcused_minutes").fill_null(0),
    )  # fmt: skip
    by_pupil = minutes.partition_by("student_id", as_dict=True)
    events, fewer = (list(agreeing_events(regions / name)) for name in ("with", "without"))
    added = [event for event in events if event not in fewer and event["signal"] == "absence_28d"]
    assert len(added) > 100
    for event in added:
        friday = date.fromisoformat(event["signal_on"])
        if friday.weekday() != 4:
            continue  # a public holiday: the next working day stands in the file
        monday = friday - timedelta(days=25)
        rows = by_pupil[(event["pupil"],)].filter(pl.col("date").is_between(monday, friday))
        assert 10 * rows["away"].sum() >= rows["offered_minutes"].sum(), event
