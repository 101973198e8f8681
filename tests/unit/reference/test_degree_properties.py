"""What holds for any pupil in upper secondary school, drawn by chance."""

from dataclasses import replace
from datetime import date
from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from pluginnovation.reference.compulsory_grades import rank
from pluginnovation.reference.course_codes import CORRESPONDING
from pluginnovation.reference.degree import upper_secondary_degree
from pluginnovation.reference.degree_gap import degree_gap
from pluginnovation.reference.degree_rules import DEGREE_RULES
from pluginnovation.reference.effective_grades import CourseGrade, effective_grades

GY11 = ("SVESVE01", "SVESVE02", "SVESVE03", "SVASVA01", "SVASVA02", "ENGENG05", "ENGENG06", "MATMAT01a", "MATMAT01b")
GY25 = ("SVEN1000X", "SVEN2000X", "SVEN3000X", "SVEA1000X", "SVEA2000X", "ENGE1000X", "ENGE2000X", "MATE1A00X",
        "MATE1B00X", "MATE2B00X")  # fmt: skip
OTHERS = tuple(f"X{letter}CX{letter}C01" for letter in "ABCDEFGHIJKLMNOPQRSTU")

symbols = st.sampled_from(("A", "C", "E", "E", "E", "F", "-", None))
days = st.sampled_from((None, date(2024, 6, 10), date(2027, 6, 10), date(2030, 6, 30), date(2030, 9, 15)))
rules = st.sampled_from(DEGREE_RULES)


def named(codes: tuple[str, ...]) -> st.SearchStrategy[CourseGrade]:
    return st.builds(CourseGrade, st.sampled_from(codes), st.just(100), symbols, days)


others = st.builds(
    CourseGrade,
    st.sampled_from(OTHERS),
    st.sampled_from((50, 100, 150)),
    symbols,
    days,
    programme_common=st.booleans(),
)
projects = st.builds(CourseGrade, st.just("GYAGYA01"), st.just(100), st.sampled_from(("E", "F", "-", None)))


def pupils(codes: tuple[str, ...]) -> st.SearchStrategy[list[CourseGrade]]:
    parts = st.tuples(
        st.lists(named(codes), max_size=12), st.lists(others, max_size=24), st.lists(projects, max_size=2)
    )
    return parts.map(lambda each: [row for part in each for row in part])


anybody = pupils(GY11 + GY25)


@given(anybody, rules, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(had, rule, chance):
    shuffled = list(had)
    chance.shuffle(shuffled)
    assert upper_secondary_degree(shuffled, rule) == upper_secondary_degree(had, rule)


@given(anybody)
def test_each_step_counts_once_and_nothing_is_lost(had):
    found = effective_grades(had)
    assert len({(each.subject, each.number, each.part) for each in found}) == len(found)
    kept = [row for each in found for row in each.rows]
    swedish = [row for row in had if row.course.startswith("SV")]
    assert sorted(map(repr, (r for r in kept if r not in swedish))) == sorted(
        map(repr, (r for r in had if r not in swedish))
    )


@given(anybody, others, rules)
def test_one_more_pass_in_a_subject_of_its_own_never_takes_a_degree_away(had, more, rule):
    more = replace(more, course="ZZZZZZ01", grade="E")
    before, after = upper_secondary_degree(had, rule), upper_secondary_degree([*had, more], rule)
    assert after.passed_points == before.passed_points + more.points
    assert after.met is not None
    assert bool(before.met) <= after.met
    assert len(after.hard_stops) == len(before.hard_stops)


@given(anybody, st.sampled_from(GY25))
def test_a_pass_on_a_level_never_makes_a_pass_into_less(had, level):
    """It may lower the grade of what it covers, never to less than a pass. Which Swedish counts may change."""
    had = [row for row in had if not row.course.startswith("SVA") and not row.course.startswith("SVEA")]
    more = CourseGrade(level.replace("SVEA", "SVEN"), 100, "E", date(2027, 6, 10))
    before = {(e.subject, e.number, e.part): e for e in effective_grades(had)}
    after = {(e.subject, e.number, e.part): e for e in effective_grades([*had, more])}
    assert all(after[step].passed >= each.passed for step, each in before.items())
    assert sum(e.points for e in after.values()) >= sum(e.points for e in before.values())


@given(pupils(GY11))
def test_courses_only_are_the_best_grade_of_each(had):
    for each in effective_grades(had):
        assert each.grade == max((row.grade for row in each.rows), key=rank)
        assert not each.replaced


def with_passes(had: list[CourseGrade], codes: set[str]) -> list[CourseGrade]:
    """The rows with passes in some courses, and at least an F in the others."""
    given_ = [replace(row, grade="E") if row.course in codes else row for row in had]
    return [replace(row, grade="F") if row.grade in ("-", None) else row for row in given_]


CORES = {
    (False, "vocational"): ("SVESVE01", "ENGENG05", "MATMAT01a"),
    (False, "he_preparatory"): ("SVESVE01", "SVESVE02", "SVESVE03", "ENGENG05", "ENGENG06", "MATMAT01b"),
    (True, "vocational"): ("SVEN1000X", "ENGE1000X", "MATE1A00X"),
    (True, "he_preparatory"): ("SVEN1000X", "SVEN2000X", "SVEN3000X", "ENGE1000X", "ENGE2000X", "MATE1B00X"),
}


@st.composite
def planned(draw, rule):
    """Somebody with a complete plan: the core, the diploma project, and other subjects."""
    core = [CourseGrade(code, 100, draw(symbols)) for code in CORES[rule.gy25, rule.kind]]
    rest = [
        CourseGrade(code, draw(st.sampled_from((50, 100, 150))), draw(symbols), programme_common=draw(st.booleans()))
        for code in OTHERS
    ]
    return [*core, CourseGrade("GYAGYA01", 100, draw(st.sampled_from(("E", "F", None)))), *rest]


@given(st.data(), rules)
def test_the_set_that_is_named_is_enough_and_with_any_of_it_left_out_it_is_not(data, rule):
    """Passes in the set, and an F in what has no grade, make a degree. The set is as small as can be."""
    had = data.draw(planned(rule))
    gap = degree_gap(upper_secondary_degree(had, rule))
    assume(not (gap.points or gap.common_points or gap.unplanned))
    codes = {each.course for each in (*gap.required, *gap.chosen)}
    assert len(codes) == gap.passes
    assert upper_secondary_degree(with_passes(had, codes), rule).met
    for code in codes:
        assert not upper_secondary_degree(with_passes(had, codes - {code}), rule).met


@given(st.data(), rules)
def test_no_smaller_set_would_do(data, rule):
    """Among pupils who lack little, every smaller set of rows is tried."""
    had = [replace(row, grade=data.draw(st.sampled_from("EEEEEEEEF"))) for row in data.draw(planned(rule))]
    gap = degree_gap(upper_secondary_degree(had, rule))
    open_ = [row.course for row in had if row.grade == "F"]
    assume(not (gap.points or gap.common_points or gap.unplanned) and 0 < gap.passes <= 3 and len(open_) <= 9)
    for fewer in combinations(open_, gap.passes - 1):
        assert not upper_secondary_degree(with_passes(had, set(fewer)), rule).met


def test_a_course_and_the_level_it_corresponds_to_are_the_same_step():
    for course, level in CORRESPONDING:
        rows = [CourseGrade(course, 100, "C", date(2024, 6, 10)), CourseGrade(level, 100, "D", date(2026, 6, 10))]
        (found,) = [each for each in effective_grades(rows) if each.rows]
        assert (found.grade, found.points) == ("C", 100)
