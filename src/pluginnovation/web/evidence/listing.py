"""Who could have had the help and who was offered it, handed in with a plan: a list, or a draw that the node logged.

A plan that was locked before the draw stays as it is. The draw is tied to it afterwards, with its seed and its time, so
that anybody sees that the question came first and can draw the same lots again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from pluginnovation.evidence.plan import Plan
from pluginnovation.support.lottery import METHOD
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Organisation, User
from pluginnovation.web.projects.models import SubProject
from pluginnovation.web.support.models import Draw

from . import refused
from .models import Assigned, HandedIn, StoredPlan
from .stored import plan_of
from .taking_over import draw_of

BY_LOT: Final = ("waiting_list", "school_draw")
BATCH: Final = 2_000


@dataclass(frozen=True, slots=True)
class Listed:
    """A list, with columns as `evidence.dataset.ASSIGNED`.

    drawn_at, seed   when lots were drawn and by which seed; None: nobody drew, or nobody wrote it down
    """

    rows: Sequence[Mapping[str, Any]]
    drawn_at: datetime | None = None
    seed: int | None = None


def hand_in(*, row: StoredPlan, listed: Listed, by: User | None, at: datetime) -> HandedIn:
    """Keep a list with a draft, or with a sub-project's locked plan that has none yet. A list once given stands.

    Raises  Refusal 'plan_already_locked', 'list_stands', 'list_empty', 'draw_before_lock', 'draw_too_late'
    """
    rows = [Assigned(plan=row, **one) for one in listed.rows]
    offered = sum(one.offered for one in rows)
    with recorded(
        "hand_in_list", by=by, at=at, about=row.name, listed=len(rows), offered=offered, seed=listed.seed,
        drawn_at=listed.drawn_at.isoformat() if listed.drawn_at else None,
    ):  # fmt: skip
        held = _without_list(row)
        if held.locked_at is not None and held.sub_project is None:
            raise refused.already_locked()
        if held.assigned.exists():
            raise refused.list_stands()
        if not rows:
            raise refused.list_empty()
        _in_order(held, plan_of(held), listed.drawn_at)
        Assigned.objects.bulk_create(rows, batch_size=BATCH)
        return HandedIn.objects.create(
            plan=held, drawn_at=listed.drawn_at, seed=listed.seed, listed=len(rows), offered=offered, by=by, at=at
        )


def tie_draw(*, row: StoredPlan, number: int, by: User, at: datetime) -> HandedIn:
    """Tie a draw that the node logged after a sub-project's plan was locked. Its lots are read when it is answered.

    Raises  Refusal 'draw_not_of_plan' (another place's, not by lot, or of another time), 'list_stands', and those of
            `hand_in`
    """
    draw = draws_for(row).filter(pk=number).first()
    if draw is None:
        raise refused.draw_not_of_plan()
    won = sum(bool(lot[-1]) for lot in draw.lots)
    try:
        with transaction.atomic(), recorded(
            "tie_draw", by=by, at=at, about=row.name, draw=draw.pk, seed=draw.seed, drawn_at=draw.at.isoformat()
        ):  # fmt: skip
            held = _without_list(row)
            _in_order(held, plan_of(held), draw.at)
            return HandedIn.objects.create(
                plan=held, draw=draw.pk, drawn_at=draw.at, seed=draw.seed, listed=len(draw.lots), offered=won, by=by,
                at=at,
            )  # fmt: skip
    except IntegrityError:
        raise refused.list_stands() from None


def draws_for(row: StoredPlan) -> QuerySet[Draw]:
    """The draws that can be tied to a plan: by lot, at the sub-project's school or in its municipality, made after the
    plan was locked and by its index date, and not tied already. None when the plan names one, or has a list."""
    plan, nothing = plan_of(row), Draw.objects.none()
    if row.sub_project is None or row.locked_at is None or plan.design not in BY_LOT or plan.decisions:
        return nothing
    if draw_of(row) is not None or row.handed.filter(draw=None).exists():
        return nothing
    project = SubProject.objects.filter(pk=row.sub_project).first()
    if project is None:
        return nothing
    schools = [project.school] if project.school else _schools(project.municipality)
    rows = Draw.objects.filter(way=METHOD, school__in=schools, at__gt=row.locked_at)
    return rows.filter(at__date__lte=plan.window.index_date).exclude(pk__in=tied_draws(row)).order_by("at", "pk")


def tied_draws(row: StoredPlan) -> list[int]:
    """The numbers of the draws that were tied to a plan."""
    found = row.handed.exclude(draw=None).order_by("drawn_at", "pk")
    return [number for number in found.values_list("draw", flat=True) if number is not None]


def _schools(municipality: str) -> list[str]:
    under = Organisation.objects.filter(parent__municipality=municipality).values_list("code", flat=True)
    own = Organisation.objects.filter(municipality=municipality).values_list("code", flat=True)
    return sorted({*under, *own})


def _without_list(row: StoredPlan) -> StoredPlan:
    held = StoredPlan.objects.select_for_update().get(pk=row.pk)
    if held.thrown_at is not None or held.handed.filter(draw=None).exists():
        raise refused.list_stands()
    return held


def _in_order(row: StoredPlan, plan: Plan, drawn_at: datetime | None) -> None:
    """A plan that was locked came before its draw, and its draw came by the index date."""
    if drawn_at is None:
        return
    if row.locked_at is not None and drawn_at <= row.locked_at:
        raise refused.draw_before_lock()
    if localdate(drawn_at) > plan.window.index_date:
        raise refused.draw_too_late()
