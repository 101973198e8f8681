"""Faults planted on purpose in the rules of law, each with the spec test that must notice it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One wrong line.

    module   the file in reference/ whose text is changed
    right    what stands there, once
    wrong    what is put in its place
    spec     the file of spec tests in which at least one fails then, without `test_`
    """

    module: str
    right: str
    wrong: str
    spec: str


SCALES, MERIT, ENTRY, INTRODUCTORY = "grade_scales", "merit_value", "eligibility", "introductory"
LEVELS, DEGREE, HIGHER, TRACK = "levels_replace", "degree", "towards_higher_education", "progress"
YEARS, CALENDAR, PROGRAMMES = "years", "school_calendar", "programmes"

FAULTS = (
    Fault("grade_scales", "scale.since <= day", "scale.since < day", SCALES),
    Fault("grade_scales", "day <= scale.until", "day < scale.until", SCALES),
    Fault("grade_scales", "(40, 35, 30, 25, 20, 0, None)", "(40, 35, 30, 25, 20, 0, 0)", SCALES),
    Fault("grade_scales", "(40, 35, 30, 25, 20, 0, None)", "(40, 34, 30, 25, 20, 0, None)", SCALES),
    Fault("grade_scales", '("A", "B", "C", "D", "E"),', '("A", "B", "C", "D", "E", "F"),', SCALES),
    Fault("merit", "BEST_GRADES: Final = 16", "BEST_GRADES: Final = 17", MERIT),
    Fault("merit", "if grade is not language]", "]", MERIT),
    Fault("merit", "if not graded:", "if not every:", MERIT),
    Fault("merit", "0 < len(counted) < BEST_GRADES", "0 < len(graded) < BEST_GRADES", MERIT),
    Fault("merit", "every = one_swedish(one_per_subject(grades))", "every = one_per_subject(grades)", MERIT),
    Fault("compulsory_grades", "if subject not in best or best[subject].grade is None:", "if True:", MERIT),
    Fault("compulsory_grades", "if subject not in best or best[subject].grade is None:",
          "if subject not in best:", MERIT),
    Fault("compulsory_grades", "_place(grade) > _place(found", "_place(grade) < _place(found", MERIT),
    Fault("compulsory_subjects", '"GE", "HI", "RE", "SH")', '"GE", "HI", "RE")', ENTRY),
    Fault("entry_rules", 'EntryRule("YR", VOCATIONAL, (), 5,', 'EntryRule("YR", VOCATIONAL, (), 4,', ENTRY),
    Fault("entry_rules", '"ES", HE_PREPARATORY, ("ES",), 9,', '"ES", HE_PREPARATORY, ("ES",), 8,', ENTRY),
    Fault("eligibility", "rule.others - others - named_missing", "rule.others - others", ENTRY),
    Fault("eligibility", "len(passed - {SWEDISH_CODE, ENGLISH, MATHEMATICS})", "len(passed) - 3", ENTRY),
    Fault("eligibility", "english = () if decisions.english_exemption else (ENGLISH,)", "english = (ENGLISH,)", ENTRY),
    Fault("eligibility", "if any(grade.grade is not None for grade in found.values()) else {}", "", ENTRY),
    Fault("eligibility", "(-rank(item[1].grade), item[0])", "item[0]", ENTRY),
    Fault("introductory", "IMV_BESIDES_SWEDISH: Final = 5", "IMV_BESIDES_SWEDISH: Final = 4", INTRODUCTORY),
    Fault("introductory", "- len(passed - {SWEDISH_CODE}) - neither", "- len(passed - {SWEDISH_CODE})", INTRODUCTORY),
    Fault("introductory", "needed == 0 and not eligible", "needed == 0", INTRODUCTORY),
    Fault("introductory", "if one is False or other is False:", "if one is False and other is False:", INTRODUCTORY),
    Fault("effective_grades", "row.set_on > COURSES_STAND_UNTIL", "row.set_on >= COURSES_STAND_UNTIL", LEVELS),
    Fault("effective_grades", "date(2030, 6, 30)", "date(2030, 7, 1)", LEVELS),
    Fault("effective_grades", "(not course_stands or _after_the_courses(row))", "not course_stands", LEVELS),
    Fault("effective_grades", "course_stands = any(row.passed and", "course_stands = any(", LEVELS),
    Fault("effective_grades", "given if row.passed and row.place.gy25 and", "given if row.place.gy25 and", LEVELS),
    Fault("effective_grades", "given if row.passed and row.place.gy25 and", "given if row.passed and", LEVELS),
    Fault("effective_grades", "    if place.subject != subject or place.number", "    if place.number", LEVELS),
    Fault("effective_grades", "if not (row.passed and place.gy25 and place.subject in",
          "if not (place.gy25 and place.subject in", LEVELS),
    Fault("effective_grades", "if row.place.gy25] if later else rows", "] if later else rows", LEVELS),
    Fault("effective_grades", "by_whole = whole[0].passed or not", "by_whole = not", LEVELS),
    Fault("effective_grades", "kept = max(SWEDISH, key=reach)", "kept = min(SWEDISH, key=reach)", LEVELS),
    Fault("effective_grades", "or not e.rests_on.place.gy25]", "]", LEVELS),
    Fault("effective_grades", "return tuple(_one_swedish(found))", "return tuple(found)", LEVELS),
    Fault("course_codes", '("ENGENG05", "ENGE1000X")', '("ENGENG05", "ENGE2000X")', LEVELS),
    Fault("course_codes", '("BIOBIO01", "BIOG1000X"), ', "", LEVELS),
    Fault("degree_rules", "DegreeRule(kind, gy25, 2500, 2250", "DegreeRule(kind, gy25, 2500, 2251", DEGREE),
    Fault("degree_rules", "DegreeRule(kind, gy25, 2500, 2250", "DegreeRule(kind, gy25, 2450, 2250", DEGREE),
    Fault("degree_rules", "(VOCATIONAL, _VOCATIONAL_CORE, 400)", "(VOCATIONAL, _VOCATIONAL_CORE, 350)", DEGREE),
    Fault("degree_rules", '(1,), ("b", "c"))', '(1,), ("b",))', DEGREE),
    Fault("degree_rules", "200, (1, 2)),\n    CoreDemand((MATH", "200, (1,)),\n    CoreDemand((MATH", DEGREE),
    Fault("degree_rules", "begun >= GY25_BEGINS", "begun > GY25_BEGINS", DEGREE),
    Fault("degree_rules", "on > GY11_ENDS", "on >= GY11_ENDS", DEGREE),
    Fault("degree", "not dashes and not ungraded,", "not ungraded,", DEGREE),
    Fault("degree", "        project is True,\n", "", DEGREE),
    Fault("degree", "        not situation.reduced_programme,\n", "", DEGREE),
    Fault("degree", "(enough if all(demands) else False)", "all(demands)", DEGREE),
    Fault("degree", "- rule.passed_points - failed", "- rule.passed_points", DEGREE),
    Fault("degree", "planned = max(rule.graded_points, ", "planned = max(0, ", DEGREE),
    Fault("degree", "elif each.without_basis:", "elif False:", DEGREE),
    Fault("degree", "and situation.exchanged_mathematics", "and False", DEGREE),
    Fault("degree", "and other.grade is None\n", "and other.passed\n", DEGREE),
    Fault("degree_gap", "return core.missing[-1:] if gy25 else core.missing", "return core.missing", DEGREE),
    Fault("degree_gap", "(-e.points, e.failed,", "(e.points, e.failed,", DEGREE),
    Fault("degree_gap", "(-e.points, e.failed,", "(-e.points, not e.failed,", DEGREE),
    Fault("degree_gap", "- sum(each.points for each in required))", ")", DEGREE),
    Fault("higher_education", "and not each.diploma_project", "", HIGHER),
    Fault("higher_education", "(False if missing else degree.met", "(degree.met", HIGHER),
    Fault("higher_education", 'Decimal("2.5")', 'Decimal("2.6")', HIGHER),
    Fault("progress", "term.last <= as_of", "term.last < as_of", TRACK),
    Fault("progress", 'return "without_basis" if each.without_basis else "failed"', 'return "failed"', TRACK),
    Fault("year_models", "date(2028, 7, 1)", "date(2028, 8, 1)", YEARS),
    Fault("year_models", "range(model.first, model.last + 1):", "range(model.first, model.last):", YEARS),
    Fault("cohorts", "issued < end,", "issued <= end,", YEARS),
    Fault("cohorts", "end <= issued <=", "end < issued <=", YEARS),
    Fault("calendar", "SchoolYear(day.year if day.month >= 7", "SchoolYear(day.year if day.month >= 8", YEARS),
    Fault("school_calendar", "(HOLIDAY, STUDY_DAY)", "(HOLIDAY,)", CALENDAR),
    Fault("school_calendar", "or is_public_holiday(day)", "", CALENDAR),
    Fault("school_calendar", "day > max(t.last", "day >= max(t.last", CALENDAR),
    Fault("holidays", "date(year, 6, 20)", "date(year, 6, 19)", CALENDAR),
    Fault("holidays", "year >= NATIONAL_DAY_SINCE", "year > NATIONAL_DAY_SINCE", CALENDAR),
    Fault("holidays", "(39, ", "(40, ", CALENDAR),
    Fault("programmes", "begun >= LARGER_SINCE", "begun < LARGER_SINCE", PROGRAMMES),
    Fault("programmes", "return next(iter(named or [", "return next(iter([", PROGRAMMES),
)  # fmt: skip
