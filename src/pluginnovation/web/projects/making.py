"""A sub-project's days, and one that is made without an application: from an earlier round, or decided elsewhere."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from pluginnovation.projects.lifecycle import PLANNED
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .doing import still_going
from .models import Analysis, Programme, SubProject
from .places import Place

LONGEST_NAME: Final = 120
LONGEST_ABOUT: Final = 2_000


@dataclass(frozen=True, slots=True)
class Making:
    """A sub-project about to be made, with its first and last day. `outside_id`: what another file calls it."""

    name: str
    starts: date
    ends: date
    about: str = ""
    outside_id: str = ""


def make_sub_project(*, programme: Programme, place: Place, making: Making, by: User, at: datetime) -> SubProject:
    """Make a sub-project at a place. Raises Refusal when the days or a text can't be."""
    _days(programme, making.starts, making.ends)
    name = refused.text_of(making.name, longest=LONGEST_NAME)
    about = refused.text_of(making.about, longest=LONGEST_ABOUT, least=0)
    with recorded("make_sub_project", by=by, at=at, about=place.school or place.municipality):
        return SubProject.objects.create(
            programme=programme, name=name, about=about, school=place.school, municipality=place.municipality,
            state=PLANNED, leader_role="sub_project_leader", starts=making.starts, ends=making.ends,
            outside_id=making.outside_id, by=by, at=at,
        )  # fmt: skip


def date_sub_project(*, sub_project: SubProject, starts: date, ends: date, by: User, at: datetime) -> SubProject:
    """Say from when until when it goes on.

    Raises  Refusal when the end comes before the beginning, they lie outside the programme, or it has ended
    """
    still_going(sub_project)
    _days(sub_project.programme, starts, ends)
    with recorded("date_sub_project", by=by, at=at, about=str(sub_project.pk)):
        held = SubProject.objects.select_for_update().get(pk=sub_project.pk)
        held.starts, held.ends, held.version = starts, ends, held.version + 1
        held.save(update_fields=["starts", "ends", "version"])
    return held


def take_in_analysis(*, sub_project: SubProject, document: dict[str, Any], by: User, at: datetime) -> Analysis:
    """Take in an analysis that was finished elsewhere, as the first version."""
    with recorded("take_in_analysis", by=by, at=at, about=str(sub_project.pk)):
        return Analysis.objects.create(
            sub_project=sub_project, school=sub_project.school, municipality=sub_project.municipality, version=1,
            document=document, done_at=at, by=by, at=at,
        )  # fmt: skip


def _days(programme: Programme, starts: date, ends: date) -> None:
    if ends < starts:
        raise refused.ends_before()
    if starts < programme.starts or ends > programme.ends:
        todo = ("Välj dagar inom programmets tid.", "Choose days within the programme's time.")
        raise refused.day_wrong(todo)
