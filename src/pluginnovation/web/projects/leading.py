"""Who leads a sub-project, from when until when, and how its state moves."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from pluginnovation.projects.lifecycle import (
    ANALYSIS,
    DISCONTINUED,
    ENDED,
    FINAL,
    GOALS,
    PLAN,
    REASONS,
    REGIONAL,
    SUB_PROJECT,
    missing,
    move_to,
)
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.support.refused import day_wrong, not_offered, not_yours, text_of

from .models import Analysis, EvaluationPlan, Goal, Report, StateMove, SubProject
from .refused import lacks, moved_meanwhile

LEADER = "sub_project_leader"
OVER = (ENDED, DISCONTINUED)


@dataclass(frozen=True, slots=True)
class Appointing:
    """Who is to lead, from when until when (None: as long as the sub-project goes on)."""

    user: User
    first: date
    last: date | None = None
    stand_in: bool = False


def appoint_leader(*, sub_project: SubProject, appointing: Appointing, by: User, at: datetime) -> Duty:
    """Give somebody the duty to lead, with its days: from then on the participants are within reach. The leader before
    has the duty until the day before.

    Raises  Refusal when the last day comes before the first
    """
    first, last = appointing.first, appointing.last
    if last is not None and last < first:
        raise day_wrong(("Slutet får inte ligga före början.", "The end can't come before the beginning."))
    with recorded("appoint_leader", by=by, at=at, about=str(sub_project.pk), stand_in=appointing.stand_in):
        held = SubProject.objects.select_for_update().get(pk=sub_project.pk)
        before = held.stand_in if appointing.stand_in else held.leader
        if before is not None and before != appointing.user:
            _end(held, first - timedelta(days=1), Q(user=before))
        setattr(held, "stand_in" if appointing.stand_in else "leader", appointing.user)
        held.leader_role, held.version = LEADER, held.version + 1
        held.save(update_fields=["leader", "stand_in", "leader_role", "version"])
        return Duty.objects.create(
            user=appointing.user, role=LEADER, sub_project=held.pk, start_date=first, end_date=last, source=""
        )


def end_leadership(*, sub_project: SubProject, on: date, by: User, at: datetime) -> int:
    """End every duty to lead it, on a day: nobody reaches its participants by it afterwards. How many were ended."""
    with recorded("end_leadership", by=by, at=at, about=str(sub_project.pk)):
        return _end(sub_project, on, Q())


def _end(sub_project: SubProject, on: date, which: Q) -> int:
    standing = Duty.objects.filter(which, role=LEADER, sub_project=sub_project.pk)
    return standing.filter(Q(end_date=None) | Q(end_date__gt=on)).update(end_date=on)


@dataclass(frozen=True, slots=True)
class Moving:
    """A move of a sub-project: where to, by whom, why, and the version that the mover had read."""

    after: str
    role: str
    why: str = ""
    seen: int | None = None


def standing_of(sub_project: SubProject) -> frozenset[str]:
    """What a move may need, of what stands in the sub-project."""
    number = sub_project.pk
    done = Analysis.objects.exclude(done_at=None)
    of_application = Q(application=sub_project.application_id) if sub_project.application_id else Q(pk__in=())
    there = {
        ANALYSIS: done.filter(Q(sub_project=number) | of_application).exists(),
        GOALS: Goal.objects.filter(sub_project=number, ended_at=None).exists(),
        PLAN: EvaluationPlan.objects.filter(sub_project=number).exists(),
        FINAL: Report.objects.filter(sub_project=number, kind="final").exclude(approved_at=None).exists(),
    }
    return frozenset(need for need, stands in there.items() if stands)


def move_sub_project(*, sub_project: SubProject, moving: Moving, by: User, at: datetime) -> SubProject:
    """Move a sub-project to its next state.

    Raises  Refusal when there is no such move, the role doesn't make it, something is missing first, or somebody has
            changed the sub-project meanwhile
    """
    why = text_of(moving.why, longest=4_000, least=0)
    with recorded("move_sub_project", by=by, at=at, about=str(sub_project.pk), after=moving.after):
        held = SubProject.objects.select_for_update().get(pk=sub_project.pk)
        if moving.seen is not None and moving.seen != held.version:
            raise moved_meanwhile()
        move = move_to(SUB_PROJECT, held.state, moving.after)
        if move is None:
            raise not_offered(("Läget", "The state"))
        if moving.role not in move.roles:
            raise not_yours()
        standing: Collection[str] = standing_of(held) | ({REASONS} if why else set())
        if needs := missing(move, standing):
            raise lacks(needs)
        StateMove.objects.create(
            sub_project=held, before=held.state, after=move.after, why=why, role=moving.role, by=by, at=at
        )
        held.state, held.version = move.after, held.version + 1
        held.save(update_fields=["state", "version"])
        # Whoever breaks off the own sub-project still has its report to write; the region ends the duty.
        if moving.role in REGIONAL and held.state in OVER:
            _end(held, localdate(at), Q())
    return held
