"""What is logged of a sub-project beside its goals: risks, decisions on deviations, and documents."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.records.scanning import scan
from pluginnovation.records.sent_files import take_file
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .doing import still_going
from .models import Deviation, Document, Risk, SubProject

LONGEST: Final = 600
LONGEST_NAME: Final = 120
LONGEST_DOCUMENT: Final = 20_000
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_DOCUMENTS: Final = 60
ENDINGS: Final = (".pdf", ".docx", ".xlsx", ".odt", ".txt")


@dataclass(frozen=True, slots=True)
class NewRisk:
    """A risk about to be logged. `likely` and `serious` go from 1 to 3."""

    what: str
    likely: int
    serious: int
    done_about: str = ""
    owner_role: str = ""


def log_risk(*, sub_project: SubProject, new: NewRisk, by: User, at: datetime) -> Risk:
    """Log a risk.

    Raises  Refusal when a number isn't 1 to 3, a role isn't one, or a text is empty or too long
    """
    still_going(sub_project)
    if not all(one in (1, 2, 3) for one in (new.likely, new.serious)):
        raise refused.number_wrong(1, 3)
    if new.owner_role and new.owner_role not in ROLES:
        raise refused.not_offered(("Rollen", "The role"))
    what = refused.text_of(new.what, longest=LONGEST)
    about = refused.text_of(new.done_about, longest=LONGEST, least=0)
    with recorded("log_risk", by=by, at=at, about=str(sub_project.pk), likely=new.likely, serious=new.serious):
        return Risk.objects.create(
            sub_project=sub_project, what=what, likely=new.likely, serious=new.serious, done_about=about,
            owner_role=new.owner_role, by=by, at=at,
        )  # fmt: skip


def close_risk(*, risk: Risk, why: str, by: User, at: datetime) -> None:
    """Say that a risk is over, and why. Raises Refusal when it is closed already."""
    text = refused.text_of(why, longest=LONGEST)
    with recorded("close_risk", by=by, at=at, about=str(risk.sub_project_id), risk=risk.pk):
        standing = Risk.objects.filter(pk=risk.pk, closed_at=None)
        if not standing.update(closed_at=at, closed_by=by, why_closed=text):
            raise refused.already_done()


def decide_deviation(
    *, sub_project: SubProject, what: str, decision: str, role: str, by: User, at: datetime
) -> Deviation:  # fmt: skip
    """Write down what went otherwise than planned, and what was decided. It stands: a later one is added."""
    still_going(sub_project)
    happened, decided = refused.text_of(what, longest=LONGEST), refused.text_of(decision, longest=LONGEST)
    with recorded("decide_deviation", by=by, at=at, about=str(sub_project.pk)):
        return Deviation.objects.create(
            sub_project=sub_project, what=happened, decision=decided, role=role, by=by, at=at
        )


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document about to be added: a text, or a file. `content` None: only the text."""

    name: str
    text: str = ""
    file_name: str = ""
    content: bytes | None = None


def add_document(*, sub_project: SubProject, new: NewDocument, by: User, at: datetime) -> Document:
    """Add a document.

    Raises  Refusal for a file that is too large, empty, harmful or of another kind than it says, or when nothing is
            given
    """
    still_going(sub_project)
    name = refused.text_of(new.name, longest=LONGEST_NAME)
    text = refused.text_of(new.text, longest=LONGEST_DOCUMENT, least=0 if new.content is not None else 1)
    if Document.objects.filter(sub_project=sub_project).count() >= MOST_DOCUMENTS:
        raise refused.full(MOST_DOCUMENTS, removes=False)
    file = None
    if new.content is not None:
        file = take_file(new.file_name, new.content, endings=ENDINGS, most=MOST_BYTES)
        scan(new.content, at=settings.CLAMD)
    checksum = hashlib.sha256(file.content).hexdigest() if file else ""
    with recorded("add_document", by=by, at=at, about=str(sub_project.pk), checksum=checksum):
        return Document.objects.create(
            sub_project=sub_project, name=name, text=text, file_name=file.name if file else "",
            kind=file.kind if file else "", content=file.content if file else None, checksum=checksum, by=by, at=at,
        )  # fmt: skip
