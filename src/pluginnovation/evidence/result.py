"""What an estimate is: a number with its doubt, and everything one needs to distrust it.

Every design gives the same `Result`. It holds no person: counts, sums over at least ten, and named figures.
"""

from dataclasses import dataclass
from math import isnan
from typing import Final

from msgspec import json

MIN_PUPILS: Final = 10  # fewer on either side and nothing is said (evidence from under ten is nobody's business)

# How a diagnostic ended. 'unknown' is its own answer: it could not be tried, and that lowers certainty too.
HELD, FAILED, UNKNOWN = "held", "failed", "unknown"
# Among the assumptions of a result whose plan was locked when its outcome had begun.
LOCKED_LATE: Final = "locked_after_outcome_began"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One way the design could have broken, tried.

    name       stable, such as 'baseline_smd', 'overlap_ess', 'attrition', 'pre_trend', 'placebo_outcome'
    value      what was measured, in the unit that the name tells; None: it could not be measured
    threshold  the limit it was held against; None: it is shown without a limit
    outcome    'held', 'failed' or 'unknown'
    must_pass  a failure lowers certainty; the others are shown only
    detail     which covariate, date or group it was, for a reader; never a person
    """

    name: str
    value: float | None
    threshold: float | None
    outcome: str
    must_pass: bool = True
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its interval, for one subgroup, horizon, dose, placebo or second opinion.

    name       what it is of, such as 'girls', 'event_time_2', 'placebo_outcome', 'entropy_balancing'
    estimate   in the unit of the result; None: cannot be told
    p_adjusted after the correction for how many were looked at; None: not corrected (a single planned figure)
    n          pupils behind it, treated and not; None: not counted in pupils
    """

    name: str
    estimate: float | None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    p_adjusted: float | None = None
    n: int | None = None
    exploratory: bool = True


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many stood behind an estimate: pupils and schools on each side, and those whose outcome is missing."""

    treated: int
    compared: int
    schools_treated: int = 0
    schools_compared: int = 0
    missing_treated: int = 0
    missing_compared: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """An answer to one locked question, or why there is none.

    design         'waiting_list', 'school_draw', 'rollout', 'comparison', 'threshold', 'synthetic_control', 'hazard',
                   'before_after'
    question       the plan's question, as it was asked
    plan           the locked plan's checksum; empty for a plan nobody locked
    unit           natural unit of estimate: 'percentage_points', 'passes', 'per_100', 'kronor', 'weeks'
    estimand       'itt', 'att', 'late_at_threshold', 'att_overlap'
    estimate, se, low, high   in that unit, 95 %; None when it cannot be told
    df             degrees of freedom of the t; None for the normal distribution
    p              two-sided; None when it cannot be told
    benefit        +1 when more is better, -1 when less is
    compared_mean  what the outcome was without the help, same unit: shown beside every estimate
    cap            most locks the design can earn (0-5)
    cannot_tell    stable code of why there is no number; empty when there is one
    label          a warning that belongs to the number, such as 'warning_example' for before and after
    departures     how the analysis left its plan, in the order it happened
    log_odds, log_odds_se   the same effect as a log odds ratio (marginal), for pooling; None: not of this outcome
    extra          figures of this design only: take-up, dose, cost per unit, first stage, weights
    """

    design: str
    question: str
    unit: str
    estimand: str
    sizes: Sizes
    plan: str = ""
    estimate: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    df: float | None = None
    p: float | None = None
    benefit: int = 1
    compared_mean: float | None = None
    log_odds: float | None = None
    log_odds_se: float | None = None
    cap: int = 0
    cannot_tell: str = ""
    label: str = ""
    assumptions: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    placebos: tuple[Figure, ...] = ()
    sensitivity: tuple[Figure, ...] = ()
    subgroups: tuple[Figure, ...] = ()
    opinions: tuple[Figure, ...] = ()
    departures: tuple[str, ...] = ()
    extra: tuple[Figure, ...] = ()

    def diagnostic(self, name: str) -> Diagnostic:
        """The diagnostic of that name. KeyError when the design doesn't try it: a fault in the caller."""
        for one in self.diagnostics:
            if one.name == name:
                return one
        raise KeyError(name)

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of what must pass and did not, or could not be tried."""
        return tuple(d.name for d in self.diagnostics if d.must_pass and d.outcome != HELD)


def cannot_tell(found: Result, why: str) -> Result:
    """The same question with no number: everything that counts persons or looks like an answer is taken away."""
    return Result(
        design=found.design, question=found.question, unit=found.unit, estimand=found.estimand, sizes=found.sizes,
        plan=found.plan, benefit=found.benefit, cap=found.cap, cannot_tell=why, assumptions=found.assumptions,
        diagnostics=found.diagnostics, departures=found.departures,
    )  # fmt: skip


def at_most(name: str, value: float | None, limit: float, *, must_pass: bool = True, detail: str = "") -> Diagnostic:
    """A diagnostic that holds when the value is at most the limit; unknown when there is no value (nan too)."""
    if value is None or isnan(value):
        return Diagnostic(name, None, limit, UNKNOWN, must_pass, detail)
    return Diagnostic(name, float(value), limit, HELD if value <= limit else FAILED, must_pass, detail)


def at_least(name: str, value: float | None, limit: float, *, must_pass: bool = True, detail: str = "") -> Diagnostic:
    """A diagnostic that holds when the value is at least the limit; unknown when there is no value (nan too)."""
    if value is None or isnan(value):
        return Diagnostic(name, None, limit, UNKNOWN, must_pass, detail)
    return Diagnostic(name, float(value), limit, HELD if value >= limit else FAILED, must_pass, detail)


def bytes_of(result: Result) -> bytes:
    """The result as JSON in a fixed order: the same plan and the same data give the same bytes."""
    # An estimator may leave a number of its own kind (numpy's); as JSON it is a number like any other.
    return json.encode(result, order="sorted", enc_hook=lambda value: value.item())


def result_of(raw: bytes) -> Result:
    """A result that `bytes_of` wrote. Raises msgspec.ValidationError for anything else."""
    return json.decode(raw, type=Result)
