"""A school year of one class: who was there, lesson by lesson.

Two things make a pupil miss teaching: a spell of days at home, and single lessons. Both follow the pupil's traits, the
season, the weekday and what the class has in common. All arrays are lessons x pupils.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import Bools, Floats, Ints
from .school_year import TERMS, SchoolYear
from .timetable import Lessons
from .traits import RISE_TAKES, Traits, away, rise

# How absence varies over the year (by month) and the week; ours, with the winter and Mondays above the mean.
SEASON = {8: 0.7, 9: 0.82, 10: 0.95, 11: 1.15, 12: 1.2, 1: 1.12, 2: 1.2, 3: 1.08, 4: 0.97, 5: 0.92, 6: 0.85}
WEEKDAY = np.array([1.13, 0.94, 0.93, 0.95, 1.05])
SPELL_LENGTH, LONGEST_SPELL = 1.9, 8
OTHER_CHANCE, EARLY_LEAVE_CHANCE, TRIP_CHANCE = 0.006, 0.003, 0.006
LATE_LATER = 0.35  # how likely lateness is to a later lesson, compared with the first of the day

Minutes = NDArray[np.int16]
Draws = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Members:
    """The pupils of one class, one entry per stint: their traits, and the days (numbers) between which they belong.

    Traits are cut to the stints; `own` tells whether the class is the one they began in.
    """

    traits: Traits
    first: Ints
    last: Ints
    own: Bools


@dataclass(frozen=True, slots=True)
class Teaching:
    """What one class is offered, and what it has in common.

    extra      how much likelier the class is to miss each lesson (patterns.extra_chance)
    reported   chance that each lesson is reported, and grace: minutes of lateness that aren't written down
               (patterns.recording)
    """

    lessons: Lessons
    year: SchoolYear
    extra: Floats
    reported: Floats
    grace: Ints

    @property
    def held(self) -> Ints:
        """When each lesson is, in days since FIRST_DAY."""
        return np.asarray(self.year.numbers[self.lessons.day])


@dataclass(frozen=True, slots=True)
class Attended:
    """Minutes per lesson and pupil; `there` is False where the pupil doesn't belong to the class on that day.

    An unreported lesson has zeros in all five.
    """

    there: Bools
    reported: Bools
    attended: Minutes
    other: Minutes
    excused: Minutes
    unexcused: Minutes
    late: Minutes


def attend(teaching: Teaching, members: Members, rng: np.random.Generator) -> Attended:
    """What was reported about every lesson of the class."""
    day = teaching.lessons.day
    home, excused_home = _days_at_home(members.traits, teaching.year, rng)
    gone, excused_gone = _lessons_missed(teaching, members, rng)
    long, excused_long = _long_absence(teaching, members, rng)
    excused = np.where(long, excused_long, np.where(home[day], excused_home[day], excused_gone))
    return _minutes(teaching, members, home[day] | gone | long, excused, rng)


def _seasons(year: SchoolYear) -> Floats:
    months = year.days.astype("datetime64[M]").astype(np.int64) % 12 + 1
    return np.asarray(np.array([SEASON[int(month)] for month in months]) * WEEKDAY[year.weekdays])


def _terms(year: SchoolYear, traits: Traits) -> Draws:
    """How much likelier each pupil is to be away in the term than in the year: days x pupils."""
    autumn = (year.days <= np.datetime64(TERMS[0][2]))[:, None]
    return np.where(autumn, traits.autumn, 2 - traits.autumn).astype(np.float32)


def _days_at_home(traits: Traits, year: SchoolYear, rng: np.random.Generator) -> tuple[Bools, Bools]:
    """Whole days at home, in spells of one to eight school days, and whether they are excused: days x pupils.

    Spells are taken, likelier ones first, until they are as many days as the pupil's year has: the life has drawn that.
    """
    days, pupils = len(year.days), len(traits.share)
    wanted = np.clip(traits.share * traits.at_home, 0, 0.9)
    drawn = np.minimum(rng.geometric(1 / SPELL_LENGTH, (days, pupils)), LONGEST_SPELL)
    likely = np.maximum(_seasons(year)[:, None] * _terms(year, traits), 1e-6)
    order = np.argsort(rng.standard_exponential((days, pupils), dtype=np.float32) / likely, axis=0)
    in_order = np.take_along_axis(drawn, order, axis=0)
    before = np.cumsum(in_order, axis=0) - in_order
    # Spells overlap, so a few more days are needed; the last one is in or out by chance.
    needed = -np.log1p(-wanted) * days
    taken = before + rng.random(pupils, dtype=np.float32) * in_order < needed
    lengths = np.zeros((days, pupils), dtype=np.int64)
    np.put_along_axis(lengths, order, in_order * taken, axis=0)
    allowed = rng.random((days, pupils), dtype=np.float32) < traits.excused
    home = np.zeros((days, pupils), dtype=bool)
    excused = np.zeros((days, pupils), dtype=bool)
    for back in range(min(LONGEST_SPELL, days) - 1, -1, -1):
        covers = lengths[: days - back] > back
        home[back:] |= covers
        excused[back:] = np.where(covers, allowed[: days - back], excused[back:])
    return home, excused


def _holds(members: Members, held: Ints) -> Bools:
    """When a pupil's story holds: lessons x pupils."""
    traits = members.traits
    return (held[:, None] >= traits.story_from) & (held[:, None] <= traits.story_until)


def _lessons_missed(teaching: Teaching, members: Members, rng: np.random.Generator) -> tuple[Bools, Bools]:
    """Single lessons missed, and whether they are excused: lessons x pupils."""
    lessons, traits, held = teaching.lessons, members.traits, teaching.held
    at_home = traits.share * traits.at_home
    chance = ((traits.share - at_home) / (1 - at_home)).astype(np.float32)
    weight = WEEKDAY[teaching.year.weekdays[lessons.day]] * np.where(lessons.first, 1.5, 0.92)
    chance = chance * weight.astype(np.float32)[:, None] * _terms(teaching.year, traits)[lessons.day]
    holds = _holds(members, held)
    # A pattern of the class takes some pupils more than others.
    willing = 0.4 + 1.2 * rng.random(len(traits.share), dtype=np.float32)
    chance = chance + teaching.extra.astype(np.float32)[:, None] * willing
    rising, rises = np.flatnonzero(traits.has("rising")), rise(traits.strength)
    for pupil in rising:
        step = np.clip((held - traits.story_from[pupil]) / RISE_TAKES, 0, 1)
        chance[:, pupil] += step * rises[pupil]
    for pupil in np.flatnonzero(traits.has("avoids") & members.own):
        avoided = (lessons.subject == traits.avoided[pupil]) & holds[:, pupil]
        chance[avoided, pupil] = 0.5 + 0.45 * traits.strength[pupil]
    shape = chance.shape
    gone = rng.random(shape, dtype=np.float32) < chance
    return gone, rng.random(shape, dtype=np.float32) < traits.excused_skip


def _long_absence(teaching: Teaching, members: Members, rng: np.random.Generator) -> tuple[Bools, Bools]:
    """Lessons missed by those who are away for weeks, or who never came: lessons x pupils."""
    lessons, traits = teaching.lessons, members.traits
    gone, never = traits.has("long"), traits.has("no-show")
    shape = (len(lessons.day), len(traits.share))
    if not (gone | never).any():
        return np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    chance = np.where(never, 1.0, np.where(gone, away(traits.strength), 0.0))
    days = len(teaching.year.days)
    long = (rng.random((days, shape[1])) < chance)[lessons.day] & _holds(members, teaching.held)
    excused = np.broadcast_to(gone & (traits.excused > 0.82), shape)
    return long, excused


def _minutes(teaching: Teaching, members: Members, missed: Bools, excused: Bools, rng: np.random.Generator) -> Attended:
    """The minutes that teachers report, and the lessons they don't."""
    lessons, traits, held, shape = teaching.lessons, members.traits, teaching.held, missed.shape
    there = (held[:, None] >= members.first) & (held[:, None] <= members.last)
    told = (rng.random(len(lessons.day)) < teaching.reported) & ~lessons.cancelled
    told = told[:, None] & ~traits.has("unreported")
    length = np.where(told, lessons.length[:, None], 0).astype(np.int16)
    zero = np.int16(0)
    lost_excused = np.where(missed & excused, length, zero)
    lost = np.where(missed & ~excused, length, zero)
    trip = _trip_days(teaching.year, rng)[lessons.day]
    draw = rng.random(shape, dtype=np.float32)
    other = np.where(~missed & (trip[:, None] | (draw < OTHER_CHANCE)), length, zero)
    present = ~missed & (other == 0)
    leaves = present & (draw > 1 - EARLY_LEAVE_CHANCE)
    lost_excused = np.where(leaves, length // 2, lost_excused)
    late = np.where(present & ~leaves, _late(lessons, traits, length, rng), zero)
    late[late <= teaching.grace[:, None]] = 0
    lost = lost + late
    attended = length - lost_excused - lost - other
    return Attended(there, np.broadcast_to(told, shape), attended, other, lost_excused, lost, late)


def _trip_days(year: SchoolYear, rng: np.random.Generator) -> Bools:
    return rng.random(len(year.days)) < TRIP_CHANCE


def _late(lessons: Lessons, traits: Traits, length: Minutes, rng: np.random.Generator) -> Minutes:
    """Minutes late: 1 to 25, less than the lesson; lessons x pupils."""
    weight = np.where(lessons.first, 1.0, LATE_LATER).astype(np.float32)[:, None]
    draw = rng.random(length.shape, dtype=np.float32)
    chance = (traits.late.astype(np.float32) * weight).clip(1e-6, 1)
    # The draw that decides also tells how late: evenly spread below the chance.
    minutes = (1 + (draw / chance) ** 2 * 24).clip(0, 25).astype(np.int16)
    return np.where(draw < chance, np.minimum(minutes, np.maximum(length - 5, 0)), np.int16(0))
