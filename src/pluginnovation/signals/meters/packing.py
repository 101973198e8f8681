"""The meters as documents that a page reads: finished figures, sentences and small drawings."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from pluginnovation.signals.meters.degree import DegreeMeter, Studies, begun_by, degree_meter
from pluginnovation.signals.meters.drawing import bar, lane
from pluginnovation.signals.meters.eligibility import EligibilityMeter, eligibility_meter
from pluginnovation.signals.meters.path import Path, path_of
from pluginnovation.signals.rules import RULE_SET_1, RuleSet

ELIGIBILITY, DEGREE = "eligibility", "degree"
INTRODUCTORY: Final = "IM"
UPPER: Final = "GY"
Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one pupil's studies: the columns of `records.study_records`."""

    compulsory: bool
    upper: bool
    subjects: str | None
    courses: str | None
    plan: str | None
    programme: str | None
    school_year: int | None
    school_type: str | None
    first_start: date | None


def study_document(record: Record, as_of: date) -> Document | None:
    """The meter that fits the pupil: eligibility before a national programme, the way to a degree on one.

    Gives   None for those in years without grades, and in forms of school that lead to neither
    """
    programme = (record.programme or "").strip().upper()
    if record.upper and record.school_type == UPPER and not programme.startswith(INTRODUCTORY):
        begun = begun_by(record.first_start or as_of, record.school_year, as_of)
        return degree_document(Studies(programme, begun, record.courses, record.plan), as_of)
    introductory = record.upper and programme.startswith(INTRODUCTORY)
    if record.compulsory or introductory:
        return eligibility_document(record.subjects or "", as_of)
    return None


@lru_cache(maxsize=16_384)
def eligibility_document(record: str, begins: date) -> Document:
    """An `EligibilityMeter` as a document."""
    meter: EligibilityMeter = eligibility_meter(record, begins)
    return {
        "kind": ELIGIBILITY,
        "known": meter.known,
        "change": meter.change,
        "strip": meter.strip,
        "rows": [[row.name, row.done, row.of, row.missing] for row in meter.rows],
    }


@lru_cache(maxsize=16_384)
def degree_document(studies: Studies, as_of: date) -> Document:
    """A `DegreeMeter` as a document."""
    meter: DegreeMeter = degree_meter(studies, as_of)
    found: Document = {"kind": DEGREE, "known": meter.known, "change": meter.change, "degree": meter.kind, "strip": ""}
    if not meter.known:
        return found
    points = [meter.passed, meter.failed, meter.dash, meter.ungraded]
    return found | {
        "points": points,
        "size": meter.size,
        "needed": meter.needed,
        "budget": meter.budget,
        "bar": bar(points, meter.size, meter.needed),
        "demands": [[demand.name, demand.state, demand.text] for demand in meter.demands],
        "stops": meter.stops,
        "progress": meter.progress,
        "notes": meter.notes,
    }


@lru_cache(maxsize=16_384)
def path_document(record: str, as_of: date, rules: RuleSet = RULE_SET_1) -> Document:
    """A `Path` as a document."""
    path: Path = path_of(record, as_of, rules)
    return {
        "change": path.change,
        "notes": path.notes,
        "lane": lane([(stay.first, stay.last, stay.kind) for stay in path.stays], as_of),
        "stays": [
            [stay.first.isoformat(), stay.last.isoformat() if stay.last else None, stay.school, stay.form, stay.year,
             stay.programme, stay.kind, stay.days]
            for stay in path.stays
        ],
    }  # fmt: skip
