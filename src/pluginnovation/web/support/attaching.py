"""Documents of a case, each in its class of secrecy: taken for what they are, sealed, and removed for a reason."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from pluginnovation.privacy.secrecy import reads, writes
from pluginnovation.records.scanning import scan
from pluginnovation.records.sent_files import take_file
from pluginnovation.support.case_files import (
    ENDINGS,
    KINDS,
    LONGEST_TITLE,
    MOST_BYTES,
    MOST_FILES,
    REMOVED,
    removes,
)
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .cases import held_case
from .models import Case, CaseFile, CaseFileContent


@dataclass(frozen=True, slots=True)
class Attaching:
    """A document about to be attached.

    title     what it is called on the page
    kind      one of `support.case_files.KINDS`
    secrecy   one of `privacy.secrecy.CLASSES`
    name      the file's own name, and `content`, its bytes
    role      the role of the one who attaches it
    """

    title: str
    kind: str
    secrecy: str
    name: str
    content: bytes
    role: str


def attach_file(*, case: Case, attaching: Attaching, by: User, at: datetime) -> CaseFile:
    """Attach a document: whole, sealed and with its audit row, or not at all.

    Raises  Refusal when the case is closed or full, the class isn't the role's, or the file isn't what it says
            or is known as harmful
    """
    if attaching.kind not in KINDS:
        raise refused.not_offered(("Slaget", "The kind"))
    if not writes(attaching.role, attaching.secrecy):
        raise refused.not_offered(("Sekretessklassen", "The class of secrecy"))
    title = refused.text_of(attaching.title.replace("\n", " "), longest=LONGEST_TITLE)
    taken = take_file(attaching.name, attaching.content, endings=ENDINGS, most=MOST_BYTES)
    scan(attaching.content, at=settings.CLAMD)
    size = len(taken.content)
    with recorded("attach_file", by=by, at=at, about=case.pupil, case=case.pk, kind=attaching.kind,
                  secrecy=attaching.secrecy, size=size):  # fmt: skip
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        if CaseFile.objects.filter(case=held, removed_at=None).count() >= MOST_FILES:
            raise refused.full(MOST_FILES, removes=True)
        file = CaseFile.objects.create(
            case=held, pupil=held.pupil, school=held.school, kind=attaching.kind, secrecy=attaching.secrecy, size=size,
            role=attaching.role, by=by, at=at,
        )  # fmt: skip
        CaseFileContent.objects.create(
            file=file, pupil=file.pupil, school=file.school, secrecy=file.secrecy, sealed_title=title,
            sealed_name=taken.name, media_type=taken.kind, sealed=taken.content, by=by,
        )  # fmt: skip
    return file


def remove_file(*, file: CaseFile, why: str, role: str, by: User, at: datetime) -> None:
    """Remove a document: its title and content go at once, and that it was there, who removed it and why stay.

    Raises  Refusal when it is removed already, no reason is chosen, or it isn't the role's to remove
    """
    if why not in REMOVED:
        raise refused.not_offered(("Skälet", "The reason"))
    own = file.by_id == by.pk
    if not removes(role, reads=reads(role, file.secrecy), own=own):
        raise refused.not_yours()
    with recorded("remove_file", by=by, at=at, about=file.pupil, case=file.case_id, file=file.pk, why=why):
        standing = CaseFile.objects.filter(pk=file.pk, removed_at=None)
        if not standing.update(removed_at=at, removed_by=by, removed_why=why):
            raise refused.already_done()
        CaseFileContent.objects.filter(pk=file.pk).delete()
