"""What the signals about enrolments say in words."""

import re
from datetime import date

import pytest

from pluginnovation.signals.reasons import reason
from pluginnovation.signals.youths import STATUSES

MOVES = {"signal": "frequent_moves", "value": 2.0, "rests_to": date(2026, 2, 1)}
SHOW = {"signal": "no_show", "value": 1.0, "detail_1": 4, "detail_2": 9}
LEFT = {
    "signal": "left_without_enrolment", "value": 14.0, "detail_1": 14, "detail_2": None, "detail_text": None,
    "rests_to": date(2026, 4, 9),
}  # fmt: skip
TURN = "Dagarna 1 juni–31 augusti räknas inte."
SUMMER = "Dagarna 10 juni–31 augusti räknas inte."
NEVER = "Ingen närvaro sedan inskrivningen (9 lektioner rapporterade)."
NO_DATE = "Okänt. Födelsedatum saknas, så det går inte att säga om ungdomen är under 20 år."


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (MOVES, f"Bytt skolenhet 2 gånger de senaste 12 månaderna, senast 1 februari 2026. {TURN}"),
        (MOVES | {"value": 1.0}, f"Bytt skolenhet 1 gång de senaste 12 månaderna, senast 1 februari 2026. {TURN}"),
        (MOVES | {"value": 0.0}, "Inget byte av skolenhet de senaste 12 månaderna."),
        (SHOW, f"{NEVER} Skolenheten har haft lektioner 4 dagar."),
        (SHOW | {"value": 0.0, "detail_1": 2}, f"{NEVER} Skolenheten har haft lektioner 2 dagar, minst 3 behövs."),
        (SHOW | {"value": 0.0, "detail_1": None}, "Har varit på plats sedan inskrivningen."),
        (SHOW | {"value": None}, "Okänt. Ingen lektion är rapporterad om eleven sedan inskrivningen."),
        (LEFT, "Utan skola och utan gymnasieexamen i 14 dagar, inskriven till och med 9 april 2026."),
        (LEFT | {"value": 3.0, "detail_1": 86, "rests_to": date(2026, 6, 8)},
         f"Utan skola och utan gymnasieexamen i 3 dagar, inskriven till och med 8 juni 2026. {SUMMER}"),
        (LEFT | {"value": 0.0, "detail_text": "enrolled"}, "Inskriven i en skola."),
        (LEFT | {"value": 0.0, "detail_text": "elsewhere"},
         "Inskriven i en skola någon annanstans, enligt kommunens uppgifter."),
        (LEFT | {"value": 0.0, "detail_text": "degree"}, "Har gymnasieexamen."),
        (LEFT | {"value": 0.0, "detail_text": "soon", "detail_2": 1},
         "Inte inskriven nu. Nästa inskrivning börjar om 1 dag."),
        (LEFT | {"value": None, "detail_text": "no_birth_date"}, NO_DATE),
    ],
)  # fmt: skip
def test_each_result_has_its_own_words(row: dict, text: str):
    assert reason(row, "sv") == text
    for said in (reason(row, "sv"), reason(row, "en")):
        assert len(re.findall(r"[.!?](?:\s|$)", said)) <= 2
        assert said.endswith(".")


def test_english_says_the_same():
    assert reason(MOVES, "en") == (
        "Changed school unit 2 times over the last 12 months, last on 1 February 2026. "
        "The days from 1 June to 31 August don't count."
    )
    assert reason(SHOW | {"value": None}, "en").startswith("Unknown. ")


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_of_a_youth_has_words(status: str):
    for language in ("sv", "en"):
        assert reason(LEFT | {"detail_text": status, "detail_2": 5}, language)
