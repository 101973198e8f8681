"""What mapping refuses, and what to do about it. No message names anybody."""

from pluginnovation.records.refusals import Refusal


def dates_wont_do(wrong: tuple[str, str]) -> Refusal:
    """A round whose days can't be."""
    return Refusal("round_dates", what=wrong, todo=("Inget är sparat.", "Nothing is saved."))


def round_closed() -> Refusal:
    """An answer outside the round's days, or to one that is taken back."""
    return Refusal(
        "round_closed",
        what=("Omgången tar inte emot svar i dag.", "The round takes no answers today."),
        todo=(
            "Be rektor eller elevhälsan flytta sista dagen om svaren behövs.",
            "Ask the principal or the pupil health team to move the last day if the answers are needed.",
        ),
    )


def statements_changed() -> Refusal:
    """The form was of other statements than the round's."""
    return Refusal(
        "statements_changed",
        what=(
            "Påståendena har ändrats sedan du öppnade sidan.",
            "The statements have changed since you opened the page.",
        ),
        todo=(
            "Dina svar på dem som är kvar är ifyllda. Svara på de nya och spara igen.",
            "Your answers to those that remain are filled in. Answer the new ones and save again.",
        ),
    )


def somebody_saved() -> Refusal:
    """Two adults wrote about the same pupil or class at once."""
    return Refusal(
        "somebody_saved",
        what=("Någon annan har sparat sedan du öppnade sidan.", "Somebody has saved since you opened the page."),
        todo=(
            "Båda står här. Ändra i din om något ska med, och spara: då gäller din.",
            "Both stand here. Put into yours what should be kept, and save: then yours holds.",
        ),
    )


def has_answers() -> Refusal:
    """A round that somebody has answered stays as it is."""
    return Refusal(
        "round_has_answers",
        what=("Någon har redan svarat i omgången.", "Somebody has already answered in the round."),
        todo=(
            "Mallarna står fast och omgången kan inte tas bort. Sista dagen går att flytta.",
            "The templates stand and the round can't be taken back. The last day can be moved.",
        ),
    )


def nothing_said() -> Refusal:
    """A sheet without an answer and without a word."""
    return Refusal(
        "nothing_said",
        what=("Inget är ifyllt.", "Nothing is filled in."),
        todo=("Svara på minst ett påstående, eller skriv något.", "Answer at least one statement, or write something."),
    )


def not_in_class() -> Refusal:
    """Marks on somebody who isn't in the class today."""
    return Refusal(
        "not_in_class",
        what=(
            "Någon i listan går inte i klassen längre.",
            "Somebody on the list is no longer in the class.",
        ),
        todo=("Läs in sidan igen. Inget är sparat.", "Load the page again. Nothing is saved."),
    )


def template_wont_do(sv: str, en: str) -> Refusal:
    """A template that can't be used."""
    return Refusal("template_wrong", what=(sv, en), todo=("Inget är sparat.", "Nothing is saved."))


def not_a_first_day() -> Refusal:
    """A version that would hold from a day that has been."""
    return Refusal(
        "template_since",
        what=("Skriv i dag eller en senare dag.", "Write today or a later day."),
        todo=("Omgångar som pågår behåller sina påståenden.", "Rounds that go on keep their statements."),
    )


def template_overtaken() -> Refusal:
    """Somebody saved a version while another was being written."""
    return Refusal(
        "template_overtaken",
        what=("Någon annan har sparat en ny version sedan du började.", "Somebody saved a version since you began."),
        todo=("Läs den, släng utkastet och börja om från den.", "Read it, discard the draft and start from it."),
    )


def text_too_long(longest: int) -> Refusal:
    """More words than fit."""
    return Refusal(
        "text_too_long",
        what=("Texten är för lång.", "The text is too long."),
        todo=(f"Skriv högst {longest} tecken.", f"Write at most {longest} characters."),
    )


def nothing_seen() -> Refusal:
    """A joint analysis without what was seen."""
    return Refusal(
        "nothing_seen",
        what=("Skriv vad ni ser.", "Write what you see."),
        todo=("En mening räcker.", "One sentence is enough."),
    )
