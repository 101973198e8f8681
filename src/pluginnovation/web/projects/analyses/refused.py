"""What the acts of analyses refuse, and what to do about it."""

from pluginnovation.records.refusals import Refusal

_WRONG = {
    "routine": ("Ett svar om rutinerna går inte att välja.", "An answer about routines can't be chosen."),
    "factor": (
        "Ett svar om framgångsfaktorerna går inte att välja.",
        "An answer about success factors can't be chosen.",
    ),
    "obstacle": ("Ett hinder går inte att välja.", "An obstacle can't be chosen."),
    "too_long": ("En text är för lång.", "A text is too long."),
    "too_many": ("Det är fler än sex på en rad. Sidan rymmer sex.", "There are more than six. The page holds six."),
    "how_sure": ("Säg hur säkra ni är på varje orsak.", "Say how sure you are of each cause."),
}


def cant_be_kept(why: str) -> Refusal:
    """A part that can't be stored."""
    return Refusal(
        "analysis_wrong",
        what=_WRONG.get(why, ("Det går inte att spara.", "It can't be saved.")),
        todo=("Inget är sparat. Ändra och spara igen.", "Nothing is saved. Change it and save again."),
    )


def somebody_saved() -> Refusal:
    """Somebody saved the same part while it was being written."""
    return Refusal(
        "somebody_saved",
        what=("Någon annan har sparat samma del sedan du öppnade sidan.",
              "Somebody has saved the same part since you opened the page."),
        todo=("Det som sparades står överst. Ditt står i fälten: spara igen, så gäller ditt.",
              "What was saved stands on top. Yours is in the fields: save again, and yours holds."),
    )  # fmt: skip


def not_complete() -> Refusal:
    """An analysis with parts left."""
    return Refusal(
        "analysis_not_complete",
        what=("Några delar är inte ifyllda.", "Some parts aren't filled in."),
        todo=("Fyll i dem först. De står till höger på sidan.", "Fill them in first. They are listed on the page."),
    )


def no_figures() -> Refusal:
    """Nothing counted for the school yet."""
    return Refusal(
        "no_figures",
        what=("Skolans siffror är inte räknade än.", "The school's figures aren't counted yet."),
        todo=(
            "De räknas varje natt. Resten går att skriva nu.",
            "They are counted every night. The rest can be written.",
        ),
    )
