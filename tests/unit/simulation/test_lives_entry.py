"""Many pupils' eligibility at once says what the reference says of each."""

from datetime import date

import numpy as np
import pytest

from pluginnovation.reference.compulsory_grades import SubjectGrade
from pluginnovation.reference.eligibility import every_eligibility
from pluginnovation.reference.entry_rules import VOCATIONAL_ENTRY
from pluginnovation.reference.introductory import programme_choice
from pluginnovation.reference.merit import merit_value as reference_merit
from pluginnovation.simulation.chance import stream
from pluginnovation.simulation.lives import live, some_people
from pluginnovation.simulation.lives.entry import eligible_to
from pluginnovation.simulation.lives.levels import DASH, NONE, SUBJECTS, merit_value

LETTERS = {DASH: "-", 0: "F", 1: "E", 2: "D", 3: "C", 4: "B", 5: "A"}


def as_grades(column: np.ndarray) -> list[SubjectGrade]:
    return [
        SubjectGrade(subject, LETTERS[int(grade)], language_choice=True if subject == "M2" else None)
        for subject, grade in zip(SUBJECTS, column, strict=True)
        if grade != NONE
    ]


def drawn(kind: str) -> np.ndarray:
    """Final grades: lives' own, drawn at random with many near the limits, and all or nothing."""
    if kind == "lives":
        return live(some_people(400, 2, 2), 2).grades[-1]
    rng = stream(9, "grades for a test")
    passes = rng.random((len(SUBJECTS), 600)) < rng.uniform(0.2, 0.98, 600)
    return np.where(passes, rng.integers(1, 6, passes.shape), rng.integers(-2, 1, passes.shape)).astype(np.int8)


@pytest.mark.parametrize("kind", ["lives", "drawn"])
def test_every_pupil_is_eligible_to_what_the_reference_says(kind):
    grades = drawn(kind)
    found = eligible_to(grades)
    for pupil in range(grades.shape[1]):
        told = as_grades(grades[:, pupil])
        if all(each.grade is None for each in told):
            continue
        for each in every_eligibility(told, date(2025, 8, 18)):
            assert bool(found[each.rule.name][pupil]) == bool(each.eligible), (pupil, each.rule.name)
        choice = programme_choice(told, VOCATIONAL_ENTRY)
        assert bool(found["IMV"][pupil]) == bool(choice.open)


def test_merit_values_are_those_of_the_reference():
    """Whoever has dashes alone has no merit value in the reference; lives count them as 0."""
    grades = drawn("lives")
    for pupil in range(grades.shape[1]):
        known = reference_merit(as_grades(grades[:, pupil]))
        assert merit_value(grades[:, [pupil]])[0] == (float(known.value) if known else 0.0)
