"""Dated national rules: grade scales, eligibility, degrees, calendars, code lists.

Each rule is a table of plain data with its source, and functions that answer for one pupil. Many pupils at a time are
reckoned from the same tables.

    grade_scales, compulsory_subjects, compulsory_grades   which grades are valid, passes and points, one per subject
    merit, entry_rules, eligibility, introductory          what may be begun after compulsory school, and what lacks
    programmes, course_codes, effective_grades             what counts in upper secondary school
    degree_rules, degree, degree_gap, progress             the way to a degree, what stops it, the fewest passes
    higher_education, cohorts                              what comes after, and who is counted together
    calendar, year_models, holidays, school_calendar       terms, school years, days with school
    code_lists, subject_codes                              words that registers use
"""
