"""Faults planted on purpose in the signals about grades, each with the spec test that must notice it."""

from pluginnovation.signals.rules import Limits
from tests.unit.signals.faults import Fault, WrongNumber

CORE, PASSES, MERIT, POINTS = "core_subject_failing", "passes_needed", "merit_drop", "points_behind"
ENDS = "term_ends"

EACH = f"{CORE}.each_of_the_three_with_f_or_a_dash_counts"
LATEST = f"{CORE}.the_latest_grade_counts_whatever_its_kind"
ONE_SWEDISH = f"{CORE}.both_kinds_of_swedish_are_one_subject"
COURSES = f"{CORE}.in_upper_secondary_school_a_subject_fails_with_any_course_that_counts"
WHO = f"{CORE}.it_is_about_whoever_is_enrolled_on_the_day"
EIGHT = f"{PASSES}.the_three_and_five_others_are_needed"
BLOCKS = f"{PASSES}.a_block_grade_stands_for_its_subjects"
LANGUAGES = f"{PASSES}.modern_languages_by_choice_and_as_choice_are_two_subjects"
YEARS = f"{PASSES}.it_is_about_years_6_to_9"
FALL = f"{MERIT}.the_term_before_minus_the_latest_term"
TERM = f"{MERIT}.the_term_is_the_one_the_grade_is_of"
BOTH = f"{MERIT}.it_is_unknown_without_grades_of_both_terms"
SIXTEEN = f"{MERIT}.the_sixteen_best_count_and_a_language_taken_as_choice_besides"
PLANNED = f"{POINTS}.planned_points_of_ended_terms_that_are_not_passed"
LAST_DAY = f"{POINTS}.a_term_has_ended_on_its_last_day"
CALENDAR = f"{POINTS}.a_calendar_says_when_its_terms_end"
HIGHER = f"{POINTS}.a_passed_higher_level_passes_the_lower_ones"

GRADE_FAULTS = (
    # Which grade is the latest.
    Fault("grades", "registered_date <= scope.period.as_of", "registered_date < scope.period.as_of", LATEST),
    Fault("grades", "registered_date <= scope.period.as_of", "registered_date <= '9999-01-01'", LATEST),
    Fault("grades", '("final", "trial", "term", "warning")', '("trial", "final", "term", "warning")', LATEST),
    Fault("grades", '("final", "trial", "term", "warning")', '("final", "term", "trial", "warning")', LATEST),
    Fault("grades", '("final", "trial", "term", "warning")', '("final", "trial", "warning", "term")', LATEST),
    Fault("grades", "[named.registered_date, kind, ", "[kind, named.registered_date, ", LATEST),
    Fault("grades", "named.file_no, named.row_no]", "named.file_no, -named.row_no]", LATEST),
    Fault("grades", "place=rows.place.max()", "place=rows.place.min()", LATEST),
    # Who.
    Fault("grades", '.anti_join(scope.gone, "pupil")', "", WHO),
    Fault("grades", "last_day(enrolments) >= as_of", "last_day(enrolments) > as_of", WHO),
    Fault("grades", "between(model.first_graded, model.last)", "between(6, 9)", YEARS),
    Fault("grades", "in_years = ~upper & ", "in_years = ", YEARS),
    # What codes stand for.
    Fault("grade_codes", "(texts.short.isin(SWEDISH), SWEDISH[0]),", "", ONE_SWEDISH),
    Fault("grade_codes", "(?:GRGR)?", "", ONE_SWEDISH),
    Fault("grade_codes", "(by_choice, MODERN_LANGUAGES[0]),", "(by_choice, MODERN_LANGUAGES[1]),", LANGUAGES),
    Fault("grade_codes", "(own.on_course, ibis.coalesce(_word(own.step, subjects), own.course_subject)),", "", COURSES),
    # Core subjects.
    Fault(CORE, "subjects.mark != PASSED", "subjects.mark == FAILED", EACH),
    Fault(CORE, ".anti_join(swedish_left_out(found, courses, keep), PUPIL_STEP)", "", COURSES),
    Fault(CORE, "passed=each.passed.all()", "passed=each.passed.any()", COURSES),
    Fault(CORE, 'own.anti_join(by_course, ["pupil_no", "core"])', "own", COURSES),
    Fault("course_steps", "passed=joined.own_pass | covered", "passed=joined.own_pass", COURSES),
    Fault("course_steps", "courses.passed & courses.gy25)", "courses.gy25)", HIGHER),
    # Passes.
    Fault(PASSES, "rule.others - counted.others", "rule.others - 1 - counted.others", EIGHT),
    Fault(PASSES, "ibis.greatest(rule.others - counted.others, 0)", "rule.others - counted.others", EIGHT),
    Fault(PASSES, '.anti_join(own, ["pupil_no", "unit"])', "", BLOCKS),
    Fault(PASSES, "with_blocks_spread(grades.of_subjects())", "grades.of_subjects()", BLOCKS),
    Fault(PASSES, "grades.pupils.filter(grades.pupils.in_compulsory)", "grades.pupils", YEARS),
    # Merit.
    Fault(MERIT, "fall >= 2 * limit", "fall > 2 * limit", FALL),
    Fault(MERIT, "fall >= 2 * limit", "fall >= limit", FALL),
    Fault(MERIT, "value=fall / 2", "value=-fall / 2", FALL),
    Fault(MERIT, "FIRST_AUTUMN_MONTH: Final = 8", "FIRST_AUTUMN_MONTH: Final = 7", TERM),
    Fault(MERIT, 'KINDS: Final = ("final", "term")', 'KINDS: Final = ("final", "term", "trial")', TERM),
    Fault(MERIT, 'KINDS: Final = ("final", "term")', 'KINDS: Final = ("term",)', TERM),
    Fault(MERIT, "PLACES * upto.term.cast(\"int64\") + upto.place", "upto.place", TERM),
    Fault(MERIT, "rows.semester.notnull() & rows.year.notnull()", "rows.semester.notnull()", TERM),
    Fault(MERIT, "ibis.ifelse(told.graded_before, told.before, None)", "told.before", BOTH),
    Fault(MERIT, "ibis.ifelse(counted.graded > 0, total, None)", "total", BOTH),
    Fault(MERIT, "ibis.literal(BEST_GRADES)", "ibis.literal(17)", SIXTEEN),
    Fault(MERIT, "choice = one_each.choice == 1", "choice = one_each.choice == 9", SIXTEEN),
    # Points.
    Fault(POINTS, "required.fill_null(True)", "required.fill_null(False)", PLANNED),
    Fault(ENDS, "LAST_OF_SPRING = 1231, 630", "LAST_OF_SPRING = 1231, 731", LAST_DAY),
    Fault(ENDS, "_usual_last(named.term) <= _number", "_usual_last(named.term) < _number", LAST_DAY),
    Fault(ENDS, "told <= ibis.literal(as_of)", "told < ibis.literal(as_of)", CALENDAR),
    Fault(ENDS, "AUTUMN_BEGINS: Final = 7", "AUTUMN_BEGINS: Final = 9", CALENDAR),
    Fault(ENDS, "ibis.coalesce(named.last_day, named.any_last_day)", "named.any_last_day", CALENDAR),
    Fault(ENDS, "ibis.coalesce(named.last_day, named.any_last_day)", "named.last_day", CALENDAR),
    Fault(POINTS, " | _unread_below(became)", "", HIGHER),
    Fault(POINTS, "where=became.due).fill_null(0),\n        passed", "where=~became.due).fill_null(0),\n        passed",
          PLANNED),
    Fault(POINTS, "grades.pupils.filter(grades.pupils.in_upper)", "grades.pupils", PLANNED),
)  # fmt: skip

GRADE_NUMBERS = (
    WrongNumber(CORE, Limits(1, 2, 4), EACH),
    WrongNumber(PASSES, Limits(1, 3, 4), EIGHT),
    WrongNumber(MERIT, Limits(21, 40, 60), FALL),
    WrongNumber(MERIT, Limits(20, 41, 60), FALL),
    WrongNumber(POINTS, Limits(100, 200, 251), PLANNED),
)
