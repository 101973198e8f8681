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
    level_parents: Three = (-0.75, -0.3, 0.2)  # (fitted) by parents' education
    level_origin: Five = (0.05, 0.0, 0.0, -0.4, -1.1)  # (fitted)
    level_boys: float = 0.0  # (fitted) at the limit to a pass; boys' fewer high grades are high_boys
    high_boys: float = -0.45  # (fitted)
    hard_mathematics: float = 0.3  # (fitted) how much harder than other subjects, on the level's scale
    hard_english: float = 0.05  # (fitted)
    hard_swedish: float = -0.05  # (fitted)
    hard_second_swedish: float = 0.0  # (fitted)
    pass_limit: float = -1.5  # (fitted)
    first_letter: float = -0.45  # (fitted) limit to a D; the higher ones follow at fixed steps
    kept_mathematics: float = 0.6  # (fitted) correlation of a pupil's own bent for the subject, year 6 and year 9
    kept_english: float = 0.3  # (fitted)
    kept_swedish: float = 0.3  # (fitted)
    sixth_year: float = -0.12  # how much harder year 6 is than year 9

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (-0.5, -0.4, -0.26, -0.14, 0.0)  # (fitted) years 5 to 9
    absence_national: float = 0.2  # (fitted)
    absence_introductory: float = -0.3  # (fitted)
    some_absent: float = 0.77  # (fitted) share of pupils in year 9 whose absence is drawn from the low part

    # Upper secondary school.
    vocational: float = -0.6  # (fitted) the choice of a vocational programme
    course_limit_higher: float = -1.2  # (fitted)
    course_limit_vocational: float = -1.6  # (fitted)
    course_boys: float = -0.05  # (fitted)
    course_parents: Three = (-0.3, -0.1, 0.1)  # (fitted)
    course_origin: Five = (0.05, 0.0, -0.3, -0.3, -0.3)  # (fitted)
    course_moved: float = -0.5  # (fitted) for those who came from an introductory programme
    leaving: float = -6.0  # (fitted)
    leaving_vocational: float = 0.3  # (fitted)
    leaving_first_years: float = 0.0  # (fitted)
    leaving_introductory: float = -2.6  # (fitted)
    moving_on: float = -0.6  # (fitted) from an introductory to a national programme, per year
    stays_on: float = 0.2  # (fitted) a fourth year for what was missed
    eligible_vocational: float = 0.70  # of vocational degrees with what higher education asks for

    # What adults register.
    grant: float = -3.0  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.3  # (fitted)
    grant_independent: float = 0.2  # (fitted)
    programme: float = -4.0  # (fitted) action programme, per school year
    programme_boys: float = 0.4  # (fitted)
    not_started: float = -3.0  # (fitted) no upper secondary school in the first autumn
    returning: float = -2.2  # (fitted) coming back, per term


DIALS: Final = Dials()
