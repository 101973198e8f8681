"""Faults planted on purpose in the rule about youths without a school: each must be noticed by a test of it."""

from typing import Final

YOUTHS, GROUNDS = "youths", "grounds"

# module, what it says, what it says with the fault
FAULTS: Final = (
    (YOUTHS, "youth.born is None or ", ""),
    (YOUTHS, "youth.born <= born_after(today)", "youth.born < born_after(today)"),
    (YOUTHS, " or _has_a_school(youth, today)", ""),
    (YOUTHS, "for row in youth.residences if covers(today, row.start, row.end))", "for row in youth.residences)"),
    (YOUTHS, "if any(is_past_school(schooling, today) for schooling in youth.schoolings):", "if True:"),
    (YOUTHS, "return told or (", "return told | ("),
    (YOUTHS, "if youth.born <= born_by(today) else", "if youth.born < born_by(today) else"),
    (YOUTHS, "return told if youth.born <= born_by(today) else frozenset()", "return told"),
    (YOUTHS, "return told if youth.born <= born_by(today) else frozenset()", "return frozenset()"),
    (YOUTHS, "covers(today, schooling.start, schooling.end)", "covers(today, schooling.start, None)"),
    (YOUTHS, "row.elsewhere and covers(today, row.start, row.end)", "row.elsewhere"),
    (YOUTHS, "return enrolled or elsewhere or", "return enrolled or"),
    (YOUTHS, "youth.degree_on <= today", "youth.degree_on < today"),
    (YOUTHS, "schooling.start > today", "schooling.start >= today.replace(year=today.year + 1)"),
    (YOUTHS, "if schooling.school_type in UPPER_SECONDARY:", "if schooling.school_type == 'GY':"),
    (YOUTHS, "end is None or schooling.school_type not in COMPULSORY", "end is None"),
    (YOUTHS, "if end < TEN_YEARS_SINCE else", "if end <= TEN_YEARS_SINCE else"),
    (YOUTHS, "(schooling.school_year or 0) >= last", "(schooling.school_year or 0) > last"),
    (YOUTHS, "(schooling.school_year or 0) >= last and ", "(schooling.school_year or 9) >= last and "),
    (YOUTHS, "end.month in ENDS_IN or ", ""),
    (YOUTHS, "end < spring_over_by(today)", "end < today"),
    (YOUTHS, "return over if over <= today", "return over if over < today"),
    (YOUTHS, "not isleap(year)", "year % 4"),
    (YOUTHS, "GROWN_AT: Final = 20", "GROWN_AT: Final = 21"),
    (YOUTHS, "OF_AGE_AT: Final = 16", "OF_AGE_AT: Final = 15"),
    (YOUTHS, '("GR", "GRS",', '("GRS",'),
    (GROUNDS, "duty.municipality in answers_for(place.youth, today)", "answers_for(place.youth, today)"),
    (GROUNDS, " and duty.source == place.source", ""),
    (GROUNDS, "reach == MUNICIPALITY and duty.municipality and", "reach == MUNICIPALITY and"),
    (GROUNDS, "    if place.protected:\n        return None\n", ""),
    (GROUNDS, "if not covers(today, duty.start, duty.end):", "if False:"),
    (
        GROUNDS,
        '"youth_coordinator": MUNICIPALITY,',
        '"youth_coordinator": MUNICIPALITY, "administrator": MUNICIPALITY,',
    ),
    (GROUNDS, '"youth_coordinator": MUNICIPALITY,', ""),
)
