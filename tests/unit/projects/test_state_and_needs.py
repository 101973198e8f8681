"""How far a sub-project has come, from what it has done; and what analyses have in common, without persons."""

from datetime import date

from pluginnovation.projects.process_state import STEPS, WAITS_FOR, Done, sentence, state_of
from pluginnovation.projects.region_needs import Common, Told, in_common

TODAY = date(2026, 6, 12)
SPRING = {"applied": date(2025, 10, 1), "analysed": date(2025, 10, 3), "goals": date(2026, 1, 9)}


def test_the_state_is_what_has_been_done_and_one_step_comes_next():
    state = state_of(Done(SPRING, date(2026, 6, 1)), TODAY)
    assert [step.key for step in state.steps if step.comes_next] == ["planned"]
    assert sentence(state, 0) == "3 av 8 steg är gjorda; utvärderingsplanen ska låsas."
    assert set(WAITS_FOR) == set(STEPS)


def test_a_later_step_does_not_hide_one_that_was_left_out():
    state = state_of(Done({**SPRING, "started": date(2026, 1, 20)}, date(2026, 6, 1)), TODAY)
    assert state.next_step == "planned"


def test_a_silent_sub_project_is_noticed_and_an_ended_one_never_is():
    assert state_of(Done(SPRING, date(2026, 4, 27)), TODAY).silent
    assert not state_of(Done(SPRING, date(2026, 4, 28)), TODAY).silent
    assert state_of(Done({}, None), TODAY).silent
    ended = state_of(Done(SPRING, date(2026, 1, 1), ended=True), TODAY)
    assert not ended.silent
    assert sentence(ended, 1) == "3 of 8 steps are done."


def told(*, obstacles: str = "", weak: str = "", looked: str = "") -> Told:
    return Told(
        {"obstacle": frozenset(obstacles.split()), "factor": frozenset(weak.split())},
        {"factor": frozenset(looked.split())},
    )


def test_needs_in_common_are_counted_among_those_who_looked():
    analyses = [told(weak="tracking", looked="tracking meeting"), told(weak="tracking meeting", looked="meeting"),
                told(looked="tracking"), told()]  # fmt: skip
    assert in_common(analyses) == (Common("factor", "tracking", found=2, of=3, unknown=1),)


def test_one_school_alone_and_too_few_analyses_are_not_in_common():
    assert in_common([told(obstacles="worry"), told(), told()]) == ()
    assert in_common([told(obstacles="worry"), told(obstacles="worry")]) == ()
