"""What the signals and the grades say of a class or a school, as a page and a file show it: counts, never a pupil."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from pluginnovation.signals.meters.names import SUBJECTS, subject_name

from .definitions import title_of
from .levels import verb
from .words import language, percent

ELIGIBLE, SUBJECT = "eligible", "subject"
_PLACE: Final = {code: place for place, code in enumerate(SUBJECTS)}


@dataclass(frozen=True, slots=True)
class Result:
    """One signal's result for a group.

    n        pupils whom it applies to;  known   how many of them have a known value
    levels   how many reach at least level 1, 2 and 3
    """

    signal: str
    n: int
    known: int
    levels: tuple[int, int, int]

    @property
    def title(self) -> str:
        """The signal's name."""
        return title_of(self.signal)

    @property
    def enough(self) -> bool:
        """Whether shares can be told: half of those it applies to are known."""
        return self.known > 0 and 2 * self.known >= self.n

    @property
    def shares(self) -> list[str]:
        """The levels as shares of the known, or the word for unknown."""
        return [self._share(level) for level in self.levels]

    def _share(self, level: int) -> str:
        if level and self.enough and 100 * level < self.known:
            return _("under %(share)s") % {"share": percent(1)}
        return percent(100 * level // self.known if self.enough else None)

    @property
    def told(self) -> list[tuple[str, int, str]]:
        """What adults do at each level that anyone reaches, how many reach it, and which share that is."""
        levels = zip((1, 2, 3), self.levels, self.shares, strict=True)
        return [(verb(level), count, share) for level, count, share in levels if count]


@dataclass(frozen=True, slots=True)
class Eligible:
    """How many in the years with grades may begin a vocational programme, of those with a grade."""

    n: int
    known: int
    eligible: int

    @property
    def unknown(self) -> int:
        """How many have no grade."""
        return self.n - self.known


@dataclass(frozen=True, slots=True)
class SubjectCount:
    """How many in a group have a grade or a dash in a subject, an F, and a dash."""

    code: str
    graded: int
    failed: int
    dashes: int

    @property
    def name(self) -> str:
        """The subject."""
        name = subject_name(self.code, language())
        return name[:1].upper() + name[1:]

    @property
    def passed(self) -> int:
        """How many have passed."""
        return self.graded - self.failed - self.dashes


@dataclass(frozen=True, slots=True)
class Results:
    """All that is told of a group."""

    signals: tuple[Result, ...] = ()
    eligible: Eligible | None = None
    subjects: tuple[SubjectCount, ...] = ()


def unpacked_results(rows: Iterable[Sequence[Any]]) -> Results:
    """The results that `snapshots/results.py` wrote."""
    signals, subjects, eligible = [], [], None
    for name, *counts in rows:
        if name == ELIGIBLE:
            eligible = Eligible(*counts)
        elif name == SUBJECT:
            subjects.append(SubjectCount(*counts))
        else:
            n, known, *levels = counts
            signals.append(Result(name, n, known, (levels[0], levels[1], levels[2])))
    subjects.sort(key=lambda subject: (_PLACE.get(subject.code, len(_PLACE)), subject.code))
    return Results(tuple(signals), eligible, tuple(subjects))


def result_heads() -> list[str]:
    """The heads of a table of results."""
    return [
        _("Signal"), _("Gäller"), _("Känt för"), _("Nivå 1 eller mer"), _("Nivå 2 eller mer"), _("Nivå 3"),
    ]  # fmt: skip


def by_subject(groups: Sequence[tuple[str, Sequence[Sequence[Any]]]]) -> list[tuple[str, list[Sequence[Any] | None]]]:
    """Subject by class: each subject's [name, percent or null, differs] in each of the classes, or none where it isn't.

    Takes   groups   each class's name, and its subjects as the snapshot holds them
    """
    names = dict.fromkeys(sorted(subject[0] for _group, subjects in groups for subject in subjects))
    cells = [{subject[0]: subject for subject in subjects} for _group, subjects in groups]
    return [(name, [held.get(name) for held in cells]) for name in names]
