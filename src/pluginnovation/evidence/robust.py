"""Least squares whose doubt is counted in schools: CR2 with Satterthwaite's degrees of freedom.

Pupils of one school are alike, so a thousand pupils in six schools are nearer to six observations than to a thousand.
Everything is computed from each school's sums of cross-products: rows are read once, however many there are, and
schools that keep their rows to themselves can be put together exactly as if they had not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pluginnovation.evidence.doubt import doubted
from pluginnovation.evidence.table import Floats, Ints
from pluginnovation.records.refusals import Refusal

# Below four degrees of freedom the t with Satterthwaite's correction promises more than it holds: Tipton (2015),
# Psychological Methods 20(3).
FEWEST_DF: Final = 4.0
_SINGULAR: Final = 1e-10  # a share of variance this small is rounding, not information


@dataclass(frozen=True, slots=True)
class SchoolSums:
    """What least squares needs to know about each of J schools, with p columns.

    rows   (J,) pupils
    xx     (J, p, p) X'X
    xy     (J, p) X'y
    yy     (J,) y'y
    """

    rows: Ints
    xx: Floats
    xy: Floats
    yy: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """Least squares over all schools: coefficients (p,), the triangular root of (X'X)^-1 (p, p), and the sums."""

    coefficients: Floats
    root: Floats
    sums: SchoolSums


@dataclass(frozen=True, slots=True)
class Robust:
    """One contrast of the coefficients with its doubt.

    se            CR2: what it would be on average is right when pupils of a school are independent, and robust if not
    df            Satterthwaite's degrees of freedom; few when few schools carry the contrast
    se_cr1        the ordinary cluster-robust one, too small with few schools: for comparison only
    trustworthy   False when there are under four degrees of freedom: the interval is then not to be believed
    """

    value: float
    se: float
    df: float
    low: float
    high: float
    p: float
    se_cr1: float
    schools: int
    trustworthy: bool


def school_sums(x: Floats, y: Floats, school: Ints) -> SchoolSums:
    """Each school's cross-products, in one pass.

    Takes   x        (n, p) the constant among the columns; no missing values
            y        (n,) outcome
            school   (n,) 0, 1, … J-1
    Raises  Refusal 'no_rows', 'missing_values'
    """
    if not len(y):
        raise Refusal(
            "no_rows",
            what=("Det finns inga elever att räkna på.", "There are no pupils to count."),
            todo=("Vidga planens urval.", "Widen the plan's population."),
        )
    if not (np.isfinite(y).all() and np.isfinite(x).all()):
        raise Refusal(
            "missing_values",
            what=("Värden saknas i analystabellen.", "Values are missing in the table of the analysis."),
            todo=("Räkna bort eller komplettera dem enligt planen.", "Leave them out or fill them in, as planned."),
        )
    schools, p = int(school.max()) + 1, x.shape[1]
    columns = np.ascontiguousarray(x.T)
    xx, xy = np.empty((schools, p, p)), np.empty((schools, p))
    for one in range(p):
        xy[:, one] = np.bincount(school, columns[one] * y, schools)
        for other in range(one, p):
            xx[:, one, other] = xx[:, other, one] = np.bincount(school, columns[one] * columns[other], schools)
    rows = np.bincount(school, minlength=schools).astype(np.int64)
    return SchoolSums(rows, xx, xy, np.bincount(school, y * y, schools).astype(float))


def together(several: Sequence[SchoolSums]) -> SchoolSums:
    """Schools from several places in one: the same numbers as if their rows had been in one table."""
    return SchoolSums(
        np.concatenate([s.rows for s in several]),
        np.concatenate([s.xx for s in several]),
        np.concatenate([s.xy for s in several]),
        np.concatenate([s.yy for s in several]),
    )


def least_squares(sums: SchoolSums) -> Fitted:
    """The coefficients over all schools.

    Raises  Refusal 'too_few_schools' (under two with pupils), 'collinear' (a column is a mixture of the others, such as
            a treatment that everyone got)
    """
    here = sums.rows > 0
    if here.sum() < 2:
        raise Refusal(
            "too_few_schools",
            what=("Det finns bara en skola.", "There is only one school."),
            todo=("Osäkerheten går inte att räkna ut från en skola.", "Doubt can't be counted from one school."),
        )
    kept = sums if here.all() else SchoolSums(sums.rows[here], sums.xx[here], sums.xy[here], sums.yy[here])
    whole = kept.xx.sum(axis=0)
    size = np.sqrt(np.diag(whole))
    scaled = whole / np.outer(size, size) if (size > 0).all() else np.zeros_like(whole)
    values = np.linalg.eigvalsh(scaled)
    if values[0] < _SINGULAR * len(values):
        raise Refusal(
            "collinear",
            what=("Jämförelsen går inte att skilja ut.", "The comparison can't be told apart."),
            where="X'X",
            todo=(
                "Någon kolumn följer av de andra, till exempel om alla eller ingen fick insatsen.",
                "A column follows from the others, as when everyone or nobody got the support.",
            ),
        )
    # M = (X'X)^-1 = R R', with columns brought to one scale first so that nothing is lost to rounding.
    root = np.linalg.cholesky(np.linalg.inv(scaled)) / size[:, None]
    return Fitted(root @ (root.T @ kept.xy.sum(axis=0)), root, kept)


def contrast(fit: Fitted, weights: Floats | Sequence[float]) -> Robust:
    """One weighted sum of the coefficients, with CR2 and Satterthwaite.

    Takes   weights   (p,), such as (0, 1, 0) for the second coefficient
    Raises  Refusal 'no_variation' when the residuals are all zero, 'one_school_decides' when it rests on a single
            school (the only one helped, say): how schools differ can't be seen then
    Source  Bell & McCaffrey (2002), Survey Methodology 28(2); Pustejovsky & Tipton (2018), JBES 36(4). The rewriting
            in school sums is ours: (I - X M X')^(-1/2) X = X R (I - R'X'X R)^(-1/2) R^-1 with M = R R'.
    """
    asked, sums, root = np.asarray(weights, dtype=float), fit.sums, fit.root
    seen = root.T @ sums.xx @ root
    values, vectors = np.linalg.eigh(seen)
    left = 1 - values
    # A school that alone decides a coefficient has nothing left to tell of its doubt: the pseudo-inverse leaves it out.
    stretch = np.where(left > _SINGULAR, 1 / np.sqrt(np.clip(left, _SINGULAR, None)), 0.0)
    aimed = root.T @ asked
    alone = np.einsum("jab,a->jb", np.where((left > _SINGULAR)[:, None, :], 0.0, vectors), aimed)
    if (np.abs(alone) > 1e-6 * np.abs(aimed).max()).any():
        raise _one_school()
    pulled = np.einsum("jab,jb->ja", vectors, stretch * np.einsum("jab,a->jb", vectors, aimed))
    own = np.einsum("jab,jb->ja", seen, pulled)
    variance = float(((np.einsum("ja,ja->j", pulled, _scores(fit))) ** 2).sum())
    value = float(asked @ fit.coefficients)
    if variance <= np.finfo(float).eps * max(1.0, value * value):
        raise Refusal(
            "no_variation",
            what=("Utfallet varierar inte.", "The outcome doesn't vary."),
            todo=("Välj ett utfall där elever skiljer sig åt.", "Choose an outcome in which pupils differ."),
        )
    df = _degrees(np.einsum("ja,ja->j", pulled, own), own)
    told = doubted(value, variance**0.5, df)
    return Robust(
        told.value, told.se, df, told.low, told.high, told.p, _cr1(fit, aimed), len(sums.rows), df >= FEWEST_DF
    )  # fmt: skip


def _one_school() -> Refusal:
    return Refusal(
        "one_school_decides",
        what=("En enda skola avgör svaret.", "A single school decides the answer."),
        todo=("Det behövs minst två skolor i varje grupp.", "There must be two schools or more in each group."),
    )


def _scores(fit: Fitted) -> Floats:
    """Each school's R'X'e (J, p): how it pulls at the coefficients."""
    pull = fit.sums.xy - fit.sums.xx @ fit.coefficients
    result: Floats = pull @ fit.root
    return result


def _degrees(alone: Floats, own: Floats) -> float:
    """Satterthwaite: (tr P)² / tr P², where P = diag(alone) - own own', never formed."""
    squares = np.einsum("ja,ja->j", own, own)
    crossed = own.T @ own
    above = float(alone.sum() - squares.sum()) ** 2
    return above / float((alone**2).sum() - 2 * (alone * squares).sum() + (crossed**2).sum())


def _cr1(fit: Fitted, aimed: Floats) -> float:
    schools, rows, p = len(fit.sums.rows), int(fit.sums.rows.sum()), len(aimed)
    scale = schools / (schools - 1) * (rows - 1) / max(rows - p, 1)
    return float(np.sqrt(((_scores(fit) @ aimed) ** 2).sum() * scale))
