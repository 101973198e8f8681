"""When a pupil with an open case changes school: what may be handed over, on which ground, and how it goes on there.

The school that the pupil leaves hands over what the next one needs, and answers for the case until somebody there has
taken it. Nothing is ticked from the beginning, and notes and files never follow. The case goes on from the day it was
opened.

Source  skollagen (2010:800) 3 kap. 12 j §, 7 kap. 19 a and 22 §§; offentlighets- och sekretesslagen (2009:400) 23 kap.
"""

from collections.abc import Collection
from typing import Final

from pluginnovation.records.refusals import Refusal

from .case_states import ASSESSED, DECIDING, INVESTIGATED, LEADERS, PLANNED, PROGRAMME, SUPPORTED, Text

# On which ground it is handed over. Whoever hands over has tried it; which one holds is never computed.
CONSENT, ASSESSMENT, SAME = "consent", "assessed", "same_authority"
GROUNDS: Final[dict[str, Text]] = {
    CONSENT: ("Vårdnadshavare och elev har samtyckt", "Guardians and pupil have consented"),
    ASSESSMENT: ("Prövat: det kan lämnas utan men för eleven eller närstående",
                 "Tried: it can be handed over without harm to the pupil or those close"),
    SAME: ("Skolorna hör till samma myndighet, och den andra behöver det för sitt arbete",
           "The schools belong to the same authority, and the other needs it for its work"),
}  # fmt: skip
# What can follow. That there is a case, of which kind, since when, and the law's steps with their days follow always.
OBSTACLES, GOALS, MEASURES, DECISIONS = "obstacles", "goals", "measures", "decisions"
PARTS: Final[dict[str, Text]] = {
    OBSTACLES: ("Hinder", "Obstacles"),
    GOALS: ("Mål", "Goals"),
    MEASURES: ("Insatser, och hur mycket som gavs", "Measures, and how much was given"),
    DECISIONS: ("Beslut", "Decisions"),
}
# A section's text is a part of its own: `text:` and the section's key.
TEXT: Final = "text:"

# In which state the case goes on: measures and programmes are a school's own, so the next plans or decides anew.
GOES_ON_AS: Final = {
    ASSESSED: ASSESSED,
    INVESTIGATED: INVESTIGATED,
    DECIDING: DECIDING,
    PROGRAMME: DECIDING,
    PLANNED: PLANNED,
    SUPPORTED: PLANNED,
}
# Steps that another school authority has to take itself, also where the one before has.
ANEW: Final = frozenset({"report_organiser", "tell_home"})
LONGEST_WHY: Final = 500


def refused(*, role: str, ground: str, why: str, parts: Collection[str], offered: Collection[str]) -> Refusal | None:
    """Why a case can't be handed over as it is said; none when it can.

    Takes   role      of the one who hands over
            why       who has consented, or what was tried
            parts     what is to follow, and `offered`, what there is
    """
    if role not in LEADERS:
        return _refusal(
            "not_yours",
            ("Rektor eller elevhälsan lämnar över ett ärende.", "The principal or pupil health hands a case over."),
            ("Be någon av dem.", "Ask one of them."),
        )
    if ground not in GROUNDS:
        return _refusal(
            "ground_missing",
            ("Det står inte med vilket stöd uppgifterna lämnas.", "It doesn't say on which ground it is handed over."),
            ("Välj ett av dem.", "Choose one of them."),
        )
    if not why.strip() or len(why) > LONGEST_WHY:
        return _refusal(
            "why_missing",
            (
                "Det står inte vem som samtyckt eller vad som prövats.",
                "It doesn't say who consented or what was tried.",
            ),
            (f"Skriv det, med högst {LONGEST_WHY} tecken.", f"Write it, in at most {LONGEST_WHY} characters."),
        )
    if not set(parts) <= set(offered):
        return _refusal(
            "part_unknown",
            ("Något av det valda finns inte i ärendet.", "Something chosen isn't in the case."),
            ("Läs om sidan och välj igen.", "Load the page again and choose once more."),
        )
    return None


def carried(step: str, *, same_authority: bool) -> bool:
    """Whether a step that is done stays done at the next school."""
    return same_authority or step not in ANEW


def _refusal(code: str, what: Text, todo: Text) -> Refusal:
    return Refusal(code, what=what, todo=todo)
