"""What the analyses of sub-projects and applications have in common, read by keys alone."""

from dataclasses import dataclass
from typing import Any, Final

from pluginnovation.projects.analysis import needs_of, unpacked
from pluginnovation.projects.analysis_words import FACTORS, ROUTINES
from pluginnovation.projects.indicators import INDICATORS
from pluginnovation.projects.region_needs import FACTOR, KINDS, OBSTACLE, PATTERN, ROUTINE, Common, in_common
from pluginnovation.support.obstacles import BY_KEY as OBSTACLES
from pluginnovation.web.support.spoken import told

from .models import Analysis

Text = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Needs:
    """The needs in common, and how many analyses they come from."""

    rows: tuple[Common, ...]
    analyses: int


def needs_in_common() -> Needs:
    """Of every finished analysis the latest version, one for each school and purpose."""
    latest: dict[Any, Analysis] = {}
    for row in Analysis.objects.exclude(done_at=None).order_by("version", "pk"):
        latest[(row.school or row.municipality)] = row
    found = [needs_of(unpacked(row.document)) for row in latest.values()]
    return Needs(in_common(found), len(found))


def _words() -> dict[str, dict[str, Text]]:
    return {
        OBSTACLE: {key: (one.sv, one.en) for key, one in OBSTACLES.items()},
        PATTERN: {key: (one.sv, one.en) for key, one in INDICATORS.items()},
        FACTOR: dict(FACTORS),
        ROUTINE: {key: (sv, en) for key, (sv, en, _factor) in ROUTINES.items()},
    }


WORDS: Final = _words()


def name_of(kind: str, key: str) -> str:
    """A need in words; its key when it is no longer asked about."""
    words = WORDS.get(kind, {}).get(key)
    return told(words) if words else key


def kind_word(kind: str) -> str:
    """A kind of need in words."""
    return told(KINDS[kind])
