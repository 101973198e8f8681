"""Target figures beside achieved ones: does the made-up region look like Sweden?"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Bools
from .grades import eligible
from .lessons import Totals, World
from .pupils import SHARE_OF_GIRLS


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: what it should be, what it became, and where the target comes from. Shares from 0 to 1."""

    name: str
    target: float
    achieved: float
    source: str


SURVEY = "Skolverket, survey of autumn 2019"
OSKARSHAMN = "Oskarshamn in Plug In, mean absence 11-14 % national, 15-23 % introductory"


def measure(world: World, totals: Totals, grades: pl.DataFrame) -> tuple[Target, ...]:
    """Every calibrated figure of the region."""
    classes = [world.region.classes[i] for i in world.pupils.class_no]
    year = np.array([each.year for each in classes])
    upper = np.array([each.school.school_type == "GY" for each in classes])
    introductory = np.array([each.introductory for each in classes])
    known = totals.reported > 0
    able, leaving = eligible(grades)
    maths = grades.filter(pl.col("kind") == "final", pl.col("subject_code") == "MA")
    failed = maths["grade"].is_in(["F", "-"]).mean() if len(maths) else None
    national = upper & ~introductory
    return (
        Target("girls", SHARE_OF_GIRLS, _mean(world.pupils.sex == 0, np.ones_like(upper)), "Skolverket 2017/18"),
        *(
            Target(f"year {y}: pupils with 15 % absence or more", share, _mean(totals.share >= 0.15, ~upper & (year == y) & known), SURVEY)
            for y, share in ((7, 0.16), (8, 0.19), (9, 0.23))
        ),
        Target("national programmes: mean absence", 0.125, _mean(totals.share, national & known), OSKARSHAMN),
        Target("introductory programmes: mean absence", 0.19, _mean(totals.share, introductory & known), OSKARSHAMN),
        Target("introductory programmes: share of upper secondary", 0.10, _mean(introductory, upper), "Skolverket 2023/24"),
        Target("year 9: eligible for upper secondary", 0.841, able / leaving if leaving else float("nan"), "Skolverket 2025"),
        Target("year 9: F or dash in mathematics", 0.128, float("nan") if failed is None else float(failed), "Skolverket 2024"),
    )  # fmt: skip


def _mean(values: np.ndarray, among: Bools) -> float:
    chosen = values[among.astype(bool)]
    return float(chosen.mean()) if len(chosen) else float("nan")


def target_table(targets: tuple[Target, ...]) -> str:
    """The targets as lines of text, for the command line."""
    width = max(len(each.name) for each in targets)
    lines = [f"{'':{width}}  target  achieved"]
    lines += [f"{each.name:{width}}  {100 * each.target:5.1f} %  {100 * each.achieved:6.1f} %" for each in targets]
    return "\n".join(lines)
