"""Texts, obstacles and goals of a case. What somebody wrote is never written over."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.support import obstacles
from pluginnovation.support.case_texts import LONGEST, section_of
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .cases import held_case
from .models import Case, CaseText, Goal, Obstacle

LONGEST_GOAL: Final = 500


@dataclass(frozen=True, slots=True)
class Writing:
    """A text about to be written.

    seen   the version of the section that the writer had read: 0 when there was none
    """

    section: str
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a text.

    text    the row that holds it
    other   the text that stands, which the writer hadn't seen; none: the written one stands
    """

    text: CaseText
    other: CaseText | None = None


def write_text(*, case: Case, writing: Writing, by: User, at: datetime) -> Written:
    """Write one section of a case. When somebody was first, the words are kept beside theirs, and both are shown.

    Raises  Refusal when the case is closed, it has no such section, or the text is empty or too long
    """
    if section_of(case.kind, writing.section) is None:
        raise refused.not_offered(("Avsnittet", "The section"))
    text = refused.text_of(writing.text, longest=LONGEST)
    with recorded("write_text", by=by, at=at, about=case.pupil, case=case.pk, section=writing.section):
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        last = CaseText.objects.filter(case=held, section=writing.section, beside=False).order_by("-version").first()
        version = last.version if last else 0
        if last is not None and last.text == text:
            return Written(last)
        first = writing.seen == version
        row = CaseText.objects.create(
            case=held, pupil=held.pupil, section=writing.section, text=text, beside=not first,
            version=version + 1 if first else max(writing.seen, 0), by=by, at=at,
        )  # fmt: skip
        if first:
            held.version += 1
            held.save(update_fields=["version"])
    return Written(row, None if first else last)


def set_obstacles(*, case: Case, keys: Collection[str], by: User, at: datetime) -> list[str]:
    """Say which obstacles stand now; what is gone is dated and kept. The keys, in the catalogue's order.

    Raises  Refusal when one isn't in the catalogue, or the case is closed
    """
    if unknown := set(keys) - set(obstacles.BY_KEY):
        raise refused.not_offered((f"{len(unknown)} hinder", f"{len(unknown)} obstacles"))
    with recorded("set_obstacles", by=by, at=at, about=case.pupil, case=case.pk, n=len(keys)):
        held = held_case(case.pk)
        if held.closed_at is not None:
            raise refused.case_is_closed()
        standing = {row.key: row.pk for row in held.obstacles.all() if row.gone_at is None}
        gone = [number for key, number in standing.items() if key not in keys]
        Obstacle.objects.filter(pk__in=gone).update(gone_at=at, gone_by=by)
        Obstacle.objects.bulk_create(
            Obstacle(case=held, pupil=held.pupil, key=key, by=by, at=at) for key in keys if key not in standing
        )
    return [key for key in obstacles.BY_KEY if key in keys]


@dataclass(frozen=True, slots=True)
class Aim:
    """A goal about to be set; see `models.Goal`."""

    text: str
    by_when: date
    indicator: str = ""
    baseline: int | None = None
    baseline_on: date | None = None
    baseline_n: int | None = None
    target: int | None = None


def set_goal(*, case: Case, aim: Aim, by: User, at: datetime) -> Goal:
    """Set a goal, with the figure that it starts from as it was then.

    Raises  Refusal when nothing is written, the day has passed, or the case is closed
    """
    text = refused.text_of(aim.text, longest=LONGEST_GOAL)
    if aim.by_when <= localdate(at):
        raise refused.day_passed()
    with recorded("set_goal", by=by, at=at, about=case.pupil, case=case.pk, indicator=aim.indicator):
        if held_case(case.pk).closed_at is not None:
            raise refused.case_is_closed()
        return Goal.objects.create(
            case=case, pupil=case.pupil, text=text, indicator=aim.indicator, baseline=aim.baseline,
            baseline_on=aim.baseline_on, baseline_n=aim.baseline_n, target=aim.target, by_when=aim.by_when, by=by,
            at=at,
        )  # fmt: skip


def end_goal(*, goal: Goal, by: User, at: datetime) -> Goal:
    """Say that a goal no longer stands, once. It stays to be read.

    Raises  Refusal when that is said already, or the case is closed
    """
    with recorded("end_goal", by=by, at=at, about=goal.pupil, case=goal.case_id, goal=goal.pk):
        if held_case(goal.case_id).closed_at is not None:
            raise refused.case_is_closed()
        if not Goal.objects.filter(pk=goal.pk, ended_at=None).update(ended_at=at, ended_by=by):
            raise refused.already_done()
    goal.refresh_from_db()
    return goal
