"""The acts around a plan: draft, change, lock, leave it with a reason, lower its certainty, and hand it out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pluginnovation.evidence.plan import Plan, checked
from pluginnovation.evidence.plan_files import Departure as Left
from pluginnovation.evidence.plan_files import checksum, departed
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.records import jobs
from pluginnovation.web.records.models import Job

from . import refused
from .doing_names import ANSWER, LOOK, SPREAD
from .models import Departure, Estimate, Lowering, Spread, StoredPlan
from .stored import checked_text, locked_of, plan_of, text_of


def draft_plan(*, plan: Plan, sub_project: int | None, by: User | None, at: datetime) -> StoredPlan:
    """Write a question down. Its name gets a number when another has it.

    Raises  Refusal 'plan_…' when it can't be carried out as written
    """
    plan = checked(plan)
    with recorded("draft_plan", by=by, at=at, about=plan.name):
        return StoredPlan.objects.create(name=plan.name, content=text_of(plan), sub_project=sub_project, by=by, at=at)


def free_name(wanted: str) -> str:
    """The name, or with the first number that nobody has."""
    taken = set(StoredPlan.objects.filter(name__startswith=wanted).values_list("name", flat=True))
    return next(name for n in range(len(taken) + 1) if (name := f"{wanted}-{n + 1}" if n else wanted) not in taken)


def change_draft(*, row: StoredPlan, plan: Plan, by: User, at: datetime) -> StoredPlan:
    """Write a draft anew. Raises Refusal 'plan_already_locked' or 'plan_…'."""
    plan = checked(plan)
    with recorded("change_plan", by=by, at=at, about=row.name):
        held = _draft(row)
        held.content = text_of(plan)
        held.save(update_fields=["content"])
        return held


def throw_away(*, row: StoredPlan, by: User, at: datetime) -> None:
    """Throw a draft away. Raises Refusal 'plan_already_locked'."""
    with recorded("throw_plan_away", by=by, at=at, about=row.name):
        held = _draft(row)
        held.thrown_at = at
        held.save(update_fields=["thrown_at"])


def lock_plan(*, row: StoredPlan, seen: str, by: User, at: datetime) -> StoredPlan:
    """Lock a plan, with its checksum and the time: from now on nothing of it changes.

    Takes   seen   the checksum of the draft on the page that was read
    Raises  Refusal 'plan_already_locked', 'plan_draft_changed', or 'plan_…' when it can't be carried out
    """
    with recorded("lock_plan", by=by, at=at, about=row.name, checksum=seen):
        held = _draft(row)
        plan = checked_text(held.content)
        if checksum(plan) != seen:
            raise refused.draft_has_changed()
        held.checksum, held.locked_at, held.locked_by = seen, at, by
        held.save(update_fields=["checksum", "locked_at", "locked_by"])
    return held


def _draft(row: StoredPlan) -> StoredPlan:
    held = StoredPlan.objects.select_for_update().get(pk=row.pk)
    if held.locked_at is not None or held.thrown_at is not None:
        raise refused.already_locked()
    return held


@dataclass(frozen=True, slots=True)
class Leaving:
    """How the analysis is about to leave its plan, and why."""

    what: str
    why: str


def note_departure(*, row: StoredPlan, leaving: Leaving, by: User, at: datetime) -> Departure:
    """Write down a departure. It is shown for ever, and the next answer says so.

    Raises  Refusal 'plan_not_locked', 'departure_empty'
    """
    if row.locked_at is None:
        raise refused.not_locked()
    departed(locked_of(row), Left(at, by.login, leaving.what, leaving.why))
    with recorded("leave_plan", by=by, at=at, about=row.name):
        return Departure.objects.create(plan=row, what=leaving.what.strip(), why=leaving.why.strip(), by=by, at=at)


def lower_certainty(*, estimate: Estimate, to: int, reason: str, by: User, at: datetime) -> Lowering:
    """Lower the certainty of an answer, with a reason. The rule's own steps stay beside it.

    Raises  Refusal 'only_downwards', 'reason_missing'
    """
    from pluginnovation.evidence.answer import paragraph_of
    from pluginnovation.evidence.grade import lowered
    from pluginnovation.evidence.result import result_of

    from .grades import grade_of

    with recorded("lower_certainty", by=by, at=at, about=estimate.plan.name, locks=to):
        Estimate.objects.filter(pk=estimate.pk).exists()
        standing = grade_of(estimate)
        grade = lowered(standing, to, reason=reason, by=by.login, at=at)
        plan, result = plan_of(estimate.plan), result_of(estimate.result.encode())
        said = [paragraph_of(plan, result, grade, language) for language in ("sv", "en")]
        return Lowering.objects.create(
            estimate=estimate, locks=to, reason=reason.strip(), said_sv=said[0], said_en=said[1], by=by, at=at
        )


def ask_to_look(*, row: StoredPlan, by: User, at: datetime) -> Job:
    """Have the worker see what the records allow. Raises Refusal 'plan_already_locked'."""
    if row.locked_at is not None:
        raise refused.already_locked()
    return jobs.ask_for(LOOK, row.pk, by=by, at=at)


def ask_for_answer(*, row: StoredPlan, by: User, at: datetime) -> Job:
    """Have the worker answer a locked plan. Raises Refusal 'plan_not_locked'."""
    if row.locked_at is None:
        raise refused.not_locked()
    return jobs.ask_for(ANSWER, row.pk, by=by, at=at)


def ask_for_spread(*, asked: dict[str, Any], by: User, at: datetime) -> Spread:
    """Have the worker see how an outcome differs in the place's own records."""
    with recorded("plan_size", by=by, at=at):
        row = Spread.objects.create(asked=asked, by=by, at=at)
    jobs.ask_for(SPREAD, row.pk, by=by, at=at)
    return row
