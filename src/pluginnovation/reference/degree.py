"""Upper secondary degree: which of its demands a pupil meets today, what stops it, and how much may still go wrong."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from .course_codes import MATHEMATICS, level_name
from .degree_rules import CoreDemand, DegreeRule
from .effective_grades import CourseGrade, EffectiveGrade, effective_grades


@dataclass(frozen=True, slots=True)
class Situation:
    """What people have decided about a pupil's programme, which grades don't show.

    reduced_programme      the pupil is excused from parts of it: no degree (the ordinance 8 chap. 4 §)
    exchanged_mathematics  another first step in mathematics stands for the one the degree names (9 chap. 4 §)
    """

    reduced_programme: bool = False
    exchanged_mathematics: bool = False


ORDINARY: Final = Situation()


@dataclass(frozen=True, slots=True)
class CoreResult:
    """One of the three named subjects: passed points, and the steps that aren't passed, lowest first.

    missing  numbers as levels; `level_name` writes them as courses
    """

    demand: CoreDemand
    passed_points: int
    missing: tuple[int, ...]

    @property
    def met(self) -> bool:
        """Whether the degree's demand in the subject is met."""
        return not self.missing and self.passed_points >= self.demand.points


@dataclass(frozen=True, slots=True)
class HardStop:
    """Something that no other pass makes up for.

    reason    `core_failed`, `diploma_project_failed`, `no_basis` or `reduced_programme`
    course    code of the course or level; empty for a reduced programme
    level     its level as the pupil's system writes it; empty outside the three named subjects
    grade     F or a dash; empty for a reduced programme
    higher    whether a higher level in the subject is planned, where a pass would replace this
    subject   its subject, as `Place.subject`; empty for a reduced programme
    """

    reason: str
    course: str = ""
    level: str = ""
    grade: str = ""
    higher: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Degree:
    """A pupil's way to a degree. All points are upper secondary points; each step counts once.

    met            whether a degree can be issued today; None when nothing is known, or when only the points in the
                   programme's common subjects can't be told
    finished       every known course and level has a grade or a dash
    passed_points, failed_points, without_basis_points, ungraded_points
                   what counts as a pass, F, a dash, and not graded yet
    core           the three named subjects, in the order of the rule
    diploma_project_passed   None when no row is one
    common_points  passed points in the programme's common subjects; None when they aren't enough and rows don't say
    f_budget       points that may still become F; below 0 when too many are. 250 less the failed ones in a full
                   programme of 2,500 points; what is planned beyond that adds to it
    hard_stops     what no other pass makes up for
    grades         what counts for each step, and the rows behind it
    """

    rule: DegreeRule
    met: bool | None
    finished: bool
    passed_points: int
    failed_points: int
    without_basis_points: int
    ungraded_points: int
    core: tuple[CoreResult, ...]
    diploma_project_passed: bool | None
    common_points: int | None
    f_budget: int
    hard_stops: tuple[HardStop, ...]
    grades: tuple[EffectiveGrade, ...]

    @property
    def graded_points(self) -> int:
        """Points with a grade, F included; a dash is no grade."""
        return self.passed_points + self.failed_points

    @property
    def document(self) -> str | None:
        """`degree` or `study_certificate`, for whoever has finished; None before that, and when it can't be told."""
        if self.met is None or not self.finished:
            return None
        return "degree" if self.met else "study_certificate"


def upper_secondary_degree(grades: Iterable[CourseGrade], rule: DegreeRule, situation: Situation = ORDINARY) -> Degree:
    """Which demands of a degree are met, and what stands in the way.

    Takes   grades   every grade a pupil has had in the programme, replaced ones too, and what is planned and not
                     graded yet with grade None: 2,500 points or more when the study plan is complete
            rule     see `degree_rule`
    Gives   unknown when no row has a grade or a dash, or when all is met but what rows don't say about common subjects
    Raises  nothing: grades were checked against the scale of their day when they were read in
    Source  the Education Act (2010:800) 16 chap. 26-28 §§; the Upper Secondary Ordinance (2010:2039) 8 chap. 4-8,
            12 and 18 §§
    """
    counted = effective_grades(grades)
    passed = sum(each.points for each in counted if each.passed)
    failed = sum(each.points for each in counted if each.failed)
    dashes = sum(each.points for each in counted if each.without_basis)
    ungraded = sum(each.points for each in counted if each.grade is None)
    core = tuple(core_result(demand, counted, situation) for demand in rule.core)
    project = _diploma_project(counted)
    enough = common_met(counted, rule)
    demands = (
        passed + failed >= rule.graded_points,
        passed >= rule.passed_points,
        all(each.met for each in core),
        project is True,
        not dashes and not ungraded,
        not situation.reduced_programme,
    )
    known = any(each.grade is not None for each in counted)
    planned = max(rule.graded_points, passed + failed + dashes + ungraded)
    return Degree(
        rule=rule,
        met=(enough if all(demands) else False) if known else None,
        finished=known and not ungraded,
        passed_points=passed,
        failed_points=failed,
        without_basis_points=dashes,
        ungraded_points=ungraded,
        core=core,
        diploma_project_passed=project,
        common_points=common_passed(counted) if common_told(counted, rule) else None,
        f_budget=planned - rule.passed_points - failed,
        hard_stops=_hard_stops(counted, core, situation),
        grades=counted,
    )


def core_result(demand: CoreDemand, counted: Sequence[EffectiveGrade], situation: Situation = ORDINARY) -> CoreResult:
    """How far a pupil has come in one named subject.

    Takes   counted   as `effective_grades` gives them
    """
    passed = [each for each in counted if each.subject in demand.subjects and each.passed]
    steps = {each.number for each in passed if not each.part and _on_track(each, demand, situation)}
    missing = tuple(number for number in demand.numbers if number not in steps)
    return CoreResult(demand, sum(each.points for each in passed), missing)


def common_passed(counted: Iterable[EffectiveGrade]) -> int:
    """Passed points in what is known to be the programme's common subjects."""
    return sum(each.points for each in counted if each.passed and each.programme_common)


def common_met(counted: Sequence[EffectiveGrade], rule: DegreeRule) -> bool | None:
    """Whether the passed points in the programme's common subjects are enough; None when rows that don't say decide."""
    known = common_passed(counted)
    if known >= rule.common_points:
        return True
    unsaid = sum(each.points for each in _unsaid(counted, rule) if each.passed)
    return None if known + unsaid >= rule.common_points else False


def common_told(counted: Sequence[EffectiveGrade], rule: DegreeRule) -> bool:
    """Whether rows say enough about which subjects are the programme's common ones to count their points."""
    return common_passed(counted) >= rule.common_points or not _unsaid(counted, rule)


def _unsaid(counted: Iterable[EffectiveGrade], rule: DegreeRule) -> list[EffectiveGrade]:
    """The rows that may be common subjects, and don't say. The three named subjects never are."""
    named = {subject for demand in rule.core for subject in demand.subjects}
    return [e for e in counted if e.programme_common is None and e.subject not in named and not e.diploma_project]


def _on_track(each: EffectiveGrade, demand: CoreDemand, situation: Situation) -> bool:
    """Whether a step is one the degree names. A code without a letter stands for the programme's own track."""
    if not demand.tracks or each.number != demand.numbers[0] or not each.track:
        return True
    return each.track in demand.tracks or (each.subject == MATHEMATICS and situation.exchanged_mathematics)


def _diploma_project(counted: Iterable[EffectiveGrade]) -> bool | None:
    rows = [each.passed for each in counted if each.diploma_project]
    return any(rows) if rows else None


def _hard_stops(
    counted: Sequence[EffectiveGrade], core: tuple[CoreResult, ...], situation: Situation
) -> tuple[HardStop, ...]:
    """What no other pass makes up for, in the order of the subjects, a reduced programme first."""
    stops = [HardStop("reduced_programme")] if situation.reduced_programme else []
    for each in counted:
        if each.grade is None or each.passed:
            continue
        named = any(each.subject in c.demand.subjects and each.number in c.missing for c in core)
        if each.diploma_project:
            reason = "diploma_project_failed"
        elif named:
            reason = "core_failed"
        elif each.without_basis:
            reason = "no_basis"
        else:
            continue
        stops.append(_stop(reason, each, counted, named=named))
    return tuple(stops)


def _stop(reason: str, each: EffectiveGrade, counted: Iterable[EffectiveGrade], *, named: bool) -> HardStop:
    place = each.rests_on.place
    higher = place.gy25 and any(
        other.subject == each.subject
        and other.grade is None
        and other.rests_on.place.gy25
        and (other.number or 0) > (each.number or 0)
        for other in counted
    )
    level = level_name(each.subject, each.number, gy25=place.gy25) + each.track if named and each.number else ""
    return HardStop(reason, each.rests_on.course, level, each.grade or "", higher, each.subject)
