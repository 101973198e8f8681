"""All answered plans of one method and outcome, put together anew whenever one of them is answered."""

from dataclasses import asdict
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pluginnovation.evidence.plan import Plan
from pluginnovation.records.refusals import Refusal

from .grades import stored_grade
from .models import Estimate, StoredPlan, Together
from .stored import newest_of, plan_of

if TYPE_CHECKING:
    from pluginnovation.evidence.message import SiteEstimate
    from pluginnovation.evidence.pool import Pooled


def put_together(method: str, outcome: str, *, at: datetime) -> Together | None:
    """What all answered plans of a method and an outcome say together. None when fewer than two have an answer."""
    from pluginnovation.evidence.answer import named
    from pluginnovation.evidence.forest import forest
    from pluginnovation.evidence.grade import graded_pool
    from pluginnovation.evidence.plain import paragraph_of_pool
    from pluginnovation.evidence.pool import pool

    found = answered_of(method, outcome)
    messages = [message for plan, estimate in found if (message := _message(plan, estimate)) is not None]
    if len(messages) < 2 or len({(one.unit, one.benefit) for one in messages}) > 1:
        return None
    plan, pooled = found[0][0], pool(messages)
    grade = graded_pool(pooled, worthwhile=plan.outcome.worthwhile)
    return Together.objects.create(
        method=method, outcome=outcome, forest=asdict(forest(pooled)) | {"pooled": _figures(pooled)},
        grade=stored_grade(grade), said_sv=paragraph_of_pool(pooled, grade, named(plan, "sv"), "sv"),
        said_en=paragraph_of_pool(pooled, grade, named(plan, "en"), "en"), at=at,
    )  # fmt: skip


def answered_of(method: str, outcome: str) -> list[tuple[Plan, Estimate]]:
    """The answered plans of a method and an outcome, and their answers that stand, in the order they were locked."""
    found = []
    for row in StoredPlan.objects.exclude(locked_at=None).order_by("locked_at", "pk"):
        plan, estimate = plan_of(row), newest_of(row)
        if estimate is not None and (plan.method, plan.outcome.name) == (method, outcome) and plan.primary:
            found.append((plan, estimate))
    return found


def _message(plan: Plan, estimate: Estimate) -> "SiteEstimate | None":
    from pluginnovation.evidence.message import message_of

    try:
        return message_of(result_of(estimate), about(plan, site=plan.name), engine=estimate.engine).message
    except Refusal:
        return None  # what gives somebody away isn't shown beside others either


def result_of(estimate: Estimate) -> Any:
    """The stored result, as the pure stage has it."""
    from pluginnovation.evidence.result import result_of as read

    return read(estimate.result.encode())


def about(plan: Plan, *, site: str) -> Any:
    """What an estimate is of, as it is told elsewhere."""
    from pluginnovation.evidence.message import About

    horizon = f"{plan.window.opens.isoformat()}/{plan.window.closes.isoformat()}"
    return About(site=site, project=plan.name, method=plan.method, outcome=plan.outcome.name, horizon=horizon,
                 detail=plan.design)  # fmt: skip


def _figures(pooled: "Pooled") -> dict[str, Any]:
    names = ("unit", "benefit", "sites", "pupils", "method", "estimate", "low", "high", "next_low", "next_high", "tau",
             "i2", "q_p", "better", "believable", "cannot_tell")  # fmt: skip
    figures = {name: getattr(pooled, name) for name in names}
    return figures | {
        "without_one": [asdict(one) for one in pooled.without_one],
        "by_design": [asdict(one) for one in pooled.by_design],
    }


def engine_now() -> str:
    """The version that would estimate now."""
    return version("pluginnovation")
