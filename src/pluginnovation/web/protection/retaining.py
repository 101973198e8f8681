"""Decisions on how long documents are kept, and legal holds. Each with who, when and why."""

import re
from datetime import date, datetime

from django.db.models import Q, QuerySet

from pluginnovation.privacy.retention import DECIDED, FEWEST_MONTHS, MOST_MONTHS, Rule, months_on
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .models import LegalHold, RetentionRule
from .refused import already_done, day_passed, not_a_code, not_months, reason_of

CODE = re.compile(r"[0-9A-Za-z]{16}")


def months_now(today: date) -> dict[str, int]:
    """For each kind of document that is disposed of, the months that apply today."""
    rows = RetentionRule.objects.order_by("since", "at").values_list("name", "months", "since")
    return months_on(today, [Rule(*row) for row in rows])


def decide(*, name: str, months: str, since: date | None, why: str, by: User, at: datetime, today: date) -> None:
    """Decide how long a kind of document is kept from a day on.

    Raises  Refusal for a number of months that can't be, a day that has passed, or no reason
    """
    if not re.fullmatch(r"[0-9]{1,3}", months.strip()) or not FEWEST_MONTHS <= int(months) <= MOST_MONTHS:
        raise not_months()
    if since is None or since < today:
        raise day_passed()
    if name not in DECIDED:
        raise not_months()
    why = reason_of(why)
    with recorded("decide_retention", by=by, at=at, about=name, months=int(months), since=since.isoformat()):
        RetentionRule.objects.create(name=name, months=int(months), since=since, why=why, by=by, at=at)


def holds_on(day: date) -> QuerySet[LegalHold]:
    """The holds that stand on a day."""
    return LegalHold.objects.filter(Q(until=None) | Q(until__gte=day), lifted_at=None)


def hold(*, pupil: str, why: str, until: date | None, by: User, at: datetime, today: date) -> None:
    """Keep a pupil's rows from disposal. The answer is the same whether the code is anybody or not.

    Raises  Refusal for what can't be a code, a day that has passed, or no reason
    """
    if not CODE.fullmatch(pupil.strip()):
        raise not_a_code()
    if until is not None and until < today:
        raise day_passed()
    why = reason_of(why)
    with recorded("legal_hold", by=by, at=at, about=pupil.strip(), until=until.isoformat() if until else ""):
        LegalHold.objects.create(pupil=pupil.strip(), why=why, until=until, by=by, at=at)


def lift(*, number: int, why: str, by: User, at: datetime) -> None:
    """End a hold. What a rule says then applies again, from the next night.

    Raises  Refusal without a reason, or when it is lifted already
    """
    why = reason_of(why)
    with recorded("lift_hold", by=by, at=at, about=str(number)):
        changed = LegalHold.objects.filter(pk=number, lifted_at=None).update(lifted_by=by, lifted_at=at, lifted_why=why)
        if not changed:
            raise already_done()
