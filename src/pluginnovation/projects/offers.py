"""What the region offers a school, also outside the programmes, and how a request for it goes."""

from typing import Final

Text = tuple[str, str]

EXPERTISE, TRAINING, PROCESS = "expertise", "training", "process"
KINDS: Final[dict[str, Text]] = {
    EXPERTISE: ("Sakkunskap", "Expertise"),
    TRAINING: ("Utbildningsinsats", "Training"),
    PROCESS: ("Processtöd", "Process support"),
}

ASKED, OFFERED, GOING, CLOSED, DECLINED = "asked", "offered", "going", "closed", "declined"
REQUEST: Final[dict[str, Text]] = {
    ASKED: ("Väntar på erbjudande", "Waits for an offer"),
    OFFERED: ("Erbjudande finns", "An offer is made"),
    GOING: ("Stödet pågår", "The support goes on"),
    CLOSED: ("Avslutad", "Closed"),
    DECLINED: ("Erbjudandet avböjdes", "The offer was declined"),
}
REGIONAL: Final = ("regional_lead", "process_leader")
SCHOOL: Final = ("principal", "pupil_health", "youth_coordinator")
# A request's states, what each move is called, and who makes it.
MOVES: Final[dict[tuple[str, str], tuple[Text, tuple[str, ...]]]] = {
    (ASKED, OFFERED): (("Ge ett erbjudande", "Make an offer"), REGIONAL),
    (OFFERED, GOING): (("Ta emot erbjudandet", "Accept the offer"), SCHOOL),
    (OFFERED, DECLINED): (("Avböj", "Decline"), SCHOOL),
    (GOING, CLOSED): (("Avsluta med resultat", "Close with its outcome"), REGIONAL),
}


def may_move(before: str, after: str, role: str) -> bool:
    """Whether the role makes that move."""
    move = MOVES.get((before, after))
    return move is not None and role in move[1]
