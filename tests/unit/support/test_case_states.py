"""A case's states and moves are tables that hang together, and the diagram is what the tables say."""

import re
from importlib.util import module_from_spec, spec_from_file_location

import pytest

from pluginnovation.support.case_states import (
    ABSENCE,
    ASSESSED,
    CLOSED,
    DECISIONS,
    ENDED,
    GRANTED,
    INVESTIGATION,
    KINDS,
    MOVES,
    NEEDS,
    NOT_NEEDED,
    OUTCOMES,
    SPECIAL_SUPPORT,
    STATES,
    STATES_OF,
    SUPPORT,
    UNNEEDED,
    Standing,
    first_state,
    missing,
    move_to,
    moves_from,
    outcomes_of,
)
from pluginnovation.support.case_texts import SECTIONS, section_of
from pluginnovation.support.diagrams import as_rows, diagram
from tests.house.tree import ROOT

ROLES = {"mentor", "principal", "pupil_health"}


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_and_every_way_can_end(kind):
    reached, closing = {first_state(kind)}, {CLOSED}
    for _ in STATES:
        reached |= {move.after for move in MOVES[kind] if move.before in reached}
        closing |= {move.before for move in MOVES[kind] if move.after in closing}
    assert reached == closing == set(STATES_OF[kind])
    assert not moves_from(kind, CLOSED)


@pytest.mark.parametrize("kind", KINDS)
def test_every_move_is_between_the_kinds_own_states_once_by_known_roles_with_known_needs(kind):
    pairs = [(move.before, move.after) for move in MOVES[kind]]
    assert len(pairs) == len(set(pairs))
    for move in MOVES[kind]:
        assert {move.before, move.after} <= set(STATES_OF[kind]) and move.before != move.after
        assert set(move.roles) <= ROLES and move.roles
        assert set(move.needs) <= set(NEEDS)


def test_a_need_in_words_has_its_section_where_it_is_asked_for():
    for kind, moves in MOVES.items():
        for move in moves:
            for need in set(move.needs) & {"assessment", "findings"}:
                assert section_of(kind, need) is not None, (kind, need)
    assert set(SECTIONS) == set(KINDS)


def test_only_the_principal_says_that_no_investigation_is_needed():
    for kind in (ABSENCE, INVESTIGATION):
        move = move_to(kind, ASSESSED, CLOSED)
        assert move is not None and move.roles == ("principal",) and move.needs == ("assessment",)


def test_an_action_programme_is_in_force_only_with_goal_measure_and_decision():
    move = move_to(INVESTIGATION, "deciding", "programme")
    assert move is not None
    assert missing(move, Standing()) == ("goal", "measure", GRANTED)
    assert missing(move, Standing(goals=1, measures=1, verdicts={SPECIAL_SUPPORT: NOT_NEEDED})) == (GRANTED,)
    assert missing(move, Standing(goals=1, measures=1, verdicts={SPECIAL_SUPPORT: GRANTED})) == ()
    ending = move_to(INVESTIGATION, "programme", CLOSED)
    assert ending is not None and missing(ending, Standing(verdicts={SPECIAL_SUPPORT: GRANTED})) == (ENDED,)


def test_outcomes_say_unneeded_only_before_an_investigation():
    assert UNNEEDED in outcomes_of(ABSENCE, ASSESSED) and "goals_reached" not in outcomes_of(ABSENCE, ASSESSED)
    assert UNNEEDED not in outcomes_of(ABSENCE, "supported")
    assert UNNEEDED not in outcomes_of(SUPPORT, "planned")
    for kind in KINDS:
        for state in STATES_OF[kind]:
            assert set(outcomes_of(kind, state)) <= set(OUTCOMES)


def test_each_verdict_that_a_move_needs_can_be_decided():
    asked = {need for moves in MOVES.values() for move in moves for need in move.needs}
    assert set(DECISIONS[SPECIAL_SUPPORT]) == asked & {GRANTED, NOT_NEEDED, ENDED}


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("kind", KINDS)
def test_the_diagram_has_every_state_and_every_move_and_no_other(kind, language):
    drawn = diagram(kind, language)
    boxes = re.findall(r'data-state="(\w+)"', drawn)
    arrows = re.findall(r'data-move="(\w+) (\w+)"', drawn)
    assert sorted(boxes) == sorted(STATES_OF[kind])
    assert sorted(arrows) == sorted((move.before, move.after) for move in MOVES[kind])
    for state in STATES_OF[kind]:
        assert f">{STATES[state][language]}<" in drawn
    assert len(as_rows(kind, language)) == len(MOVES[kind])
    assert "<script" not in drawn and "style=" not in drawn


def test_the_documents_show_the_drawing_and_every_row_of_the_table():
    spec = spec_from_file_location("cases_hook", ROOT / "docs" / "hooks" / "cases.py")
    assert spec is not None and spec.loader is not None
    hook = module_from_spec(spec)
    spec.loader.exec_module(hook)
    page = hook.cases_page()
    for kind in KINDS:
        assert diagram(kind, 1) in page
        for row in as_rows(kind, 1):
            assert "| " + " | ".join(cell or " " for cell in row) + " |" in page
