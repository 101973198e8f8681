"""What the reviews of an application say, laid side by side."""

from dataclasses import dataclass

from pluginnovation.projects.calls import QUALITY
from pluginnovation.projects.reviews import ADVICE, share_of_points, weighed
from pluginnovation.web.support.spoken import told

from .models import Application, Criterion, ReviewSheet


@dataclass(frozen=True, slots=True)
class Row:
    """A criterion with each sheet's points, and whether two are far apart."""

    criterion: Criterion
    points: tuple[int | None, ...]
    apart: bool


@dataclass(frozen=True, slots=True)
class Sheets:
    """All sheets of an application.

    advice   each sheet with its advice in words
    points   points given and points there are, weighed; None: nothing to judge by
    """

    rows: tuple[Row, ...]
    advice: tuple[tuple[ReviewSheet, str], ...]
    points: tuple[int, int] | None

    @property
    def apart(self) -> int:
        """On how many criteria two reviewers are far apart."""
        return sum(row.apart for row in self.rows)


def sheets_of(application: Application) -> Sheets:
    """The sheets in the order they were sent."""
    sheets = list(application.sheets.select_related("reviewer").order_by("pk"))
    criteria = list(application.call.criteria.filter(kind=QUALITY).order_by("number"))
    points = [{int(number): int(given) for number, given in sheet.scores.items()} for sheet in sheets]
    rows = weighed([one.number for one in criteria], points)
    return Sheets(
        tuple(Row(one, row.points, row.apart) for one, row in zip(criteria, rows, strict=True)),
        tuple((sheet, told(ADVICE[sheet.advice])) for sheet in sheets),
        share_of_points({one.number: one.weight for one in criteria}, points),
    )
