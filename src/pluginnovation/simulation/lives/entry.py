"""From year 9 to upper secondary school: who is eligible to what, what they choose, and where they begin."""

from typing import Final

import numpy as np

from pluginnovation.reference.entry_rules import ENTRY_RULES
from pluginnovation.reference.introductory import IMV_BESIDES_SWEDISH
from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.subjects import HIGHER, INTRODUCTION, PROGRAMMES, VOCATIONAL

from .dials import Dials
from .draws import Draws
from .levels import EN, MA, SUBJECTS, SV
from .people import OF_MUNICIPALITY, UPPER_FROM, UPPER_INDEPENDENT_FROM
from .seam import People

CODES: Final = tuple(each.code for each in PROGRAMMES)
KIND: Final = np.array([(HIGHER, VOCATIONAL, INTRODUCTION).index(each.kind) for each in PROGRAMMES])
HF, YR, IM = 0, 1, 2
_WEIGHT = np.log(np.array([each.weight for each in PROGRAMMES], dtype=float))
# Boys' log-odds of choosing a programme, girls' with the other sign; ours: programmes are lopsided.
_BOYS = np.array([{"TE": 0.8, "EE": 1.4, "BA": 1.2, "FT": 0.9, "VO": -0.8, "BF": -0.6, "SA": -0.3, "ES": -0.4,
                   "HU": -0.5, "NA": -0.1, "RL": -0.2}.get(code, 0.0) for code in CODES])  # fmt: skip
BY_MERIT = 1.15  # a standard deviation of merit value, on the log-odds of a higher education preparatory programme
TASTE = 1.1
BY_PARENTS = (-0.4, -0.3, 0.25)
COMMUTES = 0.15  # to an upper secondary school of the largest municipality
PUPILS_IN_UPPER, UPPER_INDEPENDENT = 150, 0.29  # per cohort and unit; share of pupils that fits the two CSN shares
NOT_FIRST = 0.16  # not admitted to what they chose first, at a low merit value

Open = dict[str, Bools]


def eligible_to(grade: Ints) -> Open:
    """Who is eligible to each kind of national programme, by the rules' names, and to programinriktat val (IMV).

    Takes   grade   final grades (subjects, pupils) in the order of SUBJECTS; only passes count
    Source  the same rules as `pluginnovation.reference.eligibility`, for many pupils at once
    """
    passed = grade > 0
    core = passed[SV] & passed[EN] & passed[MA]
    others = passed.sum(axis=0) - passed[SV].astype(int) - passed[EN] - passed[MA]
    found = {}
    for rule in ENTRY_RULES:
        named = [SUBJECTS.index(subject) for subject in rule.named]
        found[rule.name] = core & (others >= rule.others) & passed[named].all(axis=0)
    besides = passed.sum(axis=0) - passed[SV]
    found["IMV"] = passed[SV] & (passed[EN] | passed[MA]) & (besides >= IMV_BESIDES_SWEDISH) & ~found["YR"]
    return found


def open_programmes(open_: Open) -> Bools:
    """Which national programmes each pupil may begin (programmes, pupils)."""
    rows = []
    for each in PROGRAMMES:
        if each.kind == INTRODUCTION:
            rows.append(np.zeros_like(open_["YR"]))
            continue
        named = [rule for rule in ENTRY_RULES if each.code in rule.programmes]
        rows.append(open_[named[0].name if named else "YR"])
    return np.stack(rows)


def liking(people: People, draws: Draws) -> Floats:
    """How much each programme draws each pupil, whatever it leads to (programmes, pupils)."""
    side = np.where(people.sex == 1, 1.0, -1.0)
    return np.asarray(TASTE * draws.way_normal + _WEIGHT[:, None] + _BOYS[:, None] * side)


def chosen(people: People, merit: Floats, may: Bools, draws: Draws, dials: Dials) -> Ints:
    """The national programme each begins, -1 for those who may begin none: the first choice, or for some the second."""
    wants_higher = BY_MERIT * (merit - 225) / 55 + np.array(BY_PARENTS)[people.parents] - dials.vocational
    # The way to work or to higher studies weighs most; within it programmes' sizes, sex and taste.
    way = np.where(KIND[:, None] == HF, wants_higher / 2, -wants_higher / 2)
    total = np.where(may, way + liking(people, draws), -np.inf)
    order = np.argpartition(-total, 1, axis=0)[:2]
    values = np.take_along_axis(total, order, axis=0)
    best = np.where(values[0] >= values[1], order[0], order[1])
    second = np.where(values[0] >= values[1], order[1], order[0])
    other = np.isfinite(values.min(axis=0)) & (draws.choice[0] < NOT_FIRST * (merit < 200))
    return np.where(may.any(axis=0), np.where(other, second, best), -1)


def introductory(people: People, arrives: Ints, open_: Open, draws: Draws) -> Ints:
    """The introductory programme for those who aren't eligible to a national one."""
    newly = (people.origin == 4) & (arrives > 2) | (people.origin == 4) & (draws.kind < 0.5)
    pick = np.select([newly, open_["IMV"] & (draws.kind < 0.8), draws.kind < 0.45], [3, 0, 1], 2)
    return np.asarray(CODES.index("IMV") + pick)


def upper_units(people: People, draws: Draws) -> Ints:
    """An upper secondary unit for each: at home, or in the largest municipality."""
    away = draws.upper_school[0] < COMMUTES
    place = np.where(away, 1, people.municipality)
    in_a_cohort = np.bincount(people.municipality, minlength=2) / len(np.unique(people.born))
    units = np.maximum(1, np.round(in_a_cohort[place] / PUPILS_IN_UPPER)).astype(np.int64)
    where = draws.upper_school[1].astype(np.float64)
    # Those low in the draw go to independent schools; the rest of the draw says which school.
    own = where < UPPER_INDEPENDENT
    within = np.where(own, where / UPPER_INDEPENDENT, (where - UPPER_INDEPENDENT) / (1 - UPPER_INDEPENDENT))
    first = np.where(own, UPPER_INDEPENDENT_FROM, UPPER_FROM)
    number = within * np.maximum(1, np.round(units * np.where(own, UPPER_INDEPENDENT, 1 - UPPER_INDEPENDENT)))
    return np.asarray(place * OF_MUNICIPALITY + first + number.astype(np.int64))
