"""One comparison of the evidence benchmark, both sides in one process that has one thread.

    python -m benchmarks.evidence_sides robust|threshold|hazard|placebos|doubly_robust|memory|rollout|night|start PUPILS

Prints {"ours", "rival", "our_answer", "rival_answer"}; times in seconds of the processor, so that a busy machine
doesn't change who wins.
"""

import json
import subprocess
import sys
import warnings
from collections.abc import Callable

import numpy as np

from benchmarks import evidence_pupil_sides as pupils_
from benchmarks.timing import both

ROWS_FOR_RIVAL = 100_000  # row-level threshold with whole scores takes minutes from there on
TERMS = 8


def main(name: str, pupils: int) -> dict[str, float]:
    """The comparison of that name."""
    warnings.simplefilter("ignore")
    sides: dict[str, Callable[[int], dict[str, float]]] = {
        "robust": _robust, "threshold": _threshold, "hazard": _hazard, "placebos": _placebos, "start": _start,
        "doubly_robust": pupils_.doubly_robust_side, "memory": pupils_.doubly_robust_memory,
        "rollout": pupils_.rollout_side, "night": pupils_.night,
    }  # fmt: skip
    return sides[name](pupils)


def _robust(pupils: int) -> dict[str, float]:
    """Schools of about sixty; whole schools helped; one covariate. The answer is the standard error."""
    from diff_diff.linalg import compute_robust_vcov

    from pluginnovation.evidence.robust import contrast, least_squares, school_sums

    rng = np.random.default_rng(1)
    school = rng.integers(0, max(pupils // 60, 4), pupils)
    x = np.column_stack([np.ones(pupils), school % 2, rng.normal(size=pupils)])
    y = x[:, 2] + rng.normal(size=school.max() + 1)[school] + rng.normal(size=pupils)

    def ours() -> float:
        return contrast(least_squares(school_sums(x, y, school)), [0.0, 1.0, 0.0]).se

    def rival() -> float:
        residuals = y - x @ np.linalg.lstsq(x, y)[0]
        variance, _ = compute_robust_vcov(x, residuals, cluster_ids=school, vcov_type="hc2_bm", return_dof=True)
        return float(variance[1, 1] ** 0.5)

    return both(ours, rival)


def _threshold(pupils: int) -> dict[str, float]:
    """Scores in whole per cent, bandwidth looked for. The answer is the estimate corrected for bending."""
    import pandas as pd
    from diff_diff import RegressionDiscontinuity

    from pluginnovation.evidence.designs.bandwidth import bandwidths
    from pluginnovation.evidence.designs.local_lines import cells_of, jump_at

    rng = np.random.default_rng(2)
    size = min(pupils, ROWS_FOR_RIVAL)
    at = rng.integers(-100, 101, size).astype(float)
    y = 0.01 * at + 1e-4 * at**2 + 0.1 * (at >= 0) + rng.normal(size=size)
    frame = pd.DataFrame({"y": y, "at": at})

    def ours() -> float:
        cells = cells_of(at, at >= 0, y)
        width = bandwidths(cells)
        return jump_at(cells, width.h, width.b).corrected

    def rival() -> float:
        return float(RegressionDiscontinuity(cutoff=0.0).fit(frame, outcome="y", running="at").att)

    return both(ours, rival)


def _hazard(pupils: int) -> dict[str, float]:
    """A row per pupil and term, about as many as pupils asked for. The answer is the log odds ratio of leaving."""
    import statsmodels.api as sm

    from pluginnovation.evidence.designs.life_tables import Spells, counted
    from pluginnovation.evidence.designs.time_to_event import grouped
    from pluginnovation.evidence.linear import logistic

    rng = np.random.default_rng(3)
    people = max(pupils // 6, 1000)
    treated, cell = rng.random(people) < 0.4, rng.integers(0, 3, people)
    when = rng.geometric(np.clip(0.06 + 0.02 * cell - 0.015 * treated, 0.01, 1))
    terms, ending = np.minimum(when, TERMS), (when <= TERMS).astype(np.int64)
    spells = Spells(terms.astype(np.int64), ending, treated, np.zeros(people, np.int64), cell)
    pupil = np.repeat(np.arange(people), terms)
    term = np.arange(len(pupil)) - np.repeat(np.cumsum(terms) - terms, terms)
    columns = [np.ones(len(pupil)), treated[pupil], *(term == t for t in range(1, TERMS))]
    x = np.column_stack([*columns, *(cell[pupil] == c for c in (1, 2))]).astype(float)
    left = ((ending[pupil] == 1) & (term == terms[pupil] - 1)).astype(float)

    def ours() -> float:
        few, ended, stayed = grouped(counted(spells, np.zeros(people, np.int64))[0])
        side = np.repeat([True, False], len(few))
        return float(logistic(np.vstack([few, few]), side, np.concatenate([ended, stayed])).coefs[1])

    def rival() -> float:
        return float(sm.Logit(left, x).fit(disp=0, tol=1e-10).params[1])

    return both(ours, rival)


def _placebos(_pupils: int) -> dict[str, float]:
    """Twelve municipalities over twenty terms, each in turn as if it had begun. The weights are chosen differently."""
    import pandas as pd
    from diff_diff import SyntheticControl

    from pluginnovation.evidence.designs.mixtures import Panel, synthetic_control

    rng = np.random.default_rng(4)
    y = 15 + rng.normal(0, 2, (13, 1)) + np.cumsum(rng.normal(0, 0.5, (13, 20)), axis=1)
    rows = [
        {"unit": f"u{u:02d}", "time": t, "y": y[u, t], "treated": int(u == 0 and t >= 14)}
        for u in range(13)
        for t in range(20)
    ]
    frame = pd.DataFrame(rows)

    def ours() -> float:
        own = synthetic_control(Panel(y, np.arange(13) == 0, 14, np.full(13, 100.0)))
        for each in range(12):
            synthetic_control(Panel(y[1:], np.arange(12) == each, 14, np.full(12, 100.0)))
        return own.effect

    def rival() -> float:
        found = SyntheticControl(seed=1).fit(frame, "y", "treated", "unit", "time")
        found.in_space_placebo()
        return float(found.att)

    return both(ours, rival)


def _start(_pupils: int) -> dict[str, float]:
    ours = "pluginnovation.evidence.plan, pluginnovation.evidence.pool, pluginnovation.evidence.grade"
    return {"ours": _importing(ours), "rival": _importing("diff_diff"), "our_answer": 0.0, "rival_answer": 0.0}


def _importing(what: str) -> float:
    timed = f"import time; t = time.process_time(); import {what}; print(time.process_time() - t)"
    done = subprocess.run([sys.executable, "-c", timed], check=True, capture_output=True, text=True)
    return float(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]))))
