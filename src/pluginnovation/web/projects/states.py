"""How far sub-projects have come: read from what has been done, in one query however many they are."""

from collections.abc import Iterable
from datetime import date

from django.db import connection
from django.utils.timezone import localtime

from pluginnovation.projects import process_state as ps
from pluginnovation.projects.process_state import Done, State, state_of
from pluginnovation.web.people.clock import today

from .doing import ENDED_STATES
from .models import SubProject


def states_of(projects: Iterable[SubProject]) -> dict[int, State]:
    """The state of each sub-project by its number."""
    listed = list(projects)
    steps, acts = _done(listed)
    return {one.pk: state_of(Done(steps[one.pk], acts[one.pk], one.state in ENDED_STATES), today()) for one in listed}


def state_of_sub_project(project: SubProject) -> State:
    """The state of one."""
    return states_of([project])[project.pk]


def _done(listed: list[SubProject]) -> tuple[dict[int, dict[str, date]], dict[int, date]]:
    """When each step was done, and the latest day that anybody did anything; the same whoever asks, so nothing that
    only some may see.
    """
    began = {one.pk: localtime(one.at).date() for one in listed}
    steps: dict[int, dict[str, date]] = {number: {ps.APPLIED: day} for number, day in began.items()}
    acts = dict(began)
    for number, step, first, last in _times(next(iter(began)) if len(began) == 1 else None):
        if number not in steps:
            continue
        if step and first is not None:
            steps[number][step] = min(first, steps[number].get(step, first))
        if last is not None:
            acts[number] = max(acts[number], last)
    return steps, acts


def _times(one: int | None) -> list[tuple[int, str, date | None, date | None]]:
    """Whose, which step (empty: none), the first day that it was done, and the last day of any act.

    Takes   one   the only sub-project that is asked about; None: every one that the asker may read
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM fence.done_times(%s)", [one])
        return cursor.fetchall()
