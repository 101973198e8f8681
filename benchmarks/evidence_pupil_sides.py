"""The sides of the evidence benchmark that compare pupils and schools over time; run by `evidence_sides`."""

import resource
import subprocess
import sys
from datetime import UTC, date, datetime

import numpy as np

from benchmarks.timing import both, timed

ROLLOUT_PERIODS = 10  # so that rows, units times periods, are as many as pupils asked for
SUB_PROJECTS, OUTCOMES = 80, 5
PUPILS_EACH = 1_000


def chosen(pupils: int, seed: int = 5):
    """Pupils chosen by what is known of them; four things are."""
    from pluginnovation.evidence.table import Table

    rng = np.random.default_rng(seed)
    x = rng.normal(size=(pupils, 4))
    helped = rng.random(pupils) < 1 / (1 + np.exp(1 - 0.5 * x[:, 0] + 0.3 * x[:, 1]))
    outcome = 15 + x @ np.array([3.0, -1.0, 1.0, 0.5]) - 2.0 * helped + 5 * rng.normal(size=pupils)
    school = rng.integers(0, max(pupils // 200, 6), pupils)
    names = ("absence_share_before", "merit", "girl", "courses_passed")
    before = (x[:, 0] + rng.normal(size=pupils))[:, None]
    return Table(outcome, helped, school, school, x, names, before, ("absence_share_earlier",))


def doubly_robust_side(pupils: int) -> dict[str, float]:
    """A logistic model of who was helped, least squares of the outcome. The answer is the effect on those helped."""
    import statsmodels.api as sm

    from pluginnovation.evidence.designs.comparison import doubly_robust

    table = chosen(pupils)
    x = np.column_stack([np.ones(pupils), table.covariates])

    def rival() -> float:
        chance = sm.Logit(table.treated.astype(float), x).fit(disp=0, tol=1e-10).predict(x)
        others = ~table.treated
        left = table.outcome - sm.OLS(table.outcome[others], x[others]).fit().predict(x)
        weights = (chance / (1 - chance))[others]
        return float(left[table.treated].mean() - weights @ left[others] / weights.sum())

    return both(lambda: doubly_robust(table).estimate, rival)


def doubly_robust_memory(pupils: int) -> dict[str, float]:
    """Most memory of a process that does nothing else, MB; the rival's is the promise."""
    said = (
        "from benchmarks.evidence_pupil_sides import peak\n"
        "from benchmarks.evidence_pupil_sides import chosen\n"
        "from pluginnovation.evidence.designs.comparison import doubly_robust\n"
        f"doubly_robust(chosen({pupils})); print(peak())"
    )
    done = subprocess.run([sys.executable, "-c", said], check=True, capture_output=True, text=True)
    return {"ours": float(done.stdout.splitlines()[-1]), "rival": 500.0, "our_answer": 0.0, "rival_answer": 0.0}


def peak() -> float:
    """The most memory that this process has had, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def rollout_side(pupils: int) -> dict[str, float]:
    """Schools that began at three times or never, one covariate, doubly robust. The answer is the mean effect."""
    import pandas as pd
    from diff_diff import CallawaySantAnna

    from pluginnovation.evidence.staggered import NEVER, Panel, effects_of, overall

    rng = np.random.default_rng(6)
    units = max(pupils // ROLLOUT_PERIODS, 100)
    first = np.array([NEVER, 4, 6, 8])[rng.integers(0, 4, units)]
    known = rng.normal(size=units)
    since = np.arange(ROLLOUT_PERIODS)[None, :] - np.where(first < NEVER, first, 99)[:, None]
    noise = rng.normal(size=(units, ROLLOUT_PERIODS))
    outcome = known[:, None] * (1 + 0.1 * np.arange(ROLLOUT_PERIODS)) - (since >= 0) + noise
    panel = Panel(outcome, first, np.ones(units), np.arange(units), known[:, None])
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), ROLLOUT_PERIODS),
            "time": np.tile(np.arange(1, ROLLOUT_PERIODS + 1), units),
            "first": np.repeat(np.where(first < NEVER, first + 1, 0), ROLLOUT_PERIODS),
            "known": np.repeat(known, ROLLOUT_PERIODS),
            "y": outcome.reshape(-1),
        }
    )

    def rival() -> float:
        return float(CallawaySantAnna().fit(frame, "y", "unit", "time", "first", covariates=["known"]).overall_att)

    return both(lambda: overall(effects_of(panel)).estimate, rival)


def night(_pupils: int) -> dict[str, float]:
    """A region's night: every outcome of every sub-project estimated again, in full; the rival's is the promise."""
    from pluginnovation.evidence.estimate import estimate
    from pluginnovation.evidence.plan import Outcome, Plan, Window
    from pluginnovation.evidence.plan_files import lock

    window = Window(date(2025, 9, 1), 180, date(2025, 9, 2), date(2026, 6, 10))
    plan = Plan("night", "?", "method", "comparison", "others", Outcome("absence_share", "share", -1), window)
    locked = lock(plan, at=datetime(2025, 8, 1, tzinfo=UTC), by="bench")

    def all_of_them() -> None:
        for number in range(SUB_PROJECTS * OUTCOMES):
            estimate(locked, chosen(PUPILS_EACH, number))

    seconds, _ = timed(all_of_them)
    return {"ours": seconds, "rival": 300.0, "our_answer": 0.0, "rival_answer": 0.0}
