"""On track"""

from datetime import date

from pluginnovation.reference.degree import upper_secondary_degree
from pluginnovation.reference.degree_rules import degree_rule
from pluginnovation.reference.progress import PlannedCourse, progress
from tests.spec.reference.courses import courses
from tests.spec.reference.drawing import rows

BEGUN = date(2025, 8, 18)


def test_what_is_due_is_what_the_plan_has_in_terms_that_have_ended():
    """F, a dash and what has no grade stand apart. A level that a higher one covers is passed. A row that doesn't say
    when is due never."""
    plan = [
        PlannedCourse(row["course"], int(row["points"]), row["term"] or None)
        for row in rows("""
            course    | points | term
            ----------+--------+-------
            ENGE1000X | 100    | 2025HT
            SVEN1000X | 100    | 2026VT
            BIOG1000X | 150    | 2026VT
            KEMI1000X | 50     | 2026VT
            ENGE2000X | 100    | 2026HT
            HIST1B00X | 50     |
            RELI1000X | 50     | year 3
        """)
    ]
    for row in rows("""
        as of      | grades                                                 | due | passed | F   | dash | left | undated
        -----------+--------------------------------------------------------+-----+--------+-----+------+------+--------
        2025-12-30 | ENGE1000X F                                            | 0   | 0      | 0   | 0    | 0    | 100
        2025-12-31 | ENGE1000X F                                            | 100 | 0      | 100 | 0    | 0    | 100
        2026-07-30 | ENGE1000X F, SVEN1000X E                               | 100 | 0      | 100 | 0    | 0    | 100
        2026-07-31 | ENGE1000X F, SVEN1000X E, BIOG1000X -:150              | 400 | 100    | 100 | 150  | 50   | 100
        2026-12-31 | ENGE1000X F, SVEN1000X E, BIOG1000X -:150, ENGE2000X E | 500 | 300    | 0   | 150  | 50   | 100
    """):
        degree = upper_secondary_degree(courses(row["grades"]), degree_rule("vocational", begun=BEGUN, on=BEGUN))
        found = progress(plan, degree, as_of=date.fromisoformat(row["as of"]))
        told = (found.due, found.passed, found.failed, found.without_basis, found.ungraded, found.unplanned)
        assert told == tuple(int(row[name]) for name in list(row)[2:]), row
        assert found.behind == found.due - found.passed


def test_a_planned_level_that_was_not_read_is_passed_when_a_higher_one_is():
    plan = [PlannedCourse("ENGE1000X", 100, "2025HT"), PlannedCourse("ENGENG05", 100, "2025HT")]
    degree = upper_secondary_degree(courses("ENGE2000X E"), degree_rule("vocational", begun=BEGUN, on=BEGUN))
    assert progress(plan[:1], degree, as_of=date(2026, 1, 1)).passed == 100
    assert progress(plan[1:], degree, as_of=date(2026, 1, 1)).passed == 100


def test_without_a_plan_it_is_unknown():
    degree = upper_secondary_degree(courses("ENGE1000X E"), degree_rule("vocational", begun=BEGUN, on=BEGUN))
    assert progress([], degree, as_of=BEGUN) is None
