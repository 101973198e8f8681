"""What an import hands over of protected pupils whom a principal has let in: kept sealed, apart from all else."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pluginnovation.privacy.admission import LEFT, MARKED, WITHDRAWN, is_there
from pluginnovation.privacy.grounds import Stay
from pluginnovation.records.admitted import Change, LetIn, Rows, Told, after, change_of
from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Admission, AdmittedRows
from pluginnovation.web.people.names import place_code

from .admissions import put_to_end

MARKING = "security_marking"


def let_in(source: str) -> LetIn:
    """Whom the decisions that hold today let in from a source."""
    rows = list(Admission.objects.filter(source=source, ended_at=None, until__gte=today()))
    return LetIn(tuple(sorted({row.source_id for row in rows})), unread=any(not row.code for row in rows))


def take_admitted(changes: IdentityChanges, *, marked: Collection[str], free: Collection[str], at: datetime) -> None:
    """Keep what came, and end the decisions that no longer hold. Inside the import's transaction.

    Takes   marked   codes of people who were ordinary until now and are protected from now on: they are weighed anew
            free     codes of people whom the source says are not protected
    """
    if changes.takes_back:
        AdmittedRows.objects.filter(admission__source=changes.source, of_import=changes.takes_back).delete()
    standing = Admission.objects.filter(source=changes.source, ended_at=None, until__gte=today())
    told = {one.source_id: one for one in changes.admitted}
    for row in standing.select_for_update().order_by("pk"):
        one = told.get(row.source_id)
        code = row.code or (one.code if one else "")
        if code in marked:
            put_to_end(row, MARKED, by=None, at=at)
        elif code and code in free:
            put_to_end(row, WITHDRAWN, by=None, at=at)
        elif one is not None:
            _take(row, one, changes, at)


def _take(row: Admission, told: Told, changes: IdentityChanges, at: datetime) -> None:
    before = kept_of(row)
    change = change_of(before, told, only_new=changes.late)
    now = after(before, change)
    if _marking(before) and _marking(now) and _marking(before) != _marking(now):
        put_to_end(row, MARKED, by=None, at=at)
    elif not now.get("persons") or not is_there(row.school, stays_in(now, row.source), today()):
        if row.code:
            put_to_end(row, LEFT, by=None, at=at)
    elif change:
        AdmittedRows.objects.create(
            admission=row, of_import=changes.number, at=at, content=json.dumps(asdict(change), ensure_ascii=False)
        )
        Admission.objects.filter(pk=row.pk).update(code=told.code)


def kept_of(row: Admission) -> Rows:
    """All that is kept of the pupil, opened."""
    kept: Rows = {}
    for stored in AdmittedRows.objects.filter(admission=row).order_by("pk"):
        kept = after(kept, Change(**json.loads(stored.content)))
    return kept


def stays_in(kept: Rows, source: str) -> list[Stay]:
    """The enrolments among what is kept, by the school's code."""
    return [
        Stay(place_code(source, one["organisation"]), _day(one["start_date"]), _day(one["end_date"]))
        for one in _rows(kept, "enrolments")
    ]


def _rows(kept: Rows, table: str) -> Iterable[dict[str, Any]]:
    return kept.get(table, {}).values()


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _marking(kept: Rows) -> str:
    return next((str(one[MARKING]) for one in _rows(kept, "persons")), "")
