"""Notes, each in its class of secrecy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.privacy.secrecy import writes
from pluginnovation.privacy.youths import YOUTH_COORDINATOR
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Enrolment, User

from . import refused
from .models import Note, NoteText

LONGEST_NOTE: Final = 8_000


@dataclass(frozen=True, slots=True)
class Noting:
    """A note about to be written.

    secrecy   one of `privacy.secrecy.CLASSES`
    role      the role of the one who writes
    """

    pupil: str
    secrecy: str
    text: str
    role: str
    case: int | None = None


def notes_here(pupil: str, role: str, user: int) -> list[Note]:
    """The notes that one is told of, newest first: one's own, and those written while the pupil went to a school that
    she goes to today. What another school wrote stays there; what a youth coordinator wrote is told to the next. Two
    queries.
    """
    rows = Note.objects.filter(pupil=pupil).select_related("by", "case").order_by("-at", "-id")
    stays = list(Enrolment.objects.filter(pupil=pupil).values_list("organisation", "start_date", "end_date"))
    day = today()
    here = {school for school, first, last in stays if _covers(first, last, day)}
    spans = [(first, last) for school, first, last in stays if school in here]

    def told(row: Note) -> bool:
        if row.by_id == user:
            return True
        if role == row.role == YOUTH_COORDINATOR:
            return True
        if row.case is not None:
            return row.case.school in here
        return any(_covers(first, last, localdate(row.at)) for first, last in spans)

    return [row for row in rows if told(row)]


def notes_held(pupil: str, schools: Collection[str]) -> list[Note]:
    """The notes of some schools, oldest first: of their cases, or of a day on which the pupil went there; and those of
    no school at all. Two queries.
    """
    stays = list(Enrolment.objects.filter(pupil=pupil).values_list("organisation", "start_date", "end_date"))

    def held(row: Note) -> bool:
        if row.case is not None:
            return row.case.school in schools
        day = localdate(row.at)
        then = [school for school, first, last in stays if _covers(first, last, day)]
        return not then or any(school in schools for school in then)

    return [row for row in Note.objects.filter(pupil=pupil).select_related("case").order_by("at", "id") if held(row)]


def _covers(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or last >= day)


def write_note(*, noting: Noting, by: User, at: datetime) -> Note:
    """Write a note. It is never changed; whoever sees it otherwise writes another.

    Raises  Refusal when the class isn't the role's, or nothing is written
    """
    if not writes(noting.role, noting.secrecy):
        raise refused.not_offered(("Sekretessklassen", "The class of secrecy"))
    text = refused.text_of(noting.text, longest=LONGEST_NOTE)
    with recorded("write_note", by=by, at=at, about=noting.pupil, secrecy=noting.secrecy):
        note = Note.objects.create(
            pupil=noting.pupil, case_id=noting.case, secrecy=noting.secrecy, role=noting.role, by=by, at=at
        )
        NoteText.objects.create(note=note, pupil=note.pupil, secrecy=note.secrecy, sealed=text, by=by)
    return note
