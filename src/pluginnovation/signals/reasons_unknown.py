"""Why a value is unknown, in words: always with the figure that makes it so and the limit it doesn't reach."""

from collections.abc import Mapping
from typing import Any

from pluginnovation.signals.known import FEW_DAYS, NOTHING, TOO_LITTLE
from pluginnovation.signals.merit_drop import NO_TERM
from pluginnovation.signals.subject_avoidance import ONE_ACTIVITY
from pluginnovation.signals.wording import Wording

Row = Mapping[str, Any]


def share_unknown(row: Row, say: Wording, fewest: int) -> str:
    """Why a share is unknown: too little reported, too few school days, or a source that doesn't tell."""
    why, figure = row["detail_text"], row["detail_3"]
    offered = row["detail_2"] if row["unit"] == "share" else row["denominator"]
    if why == TOO_LITTLE:
        reported = say.whole_percent(figure)
        return say.pick(
            f"Okänt. {reported} av lektionerna är rapporterade, gränsen är {say.rules.min_reported_pct} %.",
            f"Unknown. {reported} of the lessons are reported, the limit is {say.rules.min_reported_pct}%.",
        )
    if why == NOTHING:
        return say.pick(
            f"Okänt. Ingen lektion är rapporterad (0 av {say.of(offered, 'minute')}).",
            f"Unknown. No lesson has been reported (0 of {say.of(offered, 'minute')}).",
        )
    if why == FEW_DAYS:
        days = say.of(figure, "school_day")
        return say.pick(
            f"Okänt. {days} är rapporterade, minst {fewest} behövs.",
            f"Unknown. {days} reported, at least {fewest} needed.",
        )
    return say.pick(
        "Okänt. Källan säger inte hur många minuter som var planerade eller vad som är frånvaro.",
        "Unknown. The source doesn't tell how many minutes were planned or what is absence.",
    )


def not_comparable(row: Row, say: Wording) -> str:
    """Why a rise is unknown: which of the two periods can't be told, and the figure that makes it so."""
    when, _, why = (row["detail_text"] or "").partition(" ")
    window, figure = say.rules.window_days, row["detail_3"]
    period = (
        say.pick(f"de senaste {window} dagarna", f"the last {window} days")
        if when == "now"
        else say.pick(f"de {window} dagarna innan", f"the {window} days before")
    )
    if why == TOO_LITTLE:
        reported = say.whole_percent(figure)
        return say.pick(
            f"Okänt. {reported} av lektionerna {period} är rapporterade, gränsen är {say.rules.min_reported_pct} %.",
            f"Unknown. {reported} of the lessons in {period} are reported, the limit is {say.rules.min_reported_pct}%.",
        )
    if why == FEW_DAYS:
        days = say.of(figure, "school_day")
        return say.pick(
            f"Okänt. {days} är rapporterade {period}, minst {say.rules.min_days} behövs.",
            f"Unknown. {days} reported in {period}, at least {say.rules.min_days} needed.",
        )
    if why == NOTHING:
        return say.pick(f"Okänt. Ingen lektion är rapporterad {period}.", f"Unknown. No lesson reported in {period}.")
    return say.pick(f"Okänt. Källan ger inte frånvaron {period}.", f"Unknown. The source doesn't tell of {period}.")


def subject_unknown(row: Row, say: Wording) -> str:
    """Why nothing can be said about one subject against the rest."""
    why, figure = row["detail_text"], row["detail_3"]
    if why == ONE_ACTIVITY:
        return say.pick(
            "Okänt. Eleven har bara ett ämne, så det finns inget att jämföra med.",
            "Unknown. The pupil has one subject only, so there is nothing to compare with.",
        )
    if why == FEW_DAYS:
        days = say.of(figure, "school_day")
        return say.pick(
            f"Okänt. {days} är rapporterade, minst {say.rules.min_days} behövs.",
            f"Unknown. {days} reported, at least {say.rules.min_days} needed.",
        )
    if figure is None:
        return say.pick(
            "Okänt. Källan ger inte frånvaron i allt annat.", "Unknown. The source doesn't tell of the rest."
        )
    reported, least = say.whole_percent(figure), say.rules.min_reported_pct
    return say.pick(
        f"Okänt. {reported} av lektionerna i andra ämnen är rapporterade, gränsen är {least} %.",
        f"Unknown. {reported} of the lessons in other subjects are reported, the limit is {least}%.",
    )


def no_core_grade(say: Wording) -> str:
    """Nobody has graded the pupil in any of the three."""
    return say.pick(
        "Okänt. Betyg saknas i svenska, engelska och matematik.",
        "Unknown. There is no grade in Swedish, English or mathematics.",
    )


def no_grade(say: Wording) -> str:
    """Nobody has graded the pupil at all."""
    return say.pick("Okänt. Inget betyg är satt.", "Unknown. No grade has been set.")


def merit_unknown(row: Row, say: Wording) -> str:
    """Why two terms can't be compared: which of them has no merit value."""
    if row["detail_3"] is None:
        return say.pick("Okänt. Inget terminsbetyg är satt.", "Unknown. No term grade has been set.")
    term, before = say.term(row["detail_3"]), say.term(row["detail_3"] - 1)
    if row["detail_text"] == NO_TERM:
        return say.pick(f"Okänt. Bara streck är satta {term}.", f"Unknown. Only dashes were set in {term}.")
    return say.pick(
        f"Okänt. Betyg finns för {term} men inte för terminen innan, {before}.",
        f"Unknown. There are grades for {term} but not for the term before, {before}.",
    )


def no_plan(say: Wording) -> str:
    """Nobody can tell what should be done by now."""
    return say.pick("Okänt. Studieplan saknas.", "Unknown. There is no study plan.")


def no_lesson_since_enrolment(say: Wording) -> str:
    """Nobody can tell whether the pupil has come."""
    return say.pick(
        "Okänt. Ingen lektion är rapporterad om eleven sedan inskrivningen.",
        "Unknown. No lesson of the pupil has been reported since the enrolment.",
    )


def no_birth_date(say: Wording) -> str:
    """Nobody can tell whether it is about a youth."""
    age = say.rules.left_under_age
    return say.pick(
        f"Okänt. Födelsedatum saknas, så det går inte att säga om ungdomen är under {age} år.",
        f"Unknown. Without a date of birth, nobody can tell whether the youth is under {age}.",
    )


def not_counted(say: Wording) -> str:
    """A source that gives sums can't tell days or lessons."""
    return say.pick(
        "Okänt. Källan ger bara summor, inte enskilda lektioner.",
        "Unknown. The source gives sums only, not single lessons.",
    )
