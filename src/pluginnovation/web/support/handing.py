"""When somebody leaves: all open work of one adult goes to another, or to the roles that answer for it."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import F, Model, Q, QuerySet

from pluginnovation.privacy.grounds import OWN_GROUP, REACH_OF_ROLE
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, Membership, Organisation, User
from pluginnovation.web.people.reach import covering

from . import refused
from .models import Case, HandedOver, HandOver, Measure, NextStep
from .owners import OWNING

# Each thing goes to the role that answers for it beside its owner.
EACH_ROLE: Final = "each"
LONGEST_WHY: Final = 300
TABLES: Final[Mapping[str, type[Model]]] = {
    HandedOver.CASE: Case,
    HandedOver.MEASURE: Measure,
    HandedOver.NEXT_STEP: NextStep,
}


@dataclass(frozen=True, slots=True)
class Work:
    """Somebody's open work at some schools."""

    cases: list[Case] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    steps: list[NextStep] = field(default_factory=list)

    def things(self) -> Iterable[tuple[str, Any]]:
        """Each thing with its kind."""
        yield from ((HandedOver.CASE, one) for one in self.cases)
        yield from ((HandedOver.MEASURE, one) for one in self.measures)
        yield from ((HandedOver.NEXT_STEP, one) for one in self.steps)

    def __len__(self) -> int:
        return len(self.cases) + len(self.measures) + len(self.steps)


def open_of(kind: str) -> QuerySet[Any]:
    """What is open of one kind."""
    if kind == HandedOver.CASE:
        return Case.objects.filter(closed_at=None)
    if kind == HandedOver.MEASURE:
        return Measure.objects.exclude(state=Measure.ENDED)
    return NextStep.objects.filter(done_at=None, taken_back_at=None)


def open_work(giver: str, schools: Iterable[str], within: Q | None = None) -> Work:
    """The open work of an adult at some schools. Three queries.

    Takes   within   further conditions on `pupil`, such as those of who asks; none: everything
    """
    mine = Q(owner=giver, school__in=list(schools)) & (within or Q())
    return Work(
        list(open_of(HandedOver.CASE).filter(mine).order_by("opened_at", "pk")),
        list(open_of(HandedOver.MEASURE).filter(mine).order_by("starts", "pk")),
        list(open_of(HandedOver.NEXT_STEP).filter(mine).order_by(F("due").asc(nulls_last=True), "pk")),
    )


@dataclass(frozen=True, slots=True)
class Handing:
    """A hand-over about to be made.

    receiver   the code of the adult who gets it; empty: each thing's own role at the school
    why        a reason, such as 'slutar'
    """

    school: str
    giver: str
    receiver: str
    why: str


def beyond(receiver: str, work: Work) -> set[tuple[str, int]]:
    """What of the work the receiver could not open: pupils and groups that no duty of theirs reaches. Two queries.

    Gives   kind and number of each; everything when the receiver has no duty here any more
    """
    held = list(
        Duty.objects.filter(covering(today()), person=receiver, role__in=OWNING).values_list(
            "role", "organisation", "group"
        )
    )
    whole = {school for role, school, _group in held if REACH_OF_ROLE.get(role) != OWN_GROUP}
    groups = {group for role, _school, group in held if group and REACH_OF_ROLE.get(role) == OWN_GROUP}
    members = Membership.objects.filter(covering(today()), covering(today(), "group__"), group__in=groups)
    pupils = set(members.values_list("pupil", flat=True))
    at = {school for _role, school, _group in held}
    return {
        (kind, one.pk)
        for kind, one in work.things()
        if not (one.school in whole or (one.pupil in pupils if one.pupil else _reaches(kind, one, groups, at)))
    }


def _reaches(kind: str, one: Any, groups: Container[str | None], at: Container[str | None]) -> bool:
    group = "" if kind == HandedOver.CASE else one.group
    return group in groups if group else one.school in at


def hand_over(*, handing: Handing, work: Work, by: User | None, at: datetime) -> HandOver:
    """Let another adult have all of it. What the receiver can't open goes to its role instead, so nobody loses it.

    Takes   by   none: the night
    Raises  Refusal when there is nothing to hand over, no reason, or the receiver is the giver or has no duty here
    """
    why = refused.text_of(handing.why, longest=LONGEST_WHY)
    if not len(work):
        raise refused.already_done()
    if handing.receiver == handing.giver:
        raise refused.not_offered(("Mottagaren", "The receiver"))
    outside = beyond(handing.receiver, work) if handing.receiver else {(kind, one.pk) for kind, one in work.things()}
    if handing.receiver and not _is_here(handing.receiver, handing.school):
        raise refused.not_offered(("Mottagaren", "The receiver"))
    with recorded("hand_over", by=by, at=at, about=handing.giver, n=len(work), to_role=len(outside)):
        row = HandOver.objects.create(
            school=handing.school, giver=handing.giver, receiver=handing.receiver, role=EACH_ROLE, why=why, by=by, at=at
        )
        moved = [
            HandedOver(
                hand_over=row, pupil=one.pupil, school=one.school, kind=kind, item=one.pk, role=one.owner_role
            )
            for kind, one in work.things()
            if _give(kind, one, handing.giver, "" if (kind, one.pk) in outside else handing.receiver)
        ]  # fmt: skip
        if not moved:
            raise refused.already_done()
        HandedOver.objects.bulk_create(moved)
    return row


def take_back(*, row: HandOver, by: User, at: datetime) -> int:
    """Undo a hand-over: what is still open and hasn't moved on goes back to the giver.

    Gives   how much went back
    Raises  Refusal when it is undone already, or the giver has no duty at the school any more
    """
    if not _is_here(row.giver, row.school):
        raise Refusal(
            "giver_has_left",
            what=("Den som hade arbetet är inte kvar på skolan.", "Whoever had the work is no longer at the school."),
            todo=("Lämna över till någon annan i stället.", "Hand it over to somebody else instead."),
        )
    with recorded("take_back_hand_over", by=by, at=at, about=row.giver, hand_over=row.pk):
        if not HandOver.objects.filter(pk=row.pk, undone_at=None).update(undone_at=at, undone_by=by):
            raise refused.already_done()
        back = 0
        for thing in row.things.all():
            one = open_of(thing.kind).filter(pk=thing.item).first()
            if one is not None and one.owner in {row.receiver, ""}:
                back += _give(thing.kind, one, one.owner, row.giver)
    return back


def let_roles_have(*, at: datetime) -> int:
    """What those own who have no duty at the school any more goes to its role. The night does this; it can be repeated.

    Gives   how many things
    """
    found = 0
    for giver, school in sorted(_orphaned()):
        work = open_work(giver, [school])
        handing = Handing(school, giver, "", "Har inget uppdrag på skolan längre.")
        hand_over(handing=handing, work=work, by=None, at=at)
        found += len(work)
    return found


def _orphaned() -> set[tuple[str, str]]:
    """Owner and school of what is open and whose owner has no duty there. Four queries."""
    owned = {
        row
        for kind in TABLES
        for row in open_of(kind).exclude(owner="").exclude(school="").values_list("owner", "school").distinct()
    }
    here = _held().filter(person__in={owner for owner, _school in owned})
    held = set(here.values_list("person", "organisation"))
    schools = Organisation.objects.filter(code__in={school for _owner, school in owned})
    above = dict(schools.values_list("code", "parent"))
    return {(owner, at) for owner, at in owned if not {(owner, at), (owner, above.get(at))} & held}


def _is_here(person: str, school: str) -> bool:
    at = Q(organisation=school) | Q(organisation__in=Organisation.objects.filter(code=school).values("parent"))
    return _held().filter(at, person=person).exists()


def _held() -> QuerySet[Duty]:
    """Duties of those who can sign in today: whose account is closed looks after nothing."""
    active = User.objects.filter(is_active=True, person__isnull=False)
    return Duty.objects.filter(covering(today()), role__in=OWNING, person__in=active.values("person"))


def _give(kind: str, one: Any, before: str, after: str) -> int:
    """Change the owner of one open thing, unless somebody else has meanwhile. 1 or 0."""
    rows = open_of(kind).filter(pk=one.pk, owner=before)
    if kind == HandedOver.CASE:
        return rows.update(owner=after, version=F("version") + 1)
    return rows.update(owner=after)
