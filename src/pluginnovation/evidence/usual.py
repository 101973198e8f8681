"""What a plan of one pupil beside another explains by, and tries itself on, when nobody says otherwise."""

from typing import Final

from .outcomes import LEFT_SCHOOL

SCORE: Final = "absence_share_before"
COVARIATES: Final = (SCORE, "unexcused_share_before", "courses_failed_before", "girl", "school_year")


def placebos_of(outcome: str) -> tuple[str, ...]:
    """What the help can't have changed: the same outcome, and absence, in the days before those that explain."""
    first = () if outcome in (LEFT_SCHOOL, "in_school") else (f"{outcome}_earlier",)
    return tuple(dict.fromkeys((*first, "absence_share_earlier")))
