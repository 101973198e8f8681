"""Notes, each in its class of secrecy."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from pluginnovation.privacy.secrecy import writes
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

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
