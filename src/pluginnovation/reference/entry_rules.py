"""What the national programmes ask of an applicant's grades, as dated data."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .compulsory_subjects import BLOCKS

VOCATIONAL, HE_PREPARATORY = "vocational", "he_preparatory"


@dataclass(frozen=True, slots=True)
class EntryRule:
    """The passes that one kind of programme asks for, besides Swedish, English and mathematics.

    name        what it is called here and in links
    kind        `vocational` or `he_preparatory`
    programmes  codes of the programmes; empty: every programme of the kind that no other rule names
    others      how many other passes, the named ones among them
    named       subjects that must be among the others
    since       the first day education under it could begin
    until       the last such day; None: still in force
    """

    name: str
    kind: str
    programmes: tuple[str, ...]
    others: int
    named: tuple[str, ...]
    since: date
    until: date | None = None

    @property
    def passes(self) -> int:
        """How many passes in all."""
        return 3 + self.others


_SINCE = date(2011, 7, 1)

# Source: the Education Act (2010:800) 16 chap. 30-31 §§; the Upper Secondary Ordinance (2010:2039) 7 chap. 1 §.
ENTRY_RULES: Final = (
    EntryRule("YR", VOCATIONAL, (), 5, (), _SINCE),
    EntryRule("EK-HU-SA", HE_PREPARATORY, ("EK", "HU", "SA"), 9, BLOCKS["SO"], _SINCE),
    EntryRule("NA-TE", HE_PREPARATORY, ("NA", "TE"), 9, BLOCKS["NO"], _SINCE),
    EntryRule("ES", HE_PREPARATORY, ("ES",), 9, (), _SINCE),
)
VOCATIONAL_ENTRY: Final = ENTRY_RULES[0]

# The Education Act 15 chap. 5 §: education begins at the latest in the first half of the year one turns 20.
OLDEST_AT_START: Final = 20


def entry_rules_on(day: date) -> tuple[EntryRule, ...]:
    """The rules for education that begins that day."""
    return tuple(rule for rule in ENTRY_RULES if rule.since <= day and (rule.until is None or day <= rule.until))


def last_day_to_begin(born: date) -> date:
    """The last day somebody may begin upper secondary school: 30 June of the year of the 20th birthday."""
    return date(born.year + OLDEST_AT_START, 6, 30)
