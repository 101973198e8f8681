"""What the acts of support refuse, and what to do about it. No message names anybody."""

from collections.abc import Sequence

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.case_states import NEEDS


def text_of(text: str, *, longest: int, least: int = 1) -> str:
    """A text as it is written down: without control characters and the white space around it.

    Raises  Refusal 'text_wrong' when there is less than `least` characters of it, or more than `longest`
    """
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    written = "".join(sign for sign in clean if sign.isprintable() or sign == "\n").strip()
    if not least <= len(written) <= longest:
        raise Refusal(
            "text_wrong",
            what=("Det står inget, eller för mycket.", "Nothing is written, or too much."),
            todo=(f"Skriv högst {longest} tecken.", f"Write at most {longest} characters."),
        )
    return written


def day_wrong(todo: tuple[str, str]) -> Refusal:
    """A day that can't be meant."""
    return Refusal("day_wrong", what=("Dagen går inte att använda.", "The day can't be used."), todo=todo)


def day_passed() -> Refusal:
    """A day ahead that lies behind."""
    return day_wrong(("Välj i dag eller en senare dag.", "Choose today or a later day."))


def day_ahead() -> Refusal:
    """Something done that would be done later."""
    return day_wrong(("Välj i dag eller en tidigare dag.", "Choose today or an earlier day."))


def ends_before() -> Refusal:
    """An end before the beginning."""
    return day_wrong(("Slutet får inte ligga före början.", "The end can't come before the beginning."))


def pupil_has_left() -> Refusal:
    """A pupil who isn't at the school on the day that something would begin."""
    return Refusal(
        "pupil_has_left",
        what=("Eleven går inte på skolan den dagen.", "The pupil isn't at the school on that day."),
        todo=("Kontrollera dagen och elevens inskrivning.", "Check the day and the pupil's enrolment."),
    )


def not_offered(what: tuple[str, str]) -> Refusal:
    """A word that isn't one of those to choose from."""
    return Refusal(
        "not_offered",
        what=(f"{what[0]} går inte att välja.", f"{what[1]} can't be chosen."),
        todo=("Välj ett av alternativen på sidan.", "Choose one of those on the page."),
    )


def number_wrong(least: int, most: int) -> Refusal:
    """A number that can't be."""
    return Refusal(
        "number_wrong",
        what=("Talet går inte att använda.", "The number can't be used."),
        todo=(f"Skriv ett heltal från {least} till {most}.", f"Write a whole number from {least} to {most}."),
    )


def full(most: int, *, removes: bool) -> Refusal:
    """There are as many as there can be.

    Takes   removes   whether something can be removed from there
    """
    return Refusal(
        "full",
        what=(f"Det finns redan {most}, och fler får inte plats.", f"There are {most} already, and no room for more."),
        todo=("Ta bort något först.", "Remove something first.") if removes
        else ("Samla flera i ett dokument i stället.", "Gather several in one document instead."),
    )  # fmt: skip


def no_programme() -> Refusal:
    """A decision to end an action programme where none is in force."""
    return Refusal(
        "no_programme",
        what=("Inget åtgärdsprogram gäller som kan avslutas.", "No action programme is in force that could end."),
        todo=("Välj ett annat beslut.", "Choose another decision."),
    )


def already_done() -> Refusal:
    """Something that is ended, kept or decided already."""
    return Refusal(
        "already_done",
        what=("Det är redan gjort.", "That is done already."),
        todo=("Läs sidan igen.", "Load the page again."),
    )


def others_were_first() -> Refusal:
    """Somebody has changed the case since the page was read."""
    return Refusal(
        "others_were_first",
        what=("Någon har ändrat ärendet sedan du öppnade sidan.",
              "Somebody has changed the case since you opened the page."),
        todo=("Läs det som är nytt och välj igen.", "Read what is new and choose again."),
    )  # fmt: skip


def decided_meanwhile() -> Refusal:
    """Somebody has decided on the same point since the page was read."""
    return Refusal(
        "decided_meanwhile",
        what=("Någon har redan beslutat i samma fråga.", "Somebody has decided on the same point already."),
        todo=("Läs det beslutet. Ditt sparades inte.", "Read that decision. Yours was not saved."),
    )


def case_is_open() -> Refusal:
    """A second open case of the same kind for one pupil."""
    return Refusal(
        "case_is_open",
        what=("Det finns redan ett sådant öppet ärende.", "There is such an open case already."),
        todo=("Fortsätt i det.", "Go on in that one."),
    )


def case_is_closed() -> Refusal:
    """Something new in a case that is closed."""
    return Refusal(
        "case_is_closed",
        what=("Ärendet är avslutat.", "The case is closed."),
        todo=("Ta upp det igen om det behövs.", "Take it up again if needed."),
    )


def not_yours() -> Refusal:
    """A move or a decision that somebody else makes."""
    return Refusal(
        "not_yours",
        what=("Det beslutet är inte din roll att ta.", "That isn't your role's to decide."),
        todo=("Be den som får, ofta rektor.", "Ask whoever may, often the principal."),
    )


def something_missing(needs: Sequence[str]) -> Refusal:
    """A move that needs more in the case first."""
    swedish, english = (", ".join(NEEDS[need][side] for need in needs) for side in (0, 1))
    return Refusal(
        "something_missing",
        what=(f"Det saknas: {swedish}.", f"Missing: {english}."),
        todo=("Fyll i det först.", "Fill that in first."),
    )
