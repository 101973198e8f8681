"""Adults answer signals: one act, of one or several signals of a pupil."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate

from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .answered_at import school_of_answer
from .figures import Figure
from .models import Answer
from .snapshots.retold import retell


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer about to be given.

    role, school   the role that the one who answers has chosen, and where; no school: it is found out
    figures        the signals as they stand on the page, one or more
    what           one of `Answer.What`
    """

    pupil: str
    role: str
    figures: tuple[Figure, ...]
    as_of: date
    what: str
    school: str = ""


def answer_signals(*, answering: Answering, by: User, at: datetime, drawn_anew: bool = False) -> list[Answer]:
    """Say that signals have been seen, and what was done; or take that back. Pictures that count the pupil follow.

    Takes   drawn_anew   signals are run right after this, which draws every picture: none is changed here
    """
    pupil, what = answering.pupil, answering.what
    school = answering.school or school_of_answer(pupil, answering.role, localdate(at))
    names = ", ".join(figure.signal for figure in answering.figures)
    with recorded("answer_signal", by=by, at=at, about=pupil, signal=names, what=what):
        answers = Answer.objects.bulk_create(
            Answer(
                pupil=pupil, school=school, signal=figure.signal, since=figure.since or answering.as_of,
                level=figure.level or 0, as_of=answering.as_of, what=what, by=by, role=answering.role, at=at,
            )
            for figure in answering.figures
        )  # fmt: skip
        if not drawn_anew:
            retell(pupil)
    return answers
