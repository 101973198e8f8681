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


def list_stands() -> Refusal:
    """A list once handed in isn't replaced: nobody chooses among lists when the outcome is known."""
    return Refusal(
        "list_stands",
        what=("Planen har redan en lista eller en lottning.", "The plan has a list or a draw already."),
        todo=("Skriv ett avsteg, om den är fel.", "Note a departure, if it is wrong."),
    )


def list_empty() -> Refusal:
    """A list of nobody tells nothing."""
    return Refusal(
        "list_empty",
        what=("Ingen i listan finns i uppgifterna.", "Nobody in the list is in the records."),
        todo=("Kontrollera källa och elevkoder i listan.", "Check the source and the pupils' codes in the list."),
    )


def draw_not_of_plan() -> Refusal:
    """It isn't among the draws that the page offers."""
    return Refusal(
        "draw_not_of_plan",
        what=("Lottningen hör inte till planen.", "The draw doesn't belong to the plan."),
        todo=("Välj en lottning på delprojektets skola, gjord efter låsningen och senast på indexdagen.",
              "Choose a draw at the sub-project's school, made after the lock and by the index date."),
    )  # fmt: skip


def draw_before_lock() -> Refusal:
    """A draw from before the lock is named when the plan is locked."""
    return Refusal(
        "draw_before_lock",
        what=("Lottningen gjordes innan planen låstes.", "The draw was made before the plan was locked."),
        todo=("Namnge den när en plan låses.", "Name it when a plan is locked."),
    )


def draw_too_late() -> Refusal:
    """What explains is known by the index date, the draw too."""
    return Refusal(
        "draw_too_late",
        what=("Lottningen gjordes efter planens indexdag.", "The draw was made after the plan's index date."),
        todo=("Gör en ny plan med senare indexdag.", "Make a new plan with a later index date."),
    )


def no_estimate() -> Refusal:
    """There is nothing to lower or send."""
    return Refusal(
        "estimate_missing",
        what=("Planen har inget svar än.", "The plan has no answer yet."),
        todo=("Räkna först.", "Have it answered first."),
    )
