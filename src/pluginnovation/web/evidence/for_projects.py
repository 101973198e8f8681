"""What a sub-project's reports are told of its locked plan: the answer that stands, or that it can't be told."""

from dataclasses import replace

from django.urls import reverse

from pluginnovation.evidence.dots import DOTS
from pluginnovation.evidence.message import message_from
from pluginnovation.evidence.plain_words import CANNOT, ELSE_CANNOT
from pluginnovation.evidence.result import MIN_PUPILS
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.projects.models import EvaluationPlan
from pluginnovation.web.projects.plan_answer import CANNOT_TELL, TOLD, PlanAnswer

from .grades import locks_of
from .models import StoredPlan
from .stored import READ, lowered_of, newest_of, plan_of, plans_for
from .words import result_from


def answer_to(plan: EvaluationPlan) -> PlanAnswer | None:
    """The answer to a sub-project's plan; None when it isn't taken over, or nothing is estimated yet."""
    row = StoredPlan.objects.filter(sub_project=plan.sub_project_id, checksum=plan.checksum).first()
    estimate = newest_of(row) if row is not None else None
    if row is None or estimate is None:
        return None
    result, locks = result_from(estimate.result), locks_of(estimate)
    low, asked = lowered_of(estimate), plan_of(row)
    shown = low or estimate
    cannot = CANNOT.get(result.cannot_tell, ELSE_CANNOT) if result.cannot_tell else None
    sure = PlanAnswer(
        CANNOT_TELL, asked.question, asked.window.closes.isoformat(), estimate.as_of.isoformat(),
        estimate.at.isoformat(), cannot or (shown.said_sv, shown.said_en), treated=_counted(result.sizes.treated),
        compared=_counted(result.sizes.compared), dots=DOTS[locks], keys=_keys(row),
    )  # fmt: skip
    if cannot or not locks or result.estimate is None:
        return sure
    return replace(sure, state=TOLD, estimate=result.estimate, low=result.low, high=result.high, unit=result.unit)


def shown_at(plan: EvaluationPlan, duty: ActiveDuty) -> str:
    """The address of the plan's page; empty when it isn't taken over, or not for this duty."""
    row = plans_for(duty).filter(sub_project=plan.sub_project_id, checksum=plan.checksum).first()
    return reverse("effect", args=[row.pk]) if row is not None and duty.role in READ else ""


def _counted(n: int) -> int | None:
    return n if n >= MIN_PUPILS or n == 0 else None


def _keys(row: StoredPlan) -> tuple[str, ...]:
    """What the answer is called at the hub, when it was handed out."""
    sent = row.sent.order_by("at", "pk").values_list("content", flat=True)
    return tuple(dict.fromkeys(" · ".join(message_from(one.encode()).about.key) for one in sent))
