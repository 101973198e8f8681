"""How an application and a sub-project go: states and moves as tables that pages, rules and diagrams are made from."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

Text = tuple[str, str]

APPLICATION, SUB_PROJECT = "application", "sub_project"
KINDS: Final[dict[str, Text]] = {
    APPLICATION: ("Ansökan", "Application"),
    SUB_PROJECT: ("Delprojekt", "Sub-project"),
}

DRAFT, SUBMITTED, RETURNED, IN_REVIEW, REVIEWED = "draft", "submitted", "returned", "in_review", "reviewed"
GRANTED, DECLINED, NOT_ELIGIBLE, WITHDRAWN = "granted", "declined", "not_eligible", "withdrawn"
PLANNED, RUNNING, PAUSED, REPORTED = "planned", "running", "paused", "reported"
ENDED, DISCONTINUED = "ended", "discontinued"

STATES: Final[dict[str, dict[str, Text]]] = {
    APPLICATION: {
        DRAFT: ("Utkast", "Draft"),
        SUBMITTED: ("Inskickad", "Sent in"),
        RETURNED: ("Väntar på komplettering", "Waits for more"),
        IN_REVIEW: ("Granskas", "Being reviewed"),
        REVIEWED: ("Inför beslut", "Before the decision"),
        GRANTED: ("Beviljad", "Granted"),
        DECLINED: ("Avslagen", "Declined"),
        NOT_ELIGIBLE: ("Uppfyller inte villkoren", "Doesn't meet the conditions"),
        WITHDRAWN: ("Återtagen", "Withdrawn"),
    },
    SUB_PROJECT: {
        PLANNED: ("Planeras", "Being planned"),
        RUNNING: ("Pågår", "Going on"),
        PAUSED: ("Har uppehåll", "Paused"),
        REPORTED: ("Slutrapporterat", "Final report is in"),
        ENDED: ("Avslutat", "Ended"),
        DISCONTINUED: ("Avbrutet", "Discontinued"),
    },
}

APPLICANTS: Final = ("principal", "pupil_health", "youth_coordinator", "sub_project_leader")
REGIONAL: Final = ("regional_lead", "process_leader")
REGION: Final = ("regional_lead",)
LEADER: Final = ("sub_project_leader",)

# What a move may need: something that stands when it is made.
OPEN, ANSWERED, BUDGET, ELIGIBLE = "open", "answered", "budget", "eligible"
REVIEWS, REASONS, ANALYSIS, GOALS, PLAN, FINAL = "reviews", "reasons", "analysis", "goals", "plan", "final_report"
NEEDS: Final[dict[str, Text]] = {
    OPEN: ("att utlysningen är öppen", "that the call is open"),
    ANSWERED: ("svar på de frågor som krävs", "answers to the questions that must be answered"),
    BUDGET: ("en budget som går ihop", "a budget that adds up"),
    ELIGIBLE: ("att alla villkor är uppfyllda", "that every condition is met"),
    REVIEWS: ("minst två granskningar utan jäv", "at least two reviews without a conflict of interest"),
    REASONS: ("skäl i text", "reasons in words"),
    ANALYSIS: ("en klar nulägesanalys", "a finished current-state analysis"),
    GOALS: ("minst ett mål", "at least one goal"),
    PLAN: ("en låst utvärderingsplan", "a locked evaluation plan"),
    FINAL: ("en godkänd slutrapport", "an approved final report"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to the next.

    label   what the button says
    roles   who may make it
    needs   what must stand first: keys of NEEDS
    """

    before: str
    after: str
    label: Text
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()


TAKE_BACK: Final[Text] = ("Ta tillbaka ansökan", "Withdraw the application")
BREAK_OFF: Final[Text] = ("Avbryt delprojektet", "Discontinue the sub-project")

MOVES: Final[dict[str, tuple[Move, ...]]] = {
    APPLICATION: (
        Move(DRAFT, SUBMITTED, ("Skicka in", "Send in"), APPLICANTS, (OPEN, ANSWERED, BUDGET)),
        # Whoever is asked for more may send it after the call has closed.
        Move(RETURNED, SUBMITTED, ("Skicka in igen", "Send in again"), APPLICANTS, (ANSWERED, BUDGET)),
        Move(SUBMITTED, RETURNED, ("Be om komplettering", "Ask for more"), REGIONAL, (REASONS,)),
        Move(SUBMITTED, NOT_ELIGIBLE, ("Uppfyller inte villkoren", "Doesn't meet the conditions"), REGIONAL,
             (REASONS,)),
        Move(SUBMITTED, IN_REVIEW, ("Till granskning", "On to review"), REGIONAL, (ELIGIBLE,)),
        Move(IN_REVIEW, REVIEWED, ("Den sista granskningen är inne", "The last review is in"), REGIONAL, (REVIEWS,)),
        Move(REVIEWED, GRANTED, ("Bevilja", "Grant"), REGION, (REASONS,)),
        Move(REVIEWED, DECLINED, ("Avslå", "Decline"), REGION, (REASONS,)),
        *(Move(before, WITHDRAWN, TAKE_BACK, APPLICANTS)
          for before in (DRAFT, SUBMITTED, RETURNED, IN_REVIEW, REVIEWED)),
    ),
    SUB_PROJECT: (
        Move(PLANNED, RUNNING, ("Starta delprojektet", "Start the sub-project"), LEADER, (ANALYSIS, GOALS, PLAN)),
        Move(RUNNING, PAUSED, ("Gör uppehåll", "Pause"), LEADER, (REASONS,)),
        Move(PAUSED, RUNNING, ("Fortsätt", "Go on"), LEADER),
        Move(RUNNING, REPORTED, ("Slutrapporten är godkänd", "The final report is approved"), REGIONAL, (FINAL,)),
        Move(REPORTED, ENDED, ("Avsluta", "End"), REGIONAL),
        *(Move(before, DISCONTINUED, BREAK_OFF, (*LEADER, *REGION), (REASONS,))
          for before in (PLANNED, RUNNING, PAUSED)),
    ),
}  # fmt: skip

# An application that lies here is the applicant's to write in; before a decision it can be withdrawn.
WRITTEN_IN: Final = (DRAFT, RETURNED)
UNDECIDED: Final = (DRAFT, SUBMITTED, RETURNED, IN_REVIEW, REVIEWED)
GOING: Final = (PLANNED, RUNNING, PAUSED)


def moves_from(kind: str, state: str, role: str) -> tuple[Move, ...]:
    """The moves that this role may make from a state, in the table's order."""
    return tuple(move for move in MOVES[kind] if move.before == state and role in move.roles)


def move_to(kind: str, state: str, after: str) -> Move | None:
    """The move between two states; none when there is no such."""
    return next((move for move in MOVES[kind] if (move.before, move.after) == (state, after)), None)


def missing(move: Move, standing: Collection[str]) -> tuple[str, ...]:
    """What the move needs that isn't there yet, in the table's order."""
    return tuple(need for need in move.needs if need not in standing)
