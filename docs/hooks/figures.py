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
and two Portuguese schools, where the files are at hand: how leaving goes with results, engagement and parents'
position, how absence lasts and goes with grades, how much lies between classes. Directions agree. Lives hang together
more strongly than these data do, absence with grades and leaving with results most of all: a rule or a model that finds
pupils at risk here will do worse on real ones.

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
