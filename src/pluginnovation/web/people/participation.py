"""Who takes part in which sub-project: the ground of the one who leads it.

The rows stand in the app of projects, below this one on the map, so it puts its question here when it starts.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db.models import QuerySet

# A word -> the rows, with the columns `pupil`, `sub_project`, `start_date` and `end_date`, both inclusive.
TAKES_PART: Final[dict[str, Callable[[], QuerySet[Any]]]] = {}


def rows() -> list[QuerySet[Any]]:
    """The rows of each app that has such."""
    return [ask() for ask in TAKES_PART.values()]
