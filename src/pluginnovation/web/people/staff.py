"""Staff, as an operator names them."""

from django.db.models import Q

from .models import User
from .signin.eppns import lookup_of
from .signin.models import KnownAs


def staff_called(who: str) -> User | None:
    """The active user that a person's code, a login or an EPPN means; nobody when an EPPN is two people's."""
    user = User.objects.filter(Q(login=who) | Q(person=who), is_active=True).first()
    if user is not None or "@" not in who:
        return user
    known = KnownAs.objects.filter(lookup=lookup_of(who)).values("user")
    found = list(User.objects.filter(pk__in=known, is_active=True)[:2])
    return found[0] if len(found) == 1 else None
