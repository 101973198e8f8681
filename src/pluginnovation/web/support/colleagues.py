"""The adults of a school, as those who can be asked to do something."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from pluginnovation.privacy.grounds import ROLES
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, Enrolment, Membership, Organisation, Person
from pluginnovation.web.people.reach import covering
from pluginnovation.web.signals.chrome import SEES_PUPILS, role_word


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a duty at the school.

    code   of the person
    role   the first of the roles there
    """

    code: str
    name: str
    role: str

    @property
    def label(self) -> str:
        """The name and the role, as in a list to choose from."""
        return f"{self.name}, {role_word(self.role)}"


def colleagues_at(school: str) -> list[Colleague]:
    """Everyone with a duty of a school's roles there today, by name. One query."""
    above = Organisation.objects.filter(code=school).values("parent")
    duties = (
        Duty.objects.filter(covering(today()), Q(organisation=school) | Q(organisation__in=above))
        .filter(role__in=SEES_PUPILS, person__isnull=False)
        .order_by("person__sort_key", "person")
        .values_list("person", "person__given_name", "person__family_name", "role")
    )
    found: dict[str, Colleague] = {}
    for code, given, family, role in duties:
        known = found.get(code)
        if known is None or ROLES.index(role) < ROLES.index(known.role):
            found[code] = Colleague(code, f"{given} {family}".strip(), role)
    return list(found.values())


def mentor_of(*, pupil: str = "", group: str = "") -> str:
    """The code of a mentor of the pupil, or of the group, today; empty: nobody. One query."""
    classes = Membership.objects.filter(covering(today()), pupil=pupil, group__group_type="Klass").values("group")
    duties = Duty.objects.filter(covering(today()), role="mentor", person__isnull=False)
    duties = duties.filter(group__in=classes) if pupil else duties.filter(group=group)
    return duties.order_by("person").values_list("person", flat=True).first() or ""


def school_of(pupil: str) -> str:
    """The code of the school that the pupil is enrolled at today; empty: none. One query."""
    enrolments = Enrolment.objects.filter(covering(today()), pupil=pupil).order_by("-start_date", "organisation")
    return enrolments.values_list("organisation", flat=True).first() or ""


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """The names of adults, by code. One query."""
    people = Person.objects.filter(code__in={code for code in codes if code}, is_pupil=False)
    return {person.code: person.name for person in people.only("code", "given_name", "family_name")}
