"""Which classes and schools a duty maps, and who teaches a class: by the same grounds as every list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from pluginnovation.privacy.grounds import OWN_GROUP, REACH_OF_ROLE, SCHOOL
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Duty, Group, Membership, Organisation
from pluginnovation.web.people.reach import covering, groups_in_reach, pupils_in_reach

CLASS: Final = "Klass"
TEACHES: Final = ("mentor", "teacher")
TALKS: Final = ("mentor", "principal", "pupil_health")
LEADS: Final = ("principal", "pupil_health")


@dataclass(frozen=True, slots=True)
class Teacher:
    """An adult who meets a class: the user's number (none: never signed in here) and the name."""

    person: str
    name: str


def classes_in_reach(duty: ActiveDuty, today: date) -> QuerySet[Group]:
    """The classes that the duty maps: one's own, those whose pupils one teaches, or the school's."""
    if REACH_OF_ROLE.get(duty.role) != OWN_GROUP:
        return groups_in_reach(duty, today).filter(group_type=CLASS)
    mine = pupils_in_reach(duty, today).values("code")
    taught = Membership.objects.filter(covering(today), group=OuterRef("code"), pupil__in=mine)
    here = Group.objects.filter(covering(today), group_type=CLASS)
    return here.filter(Q(code__in=duty.groups) | Exists(taught))


def class_or_404(duty: ActiveDuty, code: str, school: str, today: date) -> Group:
    """A class of the school that the duty maps.

    Raises  Http404, the same one, whether the class doesn't exist, is another school's or may not be seen
    """
    found = classes_in_reach(duty, today).filter(code=code.replace("\x00", "?"), organisation=school)
    group = found.select_related("organisation").first()
    if group is None:
        raise Http404
    return group


def schools_of(duty: ActiveDuty, today: date) -> QuerySet[Organisation]:
    """The schools of the classes that the duty maps; for a school's own roles also one without any class yet."""
    if REACH_OF_ROLE.get(duty.role) == SCHOOL:
        return Organisation.objects.filter(code__in=duty.units)
    return Organisation.objects.filter(code__in=classes_in_reach(duty, today).values("organisation"))


def school_or_404(duty: ActiveDuty, code: str, today: date) -> Organisation:
    """A school that the duty maps.

    Raises  Http404, the same one, whether it doesn't exist or isn't one's own
    """
    school = schools_of(duty, today).filter(code=code.replace("\x00", "?")).first()
    if school is None:
        raise Http404
    return school


def teachers_of(groups: Iterable[str], today: date) -> dict[str, tuple[Teacher, ...]]:
    """Mentors and teachers of each class, by name: those of the class itself, and of every group with its pupils.

    Two queries, however many the classes are. Only pupils within the asker's reach tell of a group.
    """
    classes = list(groups)
    here = Membership.objects.filter(covering(today), group__in=classes)
    stays = Membership.objects.filter(covering(today), covering(today, "group__"), pupil__in=here.values("pupil"))
    of_pupil: dict[str, set[str]] = {}
    for pupil, group in stays.values_list("pupil", "group"):
        of_pupil.setdefault(pupil, set()).add(group)
    met: dict[str, set[str]] = {one: {one} for one in classes}
    for found in of_pupil.values():
        for one in found & met.keys():
            met[one] |= found
    return _by_class(met, today)


def _by_class(met: Mapping[str, set[str]], today: date) -> dict[str, tuple[Teacher, ...]]:
    every = set().union(*met.values()) if met else set()
    duties: Any = (
        Duty.objects.filter(covering(today), group__in=every, role__in=TEACHES, person__isnull=False)
        .order_by("person__sort_key", "person")
        .values_list("group", "person", "person__given_name", "person__family_name")
    )
    rows = list(duties)
    return {
        one: tuple(
            dict.fromkeys(Teacher(person, f"{given} {family}".strip()) for group, person, given, family in rows
                          if group in groups)
        )
        for one, groups in met.items()
    }  # fmt: skip
