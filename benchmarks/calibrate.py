"""Whether the engine's doubt is right: `make calibrate`, or

    python -m benchmarks.calibrate [REPLICATIONS] [--kept FILE] [ARM …]

ARM is how an arm's name begins; without any, all are tried. With a file, each arm that is done is kept there, and one
that was done by the same code and as many times is told from it: a run that was stopped goes on where it was.

For each arm: how often the interval covers the truth, how far off it is beside before-and-after, how often it finds
something where nothing is, and how many dots it ends with. Each figure with the error that so many replications leave.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import pluginnovation
from pluginnovation.evidence.power import chance_of_finding

from .calibrate_arms import ARMS
from .calibrate_designs import Tried, replicate
from .calibrate_worlds import DRAWS, Arm

REPLICATIONS, FOR_MUNICIPALITIES = 1_000, 200
# Their doubt is counted in schools or in places, which stand for others such as they.
FOR_OTHERS = ("school_draw", "comparison", "pool")


@dataclass(frozen=True, slots=True)
class Summary:
    """One arm's figures; shares 0-1, the rest in the outcome's unit.

    own_covered   of the effect on those who were in it; covered: of the effect that the estimate is of
    planned       how often it was said beforehand that the effect would be found: by draws' planner on the mean, by
                  the middle one of the rehearsals; nan: several places together, which nobody plans
    forecast      how often it should be, by the standard error that the estimates have
    """

    arm: Arm
    told: int
    of: int
    covered: float
    own_covered: float
    bias: float
    bias_error: float
    before_after_bias: float
    found: float
    planned: float
    forecast: float
    at_cap: float
    one_dot_or_none: float

    def error(self, share: float) -> float:
        """The Monte Carlo error of a share: one standard error."""
        return float(np.sqrt(max(share * (1 - share), 0.25 / max(self.told, 1)) / max(self.told, 1)))


def summary(arm: Arm, tried: Sequence[Tried]) -> Summary:
    """What the replications of an arm say together. An estimate that couldn't be told is no error, and no cover.

    Where schools or places stand for others such as they, the truth is the mean effect of all replications; their own
    effects are told apart.
    """
    told = [one for one in tried if np.isfinite(one.estimate)]
    few = float(np.mean([one.dots <= 1 for one in tried]))
    if not told:
        return Summary(arm, 0, len(tried), *(np.nan,) * 9, few)
    own = np.array([one.truth for one in told])
    truth = np.full(len(told), own.mean()) if arm.design in FOR_OTHERS else own
    low, high = (np.array([getattr(one, end) for one in told]) for end in ("low", "high"))
    off = np.array([one.estimate for one in told]) - truth
    changed = np.array([one.before_after for one in told]) - own
    return Summary(
        arm, len(told), len(tried),
        covered=float(((low <= truth) & (truth <= high)).mean()),
        own_covered=float(((low <= own) & (own <= high)).mean()),
        bias=float(off.mean()),
        bias_error=float(off.std(ddof=1) / np.sqrt(len(off))) if len(off) > 1 else np.nan,
        before_after_bias=float(np.nanmean(changed)) if np.isfinite(changed).any() else np.nan,
        found=float(((low > 0) | (high < 0)).mean()),
        planned=_said([one.planned for one in tried], middle=arm.design not in DRAWS),
        forecast=_forecast(told, float(abs(truth.mean()))),
        at_cap=float(np.mean([one.locks >= one.cap > 0 for one in tried])),
        one_dot_or_none=few,
    )  # fmt: skip


def _said(values: Sequence[float], *, middle: bool) -> float:
    """What was said beforehand. A rehearsal rests on one standard error, which few pupils make now large, now small."""
    if not np.isfinite(values).any():
        return np.nan
    return float((np.nanmedian if middle else np.nanmean)(values))


def _forecast(told: Sequence[Tried], effect: float) -> float:
    """How often such an effect is found by one whose standard error is what they have on the whole.

    Standard errors of few schools vary much; the mean of what each would promise for itself promises too much.
    """
    spread = float(np.sqrt(np.mean([one.se**2 for one in told])))
    return chance_of_finding(effect / spread, float(np.median([one.df for one in told]))) if spread > 0 else np.nan


def verdicts(found: Summary) -> list[tuple[str, bool]]:
    """Each promise that this arm is held to, and whether it is kept, within twice the error of the replications."""
    arm = found.arm
    spare = 2 * found.error(0.95)
    if arm.holds is None:
        return []
    if arm.design == "before_after":
        return [("is shown to fail", found.covered < 0.5), ("certainty falls", found.one_dot_or_none >= 0.9)]
    if not arm.holds:
        return [("certainty falls", found.one_dot_or_none >= 0.9)]
    if not arm.effect:
        return [("false alarms", 0.03 - spare <= found.found <= 0.07 + spare)]
    low = 0.91 if arm.design == "threshold" else 0.93
    kept = [("covers", low - spare <= found.covered <= 0.97 + spare)]
    if arm.large:
        kept.append(("reaches its cap", found.at_cap >= 0.8))
    if np.isfinite(found.before_after_bias):
        kept.append(("bias", abs(found.bias) <= 0.1 * abs(found.before_after_bias) + 2 * found.bias_error))
    promised = found.planned if np.isfinite(found.planned) else found.forecast
    return [*kept, ("power as forecast", abs(found.found - promised) <= 0.05 + 2 * found.error(found.found))]


def line(found: Summary) -> str:
    """One arm for people."""

    def share(value: float) -> str:
        return f"{100 * value:5.1f} ±{100 * found.error(value):.1f}"

    marks = ", ".join(f"{'✓' if kept else '✗'} {name}" for name, kept in verdicts(found))
    own = f" (their own {100 * found.own_covered:.1f})" if found.arm.design in FOR_OTHERS else ""
    planned = f"planned {100 * found.planned:.0f}, " if np.isfinite(found.planned) else ""
    return (
        f"{found.arm.name:<44} told {found.told}/{found.of}  covers {share(found.covered)}{own}"
        f"  bias {found.bias:+.2f} ±{found.bias_error:.2f} (before/after {found.before_after_bias:+.2f})"
        f"  found {share(found.found)} ({planned}own doubt {100 * found.forecast:.0f})  at cap {share(found.at_cap)}"
        f"  one dot or none {share(found.one_dot_or_none)}  {marks}"
    )


def main(replications: int, names: Sequence[str], kept: Path | None = None) -> int:
    """Every arm, in two processes. Gives 0 when all promises are kept."""
    broken, spent, worked, begun, code = 0, 0.0, 0.0, time.perf_counter(), _code()
    done = _done(kept)
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1)) as pool:
        for arm in ARMS:
            if names and not any(arm.name.startswith(name) for name in names):
                continue
            many = min(replications, FOR_MUNICIPALITIES) if arm.design == "synthetic_control" else replications
            one = done.get((arm.name, many, code))
            if one is None:
                one = {"arm": arm.name, "replications": many, "code": code, **_told(arm, many, pool)}
                if kept is not None:
                    with kept.open("a", encoding="utf-8") as file:
                        file.write(json.dumps(one, ensure_ascii=False) + "\n")
            broken, spent, worked = broken + one["broken"], spent + one["seconds"], worked + one["worked"]
            print(f"{one['line']}  {one['seconds']:.0f} s", flush=True)
    print(
        f"{time.perf_counter() - begun:.0f} s now, {spent:.0f} s for all arms told, in which two processors worked"
        f" {worked / 2:.0f} s each; {broken} promises broken"
    )
    return min(broken, 1)


def _told(arm: Arm, many: int, pool: ProcessPoolExecutor) -> dict[str, Any]:
    """One arm, tried so many times."""
    start = time.perf_counter()
    done = list(pool.map(partial(_timed, arm), range(many), chunksize=max(1, min(25, many // 8))))
    found = summary(arm, [tried for tried, _ in done])
    broken = sum(not kept for _, kept in verdicts(found))
    seconds, worked = time.perf_counter() - start, sum(spent for _, spent in done)
    return {"line": line(found), "broken": broken, "seconds": round(seconds, 1), "worked": round(worked, 1)}


def _timed(arm: Arm, number: int) -> tuple[Tried, float]:
    """One replication, and for how long a processor worked at it: beside other work the clock says more."""
    begun = time.process_time()
    return replicate(arm, number), time.process_time() - begun


def _done(kept: Path | None) -> dict[tuple[str, int, str], dict[str, Any]]:
    """What a file has kept: by arm, how many times, and the code that did it."""
    if kept is None or not kept.is_file():
        return {}
    rows = [json.loads(row) for row in kept.read_text("utf-8").splitlines() if row.strip()]
    return {(row["arm"], row["replications"], row["code"]): row for row in rows}


def _code() -> str:
    """The checksum of all that an arm's figures depend on."""
    package, here = Path(pluginnovation.__file__).parent, Path(__file__).parent
    files = [*package.glob("evidence/**/*.py"), *package.glob("simulation/**/*.py"), *here.glob("calibrate*.py")]
    told = hashlib.sha256()
    for file in sorted(files):
        told.update(file.read_bytes())
    return told.hexdigest()[:16]


def asked(words: Sequence[str]) -> tuple[int, list[str], Path | None]:
    """How many times, which arms, and the file to keep them in, from the words of the command."""
    left, kept = list(words), None
    if "--kept" in left:
        at = left.index("--kept")
        kept = Path(left[at + 1])
        del left[at : at + 2]
    number = int(left.pop(0)) if left and left[0].isdigit() else REPLICATIONS
    return number, left, kept


if __name__ == "__main__":
    sys.exit(main(*asked(sys.argv[1:])))
