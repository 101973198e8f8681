"""What an act on rule sets answers when it can't be done."""

from collections.abc import Sequence

from pluginnovation.records.refusals import Refusal


def unknown_source(names: Sequence[str]) -> Refusal:
    """Nothing was ever read in from it."""
    known = ", ".join(names) or "–"
    return Refusal(
        "rules_source_unknown",
        what=("Inget har lästs in från den källan.", "Nothing has been read in from that source."),
        todo=(f"De som finns: {known}.", f"There is: {known}."),
    )


def no_reason() -> Refusal:
    """Nobody would know later why."""
    return Refusal(
        "rules_why_missing",
        what=("Det står inte varför reglerna ändras.", "It isn't said why the rules change."),
        todo=("Skriv det i en rad, högst 500 tecken.", "Write it in one line, at most 500 characters."),
    )


def in_the_past() -> Refusal:
    """Figures of days that have been keep the rules they were made with."""
    return Refusal(
        "rules_since_past",
        what=("Dagen har redan varit.", "The day has already been."),
        todo=(
            "Välj i dag eller en senare dag: det som redan är räknat behåller sina regler.",
            "Choose today or a later day: what has been computed keeps its rules.",
        ),
    )


def not_a_day() -> Refusal:
    """What is written is no date."""
    return Refusal(
        "rules_since_wrong",
        what=("Dagen går inte att läsa.", "The day can't be read."),
        todo=("Skriv den som 2026-08-18.", "Write it as 2026-08-18."),
    )


def changed_meanwhile() -> Refusal:
    """Two wrote at once, and the other was first."""
    return Refusal(
        "rules_changed_meanwhile",
        what=("Någon annan har sparat en version sedan du började.", "Somebody else saved a version since you began."),
        todo=("Läs den och gör din ändring utifrån den.", "Read it, and make your change from it."),
    )


def already_so() -> Refusal:
    """The rules would be what they are."""
    return Refusal(
        "rules_unchanged",
        what=("Så är reglerna redan den dagen.", "That is what the rules are on that day already."),
        todo=("Ändra något, eller låt dem vara.", "Change something, or let them be."),
    )


def no_such_rules(number: int) -> Refusal:
    """No version has that number."""
    return Refusal(
        "rules_unknown",
        what=("Det finns ingen regelversion med det numret.", "There is no version of rules with that number."),
        todo=("Se efter i listan: plug signals rules list.", "Look in the list: plug signals rules list."),
        where=str(number),
    )


def nothing_to_compare() -> Refusal:
    """Signals were never run, or the source has no pupils in the run."""
    return Refusal(
        "rules_nothing_to_compare",
        what=("Signaler har inte räknats för källan.", "Signals were never run for the source."),
        todo=("Kör plug signals run först.", "Run plug signals run first."),
    )
