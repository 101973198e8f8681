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
    level_parents: Three = (-0.551, -0.255, 0.513)  # (fitted) by parents' education
    level_origin: Five = (0.229, 0.11, 0.147, -0.511, -1.442)  # (fitted)
    level_boys: float = -0.035  # (fitted) at the limit to a pass; boys' fewer high grades are high_boys
    high_boys: float = -0.499  # (fitted)
    hard_mathematics: float = -0.085  # (fitted) how much harder than other subjects, on the level's scale
    hard_english: float = -0.558  # (fitted)
    hard_swedish: float = -0.591  # (fitted)
    hard_second_swedish: float = -0.8  # (fitted)
    pass_limit: float = -1.215  # (fitted)
    first_letter: float = -0.386  # (fitted) limit to a D; the higher ones follow at fixed steps
    kept_mathematics: float = 0.94  # (fitted) correlation of a pupil's own bent for the subject, year 6 and year 9
    kept_english: float = 0.764  # (fitted)
    kept_swedish: float = 0.438  # (fitted)
    sixth_year: float = 0.203  # (fitted) how much harder passing is in year 6 than in year 9

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (-0.219, -0.119, -0.019, 0.094, 0.22)  # (fitted) years 5 to 9
    absence_national: float = 0.269  # (fitted)
    absence_introductory: float = 0.019  # (fitted)
    some_absent: float = 0.862  # (fitted) share of pupils in year 9 whose absence is drawn from the low part
    much_absent: float = 0.345  # (fitted) mean absence of the other part, long absence apart

    # Upper secondary school.
    vocational: float = 0.218  # (fitted) the choice of a vocational programme
    course_limit_higher: float = -0.71  # (fitted)
    course_limit_vocational: float = -1.9  # (fitted)
    course_boys: float = -0.639  # (fitted)
    course_moved: float = -0.117  # (fitted) lower limit for those who came from an introductory programme
    leaving: float = -7.27  # (fitted)
    leaving_vocational: float = 0.281  # (fitted)
    leaving_boys: float = -0.002  # (fitted)
    leaving_parents: Three = (0.536, -0.193, -1.524)  # (fitted)
    leaving_abroad: float = 1.114  # (fitted) those born abroad
    leaving_first_years: float = 1.98  # (fitted)
    leaving_introductory: float = -6.46  # (fitted)
    moving_on: float = -0.43  # (fitted) from an introductory to a national programme, per year
    stays_on: float = -1.8  # (fitted) a fourth year for what was missed
    eligible_vocational: float = 0.7  # of vocational degrees with what higher education asks for

    # What adults register.
    grant: float = -3.345  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.417  # (fitted)
    grant_independent: float = 0.365  # (fitted)
    programme: float = -2.53  # (fitted) action programme, per school year
    programme_boys: float = 0.477  # (fitted)
    not_started: float = -5.0  # no upper secondary school in the first autumn
    leaving_spring: float = 1.36  # (fitted) more leave in spring: they don't come back after the summer
    noticed_autumn: float = 0.4  # (fitted) the municipality finds out that somebody is out
    noticed_spring: float = -0.55  # (fitted)
    noticed_young: float = -2.3  # less before they turn 18: schools still look for them
    returning: float = -3.6  # coming back, per term


DIALS: Final = Dials()
