"""Who sees an admitted pupil from now on: named or taken out after the decision. Each writes its audit row first."""

from datetime import datetime

from pluginnovation.privacy import admission as rules
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Admission, AdmissionReader, User

from .admissions import as_decided, staff_at, viewer_of
from .mail import tell_officers
from .refused import not_to_name


def name_one(*, admission: Admission, user: int, duty: ActiveDuty, by: User | None, at: datetime) -> None:
    """Let one more of the school's staff see the pupil, from the next page on.

    Takes   by   who writes it down; None is the operator at the command line
    Raises  Refusal: not one's decision, it has ended, somebody who doesn't work there or is named, or too many
    """
    with recorded("name_for_protected", by=by, at=at, about=str(admission.pk), user=user):
        decided = _ours(admission, duty)
        at_work = staff_at(admission.school, admission.source).filter(pk=user).exists()
        if not at_work or not rules.may_add(decided, user):
            raise not_to_name()
        AdmissionReader.objects.create(admission=admission, user_id=user, at=at, by=by)
        tell_officers()


def take_out(*, admission: Admission, user: int, duty: ActiveDuty, by: User | None, at: datetime) -> None:
    """Let somebody see the pupil no longer, from the next page on.

    Raises  Refusal: not one's decision, it has ended, somebody who isn't named, or the only one who is
    """
    with recorded("take_out_for_protected", by=by, at=at, about=str(admission.pk), user=user):
        if not rules.may_remove(_ours(admission, duty), user):
            raise not_to_name()
        named = AdmissionReader.objects.filter(admission=admission, user=user, removed_at=None)
        named.update(removed_at=at, removed_by=by)
        tell_officers()


def _ours(admission: Admission, duty: ActiveDuty) -> rules.Admission:
    # Two who change it at once come one after the other: the last name isn't taken out twice.
    row = Admission.objects.select_for_update(of=("self",)).filter(pk=admission.pk).first()
    decided = as_decided(row) if row else None
    if decided is None or not rules.may_name(decided, viewer_of(duty), today()):
        raise not_to_name()
    return decided


def could_be_named(admission: Admission) -> list[tuple[int, str]]:
    """Number and name of those at the school who aren't named."""
    named = AdmissionReader.objects.filter(admission=admission, removed_at=None).values("user")
    return list(staff_at(admission.school, admission.source).exclude(pk__in=named).values_list("pk", "name"))
