"""What is answered when something can't be done with a plan."""

from typing import Final

from pluginnovation.records.refusals import Refusal

AGAIN: Final = ("Läs sidan igen.", "Read the page again.")


def already_locked() -> Refusal:
    """A locked plan stands as it is."""
    return Refusal(
        "plan_already_locked",
        what=("Planen är låst och går inte att ändra.", "The plan is locked and can't be changed."),
        todo=("Skriv ett avsteg, eller gör en ny plan.", "Note a departure, or make a new plan."),
    )


def not_locked() -> Refusal:
    """Nothing is computed for a draft."""
    return Refusal(
        "plan_not_locked",
        what=("Planen är inte låst.", "The plan isn't locked."),
        todo=("Lås den innan någon ser ett utfall.", "Lock it before anybody sees an outcome."),
    )


def draft_has_changed() -> Refusal:
    """Somebody changed the draft since the page was read."""
    return Refusal(
        "plan_draft_changed",
        what=("Utkastet har ändrats sedan du öppnade sidan.", "The draft changed since you opened the page."),
        todo=AGAIN,
    )


def nobody_assigned(kind: str) -> Refusal:
    """There is no decision to compare by."""
    return Refusal(
        "decisions_missing",
        what=(
            "Det finns inga beslut att räkna på: ingen lottning eller insats i tid före indexdagen.",
            "There are no decisions to count by: no draw and no measure in time before the index date.",
        ),
        todo=("Kontrollera insats och indexdag i en ny plan.", "Check measure and index date in a new plan."),
        where=kind,
    )


def no_estimate() -> Refusal:
    """There is nothing to lower or send."""
    return Refusal(
        "estimate_missing",
        what=("Planen har inget svar än.", "The plan has no answer yet."),
        todo=("Räkna först.", "Have it answered first."),
    )
