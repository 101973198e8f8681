"""Levels replace what lies below them"""

from pluginnovation.reference.effective_grades import effective_grades
from tests.spec.reference.courses import courses
from tests.spec.reference.drawing import rows


def check(drawing: str) -> None:
    """`counts` lists step by step what counts; `'` marks what was replaced."""
    for row in rows(drawing):
        found = effective_grades(courses(row["rows"]))
        told = [f"{e.subject}{e.number}{e.part} {e.grade or '?'}{chr(39) * e.replaced}" for e in found]
        assert ", ".join(told) == row["counts"], row
        assert sum(each.points for each in found) == int(row["points"]), row


def test_a_pass_on_a_higher_level_covers_the_lower_ones_and_an_f_does_not():
    """Points of both levels count, once. The lower grade is replaced also when it was the better one."""
    check("""
        rows                                  | counts                   | points
        --------------------------------------+--------------------------+-------
        ENGE1000X F, ENGE2000X E              | ENG1 E', ENG2 E          | 200
        ENGE1000X D, ENGE2000X F              | ENG1 D, ENG2 F           | 200
        ENGE1000X A, ENGE2000X E              | ENG1 E', ENG2 E          | 200
        ENGE1000X -, ENGE2000X C              | ENG1 C', ENG2 C          | 200
        ENGE1000X D, ENGE2000X -              | ENG1 D, ENG2 -           | 200
        ENGE1000X ?, ENGE2000X B              | ENG1 B', ENG2 B          | 200
        SVEN1000X F, SVEN2000X F, SVEN3000X E | SVE1 E', SVE2 E', SVE3 E | 300
        SVEN1000X F, SVEN2000X D, SVEN3000X F | SVE1 D', SVE2 D, SVE3 F  | 300
        SVEN1000X F, SVEN2000X E, SVEN3000X C | SVE1 C', SVE2 C', SVE3 C | 300
        MATE1C00X F, MATE2C00X E              | MAT1 E', MAT2 E          | 200
        BIOG1000X F:150, BIOG2000X E:50       | BIOG1 E', BIOG2 E        | 200
    """)


def test_a_lower_level_that_was_not_read_is_covered_too():
    """Where its points are known: Swedish, English and mathematics."""
    check("""
        rows        | counts          | points
        ------------+-----------------+-------
        ENGE2000X E | ENG1 E', ENG2 E | 200
        ENGE2000X F | ENG2 F          | 100
        FYSK2000X E | FYSK2 E         | 100
    """)


def test_courses_do_not_cover_each_other():
    check("""
        rows                   | counts         | points
        -----------------------+----------------+-------
        ENGENG05 F, ENGENG06 E | ENG1 F, ENG2 E | 200
    """)


def test_until_july_2030_a_level_leaves_a_passed_course_alone_and_then_replaces_it():
    """English 5 corresponds to level 1. A course that wasn't passed is covered as a level would be."""
    check("""
        rows                                           | counts             | points
        -----------------------------------------------+--------------------+-------
        ENGENG05 C@2024-06-10, ENGE2000X E@2027-06-10  | ENG1 C, ENG2 E     | 200
        ENGENG05 C@2024-06-10, ENGE2000X E@2030-06-30  | ENG1 C, ENG2 E     | 200
        ENGENG05 C@2024-06-10, ENGE2000X E@2030-07-01  | ENG1 E', ENG2 E    | 200
        ENGENG05 C@2024-06-10, ENGE2000X E@2030-09-15  | ENG1 E', ENG2 E    | 200
        ENGENG05 C@2024-06-10, ENGE2000X F@2030-09-15  | ENG1 C, ENG2 F     | 200
        ENGENG05 F@2024-06-10, ENGE2000X E@2027-06-10  | ENG1 E', ENG2 E    | 200
        ENGENG05 C@2024-06-10, ENGE1000X E@2030-09-15  | ENG1 E'            | 100
        ENGENG05 C@2024-06-10, ENGE1000X F@2030-09-15  | ENG1 C             | 100
        BIOBIO01 C@2024-06-10, BIOG2000X E@2030-09-15  | BIOG1 E', BIOG2 E  | 200
        FYSFYS01a C@2024-06-10, FYSK2000X E@2030-09-15 | FYSFYS1 C, FYSK2 E | 200
    """)


def test_the_better_of_two_grades_on_the_same_step_counts_once():
    """A course and the level it corresponds to are the same step, and so are the tracks of mathematics. A whole
    step overlaps with its halves."""
    check("""
        rows                                          | counts              | points
        ----------------------------------------------+---------------------+-------
        ENGE1000X E, ENGE1000X C                      | ENG1 C              | 100
        ENGENG05 F, ENGE1000X E                       | ENG1 E              | 100
        ENGENG05 B@2025-06-10, ENGE1000X E@2026-06-10 | ENG1 B              | 100
        MATMAT01b F, MATMAT01c D                      | MAT1 D              | 100
        HISHIS01a1 E:50, HISHIS01a2 F:50, HISHIS01b D | HIST1 D             | 100
        HISHIS01a1 E:50, HISHIS01a2 E:50, HISHIS01b F | HIST11 E, HIST12 E  | 100
        HISHIS01a1 E:50, HISHIS01a2 F:50, HISHIS01b F | HIST11 E, HIST12 F  | 100
        HIST1A10X E:50                                | HIST11 E            | 50
        HIST1A20X C:50, HIST1B00X F                   | HIST12 C            | 50
        HIST1A10X F:50, HIST1A20X D:50                | HIST11 D', HIST12 D | 100
    """)


def test_one_swedish_counts():
    """Among levels the subject that reaches higher, then the one that gives more. Courses of both may stand beside
    each other, each step once."""
    check("""
        rows                                  | counts                 | points
        --------------------------------------+------------------------+-------
        SVEA1000X B, SVEN1000X E, SVEN2000X E | SVE1 E', SVE2 E        | 200
        SVEA1000X B, SVEA2000X B, SVEN1000X E | SVA1 B', SVA2 B        | 200
        SVEA1000X B, SVEN1000X E              | SVA1 B                 | 100
        SVEA1000X E, SVEN1000X E              | SVE1 E                 | 100
        SVEA1000X F                           | SVA1 F                 | 100
        SVEA1000X E, SVEN1000X F              | SVA1 E                 | 100
        SVASVA01 E, SVESVE02 E, SVESVE03 D    | SVA1 E, SVE2 E, SVE3 D | 300
        SVASVA01 D, SVESVE01 E                | SVA1 D                 | 100
    """)


def test_of_two_swedish_with_a_pass_each_the_better_counts():
    check("""
        rows                     | counts | points
        -------------------------+--------+-------
        SVEA1000X C, SVEN1000X D | SVA1 C | 100
        SVEA1000X D, SVEN1000X C | SVE1 C | 100
        SVASVA01 C, SVESVE01 D   | SVA1 C | 100
        SVASVA01 D, SVESVE01 C   | SVE1 C | 100
        SVASVA01 E, SVESVE01 E   | SVE1 E | 100
    """)


def test_what_was_replaced_is_kept():
    (first, _) = effective_grades(courses("ENGE1000X A, ENGE2000X E"))
    assert [row.grade for row in first.rows] == ["A"]
    assert first.rests_on.course == "ENGE2000X"
