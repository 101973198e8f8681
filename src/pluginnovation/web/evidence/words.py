"""Results in words and numbers, as a page tells them: nothing here computes anything."""

from dataclasses import dataclass
from typing import Any, Final

import msgspec

from pluginnovation.evidence import labels
from pluginnovation.evidence.dots import DOTS, WORDS_EN, WORDS_SV
from pluginnovation.evidence.plain_words import ASSUMPTIONS, CANNOT, ELSE_CANNOT, STEPS, UNITS
from pluginnovation.evidence.plan import Plan
from pluginnovation.evidence.result import Diagnostic, Figure, Result
from pluginnovation.support.catalogue import MEASURES
from pluginnovation.web.signals.words import decimal, language, number

MINUS: Final = "\u2212"
NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Certainty:
    """Filled dots of four, the word beside them, and each step there in words."""

    locks: int
    dots: int
    word: str
    steps: tuple[str, ...] = ()


def certainty(locks: int, steps: list[dict[str, Any]] | None = None) -> Certainty:
    """What a grade looks like on a page."""
    dots = DOTS[locks]
    told = tuple(dict.fromkeys(here(STEPS[one["code"]]) for one in steps or () if one["code"] in STEPS))
    return Certainty(locks, dots, (WORDS_EN if language() == "en" else WORDS_SV)[dots], told)


def here(pair: tuple[str, str]) -> str:
    """The one of a pair that is in the reader's language."""
    return pair[language() == "en"]


def named(words: dict[str, labels.Both], name: str) -> str:
    """A name in the reader's language."""
    return labels.label(words, name, language())


def outcome_word(name: str) -> str:
    """An outcome as it is chosen."""
    return here(labels.OUTCOMES[name][0]) if name in labels.OUTCOMES else name


def method_word(plan: Plan) -> str:
    """The method's name: the catalogue's where it is one of its kinds."""
    kind = next((one for one in MEASURES if plan.method in (one.key, one.sv, one.en)), None)
    return here((kind.sv, kind.en)) if kind else plan.method


def unit_word(unit: str) -> str:
    """The unit after a number."""
    return here(UNITS[unit][0]) if unit in UNITS else unit


def figure(value: float | None, places: int = 1) -> str:
    """A number as people write it, with a real minus; a dash for none."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return number(round(value)).replace("-", MINUS)
    text = decimal(value, places)
    return text.removeprefix("-") if not any(digit in text for digit in "123456789") else text.replace("-", MINUS)


def signed(value: float | None, places: int = 1) -> str:
    """The same with its sign."""
    text = figure(value, places)
    return f"+{text}" if value is not None and value > 0 and any(digit in text for digit in "123456789") else text


def interval(low: float | None, high: float | None, places: int = 1) -> str:
    """Both ends, or a dash."""
    if low is None or high is None:
        return "–"
    return f"{signed(low, places)} {here(('till', 'to'))} {signed(high, places)}"


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried, for a row of a table."""

    name: str
    value: str
    limit: str
    outcome: str
    said: str
    must_pass: bool
    detail: str


def tried(one: Diagnostic) -> Tried:
    """A diagnostic in words."""
    return Tried(
        named(labels.TRIED, one.name), figure(one.value, 2), figure(one.threshold, 2), one.outcome,
        named(labels.KEPT, one.outcome), one.must_pass, measure_word(one.detail),
    )  # fmt: skip


def measure_word(detail: str) -> str:
    """A covariate's or placebo's name; other details stand as they are."""
    for ending, said in (("_before", ("före", "before")), ("_earlier", ("ännu tidigare", "earlier still"))):
        if detail.removesuffix(ending) in labels.OUTCOMES and detail.endswith(ending):
            return f"{outcome_word(detail.removesuffix(ending)).split(',')[0]} {here(said)}"
    plain = {"girl": ("flicka", "girl"), "school_year": ("årskurs", "year of school")}
    return here(plain[detail]) if detail in plain else detail.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Told:
    """One named figure, for a row of a table."""

    name: str
    value: str
    between: str
    n: int | None
    p: str


def told(one: Figure, *, sign: bool = True) -> Told:
    """A figure in words. sign: it is a difference."""
    value = signed(one.estimate) if sign else figure(one.estimate, 2)
    p = one.p_adjusted if one.p_adjusted is not None else one.p
    if one.estimate is None and one.low is None and p is not None:
        value = figure(p, 3)  # a chance is all that it is
    of_past = one.name.endswith(("_before", "_earlier")) and not one.name.startswith("start_")
    name = measure_word(one.name) if of_past else figure_word(one.name)
    return Told(name, value, interval(one.low, one.high), one.n, figure(p, 3) if p is not None else "–")


def figure_word(name: str) -> str:
    """A figure's or subgroup's name."""
    if name.startswith("year_") and name[5:].isdigit():
        return here((f"Årskurs {name[5:]}", f"Year {name[5:]}"))
    if name.startswith("event_time_"):
        return here((f"Period {name[11:]} efter start", f"Period {name[11:]} after the start"))
    if name == "since_0":
        return here(("Månaden då det började", "The month it began"))
    if name.startswith("since_"):
        return here((f"Månad {name[6:]} efter starten", f"Month {name[6:]} after the start"))
    if name.startswith("start_"):
        months = name.removeprefix("start_").removesuffix("_earlier")
        return here((f"Som om starten var {months} mån. tidigare", f"As if the start were {months} mo. earlier"))
    if name.startswith("gap_"):
        return here((f"Period {name[4:]}", f"Period {name[4:]}"))
    if name.startswith("term_"):
        return here((f"Efter {name[5:]} halvår", f"After {name[5:]} half-years"))
    return named(labels.SUBGROUPS | labels.FIGURES, name)


def assumptions(result: Result) -> list[str]:
    """What must be true, in words."""
    return [here(ASSUMPTIONS[name]) for name in result.assumptions if name in ASSUMPTIONS]


def why_not(result: Result) -> str:
    """Why there is no number; empty when there is one."""
    return why_code(result.cannot_tell) if result.cannot_tell else ""


def why_code(code: str) -> str:
    """Why there is no number, in words."""
    return here(CANNOT.get(code, ELSE_CANNOT))


def result_from(text: str) -> Result:
    """A stored result, without loading what computed it."""
    return msgspec.json.decode(text, type=Result)
