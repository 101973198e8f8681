"""Real pupils' data beside the made-up lives: the same kind of figure in each, where they can be compared at all.

HSLS:09 are pupils of the United States in year 9 of 2009, OULAD adult students of a distance university, the third two
Portuguese schools. None is Sweden, and absence means something else in each (days away, weeks without a click). So
what can be compared is direction and rough strength: `python -m tests.reference.simulation.beside` prints it.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from pluginnovation.simulation.lives import live, some_people
from pluginnovation.simulation.lives.state import LEFT, PAUSED

SHARED = Path(__file__).parents[4] / "shared" / "data" / "pupils"
FOLDERS = ("hsls09", "oulad", "cortez")
WEEKS = 12  # a block of weeks stands for a term


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure in real data and in the lives."""

    name: str
    source: str
    real: float
    made: float


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's, over pairs where both are known."""
    known = ~(np.isnan(one) | np.isnan(other))
    return float(np.corrcoef(one[known], other[known])[0, 1])


def between(values: np.ndarray, group: np.ndarray) -> float:
    """Share of variance that lies between groups (analysis of variance; 0 at least)."""
    _, place, sizes = np.unique(group, return_inverse=True, return_counts=True)
    means = np.bincount(place, values) / sizes
    within = ((values - means[place]) ** 2).sum() / (len(values) - len(sizes))
    among = (sizes * (means - values.mean()) ** 2).sum() / (len(sizes) - 1)
    usual = (len(values) - (sizes**2).sum() / len(values)) / (len(sizes) - 1)
    spread = max(among - within, 0.0) / usual
    return float(spread / (spread + within))


def lowest_to_highest(outcome: np.ndarray, by: np.ndarray) -> float:
    """The outcome's share in the lowest quarter over that in the highest."""
    low, high = np.quantile(by, [0.25, 0.75])
    return float(outcome[by <= low].mean() / outcome[by >= high].mean())


def pairs() -> Iterator[Pair]:
    """Every figure, side by side."""
    people = some_people(20_000, 13, 1)
    lives = live(people, 1)
    left = np.isin(lives.status[11:], (LEFT, PAUSED)).any(axis=0).astype(float)
    absent, merit = lives.missed[8], lives.merit
    hsls = pl.read_csv(SHARED / "hsls09" / "hsls09_train.csv.gz")
    out, engaged, scores = (hsls[name].to_numpy() for name in ("X4EVERDROP", "X1SCHOOLENG", "X1TXMTSCOR"))
    out = out.astype(float)
    yield Pair("left school, all", "HSLS:09", out.mean(), left.mean())
    yield Pair("leaving with results", "HSLS:09, maths test", correlation(out, scores), correlation(left, merit))
    yield Pair("leaving with engagement", "HSLS:09; presence", correlation(out, engaged), correlation(left, -absent))
    yield Pair("results with engagement", "HSLS:09; presence", correlation(scores, engaged),
               correlation(merit, -absent))  # fmt: skip
    yield Pair("leaving, lowest quarter of results to highest", "HSLS:09", lowest_to_highest(out, scores),
               lowest_to_highest(left, merit))  # fmt: skip
    yield Pair("leaving, least engaged quarter to most", "HSLS:09", lowest_to_highest(out, engaged),
               lowest_to_highest(left, -absent))  # fmt: skip
    yield Pair("leaving with parents' position", "HSLS:09, SES", correlation(out, hsls["X1SES"].to_numpy()),
               correlation(left, people.parents.astype(float)))  # fmt: skip
    away, mark, module, withdrew = oulad()
    yield Pair("absence, one term to the next", "OULAD, weeks without a click", correlation(away[:, 0], away[:, 1]),
               correlation(lives.missed[8], lives.missed[9]))  # fmt: skip
    yield Pair("absence with grades", "OULAD", correlation(away[:, 0], mark), correlation(absent, merit))
    yield Pair("leaving with absence", "OULAD, withdrawing", correlation(withdrew, away[:, 0]),
               correlation(left, absent))  # fmt: skip
    yield Pair("absence between classes", "OULAD, modules", between(away[:, 0], module),
               between(absent, people.class_no))  # fmt: skip
    known = ~np.isnan(mark)
    yield Pair("grades between classes", "OULAD, modules", between(mark[known], module[known]),
               between(merit, people.class_no))  # fmt: skip
    portugal = pl.read_csv(SHARED / "cortez" / "student_por.csv.gz")
    yield Pair("absence with grades", "two Portuguese schools",
               correlation(portugal["absences"].to_numpy().astype(float), portugal["G3"].to_numpy().astype(float)),
               correlation(absent, merit))  # fmt: skip


def oulad() -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Of each enrolment of two blocks: share of weeks without a click in each, mean score, module, withdrew."""
    key = ["code_module", "code_presentation", "id_student"]
    folder = SHARED / "oulad"
    clicks = pl.concat(
        pl.scan_parquet(each).select(pl.col(key[:2]).cast(pl.String), "id_student", (pl.col("date") // 7).alias("week"))
        for each in sorted(folder.glob("studentVle_*.parquet"))
    )
    weeks = clicks.filter(pl.col("week").is_between(0, 2 * WEEKS - 1)).unique().with_columns(pl.col("week") // WEEKS)
    active = weeks.group_by([*key, "week"]).len().collect().pivot("week", index=key, values="len")
    last = pl.read_parquet(folder / "studentRegistration.parquet").filter(
        pl.col("date_unregistration").is_null() | (pl.col("date_unregistration") > 14 * WEEKS)
    )
    marks = pl.read_parquet(folder / "studentAssessment.parquet").group_by(key).agg(pl.col("score").mean())
    info = pl.read_parquet(folder / "studentInfo.parquet").select(*key, pl.col("final_result") == "Withdrawn")
    last, marks, info = (each.with_columns(pl.col(key[:2]).cast(pl.String)) for each in (last, marks, info))
    every = last.join(active, on=key, how="left").join(marks, on=key, how="left").join(info, on=key)
    away = 1 - every.select(pl.col("0", "1").fill_null(0)).to_numpy() / WEEKS
    module = (every["code_module"] + every["code_presentation"]).to_numpy().astype(str)
    mark = every["score"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    return away, mark, module, every["final_result"].to_numpy().astype(float)


def table(found: list[Pair]) -> str:
    """The figures as lines."""
    width = max(len(each.name) for each in found)
    lines = [f"{each.name:{width}}  {each.real:6.2f} {each.made:6.2f}  {each.source}" for each in found]
    return "\n".join([f"{'':{width}}    real   made", *lines])


if __name__ == "__main__":
    sys.stdout.write(table(list(pairs())) + "\n")
