"""The doubt around a number: interval and p-value, with a t or, where there are no degrees of freedom, the normal."""

from dataclasses import dataclass
from typing import Final

from scipy.special import ndtr, ndtri, stdtr, stdtrit

SURE: Final = 0.95


@dataclass(frozen=True, slots=True)
class Doubted:
    """A number with its doubt, in the number's own unit.

    se          standard error
    low, high   95 % interval, or the share that was asked for
    p           two-sided, of no difference
    df          degrees of freedom of the t; None for the normal distribution
    """

    value: float
    se: float
    low: float
    high: float
    p: float
    df: float | None = None


def quantile(share: float, df: float | None = None) -> float:
    """The point below which that share of a t (of the normal, without degrees of freedom) lies."""
    return float(ndtri(share) if df is None else stdtrit(df, share))


def two_sided(ratio: float, df: float | None = None) -> float:
    """How often a difference this many standard errors large or more would turn up if there were none."""
    return float(2 * (ndtr(-abs(ratio)) if df is None else stdtr(df, -abs(ratio))))


def doubted(value: float, se: float, df: float | None = None, *, sure: float = SURE) -> Doubted:
    """The number with its interval and p-value. The standard error is above zero."""
    away = quantile(0.5 + sure / 2, df) * se
    return Doubted(float(value), float(se), value - away, value + away, two_sided(value / se, df), df)
