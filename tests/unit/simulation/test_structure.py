"""What the region is made of: independent schools, groups, commuters, holidays, and how schools record."""

import polars as pl
import pytest

from pluginnovation.simulation import make_world
from pluginnovation.simulation.patterns import shown_classes
from pluginnovation.simulation.roster import OPEN


@pytest.fixture(scope="module")
def lessons(region):
    return region.table("lessons").filter(pl.col("offered_minutes") > 0)


@pytest.fixture(scope="module")
def large():
    """50,000 pupils before their first lesson."""
    return make_world(pupils=50_000, municipalities=13, seed=3)


@pytest.mark.parametrize(("school_type", "share"), [("GR", 0.187), ("GY", 0.29)])
def test_as_many_go_to_an_independent_school_as_in_the_country(large, school_type, share):
    classes = [each for each in large.region.classes if each.school.school_type == school_type]
    pupils = sum(each.size for each in classes if each.school.independent)
    assert pupils / sum(each.size for each in classes) == pytest.approx(share, abs=0.05)


def test_an_independent_school_has_an_authority_and_a_calendar_of_its_own(region):
    organisations = region.table("organisations")
    authorities = organisations.filter(organisation_type="Huvudman")
    independent = authorities.filter(pl.col("municipality_code").is_null())
    schools = organisations.filter(pl.col("parent_id").is_in(independent["id"].to_list()))

    assert len(independent) == len(schools) > 0
    assert len(authorities) - len(independent) == 13
    assert schools["municipality_code"].null_count() == 0
    assert schools["display_name"].str.contains("friskola|fria gymnasium").all()
    assert set(region.table("calendars")["organisation_id"]) == set(authorities["id"])


def test_the_first_school_of_each_kind_is_the_municipalitys_own(large):
    seen = set()
    for each in large.region.schools:
        kind = (each.municipality.no, each.school_type)
        assert kind in seen or not each.independent
        seen.add(kind)


def test_years_five_to_nine_and_every_kind_of_programme_are_there(large):
    years = {(each.school.school_type, each.year) for each in large.region.classes}
    assert years >= {("GR", year) for year in range(5, 10)} | {("GY", year) for year in (1, 2, 3)}
    programmes = {each.programme for each in large.region.classes}
    assert {"IMV", "IMY", "IMA", "IMS", "NA", "SA", "EK", "TE", "BA", "EE", "VO"} <= programmes


def test_study_days_and_winter_breaks_differ_between_municipalities(region):
    calendars = region.table("calendars")
    study = calendars.filter(kind="study_day").group_by("organisation_id").agg("start_date")
    assert study["start_date"].n_unique() > 10
    assert calendars.filter(name="Sportlov")["start_date"].n_unique() == 2


def test_a_year_group_is_divided_by_modern_language_and_each_pupil_reads_one(region, lessons):
    modern = lessons.filter(pl.col("activity_id").str.contains("-ML"))
    languages = modern.group_by("student_id", "date").agg(pl.col("activity_id").n_unique())
    assert languages["activity_id"].max() == 1
    names = region.table("activities").filter(subject_code="ML")["display_name"].str.split(" ").list.first()
    assert set(names) == {"Spanska", "Tyska", "Franska"}


def test_the_members_of_a_group_are_those_who_have_its_lessons(region, lessons):
    groups = region.table("memberships").filter(pl.col("group_id").str.contains("^g-.*-(ML|SV)"))
    members = set(groups.select("group_id", "person_id").rows())
    taught = lessons.filter(pl.col("activity_id").str.contains("-(ML|SV)"))
    rows = taught.select(pl.format("g-{}", "activity_id"), "student_id").unique().rows()
    assert set(rows) <= members
    # Who left before the first lesson of a subject is a member without lessons.
    assert len(members - set(rows)) < 0.01 * len(members)


def test_classes_of_a_school_are_reported_alike(large):
    per_school: dict[int, list[float]] = {}
    for each, pattern in zip(large.region.classes, large.patterns, strict=True):
        if pattern.reported > 0.8:
            per_school.setdefault(each.school.no, []).append(pattern.reported)
    frame = pl.DataFrame({"school": list(per_school), "reported": list(per_school.values())}).explode("reported")
    within = frame.group_by("school").agg(pl.col("reported").std())["reported"].mean()
    assert within < 0.6 * frame["reported"].std()


def test_some_schools_change_how_they_record_and_the_shown_ones_do_not(large):
    schools = {
        each.school.no for each, own in zip(large.region.classes, large.patterns, strict=True) if own.changed < OPEN
    }
    assert 0.02 < len(schools) / len(large.region.schools) < 0.12
    shown = {large.region.classes[number].school.no for number in shown_classes(large.region)}
    assert not shown & schools


def test_a_recording_change_shows_in_what_is_reported_and_how_late_pupils_are(region, lessons):
    worse = region.truth.classes.filter(pl.col("grace") > 0)
    assert len(worse) > 0
    for row in worse.iter_rows(named=True):
        own = lessons.filter(pl.col("activity_id").str.starts_with(row["group_id"] + "-"))
        before, after = (
            own.filter(pl.col("date") < row["recording_changed"]),
            own.filter(pl.col("date") >= row["recording_changed"]),
        )
        assert before["is_reported"].mean() == pytest.approx(row["reported"], abs=0.03)
        assert after["is_reported"].mean() == pytest.approx(row["reported_after"], abs=0.05)
        assert not after["late_minutes"].is_between(1, row["grace"]).any()
    classes = worse["group_id"].to_list()
    late = lessons.filter(pl.col("activity_id").str.replace(r"-[^-]+(-[A-Z]{3})?$", "").is_in(classes))["late_minutes"]
    assert late.is_between(1, 10).any()


def test_commuters_may_live_outside_the_region():
    world = make_world(pupils=2_000, municipalities=2, seed=1)
    elsewhere = world.pupils.home > 2
    assert 0.02 < elsewhere.mean() < 0.25
