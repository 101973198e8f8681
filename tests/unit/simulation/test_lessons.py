"""The lesson rows: minutes that add up, on days when there is school, for pupils who belong."""

import polars as pl
import pytest

MINUTES = ["attended_minutes", "other_minutes", "excused_minutes", "unexcused_minutes"]


@pytest.fixture(scope="module")
def lessons(small):
    return small.table("lessons")


def test_the_minutes_of_a_reported_lesson_add_up(lessons):
    reported = lessons.filter("is_reported")
    assert (reported.select(pl.sum_horizontal(MINUTES)).to_series() == reported["offered_minutes"]).all()
    assert reported.select(pl.col(MINUTES).min() >= 0).row(0) == (True,) * 4


def test_lateness_lies_inside_unexcused_absence(lessons):
    assert (lessons.filter("is_reported")["late_minutes"] <= lessons.filter("is_reported")["unexcused_minutes"]).all()


def test_an_unreported_lesson_has_no_minutes(lessons):
    unreported = lessons.filter(~pl.col("is_reported"))
    assert len(unreported) > 0
    assert unreported.select(pl.col(MINUTES).count()).row(0) == (0, 0, 0, 0)


def test_some_lessons_are_cancelled_and_none_of_them_is_reported(lessons):
    cancelled = lessons.filter(pl.col("offered_minutes") == 0)
    assert 0 < len(cancelled) < 0.01 * len(lessons)
    assert not cancelled["is_reported"].any()


def test_a_lesson_lasts_forty_to_eighty_minutes(lessons):
    held = lessons.filter(pl.col("offered_minutes") > 0)["offered_minutes"]
    assert (held.min(), held.max()) == (40, 80)


def test_a_pupil_has_four_to_eight_lessons_a_day_and_about_a_thousand_a_year(lessons):
    whole_year = lessons.group_by("student_id").len().filter(pl.col("len") > 600)
    assert 950 < whole_year["len"].mean() < 1_150
    daily = lessons.group_by("student_id", "date").len()["len"]
    assert daily.quantile(0.01) >= 4
    assert daily.max() <= 8


def test_nobody_is_in_two_lessons_at_once(lessons):
    ordered = lessons.with_columns(
        start=pl.col("start_time").str.slice(0, 2).cast(pl.Int32) * 60
        + pl.col("start_time").str.slice(3).cast(pl.Int32)
    ).sort("student_id", "date", "start")
    ends = ordered["start"] + ordered["offered_minutes"]
    same = (ordered["student_id"] == ordered["student_id"].shift(-1)) & (ordered["date"] == ordered["date"].shift(-1))
    assert not (same & (ends > ordered["start"].shift(-1))).any()


def test_there_are_178_school_days_and_none_on_a_day_off(small, lessons):
    calendars = small.table("calendars")
    schools = small.table("organisations").select("id", "parent_id")
    activities = small.table("activities").select("id", "organisation_id")
    days = (
        lessons.join(activities, left_on="activity_id", right_on="id")
        .join(schools, left_on="organisation_id", right_on="id")
        .select("parent_id", "date")
        .unique()
    )
    per_authority = days.group_by("parent_id").len()
    assert per_authority["len"].unique().to_list() == [178]
    off = calendars.filter(pl.col("kind") != "term")
    clash = days.join_where(
        off,
        pl.col("parent_id") == pl.col("organisation_id"),
        pl.col("date") >= pl.col("start_date"),
        pl.col("date") <= pl.col("end_date"),
    )
    assert len(clash) == 0


def test_every_lesson_lies_within_an_enrolment_at_its_school(small, lessons):
    activities = small.table("activities").select("id", "organisation_id")
    enrolments = small.table("enrolments").select("person_id", "organisation_id", "start_date", "end_date")
    at_school = lessons.join(activities, left_on="activity_id", right_on="id").select(
        "student_id", "organisation_id", "date"
    )
    rows = at_school.unique()
    inside = rows.join(
        enrolments, left_on=["student_id", "organisation_id"], right_on=["person_id", "organisation_id"]
    ).filter(
        pl.col("date") >= pl.col("start_date"), pl.col("end_date").is_null() | (pl.col("date") <= pl.col("end_date"))
    )
    assert len(inside.select("student_id", "organisation_id", "date").unique()) == len(rows)


def test_a_pupil_is_taught_in_the_groups_they_belong_to(small, lessons):
    taught = lessons.select(pl.format("g-{}", "activity_id").alias("group_id"), pl.col("student_id")).unique()
    members = small.table("memberships").select("group_id", pl.col("person_id").alias("student_id")).unique()
    assert len(taught.join(members, on=["group_id", "student_id"], how="anti")) == 0
