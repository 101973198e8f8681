"""Goals of a sub-project: indicator, baseline, target and date, and how far it is, with its uncertainty.

Whole thousandths of a unit decide, so 17 % is 17,000. The interval is for participants seen as a sample of those who
could have been there.
"""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import isqrt, sqrt
from typing import Final

from pluginnovation.privacy.small_numbers import FEWEST, Count, too_few

NUMBER, SCALE, TEXT = "number", "scale", "text"
KINDS: Final = (NUMBER, SCALE, TEXT)
LOWER, HIGHER = "lower", "higher"
DIRECTIONS: Final = (LOWER, HIGHER)
# A goal told apart for parts of the participants. Nothing about background is ever one of them.
SEX, YEAR, GROUP = "sex", "year", "group"
SPLITS: Final = (SEX, YEAR, GROUP)
# On a scale: how well a statement holds.
SCALE_LOW, SCALE_HIGH = 1, 5

NO_BASELINE, FEW, UNKNOWN, OWN_WORDS, MEASURED = "no_baseline", "few", "unknown", "own_words", "measured"
REACHED, TOWARDS, CHANCE, AWAY, ALREADY = "reached", "towards", "chance", "away", "already"
Z95: Final = 1.959963984540054
# A whole, in thousandths of a percent.
WHOLE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Measured:
    """A measured figure with its 95 % interval.

    value, low, high   thousandths of the unit; low and high null: no interval can be told
    n                  participants behind it
    """

    value: int
    n: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """What a goal says.

    kind       NUMBER (a share or a count that records tell), SCALE (1–5) or TEXT
    better     LOWER or HIGHER; for a text it says nothing
    baseline   thousandths; null: none is given
    target     thousandths; null for a text
    """

    kind: str
    better: str = LOWER
    baseline: int | None = None
    baseline_n: int | None = None
    target: int | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a goal stands.

    says      NO_BASELINE, FEW, UNKNOWN, OWN_WORDS or MEASURED
    moved     REACHED, TOWARDS, CHANCE, AWAY or ALREADY (the baseline met the target); empty unless MEASURED. REACHED
              says nothing of why
    sure      whether the baseline lies outside the interval; null without an interval
    covered   how much of the way from baseline to target is gone, whole percent; negative: further off. Null unless
              MEASURED
    """

    says: str
    moved: str = ""
    sure: bool | None = None
    covered: int | None = None


def wrong_aim(aim: Aim, *, today: date) -> str:
    """What is wrong with a goal about to be set, as a word; empty: nothing.

    Gives   kind, direction, target_missing, target_is_baseline, target_other_way, out_of_scale, date_missing or
            date_passed. A missing baseline is no fault: it is answered when the goal is read
    """
    if aim.kind not in KINDS:
        return "kind"
    if aim.by is None:
        return "date_missing"
    if aim.by < today:
        return "date_passed"
    if aim.kind == TEXT:
        return ""
    if aim.better not in DIRECTIONS:
        return "direction"
    if aim.target is None:
        return "target_missing"
    if aim.kind == SCALE and not all(SCALE_LOW * 1000 <= one <= SCALE_HIGH * 1000 for one in _given(aim)):
        return "out_of_scale"
    if aim.baseline is None:
        return ""
    if aim.target == aim.baseline:
        return "target_is_baseline"
    return "target_other_way" if (aim.target < aim.baseline) != (aim.better == LOWER) else ""


def _given(aim: Aim) -> tuple[int, ...]:
    return tuple(one for one in (aim.baseline, aim.target) if one is not None)


def standing(aim: Aim, now: Measured | None) -> Standing:
    """How a goal stands, from what is measured now.

    Takes   now   null: not known
    """
    if aim.kind == TEXT or aim.target is None:
        return Standing(OWN_WORDS)
    if now is None:
        return Standing(UNKNOWN)
    if now.n < FEWEST:
        return Standing(FEW)
    if aim.baseline is None:
        return Standing(NO_BASELINE)
    sure = None if now.low is None or now.high is None else not now.low <= aim.baseline <= now.high
    return Standing(MEASURED, _moved(aim, now.value, sure=sure), sure, covered(aim.baseline, now.value, aim.target))


def _moved(aim: Aim, value: int, *, sure: bool | None) -> str:
    assert aim.target is not None
    assert aim.baseline is not None
    if better_or_same(value, aim.target, aim.better):
        return ALREADY if better_or_same(aim.baseline, aim.target, aim.better) else REACHED
    if not sure or value == aim.baseline:
        return CHANCE
    return TOWARDS if better_or_same(value, aim.baseline, aim.better) else AWAY


def better_or_same(value: int, other: int, better: str) -> bool:
    """Whether a figure is at least as good as another."""
    return value <= other if better == LOWER else value >= other


def covered(baseline: int, now: int, target: int) -> int | None:
    """Whole percent of the way from baseline to target, towards nought; null when there is no way to go."""
    if baseline == target:
        return None
    return int(Fraction(100 * (now - baseline), target - baseline))


def share_measured(some: int, of: int) -> Measured | None:
    """A share of participants with Wilson's interval; null: nobody, or too few on either side to be told.

    Source  Wilson (1927), Journal of the American Statistical Association 22
    """
    if not 0 <= some <= of or too_few(Count(of, some)):
        return None
    p, z = some / of, Z95
    centre, spread = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    low, high = WHOLE * (centre - spread) / whole, WHOLE * (centre + spread) / whole
    return Measured((2 * WHOLE * some + of) // (2 * of), of, _floor(low), _ceil(high))


@dataclass(frozen=True, slots=True)
class RatioSums:
    """Sums over participants of a part y and a whole x: minutes away and minutes reported. Whole numbers.

    n   participants with a whole above nought
    """

    n: int
    y: int
    x: int
    yy: int
    xx: int
    xy: int


def ratio_measured(sums: RatioSums) -> Measured | None:
    """A share of minutes over participants, each a cluster of their own; null: fewer than ten, or nothing reported.

    Takes   sums   of the participants whose figures are known
    Source  the ratio estimator's linearised variance: Cochran (1977), Sampling Techniques, 6.3; t with n - 1 degrees
    """
    if sums.n < FEWEST or sums.x <= 0:
        return None
    ratio = Fraction(sums.y, sums.x)
    squares = sums.yy - 2 * ratio * sums.xy + ratio * ratio * sums.xx
    variance = float(max(squares, Fraction(0)) * sums.n / (sums.n - 1)) / float(sums.x) ** 2
    half = t95(sums.n - 1) * sqrt(variance)
    low, high = float(ratio) - half, float(ratio) + half
    value = (2 * WHOLE * sums.y + sums.x) // (2 * sums.x)
    return Measured(value, sums.n, max(_floor(WHOLE * low), 0), min(_ceil(WHOLE * high), WHOLE))


def mean_measured(values: tuple[int, ...]) -> Measured | None:
    """The mean of a scale over participants; null for fewer than ten.

    Takes   values   whole steps of the scale
    Gives   thousandths of a step
    """
    n = len(values)
    if n < FEWEST:
        return None
    total, squares = sum(values), sum(value * value for value in values)
    spread = isqrt(1_000_000 * max(n * squares - total * total, 0)) / 1000 / sqrt(n * n * (n - 1))
    mean, half = total / n, t95(n - 1) * spread
    return Measured(
        (2000 * total + n) // (2 * n), n, max(_floor(1000 * (mean - half)), 1000 * SCALE_LOW),
        min(_ceil(1000 * (mean + half)), 1000 * SCALE_HIGH),
    )  # fmt: skip


def t95(degrees: int) -> float:
    """Student's t at 97.5 %, from nine degrees of freedom on within a thousandth.

    Source  Cornish and Fisher's expansion: Abramowitz and Stegun (1964) 26.7.5
    """
    z, v = Z95, degrees
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / v + second / v**2 + third / v**3


def _floor(number: float) -> int:
    return int(number // 1)


def _ceil(number: float) -> int:
    return -int(-number // 1)
