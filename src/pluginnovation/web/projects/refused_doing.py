"""What the acts of a running sub-project refuse, and what to do about it. No message names anybody."""

from collections.abc import Sequence

from pluginnovation.projects.reports import FINAL, fields_of
from pluginnovation.records.refusals import Refusal


def sub_project_ended() -> Refusal:
    """Something new in a sub-project that has ended."""
    return Refusal(
        "sub_project_ended",
        what=("Delprojektet är avslutat.", "The sub-project has ended."),
        todo=("Skriv det i slutrapporten eller uppföljningen.", "Write it in the final report or the follow-up."),
    )


def outside_its_time() -> Refusal:
    """A day outside the sub-project's own."""
    return Refusal(
        "outside_its_time",
        what=("Dagen ligger utanför delprojektets tid.", "The day lies outside the sub-project's time."),
        todo=("Välj en dag medan delprojektet pågår.", "Choose a day while the sub-project goes on."),
    )


def own_report() -> Refusal:
    """The same person on both sides of an approval."""
    return Refusal(
        "own_report",
        what=("Två personer ska stå bakom en rapport som godkänns och publiceras.",
              "Two people are to stand behind a report that is approved and published."),
        todo=("Be en kollega göra det.", "Ask a colleague to do it."),
    )  # fmt: skip


def takes_part_already() -> Refusal:
    """A pupil who is in it already that day."""
    return Refusal(
        "takes_part_already",
        what=("Eleven deltar redan då.", "The pupil takes part already at that time."),
        todo=("Avsluta den andra tiden först.", "End the other time first."),
    )


def of_other_pupil() -> Refusal:
    """A case or a measure of somebody else."""
    return Refusal(
        "of_other_pupil",
        what=("Insatsen eller ärendet hör inte till eleven.", "The measure or case isn't the pupil's."),
        todo=("Välj ett av alternativen på sidan.", "Choose one of those on the page."),
    )


def plan_is_locked() -> Refusal:
    """A second plan."""
    return Refusal(
        "plan_is_locked",
        what=("Planen är redan låst.", "The plan is locked already."),
        todo=("Skriv ett avsteg med skäl under avvikelser.", "Write a departure with its reason among deviations."),
    )


def plan_too_late() -> Refusal:
    """A plan after the outcome could be seen."""
    return Refusal(
        "plan_too_late",
        what=("Utfallet har redan börjat mätas.", "The outcome is being measured already."),
        todo=("Välj en senare första dag för utfallet.", "Choose a later first day of the outcome."),
        where="window.opens",
    )


def report_missing(keys: Sequence[str]) -> Refusal:
    """A report that isn't filled in."""
    names = [field.name for field in fields_of(FINAL) if field.key in keys]
    return Refusal(
        "report_missing",
        what=(f"Det saknas svar: {', '.join(sv for sv, _ in names)}",
              f"Answers are missing: {', '.join(en for _, en in names)}"),
        todo=("Fyll i dem och lämna in igen.", "Fill them in and hand in again."),
    )  # fmt: skip


def not_measured_is_wrong() -> Refusal:
    """'Not measured' where the registers have the figure."""
    return Refusal(
        "not_measured_is_wrong",
        what=("Det är mätt: registret har siffran.", "It is measured: the registers have the figure."),
        todo=("Välj ett svar som jämförs med registret.", "Choose an answer that is held against the registers."),
    )


def not_yours() -> Refusal:
    """A move that somebody else makes."""
    return Refusal(
        "not_yours",
        what=("Det steget är inte din roll att ta.", "That step isn't your role's to take."),
        todo=("Be den som får.", "Ask whoever may."),
    )


def others_were_first() -> Refusal:
    """Somebody saved since the page was read."""
    return Refusal(
        "others_were_first",
        what=("Någon annan sparade medan du skrev.", "Somebody else saved while you wrote."),
        todo=(
            "Båda texterna står på sidan. Välj vad som ska gälla.",
            "Both texts stand on the page. Choose which is to stand.",
        ),
    )


def already_answered() -> Refusal:
    """A follow-up that has its answer, or a day that hasn't come."""
    return Refusal(
        "already_done",
        what=("Uppföljningen är redan besvarad.", "The follow-up is answered already."),
        todo=("Läs svaret på sidan.", "Read the answer on the page."),
    )


def not_ended_yet() -> Refusal:
    """A final report or a hand-over that comes before its time."""
    return Refusal(
        "not_ended_yet",
        what=("Delprojektet har inte startat.", "The sub-project hasn't started."),
        todo=("Vänta tills det har startat.", "Wait until it has."),
    )
