"""The way of an application and of a sub-project as drawings and rows, made from the tables of `lifecycle.py`."""

from typing import Final

from pluginnovation.support.diagrams import drawing

from .lifecycle import KINDS, MOVES, NEEDS, STATES

ROLE_WORDS: Final = {
    "principal": ("rektor", "principal"),
    "pupil_health": ("elevhälsa", "pupil health"),
    "youth_coordinator": ("ungdomssamordnare", "youth coordinator"),
    "sub_project_leader": ("delprojektledare", "sub-project leader"),
    "process_leader": ("processledare", "process leader"),
    "regional_lead": ("regional ledning", "regional lead"),
}


def diagram(kind: str, language: int) -> str:
    """The drawing: 0 Swedish, 1 English."""
    states = {state: words[language] for state, words in STATES[kind].items()}
    return drawing(KINDS[kind][language], states, [(move.before, move.after) for move in MOVES[kind]])


def as_rows(kind: str, language: int) -> list[tuple[str, str, str, str, str]]:
    """Every move in words: from, to, what the button says, who, and what is needed first."""
    states = STATES[kind]
    return [
        (
            states[move.before][language], states[move.after][language], move.label[language],
            ", ".join(ROLE_WORDS[role][language] for role in move.roles),
            ", ".join(NEEDS[need][language] for need in move.needs),
        )
        for move in MOVES[kind]
    ]  # fmt: skip
