"""The current-state analysis: what the records fill in by themselves, beside what a school sees and thinks.

The document is a typed value that is stored as JSON. It holds no person: what the records fill in is told as
`levels.py` allows, and what people write is about the school.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from pluginnovation.support.obstacles import BY_KEY

from . import logic_model
from .analysis_words import ANSWERS, FACTORS, MISSING, ROUTINES, STANDS, WEAK
from .figures import Figures, differences, packed_figures, unpacked_figures
from .logic_model import LogicModel
from .region_needs import FACTOR, OBSTACLE, PATTERN, ROUTINE
from .region_needs import Told as Needs

LONGEST_TEXT: Final = 1_500

# The parts that people fill in, in the order of the page; FIGURES and PATTERNS the records fill in.
ROUTINES_PART, FACTORS_PART, WORDS_PART, MODEL_PART = "routines", "factors", "words", "model"
WRITTEN: Final = (ROUTINES_PART, FACTORS_PART, WORDS_PART, MODEL_PART)
FIGURES, PATTERNS, MAPPING, VOICES = "figures", "patterns", "mapping", "voices"


@dataclass(frozen=True, slots=True)
class Factor:
    """How a success factor stands at the school; empty: nobody has said. `text` says what one sees."""

    stands: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """The whole analysis.

    obstacles   keys of `support.obstacles` that the school meets often
    words       the problem in the school's own words, longer than the model's line
    """

    figures: Figures = field(default_factory=Figures)
    routines: Mapping[str, str] = field(default_factory=dict)
    factors: Mapping[str, Factor] = field(default_factory=dict)
    obstacles: tuple[str, ...] = ()
    words: str = ""
    model: LogicModel = field(default_factory=LogicModel)


@dataclass(frozen=True, slots=True)
class Done:
    """How complete an analysis is.

    parts    each written part, and whether it is filled in
    filled   figures that the records filled in, of `asked`: each indicator of each stage, now
    """

    parts: Mapping[str, bool]
    filled: int
    asked: int

    @property
    def complete(self) -> bool:
        """Whether every part that people write is filled in."""
        return all(self.parts.values())


def done(document: Document) -> Done:
    """How complete an analysis is. A routine or factor that nobody has answered is unknown, so the part isn't done."""
    parts = {
        ROUTINES_PART: all(document.routines.get(key) in ANSWERS for key in ROUTINES),
        FACTORS_PART: all(document.factors.get(key, Factor()).stands in STANDS for key in FACTORS),
        WORDS_PART: bool(document.words.strip()),
        MODEL_PART: document.model.begun and not logic_model.gaps(document.model),
    }
    series = [one for stage in document.figures.stages.values() for one in stage.values()]
    return Done(parts, sum(one.now.known for one in series), len(series))


def wrong_document(document: Document) -> str:
    """What keeps a document from being stored, as a word; empty: nothing.

    Gives   routine, factor, obstacle, too_long, or what `logic_model.wrong_model` gives
    """
    if any(key not in ROUTINES or answer not in ANSWERS for key, answer in document.routines.items()):
        return "routine"
    if any(key not in FACTORS or (one.stands and one.stands not in STANDS) for key, one in document.factors.items()):
        return "factor"
    if any(key not in BY_KEY for key in document.obstacles):
        return "obstacle"
    texts = [document.words, *(one.text for one in document.factors.values())]
    if any(len(text) > LONGEST_TEXT for text in texts):
        return "too_long"
    return logic_model.wrong_model(document.model)


def needs_of(document: Document) -> Needs:
    """What the analysis tells the region of needs, by keys alone: weak factors, missing routines, obstacles, patterns.

    A pattern is an indicator that is worse here than in the region; a factor or routine without an answer is unknown.
    """
    behind = differences(document.figures)
    return Needs(
        found={
            OBSTACLE: frozenset(document.obstacles),
            PATTERN: frozenset(one.indicator for one in behind if one.worse),
            FACTOR: frozenset(key for key, one in document.factors.items() if one.stands == WEAK),
            ROUTINE: frozenset(key for key, answer in document.routines.items() if answer == MISSING),
        },
        asked={
            OBSTACLE: frozenset(BY_KEY) if document.obstacles else frozenset(),
            PATTERN: frozenset(one.indicator for one in behind),
            FACTOR: frozenset(key for key, one in document.factors.items() if one.stands),
            ROUTINE: frozenset(document.routines),
        },
    )


def replaced(document: Document, part: str, by: Document) -> Document:
    """The document with one written part as another has it."""
    return Document(
        document.figures,
        by.routines if part == ROUTINES_PART else document.routines,
        by.factors if part == FACTORS_PART else document.factors,
        by.obstacles if part == WORDS_PART else document.obstacles,
        by.words if part == WORDS_PART else document.words,
        by.model if part == MODEL_PART else document.model,
    )


def same_part(part: str, one: Document, other: Document) -> bool:
    """Whether two documents say the same in one written part."""
    return replaced(Document(), part, one) == replaced(Document(), part, other)


def packed(document: Document) -> dict[str, Any]:
    """As it is stored."""
    return {
        "figures": packed_figures(document.figures),
        "routines": dict(document.routines),
        "factors": {key: [one.stands, one.text] for key, one in document.factors.items()},
        "obstacles": list(document.obstacles),
        "words": document.words,
        "model": logic_model.packed(document.model),
    }


def unpacked(stored: Mapping[str, Any]) -> Document:
    """What `packed` wrote; what is missing is empty."""
    return Document(
        unpacked_figures(stored.get("figures", {})),
        dict(stored.get("routines", {})),
        {key: Factor(*one) for key, one in stored.get("factors", {}).items()},
        tuple(stored.get("obstacles", ())),
        stored.get("words", ""),
        logic_model.unpacked(stored.get("model", {})),
    )
