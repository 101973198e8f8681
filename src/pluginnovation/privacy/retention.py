"""How long each kind of document is kept, and when it is due: rules that the authority decides, dated and versioned.

What an authority decides is a disposal decision under the archives act; the numbers here are only what applies until
it has decided. A public record isn't erased on request, and a legal hold goes before every rule.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

PUPILS: Final = "pupils"
LESSONS: Final = "lessons"
SIGNALS: Final = "signals"
REJECTED: Final = "rejected"
ANOMALIES: Final = "anomalies"
VISITS: Final = "visits"

FEWEST_MONTHS, MOST_MONTHS = 1, 600
# A municipality answers for a youth until the day of turning 20, so nobody's rows go before that.
GROWN_AT: Final = 20


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One kind of document.

    name     the code word of its rule
    months   how long it is kept until the authority decides otherwise; none: kept, no machine disposes of it
    text     what it is, Swedish and English
    counted  from when the months are counted, Swedish and English
    why      why so many, Swedish and English
    """

    name: str
    months: int | None
    text: tuple[str, str]
    counted: tuple[str, str]
    why: tuple[str, str]


TYPES: Final = (
    DocumentType(
        PUPILS, 60,
        ("Eleven: allt om den som har slutat", "The pupil: everything about one who has left"),
        ("från den sista dagen i skola eller kommunens register, tidigast vid 20 års ålder",
         "from the last day at a school or in the municipality's register, at the age of 20 at the earliest"),
        ("Kommunens aktivitetsansvar varar till 20 år, och om en utbildning fullföljs visar sig inom fyra år.",
         "The municipality answers for youths until 20, and whether an education is completed shows in four years."),
    ),
    DocumentType(
        LESSONS, 36,
        ("Lektioner, dag för dag", "Lessons, day by day"),
        ("från månadens slut", "from the end of the month"),
        ("Tre läsår räcker för att se hur frånvaron har ändrats. Terminens summor finns kvar hos källan.",
         "Three school years are enough to see how absence has changed. Sums of a term remain with the source."),
    ),
    DocumentType(
        SIGNALS, 36,
        ("Signaler, deras ändringar och svaren på dem", "Signals, their changes and the answers to them"),
        ("från dagen de gällde", "from the day they were about"),
        ("Så länge som lektionerna de vilar på.", "As long as the lessons that they rest on."),
    ),
    DocumentType(
        REJECTED, 12,
        ("Var rader stod som inte togs emot", "Where rows stood that were not taken in"),
        ("från inläsningen", "from the import"),
        ("De behövs bara tills källan är rättad. Själva värdena sparas aldrig.",
         "They are needed until the source is put right. The values themselves are never kept."),
    ),
    DocumentType(
        ANOMALIES, 24,
        ("Avvikelser som någon har bedömt", "Anomalies that somebody has judged"),
        ("från dagen de bedömdes", "from the day they were judged"),
        ("Två år räcker för att se om något upprepas.", "Two years are enough to see whether something is repeated."),
    ),
    DocumentType(
        VISITS, None,
        ("Besöksloggen och åtgärdsloggen", "The log of visits and the log of acts"),
        ("", ""),
        ("De är förseglade i en kedja och ändras aldrig. Bara koder står där.",
         "They are sealed in a chain and never change. Only codes stand there."),
    ),
)  # fmt: skip
BY_NAME: Final[Mapping[str, DocumentType]] = {each.name: each for each in TYPES}
DECIDED: Final = tuple(each.name for each in TYPES if each.months is not None)


@dataclass(frozen=True, slots=True)
class Rule:
    """What an authority has decided about one kind of document, from a day on."""

    name: str
    months: int
    since: date


def months_on(day: date, decided: Iterable[Rule]) -> dict[str, int]:
    """For each kind that is disposed of, the months that apply on a day: the latest decided, else the default."""
    applies = {each.name: each.months for each in TYPES if each.months is not None}
    for rule in sorted((rule for rule in decided if rule.since <= day), key=lambda rule: rule.since):
        applies[rule.name] = rule.months
    return applies


def back(day: date, months: int) -> date:
    """The same day so many months earlier; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 27))


@dataclass(frozen=True, slots=True)
class Left:
    """A pupil without a school, as far as disposal needs.

    last   the last day at a school or in a municipality's register; none: nobody knows
    born   the date of birth; none when the source doesn't tell
    """

    last: date | None
    born: date | None


def is_due(pupil: Left, day: date, months: int) -> bool | None:
    """Whether a pupil who has left is to be disposed of on a day; none when a date that decides it is missing."""
    if pupil.last is None:
        return None
    if pupil.last >= back(day, months):
        return False
    return None if pupil.born is None else back(day, 12 * GROWN_AT) >= pupil.born
