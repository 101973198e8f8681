"""Faults planted on purpose in the signals, each with the spec test that must notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One wrong line.

    module     the file in signals/ whose text is changed
    right      what stands there, once
    wrong      what is put in its place
    spec       the spec test that fails then: signal and test, without their `test_`
    """

    module: str
    right: str
    wrong: str
    spec: str


@dataclass(frozen=True)
class WrongNumber:
    """One wrong number in the rule set."""

    name: str
    wrong: object
    spec: str


A28, TERM, U28, MONTH = "absence_28d", "absence_term", "unexcused_28d", "unexcused_month"
DAYS, RISE, STREAK = "repeated_absence_28d", "rising_absence", "absence_streak"
SUBJECT, LATE, COVER = "subject_avoidance", "lateness_28d", "coverage_28d"

LIMIT = "exactly_at_a_limit_is_at_the_level"
EDGES = "the_window_is_28_days_with_both_ends"
UNREPORTED = "a_lesson_nobody_reported_is_unknown_not_attended"
ENROLLED = "lessons_outside_every_enrolment_do_not_count"
LAST_DAY = "the_first_and_the_last_day_of_an_enrolment_are_inside_it"
SCHOOL = "the_school_is_the_enrolment_that_covers_the_day"
SUMS = "a_source_that_gives_only_sums_is_enough"
GONE = "whoever_has_died_or_moved_abroad_leaves_every_list"
CALENDAR = "the_calendar_of_the_school_or_its_authority_says_when_the_term_is"
AWAY = "school_days_away_altogether_are_counted_back_from_the_last_one"
LONG = "a_streak_may_have_begun_long_before_any_window"
ONE_SUBJECT = "one_subject_stands_out_when_it_is_missed_and_the_rest_is_not"

FAULTS = (
    # Limits are reached at exactly their number.
    Fault("result", "100 * part >= limit * rows.whole", "100 * part > limit * rows.whole", f"{A28}.{LIMIT}"),
    Fault("result", "number >= limit for", "number > limit for", f"{DAYS}.a_school_day_with_any_absence_counts_once"),
    Fault("result", "figures.level >= 1", "figures.level > 1", f"{A28}.{LIMIT}"),
    Fault("rising_absence", "100 * rise >= limit", "100 * rise > limit",
          f"{RISE}.the_rise_is_the_share_now_minus_the_share_before"),
    Fault("coverage_28d", "< limit * offered", "<= limit * offered",
          f"{COVER}.it_is_raised_below_the_limit_and_not_at_it"),
    Fault("subject_avoidance", "told & enough_reported(", "enough_reported(",
          f"{SUBJECT}.sums_without_the_absence_of_the_other_subjects_are_unknown"),
    Fault("subject_avoidance", "100 * gap >= limit * base", "100 * gap > limit * base",
          f"{SUBJECT}.the_levels_are_reached_at_exactly_20_40_and_60_points"),
    Fault("subject_avoidance", "rows.absence_top >= rules.avoided_pct", "rows.absence_top > rules.avoided_pct",
          f"{SUBJECT}.{ONE_SUBJECT}"),
    Fault("subject_avoidance", "rows.rest_absence < rules", "rows.rest_absence <= rules", f"{SUBJECT}.{ONE_SUBJECT}"),
    Fault("subject_avoidance", "activities.reported >= rules", "activities.reported > rules",
          f"{SUBJECT}.an_activity_is_looked_at_from_120_reported_minutes_and_80_percent"),
    Fault("subject_avoidance", "how_many >= 2)", "how_many >= 1)",
          f"{SUBJECT}.it_is_unknown_when_there_is_nothing_to_compare_with"),
    Fault("subject_avoidance", "(none | rows.rest_is_known)", "ibis.literal(True)",
          f"{SUBJECT}.it_is_unknown_when_there_is_nothing_to_compare_with"),
    Fault("subject_avoidance", "-(activities.absence /", "(activities.absence /", f"{SUBJECT}.{ONE_SUBJECT}"),
    Fault("subject_avoidance", '"activity": activities.activity', '"activity": activities.activity.reverse()',
          f"{SUBJECT}.the_lowest_activity_id_decides_a_tie"),
    # What is known.
    Fault("known", "100 * reported >= rules", "100 * reported > rules", f"{A28}.{UNREPORTED}"),
    Fault("known", "(reported > 0) & ", "", f"{A28}.{SUMS}"),
    Fault("known", "rules) & ~few", "rules)", f"{A28}.fewer_than_five_school_days_are_too_thin"),
    Fault("known", "absence = rows.excused + rows.unexcused", "absence = rows.unexcused", f"{A28}.{LIMIT}"),
    Fault("known", "absence = rows.excused + rows.unexcused", "absence = rows.excused", f"{A28}.{LIMIT}"),
    Fault("result", "rows.school_days >= fewest", "rows.school_days > fewest",
          f"{A28}.fewer_than_five_school_days_are_too_thin"),
    Fault("result", '(rows.basis == "sums") | ', "", f"{A28}.{SUMS}"),
    Fault("windows", "rules.min_term_days, rules.min_days", "rules.min_days, rules.min_days",
          f"{TERM}.fewer_than_ten_school_days_are_too_thin"),
    # Windows, to the day.
    Fault("scope", "timedelta(days=rules.window_days - 1)", "timedelta(days=rules.window_days)", f"{A28}.{EDGES}"),
    Fault("scope", "timedelta(days=rules.window_days - 1)", "timedelta(days=rules.window_days - 2)", f"{A28}.{EDGES}"),
    Fault("windows", "days.date <= scope", "days.date < scope", f"{A28}.{EDGES}"),
    Fault("scope", "short_from - timedelta(days=rules.window_days)",
          "short_from - timedelta(days=rules.window_days + 1)", f"{RISE}.the_two_windows_meet_between_26_and_27_march"),
    Fault("scope", "period.short_from - timedelta(days=1))", "period.short_from)",
          f"{RISE}.the_two_windows_meet_between_26_and_27_march"),
    Fault("scope", "in_28d=named.on >= period.short_from", "in_28d=named.on > period.short_from", f"{A28}.{EDGES}"),
    Fault("scope", "in_month=named.on >= period.month_from", "in_month=named.on > period.month_from",
          f"{MONTH}.minutes_are_counted_from_the_first_of_the_month_up_to_the_day"),
    # Lessons, reported and not.
    Fault("windows", "is_school_day=days.reported_lessons > 0", "is_school_day=days.lessons > 0",
          f"{A28}.fewer_than_five_school_days_are_too_thin"),
    Fault("windows", "days.date < recent", "days.date <= recent", f"{TERM}.every_day_of_the_term_counts_once"),
    Fault("windows", "days.date >= recent", "days.date > recent", f"{TERM}.every_day_of_the_term_counts_once"),
    Fault("windows", "day.absence - day.late_absence > 0", "day.absence > 0",
          f"{DAYS}.lateness_alone_is_not_a_day_away"),
    Fault("activities", "total(rows.offered, where=rows.is_reported)", "total(rows.offered)",
          f"{SUBJECT}.an_activity_is_looked_at_from_120_reported_minutes_and_80_percent"),
    Fault("activities", "total(rows.excused + rows.unexcused)", "total(rows.unexcused)", f"{SUBJECT}.{ONE_SUBJECT}"),
    Fault("activities", "between(period.short_from, period", "between(period.before_from, period",
          f"{SUBJECT}.lessons_before_the_window_or_outside_the_enrolment_are_left_out"),
    # Enrolments.
    Fault("stays", "rows.date <= gaps.gap_to", "rows.date < gaps.gap_to", f"{A28}.{ENROLLED}"),
    Fault("stays", "gap_from=as_date(behind.end + day)", "gap_from=behind.end", f"{A28}.{LAST_DAY}"),
    Fault("stays", "gap_from=as_date(between.ended + day)", "gap_from=between.ended", f"{A28}.{ENROLLED}"),
    Fault("stays", "ibis.union(ahead, behind, between)", "ibis.union(ahead, behind)", f"{A28}.{ENROLLED}"),
    Fault("stays", "ibis.union(ahead, behind, between)", "ibis.union(ahead, between)", f"{A28}.{LAST_DAY}"),
    Fault("stays", "ibis.union(ahead, behind, between)", "ibis.union(behind, between)", f"{A28}.{LAST_DAY}"),
    Fault("stays", "begun.enrolled.desc(),", "begun.enrolled.asc(),", f"{A28}.{SCHOOL}"),
    Fault("stays", "begun.organisation.asc()", "begun.organisation.desc()", f"{A28}.{SCHOOL}"),
    Fault("stays", "enrolments.filter(enrolments.start_date <= as_of)", "enrolments", f"{A28}.{SCHOOL}"),
    Fault("stays", 'begun["last"]).desc()', 'begun.start_date).desc()', f"{A28}.{SCHOOL}"),
    Fault("stays", "(outcome_events.date <= as_of)", "(outcome_events.date < as_of)", f"{A28}.{GONE}"),
    Fault("stays", "by_event.union(by_status, distinct=True)", "by_event", f"{A28}.{GONE}"),
    Fault("stays", "last_day(enrolments) >= first", "last_day(enrolments) > first",
          f"{MONTH}.it_is_about_upper_secondary_school_some_day_of_the_month"),
    Fault("stays", '("GY", "GYS")', '("GY",)',
          f"{MONTH}.minutes_are_counted_from_the_first_of_the_month_up_to_the_day"),
    # Sums instead of lessons.
    Fault("windows", '.anti_join(lessons.select("pupil", "window"), ["pupil", "window"])', "", f"{A28}.{SUMS}"),
    Fault("sums", "minutes.isnull().any()", "minutes.isnull().all()", f"{A28}.{SUMS}"),
    Fault("sums", "reported=ibis.coalesce(dated.reported, parts)", "reported=dated.reported", f"{A28}.{SUMS}"),
    Fault("sums", "dated.other.fill_null(0)", "dated.other", f"{A28}.{SUMS}"),
    Fault("sums", "scope.in_windows(sums, sums.end_date)", "scope.in_windows(sums, sums.start_date)", f"{A28}.{SUMS}"),
    # Terms.
    Fault("terms", 'calendars.kind == "term"', "calendars.kind.notnull()", f"{TERM}.{CALENDAR}"),
    Fault("terms", "every[name].argmin(every.height)", "every[name].argmax(every.height)", f"{TERM}.{CALENDAR}"),
    Fault("terms", "ibis.least(first.end_date, ibis.literal(as_of))", "ibis.literal(as_of)",
          f"{TERM}.between_two_terms_the_one_that_ended_is_looked_at"),
    # Streaks.
    Fault("streaks", "days.date <= scope.period.as_of", "days.date <= '2026-12-31'", f"{STREAK}.{LONG}"),
    Fault("streaks", "ibis.coalesce(since.present, since.older_present)", "since.present", f"{STREAK}.{LONG}"),
    Fault("windows", "day.absence < day.reported", "day.absence == 0", f"{STREAK}.{AWAY}"),
    Fault("absence_streak", "(short.reported_lessons > 0)", "(short.lessons > 0)",
          f"{STREAK}.it_is_about_pupils_with_a_reported_lesson_in_28_days"),
)  # fmt: skip

WRONG_NUMBERS = (
    WrongNumber("min_reported_pct", 79, f"{A28}.{UNREPORTED}"),
    WrongNumber("min_reported_pct", 81, f"{A28}.{UNREPORTED}"),
    WrongNumber("min_days", 4, f"{A28}.fewer_than_five_school_days_are_too_thin"),
    WrongNumber("min_term_days", 11, f"{TERM}.fewer_than_ten_school_days_are_too_thin"),
    WrongNumber("avoided_min_minutes", 119,
                f"{SUBJECT}.an_activity_is_looked_at_from_120_reported_minutes_and_80_percent"),
    WrongNumber("avoided_pct", 29, f"{SUBJECT}.{ONE_SUBJECT}"),
    WrongNumber("elsewhere_pct", 11, f"{SUBJECT}.{ONE_SUBJECT}"),
)  # fmt: skip
