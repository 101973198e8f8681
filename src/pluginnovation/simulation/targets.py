"""Target figures beside achieved ones: does the made-up region look like Sweden?"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from .chance import Bools
from .grades import eligible
from .lessons import Totals, World
from .lives.people import GIRLS as SHARE_OF_GIRLS


@dataclass(frozen=True, slots=True)
class Target:
    """One figure: what it should be, what it became, and where the target comes from.

    Shares from 0 to 1; `achieved` is nan when the region has nobody it could be about.
    """

    name: str
    target: float
    achieved: float
    source: str


SURVEY = "Skolverket, survey of autumn 2019"
OSKARSHAMN = "Oskarshamn in Plug In, mean absence 11-14 % national, 15-23 % introductory"
DERIVED = "what the shares at 15 % and at 10-19 % leave, half of the latter below 15 %"
MUNICIPAL = "survey of 2016, the municipalities' own figures"
LONG_ABSENCE = {7: 0.16, 8: 0.19, 9: 0.23}  # 15 % or more; pupils of the survey over pupils of the year


def measure(world: World, totals: Totals, grades: pl.DataFrame) -> tuple[Target, ...]:
    """Every calibrated figure of the region."""
    classes = [world.region.classes[i] for i in world.pupils.class_no]
    upper = np.array([each.school.school_type == "GY" for each in classes])
    introductory = np.array([each.introductory for each in classes])
    known = totals.reported > 0
    in_upper = _mean(introductory, upper)
    means = (_mean(totals.share, upper & ~introductory & known), _mean(totals.share, introductory & known))
    return (
        Target("girls", SHARE_OF_GIRLS, float((world.pupils.sex == 0).mean()), "Skolverket 2017/18"),
        *_long_absence(np.array([each.year for each in classes]), ~upper & known, totals),
        Target("national programmes: mean absence", 0.125, means[0], OSKARSHAMN),
        Target("introductory programmes: mean absence", 0.19, means[1], OSKARSHAMN),
        Target("introductory programmes: share of upper secondary", 0.10, in_upper, "Skolverket 2023/24"),
        Target("year 9: eligible for upper secondary", 0.841, _eligible(grades), "Skolverket 2025"),
        Target("year 9: F or dash in mathematics", 0.128, _failed(grades), "Skolverket 2024"),
    )


def _long_absence(year: np.ndarray, among: Bools, totals: Totals) -> list[Target]:
    share = totals.share_autumn  # as the surveys asked
    among = among & (totals.reported_autumn > 0)
    long = share >= 0.15
    much = share >= 0.2
    some = (share >= 0.1) & (share < 0.2)
    return [
        *(
            Target(f"year {y}: pupils with 15 % absence or more", wanted, _mean(long, among & (year == y)), SURVEY)
            for y, wanted in LONG_ABSENCE.items()
        ),
        Target("year 9: pupils with 10-19 % absence", 0.112, _mean(some, among & (year == 9)), MUNICIPAL),
        Target("year 9: pupils with 20 % absence or more", 0.18, _mean(much, among & (year == 9)), DERIVED),
    ]


def _eligible(grades: pl.DataFrame) -> float:
    able, leaving = eligible(grades)
    return able / leaving if leaving else float("nan")


def _failed(grades: pl.DataFrame) -> float:
    maths = grades.filter(pl.col("kind") == "final", pl.col("subject_code") == "MA")
    failed = maths.filter(pl.col("grade").is_in(["F", "-"]))
    return len(failed) / len(maths) if len(maths) else float("nan")


def _mean(values: np.ndarray, among: Bools) -> float:
    chosen = values[among]
    return float(chosen.mean()) if len(chosen) else float("nan")


def target_table(targets: tuple[Target, ...]) -> str:
    """The targets as lines of text, for the command line."""
    width = max(len(each.name) for each in targets)
    lines = [f"{'':{width}}  target  achieved"]
    lines += [f"{each.name:{width}}  {100 * each.target:5.1f} %  {_percent(each.achieved)}" for each in targets]
    return "\n".join(lines)


def _percent(share: float) -> str:
    return "  nobody" if np.isnan(share) else f"{100 * share:6.1f} %"
