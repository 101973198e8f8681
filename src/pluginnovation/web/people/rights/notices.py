"""What principals and data protection officers have to read about protected identities. No notice says about whom."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from pluginnovation.privacy.admission import MARKED, TOLD
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Enrolment, ProtectionNotice, User
from pluginnovation.web.people.reach import covering


def leave_notices(kind: str, source: str, schools: Collection[str], *, at: datetime, number: int | None = None) -> None:
    """Leave one for the principals of each school, and one for the data protection officers."""
    rows = [ProtectionNotice(kind=kind, role="principal", source=source, school=one) for one in schools]
    rows.append(ProtectionNotice(kind=kind, role="data_protection_officer", source=source))
    for row in rows:
        row.at, row.number = at, number
    ProtectionNotice.objects.bulk_create(rows)


def tell_of_marked(source: str, schools: Collection[str], *, at: datetime) -> None:
    """Somebody who was here is protected from now on."""
    leave_notices(MARKED, source, schools, at=at)


def schools_of(codes: Collection[str]) -> list[str]:
    """The schools where any of these pupils goes today."""
    stays = Enrolment.objects.filter(covering(today()), pupil__in=codes, organisation__isnull=False)
    return sorted(set(stays.values_list("organisation", flat=True)))


def notices_of(duty: ActiveDuty) -> QuerySet[ProtectionNotice]:
    """Those that the reader's role hasn't read yet: a principal's school's, or the officers'. Newest first."""
    rows = ProtectionNotice.objects.filter(read_at=None, role=duty.role).order_by("-id")
    if duty.role not in TOLD:
        return rows.none()
    return rows.filter(source=duty.source, school__in=duty.units) if duty.role == "principal" else rows


def note_notice_read(*, notice: ProtectionNotice, by: User, at: datetime) -> None:
    """Say that one has read it: once for the school's principals, once for the officers."""
    with recorded("read_protection_notice", by=by, at=at, about=str(notice.pk), kind=notice.kind):
        ProtectionNotice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at, read_by=by)
