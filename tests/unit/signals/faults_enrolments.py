"""Faults planted on purpose in the signals about enrolments, each with the spec test that must notice it."""

from pluginnovation.signals.rules import Season
from tests.unit.signals.faults import Fault, WrongNumber

MOVES, SHOW, LEFT = "frequent_moves", "no_show", "left_without_enrolment"

A_MOVE = f"{MOVES}.a_start_at_another_unit_than_the_one_before_is_a_move"
MONTHS = f"{MOVES}.the_twelve_months_end_with_the_day_itself"
TURN = f"{MOVES}.starts_at_the_turn_of_the_school_year_are_no_moves"
ORDER = f"{MOVES}.two_starts_on_one_day_are_put_in_order"
THREE = f"{SHOW}.three_days_of_school_without_a_minute_of_presence"
UNIT = f"{SHOW}.the_dates_are_those_of_the_unit_since_the_enrolment_began"
NO_ACTIVITIES = f"{SHOW}.where_no_activities_are_known_lessons_are_where_their_pupils_are_enrolled"
LATEST = f"{SHOW}.it_is_about_the_upper_secondary_enrolment_of_the_day_that_began_last"
SINCE = f"{LEFT}.days_since_the_last_day_enrolled"
SUMMER = f"{LEFT}.the_summer_is_not_counted"
WHO = f"{LEFT}.it_is_about_youths_under_20_who_are_past_compulsory_school"
ENOUGH = f"{LEFT}.a_degree_a_start_soon_and_a_school_elsewhere_are_enough"

ENROLMENT_FAULTS = (
    # Moves.
    Fault(MOVES, "enrolments.start_date <= as_of", "enrolments.start_date < as_of", MONTHS),
    Fault(MOVES, "enrolments.filter(enrolments.start_date <= as_of)", "enrolments", MONTHS),
    Fault(MOVES, "named.start_date > as_date", "named.start_date >= as_date", MONTHS),
    Fault(MOVES, "named.before != named", "named.before == named", A_MOVE),
    Fault(MOVES, "moved.fill_null(False)", "moved.fill_null(True)", A_MOVE),
    Fault(MOVES, " & ~in_season(named.start_date, rules.move_season)", "", TURN),
    Fault(MOVES, "100 * first_month + first_day,", "100 * first_month + first_day + 1,", TURN),
    Fault(MOVES, "100 * last_month + last_day)", "100 * last_month + last_day - 1)", TURN),
    Fault(MOVES, "asc(nulls_first=False)", "asc(nulls_first=True)", ORDER),
    Fault(MOVES, "coalesce(counted.first_move,", "coalesce(counted.last_move,", A_MOVE),
    Fault("enrolment_run", "scope.school.filter(scope.school.enrolled)", "scope.school",
          f"{MOVES}.it_is_about_the_enrolled"),
    Fault("enrolment_run", 'at.anti_join(scope.gone, "pupil")', "at", f"{MOVES}.it_is_about_the_enrolled"),
    # Who has not shown up.
    Fault(SHOW, "(rows.present == 0)", "(rows.present >= 0)", THREE),
    Fault(SHOW, ">= rules.show_up_days", "> rules.show_up_days", NO_ACTIVITIES),
    Fault(SHOW, "value=ibis.ifelse(rows.reported_lessons > 0,", "value=ibis.ifelse(rows.reported_lessons >= 0,", THREE),
    Fault("new_starts", "days.date <= as_of, ", "", UNIT),
    Fault("new_starts", "told.date >= told.start_date", "told.date > told.start_date", NO_ACTIVITIES),
    Fault("new_starts", "told.filter(told.date >= told.start_date)", "told", UNIT),
    Fault("new_starts", "last_day(enrolments) >= as_of", "last_day(enrolments) > as_of", LATEST),
    Fault("new_starts", "enrolments.start_date <= as_of, ", "", LATEST),
    Fault("new_starts", "covering.start_date.desc()", "covering.start_date.asc()", LATEST),
    Fault("new_starts", "covering.organisation.asc()", "covering.organisation.desc()", LATEST),
    Fault("new_starts", '.anti_join(scope.gone, "pupil")', "", LATEST),
    Fault("new_starts", "enrolments.school_type.isin(UPPER_SECONDARY), ", "", THREE),
    Fault("new_starts", "facts.lessons.filter(facts.lessons.is_reported)", "facts.lessons", UNIT),
    Fault("new_starts", "lessons.date <= as_of)", "lessons.date <= '2026-12-31')", UNIT),
    Fault("new_starts", "days.filter(days.reported_lessons > 0, ", "days.filter(", NO_ACTIVITIES),
    Fault("new_starts", "days.date >= since, days.date <= as_of", "days.date >= since", NO_ACTIVITIES),
    Fault("new_starts", '.anti_join(naming, "source")', "", UNIT),
    Fault("new_starts", 'units.semi_join(asked, ["source", "unit"])', 'units.mutate(unit=ibis.literal("upper"))', UNIT),
    Fault("new_starts", "both.filter(both.date >= both.start_date)", "both", THREE),
    Fault("new_starts", 'placed.date <= placed["last"]', "placed.date.notnull()", NO_ACTIVITIES),
    Fault("new_starts", "(placed.date >= placed.start_date, ", "(", NO_ACTIVITIES),
    Fault("new_starts", "both.date.nunique()", "both.date.count() - 1", NO_ACTIVITIES),
    # Who has no school.
    Fault(LEFT, "_number(today) - _number(youths", "1 + _number(today) - _number(youths", SUMMER),
    Fault(LEFT, "_number(begins) + 1, 0)", "_number(begins), 0)", SUMMER),
    Fault(LEFT, ", season.days)", ", season.days + 1)", SUMMER),
    Fault(LEFT, "season.days * day.year() - into", "season.days * day.year()", SUMMER),
    Fault(LEFT, "- season.days * day.year() - into", "- into", SUMMER),
    Fault("youths", "last_day(enrolments) < as_of", "last_day(enrolments) <= as_of", WHO),
    Fault("youths", ".max(where=begun)", ".min(where=begun)", SINCE),
    Fault("youths", "(upper & begun)", "upper", WHO),
    Fault("youths", "(last_year & ended)", "last_year", WHO),
    Fault("youths", " & ~known.in_compulsory", "", WHO),
    Fault("youths", 'known.filter(known.upper | (known', 'known.filter((known', WHO),
    Fault("youths", "(known.finished & ~known.in_compulsory)", "ibis.literal(False)", WHO),
    Fault("youths", '("GR", "GRS", "TR", "SP", "SAM")', '("GR", "TR", "SP", "SAM")', WHO),
    Fault("youths", '.anti_join(scope.gone, "pupil")', "", WHO),
    Fault("youths", "named.birth_date > grown", "named.birth_date >= grown", WHO),
    Fault("youths", "named.birth_date.isnull() | (named", "(named", WHO),
    Fault("youths", "named.next_start <= as_of", "named.next_start < as_of", ENOUGH),
    Fault("youths", "(named.enrolled, ENROLLED), ", "", SINCE),
    Fault("youths", "events.date <= as_of", "events.date <= '2026-12-31'", ENOUGH),
    Fault("youths", "events.date <= as_of", "events.date < as_of", ENOUGH),
    Fault("youths", 'events.event == "degree"', "events.event.notnull()", ENOUGH),
    Fault("youths", "told.enrolled_elsewhere.fill_null(False)", "told.enrolled_elsewhere.notnull()", ENOUGH),
    Fault("youths", "last_day(told) >= as_of", "last_day(told) > as_of", ENOUGH),
    Fault("youths", "begun, last_day(told) >= as_of", "begun", ENOUGH),
    Fault("youths", "told.start_date.isnull() | (told", "(told", ENOUGH),
    Fault("youths", "(told.start_date <= as_of)", "told.start_date.notnull()", ENOUGH),
)  # fmt: skip

ENROLMENT_NUMBERS = (
    WrongNumber("move_months", 11, MONTHS),
    WrongNumber("move_season", Season((6, 2), (8, 31)), TURN),
    WrongNumber("show_up_days", 2, THREE),
    WrongNumber("show_up_days", 4, NO_ACTIVITIES),
    WrongNumber("last_compulsory_year", 8, WHO),
    WrongNumber("last_compulsory_year", 10, WHO),
    WrongNumber("left_under_age", 19, WHO),
    WrongNumber("left_ahead_days", 91, ENOUGH),
    WrongNumber("left_season", Season((6, 10), (8, 30)), SUMMER),
    WrongNumber("left_season", Season((6, 9), (8, 31)), SUMMER),
)
