"""The situations that `make calibrate` tries: every way to assign, and every switch that can spoil it."""

from dataclasses import replace

from .calibrate_worlds import Arm

# Who has been away much is offered help, and would have been away less anyhow: what before-and-after falls for.
AWAY = "absence_from = 0.1"
LOTTERY, DRAW = f'assignment = "lottery"\n{AWAY}', f'assignment = "school_draw"\n{AWAY}'
ANYBODY = 'assignment = "lottery"'
STAFF = 'assignment = "staff_choice"\nshare = 0.3\nstrength = 0.5'
LINE = 'assignment = "threshold"\nscore = "absence"\ncutoff = 0.15'
STEPS = 'assignment = "staggered"\nstarts = [6, 7, 8]\nshare = 0.75'
PLACE = 'assignment = "one_municipality"\nmunicipality = 1'
BY_ABSENCE = "[sub_projects.tried.by_absence]\nunder_10 = 0.4\nfrom_10 = 0.7\nfrom_15 = 1.0\nfrom_20 = 1.5"
BETWEEN = "[sub_projects.tried.between_sites]\nabsence = 0.3"
HOW = f"{LOTTERY}\ntake_up = 0.7\ndelivered = 0.7\ndrop_out = 0.1"
LATE = f"{LOTTERY}\ndelay_terms = 0\nbuild_up_terms = 2\nlock_in_terms = 1\nlock_in = 0.5"

MAIN = (
    Arm("lottery", "waiting_list", LOTTERY, 3_000),
    Arm("40 schools drawn", "school_draw", DRAW, 2_400, 1, effect=-1.0),
    Arm("12 schools drawn", "school_draw", DRAW, 720, 1, effect=-1.0, large=False),
    Arm("6 schools drawn", "school_draw", DRAW, 360, 1, effect=-1.0, large=False),
    Arm("threshold", "threshold", LINE, 8_000, effect=-1.5),
    Arm("lottery, 6 schools", "waiting_list", LOTTERY, 360, 1, large=False),
    Arm("threshold, 25 schools", "threshold", LINE, 1_500, 1, effect=-1.5, large=False),
    Arm("threshold, 6 schools", "threshold", LINE, 360, 1, effect=-1.5, large=False),
    Arm("staff's choice, 6 schools", "comparison", STAFF, 360, 1, effect=-1.2, large=False),
    Arm("staff's choice by what is known", "comparison", STAFF, 6_000, 1, effect=-1.2),
    Arm("staff's choice of those much away", "comparison", f"{STAFF}\n{AWAY}", 9_000, 1, effect=-1.0),
    Arm("schools one after another", "rollout", STEPS, 4_000, 2, start=6, last=9),
    Arm("a municipality", "synthetic_control", PLACE, 6_000, 13, effect=-1.0, start=6, last=8),
    Arm("leaving, lottery", "hazard", ANYBODY, 4_000, effect=-0.8, on="leaving", start=11, last=14),
    Arm("six places together", "pool", LOTTERY, 5_000, 6),
)
NULL = tuple(replace(arm, name=f"{arm.name}, no effect", effect=0.0, large=False) for arm in MAIN)
# Effects that are found sometimes: what a forecast is held to.
SOMETIMES = {
    "lottery": -0.17, "40 schools drawn": -0.25, "12 schools drawn": -0.4, "6 schools drawn": -0.6, "threshold": -0.6,
    "staff's choice by what is known": -0.12, "schools one after another": -0.08, "a municipality": -0.15,
    "leaving, lottery": -0.3,
}  # fmt: skip
SMALL = tuple(
    replace(arm, name=f"{arm.name}, small effect", effect=SOMETIMES[arm.name], large=False)
    for arm in MAIN
    if arm.name in SOMETIMES
)
SWITCHED = (
    Arm("lottery, taken up and given in part", "waiting_list", HOW, 4_000),
    Arm("lottery, effects that differ", "waiting_list", LOTTERY, 3_000, around=f"{BY_ABSENCE}\n{BETWEEN}"),
    Arm("lottery, worse at first", "waiting_list", LATE, 3_000, last=9),
    Arm("lottery, movers", "waiting_list", LOTTERY, 3_000, last=8, around="[world]\nmovers = 0.2"),
    Arm("lottery, tiny schools", "waiting_list", LOTTERY, 4_000, around="[world]\ntiny_sites = 0.4", large=False),
    Arm("lottery, a fifth missing by chance", "waiting_list", LOTTERY, 4_000, around="[records]\nattrition = 0.2"),
    Arm(
        "lottery, recorded otherwise midway",
        "waiting_list",
        LOTTERY,
        3_000,
        around="[records]\nrecording_change_term = 7\nrecording_change = 1.3",
    ),
    Arm("lottery, schools that send twice", "waiting_list", LOTTERY, 3_000, around="[records]\nresending_sites = 0.3"),
    Arm(
        "40 schools drawn, alike within", "school_draw", DRAW, 2_400, 1, -1.0, around="[world]\nicc = 0.05", large=False
    ),
    Arm("6 schools drawn, alike within", "school_draw", DRAW, 360, 1, -1.0, around="[world]\nicc = 0.05", large=False),
    Arm("threshold, not always followed", "threshold", f"{LINE}\nfuzz = 0.05", 8_000, effect=-1.5, large=False),
)
BROKEN = (
    Arm("before and after", "before_after", LOTTERY, 3_000, holds=False),
    Arm("lottery, lost from sight", "waiting_list", LOTTERY, 3_000, holds=False, lost=0.5),
    Arm(
        "lottery, those who waited missing",
        "waiting_list",
        LOTTERY,
        3_000,
        holds=False,
        around="[records]\nattrition_by_arm = 0.3",
    ),
    Arm("threshold, heaped", "threshold", f"{LINE}\nheaping = 0.8\nheaping_width = 0.04", 8_000, holds=False),
    Arm("staff's choice by what isn't", "comparison", f"{STAFF}\ngamma = 2.0", 6_000, 1, effect=-1.2, holds=False),
    Arm("staff's choice, flattering", "comparison", f"{STAFF}\ngamma = -2.0", 6_000, 1, effect=-1.2, holds=False),
    Arm(
        "staff's choice by what isn't, half as much",
        "comparison",
        f"{STAFF}\ngamma = 1.0",
        6_000,
        1,
        effect=-1.2,
        holds=False,
    ),
    Arm(
        "staff's choice, flattering half as much",
        "comparison",
        f"{STAFF}\ngamma = -1.0",
        6_000,
        1,
        effect=-1.2,
        holds=False,
    ),
    Arm("schools that were drifting", "rollout", f"{STEPS}\npre_trend = 0.15", 4_000, 2, holds=False, start=6, last=9),
    Arm(
        "schools that began beforehand",
        "rollout",
        f"{STEPS}\nanticipation = 0.6",
        4_000,
        2,
        holds=False,
        start=6,
        last=9,
    ),
)
# What no record of one sub-project shows: it is told what happens, and nothing is promised.
SHOWN = (
    Arm("lottery, rubs off on the class", "waiting_list", f"{LOTTERY}\nspill_over = 0.5", 3_000, holds=None),
    Arm(
        "lottery, the worse off missing",
        "waiting_list",
        LOTTERY,
        4_000,
        holds=None,
        around="[records]\nattrition_by_outcome = 0.3",
    ),
    Arm(
        "40 schools drawn, some make it up",
        "school_draw",
        DRAW,
        2_400,
        1,
        holds=None,
        around="[records]\nfabricating_sites = 0.2",
    ),
)
ARMS = (*MAIN, *BROKEN, *NULL, *SMALL, *SWITCHED, *SHOWN)
