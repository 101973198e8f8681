"""What a meeting can decide on a point, and when a decision can't be taken as it is."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from pluginnovation.records.refusals import Refusal

from .agenda import PUPIL

# The same step with another owner or day, a measure, an investigation, an end with its reason, or the next meeting.
STEP, MEASURE, INVESTIGATE, ABSENCE, END, NEXT_TIME = "step", "measure", "investigate", "absence", "end", "next_time"
KINDS: Final = (STEP, MEASURE, INVESTIGATE, ABSENCE, END, NEXT_TIME)
ONLY_PUPILS: Final = frozenset({INVESTIGATE, ABSENCE})
# These leave somebody with something to do by a day.
OWNED: Final = frozenset({STEP, MEASURE, INVESTIGATE, ABSENCE})
# A real decision about help; to put off isn't one, and nor is to end without doing anything.
ACTS: Final = OWNED
# A date so far off is a slip of the pen.
LONGEST: Final = timedelta(days=400)
LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Deciding:
    """A decision about to be taken.

    about    pupil, group or school
    what     one of KINDS
    measure  a key of the catalogue, with `what` a measure; else empty
    owner    the code of the adult who does it, or empty with `owner_role`
    due      by which day; none where nothing is to be done
    text     what and why, in words that the pupil can read
    """

    about: str
    what: str
    text: str = ""
    measure: str = ""
    owner: str = ""
    owner_role: str = ""
    due: date | None = None


def refused(deciding: Deciding, today: date) -> Refusal | None:
    """Why the decision can't be taken as it is; none when it can."""
    if deciding.what not in KINDS or (deciding.what in ONLY_PUPILS and deciding.about != PUPIL):
        return _refusal(
            "decision_unknown",
            ("Beslutet är inget av dem som går att välja.", "The decision is none of those offered."),
            ("Välj ett av besluten.", "Choose one of them."),
        )
    if len(deciding.text) > LONGEST_TEXT:
        return _refusal(
            "text_too_long",
            ("Texten är för lång.", "The text is too long."),
            (f"Skriv högst {LONGEST_TEXT} tecken.", f"Write at most {LONGEST_TEXT} characters."),
        )
    if deciding.what == MEASURE and not deciding.measure:
        return _refusal(
            "measure_missing",
            ("Insatsen är inte vald.", "No measure is chosen."),
            ("Välj vilken insats det är.", "Choose which measure it is."),
        )
    if deciding.what in OWNED:
        return _unowned(deciding) or _misdated(deciding.due, today) or _unsaid(deciding)
    return _unsaid(deciding) if deciding.what == END else None


def _unowned(deciding: Deciding) -> Refusal | None:
    if deciding.owner or deciding.owner_role:
        return None
    return _refusal(
        "decision_without_owner",
        ("Beslutet har ingen ansvarig.", "The decision has no owner."),
        ("Välj vem som gör det.", "Choose who does it."),
    )


def _misdated(due: date | None, today: date) -> Refusal | None:
    if due is None:
        return _refusal(
            "date_missing",
            ("Beslutet har inget datum.", "The decision has no date."),
            ("Skriv senast vilken dag det ska vara gjort.", "Write by which day it is to be done."),
        )
    if due < today:
        return _refusal(
            "date_passed",
            ("Datumet har redan varit.", "The date has already been."),
            ("Skriv en dag som är i dag eller senare.", "Write a day that is today or later."),
        )
    if due > today + LONGEST:
        return _refusal(
            "date_far_off",
            ("Datumet ligger mer än ett år bort.", "The date is more than a year away."),
            ("Skriv en närmare dag.", "Write a nearer day."),
        )
    return None


def _unsaid(deciding: Deciding) -> Refusal | None:
    if deciding.text.strip() or deciding.what not in (END, STEP):
        return None
    what = (
        ("Skälet saknas.", "The reason is missing.")
        if deciding.what == END
        else ("Det står inte vad som ska göras.", "It doesn't say what is to be done.")
    )
    return _refusal("text_missing", what, ("Skriv en rad om vad och varför.", "Write a line about what and why."))


def _refusal(code: str, what: tuple[str, str], todo: tuple[str, str]) -> Refusal:
    return Refusal(code, what=what, todo=todo)
