"""Opening a round of mapping, moving its last day, giving it the newest templates, and taking it back."""

from datetime import date, datetime
from typing import Final

from django.db import connection
from django.utils.timezone import localdate

from pluginnovation.support.mapping import CLASS, PUPIL
from pluginnovation.support.rounds import Dates, wrong_dates
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from ..models import ClassSheet, MappingRound, PupilMarks, PupilSheet
from .refused import dates_wont_do, has_answers, round_closed
from .stored import template_on

# Which advisory locks these are among the database's: of one round, and of a school's rounds.
LOCK: Final = 6_001
LOCK_OF_SCHOOL: Final = 6_002


def rounds_of(schools: list[str]) -> list[MappingRound]:
    """The schools' rounds that stand, newest first. One query."""
    standing = MappingRound.objects.filter(school__in=schools, withdrawn_at=None)
    return list(standing.order_by("-first", "-id"))


def dates_of(found: MappingRound) -> Dates:
    """A round's days."""
    return Dates(found.first, found.last)


def round_before(found: MappingRound) -> MappingRound | None:
    """The school's round before this one, which it is compared with."""
    earlier = MappingRound.objects.filter(school=found.school, withdrawn_at=None, first__lt=found.first)
    return earlier.order_by("-first", "-id").first()


def open_round(*, school: str, dates: Dates, by: User, role: str, at: datetime) -> MappingRound:
    """Open a round, with the templates that hold on its first day.

    Raises  Refusal when it ends before it begins, has been, is too long, too far away, or collides with another
    """
    with recorded("open_mapping_round", by=by, at=at, about=school, first=str(dates.first), last=str(dates.last)):
        # Of two who open one at once the second sees the first's.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK_OF_SCHOOL, school])
        others = [dates_of(one) for one in rounds_of([school])]
        if (wrong := wrong_dates(dates, today=localdate(at), others=others)) is not None:
            raise dates_wont_do(wrong)
        begins = max(dates.first, localdate(at))
        numbers = {kind: template_on(school, kind, begins).number for kind in (CLASS, PUPIL)}
        return MappingRound.objects.create(
            school=school, first=dates.first, last=dates.last, class_template=numbers[CLASS],
            pupil_template=numbers[PUPIL], by=by, role=role, at=at,
        )  # fmt: skip


def move_last_day(*, found: MappingRound, last: date, by: User, at: datetime) -> None:
    """Give a round another last day: later for those who remain, or today to end it.

    Raises  Refusal when the days can't be
    """
    others = [dates_of(one) for one in rounds_of([found.school]) if one.pk != found.pk]
    if (wrong := wrong_dates(Dates(found.first, last), today=localdate(at), others=others)) is not None:
        raise dates_wont_do(wrong)
    with recorded("move_mapping_round", by=by, at=at, about=str(found.pk), last=str(last), before=str(found.last)):
        found.last = last
        found.save(update_fields=["last"])


def renew_templates(*, found: MappingRound, by: User, at: datetime) -> None:
    """Give a round the templates that hold today.

    Raises  Refusal when somebody has answered
    """
    with recorded("renew_mapping_round", by=by, at=at, about=str(found.pk)):
        _without_answers(found)
        day = max(found.first, localdate(at))
        found.class_template = template_on(found.school, CLASS, day).number
        found.pupil_template = template_on(found.school, PUPIL, day).number
        found.save(update_fields=["class_template", "pupil_template"])


def withdraw_round(*, found: MappingRound, by: User, at: datetime) -> None:
    """Take a round back that nobody has answered.

    Raises  Refusal when somebody has
    """
    with recorded("withdraw_mapping_round", by=by, at=at, about=str(found.pk)):
        _without_answers(found)
        found.withdrawn_at, found.withdrawn_by = at, by
        found.save(update_fields=["withdrawn_at", "withdrawn_by"])


def has_been_answered(found: MappingRound) -> bool:
    """Whether anybody has answered anything in the round."""
    return any(model.objects.filter(round=found).exists() for model in (ClassSheet, PupilMarks, PupilSheet))


def locked(found: MappingRound, *, alone: bool) -> MappingRound:
    """The round as it stands, held until the transaction is over: answers wait for a change, and a change for answers.

    Takes   alone   whether nobody else may hold it meanwhile. A teacher may not change the row, so none is locked
    Raises  Refusal when it is taken back
    """
    held_by = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {held_by}(%s, %s)", [LOCK, found.pk])
    held = MappingRound.objects.get(pk=found.pk)
    if held.withdrawn_at is not None:
        raise round_closed()
    return held


def _without_answers(found: MappingRound) -> None:
    locked(found, alone=True)
    if has_been_answered(found):
        raise has_answers()
