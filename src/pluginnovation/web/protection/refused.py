"""What the acts of data protection refuse, and what to do about it. No message names anybody."""

from datetime import datetime

from pluginnovation.privacy.retention import FEWEST_MONTHS, MOST_MONTHS
from pluginnovation.records.refusals import Refusal

LONGEST_WHY = 500
LONGEST_TEXT = 2000


def reason_of(text: str) -> str:
    """The reason as it is written down.

    Raises  Refusal 'why_missing' when there is none, or it is too long
    """
    return text_of(text, longest=LONGEST_WHY)


def text_of(text: str, *, longest: int = LONGEST_TEXT) -> str:
    """A text as it is written down: without control characters and the white space around it.

    Raises  Refusal 'why_missing' when there is none, or it is too long
    """
    written = "".join(sign for sign in text if sign.isprintable() or sign == "\n").strip()
    if not written or len(written) > longest:
        raise Refusal(
            "why_missing",
            what=("Det står inget, eller för mycket.", "Nothing is written, or too much."),
            todo=(
                f"Skriv en eller några meningar, högst {longest} tecken, utan namn på någon.",
                f"Write a sentence or some, at most {longest} characters, without anybody's name.",
            ),
        )
    return written


def not_months() -> Refusal:
    """A number of months that can't be."""
    return Refusal(
        "months_wrong",
        what=("Det är inget antal månader.", "That is no number of months."),
        todo=(
            f"Skriv ett heltal från {FEWEST_MONTHS} till {MOST_MONTHS}.",
            f"Write a whole number from {FEWEST_MONTHS} to {MOST_MONTHS}.",
        ),
    )


def day_passed() -> Refusal:
    """A decision that would hold from a day that is over, or is no day."""
    return Refusal(
        "day_wrong",
        what=("Dagen går inte att använda.", "The day can't be used."),
        todo=("Välj i dag eller en senare dag.", "Choose today or a later day."),
    )


def not_a_code() -> Refusal:
    """What can't be a pupil's code."""
    return Refusal(
        "not_a_code",
        what=("Det är ingen elevkod.", "That is no pupil's code."),
        todo=("En kod är sexton tecken, som i besöksloggen.", "A code is sixteen characters, as in the log of visits."),
    )


def not_a_time(at: datetime) -> Refusal:
    """A time that can't be read, or hasn't come yet."""
    return Refusal(
        "time_wrong",
        what=("Tiden går inte att använda.", "The time can't be used."),
        todo=(
            f"Skriv den som {at:%Y-%m-%dT%H:%M}; den får inte vara framåt i tiden.",
            f"Write it like {at:%Y-%m-%dT%H:%M}; it may not lie ahead.",
        ),
    )


def already_done() -> Refusal:
    """Something that somebody has decided already."""
    return Refusal(
        "already_decided",
        what=("Det är redan bestämt.", "That is decided already."),
        todo=("Läs sidan igen.", "Read the page again."),
    )


def not_a_number() -> Refusal:
    """A number of people that isn't one."""
    return Refusal(
        "number_wrong",
        what=("Antalet går inte att läsa.", "The number can't be read."),
        todo=(
            "Skriv ett heltal, eller inget alls om det är okänt.",
            "Write a whole number, or none if it isn't known.",
        ),
    )
