"""What stands between a pupil and a degree: the smallest set of further passes, and of grades that must be set."""

from collections.abc import Sequence
from dataclasses import dataclass

from .compulsory_grades import rank
from .course_codes import DIPLOMA_PROJECT, level_name
from .degree import CoreResult, Degree
from .effective_grades import NAMED_POINTS, EffectiveGrade

DIPLOMA_POINTS = 100


@dataclass(frozen=True, slots=True)
class NeededPass:
    """One pass that is needed.

    subject, level   which; the level as the pupil's system writes it, empty outside the three named subjects
    points           what it adds to the passed points, covered lower levels included
    course           code of the row that would become a pass; empty when no row is known for it
    now              F, a dash, or None when no grade is given yet
    covers           lower levels that the pass would cover too, by their level
    """

    subject: str
    level: str
    points: int
    course: str
    now: str | None
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DegreeGap:
    """The smallest set of passes that a degree still asks for.

    required      each of them: steps of the named subjects, and the diploma project
    chosen        among the rest, as few as will do; others of at least the same points would do as well
    points        passed points still to be found after these, which no known row gives; 0: the set is enough
    common_points the same for the programme's common subjects; None when rows don't say which those are
    unplanned     points that the known rows lack to make a programme of the least size, passed or failed
    must_be_set   codes with a dash, or without a grade, outside the set: they must get a grade, and an F will do
    reduced       the programme is reduced, so that no set of passes is enough
    """

    required: tuple[NeededPass, ...]
    chosen: tuple[NeededPass, ...]
    points: int
    common_points: int | None
    unplanned: int
    must_be_set: tuple[str, ...]
    reduced: bool

    @property
    def passes(self) -> int:
        """How many passes are in the set."""
        return len(self.required) + len(self.chosen)


def degree_gap(degree: Degree) -> DegreeGap | None:
    """The smallest set of further passes that would give a degree, when everything else gets at least an F.

    Takes   degree   as `upper_secondary_degree` gives it
    Gives   None when nothing is known about the pupil's grades; an empty set when the demands are met
    """
    if not any(each.grade is not None for each in degree.grades):
        return None
    required, taken = _required(degree)
    open_ = [each for each in degree.grades if not each.passed and id(each) not in taken]
    points = max(0, degree.rule.passed_points - degree.passed_points - sum(each.points for each in required))
    common = None if degree.common_points is None else max(0, degree.rule.common_points - degree.common_points)
    chosen = _fewest(open_, points, common or 0)
    given = sum(each.points for each in chosen)
    common_given = sum(each.points for each in chosen if each.programme_common)
    left = {id(each) for each in chosen}
    return DegreeGap(
        required=required,
        chosen=tuple(_pass_of(each) for each in chosen),
        points=max(0, points - given),
        common_points=None if common is None else max(0, common - common_given),
        unplanned=_unplanned(degree, required),
        must_be_set=tuple(each.rests_on.course for each in open_ if id(each) not in left and not each.failed),
        reduced=any(stop.reason == "reduced_programme" for stop in degree.hard_stops),
    )


def _unplanned(degree: Degree, required: Sequence[NeededPass]) -> int:
    """Points that the known rows lack to make up a programme of the least size."""
    new = sum(each.points for each in required if not each.course)
    return max(0, degree.rule.graded_points - sum(each.points for each in degree.grades) - new)


def _required(degree: Degree) -> tuple[tuple[NeededPass, ...], set[int]]:
    """The passes that nothing can stand in for, and which rows they would turn into passes."""
    needed: list[NeededPass] = []
    taken: set[int] = set()
    for core in degree.core:
        for number in _numbers(core, gy25=degree.rule.gy25):
            lower = [n for n in core.missing if n < number] if degree.rule.gy25 else []
            rows = [_row(degree, core, n) for n in (*lower, number)]
            taken |= {id(row) for row in rows if row is not None}
            needed.append(_core_pass(degree, core, number, [row for row in rows if row is not None and not row.passed]))
    if not degree.diploma_project_passed:
        project = next((each for each in degree.grades if each.diploma_project), None)
        taken |= {id(project)} if project else set()
        needed.append(_pass_of(project) if project else NeededPass(DIPLOMA_PROJECT, "", DIPLOMA_POINTS, "", None))
    return tuple(needed), taken


def _numbers(core: CoreResult, *, gy25: bool) -> tuple[int, ...]:
    """Which missing steps a pass is needed on: each course, but of levels only the highest, which covers the rest."""
    return core.missing[-1:] if gy25 else core.missing


def _row(degree: Degree, core: CoreResult, number: int) -> EffectiveGrade | None:
    rows = [e for e in degree.grades if e.subject in core.demand.subjects and e.number == number and not e.part]
    return max(rows, key=lambda row: rank(row.grade), default=None)


def _core_pass(degree: Degree, core: CoreResult, number: int, rows: list[EffectiveGrade]) -> NeededPass:
    gy25 = degree.rule.gy25
    own = next((row for row in rows if row.number == number and _fits(row, core)), None)
    subject = own.subject if own else _subject(degree, core)
    below = tuple(level_name(subject, n, gy25=gy25) for n in core.missing if n < number) if gy25 else ()
    known = {row.number for row in rows}
    unknown = sum(NAMED_POINTS for n in core.missing if n not in known and (n == number or (gy25 and n < number)))
    held = _row(degree, core, number)
    if held is not None and held.passed:
        unknown = 0  # The step is passed, on a track that this degree doesn't name: its points count already.
    return NeededPass(
        subject,
        level_name(subject, number, gy25=gy25),
        sum(row.points for row in rows) + unknown,
        own.rests_on.course if own else "",
        own.grade if own else None,
        below,
    )


def _fits(row: EffectiveGrade, core: CoreResult) -> bool:
    """Whether a pass in the very row would do: another track of the step wouldn't."""
    tracks = core.demand.tracks
    return not tracks or not row.track or row.number != core.demand.numbers[0] or row.track in tracks


def _subject(degree: Degree, core: CoreResult) -> str:
    """The one of the subjects that the pupil takes; the first of them when nothing says."""
    taken = [each.subject for each in degree.grades if each.subject in core.demand.subjects]
    return taken[-1] if taken else core.demand.subjects[0]


def _fewest(open_: Sequence[EffectiveGrade], points: int, common: int) -> list[EffectiveGrade]:
    """As few rows as give the points, with the common points among them; the largest first, and of equal
    ones those that must get a grade anyway: dashes, then what isn't graded yet, then F.

    Taking the largest common ones until they are enough, and then the largest of all, can't be done with fewer.
    """
    ordered = sorted(open_, key=lambda e: (-e.points, e.failed, not e.without_basis, _step(e)))
    chosen: list[EffectiveGrade] = []
    for each in ordered:
        if common > sum(e.points for e in chosen) and each.programme_common:
            chosen.append(each)
    for each in ordered:
        if points > sum(e.points for e in chosen) and each not in chosen:
            chosen.append(each)
    return chosen


def _step(each: EffectiveGrade) -> tuple[str, int, str]:
    return each.subject, each.number or 0, each.part


def _pass_of(each: EffectiveGrade) -> NeededPass:
    return NeededPass(each.subject, "", each.points, each.rests_on.course, each.grade)
