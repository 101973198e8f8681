"""Effective grades in upper secondary school: what counts when a subject was graded more than once.

A pass on a higher level covers the lower ones and replaces their grades; an F doesn't. Nothing is thrown away: the
replaced grade stays in the rows beside the one that counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from .compulsory_grades import rank
from .course_codes import DIPLOMA_PROJECT, NAMED, SWEDISH, Place, place_of, step_of
from .grade_scales import NO_BASIS, PASSES

# Until this day a level's grade leaves a passed course alone; after it, it replaces it (the Act 2022:147,
# transitional provisions 7 and 8).
COURSES_STAND_UNTIL: Final = date(2030, 6, 30)

# Each level of Swedish and English, and of mathematics, is worth this; so a covered level counts also unread.
NAMED_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class CourseGrade:
    """A grade on a course (Gy11), on a level of a subject (Gy25) or on the diploma project.

    course            its code, `ENGENG05` or `ENGE1000X`; `GYA…` for the diploma project
    points            upper secondary points
    grade             A–F, `-` for no basis, None: planned, and no grade given yet
    set_on            the day the grade was registered; None: not known, and then it counts as before July 2030
    subject           the subject's code in the source, where the course's code doesn't say it
    programme_common  whether it is one of the programme's common subjects; None: the source doesn't say
    """

    course: str
    points: int
    grade: str | None
    set_on: date | None = None
    subject: str = ""
    programme_common: bool | None = None

    @property
    def place(self) -> Place:
        """Where it stands in its subject."""
        return place_of(self.course, self.subject)

    @property
    def passed(self) -> bool:
        """Whether it is a pass. What isn't known isn't one."""
        return self.grade in PASSES


@dataclass(frozen=True, slots=True)
class EffectiveGrade:
    """What counts for one step of a subject.

    subject, number, part  the step (see `course_codes.Place`)
    points                 counted once, however many rows there are
    grade                  what counts; `-` no basis, None not given yet
    rests_on               the row whose grade it is; with `replaced` a row of a higher level
    rows                   all rows of the step, the replaced ones too; none for a lower level that wasn't read
    replaced               whether a higher level, or a later system, replaced what stood here
    track                  of the row it rests on; empty when a higher level covers every track, or nothing says
    programme_common       None when no row says
    """

    subject: str
    number: int | None
    part: str
    points: int
    grade: str | None
    rests_on: CourseGrade
    rows: tuple[CourseGrade, ...]
    replaced: bool
    track: str
    programme_common: bool | None

    @property
    def passed(self) -> bool:
        """Whether it counts as a pass."""
        return self.grade in PASSES

    @property
    def failed(self) -> bool:
        """Whether an F counts."""
        return self.grade not in (None, NO_BASIS) and not self.passed

    @property
    def without_basis(self) -> bool:
        """Whether a dash counts: no grade could be set."""
        return self.grade == NO_BASIS

    @property
    def diploma_project(self) -> bool:
        """Whether it is the diploma project."""
        return self.subject == DIPLOMA_PROJECT


Step = tuple[str, int | None, str]


def effective_grades(grades: Iterable[CourseGrade]) -> tuple[EffectiveGrade, ...]:
    """What counts for each step of each subject: one row per step, its points once.

    Takes   grades   every grade a pupil has had, and planned courses with no grade, in any order
    Gives   in the order of subject and step. The better of two grades on the same step, or on alternative tracks.
            Of levels in Swedish and in Swedish as a second language only one subject counts; courses of both may
            stand beside each other, each step once
    Source  the Education Act (2010:800) 15 chap. 22 § and transitional provisions 7-8 of 2022:147; the Upper
            Secondary Ordinance (2010:2039) 8 chap. 8 and 14 §§ and transitional provision 13 of 2023:654
    """
    given = sorted(grades, key=_in_order)
    steps: dict[Step, list[CourseGrade]] = {}
    for row in given:
        steps.setdefault(step_of(row.place), []).append(row)
    for row in given:
        for lower in _unread_below(row):
            steps.setdefault(lower, [])
    levels = [row for row in given if row.passed and row.place.gy25 and row.place.number is not None]
    found = [_resolved(step, rows, levels) for step, rows in steps.items()]
    found = _without_overlap(sorted(found, key=_step_order))
    return tuple(_one_swedish(found))


def _in_order(row: CourseGrade) -> tuple[object, ...]:
    """An order without meaning, so that the order they came in has none either."""
    told = (row.programme_common is None, bool(row.programme_common))
    return row.course, row.subject, rank(row.grade), row.set_on or date.min, row.points, told


def _step_order(each: EffectiveGrade) -> tuple[str, int, str]:
    return each.subject, each.number or 0, each.part


def _unread_below(row: CourseGrade) -> list[Step]:
    """The lower levels that a pass on a level covers, in the subjects where their points are known."""
    place = row.place
    if not (row.passed and place.gy25 and place.subject in NAMED and place.number):
        return []
    return [(place.subject, number, "") for number in range(1, place.number)]


def _after_the_courses(row: CourseGrade) -> bool:
    return row.place.gy25 and row.set_on is not None and row.set_on > COURSES_STAND_UNTIL


def _covers(row: CourseGrade, step: Step) -> bool:
    """Whether a passed level is higher than a step in the same subject."""
    subject, number, part = step
    place = row.place
    if place.subject != subject or place.number is None or number is None:
        return False
    return place.number > number or (place.number == number and "" < part < place.part)


def _resolved(step: Step, rows: list[CourseGrade], levels: Sequence[CourseGrade]) -> EffectiveGrade:
    """What counts on one step.

    Takes   levels   the passed levels of every subject: only those can cover a step
    """
    course_stands = any(row.passed and not row.place.gy25 for row in rows)
    covering = [row for row in levels if _covers(row, step) and (not course_stands or _after_the_courses(row))]
    later = any(row.passed and _after_the_courses(row) for row in rows)
    own = [row for row in rows if row.place.gy25] if later else rows
    best = max(covering, key=lambda row: (row.place.number or 0, row.place.part, rank(row.grade)), default=None)
    chosen = best or max(own, key=lambda row: (rank(row.grade), row.points))
    told = [row.programme_common for row in rows if row.programme_common is not None]
    return EffectiveGrade(
        *step,
        points=max((row.points for row in rows), default=NAMED_POINTS) if best else chosen.points,
        grade=chosen.grade,
        rests_on=chosen,
        rows=tuple(rows),
        replaced=best is not None or len(own) < len(rows),
        track="" if best else chosen.place.track,
        programme_common=any(told) if told else None,
    )


def _without_overlap(found: list[EffectiveGrade]) -> list[EffectiveGrade]:
    """A whole step and its two halves overlap: the whole counts if it is passed, or if neither half is."""
    halved = {(each.subject, each.number) for each in found if each.part}
    kept = []
    for each in found:
        if (each.subject, each.number) not in halved:
            kept.append(each)
            continue
        same = [e for e in found if (e.subject, e.number) == (each.subject, each.number) and e.number]
        whole, halves = [e for e in same if not e.part], [e for e in same if e.part]
        if whole and halves:
            by_whole = whole[0].passed or not any(half.passed for half in halves)
            if by_whole == bool(each.part):
                continue
        kept.append(each)
    return kept


def _one_swedish(found: list[EffectiveGrade]) -> list[EffectiveGrade]:
    """Swedish or Swedish as a second language: the one that reaches higher, then the one that gives more."""

    def reach(subject: str) -> tuple[int, int, int, int, bool]:
        passed = [each for each in found if each.subject == subject and each.passed]
        some = any(each.subject == subject for each in found)
        points = sum(each.points for each in passed)
        merit = sum(rank(each.grade) for each in passed)
        return max((e.number or 0 for e in passed), default=0), points, merit, some, subject == SWEDISH[0]

    kept = max(SWEDISH, key=reach)
    # The one-subject rule is about levels; for grades on courses the older rule still holds (2025:1039, provision 5).
    left = [e for e in found if e.subject not in SWEDISH or e.subject == kept or not e.rests_on.place.gy25]
    return _one_of_each_number(left)


def _one_of_each_number(found: list[EffectiveGrade]) -> list[EffectiveGrade]:
    """The same course in Swedish and in Swedish as a second language counts once, the better of them."""
    best: dict[int | None, EffectiveGrade] = {}
    for each in found:
        if each.subject in SWEDISH:
            held = best.get(each.number)
            if held is None or (rank(each.grade), each.subject) > (rank(held.grade), held.subject):
                best[each.number] = each
    return [each for each in found if each.subject not in SWEDISH or best[each.number] is each]
