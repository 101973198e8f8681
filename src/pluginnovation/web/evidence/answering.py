"""A locked plan answered from the node's own records, by the worker or at the command line: never for a page's sake."""

from dataclasses import replace
from datetime import date, datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pluginnovation.evidence.plan_files import changed, intact
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .decisions import decisions_of
from .grades import stored_grade
from .models import Estimate, StoredPlan
from .stored import locked_of, newest_of, observable
from .taking_over import take_over
from .together import put_together

if TYPE_CHECKING:
    import polars as pl

    from pluginnovation.evidence.result import Figure
    from pluginnovation.records.store import Store


def answer_plan(store: "Store", row: StoredPlan, *, as_of: date, by: User | None, at: datetime) -> Estimate:
    """The answer to a locked plan on a day. When it is the same as the last one, that one stands.

    Raises  Refusal 'plan_not_locked', 'plan_changed', 'decisions_missing', and those of `evidence.answer.answered`
    """
    from pluginnovation.evidence.answer import answered
    from pluginnovation.evidence.result import bytes_of

    if row.locked_at is None:
        raise refused.not_locked()
    locked = locked_of(row)
    if not intact(locked):
        raise changed()
    decisions = decisions_of(row, locked.plan)
    found = answered(locked, decisions, store, as_of=as_of)
    result = replace(found.result, extra=(*found.result.extra, *given_of(found.result.estimate, decisions)))
    values: dict[str, Any] = {
        "result": bytes_of(result).decode(),
        "warning": bytes_of(found.warning).decode() if found.warning else "",
        "grade": stored_grade(found.grade),
        "said_sv": found.paragraph("sv"),
        "said_en": found.paragraph("en"),
        "not_enrolled": found.not_enrolled,
        "disposed": found.disposed,
    }
    last = newest_of(row)
    if last is not None and all(getattr(last, name) == value for name, value in values.items()):
        return last
    with recorded("answer_plan", by=by, at=at, about=row.name, as_of=as_of.isoformat(), locks=found.grade.locks):
        made = Estimate.objects.create(plan=row, as_of=as_of, engine=version("pluginnovation"), by=by, at=at, **values)
    put_together(locked.plan.method, locked.plan.outcome.name, at=at)
    return made


def given_of(estimate: float | None, decisions: "pl.DataFrame") -> "tuple[Figure, ...]":
    """How often the help was given, how much that is of what was planned, and how far the method was followed: each of
    at least ten, or not told."""
    from pluginnovation.evidence.result import MIN_PUPILS

    if estimate is None or "times" not in decisions.columns or decisions["times"].is_null().all():
        return ()
    offered = decisions.filter(decisions["offered"])
    told = offered.drop_nulls("planned").filter(offered.drop_nulls("planned")["planned"] > 0)
    figures = []
    if offered.height >= MIN_PUPILS:
        figures.append(_figure("times_of_help", offered["times"], offered.height))
    if told.height >= MIN_PUPILS:
        figures.append(_figure("share_of_planned", 100 * told["times"] / told["planned"], told.height))
    return (*figures, *_followed(offered))


def _followed(offered: "pl.DataFrame") -> "tuple[Figure, ...]":
    """Of the method's points: the share that somebody told of, and of those the shares followed, wholly or partly."""
    from pluginnovation.evidence.result import MIN_PUPILS

    having = offered.filter(offered["points"] > 0)
    told = having.filter(having["points_known"] > 0)
    if having.height < MIN_PUPILS:
        return ()
    figures = [_share("points_known", having["points_known"], having["points"])]
    if told.height >= MIN_PUPILS:
        figures += [_share(name, told[name], told["points_known"]) for name in ("points_followed", "points_partly")]
    return tuple(figures)


def _share(name: str, some: "pl.Series", every: "pl.Series") -> "Figure":
    from pluginnovation.evidence.result import Figure

    return Figure(name, 100 * int(some.sum()) / int(every.sum()), n=len(every), exploratory=False)


def _figure(name: str, values: "pl.Series", n: int) -> "Figure":
    from pluginnovation.evidence.result import Figure

    mean = values.mean()
    return Figure(name, float(mean) if isinstance(mean, int | float) else None, n=n, exploratory=False)


def answer_all(store: "Store", *, as_of: date, at: datetime) -> dict[str, list[dict[str, str]]]:
    """Answer every locked plan whose outcome's last day has come, sub-projects' own too. One that can't be answered
    doesn't stop the others.

    Gives   'answered' and 'refused', each with the plan's name and what was said of it
    """
    take_over(at=at)
    told: dict[str, list[dict[str, str]]] = {"answered": [], "refused": []}
    for row in StoredPlan.objects.exclude(locked_at=None).select_related("locked_by").order_by("pk"):
        if not observable(row, as_of):
            continue
        try:
            found = answer_plan(store, row, as_of=as_of, by=None, at=at)
            told["answered"].append({"name": row.name, "said": found.said_sv, "said_en": found.said_en})
        except Refusal as refusal:
            told["refused"].append({"name": row.name, "code": refusal.code, "said": refusal.text("sv"),
                                    "said_en": refusal.text("en")})  # fmt: skip
    return told
