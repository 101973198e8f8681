"""The registers' figures beside a report: as the night computed them, and the counts that came by themselves."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Sum

from pluginnovation.projects.claims import Figure

from .models import ActivityTime, Goal, LedgerEntry, PartCounts, RegisterFigure, Report, SubProject


def figures_of(sub_project: SubProject) -> dict[str, Figure]:
    """The figures by measure; empty before the first night after the start. One query."""
    return {row.measure: _figure(row) for row in RegisterFigure.objects.filter(sub_project=sub_project)}


def _figure(row: RegisterFigure) -> Figure:
    return Figure(row.measure, row.before, row.now, row.low, row.high, row.n, row.of, row.until, few=row.few)


OF_PARTICIPANTS: Final = (
    "came", "going_on", "completed", "early", "moved", "planned", "given", "points", "points_known", "points_followed",
    "points_partly",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands in a report without anybody writing it, by name; None: hidden, or nothing is written down yet.

    hidden   the names of those that aren't told, since fewer than ten are behind them
    """

    values: dict[str, int | None]
    hidden: frozenset[str] = frozenset()


def counts_of(sub_project: SubProject) -> Counts:
    """The counts of a sub-project. Four queries.

    Gives   came, going_on, completed, early, moved, planned, given (of measures), points and what
            follows (of the methods that they follow), held (activities), hours, cost (whole
            kronor), goals
    """
    counts = PartCounts.objects.filter(sub_project=sub_project).first()
    found: dict[str, int | None] = {name: getattr(counts, name) if counts else None for name in OF_PARTICIPANTS}
    hidden = frozenset(name for name, value in found.items() if counts is not None and value is None)
    held = ActivityTime.objects.filter(activity__sub_project=sub_project, held=True).aggregate(n=Sum("times"))["n"]
    money = LedgerEntry.objects.filter(sub_project=sub_project).aggregate(minutes=Sum("minutes"), ore=Sum("amount"))
    found["held"] = held
    found["hours"] = None if money["minutes"] is None else money["minutes"] // 60
    found["cost"] = None if money["ore"] is None else money["ore"] // 100
    found["goals"] = Goal.objects.filter(sub_project=sub_project, ended_at=None).count() or None
    return Counts(found, hidden)


def packed(figure: Figure) -> dict[str, Any]:
    """A figure as a report keeps it."""
    return asdict(figure) | {"until": figure.until.isoformat() if figure.until else None}


def unpacked(kept: dict[str, Any]) -> Figure:
    """The figure that a report keeps."""
    return Figure(**(kept | {"until": date.fromisoformat(kept["until"]) if kept["until"] else None}))


def figures_then(report: Report) -> dict[str, Figure]:
    """The figures that belong to a report: as they were when it was handed in, or as they are now."""
    if report.state == "draft":
        return figures_of(report.sub_project)
    kept: Iterable[dict[str, Any]] = (report.answers.get("_figures") or {}).values()
    return {one["measure"]: unpacked(one) for one in kept}


def counts_then(report: Report) -> Counts:
    """The counts that belong to a report, likewise."""
    if report.state == "draft":
        return counts_of(report.sub_project)
    return Counts(dict(report.answers.get("_counts") or {}), frozenset(report.answers.get("_hidden") or ()))
