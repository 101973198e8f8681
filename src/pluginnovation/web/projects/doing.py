"""Activities: planned on three axes, held, cancelled and ended."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.projects.activities import wrong_axis
from pluginnovation.projects.lifecycle import DISCONTINUED, ENDED
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .models import Activity, ActivityTime, SubProject
from .refused_doing import outside_its_time, sub_project_ended

LONGEST_NAME: Final = 120
LONGEST_ABOUT: Final = 1_000
LONGEST_WHY: Final = 300
MOST_TIMES: Final = 400
ENDED_STATES: Final = (ENDED, DISCONTINUED)


@dataclass(frozen=True, slots=True)
class Planned:
    """An activity about to be planned. `method` is its key at the knowledge hub; empty: none."""

    name: str
    intent: str
    reach: str
    level: str
    starts: date
    ends: date | None = None
    about: str = ""
    method: str = ""
    times: int | None = None


def plan_activity(*, sub_project: SubProject, planned: Planned, by: User, at: datetime) -> Activity:
    """Plan an activity.

    Raises  Refusal when an axis has no such word, the days or the number can't be, or the sub-project has ended
    """
    still_going(sub_project)
    if wrong_axis(planned.intent, planned.reach, planned.level):
        raise refused.not_offered(("Axeln", "The axis"))
    if planned.ends is not None and planned.ends < planned.starts:
        raise refused.ends_before()
    if planned.times is not None and not 1 <= planned.times <= MOST_TIMES:
        raise refused.number_wrong(1, MOST_TIMES)
    name = refused.text_of(planned.name, longest=LONGEST_NAME)
    about = refused.text_of(planned.about, longest=LONGEST_ABOUT, least=0)
    with recorded("plan_activity", by=by, at=at, about=str(sub_project.pk), intent=planned.intent,
                  reach=planned.reach, level=planned.level):  # fmt: skip
        return Activity.objects.create(
            sub_project=sub_project, name=name, about=about, intent=planned.intent, reach=planned.reach,
            level=planned.level, method=refused.text_of(planned.method, longest=LONGEST_NAME, least=0),
            starts=planned.starts, ends=planned.ends, planned_times=planned.times, by=by, at=at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """What was held, or cancelled with its reason. `times` below nothing takes back an earlier mistake."""

    on: date
    times: int = 1
    held: bool = True
    why: str = ""


def hold_activity(*, activity: Activity, held: Held, by: User, at: datetime) -> ActivityTime:
    """Write down that the activity was held or cancelled. A row is added.

    Raises  Refusal when the day is ahead or before the activity, the number can't be, or a cancelled one has no reason
    """
    if held.on > localdate(at):
        raise refused.day_ahead()
    if held.on < activity.starts or (activity.ends is not None and held.on > activity.ends):
        raise outside_its_time()
    if not -MOST_TIMES <= held.times <= MOST_TIMES or held.times == 0:
        raise refused.number_wrong(1, MOST_TIMES)
    why = refused.text_of(held.why, longest=LONGEST_WHY, least=0 if held.held else 1)
    with recorded("hold_activity", by=by, at=at, about=str(activity.sub_project_id), activity=activity.pk,
                  times=held.times, held=held.held):  # fmt: skip
        return ActivityTime.objects.create(
            activity=activity, on=held.on, times=held.times, held=held.held, why=why, by=by, at=at
        )


def end_activity(*, activity: Activity, by: User, at: datetime) -> Activity:
    """End an activity, once. Raises Refusal when it is ended already."""
    with recorded("end_activity", by=by, at=at, about=str(activity.sub_project_id), activity=activity.pk):
        if not Activity.objects.filter(pk=activity.pk, ended_at=None).update(ended_at=at, ended_by=by):
            raise refused.already_done()
    activity.refresh_from_db()
    return activity


def still_going(sub_project: SubProject) -> None:
    """Raises Refusal when nothing more is done in it."""
    if sub_project.state in ENDED_STATES:
        raise sub_project_ended()
