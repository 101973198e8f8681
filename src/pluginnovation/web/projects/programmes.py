"""Programmes: set up, with goals and municipalities; and what happens when a municipality withdraws."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.timezone import localdate

from pluginnovation.projects.calls import GOAL_KINDS
from pluginnovation.projects.ledger import WHOLE
from pluginnovation.projects.lifecycle import DISCONTINUED, DRAFT, GOING, REGION, UNDECIDED, WITHDRAWN
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support.refused import already_done, day_wrong, not_offered, number_wrong, text_of

from .leading import end_leadership
from .models import Application, Programme, ProgrammeGoal, ProgrammeMunicipality, StateMove, SubProject
from .places import municipalities
from .refused import name_taken, not_a_municipality, wrong_period

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 120, 200, 4_000


@dataclass(frozen=True, slots=True)
class SettingUp:
    """A programme about to be set up; see `models.Programme`. `own_share` in ten-thousandths, `budget` in öre."""

    name: str
    starts: date
    ends: date
    about: str = ""
    region: str = ""
    target_groups: tuple[str, ...] = ()
    funder: str = ""
    own_share: int = 0
    budget: int | None = None
    municipalities: tuple[str, ...] = field(default=())


def set_up_programme(*, setting: SettingUp, by: User, at: datetime) -> Programme:
    """Set up a programme with those who take part from its first day.

    Raises  Refusal when the days or the share can't be, the name is taken, or a municipality isn't here
    """
    name = text_of(setting.name, longest=LONGEST_NAME)
    if setting.ends <= setting.starts:
        raise wrong_period()
    if not 0 <= setting.own_share <= WHOLE:
        raise number_wrong(0, 100)
    if set(setting.municipalities) - set(municipalities()):
        raise not_a_municipality()
    groups = [text_of(one, longest=LONGEST_LINE) for one in setting.target_groups if one.strip()]
    about = text_of(setting.about, longest=LONGEST_TEXT, least=0)
    funder = text_of(setting.funder, longest=LONGEST_LINE, least=0)
    try:
        with transaction.atomic(), recorded("set_up_programme", by=by, at=at, about=slugify(name)[:40]):
            programme = Programme.objects.create(
                key=slugify(name)[:40] or "program", name=name, about=about, region=setting.region,
                target_groups=groups, funder=funder,
                own_share=setting.own_share, budget=setting.budget, starts=setting.starts, ends=setting.ends, by=by,
                at=at,
            )  # fmt: skip
            ProgrammeMunicipality.objects.bulk_create(
                ProgrammeMunicipality(programme=programme, municipality=code, joined_on=setting.starts, by=by, at=at)
                for code in dict.fromkeys(setting.municipalities)
            )
            return programme
    except IntegrityError as twice:
        raise name_taken() from twice


@dataclass(frozen=True, slots=True)
class Wanting:
    """A programme's goal about to be set; `kind` is a key of `calls.GOAL_KINDS`."""

    kind: str
    text: str
    target: str = ""
    indicator: str = ""
    by_when: date | None = None


def add_goal(*, programme: Programme, wanting: Wanting, by: User, at: datetime) -> ProgrammeGoal:
    """Set a goal of the programme.

    Raises  Refusal when the kind isn't one of the four, or the text can't be
    """
    if wanting.kind not in GOAL_KINDS:
        raise not_offered(("Målets slag", "The kind of goal"))
    text = text_of(wanting.text, longest=LONGEST_TEXT)
    with recorded("add_programme_goal", by=by, at=at, about=programme.key, kind=wanting.kind):
        return ProgrammeGoal.objects.create(
            programme=programme, kind=wanting.kind, text=text, indicator=wanting.indicator,
            target=text_of(wanting.target, longest=LONGEST_LINE, least=0), by_when=wanting.by_when, by=by, at=at,
        )  # fmt: skip


def end_goal(*, goal: ProgrammeGoal, by: User, at: datetime) -> None:
    """Say that a goal no longer stands; it stays to be read.

    Raises  Refusal when that is said already
    """
    with recorded("end_programme_goal", by=by, at=at, about=goal.programme.key, goal=goal.pk):
        if not ProgrammeGoal.objects.filter(pk=goal.pk, ended_at=None).update(ended_at=at, ended_by=by):
            raise already_done()


def join_programme(
    *, programme: Programme, municipality: str, on: date, by: User, at: datetime
) -> ProgrammeMunicipality:
    """Let a municipality take part from a day.

    Raises  Refusal when it isn't here, or takes part already
    """
    if municipality not in municipalities():
        raise not_a_municipality()
    try:
        with (
            transaction.atomic(),
            recorded("join_programme", by=by, at=at, about=municipality, programme=programme.key),
        ):
            return ProgrammeMunicipality.objects.create(
                programme=programme, municipality=municipality, joined_on=on, by=by, at=at
            )
    except IntegrityError as twice:
        raise not_a_municipality() from twice


@dataclass(frozen=True, slots=True)
class Left:
    """What a withdrawal led to: how many applications were taken back, and how many sub-projects were broken off."""

    applications: int
    sub_projects: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """When a municipality withdraws, and why."""

    on: date
    why: str


def leave_programme(*, row: ProgrammeMunicipality, leaving: Leaving, by: User, at: datetime) -> Left:
    """Let a municipality withdraw: its applications are taken back, its sub-projects broken off, and all of it is kept.

    Raises  Refusal when it has left already, the day can't be, or no reason is written
    """
    why = text_of(leaving.why, longest=LONGEST_TEXT)
    if not row.joined_on <= leaving.on <= localdate(at):
        raise day_wrong(("Välj en dag medan kommunen var med, högst i dag.",
                         "Choose a day when it took part, today at the latest."))  # fmt: skip
    with recorded("leave_programme", by=by, at=at, about=row.municipality, programme=row.programme.key):
        if not ProgrammeMunicipality.objects.filter(pk=row.pk, left_on=None).update(
            left_on=leaving.on, left_why=why, left_by=by, left_at=at
        ):
            raise already_done()
        ours = {"municipality": row.municipality}
        # A draft is the applicant's own; it stays, and can't be sent in.
        waiting = Application.objects.filter(**ours, call__programme=row.programme, state__in=UNDECIDED)
        taken_back = waiting.exclude(state=DRAFT).update(state=WITHDRAWN, closed_at=at, closed_by=by, why_closed=why)
        going = list(SubProject.objects.select_for_update().filter(**ours, programme=row.programme, state__in=GOING))
        for one in going:
            _break_off(one, why, by, at)
    return Left(taken_back, len(going))


def _break_off(sub_project: SubProject, why: str, by: User, at: datetime) -> None:
    StateMove.objects.create(
        sub_project=sub_project, before=sub_project.state, after=DISCONTINUED, why=why, role=REGION[0], by=by, at=at
    )
    sub_project.state, sub_project.version = DISCONTINUED, sub_project.version + 1
    sub_project.save(update_fields=["state", "version"])
    end_leadership(sub_project=sub_project, on=localdate(at), by=by, at=at)
