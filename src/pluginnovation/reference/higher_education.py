"""Towards higher education: basic eligibility, and the comparison figure that applicants are ordered by."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from .degree import CoreResult, Degree, core_result
from .degree_rules import BASIC_ELIGIBILITY
from .entry_rules import HE_PREPARATORY
from .grade_scales import HALF_POINTS

MOST_MERIT_POINTS: Final = Decimal("2.5")


class TooManyMeritPoints(ValueError):
    """Merit points outside 0 to 2.5."""

    code = "merit_points_outside_range"


@dataclass(frozen=True, slots=True)
class BasicEligibility:
    """Whether a degree gives basic eligibility to higher education.

    met       None when it can't be told whether there is a degree
    missing   what a vocational degree lacks in Swedish and English; none for a degree that prepares for it
    """

    met: bool | None
    missing: tuple[CoreResult, ...]


def basic_eligibility(degree: Degree) -> BasicEligibility:
    """Whether a pupil who gets the degree may study at a university, as far as grades decide.

    Source  the Education Act (2010:800) 16 chap. 3 §; Swedish and English beyond a vocational degree: the Upper
            Secondary Ordinance (2010:2039) 4 chap. 23 §
    """
    if degree.rule.kind == HE_PREPARATORY:
        return BasicEligibility(degree.met, ())
    asked = [core_result(demand, degree.grades) for demand in BASIC_ELIGIBILITY]
    missing = tuple(each for each in asked if not each.met)
    return BasicEligibility(False if missing else degree.met, missing)


@dataclass(frozen=True, slots=True)
class ComparisonFigure:
    """The comparison figure of grades, 0..20, and with merit points 0..22.5.

    half_points   points times twice the grade points, F included as 0
    points        upper secondary points in the figure; the diploma project isn't there
    merit         merit points added
    """

    half_points: int
    points: int
    merit: Decimal

    @property
    def value_points(self) -> Decimal:
        """Points times grade points, as admission writes them."""
        return Decimal(self.half_points) / 2

    @property
    def figure(self) -> Decimal:
        """With two decimals, merit points included."""
        share = (self.value_points / self.points).quantize(Decimal("0.01"), ROUND_HALF_UP)
        return share + self.merit


def comparison_figure(degree: Degree, *, merit: Decimal = Decimal(0)) -> ComparisonFigure | None:
    """The comparison figure from what counts today: for information, admission makes its own.

    Takes   merit   merit points, 0 to 2.5. Courses outside the programme count only when they are needed for
                    eligibility or give merit points: leave the others out of the degree's rows
    Gives   None when nothing is graded. A dash and what isn't graded yet are left out
    Raises  TooManyMeritPoints
    Source  the Swedish Council for Higher Education's handbook of assessment, on how the figure is reckoned
    """
    if not 0 <= merit <= MOST_MERIT_POINTS:
        raise TooManyMeritPoints(f"Merit points are 0 to {MOST_MERIT_POINTS}, not {merit}.")
    graded = [
        (each.points, HALF_POINTS[each.grade])
        for each in degree.grades
        if each.grade in HALF_POINTS and each.grade is not None and not each.diploma_project
    ]
    points = sum(each for each, _ in graded)
    return ComparisonFigure(sum(each * half for each, half in graded), points, merit) if points else None
