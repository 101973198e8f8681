"""help/events.jsonl says what adults did, in an order in which it can have happened; anything else is refused."""

import json
from datetime import date, timedelta

import numpy as np
import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation.help import events as writing
from pluginnovation.simulation.help.days import first_days, holidays, working_days
from pluginnovation.simulation.help.event_reading import checked_events, read_events
from pluginnovation.simulation.help.event_schema import COMMON, FIELDS, TYPES
from pluginnovation.simulation.help.events import event_lines, write_events
from pluginnovation.simulation.help.log import REASONS
from pluginnovation.simulation.help.persons import Persons
from pluginnovation.simulation.help.region import Parts, RegionHelp, make_ground
from pluginnovation.simulation.scenario_read import parsed_scenario

from .stand_in import StandIn, some_people

SCENARIO = """
name = "all kinds"
[records]
silent_sites = 0.3
resending_sites = 0.3
[world]
movers = 0.05
[sub_projects.coach]
method = "study_coach"
assignment = "lottery"
drop_out = 0.2
delivered = 0.7
take_up = 0.8
[sub_projects.back]
method = "outreach"
assignment = "staff_choice"
start = 13
who = "out_of_school"
[sub_projects.back.effect]
returning = 3
[sub_projects.line]
method = "attendance_team"
assignment = "threshold"
cutoff = 0.12
start = 14
[sub_projects.long]
method = "homework_help"
assignment = "school_draw"
start = 13
terms = 8
"""


def lived(text: str = SCENARIO, *, size: int = 600, seed: int = 1):
    people = some_people(size, seed=seed)
    said = parsed_scenario(text)
    adults = RegionHelp(make_ground(said, people, seed), Parts(sub_projects=frozenset(said.sub_projects)))
    return adults, Persons(people), StandIn(people, seed)(adults)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    adults, persons, life = lived()
    path = tmp_path_factory.mktemp("events") / "help" / "events.jsonl"
    count = write_events(path, adults, persons)
    found = list(read_events(path))
    assert len(found) == count
    return adults, persons, life, found, path


def of(found, kind: str) -> list[dict]:
    return [event for event in found if event["type"] == kind]


def test_every_type_and_field_is_written_and_read_again(written):
    *_, found, _ = written
    assert {event["type"] for event in found} == set(TYPES)
    fields = {name for event in found for name in event}
    assert fields == set(FIELDS)
    assert len({event["id"] for event in found}) == len(found)


def test_events_are_what_the_adults_did(written):
    adults, _, _, found, _ = written
    log = adults.log
    assert len(of(found, "measure_started")) <= len(log.frame("starts"))
    trial = adults.trials["coach"]
    begun = [event for event in of(found, "measure_started") if event.get("sub_project") == "coach"]
    assert len(begun) == trial.begun.sum() > 100
    ends = {event["measure"]: event for event in of(found, "measure_ended")}
    assert all(event["measure"] in ends for event in begun)
    given = sum(event["dose"] for event in of(found, "dose_delivered") if event["measure"].endswith("coach"))
    assert (
        given
        == trial.delivered.sum()
        == sum(event["delivered_dose"] for event in ends.values() if event["measure"].endswith("coach"))
    )
    assert {event["reason"] for event in ends.values()} == set(REASONS)


def test_a_threshold_tells_each_ones_score_as_it_was_written_down(written):
    """In thousandths, rounded down: so that whoever was under the line is under it in the file too."""
    adults, _, _, found, _ = written
    lines = [event for event in of(found, "participants_chosen") if event["sub_project"] == "line"]
    offer, score = adults.trials["line"].offer, []
    for event in lines:
        told = dict(zip(event["candidates"], event["scores"], strict=True))
        assert set(event["chosen"]) == {one for one, at in told.items() if 120 <= at < 999_999}
        score += list(told.values())
    assert len(score) == offer.candidate.sum() > 100
    known = offer.score[offer.candidate & ~np.isnan(offer.score)]
    assert sorted(one for one in score if one < 999_999) == sorted(np.floor(1000 * known + 1e-9))
    assert not any("scores" in event for event in of(found, "participants_chosen") if event["sub_project"] == "back")


def test_who_was_drawn_is_among_those_who_could_be_and_no_other_begins(written):
    *_, found, _ = written
    drawn = of(found, "assignment_drawn")
    drawn = [event for event in drawn if event["sub_project"] == "coach"]
    assert len(drawn) == 15
    for event in drawn:
        assert set(event["chosen"]) < set(event["candidates"])
        assert event["seed"] == 1
    chosen = {pupil for event in drawn for pupil in event["chosen"]}
    begun = {event["pupil"] for event in of(found, "measure_started") if event.get("sub_project") == "coach"}
    assert begun < chosen
    assert all(event["at"] > drawn[0]["at"] for event in of(found, "measure_started") if event["pupil"] in begun
               and event.get("sub_project") == "coach")  # fmt: skip


def test_some_sites_never_report_and_some_report_twice(written):
    *_, found, _ = written
    (start,) = [event for event in of(found, "sub_project_started") if event["sub_project"] == "coach"]
    reports = [event for event in of(found, "sub_project_reported") if event["sub_project"] == "coach"]
    first = {event["site"] for event in reports if not event["again"]}
    again = {event["site"] for event in reports if event["again"]}
    assert again < first < set(start["sites"])
    assert again


def test_nobody_looks_for_those_who_have_a_degree(written):
    _, persons, life, found, _ = written
    finished = dict(zip(persons.pupils, life.degree_term, strict=True))
    last = first_days(life.half_year[16, :1])[0].astype(object).isoformat()
    graduates = [event for event in found if finished.get(event.get("pupil"), -1) >= 0]
    assert len(graduates) > 100
    after = {(event["type"], event.get("reason")) for event in graduates if event["at"] > last}
    assert after == {("measure_ended", "finished_school")}


def test_adults_work_on_working_days_only(written):
    *_, found, _ = written
    days = {date.fromisoformat(event["at"][:10]) for event in found}
    closed = {day for year in range(2018, 2031) for day in holidays(year)}
    assert not [day for day in days if day.weekday() > 4 or day in closed]


@pytest.mark.parametrize(("year", "easter"), [(2019, (4, 21)), (2024, (3, 31)), (2025, (4, 20)), (2038, (4, 25))])
def test_easter_falls_where_it_does(year, easter):
    good_friday, easter_monday, ascension = holidays(year)[2:5]
    sunday = date(year, *easter)
    assert (sunday - good_friday, easter_monday - sunday) == (timedelta(2), timedelta(1))
    assert ascension == sunday + timedelta(39)


def test_terms_begin_in_august_and_january():
    found = first_days(np.array([4049, 4050, 4048, 4033])).astype(object).tolist()
    assert found == [date(2024, 8, 18), date(2025, 1, 8), date(2024, 1, 8), date(2016, 8, 18)]
    assert working_days(np.array([4051]), np.array([5])).astype(object).tolist() == [date(2025, 8, 25)]


def test_the_same_world_gives_the_same_bytes(tmp_path, written):
    *_, path = written
    adults, persons, _life = lived()
    write_events(tmp_path / "again.jsonl", adults, persons)
    assert (tmp_path / "again.jsonl").read_bytes() == path.read_bytes()
    other, persons, _life = lived(seed=2)
    write_events(tmp_path / "other.jsonl", other, persons)
    assert (tmp_path / "other.jsonl").read_bytes() != path.read_bytes()


def test_a_world_in_which_nothing_is_done_has_an_empty_file(tmp_path):
    adults, persons, _life = lived('name = "nobody"\n[noticing]\nnotice_chance = 0\n', size=60)
    assert write_events(tmp_path / "events.jsonl", adults, persons) == 0
    assert list(read_events(tmp_path / "events.jsonl")) == []


def test_a_file_that_cannot_be_finished_is_not_there(tmp_path, monkeypatch):
    adults, persons, _life = lived(size=100)
    path = tmp_path / "events.jsonl"
    path.write_text("earlier")

    class Full:
        def __len__(self):
            return 1

        def iter_slices(self, _):
            yield {"line": ["{}"]}
            raise OSError("No space left on device")

    monkeypatch.setattr(writing, "event_lines", lambda *_: Full())
    with pytest.raises(OSError, match="No space left"):
        write_events(path, adults, persons)
    assert [each.name for each in tmp_path.iterdir()] == ["events.jsonl"]
    assert path.read_text() == "earlier"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refusal) as refusal:
        next(read_events(tmp_path / "events.jsonl"))
    assert refusal.value.code == "events_missing"


START = {"id": "s1", "type": "measure_started", "at": "2025-09-01T08:00:00Z", "by": "t1", "measure": "m1",
         "pupil": "p1", "method": "study_coach", "intent": "remedial", "reach": "intensive", "level": "individual",
         "planned_dose": 5}  # fmt: skip
DOSE = {"id": "d1", "type": "dose_delivered", "at": "2025-09-02T08:00:00Z", "by": "t1", "measure": "m1", "pupil": "p1",
        "dose": 3, "planned_dose": 5}  # fmt: skip
END = {"id": "e1", "type": "measure_ended", "at": "2025-09-03T08:00:00Z", "by": "t1", "measure": "m1", "pupil": "p1",
       "reason": "completed", "delivered_dose": 3}  # fmt: skip


def lines(*found) -> list[str]:
    return [each if isinstance(each, str) else json.dumps(each) for each in found]


def without(event: dict, name: str) -> dict:
    return {key: value for key, value in event.items() if key != name}


@pytest.mark.parametrize(
    ("found", "code", "line"),
    [
        (["{"], "event_not_json", 1),
        ([START, "[]"], "event_not_json", 2),
        (["[" * 100_000], "event_not_json", 1),
        (['{"id": "a", "id": "b"}'], "event_not_json", 1),
        ([START | {"type": "party"}], "event_type_unknown", 1),
        ([without(START, "type")], "event_type_unknown", 1),
        ([START | {"type": ["answer"]}], "event_type_unknown", 1),
        ([START | {"mood": "good"}], "event_field_unknown", 1),
        ([START, DOSE | {"reason": "completed"}], "event_field_unknown", 2),
        ([without(START, "by")], "event_field_missing", 1),
        ([START | {"planned_dose": -1}], "event_value_wrong", 1),
        ([START | {"planned_dose": True}], "event_value_wrong", 1),
        ([START | {"planned_dose": "5"}], "event_value_wrong", 1),
        ([START | {"method": "magic"}], "event_value_wrong", 1),
        ([START | {"pupil": ""}], "event_value_wrong", 1),
        ([START | {"at": "2025-09-01"}], "event_value_wrong", 1),
        ([START | {"at": "2025-09-01T08:00:00+02:00"}], "event_value_wrong", 1),
        ([START | {"at": "2025-02-30T08:00:00Z"}], "event_value_wrong", 1),
        ([DOSE, START], "event_measure", 1),
        ([START, END, DOSE | {"at": "2025-09-04T08:00:00Z"}], "event_measure", 3),
        ([START, START | {"id": "s2"}], "event_measure", 2),
        ([START, START], "event_order", 2),
        ([START, DOSE | {"at": "2025-08-02T08:00:00Z"}], "event_order", 2),
    ],
)
def test_a_line_that_is_not_as_it_should_be_is_refused(found, code, line):
    with pytest.raises(Refusal) as refusal:
        list(checked_events(lines(*found), "events.jsonl"))
    assert refusal.value.code == code
    assert refusal.value.where == f"events.jsonl, {line}"
    assert refusal.value.text("sv") != refusal.value.text("en")


def test_lines_that_are_as_they_should_be_are_read():
    assert [event["type"] for event in checked_events(lines(START, DOSE, END), "events.jsonl")] == [
        "measure_started", "dose_delivered", "measure_ended",
    ]  # fmt: skip


def test_every_field_of_every_type_is_described():
    named = {name for each in TYPES.values() for name in (*each.fields, *each.perhaps)} | set(COMMON)
    assert named == set(FIELDS)


def test_lines_are_written_in_order_also_across_cohorts():
    people = some_people(200)
    people.born[::2] = 2006
    adults = RegionHelp(make_ground(parsed_scenario('name = "a"'), people, 1), Parts())
    StandIn(people, 1)(adults)
    frame = event_lines(adults, Persons(people))
    assert frame.equals(frame.sort("at", "id"))
    assert frame["at"].min() < "2018-09" < "2021-01" < frame["at"].max()
