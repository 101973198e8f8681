"""The mapping's answers and templates: statements that keep their key as long as they keep their words.

Template A is about a class and is answered by its teachers; template B is about one pupil and is answered with the
pupil. A school words its own. What was answered to a statement can be laid beside what is answered later only while the
words are the same: changed words make another statement, with another key.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pluginnovation.support.connectedness import DIMENSIONS

CLASS, PUPIL = "class", "pupil"
KINDS: Final = (CLASS, PUPIL)

# Stämmer helt, delvis, inte. Nothing said is unknown, which is none of them.
FULLY, PARTLY, NOT, UNKNOWN = "fully", "partly", "not", ""
ANSWERS: Final = (FULLY, PARTLY, NOT)

MOST: Final = {CLASS: 12, PUPIL: 16}
LONGEST: Final = 160
MOST_SEVERAL: Final = 6


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement.

    key         its name for good; answers are stored under it
    dimension   which of `connectedness.DIMENSIONS` it is about
    sv, en      its words; a school's own may lack English
    """

    key: str
    dimension: str
    sv: str
    en: str = ""

    def text(self, language: str) -> str:
        """The words in a language, Swedish where there is no English."""
        return self.en if language == "en" and self.en else self.sv


@dataclass(frozen=True, slots=True)
class Template:
    """The statements of one version.

    kind      class (A) or pupil (B)
    number    0 is the default; a school's own begin at 1
    several   template A only: so many statements with "partly" or "not" about a pupil lead to template B
    """

    kind: str
    number: int
    statements: tuple[Statement, ...]
    several: int = 2

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys, in the order of the page."""
        return tuple(one.key for one in self.statements)

    def of(self, dimension: str) -> tuple[Statement, ...]:
        """The statements about a dimension."""
        return tuple(one for one in self.statements if one.dimension == dimension)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template that somebody writes.

    place   which statement, from 0; none: about the whole
    """

    place: int | None
    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Two versions beside each other: statements in both, only in the earlier, only in the later."""

    kept: tuple[Statement, ...]
    gone: tuple[Statement, ...]
    new: tuple[Statement, ...]

    @property
    def same(self) -> bool:
        """Whether they say the same."""
        return not self.gone and not self.new


def faults(template: Template) -> list[Fault]:
    """Everything that keeps a template from being used, in the order of the page."""
    found: list[Fault] = []
    most = MOST[template.kind]
    if not template.statements:
        found.append(Fault(None, "Skriv minst ett påstående.", "Write at least one statement."))
    if len(template.statements) > most:
        found.append(Fault(None, f"Högst {most} påståenden får plats.", f"At most {most} statements fit."))
    missing = [one for one in DIMENSIONS if template.kind == PUPIL and not template.of(one)]
    if template.statements and missing:
        found.append(
            Fault(None, "Mall B behöver minst ett påstående i varje del.", "Template B needs a statement in each part.")
        )
    if template.kind == CLASS and not 1 <= template.several <= MOST_SEVERAL:
        found.append(
            Fault(None, f"Skriv ett helt tal från 1 till {MOST_SEVERAL}.", f"Write a number from 1 to {MOST_SEVERAL}.")
        )
    said: set[str] = set()
    for place, one in enumerate(template.statements):
        found += _faults_of(place, one, said)
        said.add(one.sv.casefold())
    return found


def _faults_of(place: int, one: Statement, said: Collection[str]) -> Iterable[Fault]:
    if one.dimension not in DIMENSIONS:
        yield Fault(place, "Välj vilken del påståendet hör till.", "Choose which part the statement belongs to.")
    if max(len(one.sv), len(one.en)) > LONGEST:
        yield Fault(place, f"Skriv högst {LONGEST} tecken.", f"Write at most {LONGEST} characters.")
    if one.sv.casefold() in said:
        yield Fault(place, "Samma påstående står två gånger.", "The same statement stands twice.")


def worded(text: str) -> str:
    """The words in one line, without what can't be stored."""
    return " ".join(text.replace("\x00", "").split())


def rewritten(template: Template, written: Sequence[Statement], *, taken: Collection[str]) -> Template:
    """The template as somebody has written it: same Swedish words, same key; other words, a key nobody has had.

    Takes   written   the statements as they are to stand, with the key they had; no key for a new one. Those without
                      words are left out
            taken     every key that the school has ever used for this kind
    A changed English alone is a better translation of the same statement.
    """
    before = {one.key: one for one in template.statements}
    used = {*taken, *before}
    kept: list[Statement] = []
    for one in written:
        sv, en = worded(one.sv), worded(one.en)
        if not sv:
            continue
        same = one.key in before and before[one.key].sv == sv and one.key not in {each.key for each in kept}
        key = one.key if same else next_key(one.dimension, used)
        used.add(key)
        dimension = before[one.key].dimension if same else one.dimension
        kept.append(Statement(key, dimension, sv, en if en or not same else before[one.key].en))
    return replace(template, statements=tuple(kept))


def next_key(dimension: str, taken: Collection[str]) -> str:
    """A key that nobody has had."""
    number = 1
    while f"{dimension}_{number}" in taken:
        number += 1
    return f"{dimension}_{number}"


def compared(before: Template, after: Template) -> Compared:
    """What two versions share and what they don't."""
    kept = tuple(one for one in after.statements if one.key in before.keys)
    gone = tuple(one for one in before.statements if one.key not in after.keys)
    return Compared(kept, gone, tuple(one for one in after.statements if one.key not in before.keys))


def answered(said: dict[str, str], template: Template) -> dict[str, str]:
    """What was really said to the template's statements: other keys and other words left out, unknown too."""
    return {key: said[key] for key in template.keys if said.get(key) in ANSWERS}
