"""Mira changes school with an open case: from Björkskolan to Almskolan, and what stood about her before."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from pluginnovation.web.people.models import Enrolment, Membership, User
from pluginnovation.web.support.actions import Attaching, Noting, attach_file, write_note
from pluginnovation.web.support.models import Case, Measure, Meeting, MeetingDecision, MeetingPoint
from tests.pals import TODAY, Pals
from tests.web.signals.conftest import AT

Visiting = Callable[..., Any]
WHY = "Mamma sa ja i telefon, Mira var med."
OWN_WORDS = (
    "Börja dagen lugnt", "Ring hem", "Hinna ikapp", "Mötets ord", "Punkten om", "Bilaga", "Anteckningens ord",
    "Jag vill börja senare", "Bussen",
)  # fmt: skip


def body(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def as_principal(pals: Pals) -> str:
    return f"principal.{pals.place('alm')}"


def move(pals: Pals) -> None:
    """Mira goes to Almskolan from today."""
    yesterday = TODAY - timedelta(days=1)
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=yesterday)
    Membership.objects.filter(pupil=pals.mira).update(end_date=yesterday)
    Enrolment.objects.create(
        pupil_id=pals.mira, organisation_id=pals.place("alm"), school_type="GR", school_year=9, start_date=TODAY
    )


def give(visit_as: Visiting, user: User, case: Case, pals: Pals, **changes: Any) -> Any:
    form = {"receiver": pals.place("alm"), "outside": "", "ground": "consent", "why": WHY, "parts": "text:pupil_view"}
    return visit_as(user, f"/arende/{case.pk}/overlamna/", **(form | changes))


def with_words(case: Case, pals: Pals) -> dict[str, int]:
    """A meeting's decision, a file and two notes at Björkskolan, and a measure outside the case: their numbers."""
    at_school = {"school": case.school, "by": pals.hanna, "at": AT - timedelta(days=5)}
    meeting = Meeting.objects.create(on=TODAY - timedelta(days=5), **at_school)
    point = MeetingPoint.objects.create(
        meeting=meeting, number=1, part="new", pupil=pals.mira, why="Punkten om Mira", since=TODAY, **at_school
    )
    MeetingDecision.objects.create(
        point=point, number=1, pupil=pals.mira, what="measure", text="Mötets ord om Mira", role="pupil_health",
        **at_school,
    )  # fmt: skip
    said = Attaching("Bilaga om Mira", "report", "personal", "bilaga.txt", b"Bilagans ord", "pupil_health")
    file = attach_file(case=case, attaching=said, by=pals.hanna, at=AT)
    for number in (case.pk, None):
        noting = Noting(pals.mira, "personal", "Anteckningens ord", "pupil_health", number)
        write_note(noting=noting, by=pals.hanna, at=AT - timedelta(days=5))
    measure = Measure.objects.create(
        pupil=pals.mira, kind="homework_help", goal="Hinna ikapp i matte", level="individual", intent="preventive",
        reach="targeted", starts=TODAY - timedelta(days=9), state="running", **at_school,
    )  # fmt: skip
    return {"meeting": meeting.pk, "file": file.pk, "measure": measure.pk}
