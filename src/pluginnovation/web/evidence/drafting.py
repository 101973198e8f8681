"""A plan from what somebody has written in the forms, and what the platform proposes from what there is."""

from dataclasses import replace
from typing import Any, Final

from pluginnovation.evidence.choose import Allowed, Proposal, proposals
from pluginnovation.evidence.labels import COMPARED, OUTCOMES
from pluginnovation.evidence.plan import WORTHWHILE, Outcome, Plan, Population, Window
from pluginnovation.evidence.usual import COVARIATES, SCORE, placebos_of
from pluginnovation.support.catalogue import BY_KEY

from .models import StoredPlan
from .stored import plan_of

BEFORE_DAYS: Final = 120
# Where the decisions stand that a design reads.
WAYS: Final = {"waiting_list": "draws", "rollout": "starts", "synthetic_control": "starts"}
IN_NODE: Final = ("waiting_list", "threshold", "rollout", "comparison", "synthetic_control", "hazard", "before_after")


def asked_plan(name: str, said: dict[str, Any]) -> Plan:
    """A draft from the question form. How it is answered isn't chosen yet."""
    words, kind, benefit = OUTCOMES[said["outcome"]]
    del words
    return Plan(
        name=name, question=said["question"].strip(), method=said["kind"], design="before_after",
        comparison=COMPARED["before_after"][0], outcome=Outcome(said["outcome"], kind, benefit, WORTHWHILE),
        window=Window(said["index_date"], BEFORE_DAYS, said["opens"], said["closes"]), covariates=COVARIATES,
        placebos=placebos_of(said["outcome"]), decisions=f"measures:{said['kind']}",
    )  # fmt: skip


def answered_by(row: StoredPlan, said: dict[str, Any], *, as_dated: bool) -> Plan:
    """The draft with the way it is answered, from the second form."""
    plan, design = plan_of(row), said["design"]
    kind = plan.decided_in[1]
    way = "draws" if design == "hazard" and plan_draws(row) else WAYS.get(design, "measures")
    threshold = design == "threshold" or said["cutoff"] is not None
    return replace(
        plan, design=design, comparison=COMPARED[design][0],
        outcome=replace(plan.outcome, worthwhile=float(said["worthwhile"])),
        population=Population(years=said["years"]), subgroups=tuple(said["subgroups"]),
        cost=None if said["cost"] is None else float(said["cost"]), as_dated=as_dated,
        score=SCORE if threshold else "", cutoff=float(said["cutoff"] or 0) if threshold else 0.0,
        decisions=f"{way}:{kind}" if kind else "",
    )  # fmt: skip


def plan_draws(row: StoredPlan) -> bool:
    """Whether somebody looked and found a draw."""
    return bool(row.looked and row.looked["allowed"]["waiting_pupils"])


def proposed(row: StoredPlan) -> tuple[Proposal, ...]:
    """The ways to answer, the strongest that the records allow first; empty until somebody has looked.

    Where the question is about when, a time to event stands first of what is allowed.
    """
    if row.looked is None:
        return ()
    allowed = Allowed(**row.looked["allowed"])
    found = tuple(one for one in proposals(allowed) if one.design in IN_NODE)
    if not allowed.timed:
        return found
    return tuple(sorted(found, key=lambda one: (not one.allowed, one.design != "hazard")))


def first_values(row: StoredPlan) -> dict[str, Any]:
    """What stands in the second form when it opens: the strongest design, or what was chosen before."""
    plan = plan_of(row)
    best = next((one.design for one in proposed(row) if one.allowed), "before_after")
    return {
        "design": plan.design if plan.design != "before_after" else best,
        "cutoff": plan.cutoff if plan.score else None,
        "years": ", ".join(map(str, plan.population.years)),
        "worthwhile": plan.outcome.worthwhile,
        "subgroups": plan.subgroups,
        "cost": plan.cost,
    }


def wanted_name(said: dict[str, Any]) -> str:
    """A plan's name from its measure and its day."""
    return f"{BY_KEY[said['kind']].key.replace('_', '-')}-{said['index_date'].isoformat()}"
