"""A server as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from pluginnovation.records.server_asking import ORDER

from .models import Server, ServerResource

# A clock that is further off than this is worth a word.
SKEW_SECONDS: Final = 300


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One resource: whether the server gives it (yes, no, not known yet), how many objects last, and when."""

    name: str
    gives: str
    objects: int | None
    fetched_at: datetime | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ServerLine:
    """One server.

    errors  what went wrong last time, in the reader's language
    gives   how many resources it gives; None: not asked yet
    """

    number: int
    name: str
    address: str
    token: str
    paused_at: datetime | None
    fetched_at: datetime | None
    tried_at: datetime | None
    told_at: datetime | None
    listens: bool
    skew_minutes: int
    errors: Sequence[str]
    gives: int | None
    resources: Sequence[GivenLine]


def server_line(server: Server, *, english: bool) -> ServerLine:
    """What the page says about a server."""
    order = {resource: place for place, resource in enumerate(ORDER)}
    rows = sorted(server.resources.all(), key=lambda row: order.get(row.resource, len(order)))
    heard = getattr(server, "subscription", None)
    skew = server.skew_seconds or 0
    said = [server.error_en if english else server.error_sv]
    said += [row.error_en if english else row.error_sv for row in rows]
    return ServerLine(
        number=server.pk,
        name=server.name,
        paused_at=server.paused_at,
        address=server.address,
        token=token_word(server.token),
        fetched_at=server.fetched_at,
        tried_at=server.tried_at,
        told_at=heard.heard_at if heard else None,
        listens=heard is not None,
        skew_minutes=abs(skew) // 60 if abs(skew) > SKEW_SECONDS else 0,
        errors=list(dict.fromkeys(text for text in said if text)),
        gives=sum(row.gives is True for row in rows) if any(row.gives is not None for row in rows) else None,
        resources=[_given(row) for row in rows],
    )


def _given(row: ServerResource) -> GivenLine:
    gives = _("okänt") if row.gives is None else _("ja") if row.gives else _("nej")
    return GivenLine(given_word(row.resource), gives, row.objects_last, row.fetched_at, row.changed_at)


def given_word(resource: str) -> str:
    """What a resource of the standard holds."""
    return {
        "organisations": _("organisationer"),
        "programmes": _("program"),
        "syllabuses": _("ämnen och kurser"),
        "persons": _("personer"),
        "groups": _("grupper"),
        "duties": _("uppdrag"),
        "activities": _("aktiviteter"),
        "studyplans": _("studieplaner"),
        "grades": _("betyg"),
        "attendances": _("närvaro per lektion"),
        "calendarEvents": _("schemalagda lektioner"),
        "aggregatedAttendance": _("närvarosummor"),
        "deletedEntities": _("borttaget"),
    }.get(resource, resource)


def token_word(kind: str) -> str:
    """How we prove who we are."""
    return {
        "bearer": _("fast token"),
        "client_credentials": _("OAuth 2, klientens namn och hemlighet"),
        "client_certificate": _("klientcertifikat"),
    }.get(kind, kind)
