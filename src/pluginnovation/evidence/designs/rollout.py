"""Schools or municipalities that began at different times: each is compared with those that had not begun yet.

Rests on trends that would have been parallel. That can't be seen, so the design tells how large a parting of trends
would have gone unnoticed, and how much of one the effect survives.
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import stats

from ..linear import sums
from ..peers.honest import EventStudy, breakdown, robust_interval, unnoticed_trend
from ..plan import Plan
from ..result import MIN_PUPILS, Diagnostic, Figure, Result, Sizes, at_least, at_most, cannot_tell
from ..staggered import (
    NEVER,
    NEVER_TREATED,
    NOT_YET,
    Effects,
    Panel,
    Told,
    by_period,
    by_time,
    doubt,
    effects_of,
    mean_of,
    mean_of_groups,
    moved_before,
    overall,
)
from ..table import Bools, Floats
from .asked import blank, told

CAP: Final = 3
CAP_SURE: Final = 4  # when trends may part as much after the start as they ever did before
FEW_SCHOOLS: Final = 5
SLOPE_P: Final = 0.1  # a steady parting is the likeliest fault and the costliest to miss
ASSUMES: Final = ("parallel_trends", "no_anticipation", "same_pupils", "no_spill_over")


@dataclass(frozen=True, slots=True)
class Rollout:
    """A panel, and what is known of who is in it.

    counts   pupils per unit and period, units x periods: whether the schools kept the same pupils
    groups   the same panel among each planned subgroup's pupils only
    """

    panel: Panel
    counts: Floats
    groups: tuple[tuple[str, Panel], ...] = ()


def rollout(plan: Plan, started: Rollout) -> Result:
    """What the help had done where it had begun, over all schools and periods after their start.

    Gives   effect on those helped, in the plan's unit, larger groups and longer help counting for more; 'cannot_tell'
            when nobody began, nobody is left to compare with, only one school stands on a side, or under ten pupils do
    Raises  nothing: the plan was checked when it was locked
    Source  Callaway & Sant'Anna 2021; pre-trends Roth 2022; robust interval Rambachan & Roth 2023
    """
    panel = started.panel
    sizes, against = _sizes(panel), _against(panel)
    found = blank(plan, "rollout", "att_overall", sizes, cap=CAP, assumptions=(against, *ASSUMES))
    why = _why_not(panel, sizes)
    if why:
        return cannot_tell(found, why)
    effects = effects_of(panel, against=against)
    if not any(cell.at >= cell.first for cell in effects.cells):
        return cannot_tell(found, "outcome_not_yet")
    answer = overall(effects)
    se, df = doubt(answer, panel)
    study = _study(panel, against)
    honest, lasts = _honest(study)
    diagnostics = (*_trends(plan, panel, effects, answer, study), *_schools(started, sizes))
    return told(
        replace(found, cap=CAP_SURE if lasts >= 1 else CAP), answer.estimate, se, df=df,
        compared=_without(panel, effects) - answer.estimate, diagnostics=diagnostics, sensitivity=honest,
        placebos=_before(panel, effects), opinions=_summaries(panel, effects), extra=_course(panel, effects),
        subgroups=_groups(started, against),
    )  # fmt: skip


def _against(panel: Panel) -> str:
    """Those who never begin when they are a fifth or more; else also those who haven't begun yet."""
    return NEVER_TREATED if panel.weight[panel.first >= NEVER].sum() >= 0.2 * panel.weight.sum() else NOT_YET


def _sizes(panel: Panel) -> Sizes:
    begun = panel.first < panel.periods
    return Sizes(
        treated=round(float(panel.weight[begun].sum())),
        compared=round(float(panel.weight[~begun].sum())),
        schools_treated=len(np.unique(panel.cluster[begun])),
        schools_compared=len(np.unique(panel.cluster[~begun])),
    )


def _why_not(panel: Panel, sizes: Sizes) -> str:
    starts = set(panel.first[panel.first < panel.periods].tolist())
    if not starts:
        return "nobody_treated"
    if not sizes.compared and len(starts) < 2:
        return "nobody_compared"
    if min(starts) < 1 and max(starts) < 1:
        return "nothing_known_before"
    others = sizes.schools_compared or len(np.unique(panel.cluster[panel.first == max(starts)]))
    if min(sizes.schools_treated, others) < 2:
        return "one_site"
    return "too_few" if sizes.treated < MIN_PUPILS or 0 < sizes.compared < MIN_PUPILS else ""


def _study(panel: Panel, against: str) -> EventStudy | None:
    """Effects by time, all against the last before the start. None when no time before it is left to hold against."""
    times = by_time(effects_of(panel, against=against, one_base=True))
    times = {since: one for since, one in times.items() if _unbroken(since, set(times))}
    if not any(since < -1 for since in times) or not any(since >= 0 for since in times):
        return None
    parts = sums(np.column_stack([one.parts for one in times.values()]), panel.cluster)
    return EventStudy(tuple(times), np.array([one.estimate for one in times.values()]), parts.T @ parts)


def _unbroken(since: int, times: set[int]) -> bool:
    """Whether every time between this one and the start is there: a gap would be read as one step."""
    return all(one in times for one in (range(since, -1) if since < 0 else range(since + 1)))


def _honest(study: EventStudy | None) -> tuple[tuple[Figure, ...], float]:
    if study is None or np.linalg.matrix_rank(study.covariance) < len(study.since):
        return (), 0.0
    lasts = breakdown(study)
    intervals = tuple(
        Figure(f"trends_part_{ratio}", None, low=one.low, high=one.high)
        for ratio in (0.5, 1.0)
        if np.isfinite((one := robust_interval(study, ratio)).low)
    )
    return (Figure("trends_part_most", lasts, exploratory=False), *intervals), lasts


def _trends(
    plan: Plan, panel: Panel, effects: Effects, answer: Told, study: EventStudy | None
) -> tuple[Diagnostic, ...]:
    """A test that passes says little. What says more: the bias of a slope that it misses one time in five."""
    after = [cell.at - cell.first + 1 for cell in effects.cells if cell.at >= cell.first]
    missed = unnoticed_trend(study) * float(np.mean(after)) if study is not None else None
    return (
        at_least("pre_trend_p", moved_before(effects, panel), 0.05),
        at_least("pre_slope_p", _slope_p(panel, effects), SLOPE_P),
        at_most("unnoticed_bias", missed, max(plan.outcome.worthwhile, abs(answer.estimate))),
    )


def _slope_p(panel: Panel, effects: Effects) -> float | None:
    """p that those who begin were not parting steadily from the others: the mean step before the start."""
    steps = [one for since, one in by_time(effects).items() if since < 0]
    return _figure(panel, "step", mean_of(steps)).p if steps else None


def _schools(started: Rollout, sizes: Sizes) -> tuple[Diagnostic, ...]:
    panel = started.panel
    begun = panel.first < panel.periods
    grown = [_growth(started.counts[side]) for side in (begun, ~begun)] if (~begun).any() else [None, None]
    changed = None if grown[0] is None or grown[1] is None else 100 * abs(grown[0] - grown[1])
    fewest = min(sizes.schools_treated, sizes.schools_compared or sizes.schools_treated)
    return at_least("schools", fewest, FEW_SCHOOLS), at_most("composition_change", changed, 10.0)


def _growth(counts: Floats) -> float | None:
    """How pupils became more or fewer from the first half of the periods to the second, as a share."""
    half = counts.shape[1] // 2
    early, late = float(counts[:, :half].mean()) if half else 0.0, float(counts[:, half:].mean())
    return late / early - 1 if early > 0 else None


def _without(panel: Panel, effects: Effects) -> float:
    """Mean outcome of those who had begun, weighted as the effects are."""
    after = [(place, cell) for place, cell in enumerate(effects.cells) if cell.at >= cell.first]
    values = [_mean(panel, panel.first == cell.first, cell.at) for _, cell in after]
    return float(np.average(values, weights=[effects.share[place] for place, _ in after]))


def _mean(panel: Panel, rows: Bools, at: int) -> float:
    known = rows & ~np.isnan(panel.outcome[:, at])
    return float(np.average(panel.outcome[known, at], weights=panel.weight[known]))


def _before(panel: Panel, effects: Effects) -> tuple[Figure, ...]:
    """As if the help had begun earlier than it did: each time before the start against the time before it."""
    return tuple(_figure(panel, f"start_{-since}_earlier", one) for since, one in by_time(effects).items() if since < 0)


def _course(panel: Panel, effects: Effects) -> tuple[Figure, ...]:
    return tuple(_figure(panel, f"since_{since}", one) for since, one in by_time(effects).items() if since >= 0)


def _summaries(panel: Panel, effects: Effects) -> tuple[Figure, ...]:
    """The other three ways to put the same effects together, by name: they answer other questions."""
    after = [one for since, one in by_time(effects).items() if since >= 0]
    return (
        _figure(panel, "mean_over_groups", mean_of_groups(effects)),
        _figure(panel, "mean_over_time_since_start", mean_of(after)),
        _figure(panel, "mean_over_calendar", mean_of(list(by_period(effects).values()))),
    )


def _groups(started: Rollout, against: str) -> tuple[Figure, ...]:
    found = []
    for name, panel in started.groups:
        few = _why_not(panel, _sizes(panel))
        effects = None if few else effects_of(panel, against=against)
        told_of = effects is not None and any(cell.at >= cell.first for cell in effects.cells)
        found.append(_figure(panel, name, overall(effects)) if effects and told_of else Figure(name, None))
    return tuple(found)


def _figure(panel: Panel, name: str, one: Told) -> Figure:
    se, df = doubt(one, panel)
    if not se > 0:
        return Figure(name, None)
    half = se * float(stats.t.ppf(0.975, df))
    p = float(2 * stats.t.sf(abs(one.estimate / se), df))
    return Figure(name, one.estimate, se, one.estimate - half, one.estimate + half, p)
