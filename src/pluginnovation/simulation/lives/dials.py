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
    level_parents: Three = (-0.656, -0.391, 0.421)  # (fitted) by parents' education
    level_origin: Five = (0.207, 0.108, 0.129, -0.494, -1.556)  # (fitted)
    level_boys: float = -0.157  # (fitted) at the limit to a pass; boys' fewer high grades are high_boys
    high_boys: float = -0.384  # (fitted)
    hard_mathematics: float = -0.066  # (fitted) how much harder than other subjects, on the level's scale
    hard_english: float = -0.387  # (fitted)
    hard_swedish: float = -0.94  # (fitted)
    hard_second_swedish: float = -0.733  # (fitted)
    pass_limit: float = -1.374  # (fitted)
    first_letter: float = -0.478  # (fitted) limit to a D; the higher ones follow at fixed steps
    kept_mathematics: float = 0.631  # (fitted) correlation of a pupil's own bent for the subject, year 6 and year 9
    kept_english: float = 0.3  # (fitted)
    kept_swedish: float = 0.354  # (fitted)
    sixth_year: float = 0.15  # (fitted) how much harder passing is in year 6 than in year 9

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (-0.306, -0.206, -0.106, -0.027, 0.126)  # (fitted) years 5 to 9
    absence_national: float = 0.224  # (fitted)
    absence_introductory: float = -0.078  # (fitted)
    some_absent: float = 0.835  # (fitted) share of pupils in year 9 whose absence is drawn from the low part
    much_absent: float = 0.32  # (fitted) mean absence of the other part, long absence apart

    # Upper secondary school.
    vocational: float = 0.157  # (fitted) the choice of a vocational programme
    course_limit_higher: float = -0.95  # (fitted)
    course_limit_vocational: float = -1.45  # (fitted)
    course_boys: float = -0.366  # (fitted)
    course_parents: Three = (-0.127, 0.048, 0.293)  # (fitted)
    course_origin: Five = (0.198, -0.08, -0.048, -0.13, -0.018)  # (fitted)
    course_moved: float = -0.022  # (fitted) lower limit for those who came from an introductory programme
    leaving: float = -6.2  # (fitted)
    leaving_vocational: float = -0.229  # (fitted)
    leaving_boys: float = 0.022  # (fitted)
    leaving_parents: Three = (1.174, 0.119, -0.034)  # (fitted)
    leaving_abroad: float = 0.581  # (fitted) those born abroad
    leaving_first_years: float = 0.411  # (fitted)
    leaving_introductory: float = -4.028  # (fitted)
    moving_on: float = 0.013  # (fitted) from an introductory to a national programme, per year
    stays_on: float = -0.8  # (fitted) a fourth year for what was missed
    eligible_vocational: float = 0.7  # of vocational degrees with what higher education asks for

    # What adults register.
    grant: float = -3.226  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.419  # (fitted)
    grant_independent: float = 0.272  # (fitted)
    programme: float = -2.497  # (fitted) action programme, per school year
    programme_boys: float = 0.398  # (fitted)
    not_started: float = -6.735  # (fitted) no upper secondary school in the first autumn
    leaving_spring: float = 0.821  # (fitted) more leave in spring: they don't come back after the summer
    noticed_autumn: float = 0.45  # (fitted) the municipality finds out that somebody is out
    noticed_spring: float = -0.478  # (fitted)
    returning: float = -2.683  # (fitted) coming back, per term


DIALS: Final = Dials()
