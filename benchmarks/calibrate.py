"""Whether the engine's doubt is right: `make calibrate`, or

    python -m benchmarks.calibrate [REPLICATIONS] [ARM …]

For each arm: how often the interval covers the truth, how far off it is beside before-and-after, how often it finds
something where nothing is, and how many dots it ends with. Each figure with the error that so many replications leave.
"""

import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from pluginnovation.evidence.power import chance_of_finding

from .calibrate_worlds import Arm, Tried, replicate

REPLICATIONS, FOR_MUNICIPALITIES = 1_000, 200
# Who has been away much is offered help, and would have been away less anyhow: what before-and-after falls for.
LOTTERY, DRAW = 'assignment = "lottery"\nabsence_from = 0.1', 'assignment = "school_draw"'
ANYBODY = 'assignment = "lottery"'
STAFF = 'assignment = "staff_choice"\nshare = 0.3\nstrength = 0.5'
LINE = 'assignment = "threshold"\nscore = "absence"\ncutoff = 0.15'
STEPS = 'assignment = "staggered"\nstarts = [6, 7, 8]\nshare = 0.75'
PLACE = 'assignment = "one_municipality"\nmunicipality = 1'

ARMS = (
    Arm("lottery", "waiting_list", LOTTERY, 3_000),
    Arm("lottery, lost from sight", "waiting_list", LOTTERY, 3_000, holds=False, lost=0.5),
    Arm("40 schools drawn", "school_draw", DRAW, 2_400, 1, effect=-1.0),
    Arm("12 schools drawn", "school_draw", DRAW, 720, 1, effect=-1.0, large=False),
    Arm("6 schools drawn", "school_draw", DRAW, 360, 1, effect=-1.0, large=False),
    Arm("threshold", "threshold", LINE, 8_000, effect=-1.5),
    Arm("threshold, 6 schools", "threshold", LINE, 1_500, 1, effect=-1.5, large=False),
    Arm("threshold, heaped", "threshold", f"{LINE}\nheaping = 0.8\nheaping_width = 0.04", 8_000, holds=False),
    Arm("staff's choice by what is known", "comparison", STAFF, 3_000, 1, effect=-1.0),
    Arm("staff's choice by what isn't", "comparison", f"{STAFF}\ngamma = 1.0", 3_000, 1, effect=-1.0, holds=False),
    Arm("schools one after another", "rollout", STEPS, 4_000, 2, start=6, last=9),
    Arm("schools that were drifting", "rollout", f"{STEPS}\npre_trend = 0.15", 4_000, 2, holds=False, start=6, last=9),
    Arm("a municipality", "synthetic_control", PLACE, 6_000, 13, effect=-1.0, start=6, last=8),
    Arm("leaving, lottery", "hazard", ANYBODY, 4_000, effect=-0.8, on="leaving", start=11, last=14),
)
NULL = tuple(replace(arm, name=f"{arm.name}, no effect", effect=0.0) for arm in ARMS if arm.holds)


@dataclass(frozen=True, slots=True)
class Summary:
    """One arm's figures; shares 0-1, the rest in the outcome's unit."""

    arm: Arm
    told: int
    of: int
    covered: float
    bias: float
    before_after_bias: float
    found: float
    forecast: float
    at_cap: float
    one_dot_or_none: float

    def error(self, share: float) -> float:
        """The Monte Carlo error of a share: one standard error."""
        return float(np.sqrt(max(share * (1 - share), 0.25 / max(self.told, 1)) / max(self.told, 1)))


def summary(arm: Arm, tried: Sequence[Tried]) -> Summary:
    """What the replications of an arm say together. An estimate that couldn't be told is no error, and no cover."""
    told = [one for one in tried if np.isfinite(one.estimate)]
    if not told:
        return Summary(arm, 0, len(tried), *(np.nan,) * 6, float(np.mean([one.dots <= 1 for one in tried])))
    return Summary(
        arm, len(told), len(tried),
        covered=float(np.mean([one.low <= one.truth <= one.high for one in told])),
        bias=float(np.mean([one.estimate - one.truth for one in told])),
        before_after_bias=float(np.nanmean([one.before_after - one.truth for one in told]))
        if any(np.isfinite(one.before_after) for one in told) else np.nan,
        found=float(np.mean([one.low > 0 or one.high < 0 for one in told])),
        forecast=float(np.mean([_forecast(one) for one in told])),
        at_cap=float(np.mean([one.locks >= one.cap for one in tried])),
        one_dot_or_none=float(np.mean([one.dots <= 1 for one in tried])),
    )  # fmt: skip


def _forecast(one: Tried) -> float:
    """How often an effect as large as the true one is found with so large a standard error."""
    return chance_of_finding(abs(one.truth) / one.se, one.df)


def verdicts(found: Summary) -> list[tuple[str, bool]]:
    """Each promise that this arm is held to, and whether it is kept, within twice the error of the replications."""
    arm = found.arm
    spare = 2 * found.error(0.95)
    if arm.holds and arm.effect:
        low = 0.91 if arm.design == "threshold" else 0.93
        kept = [("covers", low - spare <= found.covered <= 0.97 + spare)]
        if arm.large:
            kept.append(("reaches its cap", found.at_cap >= 0.8))
        if np.isfinite(found.before_after_bias):
            kept.append(("bias", abs(found.bias) <= max(0.1 * abs(found.before_after_bias), 0.15)))
        return [*kept, ("power as forecast", abs(found.found - found.forecast) <= 0.05 + spare)]
    if arm.holds:
        return [("false alarms", 0.03 - spare <= found.found <= 0.07 + spare)]
    return [("certainty falls", found.one_dot_or_none >= 0.9)]


def line(found: Summary) -> str:
    """One arm for people."""

    def share(value: float) -> str:
        return f"{100 * value:5.1f} ±{100 * found.error(value):.1f}"

    marks = ", ".join(f"{'✓' if kept else '✗'} {name}" for name, kept in verdicts(found))
    return (
        f"{found.arm.name:<44} told {found.told}/{found.of}  covers {share(found.covered)}  bias {found.bias:+.2f}"
        f" (before/after {found.before_after_bias:+.2f})  found {share(found.found)}"
        f" (forecast {100 * found.forecast:.0f})  at cap {share(found.at_cap)}"
        f"  one dot or none {share(found.one_dot_or_none)}  {marks}"
    )


def main(replications: int, names: Sequence[str]) -> int:
    """Every arm, in two processes. Gives 0 when all promises are kept."""
    broken = 0
    begun = time.perf_counter()
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for arm in (*ARMS, *NULL):
            if names and not any(arm.name.startswith(name) for name in names):
                continue
            many = min(replications, FOR_MUNICIPALITIES) if arm.design == "synthetic_control" else replications
            tried = list(pool.map(partial(replicate, arm), range(many), chunksize=25))
            found = summary(arm, tried)
            broken += sum(not kept for _, kept in verdicts(found))
            print(line(found), flush=True)
    print(f"{time.perf_counter() - begun:.0f} s, {broken} promises broken")
    return min(broken, 1)


if __name__ == "__main__":
    asked = sys.argv[1:]
    number = int(asked.pop(0)) if asked and asked[0].isdigit() else REPLICATIONS
    sys.exit(main(number, asked))
