"""What a result says in words."""

import re
from datetime import date

import pytest

from pluginnovation.signals.catalogue import ATTENDANCE, CATALOGUE, LEVEL_WORDS
from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rules import RULE_SET_1
from tests.spec.drawn import attendance, drawn, load

AS_OF = date(2026, 4, 23)
COVERED = "71 % av lektionerna är rapporterade de senaste 28 dagarna (710 av 1 000 minuter)."

SHARE = {
    "signal": "absence_28d", "unit": "share", "value": 0.23, "numerator": 414, "denominator": 1800,
    "detail_1": 240, "detail_2": 1900, "detail_3": None, "detail_text": None,
}  # fmt: skip


def test_absence_is_told_with_its_minutes_and_what_of_it_is_unexcused():
    assert reason(SHARE, "sv") == (
        "Borta 23 % av den rapporterade tiden de senaste 28 dagarna (414 av 1 800 minuter). "
        "Av det är 240 minuter ogiltig frånvaro."
    )
    assert reason(SHARE, "en") == (
        "Away 23% of the reported time over the last 28 days (414 of 1,800 minutes). "
        "Of that, 240 minutes are unexcused."
    )


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"numerator": 179, "denominator": 1791}, "Borta 9 % av"),
        ({"numerator": 1, "detail_1": 0}, "Borta under 1 % av"),
        ({"detail_1": 0}, "Inget av det är ogiltig frånvaro."),
        ({"detail_1": 1}, "Av det är 1 minut ogiltig frånvaro."),
        ({"numerator": 0, "detail_1": 0}, "Ingen frånvaro de senaste 28 dagarna (0 av 1 800 minuter)."),
        ({"signal": "unexcused_28d", "numerator": 240, "detail_1": 414}, "Ogiltigt borta 13 % av den rapporterade"),
        ({"signal": "absence_term", "rests_from": date(2026, 1, 8)}, "av den rapporterade tiden sedan 8 januari (414"),
    ],
)
def test_a_share_is_rounded_down_and_counted_in_words(changed: dict, text: str):
    assert text in reason(SHARE | changed, "sv")


@pytest.mark.parametrize(
    ("why", "figure", "text"),
    [
        ("too_little_reported", 71, "Okänt. 71 % av lektionerna är rapporterade, gränsen är 80 %."),
        ("few_days", 4, "Okänt. 4 skoldagar är rapporterade, minst 5 behövs."),
        ("nothing_reported", None, "Okänt. Ingen lektion är rapporterad (0 av 1 900 minuter)."),
        ("not_told", None, "Okänt. Källan säger inte hur många minuter som var planerade eller vad som är frånvaro."),
    ],
)
def test_an_unknown_value_says_why_with_the_figure(why: str, figure: int | None, text: str):
    unknown = SHARE | {"value": None, "detail_text": why, "detail_3": figure}
    assert reason(unknown, "sv") == text


def told(given: str, **others: str) -> dict[tuple[str, str], str]:
    """(pupil, signal) -> the Swedish reason, of the signals of drawn lessons."""
    load(drawn(given, others))
    return {(row["pupil"], row["signal"]): reason(row, "sv") for row in attendance(AS_OF).to_dicts()}


def test_every_signal_of_a_pupil_in_words():
    texts = told(
        """
        pupil | date                   | activity | offered | excused | unexcused | late
        ------+------------------------+----------+---------+---------+-----------+-----
        mira  | 2026-03-09..2026-03-13 | MA       |     100 |         |           |
        mira  | 2026-03-16..2026-03-20 | SV       |     100 |         |         5 |    5
        mira  | 2026-04-13..2026-04-15 | MA       |     100 |      20 |        60 |
        mira  | 2026-04-13..2026-04-21 | SV       |     100 |         |         5 |    5
        mira  | 2026-04-22..2026-04-23 | SV       |     100 |     100 |           |
        """,
        enrolments="""
        pupil | organisation | school_type | start_date
        ------+--------------+-------------+-----------
        mira  | north        | GY          | 2025-08-18
        """,
    )
    assert texts["mira", "repeated_absence_28d"] == (
        "Borta någon del av dagen 5 av 9 skoldagar de senaste 28 dagarna. Sena ankomster räknas inte."
    )
    assert texts["mira", "rising_absence"] == (
        "Frånvaron är 39,5 % de senaste 28 dagarna, upp från 2,5 % de 28 dagarna innan."
    )
    assert texts["mira", "absence_streak"] == (
        "Borta all rapporterad tid 2 skoldagar i rad, från onsdag 22 april till torsdag 23 april."
    )
    assert texts["mira", "lateness_28d"] == "Sen till 7 av 12 lektioner de senaste 28 dagarna."
    assert texts["mira", "coverage_28d"] == (
        "100 % av lektionerna är rapporterade de senaste 28 dagarna (1 200 av 1 200 minuter)."
    )
    assert texts["mira", "unexcused_month"] == "Ogiltig frånvaro 215 minuter från den 1 till den 23 april."
    assert texts["mira", "subject_avoidance"] == (
        "Inget ämne sticker ut. Störst är frånvaron i MA, 80 % (240 av 300 minuter)."
    )


def test_a_raised_month_tells_what_may_follow():
    row = {"signal": "unexcused_month", "value": 300.0, "raised": True, "detail_1": 900, "as_of": AS_OF}
    assert reason(row, "sv") == (
        "Ogiltig frånvaro 300 minuter från den 1 till den 23 april. Från 4 timmar på en månad kan upprepad ogiltig "
        "frånvaro påverka studiebidraget."
    )
    nothing = row | {"value": 0.0, "raised": False, "detail_1": 0}
    assert reason(nothing, "sv") == "Ingen lektion är rapporterad den här månaden än."


def test_a_subject_that_stands_out_is_named_where_its_name_is_known():
    row = {
        "signal": "subject_avoidance", "value": 48.0, "detail_1": 250, "detail_2": 500, "detail_3": 20,
        "detail_text": "a17", "activity_name": "Matematik",
    }  # fmt: skip
    assert reason(row, "sv") == (
        "Borta 50 % i Matematik (250 av 500 minuter) de senaste 28 dagarna. I allt annat är frånvaron 2 %."
    )
    assert "i a17 (" in reason(row | {"activity_name": None}, "sv")


@pytest.mark.parametrize(
    ("signal", "detail_text", "detail_3", "text"),
    [
        ("rising_absence", "before few_days", 3,
         "Okänt. 3 skoldagar är rapporterade de 28 dagarna innan, minst 5 behövs."),
        ("rising_absence", "now too_little_reported", 60,
         "Okänt. 60 % av lektionerna de senaste 28 dagarna är rapporterade, gränsen är 80 %."),
        ("rising_absence", "before nothing_reported", None, "Okänt. Ingen lektion är rapporterad de 28 dagarna innan."),
        ("rising_absence", "before not_told", None, "Okänt. Källan ger inte frånvaron de 28 dagarna innan."),
        ("subject_avoidance", "one_activity", 1,
         "Okänt. Eleven har bara ett ämne, så det finns inget att jämföra med."),
        ("subject_avoidance", "few_days", 4, "Okänt. 4 skoldagar är rapporterade, minst 5 behövs."),
        ("subject_avoidance", "rest_unknown", 75,
         "Okänt. 75 % av lektionerna i andra ämnen är rapporterade, gränsen är 80 %."),
        ("subject_avoidance", "rest_unknown", None, "Okänt. Källan ger inte frånvaron i allt annat."),
        ("absence_streak", None, None, "Okänt. Källan ger bara summor, inte enskilda lektioner."),
        ("lateness_28d", None, None, "Okänt. Källan ger bara summor, inte enskilda lektioner."),
        ("unexcused_month", None, None, "Okänt. Källan ger bara summor, inte enskilda lektioner."),
    ],
)  # fmt: skip
def test_each_unknown_has_its_own_words(signal: str, detail_text: str | None, detail_3: int | None, text: str):
    row = {"signal": signal, "value": None, "detail_text": detail_text, "detail_3": detail_3}
    assert reason(row, "sv") == text
    assert reason(row, "en").startswith("Unknown. ")


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"signal": "repeated_absence_28d", "value": 0.0, "detail_2": 0},
         "Ingen lektion är rapporterad de senaste 28 dagarna."),
        ({"signal": "lateness_28d", "value": 0.0, "detail_2": 0},
         "Ingen lektion är rapporterad de senaste 28 dagarna."),
        ({"signal": "subject_avoidance", "value": 0.0, "detail_text": None},
         "Inget ämne har 120 rapporterade minuter med känd frånvaro de senaste 28 dagarna."),
        ({"signal": "subject_avoidance", "value": 0.0, "detail_text": "MA", "detail_1": 0, "detail_2": 300},
         "Ingen frånvaro i något ämne."),
        ({"signal": "rising_absence", "value": 0.0, "detail_1": 50, "detail_2": 50},
         "Frånvaron är 5 % de senaste 28 dagarna, lika stor som de 28 dagarna innan."),
        ({"signal": "rising_absence", "value": -3.0, "detail_1": 80, "detail_2": 50},
         "Frånvaron är 5 % de senaste 28 dagarna, ner från 8 % de 28 dagarna innan."),
        ({"signal": "absence_streak", "value": 0.0, "rests_to": AS_OF},
         "På plats någon del av den senaste rapporterade skoldagen, torsdag 23 april."),
        ({"signal": "coverage_28d", "value": 71.0, "raised": True, "numerator": 710, "denominator": 1000},
         f"{COVERED} Under 80 % går det inte att säga hur stor frånvaron är."),
    ],
)  # fmt: skip
def test_zero_and_little_have_their_own_words(row: dict, text: str):
    assert reason(row, "sv") == text


SUMS = """
    pupil | activity | start_date | end_date   | offered
    ------+----------+------------+------------+--------
    d     | MA       | 2026-04-01 | 2026-04-12 |
"""


def test_no_reason_is_longer_than_two_sentences_in_either_language():
    load(
        drawn(
            """
            pupil | date                   | activity | offered | is_reported | excused | unexcused | late
            ------+------------------------+----------+---------+-------------+---------+-----------+-----
            a     | 2026-03-02..2026-04-23 | MA       |     100 | yes         |         |        60 |
            a     | 2026-03-02..2026-04-23 | SV       |     100 | yes         |         |           |
            b     | 2026-04-20..2026-04-23 | MA       |     100 | yes         |         |           |
            c     | 2026-04-13..2026-04-23 | MA       |     100 | no          |         |           |
            """,
            {
                "enrolments": "pupil | organisation | school_type | start_date\n---\na | n | GY | 2025-08-18",
                "attendance_sums": SUMS,
            },
        )
    )
    found = attendance(AS_OF).to_dicts()
    assert {row["signal"] for row in found} == set(ATTENDANCE)
    for row in found:
        for language in ("sv", "en"):
            text = reason(row, language)
            assert len(re.findall(r"[.!?](?:\s|$)", text)) <= 2, text
            assert text.endswith(".")


def test_the_catalogue_names_every_signal_with_the_limits_of_the_rule_set():
    for name, entry in CATALOGUE.items():
        assert entry.limits == getattr(RULE_SET_1, name)
        assert entry.title_sv
        assert entry.title_en
    assert [word["sv"] for word in LEVEL_WORDS.values()] == ["Fråga", "Följ upp", "Utred"]
