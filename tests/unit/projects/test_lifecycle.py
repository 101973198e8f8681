"""How an application and a sub-project go."""

import re
from importlib import import_module

import pytest

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.projects.diagrams import ROLE_WORDS, as_rows, diagram
from pluginnovation.projects.lifecycle import (
    APPLICATION,
    DRAFT,
    KINDS,
    MOVES,
    NEEDS,
    RETURNED,
    STATES,
    SUB_PROJECT,
    SUBMITTED,
    UNDECIDED,
    WITHDRAWN,
    missing,
    move_to,
    moves_from,
)
from tests.house.tree import ROOT


@pytest.mark.parametrize("kind", KINDS)
def test_every_state_is_reached_from_the_first_and_leads_to_an_end(kind):
    first = next(iter(STATES[kind]))
    ends = set(STATES[kind]) - {move.before for move in MOVES[kind]}
    reached, ending = {first}, set(ends)
    for _ in STATES[kind]:
        reached |= {move.after for move in MOVES[kind] if move.before in reached}
        ending |= {move.before for move in MOVES[kind] if move.after in ending}
    assert reached == ending == set(STATES[kind])
    assert ends


@pytest.mark.parametrize("kind", KINDS)
def test_every_move_is_there_once_by_known_roles_with_known_needs(kind):
    pairs = [(move.before, move.after) for move in MOVES[kind]]
    assert len(pairs) == len(set(pairs))
    for move in MOVES[kind]:
        assert {move.before, move.after} <= set(STATES[kind])
        assert move.roles and set(move.roles) <= set(ROLES) & set(ROLE_WORDS)
        assert set(move.needs) <= set(NEEDS)


def test_only_the_region_decides_and_no_process_leader():
    for after in ("granted", "declined"):
        move = move_to(APPLICATION, "reviewed", after)
        assert move is not None and move.roles == ("regional_lead",) and move.needs == ("reasons",)
    assert not moves_from(APPLICATION, "reviewed", "process_leader")


def test_an_application_can_be_taken_back_until_it_is_decided_and_not_after():
    taken_back = {move.before for move in MOVES[APPLICATION] if move.after == WITHDRAWN}
    assert taken_back == set(UNDECIDED)


def test_what_is_asked_to_be_completed_may_be_sent_when_the_call_is_closed():
    first, again = move_to(APPLICATION, DRAFT, SUBMITTED), move_to(APPLICATION, RETURNED, SUBMITTED)
    assert first is not None and "open" in first.needs
    assert again is not None and "open" not in again.needs


def test_a_sub_project_starts_with_analysis_goals_and_a_locked_plan():
    move = move_to(SUB_PROJECT, "planned", "running")
    assert move is not None
    assert missing(move, {"goals"}) == ("analysis", "plan")
    assert missing(move, {"goals", "analysis", "plan"}) == ()


@pytest.mark.parametrize("language", [0, 1])
@pytest.mark.parametrize("kind", KINDS)
def test_the_drawing_has_every_state_and_every_move_inside_its_frame(kind, language):
    drawn = diagram(kind, language)
    assert re.findall(r'data-state="(\w+)"', drawn) == list(STATES[kind])
    arrows = re.findall(r'data-move="(\w+) (\w+)"', drawn)
    assert sorted(arrows) == sorted((move.before, move.after) for move in MOVES[kind])
    wide = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
    assert all(0 < int(x) < wide for x in re.findall(r"H(-?\d+)", drawn))
    assert len(as_rows(kind, language)) == len(MOVES[kind])


def test_the_documents_show_the_drawings_and_every_row_of_the_tables(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "docs" / "hooks"))
    page = import_module("lifecycles").lifecycles_page()
    for kind in KINDS:
        assert diagram(kind, 1) in page
        for row in as_rows(kind, 1):
            assert "| " + " | ".join(cell or " " for cell in row) + " |" in page
