"""The waits of pupils who have left a school: told by the database without telling who they were.

Who had left before anybody answered would otherwise be missing from the time to action, and the school look faster than
it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection
from django.utils.timezone import localtime

from pluginnovation.support.time_to_action import CASE, MEASURE, Act, Change

from .said import answers_standing, rests_on

LEFT: Final = "SELECT who, last, kind, signal, on_day, at, before, after, what FROM fence.left_school(%s)"


@dataclass(frozen=True, slots=True)
class Left:
    """Those who have left a school; who each was isn't told, only which rows are of the same.

    last      each one's last day at the school
    changes   of their signals while they were there
    acts      what was said and done about them
    """

    last: dict[str, date] = field(default_factory=dict)
    changes: Sequence[Change] = ()
    acts: Sequence[Act] = ()


NOBODY: Final = Left()


@dataclass(frozen=True, slots=True)
class _Row:
    who: str
    last: date
    kind: str
    signal: str
    on: date | None
    at: datetime | None
    before: int | None
    after: int | None
    what: str

    @property
    def day(self) -> date:
        """The day that it is of."""
        if self.on is not None:
            return self.on
        if self.at is None:
            raise ValueError("A row without a day")
        return localtime(self.at).date()


def left_school(school: str) -> Left:
    """Those who have left a school of the one who asks. One query."""
    with connection.cursor() as cursor:
        cursor.execute(LEFT, [school])
        rows = [_Row(f"left-{who}", *told) for who, *told in cursor.fetchall()]
    changes = tuple(
        Change((row.who, rests_on(row.signal)), row.signal, row.day, row.before, row.after)
        for row in rows
        if row.kind == "change"
    )
    return Left({row.who: row.last for row in rows}, changes, (*_answers(rows), *_done(rows)))


def _answers(rows: Iterable[_Row]) -> Iterable[Act]:
    said: list[Any] = [(row.who, row.signal, row.what, row.at) for row in rows if row.kind == "answer"]
    return answers_standing(said)


def _done(rows: Iterable[_Row]) -> Iterable[Act]:
    for row in rows:
        if row.kind == "measure":
            yield Act(row.who, rests_on(row.signal) if row.signal else "", row.day, MEASURE)
        elif row.kind == "case":
            yield Act(row.who, "", row.day, CASE)
