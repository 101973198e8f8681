"""What the acts of programmes, calls and applications refuse, and what to do about it. No message names anybody."""

from collections.abc import Sequence

from pluginnovation.projects.lifecycle import NEEDS
from pluginnovation.records.refusals import Refusal


def wrong_period() -> Refusal:
    """An end that doesn't come after its beginning."""
    return Refusal(
        "wrong_period",
        what=("Slutet ligger inte efter början.", "The end doesn't come after the beginning."),
        todo=("Ändra dagarna.", "Change the days."),
    )


def name_taken() -> Refusal:
    """A programme with an address that another has."""
    return Refusal(
        "name_taken",
        what=("Det finns redan ett program med det namnet.", "There is a programme with that name already."),
        todo=("Välj ett annat namn.", "Choose another name."),
    )


def not_a_municipality() -> Refusal:
    """Digits that no municipality of this installation has, or one that takes part already."""
    return Refusal(
        "not_a_municipality",
        what=("Kommunen finns inte här, eller är redan med.", "There is no such municipality, or it takes part."),
        todo=("Välj en kommun i listan.", "Choose a municipality of the list."),
    )


def call_is_published() -> Refusal:
    """A change of what a call asks, after it was published."""
    return Refusal(
        "call_is_published",
        what=("Utlysningen är publicerad. Frågor, kriterier och datum står fast.",
              "The call is published. Its questions, criteria and days stand."),
        todo=("Gör en ny utlysning om något måste ändras.", "Make a new call if something must change."),
    )  # fmt: skip


def call_lacks(what: tuple[str, str]) -> Refusal:
    """A call that can't be published yet."""
    return Refusal(
        "call_lacks",
        what=(f"Utlysningen saknar {what[0]}.", f"The call lacks {what[1]}."),
        todo=("Lägg till det först.", "Add that first."),
    )


def call_not_open(when: tuple[str, str]) -> Refusal:
    """An application that begins, or is sent in, when the call isn't open. What is written is kept."""
    return Refusal(
        "call_not_open",
        what=(f"Utlysningen {when[0]}.", f"The call {when[1]}."),
        todo=("Det ni har skrivit är sparat som utkast, men går inte att skicka in.",
              "What you have written is kept as a draft, but can't be sent in."),
    )  # fmt: skip


def not_for_you() -> Refusal:
    """A school or municipality that the call isn't for."""
    return Refusal(
        "not_for_you",
        what=("Utlysningen är inte för er.", "The call isn't for you."),
        todo=("Läs i den vilka som kan söka.", "Read in it who may apply."),
    )


def municipality_left() -> Refusal:
    """Something of a municipality that has withdrawn from the programme."""
    return Refusal(
        "municipality_left",
        what=("Kommunen är inte med i programmet.", "The municipality doesn't take part in the programme."),
        todo=("Utkastet finns kvar. Fråga den regionala ledningen.", "The draft is kept. Ask the regional lead."),
    )


def not_writable() -> Refusal:
    """A text in an application that isn't the applicant's to write in any more."""
    return Refusal(
        "not_writable",
        what=("Ansökan är inskickad och går inte att ändra.", "The application is sent in and can't be changed."),
        todo=("Be om att få den tillbaka för komplettering.", "Ask to have it sent back to be completed."),
    )


def not_all_answered(numbers: Sequence[int]) -> Refusal:
    """Questions without an answer, or with one too long."""
    listed = ", ".join(map(str, numbers))
    return Refusal(
        "not_all_answered",
        what=(f"Det saknas svar på fråga {listed}, eller så är svaret för långt.",
              f"Question {listed} lacks an answer, or it is too long."),
        todo=("Svara och skicka sedan in.", "Answer, and then send it in."),
    )  # fmt: skip


def budget_is_wrong(faults: Sequence[tuple[str, str]]) -> Refusal:
    """A budget that doesn't add up; each fault says the amounts and what to change."""
    return Refusal(
        "budget_is_wrong",
        what=(" ".join(sv for sv, _en in faults), " ".join(en for _sv, en in faults)),
        todo=("Budgeten är sparad som utkast.", "The budget is kept as a draft."),
    )


def not_an_amount() -> Refusal:
    """Something that isn't kronor."""
    return Refusal(
        "not_an_amount",
        what=("Beloppet går inte att läsa.", "The amount can't be read."),
        todo=("Skriv kronor med siffror, till exempel 12 500.", "Write kronor in figures, such as 12 500."),
    )


def lacks(needs: Sequence[str]) -> Refusal:
    """A move that needs more first."""
    swedish, english = (", ".join(NEEDS[need][side] for need in needs) for side in (0, 1))
    return Refusal(
        "something_missing",
        what=(f"Det saknas: {swedish}.", f"Missing: {english}."),
        todo=("Gör det först.", "Do that first."),
    )


def moved_meanwhile() -> Refusal:
    """Something that somebody else has moved since the page was read."""
    return Refusal(
        "moved_meanwhile",
        what=("Någon var före, och läget är ett annat nu.", "Somebody was first, and it stands otherwise now."),
        todo=("Läs det som gäller nu. Ditt sparades inte.", "Read what stands now. Yours was not saved."),
    )


def decided_meanwhile() -> Refusal:
    """A second decision on one application."""
    return Refusal(
        "decided_meanwhile",
        what=("Någon har redan beslutat om ansökan.", "Somebody has decided on the application already."),
        todo=("Det beslutet gäller. Ditt sparades inte.", "That decision stands. Yours was not saved."),
    )


def has_a_conflict() -> Refusal:
    """A reviewer or a decider with a conflict of interest."""
    return Refusal(
        "has_a_conflict",
        what=("Du har anmält jäv i ansökan.", "You have declared a conflict of interest in the application."),
        todo=("En annan får göra det.", "Somebody else must do it."),
    )


def not_declared() -> Refusal:
    """A review before anything is said about a conflict."""
    return Refusal(
        "not_declared",
        what=("Du har inte svarat på frågan om jäv.", "You have not answered the question of a conflict of interest."),
        todo=("Svara på den först.", "Answer that first."),
    )


def points_missing(numbers: Sequence[int]) -> Refusal:
    """A sheet without points on a criterion."""
    listed = ", ".join(map(str, numbers))
    return Refusal(
        "points_missing",
        what=(f"Det saknas poäng på kriterium {listed}.", f"Criterion {listed} has no points."),
        todo=("Ge poäng på alla.", "Give points on all."),
    )


def not_a_leader() -> Refusal:
    """Somebody who can't lead a sub-project."""
    return Refusal(
        "not_a_leader",
        what=("Personen finns inte här, eller har ingen tjänst.", "There is no such person, or without a duty."),
        todo=("Skriv personens kod eller inloggning.", "Write the person's code or login."),
    )


def cannot_be_taken_back() -> Refusal:
    """A line of an account that is taken back already, or takes back another."""
    return Refusal(
        "already_done",
        what=("Raden är redan tillbakatagen.", "The line is taken back already."),
        todo=("Läs sidan igen.", "Load the page again."),
    )
