"""The form of a report: what it asks, what must be answered, who may move it, and what fills itself in."""

from pluginnovation.projects.claims import Figure
from pluginnovation.projects.reports import (
    DRAFT,
    FINAL,
    HANDED_IN,
    INTERIM,
    MOVES,
    PUBLISHED,
    STATES,
    choices_of,
    fields_of,
    filled,
    missing,
    move_to,
    sections_of,
)

KNOWN = Figure("absence_share", 17.0, 12.0, -8.0, -2.0, 48, 50)
FEW = Figure("passes_share", 3.0, 4.0, 0.1, 2.0, 6, 6)
FIGURES = {one.measure: one for one in (KNOWN, FEW)}
FIELD = {field.key: field for field in fields_of(FINAL)}


def test_only_the_final_report_asks_what_happens_after_the_end():
    assert "after" not in sections_of(INTERIM)
    assert {field.key for field in fields_of(FINAL)} - {field.key for field in fields_of(INTERIM)} == {
        "absorbed", "absorbed_owner",
    }  # fmt: skip


def test_not_measured_can_not_be_chosen_where_the_registers_have_the_figure():
    assert "not_measured" not in choices_of(FIELD["attendance"], FIGURES)
    assert "not_measured" in choices_of(FIELD["grades"], FIGURES)
    assert "not_measured" in choices_of(FIELD["in_school"], FIGURES)


def test_what_is_missing_is_told_in_order_and_a_choice_that_is_not_offered_is_missing():
    answers = {"goals_reached": "partly", "goals_text": " ", "attendance": "not_measured", "unexcused": "better",
               "grades": "not_measured", "mapped": "same", "in_school": "same", "worked": "Ja."}  # fmt: skip
    assert missing(INTERIM, answers, FIGURES) == ("goals_text", "attendance", "did_not_work")
    assert missing(FINAL, answers, FIGURES)[-2:] == ("absorbed", "absorbed_owner")


def test_a_report_is_handed_in_by_its_leader_approved_by_the_region_and_published_by_choice():
    assert {move.before for move in MOVES} | {move.after for move in MOVES} == set(STATES)
    assert move_to(DRAFT, PUBLISHED) is None
    assert move_to(HANDED_IN, DRAFT) is not None
    assert {move.roles for move in MOVES if move.before == HANDED_IN} == {("regional_lead",)}


def test_what_is_hidden_or_unknown_has_not_filled_itself_in():
    found = filled(FIGURES, {"came": 50, "early": None, "hours": None}, {"early"})
    assert (found.filled, found.too_few, found.of, found.share) == (2, 2, 6, 33)
