"""The night's look at visits: what `privacy.anomalies` finds is kept until a person has judged it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import get_current_timezone, localtime

from pluginnovation.privacy.anomalies import LIMIT, TERMS, Looked, anomalies, usual_of_roles
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Duty, Membership, Responsible, User, Visit
from pluginnovation.web.people.reach import covering

from .models import Anomaly
from .refused import already_done, reason_of

# A first night, or one after a long stop, looks at no more days than these.
MOST_DAYS: Final = 30


def look_at_visits(*, until: date, at: datetime) -> int:
    """Look at every day since the last that something was found on, that day too, up to `until`; how many new findings.

    A finding that somebody has judged stays as it was; others are counted anew, so a night can be run again.
    """
    last = Anomaly.objects.aggregate(day=Max("day"))["day"]
    first = max(last or until - timedelta(days=MOST_DAYS - 1), until - timedelta(days=MOST_DAYS - 1))
    days = [first + timedelta(days=n) for n in range(max((until - first).days, 0) + 1)]
    return sum(_look_at(day, at) for day in days)


def _look_at(day: date, at: datetime) -> int:
    today = list(_visits(day, day))
    if not today:
        return 0
    usual = usual_of_roles(_visits(day - timedelta(days=TERMS.usual_days), day - timedelta(days=1), ties=False))
    found = [
        Anomaly(
            rule=one.rule, viewer_id=one.viewer, role=one.role, day=one.day, n=one.n, usual=one.usual, of=one.of,
            pupil=one.pupil, found_at=at,
        )
        for one in anomalies(today, day, usual)
    ]  # fmt: skip
    with transaction.atomic():
        gone, _ = Anomaly.objects.filter(day=day, judged_at=None).exclude(rule=LIMIT).delete()
        judged = set(Anomaly.objects.filter(day=day).values_list("rule", "viewer_id", "role", "pupil"))
        new = [one for one in found if (one.rule, one.viewer_id, one.role, one.pupil) not in judged]
        Anomaly.objects.bulk_create(new)
    return max(len(new) - gone, 0)


def _visits(first: date, last: date, *, ties: bool = True) -> Iterator[Looked]:
    """The visits of some days, of those who are signed in; the operator's are listed and not judged here."""
    zone = get_current_timezone()
    begin = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    rows = Visit.objects.filter(at__gte=begin, at__lt=end, viewer__isnull=False)
    told = rows.values_list("viewer_id", "role", "at", "pupil", "reach").order_by("id")
    own, relatives = (_own(rows, last), _relatives(rows)) if ties else (set(), set())
    for viewer, role, seen_at, pupil, reach in told.iterator():
        yield Looked(
            viewer, role, localtime(seen_at, zone).replace(tzinfo=None), pupil, reach,
            own=(viewer, pupil) in own, relative=(viewer, pupil) in relatives,
        )  # fmt: skip


def _relatives(rows: QuerySet[Visit, Any]) -> set[tuple[int, str]]:
    """Pairs of a user and a pupil whom the user is responsible for, among these visits."""
    users = dict(User.objects.exclude(person=None).values_list("person", "pk"))
    pupils = rows.values("pupil")
    ties = Responsible.objects.filter(responsible__in=list(users), pupil__in=pupils)
    return {(users[adult], pupil) for adult, pupil in ties.values_list("responsible", "pupil")}


def _own(rows: QuerySet[Visit, Any], day: date) -> set[tuple[int, str]]:
    """Pairs of a user and a pupil in a group that one of the user's duties names that day."""
    viewers = User.objects.filter(pk__in=rows.values("viewer"))
    people = dict(viewers.exclude(person=None).values_list("person", "pk"))
    duties = Duty.objects.filter(covering(day), person__in=list(people), group__isnull=False)
    by_group: dict[str, set[int]] = {}
    for person, group in duties.values_list("person", "group"):
        by_group.setdefault(group, set()).add(people[person])
    stays = Membership.objects.filter(covering(day), group__in=list(by_group)).values_list("group", "pupil")
    return {(viewer, pupil) for group, pupil in stays for viewer in by_group[group]}


def judge(*, number: int, why: str, by: User, at: datetime) -> None:
    """Dismiss a finding with a reason. It stays in the list of the judged.

    Raises  Refusal without a reason, or when somebody has judged it already
    """
    why = reason_of(why)
    with recorded("judge_anomaly", by=by, at=at, about=str(number)):
        if not Anomaly.objects.filter(pk=number, judged_at=None).update(why=why, judged_by=by, judged_at=at):
            raise already_done()
