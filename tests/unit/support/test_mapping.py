"""Templates: words keep their key, other words get another, and nothing said is nothing known."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.support.connectedness import DIMENSIONS, SOCIAL
from pluginnovation.support.mapping import (
    CLASS,
    LONGEST,
    MOST,
    PUPIL,
    Statement,
    Template,
    answered,
    compared,
    faults,
    rewritten,
)
from pluginnovation.support.mapping_defaults import DEFAULT_A, DEFAULT_B, DEFAULTS

NEW = Statement("", SOCIAL, "Eleverna äter lunch tillsammans.")


@pytest.mark.parametrize("kind", DEFAULTS)
def test_what_a_school_begins_with_has_nothing_wrong_in_either_language(kind):
    template = DEFAULTS[kind]
    assert faults(template) == []
    assert all(one.sv and one.en for one in template.statements)
    assert {one.dimension for one in template.statements} == set(DIMENSIONS)
    assert len(set(template.keys)) == len(template.keys)


def test_saving_without_a_change_keeps_every_key_and_word():
    assert rewritten(DEFAULT_A, DEFAULT_A.statements, taken=()) == DEFAULT_A


def test_changed_words_are_another_statement_with_a_key_that_nobody_has_had():
    changed = [replace(DEFAULT_A.statements[0], sv="Alla är på plats när lektionen börjar."), *DEFAULT_A.statements[1:]]
    after = rewritten(DEFAULT_A, changed, taken={"behavioural_1"})
    assert after.statements[0].key == "behavioural_2"
    assert compared(DEFAULT_A, after).gone == (DEFAULT_A.statements[0],)
    assert compared(DEFAULT_A, after).new == (after.statements[0],)
    assert after.keys[1:] == DEFAULT_A.keys[1:]


def test_a_better_english_and_a_double_space_are_the_same_statement():
    first = DEFAULT_A.statements[0]
    after = rewritten(DEFAULT_A, [replace(first, sv=f"  {first.sv.replace(' ', '  ')}\n", en="They are on time.")],
                      taken=())  # fmt: skip
    assert after.statements == (Statement(first.key, first.dimension, first.sv, "They are on time."),)


def test_two_rows_with_one_key_never_share_it():
    first = DEFAULT_A.statements[0]
    after = rewritten(DEFAULT_A, [first, first], taken=())
    assert len(set(after.keys)) == 2


def test_a_key_of_words_that_came_back_is_a_new_one():
    """Whoever takes a statement away and writes it again has made another: the answers between are missing."""
    less = rewritten(DEFAULT_A, DEFAULT_A.statements[1:], taken=())
    back = rewritten(less, [DEFAULT_A.statements[0], *less.statements], taken=DEFAULT_A.keys)
    assert back.keys[0] == "behavioural_1"


def test_rows_without_words_are_left_out():
    assert rewritten(DEFAULT_A, [replace(NEW, sv=" \x00 ")], taken=()).statements == ()


@given(st.lists(st.tuples(st.sampled_from(["", "on_time", "dares", "nobody"]), st.sampled_from(DIMENSIONS),
                          st.text(max_size=20)), max_size=8))  # fmt: skip
def test_whatever_is_written_every_key_is_alone_and_old_keys_keep_their_words(rows):
    after = rewritten(DEFAULT_A, [Statement(*row) for row in rows], taken={"social_1"})
    assert len(set(after.keys)) == len(after.keys)
    before = {one.key: one.sv for one in DEFAULT_A.statements}
    assert all(before.get(one.key, one.sv) == one.sv for one in after.statements)
    assert "social_1" not in after.keys


@pytest.mark.parametrize(
    ("template", "place"),
    [
        (Template(CLASS, 0, ()), None),
        (Template(CLASS, 0, tuple(Statement(f"k{n}", SOCIAL, f"{n}") for n in range(MOST[CLASS] + 1))), None),
        (Template(PUPIL, 0, DEFAULT_B.of(SOCIAL)), None),
        (replace(DEFAULT_A, several=0), None),
        (replace(DEFAULT_A, several=7), None),
        (Template(CLASS, 0, (Statement("k", "wealth", "Ord."),)), 0),
        (Template(CLASS, 0, (Statement("k", SOCIAL, "x" * (LONGEST + 1)),)), 0),
        (Template(CLASS, 0, (Statement("k", SOCIAL, "Ord."), Statement("l", SOCIAL, "ORD."))), 1),
    ],
)
def test_what_cant_be_used_is_said_where_it_stands(template, place):
    assert [one.place for one in faults(template)] == [place]


def test_unknown_is_no_answer_and_neither_is_another_word_or_another_statement():
    said = {"on_time": "fully", "dares": "", "enjoys": "very", "nobody": "not"}
    assert answered(said, DEFAULT_A) == {"on_time": "fully"}


def test_words_without_english_are_shown_in_swedish():
    assert NEW.text("en") == NEW.sv
    assert DEFAULT_A.statements[0].text("en") == "The pupils come to lessons on time."
