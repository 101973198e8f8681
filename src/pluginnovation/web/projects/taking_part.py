"""Participants: tied to a measure or a case, ended with a reason. Nothing of what the records know is copied."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from pluginnovation.projects.activities import TakingPart, overlaps
from pluginnovation.support.ends import REASONS
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused
from pluginnovation.web.support.models import Case, Measure

from .doing import still_going
from .models import Participant, SubProject
from .refused_doing import of_other_pupil, outside_its_time, takes_part_already


@dataclass(frozen=True, slots=True)
class Joining:
    """Who takes part from when. `measure` and `case` are numbers of the pupil's own; None: none."""

    pupil: str
    starts: date
    measure: int | None = None
    case: int | None = None


def take_part(*, sub_project: SubProject, joining: Joining, by: User, at: datetime) -> Participant:
    """Let a pupil take part.

    Raises  Refusal when the sub-project has ended, the day lies outside it, the pupil takes part already, or the
            measure or case is somebody else's
    """
    still_going(sub_project)
    _within(sub_project, joining.starts)
    mine = Q(pupil=joining.pupil)
    for number, rows in ((joining.measure, Measure.objects), (joining.case, Case.objects)):
        if number is not None and not rows.filter(mine, pk=number).exists():
            raise of_other_pupil()
    stays = Participant.objects.filter(mine, sub_project=sub_project)
    known = [TakingPart(one.start_date, one.end_date, one.why_ended) for one in stays]
    if overlaps(known, joining.starts):
        raise takes_part_already()
    try:
        with transaction.atomic(), recorded("take_part", by=by, at=at, about=joining.pupil, sub_project=sub_project.pk):
            return Participant.objects.create(
                sub_project=sub_project, pupil=joining.pupil, case_id=joining.case, measure_id=joining.measure,
                start_date=joining.starts, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as twice:  # two who tie the same pupil at once
        if "participant_once" not in str(twice):
            raise
        raise takes_part_already() from None


@dataclass(frozen=True, slots=True)
class Leaving:
    """The last day, and why: a key of `support.ends.REASONS`."""

    on: date
    why: str


def stop_taking_part(*, participant: Participant, leaving: Leaving, by: User, at: datetime) -> Participant:
    """End a pupil's time in the sub-project, once.

    Raises  Refusal when it is ended already, the day can't be, or the reason isn't one to choose
    """
    if leaving.why not in REASONS:
        raise refused.not_offered(("Skälet", "The reason"))
    if leaving.on > localdate(at):
        raise refused.day_ahead()
    if leaving.on < participant.start_date:
        raise refused.ends_before()
    with recorded("stop_taking_part", by=by, at=at, about=participant.pupil, sub_project=participant.sub_project_id,
                  why=leaving.why):  # fmt: skip
        if not Participant.objects.filter(pk=participant.pk, end_date=None).update(
            end_date=leaving.on, why_ended=leaving.why, ended_by=by, ended_at=at
        ):
            raise refused.already_done()
    participant.refresh_from_db()
    return participant


def _within(sub_project: SubProject, day: date) -> None:
    before = sub_project.starts is not None and day < sub_project.starts
    if before or (sub_project.ends is not None and day > sub_project.ends):
        raise outside_its_time()
