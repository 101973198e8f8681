"""Earlier school years without lessons: what they add, that it fits together, and that this year stays as it was."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from pluginnovation.records.asked import Asked
from pluginnovation.records.file_ledger import FileLedger
from pluginnovation.records.importing import import_source
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import Store
from pluginnovation.records.tables import FILES, csv_columns
from pluginnovation.simulation import SOURCE, Wanted, write_region
from tests.unit.simulation.conftest import Made
from tests.unit.simulation.test_files import fingerprints
from tests.unit.simulation.test_size import OF_THE_THIRD

SIZES = (420, 160)
ADDED = {"persons", "enrolments", "grades", "outcome_events", "residents", "activities"}


@pytest.fixture(scope="module")
def plain(tmp_path_factory) -> Made:
    """A region of this year only."""
    folder = tmp_path_factory.mktemp("plain") / "region"
    return Made(folder, write_region(folder, Wanted(SIZES, seed=9)))


@pytest.fixture(scope="module")
def four(tmp_path_factory) -> Made:
    """The same with three years before it."""
    folder = tmp_path_factory.mktemp("four") / "region"
    return Made(folder, write_region(folder, Wanted(SIZES, seed=9, years=4)))


def former(table: pl.DataFrame, column: str) -> pl.DataFrame:
    return table.filter(pl.col(column).str.contains("^p..h"))


def test_this_year_stays_as_it_was_and_history_stands_after_it(plain, four):
    for path in sorted(plain.folder.glob("*.csv")):
        before, after = path.read_bytes(), (four.folder / path.name).read_bytes()
        assert after.startswith(before)
        assert (len(after) > len(before)) == (path.stem in ADDED), path.name
    assert {path.name for path in four.folder.glob("*.csv")} - {path.name for path in plain.folder.glob("*.csv")} == {
        "attendance_sums.csv"
    }
    assert plain.truth.targets == four.truth.targets[: len(plain.truth.targets)]


@pytest.mark.parametrize("name", [*sorted(ADDED), "attendance_sums"])
def test_no_key_comes_twice_and_stars_are_filled(four, name):
    columns = csv_columns(FILES[name])
    table = four.table(name)
    by_name = {column.name: column.csv for column in columns}
    assert table.select([by_name[column] for column in FILES[name].key]).is_duplicated().sum() == 0
    starred = [column.csv for column in columns if column.required]
    assert table.select(pl.col(starred).null_count()).row(0) == (0,) * len(starred)


def test_it_comes_in_through_the_ordinary_import_without_a_row_turned_away(four, tmp_path):
    with Store.open(tmp_path, FileLedger(tmp_path / "ledger.json")) as store:
        at = datetime(2026, 6, 13, 4, tzinfo=UTC)
        summary = import_source(store, four.folder, Asked(by="test", at=at, source=SOURCE))
    assert summary.status == "done"
    assert {one.name: dict(one.quarantined) for one in summary.resources if one.quarantined} == {}
    read = {one.name: one.new for one in summary.resources}
    assert read["attendance_sums"] > 5_000


def test_the_sums_add_up_and_lie_in_earlier_years(four):
    sums = four.table("attendance_sums")
    parts = sums.select(pl.sum_horizontal("attended_sum", "other_sum", "excused_sum", "unexcused_sum")).to_series()
    assert (parts == sums["reported_sum"]).all()
    assert (sums["reported_sum"] <= sums["offered_sum"]).all()
    assert sums.select(pl.min("offered_sum", "attended_sum", "excused_sum", "unexcused_sum")).row(0)[1:] >= (0, 0, 0)
    assert (sums["start_date"].min(), sums["end_date"].max()) == (date(2022, 8, 1), date(2025, 6, 30))
    share = (sums["excused_sum"] + sums["unexcused_sum"]).sum() / sums["reported_sum"].sum()
    assert 0.04 < share < 0.13


def test_every_month_of_sums_lies_within_an_enrolment_at_its_school(four):
    sums = four.table("attendance_sums").with_columns(pl.col("activity_id").str.strip_suffix("-all"))
    enrolments = four.table("enrolments").select("person_id", "organisation_id", first="start_date", last="end_date")
    inside = sums.join(
        enrolments, left_on=["student_id", "activity_id"], right_on=["person_id", "organisation_id"]
    ).filter(pl.col("end_date") >= pl.col("first"), pl.col("last").is_null() | (pl.col("start_date") <= pl.col("last")))
    keys = ["student_id", "activity_id", "start_date"]
    assert inside.select(keys).unique().height == sums.height


def test_absence_in_earlier_years_goes_with_absence_now(four):
    sums = (
        four.table("attendance_sums")
        .group_by("student_id")
        .agg((pl.col("excused_sum") + pl.col("unexcused_sum")).sum() / pl.col("reported_sum").sum())
    )
    now = four.truth.shares.filter(pl.col("reported") > 0).select("person_id", pl.col("absent") / pl.col("reported"))
    both = sums.join(now, left_on="student_id", right_on="person_id")
    assert len(both) > 200
    assert both.select(pl.corr("excused_sum", "absent")).item() > 0.4


def test_who_is_on_a_national_programme_now_had_passed_what_it_takes_in_year_nine(four):
    enrolled = four.table("enrolments").filter(pl.col("school_type") == "GY")
    introductory = enrolled.filter(pl.col("programme_code").str.starts_with("IM"))["person_id"].to_list()
    now = enrolled.filter(pl.col("end_date").is_null(), ~pl.col("person_id").is_in(introductory))
    national = now["person_id"].to_list()
    final = four.table("grades").filter(pl.col("kind") == "final", pl.col("course_code").is_null())
    of_them = final.filter(
        pl.col("student_id").is_in(national), pl.col("subject_code").is_in(["SV", "SVA", "EN", "MA"])
    )
    assert of_them["student_id"].n_unique() > 50
    assert not of_them["grade"].is_in(["F", "-"]).any()
    assert of_them["year"].is_between(2023, 2025).all()


def test_about_four_in_five_ended_with_a_degree_and_who_left_was_told_of(tmp_path):
    write_region(tmp_path / "out", Wanted((3_000,), seed=2, years=4))
    events = pl.read_csv(tmp_path / "out" / "outcome_events.csv")
    last = former(events, "person_id").filter(pl.col("event").is_in(["degree", "study_certificate", "left"]))
    last = last.sort("date").group_by("person_id").last()
    assert len(last) > 800
    # Everybody who was there, introductory programmes too: 74 % have a degree after five years, 6 % a certificate.
    assert (last["event"] == "degree").mean() == pytest.approx(0.74, abs=0.05)
    assert (last["event"] == "study_certificate").mean() == pytest.approx(0.06, abs=0.03)


def test_nothing_is_told_of_somebody_after_they_left(four):
    ended = former(four.table("enrolments"), "person_id").sort("end_date").group_by("person_id").last()
    left = ended.filter(leave_reason="Studieavbrott")
    assert len(left) > 10
    grades = four.table("grades").join(left, left_on="student_id", right_on="person_id")
    assert (grades["registered_date"] <= grades["end_date"]).all()


def test_a_municipality_answers_for_nobody_with_a_degree_and_for_nobody_in_school(four):
    residents = former(four.table("residents"), "person_id")
    out = four.table("outcome_events").filter(event="degree").rename({"date": "degree_day"})
    graduated = residents.join(out, on="person_id")
    assert (graduated["end_date"] < graduated["degree_day"]).all()
    enrolled = four.table("enrolments").select("person_id", first="start_date", last="end_date")
    both = residents.join(enrolled, on="person_id").filter(
        pl.col("first") <= pl.col("end_date").fill_null(date(2026, 6, 12)),
        pl.col("last").fill_null(date(2026, 6, 12)) >= pl.col("start_date"),
    )
    assert len(residents) > 10
    assert both.is_empty()


def test_another_municipality_leaves_the_history_of_the_others_as_it_was(four, tmp_path):
    write_region(tmp_path / "three", Wanted((*SIZES, 90), seed=9, years=4, workers=2))
    for path in sorted(four.folder.glob("*.csv")):
        after = (tmp_path / "three" / path.name).read_text(encoding="utf-8").splitlines()
        ours = [line for line in after if not OF_THE_THIRD.search(line)]
        assert ours == path.read_text(encoding="utf-8").splitlines(), path.name


def test_the_same_years_give_the_same_bytes(four, tmp_path):
    write_region(tmp_path / "again", Wanted(SIZES, seed=9, years=4))
    assert fingerprints(tmp_path / "again") == fingerprints(four.folder)


@pytest.mark.parametrize("sizes", [(5,), (30,)])
def test_the_smallest_regions_have_a_history_too(tmp_path, sizes):
    write_region(tmp_path / "out", Wanted(sizes, seed=3, years=4))
    assert (tmp_path / "out" / "attendance_sums.csv").exists()


@pytest.mark.parametrize("years", [0, -1, 7])
def test_years_that_cannot_be_made_up_are_refused_and_nothing_is_written(tmp_path, years):
    with pytest.raises(Refusal) as refusal:
        write_region(tmp_path / "out", Wanted(SIZES, seed=9, years=years))
    assert (refusal.value.code, refusal.value.where) == ("simulation_years", "--years")
    assert list(tmp_path.iterdir()) == []


def test_both_formats_give_the_same_sums_and_earlier_enrolments(tmp_path):
    folder = tmp_path / "region"
    write_region(folder, Wanted((120,), seed=9, years=4, json=True))
    homes = [tmp_path / "csv", tmp_path / "json"]
    facts = []
    for home, source in zip(homes, (folder, folder / "ss12000"), strict=True):
        (home / "keys").mkdir(mode=0o700, parents=True)
        (home / "keys" / "pseudonym.key").write_bytes(bytes(range(32)))
        (home / "keys" / "pseudonym.key").chmod(0o600)
        with Store.open(home, FileLedger(home / "ledger.json")) as store:
            at = datetime(2026, 6, 13, 4, tzinfo=UTC)
            summary = import_source(store, source, Asked(by="test", at=at, source=SOURCE))
            assert {one.name: dict(one.quarantined) for one in summary.resources if one.quarantined} == {}
            sums, enrolments, activities = (
                store.facts().attendance_sums,
                store.facts().enrolments,
                store.facts().activities,
            )
            columns = ["pupil", "activity", "start_date", "end_date", "offered", "reported", "excused", "unexcused"]
            facts.append(
                [
                    store.frame(sums.select(columns)).sort(columns),
                    store.frame(enrolments.select("pupil", "organisation", "school_year", "end_date")).sort(pl.all()),
                    store.frame(activities.select("activity", "subject", "organisation")).sort(pl.all()),
                ]
            )
    for ours, theirs in zip(*facts, strict=True):
        assert len(ours) > 50
        assert ours.equals(theirs)
