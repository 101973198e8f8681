"""A sub-project that goes on at Björkskolan, led by Lena; the process leader is Per. For the tests of this folder."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.projects.models import Participant, Programme, RegisterFigure, SubProject
from tests.pals import Pals

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
STARTS, ENDS = date(2026, 1, 12), date(2026, 12, 18)


@dataclass(frozen=True)
class Running:
    """The sub-project and the two who have no other part among the pals."""

    pals: Pals
    project: SubProject
    lena: Any
    per: Any

    @property
    def at(self) -> str:
        """Where its pages are."""
        return f"/delprojekt/{self.project.pk}/"


def set_up(pals: Pals) -> Running:
    """Put it in the database: as granted, with nobody in it yet."""
    programme = Programme.objects.create(
        key="plug", name="Plug Innan", starts=date(2025, 8, 1), ends=date(2027, 6, 30), by=pals.rut, at=AT
    )
    lena, per = (User.objects.create(login=name, name=name.capitalize()) for name in ("lena", "per"))
    project = SubProject.objects.create(
        programme=programme, name="Hela måndagen", school=pals.place("bjork"), municipality="1499", state="running",
        leader=lena, leader_role="sub_project_leader", starts=STARTS, ends=ENDS, by=pals.rut,
        at=datetime(2026, 1, 2, 9, tzinfo=UTC),
    )  # fmt: skip
    Duty.objects.create(user=lena, role="sub_project_leader", sub_project=project.pk)
    Duty.objects.create(user=per, role="process_leader")
    return Running(pals, project, lena, per)


def figure(project: SubProject, measure: str, band: tuple[float | None, float | None], **given: Any) -> RegisterFigure:
    """What the night has computed of one measure: 48 of 50 participants known unless it is said otherwise."""
    row = {"before": 17.0, "now": 12.0, "n": 48, "of": 50, "few": False} | given
    return RegisterFigure.objects.create(
        sub_project=project, measure=measure, low=band[0], high=band[1], until=date(2026, 4, 22),
        as_of=date(2026, 4, 22), at=AT, **row,
    )  # fmt: skip


def takes_part(running: Running, pupil: str, **given: Any) -> Participant:
    """A pupil who takes part since the start."""
    row = {"start_date": STARTS} | given
    return Participant.objects.create(sub_project=running.project, pupil=pupil, by=running.pals.asa, at=AT, **row)
