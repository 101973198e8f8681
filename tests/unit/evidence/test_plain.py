"""The paragraph: it says what can be concluded, and never more."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pluginnovation.evidence import plain_words
from pluginnovation.evidence.designs import comparison, rollout, synthetic, threshold, time_to_event, waiting_list
from pluginnovation.evidence.grade import graded, graded_pool, lowered
from pluginnovation.evidence.plain import Named, paragraph, paragraph_of_pool
from pluginnovation.evidence.pool import pool
from pluginnovation.evidence.result import Diagnostic
from tests.unit.evidence.sites import site
from tests.unit.evidence.test_grade import GOOD

SV, EN = Named("Morgonstart", "frånvaron", 3.0), Named("Morning start", "absence", 3.0)
RESULT = replace(GOOD, compared_mean=18.2, assumptions=("draw_decided", "no_contamination"))


def said(language: str = "sv", **change) -> str:
    result = replace(RESULT, **change)
    grade = graded(result, worthwhile=3.0)
    return paragraph(result, grade, SV if language == "sv" else EN, language).replace("\u00a0", " ")


def test_the_whole_paragraph_in_swedish():
    assert said() == (
        "Morgonstart minskar frånvaron. Skillnaden är −4,0 procentenheter (95 % intervall −5,6 till −2,4). Utan "
        "hjälpen 18,2 procent, med den 14,2. Det bygger på 200 elever som erbjöds hjälp och 200 att jämföra med. "
        "Lotten avgjorde vilka som fick hjälp först. Det gäller bara om ingen bytte plats med någon efter lottningen "
        "och de som väntade inte fick samma hjälp. Säkerhet: Hög, 4 av 4."
    )


def test_the_whole_paragraph_in_english():
    assert said("en", cap=3) == (
        "Morning start probably lowers absence. The difference is −4.0 percentage points (95 % interval −5.6 to −2.4). "
        "Without the help 18.2 per cent, with it 14.2. It rests on 200 pupils offered help and 200 to compare with. A "
        "draw decided who was helped first. It holds only if nobody changed places after the draw and those who "
        "waited did not get the same help. Certainty: Moderate, 3 of 4."
    )


@pytest.mark.parametrize(
    ("cap", "begins"),
    [
        (5, "Morgonstart minskar frånvaron."),
        (4, "Morgonstart minskar frånvaron."),
        (3, "Morgonstart minskar troligen frånvaron."),
        (2, "Morgonstart kan minska frånvaron, men det är osäkert."),
        (1, "Vi vet inte än om morgonstart ändrar frånvaron."),
    ],
)
def test_the_verb_is_tied_to_the_certainty(cap, begins):
    assert said(cap=cap).startswith(begins)


def test_harm_is_called_what_it_is():
    assert said(estimate=4.0, low=2.4, high=5.6).startswith("Morgonstart ökar frånvaron. Det är åt fel håll.")


def test_a_wide_interval_is_never_no_effect():
    both = said(low=-9.0, high=1.0, cap=5)
    assert both.startswith("Det går inte att avgöra om morgonstart ändrar frånvaron: underlaget är för litet.")
    assert "både nytta och ingen skillnad" in both
    assert "både nytta och skada" in said(low=-9.0, high=6.0, cap=5)
    assert "både skada och ingen skillnad" in said(estimate=3.0, low=-1.0, high=6.0)
    for low, high in itertools.product((-12.0, -6.0, -3.5, -0.5), (0.5, 3.5, 6.0, 12.0)):
        for cap, language in itertools.product(range(6), ("sv", "en")):
            text = said(language, low=low, high=high, cap=cap).lower()
            assert not any(words in text for words in ("ingen effekt", "no effect", "utan effekt", "hjälper inte"))


def test_a_narrow_interval_says_how_little_it_can_be():
    text = said(estimate=0.2, low=-1.0, high=1.4)
    assert text.startswith("Morgonstart ändrar frånvaron med mindre än 3,0, åt vilket håll det än är.")


def test_without_certainty_there_is_no_number():
    text = said(cap=0)
    assert text.startswith("Vi vet inte än")
    assert not any(number in text for number in ("4,0", "5,6", "2,4", "14,2"))
    assert text.endswith("Säkerhet: Okänt, 0 av 4.")


@pytest.mark.parametrize("code", [*plain_words.CANNOT, "something_new"])
def test_what_cannot_be_told_says_why_without_a_number(code):
    text = said(estimate=None, low=None, high=None, se=None, cannot_tell=code)
    assert plain_words.CANNOT.get(code, plain_words.ELSE_CANNOT)[0] in text
    assert not any(sign.isdigit() for sign in text.replace("0 av 4", ""))


def test_before_and_after_is_a_warning_and_nothing_else():
    text = said(design="before_after", cap=0, label="warning_example")
    assert "varnande exempel" in text
    assert "ingen effekt" not in text
    assert not any(sign.isdigit() for sign in text)


def test_what_failed_and_who_lowered_it_are_told():
    broken = said(diagnostics=(Diagnostic("heaping", 0.001, 0.02, "failed"), Diagnostic("new", 1, 0, "failed")))
    assert "Det talar emot: för många elever strax över gränsen; något som jämförelsen vilar på höll inte." in broken
    assert "Mycket osäkert, 1 av 4 (jämförelsen höll inte)" in broken
    less = lowered(
        graded(RESULT, worthwhile=3.0), 2, reason="Närvaron skrevs på annat sätt i maj.", by="x", at=datetime.now(UTC)
    )
    assert paragraph(RESULT, less, SV, "sv").endswith("Sänkt av en person: Närvaron skrevs på annat sätt i maj.")
    assert "Analysen avvek från sin plan." in said(departures=("another window",))


def test_several_sites_tell_what_a_new_school_may_expect():
    found = pool([site(1, -4.0), site(2, -4.2), site(3, -3.8), site(4, None, cannot_tell="too_few")])
    text = paragraph_of_pool(found, graded_pool(found, worthwhile=3.0), SV, "sv").replace("\u00a0", " ")
    assert text.startswith("Morgonstart minskar frånvaron. Skillnaden är −4,0 procentenheter")
    assert "3 ställen, 600 elever. 1 visas utan att vägas in. Om din skola prövar detta: troligen mellan" in text
    alone = pool([site(1, -4.0)])
    assert "Ett enda ställe har prövat" in paragraph_of_pool(alone, graded_pool(alone, worthwhile=3.0), SV, "sv")


def test_every_assumption_and_design_has_its_words():
    for module in (comparison, rollout, synthetic, threshold, time_to_event, waiting_list):
        assert set(module.ASSUMES) <= set(plain_words.ASSUMPTIONS)


@pytest.mark.parametrize("table", ["DESIGNS", "ASSUMPTIONS", "CANNOT", "STEPS", "FAILED"])
def test_every_wording_is_there_in_both_languages(table):
    for swedish, english in getattr(plain_words, table).values():
        assert swedish
        assert english
        assert swedish != english
