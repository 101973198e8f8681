"""Merit value"""

from decimal import Decimal

from pluginnovation.reference.compulsory_grades import SubjectGrade
from pluginnovation.reference.merit import merit_value
from tests.spec.reference.drawing import counted, graded, rows


def check(drawing: str) -> None:
    for row in rows(drawing):
        grades = counted(row.get("grades", "")) + graded(row.get("by subject", ""))
        if row.get("språkval"):
            grades.append(SubjectGrade("M2", row["språkval"], language_choice=True))
        found = merit_value(grades, dancer=row.get("dancer") == "yes")
        assert (found and found.value) == (Decimal(row["value"]) if row["value"] else None), row


def test_it_is_the_sum_of_the_sixteen_best_grades():
    """A 20, B 17.5, C 15, D 12.5, E 10, F 0. Fewer than sixteen grades are a plain sum, and a dash is no grade."""
    check("""
        grades                       | value
        -----------------------------+------
        16 A                         | 320.0
        17 E                         | 160.0
        17 A                         | 320.0
        10 C, 2 F, 4 -               | 150.0
        1 A, 1 B, 1 C, 1 D, 1 E, 1 F | 75.0
        16 F                         | 0.0
        12 E, 4 ?                    | 120.0
    """)


def test_a_modern_language_taken_as_språkval_is_added_to_the_sixteen_best_of_the_others():
    """It adds what it is worth also when it is the weakest, and takes nobody's place when it is an F."""
    check("""
        grades | språkval | value
        -------+----------+------
        16 A   | A        | 340.0
        16 E   | F        | 160.0
        16 E   | -        | 160.0
        17 C   | E        | 250.0
        15 E   | A        | 170.0
    """)


def test_mother_tongue_is_never_the_seventeenth():
    check("""
        grades | by subject | value
        -------+------------+------
        16 E   | ML A       | 170.0
    """)


def test_swedish_and_swedish_as_a_second_language_are_one_grade():
    check("""
        by subject        | value
        ------------------+------
        SV E, SVA C       | 15.0
        SV F, SVA E, EN E | 20.0
    """)


def test_a_block_grade_counts_once_for_each_subject_that_has_no_grade_of_its_own():
    check("""
        by subject | value
        -----------+------
        NO E       | 30.0
        SO C       | 60.0
        NO E, BI A | 40.0
        NO E, BI - | 20.0
        NO E, BI ? | 30.0
    """)


def test_an_examination_adds_and_never_takes_away():
    """The grades are the final ones and those of later examinations, in any order."""
    check("""
        by subject | value
        -----------+------
        MA F, MA E | 10.0
        MA C, MA F | 15.0
        MA -, MA D | 12.5
    """)


def test_a_dancer_with_fewer_grades_is_counted_as_if_there_were_sixteen():
    """In proportion, so it need not be a whole step of 2.5; the language comes on top."""
    check("""
        grades    | dancer | språkval | value
        ----------+--------+----------+-------
        14 C      | yes    |          | 240
        13 E, 1 B | yes    |          | 168.57
        14 C      | no     |          | 210.0
        17 C      | yes    |          | 240.0
        14 C      | yes    | A        | 260
        15 C      | yes    | A        | 260
    """)


def test_nothing_to_sum_is_unknown_and_not_zero():
    check("""
        grades | value
        -------+------
               |
        16 -   |
        3 ?    |
    """)


def test_it_tells_what_it_rests_on():
    """Sixteen in the sum, what there was no room for, and what has no grade: neither of these is a zero."""
    found = merit_value([*counted("16 C, 1 E"), *graded("DA -, JU ?"), SubjectGrade("M2", "E", language_choice=True)])
    assert [grade.grade for grade in found.counted] == ["C"] * 16
    assert (found.language_choice.subject, found.language_choice.grade) == ("M2", "E")
    assert [grade.grade for grade in found.left_out] == ["E"]
    assert [(grade.subject, grade.grade) for grade in found.without_grade] == [("DA", "-"), ("JU", None)]


def test_the_flag_tells_a_modern_language_taken_as_språkval_from_one_taken_as_own_choice():
    """The curriculum has one code for both. Where the source doesn't say, it isn't the seventeenth."""
    sixteen = counted("16 E")
    for choice, value in ((True, "170.0"), (False, "160.0"), (None, "160.0")):
        assert merit_value([*sixteen, SubjectGrade("GRGRMSP01", "E", choice)]).value == Decimal(value)
    both = [SubjectGrade("GRGRMSP01", "E", language_choice=True), SubjectGrade("GRGRMSP01", "C", language_choice=False)]
    assert merit_value(both).value == Decimal("25.0")
