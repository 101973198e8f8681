"""The numbers that lives are made with. Those marked (fitted) were set so that the figures of `published.py` come out.

They were fitted together (least squares on every figure, in units of its band), first those of compulsory school, then
the rest; so one of them alone says little, and one that is changed moves many figures. Log-odds unless said otherwise;
a level is what school asks for, about standard normal among pupils.
"""

from dataclasses import dataclass
from typing import Final

Five = tuple[float, float, float, float, float]
Three = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Dials:
    """All of them. Replace some with `dataclasses.replace` to see what they do."""

    # Levels in compulsory school.
    level_parents: Three = (-0.551, -0.255, 0.513)  # (fitted) by parents' education: eligible pupils by it
    level_origin: Five = (0.229, 0.11, 0.147, -0.511, -1.442)  # (fitted) by origin: eligible pupils by it
    level_boys: float = -0.035  # (fitted) at the limit to a pass, where boys and girls hardly differ
    high_boys: float = -0.499  # (fitted) above that limit, where they do: merit values
    hard_mathematics: float = -0.085  # (fitted) how much harder than other subjects, in levels: F and dashes in it
    hard_english: float = -0.558  # (fitted) with Swedish: who is eligible, of those who pass mathematics
    hard_swedish: float = -0.591  # (fitted) the same
    hard_second_swedish: float = -0.8  # (fitted) how often an F in it in year 6 is one in year 9 too
    pass_limit: float = -1.215  # (fitted) who passes every subject
    first_letter: float = -0.386  # (fitted) limit to a D; the higher ones follow at fixed steps: merit values
    kept_mathematics: float = (
        0.94  # (fitted) correlation of a pupil's own bent for it between year 6 and year 9: lasting F
    )
    kept_english: float = 0.764  # (fitted) the same for English
    kept_swedish: float = 0.438  # (fitted) the same for both Swedish subjects
    sixth_year: float = 0.203  # (fitted) how much harder passing is in year 6 than in year 9: lasting F in all of them

    # Absence. Shifts on the scale of a standard normal tendency.
    absence_by_year: Five = (
        -0.219,
        -0.119,
        -0.019,
        0.094,
        0.22,
    )  # (fitted) years 5 to 9: 15 % absence or more; years 5 and 6 follow year 7
    absence_national: float = 0.269  # (fitted) mean absence
    absence_introductory: float = 0.019  # (fitted) mean absence, of pupils who had more of it before
    some_absent: float = 0.862  # (fitted) share of pupils whose absence is drawn from the low part: year 9
    much_absent: float = 0.345  # (fitted) mean of the other part, long absence apart: 10-19 % against 15 % or more

    # Upper secondary school.
    vocational: float = 0.218  # (fitted) the choice of a vocational programme: the kinds' shares of pupils
    course_limit_higher: float = -0.71  # (fitted) degree in 3 years, and study certificates
    course_limit_vocational: float = -1.9  # (fitted) the same, vocational
    course_boys: float = -0.639  # (fitted) degree in 4 years by sex
    course_moved: float = -0.117  # (fitted) limit lowered for those from an introductory programme: their degrees
    leaving: float = -7.27  # (fitted) not finished after 5 years
    leaving_vocational: float = 0.281  # (fitted) degree in 3 years by kind
    leaving_boys: float = -0.002  # (fitted) men's share of those under the activity responsibility
    leaving_parents: Three = (0.536, -0.193, -1.524)  # (fitted) degree in 4 years by parents' education
    leaving_abroad: float = 1.114  # (fitted) degree in 4 years of those born abroad
    leaving_first_years: float = 1.98  # (fitted) who breaks off in year 1-2
    leaving_introductory: float = -6.46  # (fitted) introductory programmes' share of pupils
    moving_on: float = -0.43  # (fitted) from an introductory to a national programme, per year
    stays_on: float = (
        -1.8
    )  # (fitted) a fourth year for what was missed: study certificates; bounded, since some do stay
    eligible_vocational: float = 0.7  # of vocational degrees, with what higher education asks for: 72.2 % of all

    # What adults register.
    grant: float = -3.345  # (fitted) study grant withdrawn, per term
    grant_boys: float = 0.417  # (fitted) the same by sex
    grant_independent: float = 0.365  # (fitted) the same by kind of school
    programme: float = -2.53  # (fitted) action programme, per school year
    programme_boys: float = 0.477  # (fitted) the same by sex
    not_started: float = (
        -5.0
    )  # no upper secondary school in the first autumn: ours, about 1 %, more without eligibility
    leaving_spring: float = (
        1.36  # (fitted) many don't come back after the summer: new ones under the responsibility in autumn
    )
    noticed_autumn: float = 0.4  # (fitted) the municipality finds out that somebody is out
    noticed_spring: float = -0.55  # (fitted) the same in spring, when no lists are compared
    noticed_young: float = -2.3  # set by hand: who is under 18 is found later, for schools still look for them
    returning: float = -3.6  # coming back, per term: ours, no figure is published


DIALS: Final = Dials()
