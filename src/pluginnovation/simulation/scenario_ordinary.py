"""What adults do in a region when nobody says otherwise: answers or none, everyday help, and some sub-projects."""

from functools import cache
from typing import Final

from .scenario import Scenario
from .scenario_read import parsed_scenario

# Made up, all of it: no source counts how often signals are noticed, or what a method does in Sweden. Two sub-projects
# help those chosen, one whole schools, one does nothing, and one does harm at first among youths without a school.
TEXT: Final = """\
name = "ordinary help"
about = "Signals that are noticed or not, everyday help, and five sub-projects at some of the schools."
defaults_of = 2026-11-01

[noticing]
given_days = 100
delay_days = 18
only_seen = 0.15
weekly_chance = 0.9

[sub_projects.study_coach]
method = "study_coach"
assignment = "lottery"
start = 11
terms = 2
share = 0.5
failed_from = 2
take_up = 0.85
delivered = 0.75
drop_out = 0.15
[sub_projects.study_coach.effect]
passing = 0.35
leaving = -0.4
[sub_projects.study_coach.between_sites]
passing = 0.15

[sub_projects.attendance_team]
method = "attendance_team"
assignment = "threshold"
start = 7
terms = 2
score = "absence"
cutoff = 0.1
fuzz = 0.05
take_up = 0.9
delivered = 0.7
drop_out = 0.2
[sub_projects.attendance_team.effect]
absence = -0.35
[sub_projects.attendance_team.by_absence]
from_20 = 0.6

[sub_projects.class_climate]
method = "class_climate"
assignment = "staggered"
starts = [5]
terms = 1
share = 0.5
planned_dose = 3
[sub_projects.class_climate.effect]
absence = -1.2

[sub_projects.homework_help]
method = "homework_help"
assignment = "school_draw"
start = 8
terms = 2
share = 0.5
failed_from = 1
take_up = 0.6
delivered = 0.6
drop_out = 0.25

[sub_projects.outreach]
method = "outreach"
assignment = "staff_choice"
who = "out_of_school"
start = 13
terms = 2
share = 0.4
gamma = 0.3
lock_in_terms = 1
lock_in = 0.3
take_up = 0.7
delivered = 0.7
drop_out = 0.2
[sub_projects.outreach.effect]
returning = 0.9
"""


@cache
def ordinary_help() -> Scenario:
    """The scenario of a region for which no other is given."""
    return parsed_scenario(TEXT, "ordinary")
