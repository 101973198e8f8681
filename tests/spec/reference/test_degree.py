"""Upper secondary degree"""

from dataclasses import replace
from datetime import date

from pluginnovation.reference.degree import ORDINARY, Degree, Situation, upper_secondary_degree
from pluginnovation.reference.degree_gap import degree_gap
from pluginnovation.reference.degree_rules import degree_rule
from tests.spec.reference.courses import courses, others
from tests.spec.reference.drawing import rows

KINDS = {"YR": "vocational", "HE": "he_preparatory"}
BEGUN = {"Gy11": date(2023, 8, 21), "Gy25": date(2025, 8, 18)}
DOCUMENTS = {"degree": "degree", "certificate": "study_certificate", "": None}
SAID = {True: "yes", False: "no", None: "?"}
CORE = {
    ("YR", "Gy11"): "SVESVE01 E, ENGENG05 E, MATMAT01a E",
    ("YR", "Gy25"): "SVEN1000X E, ENGE1000X E, MATE1A00X E",
    ("HE", "Gy11"): "SVESVE01 E, SVESVE02 E, SVESVE03 E, ENGENG05 E, ENGENG06 E, MATMAT01b E",
    ("HE", "Gy25"): "SVEN1000X E, SVEN2000X E, SVEN3000X E, ENGE1000X E, ENGE2000X E, MATE1B00X E",
}


def of(row: dict[str, str], situation: Situation = ORDINARY) -> Degree:
    """The degree of a drawn pupil, who has passed the core but for what stands in `not`, or else in `and`."""
    kind, _, rules = row["degree"].partition(" ")
    also = courses(row.get("and", ""))
    left_out = {*row.get("not", "").split(), *(each.course for each in also)}
    drawn = [each for each in courses(CORE[kind, rules]) if each.course not in left_out] + also
    project = courses("GYA01 " + row.get("project", "E"))
    common = others(row.get("common", "4x100 E" if kind == "YR" else ""), programme_common=True)
    known = others(row["others"])
    rule = degree_rule(KINDS[kind], begun=BEGUN[rules], on=date(2028, 6, 12))
    return upper_secondary_degree([*drawn, *project, *common, *known], rule, situation)


def lacking(degree: Degree) -> str:
    gap = degree_gap(degree)
    if gap is None:
        return "?"
    told = [f"{each.subject} {each.level}".strip() for each in gap.required]
    told += [str(each.points) for each in gap.chosen]
    told += [f"+{gap.points}"] if gap.points else []
    return " ".join(told)


def check(drawing: str, situation: Situation = ORDINARY) -> None:
    for row in rows(drawing):
        found = of(row, situation)
        assert (SAID[found.met], found.document) == (row["met"], DOCUMENTS[row["document"]]), row
        if "lacks" in row:
            assert lacking(found) == row["lacks"], row


def test_a_degree_asks_for_2500_graded_points_with_2250_passed():
    """What is F may be 250 points in a full programme of 2,500. A larger programme may hold more of them."""
    check("""
        degree  | others                            | met | document    | lacks
        --------+-----------------------------------+-----+-------------+------------
        YR Gy11 | 17x100 E                          | yes | degree      |
        YR Gy25 | 17x100 E                          | yes | degree      |
        HE Gy11 | 18x100 E                          | yes | degree      |
        HE Gy25 | 18x100 E                          | yes | degree      |
        YR Gy11 | 14x100 E, 1x50 E, 2x100 F, 1x50 F | yes | degree      |
        YR Gy11 | 14x100 E, 3x100 F                 | no  | certificate | 100
        YR Gy11 | 14x100 E, 2x50 F, 2x100 F         | no  | certificate | 100
        YR Gy11 | 15x100 E, 1x50 E                  | no  | certificate |
        HE Gy25 | 15x100 E, 6x50 F                  | no  | certificate | 50
        HE Gy25 | 13x100 E, 5x100 F                 | no  | certificate | 100 100 100
        YR Gy11 | 17x100 E, 3x100 F                 | yes | degree      |
        HE Gy25 | 4x100 E                           | no  | certificate | +1150
    """)


def test_the_three_named_subjects_must_be_passed():
    """Vocational: the first step of each. For higher education: three of Swedish, two of English, and mathematics
    1b or 1c. With courses each is needed; of levels the highest one covers the others."""
    check("""
        degree  | not                 | and                      | others            | met | document    | lacks
        --------+---------------------+--------------------------+-------------------+-----+-------------+------------
        YR Gy11 | SVESVE01            | SVESVE01 F               | 17x100 E          | no  | certificate | SVE 1
        YR Gy11 | SVESVE01            | SVASVA01 E               | 17x100 E          | yes | degree      |
        YR Gy25 | ENGE1000X           | ENGE1000X F              | 17x100 E          | no  | certificate | ENG 1
        YR Gy11 | ENGENG05            | ENGENG05 F               | 17x100 E          | no  | certificate | ENG 5
        YR Gy11 | MATMAT01a           | MATMAT01b E              | 17x100 E          | no  | certificate | MAT 1
        YR Gy25 | MATE1A00X           | MATE1A00X F, MATE2A00X E | 16x100 E          | yes | degree      |
        YR Gy11 | MATMAT01a           | MATMAT01 E               | 17x100 E          | yes | degree      |
        HE Gy11 | SVESVE02 SVESVE03   | SVESVE02 F, SVESVE03 F   | 18x100 E          | no  | certificate | SVE 2 SVE 3
        HE Gy25 | SVEN2000X SVEN3000X | SVEN2000X F, SVEN3000X F | 18x100 E          | no  | certificate | SVE 3
        HE Gy25 | SVEN1000X SVEN2000X | SVEN1000X F, SVEN2000X F | 18x100 E          | yes | degree      |
        HE Gy11 | SVESVE01 SVESVE02   | SVESVE01 F, SVESVE02 F   | 18x100 E          | no  | certificate | SVE 1 SVE 2
        HE Gy25 | ENGE2000X           | ENGE2000X F              | 18x100 E          | no  | certificate | ENG 2
        HE Gy11 | ENGENG06            | ENGENG06 F               | 18x100 E          | no  | certificate | ENG 6
        HE Gy25 | ENGE2000X           | ENGE2000X F              | 16x100 E, 2x100 F | no  | certificate | ENG 2
        HE Gy11 | MATMAT01b           | MATMAT01c E              | 18x100 E          | yes | degree      |
        HE Gy11 | MATMAT01b           | MATMAT01a E              | 18x100 E          | no  | certificate | MAT 1
    """)


def test_another_first_step_in_mathematics_will_do_when_the_principal_has_exchanged_it():
    check(
        """
        degree  | not       | and         | others   | met | document
        --------+-----------+-------------+----------+-----+---------
        YR Gy11 | MATMAT01a | MATMAT01b E | 17x100 E | yes | degree
        """,
        Situation(exchanged_mathematics=True),
    )


def test_the_diploma_project_must_be_passed():
    check("""
        degree  | project | others   | met | document    | lacks
        --------+---------+----------+-----+-------------+------
        YR Gy11 | F       | 17x100 E | no  | certificate | GYA
        HE Gy25 | -       | 18x100 E | no  | certificate | GYA
        HE Gy25 | ?       | 18x100 E | no  |             | GYA
    """)


def test_a_vocational_degree_asks_for_400_points_in_the_programmes_common_subjects():
    """Where rows don't say which subjects are common, it can't be told. The fewest passes take the largest first."""
    check("""
        degree  | common                   | others   | met | document    | lacks
        --------+--------------------------+----------+-----+-------------+-----------------------
        YR Gy11 | 3x100 E, 2x50 E          | 17x100 E | yes | degree      |
        YR Gy11 | 3x100 E, 1x50 E, 1x50 F  | 17x100 E | ?   |             |
        YR Gy11 |                          | 21x100 E | ?   |             |
        YR Gy11 | 2x100 F, 1x100 E, 3x50 F | 18x100 E | ?   |             |
        YR Gy11 | 2x100 F, 1x100 E, 3x50 F | 2x100 E  | no  | certificate | 100 100 50 50 50 +1200
        HE Gy11 |                          | 18x100 E | yes | degree      |
    """)


def test_what_rows_do_not_say_about_common_subjects_is_unknown_only_when_it_decides():
    """400 points are enough, whether they are said to be common or may be. Where every row says no, it is no."""
    full = courses(CORE["YR", "Gy25"] + ", GYA01 E")
    rule = degree_rule("vocational", begun=BEGUN["Gy25"], on=date(2028, 6, 12))
    for row in rows("""
        common  | not common | unsaid  | met
        --------+------------+---------+----
        4x100 E | 17x100 E   |         | yes
        3x100 E | 18x100 E   |         | no
        3x100 E | 17x100 E   | 1x100 E | ?
        3x100 E | 17x100 E   | 2x50 E  | ?
        3x100 E | 18x100 E   | 1x50 E  | no
        3x100 E | 18x100 E   | 1x100 F | no
    """):
        said = others(row["common"], programme_common=True)
        unsaid = others(row["unsaid"])
        denied = [replace(each, course=f"Z{each.course[1:3]}Z{each.course[4:]}", programme_common=False)
                  for each in others(row["not common"])]  # fmt: skip
        assert SAID[upper_secondary_degree([*full, *said, *unsaid, *denied], rule).met] == row["met"], row


def test_a_reduced_programme_is_told_with_what_lacks():
    drawn = {"degree": "YR Gy11", "and": "ENGENG05 F", "others": "17x100 E, 1x100 -"}
    assert degree_gap(of(drawn, Situation(reduced_programme=True))).reduced
    assert not degree_gap(of(drawn)).reduced


def test_common_points_are_told_only_when_rows_tell_them():
    """The first row says of every subject whether it is common, the second of none."""
    told = of({"degree": "YR Gy25", "common": "1x100 E, 3x100 F", "others": ""})
    assert (told.common_points, degree_gap(told).common_points) == (100, 0)
    untold = of({"degree": "YR Gy25", "common": "", "others": "1x100 E, 3x100 F"})
    assert (untold.common_points, degree_gap(untold).common_points) == (None, None)


def test_a_dash_anywhere_gives_a_certificate_and_so_does_a_reduced_programme():
    check("""
        degree  | others            | met | document    | lacks
        --------+-------------------+-----+-------------+------
        YR Gy11 | 17x100 E, 1x100 - | no  | certificate |
        HE Gy25 | 18x100 E, 1x50 -  | no  | certificate |
    """)
    check(
        """
        degree  | others   | met | document    | lacks
        --------+----------+-----+-------------+------
        YR Gy11 | 17x100 E | no  | certificate |
        """,
        Situation(reduced_programme=True),
    )


def test_a_dash_on_a_level_that_a_higher_pass_covers_is_no_hindrance():
    check("""
        degree  | not       | and         | others   | met | document
        --------+-----------+-------------+----------+-----+---------
        HE Gy25 | ENGE1000X | ENGE1000X - | 18x100 E | yes | degree
    """)


def test_how_much_may_still_go_wrong():
    """250 points less those failed, in a programme of 2,500. F, dashes and what isn't graded yet stand apart."""
    for row in rows("""
        degree  | others                     | passed | failed | dash | ungraded | budget
        --------+----------------------------+--------+--------+------+----------+-------
        YR Gy11 | 17x100 E                   | 2500   | 0      | 0    | 0        | 250
        YR Gy11 | 16x100 E, 1x100 F          | 2400   | 100    | 0    | 0        | 150
        YR Gy11 | 13x100 E, 3x100 F, 1x100 - | 2100   | 300    | 100  | 0        | -50
        HE Gy25 | 10x100 E, 1x100 F, 7x100 ? | 1700   | 100    | 0    | 700      | 150
        HE Gy25 | 2x100 E, 1x50 F            | 900    | 50     | 0    | 0        | 200
        YR Gy11 | 17x100 E, 3x100 F          | 2500   | 300    | 0    | 0        | 250
        YR Gy11 | 17x100 E, 1x100 -, 2x100 ? | 2500   | 0      | 100  | 200      | 550
    """):
        found = of(row)
        told = (found.passed_points, found.failed_points, found.without_basis_points, found.ungraded_points)
        assert found.graded_points == found.passed_points + found.failed_points
        assert (*told, found.f_budget) == tuple(int(row[n]) for n in list(row)[2:]), row


def test_hard_stops_are_what_no_other_pass_makes_up_for():
    """Told with its level as the pupil's system writes it, and whether a higher level that is still to come would
    replace it."""
    for row in rows("""
        degree  | and                      | project | others           | stops                     | and then
        --------+--------------------------+---------+------------------+---------------------------+-------------------
        YR Gy11 |                          | E       | 17x100 E         |                           |
        YR Gy11 | ENGENG05 F               | E       | 16x100 E, 1x50 F | core ENGENG05 5 F         |
        HE Gy11 | ENGENG05 -               | F       | 18x100 E         | core ENGENG05 5 -         | project GYA01 F
        HE Gy25 | SVEN1000X F, SVEN2000X ? | E       | 18x100 E         |                           |
        HE Gy25 | ENGE1000X F, ENGE2000X ? | E       | 18x100 E         | core ENGE1000X 1 F higher |
        YR Gy11 | MATMAT01a F              | E       | 17x100 E         | core MATMAT01a 1a F       |
        HE Gy25 | ENGE1000X F, ENGE2000X F | E       | 18x100 E         | core ENGE1000X 1 F        | core ENGE2000X 2 F
        HE Gy11 | ENGENG05 F, ENGENG06 ?   | E       | 18x100 E         | core ENGENG05 5 F         |
        YR Gy11 |                          | E       | 17x100 E, 1x50 - | dash XRAXRA01 -           |
    """):
        names = {"core_failed": "core", "diploma_project_failed": "project", "no_basis": "dash"}
        told = [
            " ".join(filter(None, (names[stop.reason], stop.course, stop.level, stop.grade, "higher" * stop.higher)))
            for stop in of(row).hard_stops
        ]
        assert told == [cell for cell in (row["stops"], row["and then"]) if cell], row


def test_what_must_get_a_grade_is_told_apart_from_what_must_be_passed():
    gap = degree_gap(of({"degree": "YR Gy11", "others": "13x100 E, 2x100 F, 1x100 -, 1x100 ?"}))
    assert [each.now for each in gap.chosen] == ["-", None]
    assert (gap.passes, gap.points, gap.unplanned, gap.must_be_set) == (2, 0, 0, ())
    gap = degree_gap(of({"degree": "YR Gy11", "others": "16x100 E, 1x100 -"}))
    assert (gap.passes, len(gap.must_be_set)) == (0, 1)


def test_nothing_known_is_unknown():
    rule = degree_rule("vocational", begun=BEGUN["Gy25"], on=date(2026, 6, 12))
    empty = upper_secondary_degree(courses("SVEN1000X ?, ENGE1000X ?"), rule)
    assert (empty.met, empty.document, degree_gap(empty)) == (None, None, None)


def test_which_rules_education_follows():
    """Gy25 for education begun after 30 June 2025; the older until 30 June 2030, and then the new for everybody."""
    for row in rows("""
        begun      | on         | rules
        -----------+------------+------
        2025-06-30 | 2026-01-01 | Gy11
        2025-07-01 | 2026-01-01 | Gy25
        2024-08-19 | 2030-06-30 | Gy11
        2024-08-19 | 2030-07-01 | Gy25
    """):
        begun, on = (date.fromisoformat(row[name]) for name in ("begun", "on"))
        assert degree_rule("vocational", begun=begun, on=on).gy25 == (row["rules"] == "Gy25"), row
