"""What holds for any grades of compulsory school, drawn by chance."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.reference.compulsory_grades import SubjectGrade, one_per_subject
from pluginnovation.reference.compulsory_subjects import BLOCKS, NAMES
from pluginnovation.reference.eligibility import every_eligibility, upper_secondary_eligibility
from pluginnovation.reference.entry_rules import ENTRY_RULES
from pluginnovation.reference.introductory import programme_choice
from pluginnovation.reference.merit import merit_value

AUTUMN = date(2026, 8, 17)
symbols = st.sampled_from(("A", "B", "C", "D", "E", "F", "-", None))
subjects = st.sampled_from(sorted(NAMES))
grades = st.lists(st.builds(SubjectGrade, subjects, symbols), max_size=24)
with_blocks = st.lists(st.builds(SubjectGrade, st.sampled_from(sorted({*NAMES, *BLOCKS})), symbols), max_size=24)
passes = st.builds(SubjectGrade, subjects, st.sampled_from("ABCDE"))
rules = st.sampled_from(ENTRY_RULES)


@given(grades, passes, rules)
def test_one_more_pass_never_makes_a_pupil_less_eligible(had, more, rule):
    before, after = (upper_secondary_eligibility(each, rule) for each in (had, [*had, more]))
    assert after.eligible is not None
    assert bool(before.eligible) <= after.eligible
    assert before.needed is None or 0 <= before.needed - after.needed <= 1
    towards = programme_choice([*had, more], rule)
    assert towards.needed <= (programme_choice(had, rule).needed or 6)


@given(grades, passes)
def test_one_more_pass_never_lowers_the_merit_value(had, more):
    before, after = merit_value(had), merit_value([*had, more])
    assert after.exact >= (before.exact if before else 0)


@given(with_blocks, st.randoms(use_true_random=False))
def test_the_order_of_grades_does_not_matter(had, chance):
    shuffled = list(had)
    chance.shuffle(shuffled)
    assert merit_value(shuffled) == merit_value(had)
    assert every_eligibility(shuffled, AUTUMN) == every_eligibility(had, AUTUMN)


@given(with_blocks, rules)
def test_the_passes_that_are_named_as_missing_are_enough_and_none_of_them_is_too_many(had, rule):
    found = upper_secondary_eligibility(had, rule)
    if found.eligible is None:
        return
    free = [code for code in NAMES if code not in {*found.passed, "SV", "SVA", "EN", "MA", *rule.named}]
    needed = [each.subject for each in found.required] + free[: found.further]
    assert len(needed) == found.needed
    made = [SubjectGrade(subject, "E") for subject in needed]
    assert upper_secondary_eligibility([*had, *made], rule).eligible
    for left_out in range(len(made)):
        assert not upper_secondary_eligibility([*had, *made[:left_out], *made[left_out + 1 :]], rule).eligible


@given(with_blocks)
def test_a_merit_value_goes_in_steps_of_two_and_a_half_and_ends_at_320(had):
    found = merit_value(had)
    assert found is None or (found.value % Decimal("2.5") == 0 and 0 <= found.value <= 320)


@given(with_blocks)
def test_whoever_may_begin_a_programme_for_higher_education_may_begin_a_vocational_one(had):
    vocational, *others = every_eligibility(had, AUTUMN)
    assert vocational.eligible or not any(each.eligible for each in others)


@given(with_blocks)
def test_counting_the_grades_that_count_again_changes_nothing(had):
    once = one_per_subject(had)
    assert one_per_subject(once) == once
    assert len({each.subject for each in once}) == len(once)
