"""How sure we are, as a reader meets it: four dots, a word, and a sentence that promises no more than the dots.

The rule is `evidence.grade`; here its locks become what a page shows. An interval that holds both gain and loss is
"can't be decided", never "no effect".
"""

from dataclasses import dataclass
from typing import Final

from pluginnovation.evidence.dots import DOTS, WORDS_EN, WORDS_SV
from pluginnovation.evidence.plain_words import CANNOT, ELSE_CANNOT, STEPS, UNITS

from .catalogue import MOST_LOCKS, Known, Language, Method

OF_DOTS: Final = 4
NBSP: Final = "\u00a0"
Both = tuple[str, str]

# How an outcome stands after a verb, Swedish and English; one that isn't here stands by its own name.
OUTCOMES: Final[dict[str, Both]] = {
    "absence_share": ("frånvaron", "absence"),
    "unexcused_share": ("den ogiltiga frånvaron", "unexcused absence"),
    "courses_passed": ("antalet godkända betyg", "the number of passes"),
    "courses_failed": ("antalet underkända betyg", "the number of failed grades"),
    "in_school": ("andelen som går kvar", "the share still in school"),
    "left_school": ("andelen som lämnar skolan", "the share who leave school"),
    "attendance": ("närvaron", "attendance"),
    "completion": ("andelen som fullföljer", "the share who complete"),
}
NOBODY_HERE: Final[Both] = ("Ingen har mätt det här i regionen än.", "Nobody has measured this in the region yet.")
# The steps worth telling: where there is no number, `sentence` has said why.
LOWERS: Final = STEPS.keys() - {"no_number"}
NOTHING: Final[Both] = ("Vi vet inte än.", "We don't know yet.")


@dataclass(frozen=True, slots=True)
class Shown:
    """Dots and a word. filled: of OF_DOTS; word: such as 'Måttlig'; locks: what they rest on, 0-5."""

    locks: int
    filled: int
    word: str

    @property
    def dots(self) -> tuple[bool, ...]:
        """Each dot, filled or not."""
        return tuple(place < self.filled for place in range(OF_DOTS))


def shown(locks: int, language: Language = "sv") -> Shown:
    """Dots and word for locks; what isn't 0-5 is moved to the nearest end."""
    held = min(MOST_LOCKS, max(0, locks))
    words = WORDS_EN if language == "en" else WORDS_SV
    return Shown(held, DOTS[held], words[DOTS[held]])


def here_or_elsewhere(method: Method, language: Language = "sv") -> tuple[Shown, bool]:
    """What a list shows for a method, and whether it is the network's own: its own where any is known, else outside's.

    Several outcomes here: the one that is best known, and on that page all of them stand apart.
    """
    if any(one.locks for one in method.local):
        return shown(max(one.locks for one in method.local), language), True
    return shown(method.external_locks, language), False


def outcome_word(outcome: str, language: Language = "sv") -> str:
    """How an outcome stands in a sentence."""
    return OUTCOMES.get(outcome, (outcome, outcome))[language == "en"]


def sentence(known: Known, language: Language = "sv") -> str:
    """What can be said of one outcome, in words tied to the locks."""
    outcome, english = outcome_word(known.outcome, language), language == "en"
    if known.cannot_tell or known.low is None or known.high is None or known.locks <= 1:
        because = CANNOT.get(known.cannot_tell, ELSE_CANNOT)[english] if known.cannot_tell else ""
        start = f"We don't know yet whether {outcome} changes." if english else f"Vi vet inte än om {outcome} ändras."
        return f"{start} {because}".strip()
    if known.low < 0 < known.high:
        return (
            f"It can't be decided whether {outcome} changes: the interval holds both more and less."
            if english
            else f"Det går inte att avgöra om {outcome} ändras: intervallet rymmer både mer och mindre."
        )
    return _changes(known, outcome, english=english)


def _changes(known: Known, outcome: str, *, english: bool) -> str:
    more = (known.low or 0.0) >= 0
    does, do = (("ökar", "öka"), ("rises", "rise")) if more else (("minskar", "minska"), ("falls", "fall"))
    named = outcome[:1].upper() + outcome[1:]
    if known.locks >= 4:
        said = f"{named} {do[0]}." if english else f"{named} {does[0]}."
    elif known.locks == 3:
        said = f"{named} probably {do[0]}." if english else f"{named} {does[0]} troligen."
    else:
        uncertain = f"{named} kan {does[1]}, men det är osäkert."
        said = f"{named} may {do[1]}, but that is uncertain." if english else uncertain
    if more != (known.benefit > 0):
        said += " That is the wrong way." if english else " Det är åt fel håll."
    return said


def number(known: Known, language: Language = "sv") -> str:
    """The difference with its unit and interval; empty when the certainty allows no number."""
    if known.locks == 0 or known.estimate is None or known.low is None or known.high is None:
        return ""
    unit = UNITS[known.unit][0][language == "en"] if known.unit in UNITS else known.unit
    value, low, high = (signed(each, language) for each in (known.estimate, known.low, known.high))
    to = "to" if language == "en" else "till"
    return f"{value}{NBSP}{unit} ({low} {to} {high})"


def new_site(known: Known, language: Language = "sv") -> str:
    """Where a school that tries it would lie; empty when it can't be told."""
    if known.locks == 0 or known.next_low is None or known.next_high is None:
        return ""
    unit = UNITS[known.unit][0][language == "en"] if known.unit in UNITS else known.unit
    low, high = signed(known.next_low, language), signed(known.next_high, language)
    if language == "en":
        return f"If your school tries this: probably between {low} and {high}{NBSP}{unit}."
    return f"Om din skola prövar detta: troligen mellan {low} och {high}{NBSP}{unit}."


def why(known: Known, language: Language = "sv") -> tuple[str, ...]:
    """What lowered the certainty, each once."""
    texts = (STEPS[code][language == "en"] for code in known.why if code in LOWERS)
    return tuple(dict.fromkeys(texts))


def signed(value: float, language: Language = "sv") -> str:
    """A number with one decimal and its sign, as the language writes it."""
    text = f"{value:+.1f}"
    text = text[1:] if float(text) == 0 else text
    return (text if language == "en" else text.replace(".", ",")).replace("-", "−")
