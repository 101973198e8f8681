"""School years by number: nine years of compulsory school with a preschool class before, or ten.

From the autumn of 2028 the preschool class becomes year 1, and every other number is one higher. A number says
nothing without its model; what can be compared over the change is how many years are left.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


class YearOutsideModel(ValueError):
    """A year number that compulsory school doesn't have under a model."""

    code = "year_outside_model"


@dataclass(frozen=True, slots=True)
class YearModel:
    """How the years of compulsory school are numbered.

    first         the lowest number; 0 is the preschool class
    last          the final year
    first_graded  the first year with grades everywhere; schools may begin two years earlier
    since         the first day education under it takes place; None: before everything here
    until         the last such day; None: in force until something else is decided
    """

    name: str
    first: int
    last: int
    first_graded: int
    since: date | None
    until: date | None


# Source: the Education Act (2010:800) 10 chap. 15-16 §§, and SFS 2025:729 with its transitional provisions 2-4.
NINE_YEAR: Final = YearModel("nine_year", 0, 9, 6, None, date(2028, 6, 30))
TEN_YEAR: Final = YearModel("ten_year", 1, 10, 7, date(2028, 7, 1), None)
YEAR_MODELS: Final = (NINE_YEAR, TEN_YEAR)


def year_model_on(day: date) -> YearModel:
    """The model that education on a day follows."""
    return TEN_YEAR if TEN_YEAR.since is not None and day >= TEN_YEAR.since else NINE_YEAR


def years_before_leaving(year: int, model: YearModel) -> int:
    """How many school years are left after this one: 0 in the final year, 9 in the first of all, in either model.

    Raises  YearOutsideModel for a number that the model doesn't have
    """
    if year not in range(model.first, model.last + 1):
        raise YearOutsideModel(f"Year {year} is not one of {model.first} to {model.last} ({model.name}).")
    return model.last - year


def year_in(year: int, model: YearModel, *, to: YearModel) -> int:
    """The number that the same year of school has under the other model: years 5–9 are 6–10 with ten years.

    Raises  YearOutsideModel
    """
    return to.last - years_before_leaving(year, model)


def next_year(year: int, *, ended: date, begins: date) -> int | None:
    """The number of the year a pupil moves up to, over the change of models too.

    Takes   year     the number of the year that ended, under the model of that day
            ended    a day in it
            begins   a day in the next
    Gives   None after the final year
    Raises  YearOutsideModel
    """
    left = years_before_leaving(year, year_model_on(ended)) - 1
    return year_model_on(begins).last - left if left >= 0 else None
