"""A principal's decision on paper, written down by whoever runs the server; and what stands, never about whom."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from pluginnovation.privacy.admission import REVOKED
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Admission, Organisation
from pluginnovation.web.people.staff import staff_called

from .admissions import Wanted, admit, as_decided, put_to_end
from .refused import not_to_admit, not_to_end


@dataclass(frozen=True, slots=True)
class OnPaper:
    """A decision as it stands on paper.

    school      the school's id in the register
    principal   who decided, and `named` who may see the pupil: a login, the person's code or an EPPN
    """

    principal: str
    school: str
    source_id: str
    weighed: str
    until: date
    named: Sequence[str]


def write_down(paper: OnPaper, *, at: datetime) -> int:
    """Record a principal's decision; its number. The audit says that it was the operator who wrote.

    Raises  Refusal as `admit` does, and when the principal or somebody named is nobody
    """
    principal = staff_called(paper.principal)
    named = [staff_called(one) for one in paper.named]
    duties = duties_of(principal, today()) if principal else ()
    for duty in (duty for duty in duties if duty.role == "principal"):
        schools = Organisation.objects.filter(source=duty.source, source_id=paper.school, code__in=duty.units)
        school = schools.values_list("code", flat=True).first()
        users = [user.pk for user in named if user]
        if school and len(users) == len(named):
            wanted = Wanted(school, paper.source_id, paper.weighed, paper.until, users)
            return admit(duty=duty, wanted=wanted, by=None, at=at).pk
    raise not_to_admit()


def take_back(number: int, *, at: datetime) -> None:
    """End a decision. Raises Refusal when there is none that stands."""
    row = Admission.objects.filter(pk=number, ended_at=None).first()
    if row is None:
        raise not_to_end()
    put_to_end(row, REVOKED, by=None, at=at)


@dataclass(frozen=True, slots=True)
class Standing:
    """One decision, as the operator may know it."""

    number: int
    decided_by: str
    at: str
    until: str
    named: int
    ended: str


def standing() -> list[dict[str, object]]:
    """Every decision, the newest first: who decided and until when, never about whom."""
    rows = Admission.objects.select_related("by").prefetch_related("named").order_by("-id")
    return [
        asdict(
            Standing(
                row.pk, row.by.name, row.at.isoformat(timespec="seconds"), row.until.isoformat(),
                len(as_decided(row).named), row.ended_why,
            )
        )
        for row in rows
    ]  # fmt: skip
