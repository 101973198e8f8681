"""One paragraph that a busy head teacher can trust: what can be concluded, and what can't, in fixed words.

A wide interval is never "no effect": it is "can't be decided". What the words promise is tied to the certainty.
"""

from dataclasses import dataclass
from typing import Final, Literal

from .grade import Grade
from .plain_words import (
    ASSUMPTIONS,
    CANNOT,
    DESIGNS,
    ELSE_CANNOT,
    ELSE_FAILED,
    FAILED,
    STEPS,
    UNITS,
    WARNING,
    Both,
)
from .pool import Pooled
from .result import FAILED as DID_NOT_HOLD
from .result import Result

Language = Literal["sv", "en"]
NBSP: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Named:
    """What the sentences are about, in the paragraph's language.

    method    as it begins a sentence, such as 'Morgonstart'
    outcome   as it follows a verb, such as 'frånvaron' or 'absence'
    worthwhile   the least change that is worth anything, in the estimate's unit
    """

    method: str
    outcome: str
    worthwhile: float


def paragraph(result: Result, grade: Grade, named: Named, language: Language) -> str:
    """What one estimate says, in one paragraph."""
    one = _Words(language)
    if result.design == "before_after" or result.label == "warning_example":
        return " ".join([one.both(DESIGNS["before_after"]), one.both(WARNING)])
    said = [_verdict(result.low, result.high, (result.benefit, grade), named, one)]
    if result.cannot_tell or result.estimate is None:
        said.append(one.both(CANNOT.get(result.cannot_tell, ELSE_CANNOT)))
        return " ".join([*said, _certainty(grade, one)])
    if grade.shows_number:
        said += [
            one.number(result.estimate, result.low, result.high, result.unit),
            *_level(result, one),
            _who(result, one),
        ]
    said.append(one.both(DESIGNS.get(result.design, ("", ""))))
    said += [*_against(result, one), *_supposes(result, one), _certainty(grade, one)]
    if result.departures:
        said.append(one.both(("Analysen avvek från sin plan.", "The analysis left its plan.")))
    return " ".join(each for each in said if each)


def paragraph_of_pool(pooled: Pooled, grade: Grade, named: Named, language: Language) -> str:
    """What several sites say together, in one paragraph, with where a new school would lie."""
    one = _Words(language)
    said = [_verdict(pooled.low, pooled.high, (pooled.benefit, grade), named, one)]
    if pooled.estimate is None:
        said.append(one.both(CANNOT.get(pooled.cannot_tell, ELSE_CANNOT)))
        return " ".join([*said, _certainty(grade, one)])
    if grade.shows_number:
        said.append(one.number(pooled.estimate, pooled.low, pooled.high, pooled.unit))
    shown = sum(row.left_out != "" for row in pooled.rows)
    counted = (f"{pooled.sites} ställen, {pooled.pupils} elever.", f"{pooled.sites} sites, {pooled.pupils} pupils.")
    said.append(one.both(counted))
    if shown:
        said.append(one.both((f"{shown} visas utan att vägas in.", f"{shown} are shown but not pooled.")))
    if pooled.next_low is not None and pooled.next_high is not None and grade.shows_number:
        a, b = one.signed(pooled.next_low), one.signed(pooled.next_high)
        unit = one.both(UNITS[pooled.unit][0])
        swedish = f"Om din skola prövar detta: troligen mellan {a} och {b}{NBSP}{unit}."
        said.append(one.both((swedish, f"If your school tries this: probably between {a} and {b}{NBSP}{unit}.")))
    return " ".join([*said, _certainty(grade, one)])


@dataclass(frozen=True, slots=True)
class _Words:
    language: Language

    def both(self, pair: Both) -> str:
        """The one of the pair that is in this language."""
        return pair[0] if self.language == "sv" else pair[1]

    def plain(self, value: float) -> str:
        """A number with one decimal, as the language writes it."""
        text = f"{value:.1f}"
        text = text.removeprefix("-") if float(text) == 0 else text
        return (text.replace(".", ",") if self.language == "sv" else text).replace("-", "−")

    def signed(self, value: float) -> str:
        """The same with its sign."""
        text = self.plain(value)
        return text if text.startswith("−") or float(f"{value:.1f}") == 0 else f"+{text}"

    def number(self, value: float, low: float | None, high: float | None, unit: str) -> str:
        """The sentence with the difference and its interval."""
        named = self.both(UNITS[unit][0])
        ends = (self.signed(low or 0.0), self.signed(high or 0.0))
        swedish = f"Skillnaden är {self.signed(value)}{NBSP}{named} (95{NBSP}% intervall {ends[0]} till {ends[1]})."
        return self.both(
            (
                swedish,
                f"The difference is {self.signed(value)}{NBSP}{named} (95{NBSP}% interval {ends[0]} to {ends[1]}).",
            )
        )


def _verdict(low: float | None, high: float | None, sure: tuple[int, Grade], named: Named, one: _Words) -> str:
    benefit, grade = sure
    method, outcome = named.method, named.outcome
    if low is None or high is None or grade.locks <= 1:
        swedish = f"Vi vet inte än om {_small(method)} ändrar {outcome}."
        return one.both((swedish, f"We don't know yet whether {_small(method)} changes {outcome}."))
    if low > 0 or high < 0:
        return _changes(low > 0, benefit, grade.locks, named, one)
    worth = f"{one.plain(named.worthwhile)}"
    if -named.worthwhile < low and high < named.worthwhile:
        hedge = {2: ("kanske ", "perhaps "), 3: ("troligen ", "probably ")}.get(grade.locks, ("", ""))
        swedish = f"{method} ändrar {hedge[0]}{outcome} med mindre än {worth}, åt vilket håll det än är."
        return one.both((swedish, f"{method} {hedge[1]}changes {outcome} by less than {worth}, whichever way."))
    gain = max(low * benefit, high * benefit) >= named.worthwhile
    loss = min(low * benefit, high * benefit) <= -named.worthwhile
    holds = _holds(gain, loss)
    swedish = f"Det går inte att avgöra om {_small(method)} ändrar {outcome}: underlaget är för litet. {holds[0]}"
    return one.both(
        (
            swedish,
            f"It can't be decided whether {_small(method)} changes {outcome}: there is too little to go on. {holds[1]}",
        )
    )


def _holds(gain: bool, loss: bool) -> Both:
    if gain and loss:
        return "Intervallet rymmer både nytta och skada.", "The interval holds both a gain and a loss."
    if gain:
        return "Intervallet rymmer både nytta och ingen skillnad.", "The interval holds both a gain and no difference."
    return "Intervallet rymmer både skada och ingen skillnad.", "The interval holds both a loss and no difference."


def _changes(more: bool, benefit: int, locks: int, named: Named, one: _Words) -> str:
    method, outcome = named.method, named.outcome
    does, do = (("ökar", "öka"), ("raises", "raise")) if more else (("minskar", "minska"), ("lowers", "lower"))
    if locks >= 4:
        said = (f"{method} {does[0]} {outcome}.", f"{method} {do[0]} {outcome}.")
    elif locks == 3:
        said = (f"{method} {does[0]} troligen {outcome}.", f"{method} probably {do[0]} {outcome}.")
    else:
        said = (
            f"{method} kan {does[1]} {outcome}, men det är osäkert.",
            f"{method} may {do[1]} {outcome}, but that is uncertain.",
        )
    wrong = "" if more == (benefit > 0) else one.both((" Det är åt fel håll.", " That is the wrong way."))
    return one.both(said) + wrong


def _level(result: Result, one: _Words) -> list[str]:
    """What it was without the help, so that a difference is never alone."""
    if result.compared_mean is None or result.estimate is None:
        return []
    unit = one.both(UNITS[result.unit][1])
    without, with_it = one.plain(result.compared_mean), one.plain(result.compared_mean + result.estimate)
    swedish = f"Utan hjälpen {without}{NBSP}{unit}, med den {with_it}."
    return [one.both((swedish, f"Without the help {without}{NBSP}{unit}, with it {with_it}."))]


def _who(result: Result, one: _Words) -> str:
    sizes = result.sizes
    had, did = ("som erbjöds hjälp", "offered help") if result.estimand == "itt" else ("med hjälp", "with help")
    swedish = f"Det bygger på {sizes.treated} elever {had} och {sizes.compared} att jämföra med."
    return one.both((swedish, f"It rests on {sizes.treated} pupils {did} and {sizes.compared} to compare with."))


def _against(result: Result, one: _Words) -> list[str]:
    found = [d.name for d in result.diagnostics if d.must_pass and d.outcome == DID_NOT_HOLD]
    texts = list(dict.fromkeys(one.both(FAILED.get(name, ELSE_FAILED)) for name in found))
    if not texts:
        return []
    listed = "; ".join(texts)
    return [one.both((f"Det talar emot: {listed}.", f"Against it: {listed}."))]


def _supposes(result: Result, one: _Words) -> list[str]:
    texts = [one.both(ASSUMPTIONS[name]) for name in result.assumptions if name in ASSUMPTIONS][:2]
    if not texts:
        return []
    listed = one.both((" och ", " and ")).join(texts)
    return [one.both((f"Det gäller bara om {listed}.", f"It holds only if {listed}."))]


def _certainty(grade: Grade, one: _Words) -> str:
    down = [one.both(STEPS[step.code]) for step in grade.steps if step.change < 0 and step.code in STEPS]
    reasons = f" ({'; '.join(dict.fromkeys(down))})" if down and grade.locks else ""
    word = grade.word(one.language)
    swedish = f"Säkerhet: {word}, {grade.dots} av 4{reasons}."
    said = one.both((swedish, f"Certainty: {word}, {grade.dots} of 4{reasons}."))
    if grade.lowered is None:
        return said
    return f"{said} " + one.both((f"Sänkt av en person: {grade.lowered.reason}", f"Lowered: {grade.lowered.reason}"))


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
