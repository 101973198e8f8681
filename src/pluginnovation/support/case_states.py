"""How a case goes: its states and the moves between them, as tables that pages, rules and diagrams are made from.

Nothing here is a deadline, and no share of absence opens a case by itself: the principal judges, as the law says.

Source  skollagen (2010:800) 3 kap. 7-9 §§, 7 kap. 19 a § and 15 kap. 16 §
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

ABSENCE, INVESTIGATION, SUPPORT = "absence_investigation", "support_investigation", "support"
Text = tuple[str, str]

KINDS: Final[dict[str, Text]] = {
    ABSENCE: ("Utredning av frånvaro", "Investigation of absence"),
    INVESTIGATION: ("Utredning av särskilt stöd", "Investigation of special support"),
    SUPPORT: ("Stöd utan utredning", "Support without an investigation"),
}

ASSESSED, INVESTIGATED, DECIDING, PLANNED = "assessed", "investigated", "deciding", "planned"
SUPPORTED, PROGRAMME, CLOSED = "supported", "programme", "closed"

STATES: Final[dict[str, Text]] = {
    ASSESSED: ("Bedöms", "Being assessed"),
    INVESTIGATED: ("Utreds", "Being investigated"),
    DECIDING: ("Inför beslut", "Before the decision"),
    PLANNED: ("Planeras", "Being planned"),
    SUPPORTED: ("Insatser pågår", "Measures are going on"),
    PROGRAMME: ("Åtgärdsprogram gäller", "An action programme is in force"),
    CLOSED: ("Avslutat", "Closed"),
}
# Which states each kind has, in order; a case begins in the first.
STATES_OF: Final[dict[str, tuple[str, ...]]] = {
    ABSENCE: (ASSESSED, INVESTIGATED, PLANNED, SUPPORTED, CLOSED),
    INVESTIGATION: (ASSESSED, INVESTIGATED, DECIDING, PROGRAMME, CLOSED),
    SUPPORT: (PLANNED, SUPPORTED, CLOSED),
}

PRINCIPAL: Final = ("principal",)
LEADERS: Final = ("principal", "pupil_health")
ANYONE: Final = ("mentor", "principal", "pupil_health")

# What a move may need: something that stands in the case when it is made.
FINDINGS, GOAL, MEASURE, ASSESSMENT = "findings", "goal", "measure", "assessment"
GRANTED, NOT_NEEDED, ENDED = "granted", "not_needed", "ended"
NEEDS: Final[dict[str, Text]] = {
    ASSESSMENT: ("en bedömning i text", "an assessment in words"),
    FINDINGS: ("slutsatser i text", "conclusions in words"),
    GOAL: ("minst ett mål", "at least one goal"),
    MEASURE: ("minst en insats", "at least one measure"),
    GRANTED: ("beslut om åtgärdsprogram", "a decision on an action programme"),
    NOT_NEEDED: ("beslut att åtgärdsprogram inte behövs", "a decision that no action programme is needed"),
    ENDED: ("beslut att åtgärdsprogrammet avslutas", "a decision to end the action programme"),
}


@dataclass(frozen=True, slots=True)
class Move:
    """One way from a state to the next.

    label   what the button says
    roles   who may make it
    needs   what must stand in the case first: keys of NEEDS
    """

    before: str
    after: str
    label: Text
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()


MOVES: Final[dict[str, tuple[Move, ...]]] = {
    ABSENCE: (
        Move(ASSESSED, INVESTIGATED, ("Inled utredningen", "Begin the investigation"), LEADERS),
        Move(ASSESSED, CLOSED, ("Utredning behövs inte", "No investigation is needed"), PRINCIPAL, (ASSESSMENT,)),
        Move(INVESTIGATED, PLANNED, ("Utredningen är klar", "The investigation is done"), LEADERS, (FINDINGS,)),
        Move(PLANNED, SUPPORTED, ("Börja med insatserna", "Begin the measures"), ANYONE, (GOAL, MEASURE)),
        Move(SUPPORTED, PLANNED, ("Planera om", "Plan anew"), ANYONE),
        Move(INVESTIGATED, CLOSED, ("Avsluta", "Close"), LEADERS, (FINDINGS,)),
        Move(PLANNED, CLOSED, ("Avsluta", "Close"), LEADERS),
        Move(SUPPORTED, CLOSED, ("Avsluta", "Close"), LEADERS),
    ),
    INVESTIGATION: (
        Move(ASSESSED, INVESTIGATED, ("Inled utredningen", "Begin the investigation"), LEADERS),
        Move(ASSESSED, CLOSED, ("Utredning behövs inte", "No investigation is needed"), PRINCIPAL, (ASSESSMENT,)),
        Move(INVESTIGATED, DECIDING, ("Utredningen är klar", "The investigation is done"), LEADERS, (FINDINGS,)),
        Move(DECIDING, INVESTIGATED, ("Utred mer", "Investigate more"), LEADERS),
        Move(DECIDING, PROGRAMME, ("Åtgärdsprogrammet börjar gälla", "The action programme comes into force"), LEADERS,
             (GOAL, MEASURE, GRANTED)),
        Move(DECIDING, CLOSED, ("Avsluta", "Close"), LEADERS, (NOT_NEEDED,)),
        Move(PROGRAMME, DECIDING, ("Ompröva", "Reconsider"), ANYONE),
        Move(PROGRAMME, CLOSED, ("Avsluta", "Close"), LEADERS, (ENDED,)),
    ),
    SUPPORT: (
        Move(PLANNED, SUPPORTED, ("Börja med insatserna", "Begin the measures"), ANYONE, (GOAL, MEASURE)),
        Move(SUPPORTED, PLANNED, ("Planera om", "Plan anew"), ANYONE),
        Move(PLANNED, CLOSED, ("Avsluta", "Close"), ANYONE),
        Move(SUPPORTED, CLOSED, ("Avsluta", "Close"), ANYONE),
    ),
}  # fmt: skip

# How a case ended. `unneeded` is for a case that was closed without an investigation.
UNNEEDED: Final = "unneeded"
OUTCOMES: Final[dict[str, Text]] = {
    "goals_reached": ("Målen är nådda", "The goals are reached"),
    "partly": ("Målen är delvis nådda", "The goals are partly reached"),
    "not_reached": ("Målen är inte nådda, stödet fortsätter på annat sätt",
                    "The goals are not reached; support goes on in another way"),
    UNNEEDED: ("Ingen utredning behövdes", "No investigation was needed"),
    "changed_school": ("Eleven har bytt skola", "The pupil has changed school"),
    "left": ("Eleven har slutat, hemkommunen tar vid", "The pupil has left; the home municipality takes over"),
}  # fmt: skip

# What a principal decides, with its verdicts. Each can be appealed against (skollagen 28 kap. 16 §).
SPECIAL_SUPPORT: Final = "special_support"
DECISIONS: Final[dict[str, dict[str, Text]]] = {
    SPECIAL_SUPPORT: {
        GRANTED: ("Åtgärdsprogram ska gälla", "An action programme is to be in force"),
        NOT_NEEDED: ("Åtgärdsprogram behövs inte", "No action programme is needed"),
        ENDED: ("Åtgärdsprogrammet avslutas", "The action programme ends"),
    }
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands in a case.

    texts      the sections that have a text
    verdicts   a kind of decision -> the verdict that stands
    """

    texts: frozenset[str] = frozenset()
    goals: int = 0
    measures: int = 0
    verdicts: Mapping[str, str] = field(default_factory=dict)


def first_state(kind: str) -> str:
    """The state that a case of this kind begins in."""
    return STATES_OF[kind][0]


def moves_from(kind: str, state: str) -> tuple[Move, ...]:
    """The moves that there are: forward ones first, then the one that closes, and back last."""
    places = STATES_OF[kind]

    def order(move: Move) -> tuple[bool, int]:
        return places.index(move.after) < places.index(move.before), places.index(move.after)

    return tuple(sorted((move for move in MOVES[kind] if move.before == state), key=order))


def move_to(kind: str, state: str, after: str) -> Move | None:
    """The move between two states; none when there is no such."""
    return next((move for move in moves_from(kind, state) if move.after == after), None)


def missing(move: Move, standing: Standing) -> tuple[str, ...]:
    """What the move needs that isn't there yet, in the table's order."""
    verdict = standing.verdicts.get(SPECIAL_SUPPORT)
    there = {
        ASSESSMENT: ASSESSMENT in standing.texts,
        FINDINGS: FINDINGS in standing.texts,
        GOAL: standing.goals > 0,
        MEASURE: standing.measures > 0,
        GRANTED: verdict == GRANTED,
        NOT_NEEDED: verdict == NOT_NEEDED,
        ENDED: verdict == ENDED,
    }
    return tuple(need for need in move.needs if not there[need])


def outcomes_of(kind: str, state: str) -> tuple[str, ...]:
    """The outcomes that a case in this state can be closed with."""
    if kind != SUPPORT and state == ASSESSED:
        return (UNNEEDED, "changed_school", "left")
    return tuple(key for key in OUTCOMES if key != UNNEEDED)
