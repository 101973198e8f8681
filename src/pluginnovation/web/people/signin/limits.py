"""How often a sign-in may be tried: counted for the account and the address, in the database that all share.

A try is written before it is judged, so that many at once can't all slip under the limit. What is counted by is kept as
a keyed hash: the table says neither who nor from where.
"""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.http import HttpRequest

from ..sealed import identity_seal
from .models import Try

COUNTED: Final = timedelta(minutes=10)
# A school's staff often share one address, so that limit is far above one person's mistakes.
OF_ACCOUNT, OF_CODE, OF_ADDRESS = 10, 5, 100


def may_try(request: HttpRequest, kind: str, name: str, *, most: int, at: datetime) -> bool:
    """Write down a try, and say whether it may be judged at all.

    Takes   kind   what is tried: `account`, `code`, `link` …
            name   what it is tried on: an account's name as it was written, or a number
    """
    Try.objects.filter(at__lt=at - COUNTED).delete()
    of_name, of_address = _keys(request, kind, name)
    Try.objects.bulk_create([Try(key=of_name, at=at), Try(key=of_address, at=at)])
    return _count(of_name, at) <= most and _count(of_address, at) <= OF_ADDRESS


def few_enough(request: HttpRequest, kind: str, *, most: int, at: datetime) -> bool:
    """Write down that something open to anybody was asked for, and say whether that is few enough from one place.

    Counted apart from sign-in, so that a class that answers a survey locks nobody out.
    """
    Try.objects.filter(at__lt=at - COUNTED).delete()
    of_place = identity_seal().fingerprint(f"{kind} from", address_of(request))
    Try.objects.bulk_create([Try(key=of_place, at=at)])
    return _count(of_place, at) <= most


def forget_tries(request: HttpRequest, kind: str, name: str) -> None:
    """A success: the account's own tries no longer count, nor does this one for its address."""
    of_name, of_address = _keys(request, kind, name)
    Try.objects.filter(key=of_name).delete()
    latest = Try.objects.filter(key=of_address).order_by("-id").values("id")[:1]
    Try.objects.filter(id__in=latest).delete()


def is_first_refused(request: HttpRequest, kind: str, name: str, *, most: int) -> bool:
    """Whether this try is the one that reached the limit: one row in the audit is enough."""
    return Try.objects.filter(key=_keys(request, kind, name)[0]).count() == most + 1


def _count(key: str, at: datetime) -> int:
    return Try.objects.filter(key=key, at__gte=at - COUNTED).count()


def _keys(request: HttpRequest, kind: str, name: str) -> tuple[str, str]:
    seal = identity_seal()
    return seal.fingerprint(f"try {kind}", name.casefold()), seal.fingerprint("try from", address_of(request))


def address_of(request: HttpRequest) -> str:
    """Where the request comes from. Behind a proxy that is what the proxy itself wrote, last in the line."""
    told = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() if settings.HTTPS else ""
    return told or request.META.get("REMOTE_ADDR", "")
