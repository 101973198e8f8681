"""What is known is shown with its doubt: sure words only for what is sure, and gaps as gaps."""

from dataclasses import replace
from datetime import date

import pytest

from pluginnovation.knowledge import certainty
from pluginnovation.knowledge.catalogue import Known
from pluginnovation.knowledge.evidence_map import evidence_map
from pluginnovation.knowledge.pooled import per_outcome
from pluginnovation.knowledge.synonyms import MOST_ADDED, SYNONYMS, also_meant
from pluginnovation.knowledge.vocabulary import LISTS, PROBLEMS, unknown, word
from tests.unit.evidence.sites import site
from tests.unit.knowledge.made_up import BREAKS, COACH, METHODS, MORNING

DAY = date(2026, 11, 20)
SURE = Known("absence_share", "percentage_points", -1, 4, 4, 1_200, -3.6, -6.0, -1.2, -7.0, -0.2)


def only(messages):
    (found,) = per_outcome(messages, made_on=DAY)
    return found.known


def test_one_site_is_told_without_a_number():
    known = only([site(1, -4.0)])
    assert (known.locks, known.estimate, known.sites, known.cannot_tell) == (0, None, 1, "one_site")
    assert certainty.sentence(known).endswith("Ett enda ställe har prövat, så inget är sammanvägt.")
    assert certainty.number(known) == certainty.new_site(known) == ""
    assert known.why == ("no_number",) and certainty.why(known) == ()


def test_three_sites_are_pooled_and_running_and_outside_ones_only_shown():
    three = [site(1, -4.0), site(2, -4.4), site(3, -3.6)]
    known = only([*three, site(4, 9.0, about={"running": True}), site(5, 9.0, about={"external": True})])
    assert known.estimate == pytest.approx(only(three).estimate)
    assert (known.sites, known.running, known.shown_only) == (3, 1, 0)
    assert known.locks > 0
    assert known.made_on == DAY


def test_nulls_and_harms_are_counted_of_the_networks_own_finished_sites():
    sites = [site(1, -4.0), site(2, 0.1), site(3, 5.0), site(5, 6.0), site(4, 5.0, about={"running": True})]
    known = only(sites)
    assert (known.nulls, known.harms) == (1, 2)


def test_a_later_message_replaces_the_sites_earlier_one():
    known = only([site(1, -9.0), site(2, -4.0), site(3, -4.0), site(1, -4.0)])
    assert known.sites == 3
    assert known.estimate == pytest.approx(-4.0, abs=0.01)


def test_outcomes_are_kept_apart():
    found = per_outcome([site(1, -4.0), site(1, 3.0, about={"outcome": "in_school"})], made_on=DAY)
    assert [one.outcome for one in found] == ["absence_share", "in_school"]


@pytest.mark.parametrize(
    ("known", "swedish"),
    [
        (SURE, "Frånvaron minskar."),
        (replace(SURE, locks=3), "Frånvaron minskar troligen."),
        (replace(SURE, locks=2), "Frånvaron kan minska, men det är osäkert."),
        (replace(SURE, locks=1), "Vi vet inte än om frånvaron ändras."),
        (replace(SURE, low=1.0, high=4.0), "Frånvaron ökar. Det är åt fel håll."),
        (
            replace(SURE, high=1.0),
            "Det går inte att avgöra om frånvaron ändras: intervallet rymmer både mer och mindre.",
        ),
    ],
)
def test_words_promise_no_more_than_the_locks(known, swedish):
    assert certainty.sentence(known) == swedish
    assert certainty.sentence(known, "en") != swedish


def test_dots_and_word_follow_the_locks():
    assert [certainty.shown(locks).filled for locks in (-1, 0, 1, 2, 3, 4, 5, 9)] == [0, 0, 1, 2, 3, 4, 4, 4]
    assert certainty.shown(3).word == "Måttlig"
    assert certainty.shown(0, "en").word == "Unknown"
    assert certainty.shown(3).dots == (True, True, True, False)
    assert certainty.number(SURE) == "−3,6\u00a0procentenheter (−6,0 till −1,2)"
    assert certainty.number(replace(SURE, locks=0)) == ""


def test_what_is_measured_here_stands_before_what_is_known_elsewhere():
    here, own = certainty.here_or_elsewhere(MORNING)
    assert (here.locks, own) == (2, True)
    elsewhere, own = certainty.here_or_elsewhere(replace(MORNING, local=()))
    assert (elsewhere.locks, own) == (3, False)
    assert certainty.here_or_elsewhere(BREAKS)[0].word == "Okänt"


def test_the_map_shows_every_problem_and_where_nobody_has_measured():
    found = evidence_map(METHODS)
    assert [row.problem for row in found.rows] == list(PROBLEMS)
    square = found.square("absence", "morgonstart")
    assert (square.locks, square.here, square.studies, square.sites, square.pupils) == (2, True, 1, 3, 250)
    assert found.square("absence", "trygga-raster").nothing
    assert found.square("grades", "morgonstart") is None
    assert found.square("absence", "stampelkort") is None
    assert found.untried == (BREAKS,)
    assert "relations" in found.gaps
    assert "motivation" in found.gaps
    assert "grades" not in found.gaps
    assert evidence_map([replace(COACH, external_locks=0)]).gaps == tuple(PROBLEMS)


def test_a_practitioners_word_also_looks_for_what_the_hub_calls_it():
    assert also_meant("Vad gör vi när någon SKOLKAR?") == ("ogiltig frånvaro",)
    assert also_meant("fel program") == ("val av program", "programbyte")
    assert also_meant("") == also_meant("xyz") == ()
    assert len(also_meant(" ".join(SYNONYMS))) <= MOST_ADDED
    assert also_meant("a" * 10_000 + " skolk") == ()


def test_every_key_has_a_word_in_both_languages_and_what_is_unknown_is_shown_as_it_is():
    assert all(sv.strip() and en.strip() for words in LISTS.values() for sv, en in words.values())
    assert word(PROBLEMS, "absence", "en") == "Absence"
    assert word(PROBLEMS, "brand_new") == "brand_new"
    assert unknown(PROBLEMS, ["absence", "brand_new"]) == ["brand_new"]
