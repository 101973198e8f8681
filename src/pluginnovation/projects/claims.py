"""What people write in a report beside what the registers say: computed, never chosen.

A claim is a direction of one measure. The figure is the mean change of the participants whose value is known both
before they began and now, with a 95 % band. A band that holds both sides can't be told from chance, and says so.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.privacy.small_numbers import FEWEST

Text = tuple[str, str]
LEAST_KNOWN: Final = 80  # per cent of the participants whose value must be known, as everywhere else


@dataclass(frozen=True, slots=True)
class Registered:
    """One measure that the registers have.

    name         Swedish and English
    unit         'percentage_points', 'passes' or 'per_100'
    benefit      +1 when more is better, -1 when less is
    worthwhile   the least change that counts as much, in the unit
    """

    name: Text
    unit: str
    benefit: int
    worthwhile: float


MEASURES: Final[dict[str, Registered]] = {
    "absence_share": Registered(("Frånvaro", "Absence"), "percentage_points", -1, 3.0),
    "unexcused_share": Registered(("Ogiltig frånvaro", "Unexcused absence"), "percentage_points", -1, 3.0),
    "passes_share": Registered(("Godkända av satta betyg", "Passes of grades set"), "percentage_points", 1, 3.0),
    "mapped": Registered(("Kartlagda", "Mapped"), "per_100", 1, 10.0),
    "in_school": Registered(("Går i skola", "In school"), "per_100", 1, 10.0),
}

MUCH_BETTER, BETTER, SAME, WORSE, NOT_MEASURED = "much_better", "better", "same", "worse", "not_measured"
SAYS: Final[dict[str, Text]] = {
    MUCH_BETTER: ("Mycket bättre", "Much better"),
    BETTER: ("Bättre", "Better"),
    SAME: ("Ingen skillnad", "No difference"),
    WORSE: ("Sämre", "Worse"),
    NOT_MEASURED: ("Inte mätt", "Not measured"),
}

AGREES, DIFFERS, CANNOT_TELL, NOT_REGISTERED = "agrees", "differs", "cannot_tell", "not_registered"
VERDICTS: Final[dict[str, Text]] = {
    AGREES: ("Stämmer", "Agrees"),
    DIFFERS: ("Skiljer sig", "Differs"),
    CANNOT_TELL: ("Går inte att avgöra", "Can't be told"),
    NOT_REGISTERED: ("Mäts inte i registret", "Not in the registers"),
}

MEANINGS: Final[dict[str, Text]] = {
    "agrees": ("Förändringen finns. Om insatsen är skälet visar jämförelsen i planen.",
               "The change is there. Whether the measure is the reason is for the plan's comparison."),
    "differs": ("Registret visar något annat. Skriv varför, eller ändra påståendet.",
                "The registers show something else. Write why, or change the claim."),
    "both_sides": ("Intervallet rymmer både bättre och sämre. Skriv gärna det.",
                   "The interval holds both better and worse. Do write so."),
    "not_much": ("Åt det hållet, men om det är mycket går inte att avgöra.",
                 "That way, but whether it is much can't be told."),
    "too_few": ("Färre än tio deltagare har uppgifter, så siffran visas inte.",
                "Fewer than ten participants have records, so the figure isn't shown."),
    "too_little_known": ("För få av deltagarna har uppgifter både före och nu.",
                         "Too few of the participants have records both before and now."),
    "no_records": ("Registren har inga uppgifter för tiden än.", "The registers have nothing about the time yet."),
    "own_survey": ("Bifoga frågorna, antal svar och svarsfrekvens.",
                   "Attach the questions, the number of answers and the response rate."),
    "unsaid": ("Inget påstående är skrivet än.", "Nothing is claimed yet."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """What the registers say of the participants.

    before, now   means of those known at both times, in the measure's unit; None: nothing is known
    low, high     95 % band of the change now less before; None: it can't be told
    n             participants known at both times
    of            all participants who had begun
    until         the last day of what is called now
    few           fewer than ten are behind it: then everything else is left out, the counts too
    """

    measure: str
    before: float | None
    now: float | None
    low: float | None
    high: float | None
    n: int
    of: int
    until: date | None = None
    few: bool = False

    @property
    def enough(self) -> bool:
        """Whether it may be shown: ten or more behind it, and most of the participants known."""
        return not self.doubt

    @property
    def doubt(self) -> str:
        """Why it isn't shown: a key of MEANINGS; empty when it is."""
        if self.few or 0 < self.n < FEWEST:
            return "too_few"
        if self.n == 0 or self.before is None or self.now is None:
            return "no_records"
        return "too_little_known" if self.n * 100 < self.of * LEAST_KNOWN else ""


def outside(figure: Figure) -> Figure:
    """The figure as it may be kept and shown to those who see no pupil: of few, nothing but that they are few."""
    if 0 < figure.n < FEWEST or 0 < figure.of < FEWEST:
        return Figure(figure.measure, None, None, None, None, 0, 0, figure.until, few=True)
    return figure


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a claim stands to its figure.

    word      a key of VERDICTS
    meaning   a key of MEANINGS
    """

    word: str
    meaning: str


def compared(says: str, figure: Figure | None) -> Verdict:
    """How a claim stands to the registers.

    Takes   says     a key of SAYS; empty: nothing is claimed
            figure   of the claim's measure; None: the registers don't measure it
    """
    if figure is None:
        return Verdict(NOT_REGISTERED, "own_survey")
    if figure.doubt:
        return Verdict(CANNOT_TELL, figure.doubt)
    if says in ("", NOT_MEASURED):
        return Verdict(CANNOT_TELL, "unsaid")
    if figure.low is None or figure.high is None:
        return Verdict(CANNOT_TELL, "both_sides")
    about = MEASURES[figure.measure]
    worst, best = sorted(about.benefit * end for end in (figure.low, figure.high))
    return _JUDGED[says](worst, best, about.worthwhile)


def _better(worst: float, best: float, _much: float) -> Verdict:
    if worst > 0:
        return Verdict(AGREES, "agrees")
    return Verdict(DIFFERS, "differs") if best <= 0 else Verdict(CANNOT_TELL, "both_sides")


def _much_better(worst: float, best: float, much: float) -> Verdict:
    if worst >= much:
        return Verdict(AGREES, "agrees")
    if best < much:
        return Verdict(DIFFERS, "differs")
    return Verdict(CANNOT_TELL, "not_much" if worst > 0 else "both_sides")


def _same(worst: float, best: float, much: float) -> Verdict:
    """No difference is a claim too: the band must be narrow, not only reach over nought."""
    if -much < worst and best < much:
        return Verdict(AGREES, "agrees")
    return Verdict(DIFFERS, "differs") if worst > 0 or best < 0 else Verdict(CANNOT_TELL, "both_sides")


def _worse(worst: float, best: float, much: float) -> Verdict:
    return _better(-best, -worst, much)


_JUDGED: Final = {MUCH_BETTER: _much_better, BETTER: _better, SAME: _same, WORSE: _worse}


def may_be_unmeasured(figure: Figure | None) -> bool:
    """Whether a report may say 'not measured': only where the registers have nothing that can be shown."""
    return figure is None or not figure.enough
