"""Everything that is done here, in one place: each takes what is said, `by` and `at`, and begins with its audit row."""

from .attaching import Attaching, attach_file, remove_file
from .cases import (
    Closing,
    Moving,
    Opening,
    close_case,
    date_step,
    do_step,
    give_case,
    move_case,
    open_case,
    reopen_case,
)
from .deciding import Deciding, decide, tell_decision
from .following import Looked, follow_up, plan_follow_up
from .marking import mark_points
from .measures import Delivered, Ending, Starting, begin_planned, deliver_dose, end_measure, start_measure
from .notes import Noting, write_note
from .promises import Promise, keep_promise, promise, take_back_promise
from .texts import Aim, Writing, Written, end_goal, set_goal, set_obstacles, write_text

__all__ = [
    "Aim",
    "Attaching",
    "Closing",
    "Deciding",
    "Delivered",
    "Ending",
    "Looked",
    "Moving",
    "Noting",
    "Opening",
    "Promise",
    "Starting",
    "Writing",
    "Written",
    "attach_file",
    "begin_planned",
    "close_case",
    "date_step",
    "decide",
    "deliver_dose",
    "do_step",
    "end_goal",
    "end_measure",
    "follow_up",
    "give_case",
    "keep_promise",
    "mark_points",
    "move_case",
    "open_case",
    "plan_follow_up",
    "promise",
    "remove_file",
    "reopen_case",
    "set_goal",
    "set_obstacles",
    "start_measure",
    "take_back_promise",
    "tell_decision",
    "write_note",
    "write_text",
]
