"""Outcomes that are when something happens, beside the measures of `measures`."""

from typing import Final

LEFT_SCHOOL: Final = "left_school"  # per 100: left without a degree, by the first horizon
