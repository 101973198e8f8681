"""What a page shows of one outcome: the forest plot, what it says in words, and everything that makes it less sure.

Made by `panel_made.py` when an estimate arrives, kept as a document, and shown without computing anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec import convert, to_builtins

from .catalogue import Known

# The method's title, which may be improved later than the sentence was written: after a full stop, and inside it.
TITLE_FIRST, TITLE_WITHIN = "Method{}", "method{}"
WIDTH, HEIGHT = 250, 30  # of the drawn column
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the forest plot, as `evidence.forest.Line`.

    kind     'pooled_in', 'running' (hollow), 'external' (stands apart), 'shown_only', 'untold' (no number), 'together'
    pupils   rounded to five; None: withheld.  weight: per cent; nought when it isn't pooled
    why      why it isn't pooled or has no number.  drawn: the inside of an `<svg viewBox="0 0 250 30">`
    """

    name: str
    detail: str
    kind: str
    pupils: int | None
    weight: float
    estimate: float | None
    low: float | None
    high: float | None
    why: str
    drawn: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on the scale, and how far from the left it stands (per cent of the width)."""

    value: float
    at: float


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rule of certainty: locks, a code of `evidence.plain_words.STEPS`, and how much or which."""

    change: int
    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Help:
    """How much of the help one site gave, and how far it was the method. Each None: not told.

    hours      mean of those whose hours are known, `share` per cent of them; cost: kronor per unit of gain
    times      mean times per pupil offered; planned: per cent of the planned times that were given
    known      per cent of the method's points that somebody told of; followed, partly: per cent of those
    """

    name: str
    hours: float | None
    share: float | None
    cost: float | None
    times: float | None = None
    planned: float | None = None
    known: float | None = None
    followed: float | None = None
    partly: float | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What one kind of comparison says by itself: so many sites, with 95 %; None: can't be told."""

    design: str
    sites: int
    estimate: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Panel:
    """One outcome of one method.

    known      as it travels in the catalogue; cap: the most locks that the designs could earn
    horizon    such as 'spring 2027'; subgroup: empty for all
    lines      every site, also those that found nothing or harm; zero: where no difference stands
    saying_sv, saying_en   the paragraph, with TITLE_FIRST and TITLE_WITHIN where the method's title goes
    lowest, highest        the pooled mean with the site left out that matters most, each way; None: fewer than three
    q_p        how likely so large differences between sites would be by chance; None: can't be told
    better     how sure one may be that the mean is on the good side, 0-1; None: one site
    """

    known: Known
    cap: int
    horizon: str
    subgroup: str
    method: str
    lines: tuple[Line, ...]
    ticks: tuple[Tick, ...]
    zero: float
    saying_sv: str
    saying_en: str
    steps: tuple[Step, ...]
    helps: tuple[Help, ...] = ()
    kinds: tuple[Kind, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    tau: float | None = None
    q_p: float | None = None
    better: float | None = None

    def saying(self, title: str, language: str = "sv") -> str:
        """The paragraph with the method's title in it."""
        text = self.saying_en if language == "en" else self.saying_sv
        return text.replace(TITLE_FIRST, title).replace(TITLE_WITHIN, title[:1].lower() + title[1:])


def document_of(panels: Sequence[Panel]) -> dict[str, Any]:
    """The panels of a method and an outcome as they are kept: plain JSON."""
    document: dict[str, Any] = to_builtins({"format": FORMAT, "panels": list(panels)})
    return document


def panels_from(document: Mapping[str, Any]) -> tuple[Panel, ...]:
    """The panels of a kept document. Raises msgspec.ValidationError for one of another form."""
    return convert(document.get("panels", []), type=tuple[Panel, ...])
