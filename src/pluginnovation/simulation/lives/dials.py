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
    level_parents: Three = (-0.749, -0.491, 0.46)  # (fitted) by parents' education
    level_origin: Five = (0.183, 0.075, 0.04, -0.568, -1.404)  # (fitted)
    level_boys: float = -0.112  # (fitted) at the limit to a pass; boys' fewer high grades are high_boys
    high_boys: float = -0.398  # (fitted)
    hard_mathematics: float = -0.136  # (fitted) how much harder than other subjects, on the level's scale
    hard_english: float = -0.435  # (fitted)
    hard_swedish: float = -0.839  # (fitted)
    hard_second_swedish: float = -0.747  # (fitted)
    pass_limit: float = -1.393  # (fitted)
    first_letter: float = -0.531  # (fitted) limit to a D; the higher ones follow at fixed steps
    kept_mathematics: float = 0.467  # (fitted) correlation of a pupil's own bent for the subject, year 6 and year 9
    kept_english: float = 0.311  # (fitted)
    kept_swedish: float = 0.419  # (fitted)
    sixth_year: float = 0.0  # (fitted) how much harder passing is in year 6 than in year 9

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (-0.381, -0.281, -0.181, -0.027, 0.102)  # (fitted) years 5 to 9
    absence_national: float = 0.239  # (fitted)
    absence_introductory: float = 0.04  # (fitted)
    some_absent: float = 0.821  # (fitted) share of pupils in year 9 whose absence is drawn from the low part
    much_absent: float = 0.305  # (fitted) mean absence of the other part, long absence apart

    # Upper secondary school.
    vocational: float = 0.142  # (fitted) the choice of a vocational programme
    course_limit_higher: float = -0.887  # (fitted)
    course_limit_vocational: float = -2.476  # (fitted)
    course_boys: float = -0.969  # (fitted)
    course_parents: Three = (-0.065, -0.306, 1.831)  # (fitted)
    course_origin: Five = (1.536, -0.329, 1.5, -1.094, 0.242)  # (fitted)
    course_moved: float = -1.055  # (fitted) lower limit for those who came from an introductory programme
    leaving: float = -6.739  # (fitted)
    leaving_vocational: float = 0.145  # (fitted)
    leaving_first_years: float = 1.453  # (fitted)
    leaving_introductory: float = -7.323  # (fitted)
    moving_on: float = -0.799  # (fitted) from an introductory to a national programme, per year
    stays_on: float = -3.0  # (fitted) a fourth year for what was missed
    eligible_vocational: float = 0.7  # of vocational degrees with what higher education asks for

    # What adults register.
    grant: float = -3.181  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.173  # (fitted)
    grant_independent: float = 0.252  # (fitted)
    programme: float = -2.567  # (fitted) action programme, per school year
    programme_boys: float = 0.39  # (fitted)
    not_started: float = -7.883  # (fitted) no upper secondary school in the first autumn
    leaving_spring: float = 0.7  # (fitted) more leave in spring: they don't come back after the summer
    noticed_autumn: float = 1.0  # (fitted) the municipality finds out that somebody is out
    noticed_spring: float = -0.5  # (fitted)
    returning: float = -3.865  # (fitted) coming back, per term


DIALS: Final = Dials()
