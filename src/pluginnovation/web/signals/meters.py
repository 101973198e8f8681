"""A pupil's meters as the page shows them: the snapshot's document in the page's language, nothing counted here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from pluginnovation.signals.meters import names
from pluginnovation.signals.meters.records import parts_of
from pluginnovation.signals.wording import SV, Wording

from .words import language, unbroken

ELIGIBILITY, DEGREE = "eligibility", "degree"
CORE: Final = ("SV", "EN", "MA")


@dataclass(frozen=True, slots=True)
class Subject:
    """One subject with its latest grade.

    mark   passed, failed or nobasis
    """

    name: str
    grade: str
    mark: str
    warning: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of programme, or one demand of a degree.

    state   met, missing or unknown
    done, of   passes that count, and are asked for; empty for a demand
    """

    name: str
    state: str
    text: str
    done: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One line of the enrolments over time."""

    first: date
    last: date | None
    what: str
    detail: str
    kind: str


@dataclass(frozen=True, slots=True)
class Meters:
    """What the page shows of studies and enrolments.

    kind     eligibility, degree, or empty where neither applies
    change   what would change it
    graded_to   the day of the latest grade
    core, others   subjects with grades
    lines    kinds of programmes, or a degree's demands
    """

    kind: str = ""
    known: bool = False
    change: str = ""
    graded_to: date | None = None
    strip: str = ""
    core: tuple[Subject, ...] = ()
    others: tuple[Subject, ...] = ()
    lines: tuple[Line, ...] = ()
    degree: dict[str, Any] = field(default_factory=dict)
    stays: tuple[Stay, ...] = ()
    path_change: str = ""
    path_notes: tuple[str, ...] = ()
    lane: str = ""


def unpacked_meters(packed: Sequence[Any], study: Any) -> Meters:
    """The meters of a snapshot, newest enrolment first; empty ones for a picture from before there were any.

    Takes   packed   `PupilSnapshot.meters`
            study    the document of `StudySnapshot`, null without one
    """
    if not packed:
        return Meters()
    letters, graded_to, path = packed
    study, path = study or {}, path or {}
    kind = study.get("kind", "")
    core, others = _subjects(letters) if kind == ELIGIBILITY else ((), ())
    return Meters(
        kind=kind,
        known=study.get("known", False),
        change=_in(study.get("change")),
        graded_to=date.fromisoformat(graded_to) if graded_to else None,
        strip=study.get("strip", ""),
        core=core,
        others=others,
        lines=_lines(study),
        degree=_degree(study) if kind == DEGREE else {},
        stays=tuple(reversed([_stay(row) for row in path.get("stays", ())])),
        path_change=_in(path.get("change")),
        path_notes=tuple(map(_in, path.get("notes", ()))),
        lane=path.get("lane", ""),
    )


def _in(pair: Sequence[str] | None) -> str:
    """The page's language of a text in two."""
    return unbroken(pair[0 if language() == SV else 1]) if pair else ""


def _subjects(letters: str | None) -> tuple[tuple[Subject, ...], tuple[Subject, ...]]:
    found = {code: (grade, warned == "1") for code, grade, warned in parts_of(letters)}
    rows = {code: _subject(code, *found.get(code, ("", False))) for code in (*CORE, *found)}
    order = [code for code in names.SUBJECTS if code in rows] + [code for code in rows if code not in names.SUBJECTS]
    return tuple(rows[code] for code in CORE), tuple(rows[code] for code in order if code not in CORE)


def _subject(code: str, grade: str, warning: bool) -> Subject:
    name = names.subject_name(code, language())
    mark = {"": "nograde", "-": "nobasis", "F": "failed", "IG": "failed"}.get(grade, "passed")
    shown = {"": "?", "-": "–"}.get(grade, grade)
    return Subject(name[:1].upper() + name[1:], shown, mark, warning)


def _lines(study: Mapping[str, Any]) -> tuple[Line, ...]:
    if study.get("kind") == DEGREE:
        return tuple(Line(_in(name), state, _in(text)) for name, state, text in study.get("demands", ()))
    return tuple(
        Line(_in(name), "unknown" if done is None else "met" if done == of else "missing", _in(text), done, of)
        for name, done, of, text in study.get("rows", ())
    )


def _degree(study: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"name": _in(study["degree"]) if study.get("degree") else ""}
    if not study["known"]:
        return found
    passed, failed, dash, ungraded = study["points"]
    return found | {
        "passed": passed, "failed": failed, "dash": dash, "ungraded": ungraded,
        "unseen": study["size"] - passed - failed - dash - ungraded,
        "size": study["size"], "needed": study["needed"], "budget": study["budget"], "over": -study["budget"],
        "bar": study["bar"], "progress": _in(study["progress"]),
        "stops": [_in(stop) for stop in study["stops"]], "notes": [_in(note) for note in study["notes"]],
    }  # fmt: skip


def _stay(row: Sequence[Any]) -> Stay:
    first, last, school, form, year, programme, kind, days = row
    say = Wording(language())
    if kind == "gap":
        what, detail = _("Utan skola"), say.of(days, "day")
    else:
        grade = _("årskurs %(year)s") % {"year": year} if year is not None else ""
        what, detail = school, ", ".join(part for part in (_in(form), grade, programme) if part)
    ends = date.fromisoformat(last) if last else None
    return Stay(date.fromisoformat(first), ends, what, detail, kind)
