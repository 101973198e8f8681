"""The page of the made-up region's figures: what is published beside what lives became, computed when it is built."""

from pluginnovation.simulation.lives.published import POINTS
from pluginnovation.simulation.lives.targets import Achieved, compared

SEEDS, PUPILS = (1, 2, 3), 50_000
OPENING = f"""\
# The made-up region's figures

`plug simulate` makes up a region. Under it lie lives: pupils followed term by term from year 5 to five years after they
began upper secondary school, with absence, grades, choices, degrees and what adults register. They were made so that
the figures below come out. *Became* is {PUPILS:,} pupils with each of the seeds {", ".join(map(str, SEEDS))}, taken
together, computed when this page was built. A figure may differ by 2 percentage points or two standard errors,
whichever is larger, a merit value by 2 % of it. The numbers that do it are in `simulation/lives/dials.py`.

| figure | published | became | may differ | pupils or terms | source | chosen because |
|---|---|---|---|---|---|---|
"""
CLOSING = """
## What is not held to a figure

* All years of compulsory school, such as one in seven with 15 % absence: lives begin in year 5.
* Pupils absent without valid reason a month or more (some 1,700 in 2015), and repeated scattered invalid absence: lives
  have no valid and invalid absence, only what it leads to for the study grant. Lessons have both.
* The number of pupils in the country and in each municipality: a region is as large as it is asked to be.
* The spread between municipalities (study grant some 3 to 20 %, action programmes 0 to 20 %): the shares vary between
  municipalities, less the larger they are, but no figure per municipality is published to hold them to.
* Occupations afterwards and why somebody left: how they divide is ours.
* At equal low grades a vocational programme gives better odds of a degree than one for higher studies. That is
  published without a number; a test holds lives to the direction.

## Beside real pupils

`python -m tests.reference.simulation.beside` lays lives beside HSLS:09 (United States), OULAD (a distance university)
and two Portuguese schools, where the files are at hand: correlations, shares, and shares of variance between classes.

| | real | lives | source |
|---|---|---|---|
| left school, all | 0.16 | 0.20 | HSLS:09 |
| leaving with results | -0.25 | -0.50 | HSLS:09, maths test |
| leaving with engagement | -0.18 | -0.34 | HSLS:09; presence |
| results with engagement | 0.23 | 0.46 | HSLS:09; presence |
| leaving, lowest quarter of results to highest | 5.23 | 9.60 | HSLS:09 |
| leaving, least engaged quarter to most | 3.00 | 4.03 | HSLS:09 |
| leaving with parents' position | -0.23 | -0.26 | HSLS:09, SES |
| absence, one term to the next | 0.77 | 0.83 | OULAD, weeks without a click |
| absence with grades | -0.24 | -0.46 | OULAD |
| leaving with absence | 0.03 | 0.34 | OULAD, withdrawing |
| absence between classes | 0.15 | 0.06 | OULAD, modules |
| grades between classes | 0.10 | 0.07 | OULAD, modules |
| absence with grades | -0.09 | -0.46 | two Portuguese schools |

Directions agree. Lives hang together more strongly than these data do, absence with grades and leaving with results
most of all: a rule or a model that finds pupils at risk here will do worse on real ones. Some of it is what is
measured: one test of one subject there, the merit value of all subjects here; what a pupil says of engagement there,
presence here.

## Risk

`simulation/lives/risk.py` gives each pupil's true risk of no degree four years after beginning upper secondary school:
the state of a term is kept, with all that nobody sees, and the future is drawn anew many times.
"""


def figures_page() -> str:
    """Every figure, and what isn't one."""
    every = compared(SEEDS, PUPILS)
    held = f"\n{sum(each.holds for each in every)} of {len(every)} are within their band.\n"
    return OPENING + "".join(row(each) for each in every) + held + CLOSING


def row(each: Achieved) -> str:
    """One figure as a row."""
    target, found = each.target, each.measured
    points = target.unit == POINTS
    published, became, band = (shown(value, points) for value in (target.target, found.mean, each.band))
    mark = "" if each.holds else " (outside)"
    cells = (target.en, published, f"{became}{mark}", band, f"{found.number:,}", target.source, target.chosen)
    return f"| {' | '.join(cells)} |\n"


def shown(value: float, points: bool) -> str:
    """A share as per cent, merit values as they are."""
    return f"{value:.1f}" if points else f"{100 * value:.1f} %"
