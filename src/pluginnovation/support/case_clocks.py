"""The law's steps in a case, whose they are, and what the law says of time. No number of days is invented.

"Promptly" has no length in the law: such a step shows how many days have gone, and has a day to be done by only when
somebody has set one. The only length that the law gives is the time to appeal.

Source  skollagen (2010:800) 3 kap. 7 and 9 §§, 6 kap. 10 §, 7 kap. 19 a and 22 §§, 15 kap. 15 and 16 §§, 28 kap. 16 §;
        förvaltningslagen (2017:900) 44 §; socialtjänstlagen (2025:400) 19 kap. 1 §
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from .case_states import (
    ABSENCE,
    ASSESSED,
    CLOSED,
    INVESTIGATED,
    INVESTIGATION,
    PROGRAMME,
    SUPPORTED,
    Move,
    Standing,
    Text,
    missing,
    moves_from,
)

# What the law says of time.
PROMPTLY, AT_ONCE, WHEN_DUE = "promptly", "at_once", "when_due"
TIMES: Final[dict[str, Text]] = {
    PROMPTLY: ("skyndsamt", "promptly"),
    AT_ONCE: ("genast", "at once"),
    WHEN_DUE: ("när det blir aktuellt", "when it comes to that"),
}
COMPULSORY, UPPER = "compulsory", "upper"
EVERY: Final = (COMPULSORY, UPPER)
# From the day that pupil and guardians were told (förvaltningslagen 44 §).
TO_APPEAL: Final = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    key      what rows call it
    kinds    the kinds of case that have it
    schools  which school forms: COMPULSORY, UPPER
    label    Swedish and English, as one is told to do it
    role     whose it is
    time     one of TIMES
    law      where it says so
    perhaps  not in every case: the label says when
    """

    key: str
    kinds: tuple[str, ...]
    schools: tuple[str, ...]
    label: Text
    role: str
    time: str
    law: str
    perhaps: bool = False


STEPS: Final = (
    Step("assess", (ABSENCE,), EVERY,
         ("Bedöm om frånvaron behöver utredas", "Judge whether to investigate the absence"), "principal",
         PROMPTLY, "7:19 a, 15:16"),
    Step("talk_pupil", (ABSENCE,), (COMPULSORY,), ("Utred tillsammans med eleven", "Investigate with the pupil"),
         "mentor", PROMPTLY, "7:19 a"),
    Step("talk_guardians", (ABSENCE,), (COMPULSORY,),
         ("Utred tillsammans med vårdnadshavarna", "Investigate with the guardians"), "mentor", PROMPTLY, "7:19 a"),
    Step("with_pupil_health", (ABSENCE,), (COMPULSORY,),
         ("Utred tillsammans med elevhälsan", "Investigate with pupil health"), "pupil_health", PROMPTLY, "7:19 a"),
    Step("report_organiser", (ABSENCE,), (COMPULSORY,),
         ("Anmäl till huvudmannen att utredningen har inletts", "Report to the organiser that it has begun"),
         "principal", PROMPTLY, "7:19 a"),
    Step("tell_home", (ABSENCE,), (COMPULSORY,),
         ("Om hemkommunen inte är huvudman: låt huvudmannen underrätta den",
          "If the home municipality isn't the organiser: have the organiser tell it"), "principal", PROMPTLY, "7:22",
         perhaps=True),
    Step("tell_home", (ABSENCE,), (UPPER,),
         ("Under 20 och i betydande utsträckning borta utan giltigt skäl: låt huvudmannen underrätta hemkommunen",
          "Under 20, absent without valid reason to a considerable extent: have the organiser tell the municipality"),
         "principal", PROMPTLY, "15:15", perhaps=True),
    Step("consider_support", (ABSENCE,), EVERY,
         ("Se efter om särskilt stöd också ska utredas", "See whether special support is to be investigated too"),
         "principal", PROMPTLY, "7:19 a, 15:16, 3:7"),
    Step("begin", (INVESTIGATION,), EVERY,
         ("Se till att behovet av särskilt stöd utreds", "See that the need of special support is investigated"),
         "principal", PROMPTLY, "3:7"),
    Step("consult_health", (INVESTIGATION,), EVERY,
         ("Samråd med elevhälsan, om det inte är uppenbart obehövligt",
          "Consult pupil health, unless plainly needless"), "principal", PROMPTLY, "3:7", perhaps=True),
    Step("let_take_part", (INVESTIGATION,), EVERY,
         ("Ge elev och vårdnadshavare möjlighet att delta", "Let pupil and guardians take part"), "mentor", WHEN_DUE,
         "3:9"),
    Step("tell_decision", (INVESTIGATION,), EVERY,
         ("Underrätta om beslutet och hur det överklagas", "Tell of the decision and how to appeal"), "principal",
         WHEN_DUE, "3:9, 28:16"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Next:
    """Who must act next, and on what: a step, a need or a move.

    label   Swedish and English
    step    the step's key; empty: a need or a move
    """

    role: str
    label: Text
    step: str = ""


def steps_of(kind: str, school: str) -> tuple[Step, ...]:
    """The law's steps in such a case.

    Takes   school   COMPULSORY or UPPER, the form that the pupil goes to
    """
    return tuple(step for step in STEPS if kind in step.kinds and school in step.schools)


def days_gone(since: date, today: date) -> int:
    """How many days have gone; 0 on the day itself."""
    return max((today - since).days, 0)


def appeal_until(told_on: date) -> date:
    """The last day to appeal against a decision that one was told of on a day."""
    return told_on + TO_APPEAL


def is_overdue(due: date | None, done_on: date | None, today: date) -> bool:
    """Whether a day that somebody set has passed without its being done. Without a day nothing is overdue."""
    return due is not None and done_on is None and due < today


def next_actor(
    kind: str, state: str, standing: Standing, steps: Sequence[Step], done: Mapping[str, date | None]
) -> Next | None:
    """Who must act next; none when the case is closed.

    Takes   done   a step's key -> the day it was done, or none
    """
    if state == CLOSED:
        return None
    for step in steps:
        if not step.perhaps and step.key in done and done[step.key] is None and step.time == PROMPTLY:
            return Next(step.role, step.label, step.key)
    if state in WHILE:
        return Next("mentor", WHILE[state])
    forward = moves_from(kind, state)[0]
    return _toward(forward, missing(forward, standing))


# What is next while support is given: nothing is to be moved.
WHILE: Final[dict[str, Text]] = {
    SUPPORTED: ("Ge insatserna och följ upp dem", "Give the measures and follow them up"),
    PROGRAMME: ("Ge insatserna och följ upp programmet", "Give the measures and follow the programme up"),
}
# Steps that a move does by being made: the states before and after.
DONE_BY: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    (ASSESSED, INVESTIGATED): ("assess", "begin"),
    (ASSESSED, CLOSED): ("assess", "begin"),
}

_OF_NEED: Final[dict[str, tuple[str, Text]]] = {
    "assessment": ("principal", ("Skriv bedömningen", "Write the assessment")),
    "findings": ("pupil_health", ("Skriv slutsatserna", "Write the conclusions")),
    "goal": ("mentor", ("Sätt ett mål", "Set a goal")),
    "measure": ("mentor", ("Välj en insats", "Choose a measure")),
    "granted": ("principal", ("Besluta om åtgärdsprogram", "Decide on an action programme")),
    "not_needed": ("principal", ("Besluta om åtgärdsprogram", "Decide on an action programme")),
    "ended": ("principal", ("Besluta att åtgärdsprogrammet avslutas", "Decide to end the action programme")),
}


def _toward(move: Move, needs: Sequence[str]) -> Next:
    if needs:
        role, label = _OF_NEED[needs[0]]
        return Next(role, label)
    return Next(move.roles[0], move.label)
