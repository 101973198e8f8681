"""A principal's decisions on paper, written down by whoever runs the server; and what stands, never about whom."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from pluginnovation.privacy.admission import REVOKED, may_name
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import duties_of
from pluginnovation.web.people.models import Admission, Organisation
from pluginnovation.web.people.staff import staff_called

from .admissions import Wanted, admit, as_decided, put_to_end, viewer_of
from .admissions_named import name_one, take_out
from .refused import not_to_admit, not_to_end, not_to_name


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


@dataclass(frozen=True, slots=True)
class NamesOnPaper:
    """Who is to see an admitted pupil from now on, as the principal has said on paper.

    principal   whose decision it is today; `add` and `remove`: logins, codes or EPPNs
    """

    principal: str
    add: Sequence[str] = ()
    remove: Sequence[str] = ()


@transaction.atomic
def name_anew(number: int, names: NamesOnPaper, *, at: datetime) -> int:
    """Change who sees the pupil, all of it or nothing; how many are named afterwards.

    Raises  Refusal as on the page, and when the principal or somebody named is nobody
    """
    principal = staff_called(names.principal)
    duties = duties_of(principal, today()) if principal else ()
    for duty in (duty for duty in duties if duty.role == "principal"):
        row = Admission.objects.filter(pk=number).first()
        if row is None or not may_name(as_decided(row), viewer_of(duty), today()):
            continue
        # First who is let in: the only one named may be taken out when somebody takes the place.
        for act, those in ((name_one, names.add), (take_out, names.remove)):
            for one in those:
                user = staff_called(one)
                act(admission=row, user=user.pk if user else 0, duty=duty, by=None, at=at)
        return len(as_decided(row).named)
    raise not_to_name()


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
