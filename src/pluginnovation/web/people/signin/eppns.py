"""Under which name (EPPN) a school authority's sign-in service knows whom. Kept as keyed hashes, asked for at sign-in.

A sign-in has no ground to read who people are, so the hash stands apart from the identities.
"""

from collections.abc import Collection, Sequence

from django.db.models import Q

from ..models import Organisation, User
from ..sealed import identity_seal
from .models import KnownAs


def lookup_of(eppn: str) -> str:
    """The keyed hash of an EPPN, the same however its letters are written."""
    return identity_seal().fingerprint("eppn", eppn.strip().casefold())


def know_staff_of(source: str) -> None:
    """Learn anew what the source's staff are called. The import's sink calls this, inside its transaction."""
    known = User.objects.filter(person__source=source, person__in_source=True).select_related("person")
    rows = [
        KnownAs(user=user, lookup=lookup_of(user.person.eppn), source=source)
        for user in known
        if user.person is not None and user.person.eppn
    ]
    KnownAs.objects.filter(source=source).delete()
    KnownAs.objects.bulk_create(rows)


def users_known_as(eppn: str, *, authority: str, sources: Sequence[str]) -> list[User]:
    """The users that an authority may mean by this name: staff of its own sources, or recorded for it by hand."""
    where = Q(source__in=[source for source in sources if source]) | Q(source="", authority=authority)
    users = User.objects.filter(pk__in=KnownAs.objects.filter(where, lookup=lookup_of(eppn)).values("user"))
    return list(users.order_by("pk"))


def knows_school(told: Collection[str], *, sources: Sequence[str]) -> bool:
    """Whether one of the schools told is the authority's. Yes when none is told, or its registers have no codes."""
    if not told:
        return True
    schools = Organisation.objects.filter(source__in=[source for source in sources if source])
    known = set(schools.exclude(school_unit_code="").values_list("school_unit_code", flat=True))
    return not known or bool(known & set(told))


def may_sign_in_through(user: User, *, authority: str, sources: Sequence[str]) -> bool:
    """Whether this authority is one that says who the user is: another's never is, whatever it asserts."""
    where = Q(source__in=[source for source in sources if source]) | Q(source="", authority=authority)
    return KnownAs.objects.filter(where, user=user).exists()
