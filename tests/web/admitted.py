"""Kaj, whose identity is protected, let in at Björkskolan by Petra's decision, for Åsa and herself to see."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from pluginnovation.records.admitted import Told
from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.duties import ActiveDuty, duties_of
from pluginnovation.web.people.models import Admission
from pluginnovation.web.people.rights.admissions import Wanted, admit
from pluginnovation.web.people.sink import PeopleSink
from tests.pals import CANARY, SOURCE, TODAY, Pals, code_of

KAJ, ID = code_of("kaj"), "id-kaj"
WHY = "Skolan behöver följa närvaron, och hotbilden är vägd med vårdnadshavaren."
ROWS: dict[str, Any] = {
    "persons": {
        "": {
            "given_name": "Kaj", "family_name": CANARY, "birth_date": "2010-01-01",
            "security_marking": "Sekretessmarkering",
        }
    },
    "enrolments": {
        "bjork\x1fGR\x1f2025-08-18": {
            "organisation": "bjork", "school_type": "GR", "school_year": 9, "programme": None,
            "start_date": "2025-08-18", "end_date": None,
        }
    },
    "memberships": {"9A\x1f2025-08-18": {"group": "9A", "start_date": "2025-08-18", "end_date": None}},
    "lessons": {
        f"ma\x1f2026-04-{day:02}\x1f480": {
            "activity": "ma", "date": f"2026-04-{day:02}", "start_minute": 480, "offered": 60, "is_reported": True,
            "attended": 0 if day < 10 else 60, "other": 0, "excused": 0, "unexcused": 60 if day < 10 else 0, "late": 0,
        }
        for day in (7, 8, 9, 10, 13)
    },
    "grades": {
        "MA\x1f\x1f2025-12-19\x1fterm": {
            "subject": "MA", "course": None, "points": None, "grade": "E", "registered_date": "2025-12-19",
            "semester": "HT", "year": 2025, "kind": "term",
        }
    },
}  # fmt: skip


def duty(user: Any, role: str = "") -> ActiveDuty:
    """The user's duty, or the first with that role."""
    return next(one for one in duties_of(user, TODAY) if not role or one.role == role)


def decide(pals: Pals, *named: str, **changes: Any) -> Admission:
    """Petra's decision, for Åsa and herself unless others are named."""
    users = [getattr(pals, name).pk for name in named or ("asa", "petra")]
    wanted = {
        "school": pals.place("bjork"), "source_id": ID, "weighed": WHY, "until": TODAY + timedelta(days=60),
        "named": users,
    } | changes  # fmt: skip
    return admit(duty=duty(pals.petra), wanted=Wanted(**wanted), by=pals.petra, at=now())


def told(rows: dict[str, Any] | None = None, **more: Any) -> Told:
    """What an import tells of Kaj, all of it unless rows are given."""
    return Told(KAJ, ID, ROWS if rows is None else rows, **more)


def arrive(*tellings: Told, **changes: Any) -> None:
    """An import with Kaj in it, refused as every protected pupil is, and told of to whoever let her in."""
    given = {"protected": [KAJ], "number": 7} | changes
    PeopleSink().take(IdentityChanges(SOURCE, admitted=tellings or (told(),), **given))


def let_in(pals: Pals, *named: str) -> Admission:
    """Decide, and have an import meet her."""
    made = decide(pals, *named)
    arrive()
    return Admission.objects.get(pk=made.pk)
