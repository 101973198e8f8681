"""What the night does for what is tried together: figures of schools, goals and participants, and follow-ups asked."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from .answers import Answer

if TYPE_CHECKING:
    from pluginnovation.records.store import Store


def projects_tonight(answer: Answer, store: "Store", day: date | None, at: datetime) -> dict[str, int]:
    """Count what pages and reports read, and ask what is due after the end.

    Gives   schools, goals and sub-projects that have figures, and follow-ups that were asked
    """
    from pluginnovation.web.projects.after_the_end import ask_follow_ups
    from pluginnovation.web.projects.counting import count_figures
    from pluginnovation.web.projects.figures_run import compute_figures, has_sub_projects
    from pluginnovation.web.projects.goals_counted import count_goals

    if day is None:
        return {"schools": 0, "goals": 0, "sub_projects": 0, "follow_ups_asked": 0}
    answer.note("Räknar för delprojekten …", "Counting for the sub-projects …")
    going = has_sub_projects()
    return {
        "schools": count_figures(store, by=None, at=at),
        "goals": count_goals(store, as_of=day, at=at) if going else 0,
        "sub_projects": compute_figures(store, as_of=day, at=at) if going else 0,
        "follow_ups_asked": ask_follow_ups(at=at),
    }
