"""Why a measure ended. Leaving before the planned end is a reason of its own, so that drop-out can be counted."""

from typing import Final

COMPLETED, DROPPED_OUT = "completed", "dropped_out"

REASONS: Final = {
    COMPLETED: ("Genomförd som planerat", "Done as planned"),
    "goal_reached": ("Målet nåddes tidigare", "The goal was reached earlier"),
    DROPPED_OUT: ("Eleven slutade delta", "The pupil stopped taking part"),
    "not_fitting": ("Passade inte", "Didn't fit"),
    "no_resources": ("Det fanns inte resurser", "There were no resources"),
    "moved": ("Eleven bytte skola", "The pupil changed school"),
    "left_school": ("Eleven slutade skolan", "The pupil left school"),
    "returned_to_school": ("Eleven är tillbaka i studier", "The pupil is back in studies"),
    "finished_school": ("Eleven är klar med skolan", "The pupil has finished school"),
    "mistake": ("Registrerad av misstag", "Recorded by mistake"),
}
# The pupil's taking part ended before the plan did.
EARLY: Final = (DROPPED_OUT, "not_fitting", "no_resources")
