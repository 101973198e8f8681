"""Before a sub-project begins: how small a change could it see, from how this very place's pupils and schools differ.

Most sub-projects are too small to see what they hope for. That should be known beforehand, by those who can add a
school, measure more terms, or decide that only several places together will tell.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np
from scipy.special import nctdtr, stdtrit

from pluginnovation.records.refusals import Refusal

from .linear import least_squares
from .result import MIN_PUPILS
from .table import Floats, Ints

WANTED: Final = 0.8  # how often a plan should find what is there
DRAWN: Final = ("pupils", "schools")
FEWEST_DRAWN: Final = 4
MOST_SCHOOLS: Final = 1000
_HALVINGS: Final = 60


@dataclass(frozen=True, slots=True)
class Spread:
    """How an outcome differed in the place's own records, in the outcome's unit.

    mean              of all pupils
    between, within   variances between schools, and between pupils of one, less what was known before
    alike             share of the variance that is between schools (the intraclass correlation), 0-1
    explained         share of all variance that what was known before explains, 0-1
    schools           that it rests on; pupils: on average in one
    """

    mean: float
    between: float
    within: float
    alike: float
    explained: float
    schools: int
    pupils: float


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sub-project means to do.

    drawn     'pupils' within schools, or whole 'schools'
    schools   in all; pupils: in each; helped: share of what is drawn that gets the help, between 0 and 1
    lost      share whose outcome will be missing, 0-1
    """

    drawn: Literal["pupils", "schools"]
    schools: int
    pupils: float
    helped: float = 0.5
    lost: float = 0.0


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the layout can be expected to see.

    se            of the difference, outcome's unit
    df            of its t
    least         the least change that is found 8 times in 10
    found         how often a worthwhile change is found, 0-1
    schools_needed   for that to be 8 times in 10, other things alike; None: not even with a thousand
    """

    se: float
    df: float
    least: float
    found: float
    schools_needed: int | None


def spread_of(outcome: Floats, school: Ints, before: Floats | None = None) -> Spread:
    """How pupils and schools differed in the records.

    Takes   outcome   (N,) known values; school (N,) 0 … J-1; before (N, p) what was known, or None
    Raises  Refusal 'under_ten' pupils, 'too_few_schools' under two schools or none with two pupils
    Source  analysis of variance with unequal groups: Searle, Casella & McCulloch (1992), chapter 3
    """
    if len(outcome) < MIN_PUPILS:
        raise Refusal(
            "under_ten",
            what=("Färre än tio elever finns i underlaget.", "There are fewer than ten pupils to go by."),
            todo=("Vänta, eller ta med fler skolor.", "Wait, or include more schools."),
        )
    number = np.unique(school, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(number).astype(float)
    if len(sizes) < 2 or len(outcome) <= len(sizes):
        raise Refusal(
            "too_few_schools",
            what=("Underlaget räcker inte för att jämföra skolor.", "There is too little to compare schools by."),
            todo=("Ta med minst två skolor med flera elever.", "Include two schools or more with several pupils."),
        )
    total = float(np.var(outcome))
    left = outcome - outcome.mean()
    if before is not None and before.shape[1]:
        left = least_squares(np.column_stack([np.ones(len(outcome)), before]), outcome).residuals
    between, within = _parts(left, number, sizes)
    explained = max(0.0, 1 - float(np.var(left)) / total) if total > 0 else 0.0
    alike = between / (between + within) if between + within > 0 else 0.0
    return Spread(float(outcome.mean()), between, within, alike, explained, len(sizes), len(outcome) / len(sizes))


def _parts(left: Floats, number: Ints, sizes: Floats) -> tuple[float, float]:
    """Variances between and within schools; that between never under nought."""
    means = np.bincount(number, left) / sizes
    n, schools = sizes.sum(), len(sizes)
    inside = float(((left - means[number]) ** 2).sum()) / (n - schools)
    outside = float((sizes * (means - left.mean()) ** 2).sum()) / (schools - 1)
    typical = (n - (sizes**2).sum() / n) / (schools - 1)
    return max(0.0, (outside - inside) / typical), inside


def forecast(spread: Spread, layout: Layout, *, worthwhile: float, share_goes: int = 0) -> Forecast:
    """What the layout can see.

    Takes   worthwhile   the least change that is worth anything, in the outcome's unit, above nought
            share_goes   of an outcome in per cent: -1 when it is to fall, 1 to rise; 0: no such outcome. A share that
                         comes nearer to nought or to all of it differs less between pupils, as p (1 - p) does
    Raises  Refusal 'layout_…' for what can't be carried out, 'no_variation' when the outcome never varied
    Source  Bloom (2005), Learning More from Social Experiments, chapter 4; with a t, since schools are few. Unequal
            spread of shares: Fleiss, Levin & Paik (2003), Statistical Methods for Rates and Proportions, chapter 4
    """
    _checked(spread, layout, worthwhile)

    def found(effect: float, drawn: Layout = layout) -> float:
        se, df = _doubt(spread, drawn, _spread_after(spread, share_goes * effect))
        return chance_of_finding(effect / se, df)

    needed = next(
        (n for n in range(FEWEST_DRAWN, MOST_SCHOOLS + 1) if found(worthwhile, replace(layout, schools=n)) >= WANTED),
        None,
    )
    se, df = _doubt(spread, layout, _spread_after(spread, share_goes * worthwhile))
    return Forecast(se, df, least_found(found, _doubt(spread, layout, 1.0)[0]), found(worthwhile), needed)


def _spread_after(spread: Spread, change: float) -> float:
    """The variance among those helped as a share of that without help, when a mean in per cent changes so much."""
    after = min(max(spread.mean + change, 0.0), 100.0)
    without = spread.mean * (100 - spread.mean)
    return after * (100 - after) / without if change and without > 0 else 1.0


def _doubt(spread: Spread, layout: Layout, after: float) -> tuple[float, float]:
    pupils = layout.pupils * (1 - layout.lost)
    sides = after / layout.helped + 1 / (1 - layout.helped)
    if layout.drawn == "schools":
        variance = (spread.between + spread.within / pupils) * sides / layout.schools
        return float(np.sqrt(variance)), layout.schools - 2.0
    # A draw within schools is not disturbed by how schools differ.
    everyone = layout.schools * pupils
    return float(np.sqrt(spread.within * sides / everyone)), max(everyone - layout.schools - 1.0, 1.0)


def chance_of_finding(away: float, df: float) -> float:
    """How often a t that truly lies `away` standard errors off is told from nought, either way, 0-1."""
    limit = float(stdtrit(df, 0.975))
    # A tail too small to be computed comes back as nan, and is nought.
    over, under = (float(np.nan_to_num(nctdtr(df, away, end))) for end in (limit, -limit))
    return 1 - over + under


def least_found(found: Callable[[float], float], se: float) -> float:
    """The least change that is found as often as is wanted.

    Takes   found   how often a change of a size is found, 0-1; se: the standard error without any change
    """
    low, high = 0.0, 100.0 * se
    for _ in range(_HALVINGS):
        half = (low + high) / 2
        low, high = (half, high) if found(half) < WANTED else (low, half)
    return high


def _checked(spread: Spread, layout: Layout, worthwhile: float) -> None:
    small = layout.schools * layout.pupils * (1 - layout.lost) * min(layout.helped, 1 - layout.helped)
    faults = (
        ("drawn", layout.drawn not in DRAWN, ("Lottningen gäller elever eller skolor.", "Draw pupils or schools.")),
        ("helped", not 0 < layout.helped < 1, ("Någon ska få hjälp och någon jämföras.", "Help some, compare some.")),
        ("lost", not 0 <= layout.lost < 1, ("Bortfallet är en andel under ett.", "The share lost is below one.")),
        ("pupils", not layout.pupils > 0, ("Skolorna har inga elever.", "The schools have no pupils.")),
        ("worthwhile", not worthwhile > 0, ("Minsta värdefulla förändring är över noll.", "It must be above nought.")),
        (
            "schools",
            layout.schools < (FEWEST_DRAWN if layout.drawn == "schools" else 1),
            ("Med under fyra lottade skolor går osäkerheten inte att räkna.", "Draw four schools or more."),
        ),
        (
            "too_few",
            small < MIN_PUPILS,
            ("Färre än tio elever i en av grupperna.", "Fewer than ten pupils in one of the groups."),
        ),
    )
    for place, wrong, what in faults:
        if wrong:
            raise Refusal(f"layout_{place}", what=what, todo=("Ändra planen.", "Change the plan."), where=place)
    if spread.between + spread.within <= 0:
        raise Refusal(
            "no_variation",
            what=("Utfallet varierar inte.", "The outcome doesn't vary."),
            todo=("Välj ett utfall där elever skiljer sig åt.", "Choose an outcome in which pupils differ."),
        )
