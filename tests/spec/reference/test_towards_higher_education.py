"""Towards higher education"""

from datetime import date
from decimal import Decimal

import pytest

from pluginnovation.reference.degree import upper_secondary_degree
from pluginnovation.reference.degree_rules import degree_rule
from pluginnovation.reference.higher_education import TooManyMeritPoints, basic_eligibility, comparison_figure
from tests.spec.reference.courses import courses, others
from tests.spec.reference.drawing import rows

BEGUN = {"Gy11": date(2023, 8, 21), "Gy25": date(2025, 8, 18)}
ON = date(2028, 6, 12)


def degree(kind: str, rules: str, core: str, rest: str):
    common = others("4x100 E", programme_common=True)
    drawn = [*courses(core), *courses("GYA01 E"), *common, *others(rest)]
    return upper_secondary_degree(drawn, degree_rule(kind, begun=BEGUN[rules], on=ON))


def test_a_vocational_degree_needs_more_swedish_and_english_for_basic_eligibility():
    """Swedish 2 and 3, and English 6; or the levels 3 and 2, which cover those below."""
    for row in rows("""
        rules | core                                                                    | rest     | met | lacks
        ------+-------------------------------------------------------------------------+----------+-----+--------------
        Gy11  | SVESVE01 E, ENGENG05 E, MATMAT01a E                                     | 17x100 E | no  | SVE 2 3 ENG 2
        Gy11  | SVESVE01 E, SVESVE02 E, SVESVE03 E, ENGENG05 E, ENGENG06 E, MATMAT01a E | 17x100 E | yes |
        Gy11  | SVESVE01 E, SVESVE03 E, ENGENG05 E, ENGENG06 F, MATMAT01a E             | 17x100 E | no  | SVE 2 ENG 2
        Gy25  | SVEN3000X E, ENGE2000X E, MATE1A00X E                                   | 17x100 E | yes |
        Gy25  | SVEN1000X E, SVEN2000X F, ENGE1000X E, MATE1A00X E                      | 17x100 E | no  | SVE 2 3 ENG 2
        Gy25  | SVEN3000X E, ENGE2000X E, MATE1A00X F                                   | 17x100 E | no  |
    """):
        found = basic_eligibility(degree("vocational", row["rules"], row["core"], row["rest"]))
        lacks = " ".join(f"{c.demand.subjects[0]} {' '.join(map(str, c.missing))}" for c in found.missing)
        assert ({True: "yes", False: "no", None: "?"}[found.met], lacks) == (row["met"], row["lacks"]), row


def test_a_degree_that_prepares_for_it_gives_it():
    core = "SVEN3000X E, ENGE2000X E, MATE1B00X E"
    assert basic_eligibility(degree("he_preparatory", "Gy25", core, "14x100 E")).met
    assert basic_eligibility(degree("he_preparatory", "Gy25", core, "10x100 E")).met is False


def test_the_comparison_figure_is_the_average_grade_by_points():
    """The diploma project is left out, an F counts 0 with its points, a dash isn't there. The least sum that can
    give a degree is 21,500: 2,150 points with E, and 250 with F."""
    for row in rows("""
        core                                | rest                              | value points | points | figure
        ------------------------------------+-----------------------------------+--------------+--------+-------
        SVESVE01 E, ENGENG05 E, MATMAT01a E | 14x100 E, 1x50 E, 1x50 F, 2x100 F | 21500        | 2400   | 8.96
        SVESVE01 E, ENGENG05 E, MATMAT01a E | 17x100 E                          | 24000        | 2400   | 10.00
        SVESVE01 B, ENGENG05 D, MATMAT01a - | 1x100 ?                           | 7000         | 600    | 11.67
    """):
        found = comparison_figure(degree("vocational", "Gy11", row["core"], row["rest"]))
        told = (found.value_points, found.points, found.figure)
        assert told == (int(row["value points"]), int(row["points"]), Decimal(row["figure"])), row


def test_merit_points_are_two_and_a_half_at_most():
    best = upper_secondary_degree(others("24x100 A"), degree_rule("he_preparatory", begun=BEGUN["Gy11"], on=ON))
    assert comparison_figure(best).figure == Decimal("20.00")
    assert comparison_figure(best, merit=Decimal("2.5")).figure == Decimal("22.50")
    for wrong in ("2.51", "-0.5"):
        with pytest.raises(TooManyMeritPoints):
            comparison_figure(best, merit=Decimal(wrong))


def test_nothing_graded_has_no_figure():
    empty = upper_secondary_degree(courses("GYA01 E, SVESVE01 -"), degree_rule("vocational", begun=ON, on=ON))
    assert comparison_figure(empty) is None
