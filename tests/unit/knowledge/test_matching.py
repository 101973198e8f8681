"""Methods fit a need by points that anyone can count again."""

from dataclasses import replace

import pytest

from pluginnovation.knowledge import vocabulary
from pluginnovation.knowledge.matching import (
    OF_SIGNAL,
    Need,
    fitting,
    problems_of,
    why,
    year_of,
)
from pluginnovation.signals.catalogue import CATALOGUE as SIGNALS
from tests.unit.knowledge.made_up import BREAKS, METHODS, MORNING


def points(need):
    return [(fit.method.key, fit.points, fit.other_year) for fit in fitting(METHODS, need)]


def test_an_obstacle_gives_three_points_a_problem_two_a_year_one_and_a_level_one():
    need = Need(obstacles=("adults", "rhythm"), problems=("absence",), year="7_9", level="individual")
    assert points(need) == [
        ("morgonstart", 3 + 3 + 2 + 1 + 1, False),
        ("trygga-raster", 3 + 2 + 1, False),
        ("studiecoach", 3 + 1, True),
    ]


def test_the_points_of_the_reasons_add_up_and_are_said_in_words():
    need = Need(obstacles=("adults",), problems=("absence",), year="7_9")
    fit = fitting(METHODS, need)[0]
    assert sum(reason.points for reason in fit.reasons) == fit.points
    assert why(fit) == (
        "Kan svara mot: saknar en vuxen i skolan att lita på (3 poäng).",
        "Används vid: frånvaro (2 poäng).",
        "Gjord för: årskurs 7-9 (1 poäng).",
    )
    assert why(fit, "en")[1] == "Used for: absence (2 points)."


def test_a_method_that_answers_nothing_of_the_need_does_not_fit_whatever_the_year():
    assert points(Need(year="7_9", level="individual")) == []
    assert points(Need(obstacles=("noise",), year="7_9")) == []


def test_a_method_made_for_other_years_comes_after_its_equals_and_says_so():
    found = fitting(METHODS, Need(obstacles=("adults",), year="upper"))
    assert [fit.method.key for fit in found] == ["studiecoach", "morgonstart", "trygga-raster"]
    assert [fit.other_year for fit in found] == [False, True, True]
    assert why(found[1])[-1] == "Gjord för andra årskurser. Pröva med eftertanke."


def test_certainty_parts_only_those_that_fit_equally_well():
    equal = [fit.method.key for fit in fitting(METHODS, Need(obstacles=("adults",)))]
    assert equal == ["morgonstart", "studiecoach", "trygga-raster"]
    better = fitting(METHODS, Need(obstacles=("adults", "peers")))
    assert better[0].method.key == "trygga-raster"


def test_more_points_come_first_also_for_another_year_and_equals_are_parted_by_how_sure_we_are():
    need = Need(obstacles=("adults", "unclear_tasks"), year="7_9")
    assert points(need)[:2] == [("studiecoach", 6, True), ("morgonstart", 4, False)]
    surer = replace(BREAKS, key="zz", external_locks=1)
    assert [fit.method.key for fit in fitting([BREAKS, surer], Need(obstacles=("peers",)))] == ["zz", "trygga-raster"]


def test_each_problem_counts_and_a_method_for_no_year_or_level_in_particular_is_for_none_of_them():
    plain = replace(MORNING, years=(), level="")
    fit = fitting([plain], Need(problems=("absence", "lateness"), year="upper"))[0]
    assert (fit.points, fit.other_year) == (4, False)


def test_a_method_that_somebody_has_seen_harm_from_comes_after_its_equals_however_sure_that_is():
    harmful = replace(MORNING, key="a", external=(replace(MORNING.external[0], direction="worse"),), external_locks=5)
    locally = replace(MORNING, key="b", local=(replace(MORNING.local[0], locks=5, harms=1),))
    found = fitting([harmful, locally, MORNING, BREAKS], Need(obstacles=("adults",)))
    assert [fit.method.key for fit in found] == ["morgonstart", "trygga-raster", "a", "b"]
    assert next(fit.method.key for fit in fitting([harmful, BREAKS], Need(obstacles=("adults", "rhythm")))) == "a"


def test_a_withdrawn_method_is_never_suggested():
    need = Need(obstacles=("transitions", "peers"), problems=("relations",))
    assert [fit.method.key for fit in fitting(METHODS, need)] == ["trygga-raster"]


def test_no_more_are_given_than_are_asked_for():
    assert fitting(METHODS, Need(obstacles=("adults",)), most=1)[0].method == MORNING
    assert len(fitting(METHODS, Need(obstacles=("adults",)), most=1)) == 1


def test_every_signal_is_looked_for_help_with_something_in_the_vocabulary():
    assert set(OF_SIGNAL) == set(SIGNALS)
    assert all(problem in vocabulary.PROBLEMS for found in OF_SIGNAL.values() for problem in found)
    assert problems_of(["passes_needed", "core_subject_failing", "absence_28d"]) == ("absence", "grades", "eligibility")
    assert problems_of(["no_such_signal"]) == ()


@pytest.mark.parametrize(
    ("year", "programme", "band"),
    [
        (0, "", "f_3"), (3, "", "f_3"), (4, "", "4_6"), (6, "", "4_6"), (7, "", "7_9"), (9, "", "7_9"),
        (1, "SA", "upper"), (None, "BA", "upper"), (1, "IMS", "introductory"), (1, "IMVBA", "introductory"),
        (None, "", ""), (10, "", ""),
    ],
)  # fmt: skip
def test_a_school_year_is_in_one_band_or_unknown(year, programme, band):
    assert year_of(year, programme) == band
