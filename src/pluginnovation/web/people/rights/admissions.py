"""A principal lets a protected pupil in, and takes it back. Each writes its audit row in the same transaction."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from pluginnovation.privacy import admission as rules
from pluginnovation.privacy.admission import ENDED, EXPIRED, LEAST_REASON, MOST_NAMED, REVOKED
from pluginnovation.privacy.grounds import REACH_OF_ROLE, SCHOOL
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Admission, AdmissionReader, Duty, Organisation, User
from pluginnovation.web.people.reach import covering

from .mail import tell_officers
from .notices import leave_notices
from .refused import not_to_admit, not_to_end, reason_too_short

# Whose duty at the unit above a school reaches the school.
ABOVE = [role for role, reach in REACH_OF_ROLE.items() if reach == SCHOOL]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a principal decides.

    source_id   the pupil's id in the school's register; kept sealed, and in no address or log
    named       the users who may see the pupil
    """

    school: str
    source_id: str
    weighed: str
    until: date
    named: Collection[int]


def viewer_of(duty: ActiveDuty) -> rules.Viewer:
    """Who asks, as the rules take it."""
    return rules.Viewer(duty.user, duty.role, duty.source, {duty.place, *duty.units} - {""})


def staff_at(school: str, source: str) -> QuerySet[User]:
    """Those who may be named: who has a duty at the school today that sees pupils at all."""
    here = Q(organisation=school)
    above = Q(organisation__in=Organisation.objects.filter(code=school).values("parent"), role__in=ABOVE)
    duties = Duty.objects.filter(covering(today()), here | above, source=source, role__in=REACH_OF_ROLE)
    persons = duties.exclude(person=None).values("person")
    return User.objects.filter(is_active=True, person__in=persons).order_by("name", "id")


def admit(*, duty: ActiveDuty, wanted: Wanted, by: User | None, at: datetime) -> Admission:
    """Record the decision of whoever has the duty; the next import that meets the pupil keeps her for those named.

    Takes   by   who writes it down; None is the operator at the command line

    Raises  Refusal: the reason is too short; not one's school, a day too far off, or nobody of the school named
    """
    if len(wanted.weighed) < LEAST_REASON:
        raise reason_too_short(LEAST_REASON)
    day = today()
    if not rules.may_admit(viewer_of(duty), wanted.school) or not day <= wanted.until <= rules.longest_until(day):
        raise not_to_admit()
    named = sorted({user.pk for user in staff_at(wanted.school, duty.source)} & set(wanted.named))
    if not named or len(named) > MOST_NAMED or len(named) < len(set(wanted.named)):
        raise not_to_admit()
    number = _next_number()
    with recorded("admit_protected", by=by, at=at, about=str(number), named=len(named), until=f"{wanted.until}"):
        made = Admission.objects.create(
            id=number, source=duty.source, school=wanted.school, source_id=wanted.source_id.strip(),
            weighed=wanted.weighed, by_id=duty.user, at=at, until=wanted.until,
        )  # fmt: skip
        AdmissionReader.objects.bulk_create(AdmissionReader(admission=made, user_id=user) for user in named)
        tell_officers()
    return made


def _next_number() -> int:
    """The number that the decision gets: its audit row comes first, and says it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('people_admission_id_seq')")
        return int(cursor.fetchone()[0])


def end_admission(*, admission: Admission, duty: ActiveDuty, by: User, at: datetime) -> None:
    """Take a decision back. What was kept of the pupil is deleted with it.

    Raises  Refusal when it has ended already, or isn't one's to end
    """
    if not rules.may_end(as_decided(admission), viewer_of(duty)):
        raise not_to_end()
    put_to_end(admission, REVOKED, by=by, at=at)


def put_to_end(admission: Admission, why: str, *, by: User | None, at: datetime) -> None:
    """End a decision, with its audit row. The database deletes what was kept, in the same transaction."""
    with recorded("end_admission", by=by, at=at, about=str(admission.pk), why=why):
        standing = Admission.objects.filter(pk=admission.pk, ended_at=None)
        if standing.update(ended_at=at, ended_by=by, ended_why=why):
            if by is None:
                leave_notices(ENDED, admission.source, [admission.school], at=at, number=admission.pk)
            tell_officers()


def end_what_expired(*, at: datetime) -> int:
    """End the decisions whose last day has passed; how many."""
    past = list(Admission.objects.filter(ended_at=None, until__lt=today()))
    for admission in past:
        put_to_end(admission, EXPIRED, by=None, at=at)
    return len(past)


def as_decided(row: Admission) -> rules.Admission:
    """The row as the rules take it. Two queries."""
    named = frozenset(row.named.filter(removed_at=None).values_list("user_id", flat=True))
    with connection.cursor() as cursor:
        cursor.execute("SELECT fence.leads(%s, %s, %s, %s)", [row.by_id, row.school, row.source, today()])
        led = bool(cursor.fetchone()[0])
    return rules.Admission(
        row.pk, row.by_id, row.source, row.school, row.until, named, ended=row.ended_at is not None, led=led
    )


def admissions_of(duty: ActiveDuty) -> QuerySet[Admission]:
    """The decisions that the viewer may know of: a principal's, an officer's all, one's own where one is named.

    A principal's are those made as principal of the school, and those that whoever led it before has left.
    """
    rows = Admission.objects.select_related("by", "ended_by").order_by("-id")
    if duty.role == "data_protection_officer":
        return rows
    mine = AdmissionReader.objects.filter(user=duty.user, removed_at=None).values("admission")
    named = rows.filter(
        pk__in=mine, source=duty.source, ended_at=None, until__gte=today(), school__in=viewer_of(duty).places
    )
    if duty.role == "principal":
        left = RawSQL("SELECT fence.mine_to_decide()", [])
        own = rows.filter(Q(by=duty.user) | Q(pk__in=left), source=duty.source, school__in=duty.units)
        return (own | named).distinct()
    return named if duty.role in REACH_OF_ROLE else rows.none()
