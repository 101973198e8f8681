"""Which methods may fit a need, by points that anyone can count, and why.

A need is what a case or an analysis already says: obstacles, kinds of signal, a school year, where the work is to be
done. It has no name, no code and no background of anybody, and it never leaves the node: the methods come to it. Points
say how well a method fits the need, not how good it is; how sure we are of it stands beside, and only parts those that
fit equally well; one that somebody has seen harm from comes after its equals.

Source  the points are ours: an obstacle that somebody has named tells most, a signal less, since it tells what is seen
        and not why.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from pluginnovation.reference.introductory import INTRODUCTORY

from . import vocabulary
from .catalogue import Language, Method

PER_OBSTACLE: Final = 3
PER_PROBLEM: Final = 2
FOR_YEAR: Final = 1
FOR_LEVEL: Final = 1

# What each signal is looked for help with. The coverage of reporting is about the school's routine, not a pupil.
OF_SIGNAL: Final[dict[str, tuple[str, ...]]] = {
    "absence_28d": ("absence",),
    "absence_term": ("absence",),
    "unexcused_28d": ("unexcused",),
    "unexcused_month": ("unexcused",),
    "repeated_absence_28d": ("absence",),
    "rising_absence": ("absence",),
    "absence_streak": ("long_absence",),
    "subject_avoidance": ("absence", "relations"),
    "lateness_28d": ("lateness",),
    "coverage_28d": ("follow_up",),
    "core_subject_failing": ("eligibility", "grades"),
    "passes_needed": ("eligibility", "grades"),
    "merit_drop": ("grades", "motivation"),
    "points_behind": ("grades",),
    "frequent_moves": ("transitions",),
    "no_show": ("left_school", "transitions"),
    "left_without_enrolment": ("left_school",),
}


@dataclass(frozen=True, slots=True)
class Need:
    """What help is sought for. Keys of `vocabulary`, all may be empty.

    year    one of `vocabulary.YEARS`; empty: not known, or several
    level   one of `vocabulary.LEVELS`; empty: no matter
    """

    obstacles: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    year: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a method got points. about: 'obstacles', 'problems', 'year' or 'level'; keys: which of the need's."""

    about: str
    keys: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class Fit:
    """A method that may fit.

    points   the sum of the reasons'
    other_year   the method is made for other years than the need's: it may be tried, and that is said
    """

    method: Method
    points: int
    reasons: tuple[Reason, ...]
    other_year: bool = False


def problems_of(signals: Iterable[str]) -> tuple[str, ...]:
    """What raised signals are looked for help with, each once, in the vocabulary's order. Unknown signals: nothing."""
    found = {problem for name in signals for problem in OF_SIGNAL.get(name, ())}
    return tuple(key for key in vocabulary.PROBLEMS if key in found)


def year_of(school_year: int | None, programme: str = "") -> str:
    """The band of `vocabulary.YEARS` that a school year is in; empty: not known.

    Takes   school_year   0-9 in compulsory school, 1-4 in upper secondary; None: not known
            programme     the programme's code in upper secondary; empty: compulsory school
    """
    if programme[:3] in INTRODUCTORY:
        return "introductory"
    if programme:
        return "upper"
    if school_year is None or not 0 <= school_year <= 9:
        return ""
    return "f_3" if school_year <= 3 else "4_6" if school_year <= 6 else "7_9"


def fitting(methods: Iterable[Method], need: Need, *, most: int | None = None) -> tuple[Fit, ...]:
    """The methods that answer at least one obstacle or problem of the need, those that fit best first.

    Gives   nothing when the need names no obstacle and no problem; withdrawn methods are never among them
    Raises  nothing
    """
    found = [fit for method in methods if not method.withdrawn and (fit := _fit(method, need)) is not None]
    ordered = sorted(
        found,
        key=lambda fit: (-fit.points, fit.other_year, harm_seen(fit.method), -surest(fit.method), fit.method.key),
    )
    return tuple(ordered[:most])


def harm_seen(method: Method) -> bool:
    """Whether anybody, here or elsewhere, has measured that it made things worse."""
    return any(one.harms for one in method.local) or any(study.direction == "worse" for study in method.external)


def surest(method: Method) -> int:
    """The locks of what is best known of a method, here or elsewhere; nought: nothing is known."""
    return max([method.external_locks, *(one.locks for one in method.local)])


def _fit(method: Method, need: Need) -> Fit | None:
    obstacles = tuple(key for key in need.obstacles if key in method.obstacles)
    problems = tuple(key for key in need.problems if key in method.problems)
    if not obstacles and not problems:
        return None
    reasons = []
    if obstacles:
        reasons.append(Reason("obstacles", obstacles, PER_OBSTACLE * len(obstacles)))
    if problems:
        reasons.append(Reason("problems", problems, PER_PROBLEM * len(problems)))
    for_year = bool(need.year) and need.year in method.years
    if for_year:
        reasons.append(Reason("year", (need.year,), FOR_YEAR))
    if need.level and need.level == method.level:
        reasons.append(Reason("level", (need.level,), FOR_LEVEL))
    other = bool(need.year) and bool(method.years) and not for_year
    return Fit(method, sum(reason.points for reason in reasons), tuple(reasons), other)


def why(fit: Fit, language: Language = "sv") -> tuple[str, ...]:
    """The reasons as sentences, each with its points, in 'sv' or 'en'."""
    said = [_sentence(reason, language) for reason in fit.reasons]
    if fit.other_year:
        swedish = "Gjord för andra årskurser. Pröva med eftertanke."
        said.append("Made for other years. Try it with care." if language == "en" else swedish)
    return tuple(said)


_LISTS: Final = {
    "obstacles": (vocabulary.OBSTACLES, "Kan svara mot", "May answer"),
    "problems": (vocabulary.PROBLEMS, "Används vid", "Used for"),
    "year": (vocabulary.YEARS, "Gjord för", "Made for"),
    "level": (vocabulary.LEVELS, "Arbetar på nivån", "Works at the level of"),
}


def _sentence(reason: Reason, language: Language) -> str:
    words, swedish, english = _LISTS[reason.about]
    listed = ", ".join(_small(vocabulary.word(words, key, language)) for key in reason.keys)
    if language == "en":
        return f"{english}: {listed} ({reason.points} point{'' if reason.points == 1 else 's'})."
    return f"{swedish}: {listed} ({reason.points} poäng)."


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
