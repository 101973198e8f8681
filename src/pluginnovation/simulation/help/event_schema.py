"""What stands in help/events.jsonl: every type of event, its fields, and what each may be."""

from dataclasses import dataclass
from typing import Final

from pluginnovation.simulation.scenario_switches import ASSIGNMENTS

from .answering import ACTIONS, ANSWERS
from .catalogue import (
    GROUP,
    INDIVIDUAL,
    INTENSIVE,
    KEYS,
    ORGANISATION,
    PREVENTIVE,
    PROMOTIVE,
    REMEDIAL,
    TARGETED,
    UNIVERSAL,
)
from .log import REASONS

TEXT, WHOLE, DAY, MOMENT, WORD, TEXTS, YES_OR_NO = "text", "whole", "day", "moment", "word", "texts", "yes or no"
WHOLES = "wholes"

# The names that signals have in the product.
SIGNALS: Final = ("absence_28d", "passes_needed", "points_behind", "left_without_enrolment")


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind (one of those above), what it says, and the words it may be."""

    kind: str
    about: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Type:
    """One type of event: what happened, the fields that are always there besides COMMON, and those that may be."""

    about: str
    fields: tuple[str, ...]
    perhaps: tuple[str, ...] = ()


FIELDS: Final = {
    "id": Field(TEXT, "the event's own id, the same each time the region is made"),
    "type": Field(TEXT, "what happened"),
    "at": Field(MOMENT, "when, in UTC, such as `2026-03-04T08:20:00Z`"),
    "by": Field(TEXT, "who did it: a staff person id"),
    "pupil": Field(TEXT, "whom it is about: a source person id"),
    "signal": Field(WORD, "the signal that was answered", SIGNALS),
    "signal_on": Field(DAY, "the day from which the signal could be seen"),
    "answer": Field(WORD, "what was answered, in the words of the answers that a page offers", ANSWERS),
    "action": Field(WORD, "what was done at once; not there when nothing was", ACTIONS),
    "measure": Field(TEXT, "the measure's id; what is begun is ended under the same"),
    "method": Field(WORD, "which kind of measure", KEYS),
    "intent": Field(WORD, "what it is for", (PROMOTIVE, PREVENTIVE, REMEDIAL)),
    "reach": Field(WORD, "whom it reaches", (UNIVERSAL, TARGETED, INTENSIVE)),
    "level": Field(WORD, "where the work is done", (INDIVIDUAL, GROUP, ORGANISATION)),
    "planned_dose": Field(WHOLE, "times planned: of the term, for `dose_delivered`, otherwise of the first term"),
    "dose": Field(WHOLE, "times delivered in the term"),
    "delivered_dose": Field(WHOLE, "times delivered in all"),
    "reason": Field(WORD, "why it ended", REASONS),
    "sub_project": Field(TEXT, "the sub-project's key in the scenario"),
    "assignment": Field(WORD, "how it is decided who takes part", ASSIGNMENTS),
    "terms": Field(WHOLE, "how many terms each measure is to last"),
    "site": Field(TEXT, "the school it is done at"),
    "sites": Field(TEXTS, "the schools that take part, those that are compared with too"),
    "candidates": Field(TEXTS, "pupils who could be offered it"),
    "chosen": Field(TEXTS, "those of them who were"),
    "scores": Field(WHOLES, "each candidate's score as written down, in thousandths; 999999: not known"),
    "seed": Field(WHOLE, "the seed of the draw"),
    "again": Field(YES_OR_NO, "the same report had been sent before"),
}

COMMON: Final = ("id", "type", "at", "by")
_MEASURE: Final = ("measure", "pupil", "method", "intent", "reach", "level", "planned_dose")

TYPES: Final = {
    "answer": Type("Somebody answered a signal.", ("pupil", "signal", "signal_on", "answer"), ("action",)),
    "measure_started": Type("A measure began.", _MEASURE, ("signal", "sub_project")),
    "dose_delivered": Type("What a measure gave in a term.", ("measure", "pupil", "dose", "planned_dose")),
    "measure_ended": Type("A measure ended.", ("measure", "pupil", "reason", "delivered_dose")),
    "sub_project_started": Type(
        "A sub-project began.", ("sub_project", "method", "intent", "reach", "level", "assignment", "terms", "sites")
    ),
    "assignment_drawn": Type(
        "Lots were drawn, of pupils at a school or of schools.",
        ("sub_project", "assignment", "site", "seed", "candidates", "chosen"),
    ),
    "participants_chosen": Type(
        "It was decided without lots who takes part.",
        ("sub_project", "assignment", "site", "candidates", "chosen"),
        ("scores",),
    ),
    "sub_project_reported": Type("A site sent its report.", ("sub_project", "site", "again")),
    "sub_project_ended": Type("A sub-project ended.", ("sub_project",)),
}
