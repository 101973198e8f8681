"""What answers to signals are in the arithmetic of time to action."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Final

from django.utils.timezone import localtime

from pluginnovation.support.time_to_action import ADAPTED, GUARDIAN, PUPIL_HEALTH, SEEN, TALKED, WRONG, Act
from pluginnovation.web.signals.figures import LESSONS, RESTS_ON
from pluginnovation.web.signals.models import Answer
from pluginnovation.web.signals.models.answer import WRONG as WRONG_ANSWERS

# What an answer on a page is in the arithmetic. That it is known, or seen, doesn't end a wait.
SAID: Final[Mapping[str, str]] = {
    Answer.What.ASKED: TALKED,
    Answer.What.CONTACTED: TALKED,
    Answer.What.ADAPTED: ADAPTED,
    Answer.What.GUARDIAN: GUARDIAN,
    Answer.What.RAISED: PUPIL_HEALTH,
    Answer.What.KNOWN: SEEN,
    Answer.What.LATER: SEEN,
    **dict.fromkeys(WRONG_ANSWERS, WRONG),
}


def rests_on(signal: str) -> str:
    """Which records a signal rests on."""
    return RESTS_ON.get(signal, LESSONS)


def answers_standing(rows: Iterable[tuple[str, str, str, datetime]]) -> Iterator[Act]:
    """The answers that stand; who takes one back takes back the latest to that signal.

    Takes   rows   pupil, signal, what and when, in the order of pupil, signal and time
    """
    for (pupil, signal), said in groupby(rows, key=lambda row: row[:2]):
        standing: list[Act] = []
        for *_about, what, at in said:
            if what == Answer.What.UNDONE:
                del standing[-1:]
            elif what in SAID:
                standing.append(Act(pupil, rests_on(signal), localtime(at).date(), SAID[what]))
        yield from standing
