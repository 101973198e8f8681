"""What the command does with stored plans: find one, list them, keep one with its list, answer, and write messages."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from pluginnovation.evidence.dots import DOTS
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.plan_files import checksum
from pluginnovation.records.refusals import Refusal
from pluginnovation.records.store import Store
from pluginnovation.web.people.models import User

from .actions import draft_plan, lock_plan
from .answering import answer_plan
from .grades import locks_of
from .handing_out import hand_out
from .listing import Listed, hand_in
from .models import StoredPlan
from .stored import newest_of, plan_of


def found_plan(said: str) -> StoredPlan:
    """The stored plan of a number or a name. Raises Refusal 'plan_absent'."""
    rows = StoredPlan.objects.filter(thrown_at=None).select_related("locked_by")
    row = rows.filter(pk=int(said)).first() if said.isascii() and said.isdigit() else rows.filter(name=said).first()
    if row is None:
        raise Refusal(
            "plan_absent",
            what=("Det finns ingen sådan fil, och ingen sparad plan med det numret eller namnet.",
                  "There is no such file, and no stored plan with that number or name."),
            todo=("Se `plug evidence list`.", "See `plug evidence list`."),
            where=said,
        )  # fmt: skip
    return row


def listed() -> list[dict[str, Any]]:
    """Every stored plan: number, name, question, design, whether it is locked, and its dots."""
    rows = []
    for row in StoredPlan.objects.filter(thrown_at=None).order_by("pk"):
        plan, estimate = plan_of(row), newest_of(row)
        rows.append({
            "number": row.pk, "name": row.name, "question": plan.question, "design": plan.design,
            "locked_at": row.locked_at, "closes": plan.window.closes, "checksum": row.checksum,
            "answered_at": estimate.at if estimate else None, "dots": DOTS[locks_of(estimate)] if estimate else None,
        })  # fmt: skip
    return rows


@transaction.atomic
def keep_plan(plan: Plan, *, decisions: Path | None, login: str, at: datetime) -> StoredPlan:
    """Store a plan, with its list of decisions when there is one, and lock it.

    Raises  Refusal 'plan_…', 'decisions_unreadable', 'keeper_absent' for a login that nobody has
    """
    by = User.objects.filter(login=login, is_active=True).first()
    if by is None:
        raise Refusal(
            "keeper_absent",
            what=("Ingen har den inloggningen.", "Nobody has that login."),
            todo=("Ge någon rollen evaluator med `plug people appoint`.",
                  "Give somebody the role evaluator with `plug people appoint`."),
            where=login,
        )  # fmt: skip
    row = draft_plan(plan=replace(plan, decisions="") if decisions else plan, sub_project=None, by=by, at=at)
    if decisions is not None:
        from pluginnovation.evidence.answer import decisions_from

        rows = decisions_from(decisions, plan.design).to_dicts()
        hand_in(row=row, listed=Listed(rows), by=by, at=at)
    return lock_plan(row=row, seen=checksum(plan_of(row)), by=by, at=at)


def answered_at_prompt(store: Store, row: StoredPlan, *, as_of: date, at: datetime) -> dict[str, Any]:
    """The answer to one stored plan, as a document."""
    import json

    made = answer_plan(store, row, as_of=as_of, by=None, at=at)
    locks = locks_of(made)
    return {
        "plan": {"number": row.pk, "name": row.name, "checksum": row.checksum, "locked_at": row.locked_at},
        "result": json.loads(made.result), "certainty": made.grade | {"locks": locks, "dots": DOTS[locks]},
        "paragraph": {"sv": made.said_sv, "en": made.said_en},
        "warning_example": json.loads(made.warning) if made.warning else None,
        "not_enrolled": made.not_enrolled, "disposed": made.disposed,
    }  # fmt: skip


def message_at_prompt(row: StoredPlan, *, site: str, at: datetime) -> str:
    """The message about the answer that stands, as JSON. Raises Refusal 'estimate_missing', 'under_ten', …"""
    return hand_out(row=row, site=site, by=None, at=at).content
