"""Adults in the region of files: whom they help was there, they were on duty, and what it changed is known."""

import json
import shutil
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.simulation.cohorts import make_cohorts
from pluginnovation.simulation.help.event_checks import agreeing_events
from pluginnovation.simulation.help.log import REASONS
from pluginnovation.simulation.lives.record import Lives
from pluginnovation.simulation.scenario_ordinary import ordinary_help
from pluginnovation.simulation.scenario_region import Region, adults_of, write_events_only, write_help

from .paper_registers import registers, units

SIZES = (260, 200)
TRUE = ("terms", "effects", "individual_effects", "causes", "kept_by_help", "risk", "accountable")


@dataclass(frozen=True)
class Written:
    """A region of paper registers, its events, and the folder with what is true."""

    folder: Path
    tables: dict[str, pl.DataFrame]
    lives: Lives
    ids: list[str]
    events: list[dict]

    def true(self, name: str) -> pl.DataFrame:
        return pl.read_csv(self.folder / "truth" / f"{name}.csv", try_parse_dates=True)


def write(folder: Path, sizes: tuple[int, ...] = SIZES, years: int = 4) -> Written:
    """Live the ordinary scenario, write the registers of that world, and what its adults did."""
    cohorts, said = make_cohorts(sizes, 3), ordinary_help()
    lives = cohorts.live(adults_of(said, cohorts))
    tables = registers(cohorts, lives)
    (folder / "truth").mkdir(parents=True)
    region = Region(cohorts, tables, units(lives, [1, 2, 3][: len(sizes)]), years)
    helped = write_help(folder, said, region)
    for name, table in tables.items():
        table.write_csv(folder / f"{name}.csv")
    events = list(agreeing_events(folder))
    assert len(events) == helped.events
    return Written(folder, tables, lives, cohorts.id.tolist(), events)


@pytest.fixture(scope="module")
def region(tmp_path_factory) -> Written:
    return write(tmp_path_factory.mktemp("region") / "out")


def of(events: list[dict], kind: str) -> list[dict]:
    return [event for event in events if event["type"] == kind]


def test_every_kind_of_event_is_about_those_years_only(region):
    kinds = {event["type"] for event in region.events}
    assert {"answer", "measure_started", "dose_delivered", "measure_ended", "sub_project_started", "assignment_drawn",
            "participants_chosen", "sub_project_reported"} <= kinds  # fmt: skip
    days = [event["at"][:10] for event in region.events]
    assert "2022-08-15" <= min(days) < "2022-10" and "2026-04" < max(days) <= "2026-06-12"
    answered = of(region.events, "answer")
    assert {event["by"][0] for event in answered} == {"S", "m", "k"}
    assert all(event["signal_on"] <= event["at"][:10] for event in answered)


def test_a_measure_is_given_within_an_enrolment_and_its_doses_add_up(region):
    given: dict[str, int] = {}
    for event in of(region.events, "dose_delivered"):
        given[event["measure"]] = given.get(event["measure"], 0) + event["dose"]
    ends = of(region.events, "measure_ended")
    assert len(ends) > 100
    assert all(event["delivered_dose"] == given.get(event["measure"], 0) for event in ends)
    assert {event["reason"] for event in ends} <= set(REASONS)


def test_the_file_is_in_order_and_the_same_each_time(region, tmp_path):
    keys = [(event["at"], event["id"]) for event in region.events]
    assert keys == sorted(keys)
    again = write(tmp_path / "again")
    for path in sorted(region.folder.rglob("*")):
        if path.is_file():
            assert path.read_bytes() == (again.folder / path.relative_to(region.folder)).read_bytes(), path.name


def test_another_municipality_changes_nothing_of_the_others(region, tmp_path):
    more = write(tmp_path / "more", (*SIZES, 90))
    alone = [event for event in region.events if "pupil" in event or "site" in event]
    of_both = [event for event in more.events if "pupil" in event or "site" in event]
    assert [event for event in of_both if event in alone] == alone
    assert len(of_both) > len(alone)


def test_fewer_years_tell_of_fewer_events_and_never_of_what_began_before(region, tmp_path):
    short = write(tmp_path / "short", years=1)
    assert min(event["at"] for event in short.events) > "2025-08-18"
    assert {event["id"] for event in short.events if "pupil" in event} < {event["id"] for event in region.events}


def test_what_help_changed_is_told_of_both_worlds(region):
    terms = region.true("terms")
    changed = terms.filter(pl.col("absence_with") != pl.col("absence_without"))
    helped = {event["pupil"] for event in of(region.events, "measure_started")}
    assert 0 < len(changed) < len(terms)
    assert len(helped & set(changed["person_id"])) > len(helped) / 2
    lived = dict(zip(region.ids, range(len(region.ids)), strict=True))
    row = changed.row(0, named=True)
    assert region.lives.missed[row["term"], lived[row["person_id"]]] == pytest.approx(row["absence_with"], abs=1e-6)
    for name in TRUE:
        assert len(region.true(name)), name


def test_one_adult_answers_for_each_on_every_day(region):
    stretches = region.true("accountable").sort("person_id", "from_date")
    following = pl.col("from_date").shift(-1).over("person_id")
    gaps = stretches.filter(following.is_not_null() & (following != pl.col("until_date") + timedelta(days=1)))
    assert gaps.is_empty()
    assert stretches["from_date"].min() >= date(2022, 8, 8)
    assert stretches["until_date"].max() == date(2026, 6, 12)
    assert set(stretches["role"]) == {"mentor", "principal", "youth_coordinator"}
    assert stretches.filter(role="mentor")["by"].str.starts_with("m-").all()


def test_whoever_moves_is_the_first_principal_until_july_and_the_next_from_august():
    from pluginnovation.simulation.help.in_force import Register
    from pluginnovation.simulation.truth_in_charge import in_charge

    days = {"start_date": pl.Date, "end_date": pl.Date}
    none = dict.fromkeys(("group_id", "person_id"), pl.String) | days
    stays = {"person_id": pl.String, "organisation_id": pl.String} | days
    rows = [("p", "a", date(2022, 8, 17), date(2025, 6, 11)), ("p", "b", date(2025, 8, 18), date(2026, 1, 31))]
    tables = {
        "persons": pl.DataFrame({"id": ["p"], "home_municipality_code": ["1"], "birth_date": [date(2009, 2, 28)]}),
        "enrolments": pl.DataFrame(rows, orient="row", schema=stays),
        "memberships": pl.DataFrame(schema=none),
        "duties": pl.DataFrame(
            [("ra", "a", "Rektor"), ("rb", "b", "Rektor"), ("k", "h", "Ungdomssamordnare")], orient="row",
            schema=["person_id", "organisation_id", "duty_role"],
        ).with_columns(group_id=pl.lit(None, pl.String), assignment_type=pl.lit(None, pl.String),
                       start_date=date(2020, 8, 1), end_date=pl.lit(None, pl.Date)),
        "organisations": pl.DataFrame({"id": ["h"], "organisation_type": ["Huvudman"], "municipality_code": ["1"]}),
        "outcome_events": pl.DataFrame(schema={"person_id": pl.String, "event": pl.String, "date": pl.Date}),
    }  # fmt: skip
    found = in_charge(tables, Register(tables), date(2024, 8, 1), date(2026, 6, 12))
    assert found.select("from_date", "until_date", "role", "by").rows() == [
        (date(2024, 8, 1), date(2025, 7, 31), "principal", "ra"),
        (date(2025, 8, 1), date(2026, 1, 31), "principal", "rb"),
        (date(2026, 2, 1), date(2026, 6, 12), "youth_coordinator", "k"),
    ]


def broken(region: Written, folder: Path, change) -> Refusal:
    """What is said when something is changed in a copy of the folder."""
    shutil.copytree(region.folder, folder)
    change(folder)
    with pytest.raises(Refusal) as refusal:
        list(agreeing_events(folder))
    return refusal.value


def changed(place: int, **values):
    """Change fields of the first event that has all of them."""

    def change(folder: Path) -> None:
        path = folder / "help" / "events.jsonl"
        events = [json.loads(line) for line in path.read_text().splitlines()]
        found = [event for event in events if set(values) <= set(event)][place]
        found.update(values)
        path.write_text("".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events))

    return change


def ended(file: str):
    """Let everybody's enrolment or duty end before the first event."""

    def change(folder: Path) -> None:
        path = folder / f"{file}.csv"
        table = pl.read_csv(path, infer_schema=False)
        table.with_columns(start_date=pl.lit("2001-01-01"), end_date=pl.lit("2001-12-31")).write_csv(path)

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (changed(0, pupil="p9999999"), "event_person_unknown"),
        (changed(0, by="t9999999"), "event_person_unknown"),
        (changed(0, site="s9"), "event_site_unknown"),
        (changed(0, chosen=["p0100001x"]), "event_chosen"),
        (ended("duties"), "event_no_duty"),
        (ended("enrolments"), "event_not_there"),
        (lambda folder: (folder / "duties.csv").unlink(), "events_alone"),
        (lambda folder: (folder / "help" / "events.jsonl").unlink(), "events_missing"),
    ],
)
def test_events_that_the_files_contradict_are_refused(region, tmp_path, change, code):
    refusal = broken(region, tmp_path / "broken", change)
    assert refusal.code == code
    assert refusal.where


def test_whom_the_files_do_not_know_is_not_told_of(region, tmp_path):
    cohorts, said = make_cohorts(SIZES, 3), ordinary_help()
    tables = dict(region.tables)
    gone = tables["persons"].filter(pl.col("id").str.starts_with("p01"))["id"]
    for name, key in (("persons", "id"), ("enrolments", "person_id"), ("memberships", "person_id")):
        tables[name] = tables[name].filter(~pl.col(key).is_in(gone.implode()))
    (tmp_path / "truth").mkdir()
    write_help(tmp_path, said, Region(cohorts, tables, units(region.lives, [1, 2]), 4))
    text = (tmp_path / "help" / "events.jsonl").read_text()
    assert '"p02' in text and '"p01' not in text
    assert "p01" not in (tmp_path / "truth" / "individual_effects.csv").read_text()


def test_a_region_in_which_nobody_helps_lives_as_without_help():
    cohorts = make_cohorts((120,), 5)
    said = ordinary_help()
    nobody = replace(said, sub_projects={}, noticing=replace(said.noticing, notice_chance=0.0))
    assert (cohorts.live(adults_of(nobody, cohorts)).missed == cohorts.live().missed)[cohorts.lives.in_school].all()


def test_the_same_is_told_of_when_the_other_worlds_are_not_lived(region, tmp_path):
    cohorts = make_cohorts(SIZES, 3)
    write_events_only(tmp_path, ordinary_help(), Region(cohorts, region.tables, units(region.lives, [1, 2]), 4))
    events = (tmp_path / "help" / "events.jsonl").read_bytes()
    assert events == (region.folder / "help" / "events.jsonl").read_bytes()
    assert not (tmp_path / "truth").exists()
