"""A question in somebody's own words is taken apart without losing what it asks for."""

import pytest

from pluginnovation.knowledge.questions import (
    LONGEST_WORD,
    MEANT,
    MOST_WORDS,
    PART,
    TYPED,
    Asked,
    Term,
    asked_of,
    fold,
    parts_of,
    possible_parts,
    spelled,
    stem,
    words_asked,
)
from pluginnovation.knowledge.ranking import Match, ranked

KNOWN = {"franvaro", "utredning", "rutin", "narvaro", "hjalp", "tid"}


@pytest.mark.parametrize(
    ("typed", "folded"), [("Frånvaro", "franvaro"), ("FRÅNVARO", "franvaro"), ("idé", "ide"), ("Ärende Ö", "arende o")]
)
def test_a_word_is_the_same_with_and_without_dots(typed, folded):
    assert fold(typed) == folded


def test_how_a_word_is_written_is_remembered_with_its_dots():
    assert spelled("Läsår, LÄXHJÄLP & e-post") == {"lasar": "läsår", "laxhjalp": "läxhjälp", "e-post": "e-post"}
    assert spelled("fra\u030anvaro") == {"franvaro": "frånvaro"}


def test_words_that_carry_nothing_are_left_out_unless_there_is_nothing_else():
    assert words_asked("Vad gör vi när eleven är borta?") == ["borta"]
    assert words_asked("vad är det") == ["vad", "ar", "det"]
    assert words_asked("   \x00 ") == []


def test_a_question_of_ten_thousand_signs_keeps_so_many_words_and_no_endless_one():
    assert len(words_asked(" ".join(f"ord{n}x" for n in range(5000)))) == MOST_WORDS
    assert [len(word) for word in words_asked("x" * 10_000)] == [LONGEST_WORD]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("franvaroutredning", ("franvaro", "utredning")),
        ("narvarorutin", ("narvaro", "rutin")),
        ("skolfranvaro", ("skol", "franvaro")),
        ("arbetsrutin", ()),
        ("franvaro", ()),
        ("lax-hjalp", ("lax", "hjalp")),
    ],
)
def test_compounds_are_taken_apart_where_both_parts_are_known(word, parts):
    assert parts_of(word, KNOWN) == parts


def test_a_linking_s_is_left_out():
    assert parts_of("utredningsrutin", KNOWN) == ("utredning", "rutin")


def test_whatever_a_compound_is_made_of_is_among_what_is_looked_up():
    assert {"franvaro", "utredning"} <= possible_parts("franvaroutredning")


def test_synonyms_are_found_inflected_and_without_dots():
    meant = [Term(text, MEANT) for text in ("ogiltig franvaro",)]
    assert [asked.terms for asked in asked_of("hon skolkar", ()) if not asked.word] == [tuple(meant)]
    long_away = Term("lang franvaro", MEANT)
    assert long_away in [term for asked in asked_of("hemmasittarna", ()) for term in asked.terms]
    assert long_away in [term for asked in asked_of("skolvagran", ()) for term in asked.terms]


def test_what_is_not_done_means_the_same_in_a_main_clause_and_in_a_subordinate_one():
    """'De lämnar inte in' and 'elever som inte lämnar in'."""
    main, subordinate = asked_of("de lämnar inte in", ()), asked_of("elever som inte lämnar in", ())
    meant = [[asked.terms for asked in question if not asked.word] for question in (main, subordinate)]
    assert meant[0] == meant[1] != []


def test_a_page_with_both_parts_of_a_compound_beats_one_with_either_and_the_word_itself_counts_once():
    question = [Asked("narvarouppfoljning", (Term("narvarouppfoljning", 1.0), Term("narvaro", 0.5, part=True),
                                             Term("uppfoljning", 0.5, part=True)))]  # fmt: skip
    filler = [Match(page, "plain", 0, 1, 0.1) for page in (8, 9)]
    both = [Match(1, "method", 0, term, 0.5) for term in (1, 2)]
    order = dict(ranked(question, [*both, Match(2, "method", 0, 1, 0.5), Match(3, "method", 0, 2, 0.5), *filler], 10))
    assert order[1] == pytest.approx(order[2] + order[3])
    with_word = dict(ranked(question, [*both, Match(1, "method", 0, 0, 2.0), *filler], 10))
    alone = dict(ranked(question, [Match(1, "method", 0, 0, 2.0), *filler], 10))
    assert with_word[1] == alone[1]


def test_a_compound_asks_for_its_parts_too_and_they_weigh_less():
    first = asked_of("frånvaroutredning", KNOWN)[0]
    parts = (Term("franvaro", PART, part=True), Term("utredning", PART, part=True))
    assert first == Asked("franvaroutredning", (Term("franvaroutredning", TYPED), *parts))


def test_short_words_keep_their_endings():
    assert stem("elev") == "elev"
    assert stem("skolkar") == stem("skolkade") == stem("skolka")


def test_a_rare_word_weighs_more_than_one_that_every_page_has():
    question = [Asked("skola", (Term("skola", 1.0),)), Asked("ovanlig", (Term("ovanlig", 1.0),))]
    common = [Match(page, "method", 0, 0, 0.5) for page in range(10)]
    found = ranked(question, [*common, Match(11, "method", 1, 0, 0.5)], 20)
    assert found[0][0] == 11
    assert [page for page, _ in found[1:]] == list(range(10))


def test_two_words_of_the_question_beat_one_and_only_the_best_way_to_ask_counts():
    question = [Asked("a", (Term("a", 1.0), Term("b", 0.5))), Asked("c", (Term("c", 1.0),))]
    both = [Match(1, "method", 0, 0, 0.4), Match(1, "method", 1, 0, 0.4)]
    one = [Match(2, "method", 0, 0, 0.4), Match(2, "method", 0, 1, 0.4)]
    filler = [Match(page, "method", 0, 1, 0.1) for page in (3, 4)]
    order = dict(ranked(question, [*both, *one, *filler], 10))
    assert order[1] > 1.9 * order[2]
    alone = dict(ranked(question, [*both, one[0], *filler], 10))
    assert alone[2] == pytest.approx(order[2])


def test_nothing_asked_is_answered_with_nothing():
    assert asked_of("", KNOWN) == []
    assert ranked([], [], 10) == []
