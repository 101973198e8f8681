"""What an authority may set in a rule set, within which bounds. The rest is law, or protects pupils, and stays.

Not here: the age and the school year that make the municipality responsible (the Education Act), the yes or no of
`no_show`, and how small a group may be shown.
"""

from dataclasses import dataclass
from typing import Final

LIMITS, NUMBER, SEASON, CALENDAR = "limits", "number", "season", "calendar"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that may be set.

    name      of the attribute of `rules.RuleSet`
    kind      LIMITS (three whole numbers), NUMBER, SEASON (two days of the year) or CALENDAR
    part      the signal, or the subject, it is shown with
    unit      what it is counted in, as in `entry.Entry`; also school_days, times, pupils and months
    lowest, highest   the bounds, both allowed; none for days
    step      a number must be a whole number of these
    falling   limits that go downwards: the lower, the worse
    """

    name: str
    kind: str
    part: str
    unit: str
    lowest: int = 0
    highest: int = 0
    step: int = 1
    falling: bool = False


def _limits(name: str, unit: str, highest: int, *, falling: bool = False) -> Field:
    return Field(name, LIMITS, name, unit, 1, highest, falling=falling)


# Parts that are about no signal of their own.
WINDOWS, CELLS, CALENDARS = "windows", "cells", "calendar"

FIELDS: Final = (
    Field("window_days", NUMBER, WINDOWS, "days", 14, 56, step=7),
    Field("min_reported_pct", NUMBER, WINDOWS, "percent", 50, 100),
    Field("min_days", NUMBER, WINDOWS, "school_days", 1, 20),
    Field("min_term_days", NUMBER, WINDOWS, "school_days", 1, 60),
    _limits("absence_28d", "share", 100),
    _limits("absence_term", "share", 100),
    _limits("unexcused_28d", "share", 100),
    _limits("unexcused_month", "minutes", 10_000),
    _limits("repeated_absence_28d", "days", 40),
    _limits("rising_absence", "percentage_points", 100),
    _limits("absence_streak", "days", 90),
    _limits("subject_avoidance", "percentage_points", 100),
    Field("avoided_min_minutes", NUMBER, "subject_avoidance", "minutes", 30, 3000),
    Field("avoided_pct", NUMBER, "subject_avoidance", "percent", 1, 100),
    Field("elsewhere_pct", NUMBER, "subject_avoidance", "percent", 1, 99),
    _limits("lateness_28d", "lessons", 200),
    _limits("coverage_28d", "percent", 100, falling=True),
    _limits("core_subject_failing", "subjects", 3),
    _limits("passes_needed", "passes", 12),
    _limits("merit_drop", "points", 340),
    _limits("points_behind", "points", 2500),
    _limits("frequent_moves", "moves", 20),
    Field("move_months", NUMBER, "frequent_moves", "months", 1, 36),
    Field("move_season", SEASON, "frequent_moves", "day_of_year"),
    Field("show_up_days", NUMBER, "no_show", "days", 1, 30),
    _limits("left_without_enrolment", "days", 365),
    Field("left_ahead_days", NUMBER, "left_without_enrolment", "days", 0, 365),
    Field("left_season", SEASON, "left_without_enrolment", "day_of_year"),
    Field("cell_times", NUMBER, CELLS, "times", 1, 10),
    Field("cell_points", NUMBER, CELLS, "percentage_points", 1, 50),
    Field("cell_pupils", NUMBER, CELLS, "pupils", 10, 100),
    Field("calendar", CALENDAR, CALENDARS, ""),
)
BY_NAME: Final = {field.name: field for field in FIELDS}
PARTS: Final = tuple(dict.fromkeys(field.part for field in FIELDS))


def fields_of(part: str) -> tuple[Field, ...]:
    """What is set in one part, in order."""
    return tuple(field for field in FIELDS if field.part == part)
