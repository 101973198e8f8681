"""The numbers that lives are made with. Those marked (fitted) were set so that the figures of `targets.py` come out.

Log-odds unless said otherwise; a level is what school asks for, about standard normal among pupils.
"""

from dataclasses import dataclass
from typing import Final

Five = tuple[float, float, float, float, float]
Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Dials:
    """All of them. Replace some with `dataclasses.replace` to see what they do."""

    # Levels in compulsory school.
    level_parents: Three = (-0.627, -0.343, 0.484)  # (fitted) by parents' education
    level_origin: Five = (0.202, 0.136, 0.048, -0.513, -1.552)  # (fitted)
    level_boys: float = -0.087  # (fitted) at the limit to a pass; boys' fewer high grades are high_boys
    high_boys: float = -0.465  # (fitted)
    hard_mathematics: float = -0.049  # (fitted) how much harder than other subjects, on the level's scale
    hard_english: float = -0.598  # (fitted)
    hard_swedish: float = -0.777  # (fitted)
    hard_second_swedish: float = -0.624  # (fitted)
    pass_limit: float = -1.322  # (fitted)
    first_letter: float = -0.422  # (fitted) limit to a D; the higher ones follow at fixed steps
    kept_mathematics: float = 0.838  # (fitted) correlation of a pupil's own bent for the subject, year 6 and year 9
    kept_english: float = 0.399  # (fitted)
    kept_swedish: float = 0.423  # (fitted)
    sixth_year: float = 0.197  # (fitted) how much harder passing is in year 6 than in year 9

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (-0.283, -0.183, -0.083, -0.0, 0.154)  # (fitted) years 5 to 9
    absence_national: float = 0.277  # (fitted)
    absence_introductory: float = -0.088  # (fitted)
    some_absent: float = 0.834  # (fitted) share of pupils in year 9 whose absence is drawn from the low part
    much_absent: float = 0.283  # (fitted) mean absence of the other part, long absence apart

    # Upper secondary school.
    vocational: float = 0.155  # (fitted) the choice of a vocational programme
    course_limit_higher: float = -0.508  # (fitted)
    course_limit_vocational: float = -1.419  # (fitted)
    course_boys: float = -0.4  # (fitted)
    course_moved: float = -0.028  # (fitted) lower limit for those who came from an introductory programme
    leaving: float = -6.131  # (fitted)
    leaving_vocational: float = -0.25  # (fitted)
    leaving_boys: float = 0.05  # (fitted)
    leaving_parents: Three = (1.3, 0.1, -0.35)  # (fitted)
    leaving_abroad: float = 0.598  # (fitted) those born abroad
    leaving_first_years: float = 0.585  # (fitted)
    leaving_introductory: float = -5.013  # (fitted)
    moving_on: float = -0.444  # (fitted) from an introductory to a national programme, per year
    stays_on: float = -1.2  # (fitted) a fourth year for what was missed
    eligible_vocational: float = 0.7  # of vocational degrees with what higher education asks for

    # What adults register.
    grant: float = -3.356  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.359  # (fitted)
    grant_independent: float = 0.25  # (fitted)
    programme: float = -2.601  # (fitted) action programme, per school year
    programme_boys: float = 0.443  # (fitted)
    not_started: float = -5.0  # no upper secondary school in the first autumn
    leaving_spring: float = 1.126  # (fitted) more leave in spring: they don't come back after the summer
    noticed_autumn: float = -0.291  # (fitted) the municipality finds out that somebody is out
    noticed_spring: float = -1.03  # (fitted)
    returning: float = -3.746  # (fitted) coming back, per term


DIALS: Final = Dials()
