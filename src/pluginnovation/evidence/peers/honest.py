"""How far from parallel the trends would have to have been to take a roll-out's effect away (diff-diff)."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
RATIOS: Final = (
    0.25,
    0.5,
    0.75,
    1.0,
    1.5,
    2.0,
)  # diff-diff's own search is thirty times as slow, to the fourth decimal


@dataclass(frozen=True, slots=True)
class EventStudy:
    """Effects by time since the start, all against the last time before it (which isn't among them).

    since       whole numbers, rising, without -1
    effect      one per time
    covariance  of the effects, times x times
    """

    since: tuple[int, ...]
    effect: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True)
class Robust:
    """The mean effect's interval when trends may part after the start by at most `ratio` times what they did before."""

    ratio: float
    low: float
    high: float


def robust_interval(study: EventStudy, ratio: float) -> Robust:
    """A 95 % interval that holds at that ratio (relative magnitudes).

    Raises  ValueError with fewer than two times before the start: nothing says how much trends part
    Source  Rambachan & Roth 2023, Review of Economic Studies 90(5); diff-diff's HonestDiD
    """
    from diff_diff import compute_honest_did

    _enough(study)
    with _quiet():
        found = compute_honest_did(_container(study), method="relative_magnitude", M=ratio)
    return Robust(ratio, float(found.ci_lb), float(found.ci_ub))


def breakdown(study: EventStudy) -> float:
    """The largest of RATIOS at which the interval leaves nought out; 0 when it never does."""
    lasts = 0.0
    for ratio in RATIOS:
        found = robust_interval(study, ratio)
        if not (found.low > 0 or found.high < 0):
            break
        lasts = ratio
    return lasts


def unnoticed_trend(study: EventStudy) -> float:
    """The slope per period that the joint test before the start misses one time in five.

    Source  Roth 2022, AER: Insights 4(3); the joint test is ours and analytic, the other form takes a second and more
    """
    from diff_diff import compute_pretrends_power

    _enough(study)
    with _quiet():
        return float(compute_pretrends_power(_container(study), pretest_form="wald").mdv)


def _enough(study: EventStudy) -> None:
    if sum(one < -1 for one in study.since) < 1 or not any(one >= 0 for one in study.since):
        raise ValueError("the trends before the start can't be told")


def _container(study: EventStudy) -> Any:
    """diff-diff's own container, with the reference time's row of noughts."""
    from diff_diff.results_base import EventStudyResults

    times = np.array(sorted({*study.since, -1}))
    reference = times == -1
    place = np.flatnonzero(~reference)
    effect, se = np.zeros(len(times)), np.full(len(times), np.nan)
    effect[place], se[place] = study.effect, np.sqrt(np.diag(study.covariance))
    blank = np.full(len(times), np.nan)
    return EventStudyResults(
        event_time=times, att=effect, se=se, t_stat=blank, p_value=blank, conf_int_lower=blank, conf_int_upper=blank,
        is_reference=reference, n=np.ones(len(times)), reference_period=-1, vcov=study.covariance,
        vcov_index=times[~reference], source="CallawaySantAnnaResults", base_period="universal", anticipation=0,
        reference_event_times=(-1,),
    )  # fmt: skip


@contextmanager
def _quiet() -> Iterator[None]:
    """Its warnings are for somebody at a prompt; what they tell stands among the diagnostics."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
