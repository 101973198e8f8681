"""Setting goals, ending them, and reading them off by hand where no record tells."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.projects.goals import HIGHER, KINDS, LOWER, NUMBER, SCALE, TEXT, Aim, wrong_aim
from pluginnovation.projects.indicators import INDICATORS
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .doing import still_going
from .goals_counted import READ_OFF, SEX, YEAR
from .models import Goal, GoalReading, SubProject

LONGEST_TEXT: Final = 160
LONGEST_TARGET: Final = 400
LONGEST_READING: Final = 400
SPLITS: Final = ("", SEX, YEAR)
_WRONG: Final = {
    "kind": ("Välj ett slags mål.", "Choose a kind of goal."),
    "direction": ("Välj åt vilket håll det ska gå.", "Choose which way it should go."),
    "target_missing": ("Skriv ett målvärde.", "Write a target."),
    "target_is_baseline": ("Målet är detsamma som utgångsläget.", "The target is the same as the baseline."),
    "target_other_way": ("Målet är sämre än utgångsläget.", "The target is worse than the baseline."),
    "out_of_scale": ("På skalan går talen från 1 till 5.", "On the scale numbers go from 1 to 5."),
    "date_missing": ("Skriv ett slutdatum.", "Write a date."),
    "date_passed": ("Slutdatumet har redan varit.", "The date has passed already."),
    "text_target": ("Skriv hur det är när målet är nått.", "Write how it is when the goal is reached."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal about to be set.

    indicator   what the records read off; empty: it is read off by hand
    baseline, target   in percent or steps of the scale; None: not said, or in words
    """

    kind: str
    text: str
    by_when: date | None
    indicator: str = ""
    baseline: Decimal | None = None
    baseline_n: int | None = None
    target: Decimal | None = None
    text_target: str = ""
    split: str = ""


def goal_wrong(why: str) -> Refusal:
    """A goal that can't be set."""
    return Refusal("goal_wrong", what=_WRONG[why], todo=("Inget är sparat.", "Nothing is saved."))


def thousandths(number: Decimal | None) -> int | None:
    """A stored number as the arithmetic takes it."""
    return None if number is None else int(number * 1000)


def better_of(indicator: str, baseline: Decimal | None, target: Decimal | None) -> str:
    """Which way a goal goes: the indicator's own, else from baseline to target, else upward."""
    if indicator in INDICATORS:
        return INDICATORS[indicator].better
    down = baseline is not None and target is not None and target < baseline
    return LOWER if down else HIGHER


def aim_of(goal: Goal) -> Aim:
    """A goal as the arithmetic takes it."""
    return Aim(
        goal.kind, better_of(goal.indicator, goal.baseline, goal.target), thousandths(goal.baseline), goal.baseline_n,
        thousandths(goal.target), goal.by_when,
    )  # fmt: skip


def set_goal(*, sub_project: SubProject, new: NewGoal, by: User, at: datetime) -> Goal:
    """Set a goal. Without a baseline it stands all the same: the records fill it in when they know, or nothing does.

    Raises  Refusal when it can't be, or the sub-project has ended
    """
    still_going(sub_project)
    if new.kind not in KINDS:
        raise goal_wrong("kind")
    if new.indicator and (new.kind != NUMBER or new.indicator not in READ_OFF):
        raise refused.not_offered(("Det som mäts", "What is measured"))
    if new.split not in SPLITS or (new.split and not new.indicator):
        raise refused.not_offered(("Uppdelningen", "The split"))
    aim = Aim(
        new.kind, better_of(new.indicator, new.baseline, new.target), thousandths(new.baseline), new.baseline_n,
        thousandths(new.target), new.by_when,
    )  # fmt: skip
    if wrong := wrong_aim(aim, today=localdate(at)):
        raise goal_wrong(wrong)
    assert new.by_when is not None
    if new.kind == TEXT and not new.text_target.strip():
        raise goal_wrong("text_target")
    text = refused.text_of(new.text, longest=LONGEST_TEXT)
    target = refused.text_of(new.text_target, longest=LONGEST_TARGET, least=0)
    with recorded("set_project_goal", by=by, at=at, about=str(sub_project.pk), kind=new.kind, indicator=new.indicator):
        return Goal.objects.create(
            sub_project=sub_project, kind=new.kind, text=text, indicator=new.indicator,
            unit={NUMBER: "percent", SCALE: "scale", TEXT: ""}[new.kind], baseline=new.baseline,
            baseline_n=new.baseline_n, baseline_on=localdate(at) if new.baseline is not None else None,
            target=None if new.kind == TEXT else new.target, text_target=target, by_when=new.by_when,
            split=new.split, by=by, at=at,
        )  # fmt: skip


def end_goal(*, goal: Goal, by: User, at: datetime) -> None:
    """End a goal that no longer holds: it stays to be read, with what was reached.

    Raises  Refusal when it is ended already
    """
    with recorded("end_project_goal", by=by, at=at, about=str(goal.sub_project_id), goal=goal.pk):
        held = Goal.objects.filter(pk=goal.pk, ended_at=None)
        if not held.update(ended_at=at, ended_by=by):
            raise refused.already_done()


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read off by hand: a number with how many it rests on, or words."""

    on: date
    value: Decimal | None = None
    n: int | None = None
    text: str = ""


def read_off(*, goal: Goal, reading: Reading, by: User, at: datetime) -> GoalReading:
    """Read a goal off.

    Raises  Refusal when the records read it off, the day is ahead, the number can't be, or nothing is said
    """
    if goal.indicator or goal.ended_at is not None:
        raise refused.already_done()
    if reading.on > localdate(at):
        raise refused.day_ahead()
    if goal.kind != TEXT and (reading.value is None or not reading.n):
        raise refused.number_wrong(0, 100)
    if goal.kind == SCALE and reading.value is not None and not 1 <= reading.value <= 5:
        raise goal_wrong("out_of_scale")
    text = refused.text_of(reading.text, longest=LONGEST_READING, least=1 if goal.kind == TEXT else 0)
    with recorded("read_off_goal", by=by, at=at, about=str(goal.sub_project_id), goal=goal.pk):
        return GoalReading.objects.create(
            goal=goal, on=reading.on, value=reading.value, n=reading.n, text=text, by=by, at=at
        )
