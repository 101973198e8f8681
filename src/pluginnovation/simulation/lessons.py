"""The lesson rows of the region, school by school: what the attendance register would hand over."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl

from .attendance import Attended, Members, Teaching, attend
from .chance import Bools, Floats, Ints, stream
from .class_places import ClassPlaces
from .cohorts import Cohorts
from .offered import Offered
from .patterns import Pattern, extra_chance, recording
from .pupils import Pupils
from .roster import Roster
from .school_year import TERMS, WEEKS, SchoolYear
from .stretches import Stretches, stretches
from .structure import Region, SchoolClass
from .subjects import LANGUAGES, MODERN, Subject, taught
from .timetable import lessons_of_class
from .traits import Traits

SWEDISH, SECOND = ("SV", "SVE"), "SVA"
LEAST_IN_A_LANGUAGE = 4  # pupils of a class; fewer read the language that most do


@dataclass(frozen=True)
class World:
    """All that is decided before the first lesson."""

    region: Region
    pupils: Pupils
    roster: Roster
    traits: Traits
    patterns: tuple[Pattern, ...]
    years: dict[int, SchoolYear]
    cohorts: Cohorts
    offered: Offered
    places: ClassPlaces

    @cached_property
    def ids(self) -> pl.Series:
        """The person ids of the cohorts."""
        return pl.Series(self.cohorts.id.tolist(), dtype=pl.String)

    @cached_property
    def reads_second(self) -> Bools:
        """For each person whether they read Swedish as a second language; now, if their class has a group for it."""
        second = self.cohorts.lives.second_swedish.copy()
        has = np.array([second_language_class(self, each) for each in self.region.classes])
        second[self.pupils.person] &= has[self.pupils.class_no]
        return second

    @cached_property
    def stretches(self) -> Stretches:
        """Everybody's time in school, this year and before it."""
        return stretches(self.cohorts, self.offered)

    @cached_property
    def stints(self) -> list[Ints]:
        """The places of each class's stints in the roster."""
        return self._grouped(self.roster.class_no)

    @cached_property
    def members(self) -> list[Ints]:
        """The pupils of each class, those who began the year in it or joined it first."""
        return self._grouped(self.pupils.class_no)

    @cached_property
    def classes_of_school(self) -> list[list[SchoolClass]]:
        """The classes of each school."""
        found: list[list[SchoolClass]] = [[] for _ in self.region.schools]
        for each in self.region.classes:
            found[each.school.no].append(each)
        return found

    def pupils_of(self, school: int) -> int:
        """How many pupils began the year in a school, from its number."""
        return sum(each.size for each in self.classes_of_school[school])

    def _grouped(self, class_no: Ints) -> list[Ints]:
        order = np.argsort(class_no, kind="stable")
        cuts = np.searchsorted(class_no[order], np.arange(1, len(self.region.classes)))
        return np.split(order, cuts)


@dataclass(frozen=True, slots=True)
class Totals:
    """Minutes of the year per pupil, and some of its autumn, filled in while the lessons are made.

    reported_weeks, absent_weeks   week by week: pupils x weeks since FIRST_DAY
    """

    offered: Ints
    reported: Ints
    absent: Ints
    unexcused: Ints
    reported_autumn: Ints
    absent_autumn: Ints
    reported_weeks: Ints
    absent_weeks: Ints

    @classmethod
    def empty(cls, pupils: int) -> "Totals":
        """Zeros for that many pupils."""
        weekly: dict[str, Any] = {
            name: np.zeros((pupils, WEEKS), dtype=np.int32) for name in ("reported_weeks", "absent_weeks")
        }
        others = (each.name for each in fields(cls) if each.name not in weekly)
        return cls(**{name: np.zeros(pupils, dtype=np.int64) for name in others}, **weekly)

    @property
    def share(self) -> Floats:
        """Absence over reported; nan where nothing is reported."""
        return _share(self.absent, self.reported)

    @property
    def share_autumn(self) -> Floats:
        """The same for the autumn term, which surveys ask about."""
        return _share(self.absent_autumn, self.reported_autumn)


def _share(absent: Ints, reported: Ints) -> Floats:
    return np.where(reported > 0, absent / np.maximum(reported, 1), np.nan)


def second_language_class(world: World, each: SchoolClass) -> bool:
    """Whether a class has a group for Swedish as a second language: two pupils or more need it."""
    return int(world.pupils.sva[world.members[each.no]].sum()) >= 2


def second_language(subject: Subject) -> Subject:
    """The same subject or course as Swedish as a second language."""
    level = subject.course.startswith("SVEN")
    course = subject.course.replace("SVEN", "SVEA") if level else subject.course.replace("SVE", "SVA")
    name = subject.name.replace("Svenska", "Svenska som andraspråk")
    return Subject("SVA", name, subject.lessons, course, subject.points)


def class_subjects(world: World, each: SchoolClass) -> tuple[Subject, ...]:
    """What a class is taught, and after that the groups that some of it have instead."""
    subjects = taught(each.school.school_type, each.year, each.programme)
    more: list[Subject] = []
    if second_language_class(world, each):
        more += [second_language(subject) for subject in subjects if subject.code in SWEDISH]
    for language, (_, name, _) in enumerate(LANGUAGES[1:], start=1):
        if (world.pupils.language[world.members[each.no]] == language).sum() >= LEAST_IN_A_LANGUAGE:
            more += [replace(one, name=name, language=language) for one in subjects if one.code == MODERN]
    return (*subjects, *more)


def has_instead(world: World, group: Subject, subject: Subject, pupils: Ints) -> Bools:
    """Which of the pupils have a group instead of a subject of their class."""
    if group.code == SECOND and subject.code in SWEDISH:
        return np.asarray(world.pupils.sva[pupils])
    same = bool(group.language) and subject.code == MODERN and not subject.language
    return np.asarray((world.pupils.language[pupils] == group.language) & same)


def own_subject(world: World, each: SchoolClass, place: int, pupil: int) -> Subject:
    """The subject that a pupil of a class has at a place in the class's list, or the group instead of it."""
    subjects = class_subjects(world, each)
    groups = (group for group in subjects if has_instead(world, group, subjects[place], np.array([pupil]))[0])
    return next(groups, subjects[place])


def activity_id(each: SchoolClass, subject: Subject) -> str:
    """The id of one class's teaching in one subject."""
    return f"{each.id}-{subject.key}"


def lesson_frames(world: World, totals: Totals) -> Iterator[pl.DataFrame]:
    """The rows of lessons.csv, one frame per school, in order; adds up `totals` on the way.

    Gives   student_id, activity_id, date, start (minutes after midnight), offered_minutes, is_reported,
            attended_minutes, other_minutes, excused_minutes, unexcused_minutes, late_minutes (null where unreported)
    """
    for school in world.region.schools:
        frame = school_lessons(world, school.no, totals)
        if frame is not None:
            yield frame


def school_lessons(world: World, school: int, totals: Totals) -> pl.DataFrame | None:
    """One frame of `lesson_frames`, from the school's number; None for a school without pupils."""
    frames = [
        _class_frame(world, each, world.stints[each.no], totals)
        for each in world.classes_of_school[school]
        if len(world.stints[each.no])
    ]
    return pl.concat(frames) if frames else None


def _class_frame(world: World, each: SchoolClass, stints: Ints, totals: Totals) -> pl.DataFrame:
    year = world.years[each.school.municipality.no]
    lessons = lessons_of_class(each, year, world.region.seed)
    pupils = world.roster.pupil[stints]
    traits = Traits(*(getattr(world.traits, field.name)[pupils] for field in fields(Traits)))
    own = world.pupils.class_no[pupils] == each.no
    members = Members(traits, world.roster.first[stints], world.roster.last[stints], own)
    pattern = world.patterns[each.no]
    rng = stream(world.region.seed, "attendance", *each.place)
    teaching = Teaching(lessons, year, extra_chance(pattern, lessons, year), *recording(pattern, lessons, year))
    seen = attend(teaching, members, rng)
    _add_up(totals, seen, teaching, pupils)
    return _frame(world, each, teaching, seen, pupils)


def _add_up(totals: Totals, seen: Attended, teaching: Teaching, pupils: Ints) -> None:
    lessons = teaching.lessons
    length = np.where(lessons.cancelled, 0, lessons.length)[:, None] * seen.there
    told = seen.reported & seen.there
    reported, absent = length * told, (seen.excused + seen.unexcused) * told
    np.add.at(totals.offered, pupils, length.sum(axis=0))
    np.add.at(totals.reported, pupils, reported.sum(axis=0))
    np.add.at(totals.absent, pupils, absent.sum(axis=0))
    np.add.at(totals.unexcused, pupils, (seen.unexcused * told).sum(axis=0))
    autumn = teaching.year.days[lessons.day] <= np.datetime64(TERMS[0][2])
    np.add.at(totals.reported_autumn, pupils, reported[autumn].sum(axis=0))
    np.add.at(totals.absent_autumn, pupils, absent[autumn].sum(axis=0))
    week = teaching.year.numbers[lessons.day] // 7
    begins = np.flatnonzero(np.diff(week, prepend=-1))
    cells = pupils[:, None], week[begins]
    np.add.at(totals.reported_weeks, cells, np.add.reduceat(reported, begins, axis=0).T)
    np.add.at(totals.absent_weeks, cells, np.add.reduceat(absent, begins, axis=0).T)


def _frame(world: World, each: SchoolClass, teaching: Teaching, seen: Attended, pupils: Ints) -> pl.DataFrame:
    lessons, year = teaching.lessons, teaching.year
    subjects = class_subjects(world, each)
    activities = pl.Series([activity_id(each, subject) for subject in subjects], dtype=pl.String)
    ids = pl.Series("student_id", world.pupils.id[pupils].tolist(), dtype=pl.String)
    lesson, pupil = np.nonzero(seen.there)
    own = lessons.subject[lesson]
    activity = own
    for place in range(len(lessons.subjects), len(subjects)):
        for base, subject in enumerate(lessons.subjects):
            instead = has_instead(world, subjects[place], subject, pupils)
            if instead.any():
                activity = np.where((own == base) & instead[pupil], place, activity)
    offered = np.where(lessons.cancelled, 0, lessons.length).astype(np.int16)
    told = pl.Series("is_reported", seen.reported[lesson, pupil])
    frame = pl.DataFrame(
        {
            "student_id": ids.gather(pupil),
            "activity_id": activities.gather(activity),
            "date": pl.Series(year.days[lessons.day][lesson]),
            "start": lessons.start[lesson].astype(np.int16),
            "offered_minutes": offered[lesson],
            "is_reported": told,
            "attended_minutes": seen.attended[lesson, pupil],
            "other_minutes": seen.other[lesson, pupil],
            "excused_minutes": seen.excused[lesson, pupil],
            "unexcused_minutes": seen.unexcused[lesson, pupil],
            "late_minutes": seen.late[lesson, pupil],
        }
    )
    minutes = ["attended_minutes", "other_minutes", "excused_minutes", "unexcused_minutes", "late_minutes"]
    return frame.with_columns(pl.when("is_reported").then(pl.col(minutes)))
