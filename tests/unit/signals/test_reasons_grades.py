"""What the signals about grades say in words."""

import re

import pytest

from pluginnovation.signals.reasons import reason

CORE = {"signal": "core_subject_failing", "value": 2.0, "detail_1": 3, "detail_text": "F-P"}
PASSES = {"signal": "passes_needed", "value": 2.0, "detail_1": 1, "detail_2": 6, "detail_text": "PPF"}
MERIT = {"signal": "merit_drop", "value": 42.5, "detail_1": 365, "detail_2": 450, "detail_3": 4051, "detail_text": None}
POINTS = {"signal": "points_behind", "value": 200.0, "detail_1": 1200, "detail_2": 1000, "detail_3": 100}


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (CORE, "F i svenska och streck i engelska."),
        (CORE | {"detail_text": "FF."}, "F i svenska och engelska. Betyg saknas i matematik."),
        (CORE | {"value": 0.0, "detail_text": "PPP"}, "Godkänt i svenska, engelska och matematik."),
        (CORE | {"value": None, "detail_text": "..."}, "Okänt. Betyg saknas i svenska, engelska och matematik."),
        (PASSES, ("2 godkända betyg till behövs för ett yrkesprogram: matematik och 1 ämne till. "
                 "Nu finns 6 godkända betyg.")),
        (PASSES | {"value": 0.0, "detail_1": 0, "detail_2": 8, "detail_text": "PPP"},
         "De godkända betygen räcker för ett yrkesprogram. Nu finns 8 godkända betyg."),
        (PASSES | {"value": None, "detail_text": "..."}, "Okänt. Inget betyg är satt."),
        (MERIT, "Meritvärdet höstterminen 2025 är 182,5, ner från 225 terminen innan."),
        (MERIT | {"value": -42.5, "detail_1": 450, "detail_2": 365},
         "Meritvärdet höstterminen 2025 är 225, upp från 182,5 terminen innan."),
        (MERIT | {"value": 0.0, "detail_2": 365},
         "Meritvärdet höstterminen 2025 är 182,5, samma som terminen innan."),
        (MERIT | {"value": None, "detail_text": "no_term_before"},
         "Okänt. Betyg finns för höstterminen 2025 men inte för terminen innan, vårterminen 2025."),
        (MERIT | {"value": None, "detail_text": "no_term"}, "Okänt. Bara streck är satta höstterminen 2025."),
        (MERIT | {"value": None, "detail_text": "no_term", "detail_3": None}, "Okänt. Inget terminsbetyg är satt."),
        (POINTS, ("1 000 av 1 200 poäng som skulle vara klara är godkända. 100 har F eller streck och 100 saknar "
                 "betyg.")),
        (POINTS | {"value": 0.0, "detail_2": 1200}, "1 200 av 1 200 poäng som skulle vara klara är godkända."),
        (POINTS | {"value": 0.0, "detail_1": 0, "detail_2": 0},
         "Studieplanen har inga poäng i terminer som är slut."),
        (POINTS | {"value": None}, "Okänt. Studieplan saknas."),
    ],
)  # fmt: skip
def test_each_result_says_what_it_rests_on_and_what_is_missing(row: dict, text: str):
    assert reason(row, "sv") == text
    for language in ("sv", "en"):
        assert len(re.findall(r"[.!?](?:\s|$)", reason(row, language))) <= 2
    if row["value"] is None:
        assert reason(row, "en").startswith("Unknown. ")


def test_english_has_its_own_marks_and_words():
    assert reason(MERIT, "en") == "The merit value of autumn 2025 is 182.5, down from 225 the term before."
    assert reason(PASSES, "en") == (
        "2 passes more needed for a vocational programme: mathematics and 1 subject more. Passes today: 6."
    )
