"""Who answers for something now: the adult whose it is, or the role at the school when that adult has left."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import TITLES
from pluginnovation.web.people.models import Duty, Person
from pluginnovation.web.people.reach import covering

# Roles that open work at a school can belong to.
OWNING: Final = ("mentor", "teacher", "pupil_health", "principal")


@dataclass(frozen=True, slots=True)
class Staff:
    """The adults of some schools.

    here    the codes of those with a duty there today
    names   a code -> the name, of everyone who has or has had a duty there
    """

    here: frozenset[str]
    names: Mapping[str, str]

    def owner(self, code: str, role: str) -> str:
        """Who answers, in words: a name, or the role when nobody by that code is at the school any more."""
        if code in self.here:
            return self.names.get(code, code)
        return role_at_school(role)

    def name(self, code: str) -> str:
        """The name, also of one who has left; other words when no register names the person any more."""
        return self.names.get(code) or _("Någon som inte står i registret längre")


def role_at_school(role: str) -> str:
    """The role as the one who answers."""
    return _("Rollen %(role)s") % {"role": str(TITLES[role]).lower()} if role in TITLES else _("Rektor")


def staff_of(schools: Iterable[str]) -> Staff:
    """The adults of schools. Two queries."""
    held = Duty.objects.filter(organisation__in=list(schools), person__isnull=False)
    here = frozenset(held.filter(covering(today()), role__in=OWNING).values_list("person", flat=True))
    people = Person.objects.filter(code__in=held.values("person"))
    return Staff(here, {person.code: person.name for person in people.only("code", "given_name", "family_name")})
