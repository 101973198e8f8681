"""Money of an application and of a sub-project: in öre, so that it adds up; what the own side pays, and what is left.

Source  ESF wants a part of the whole cost paid by those who take part, in hours or in cash; in Plug In it was half.
        Which part is the programme's own rule.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Text = tuple[str, str]

STAFF, SERVICES, TRAVEL, EQUIPMENT = "staff", "services", "travel", "equipment"
PREMISES, OTHER = "premises", "other"
CATEGORIES: Final[dict[str, Text]] = {
    STAFF: ("Personal", "Staff"),
    SERVICES: ("Externa tjänster", "Outside services"),
    TRAVEL: ("Resor och möten", "Travel and meetings"),
    EQUIPMENT: ("Utrustning och material", "Equipment and material"),
    PREMISES: ("Lokaler", "Premises"),
    OTHER: ("Övrigt", "Other"),
}
HOURS, COST = "hours", "cost"
KINDS: Final[dict[str, Text]] = {
    HOURS: ("Arbetad tid", "Hours worked"),
    COST: ("Kostnad", "Cost"),
}
GRANT, OWN = "grant", "own"
PAID_BY: Final[dict[str, Text]] = {
    GRANT: ("Bidraget", "The grant"),
    OWN: ("Egen medfinansiering", "Own co-financing"),
}
WHOLE: Final = 10_000
MOST_ORE: Final = 100_000_000_000
AMOUNT: Final = re.compile(r"(-?)(\d{1,10})(?:[,.](\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a budget: a key of CATEGORIES, what it is, and öre."""

    category: str
    text: str
    ore: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The programme's and the call's rules of money.

    own_share   what the own side pays at least of the whole cost, in ten-thousandths
    most        the largest grant, in öre; None: no limit
    """

    own_share: int
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of an account, as `web.projects.models.LedgerEntry` has it; `minutes` None: no hours."""

    category: str
    paid_by: str
    amount: int
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """What a category was planned to cost, and has cost, in öre. `planned` None: there is no budget for it."""

    category: str
    planned: int | None
    grant: int
    own: int

    @property
    def total(self) -> int:
        """What it has cost, whoever paid."""
        return self.grant + self.own


@dataclass(frozen=True, slots=True)
class Account:
    """The whole account.

    own_due   what the own side must have paid at least of what has been spent, in öre
    """

    rows: tuple[Spent, ...]
    grant: int
    own: int
    minutes: int
    own_due: int

    @property
    def total(self) -> int:
        """What has been spent, whoever paid."""
        return self.grant + self.own

    @property
    def own_lacks(self) -> int:
        """How much the own side has paid too little; nothing when it has paid enough."""
        return max(self.own_due - self.own, 0)


def ore_of(text: str) -> int | None:
    """Kronor as somebody writes them ('12 500', '1 200,50 kr'), in öre; None when it is no amount."""
    written = re.sub(r"[\s\u00a0\u202f]", "", text.strip().lower().removesuffix("kr"))
    found = AMOUNT.fullmatch(written)
    if found is None:
        return None
    whole, part = int(found[2]), (found[3] or "").ljust(2, "0")
    ore = (whole * 100 + int(part)) * (-1 if found[1] else 1)
    return ore if abs(ore) <= MOST_ORE else None


def kronor(ore: int) -> str:
    """An amount as it is written in Swedish: '12 500 kr', '-1 200,50 kr'."""
    whole, part = divmod(abs(ore), 100)
    digits = f"{whole:,}".replace(",", "\u00a0")
    return f"{'-' if ore < 0 else ''}{digits}{f',{part:02}' if part else ''}\u00a0kr"


def least_own(total: int, own_share: int) -> int:
    """The least that the own side pays of a whole cost, in öre, rounded up."""
    return -(-total * own_share // WHOLE)


def faults(lines: Sequence[Line], grant: int, own: int, rules: Rules) -> tuple[Text, ...]:
    """Why a budget can't be sent in; empty when it adds up. Each fault says the amounts and what to change."""
    total, paid = sum(line.ore for line in lines), grant + own
    due = least_own(total, rules.own_share)
    found: list[Text] = []
    if total <= 0:
        sv, en = "Budgeten har ingen kostnad. Skriv minst ett belopp.", "The budget has no cost. Write an amount."
        found.append((sv, en))
    if total != paid:
        sv = f"Kostnaderna är {kronor(total)}, men bidrag och egen medfinansiering är {kronor(paid)}."
        en = f"The costs are {kronor(total)}, but grant and own co-financing are {kronor(paid)}."
        apart = kronor(abs(total - paid))
        found.append((f"{sv} Det skiljer {apart}. Ändra det ena eller det andra.",
                      f"{en} The difference is {apart}. Change one or the other."))  # fmt: skip
    if total > 0 and own < due:
        sv = f"Egen medfinansiering är {kronor(own)}, programmet kräver minst {kronor(due)}."
        en = f"The own co-financing is {kronor(own)}; the programme asks for at least {kronor(due)}."
        found.append((f"{sv} Höj den eller sänk kostnaderna.", f"{en} Raise it or lower the costs."))
    if rules.most is not None and grant > rules.most:
        sv = f"Ni söker {kronor(grant)}, utlysningen ger högst {kronor(rules.most)}. Sänk beloppet."
        en = f"You apply for {kronor(grant)}; the call gives at most {kronor(rules.most)}. Lower the amount."
        found.append((sv, en))
    return tuple(found)


def account(entries: Iterable[Entry], planned: Sequence[Line], own_share: int) -> Account:
    """What has been spent by category and by who paid, beside the budget, in the order of CATEGORIES."""
    told = list(entries)
    budget: dict[str, int] = {}
    for line in planned:
        budget[line.category] = budget.get(line.category, 0) + line.ore
    rows = tuple(
        Spent(category, budget.get(category), _sum(told, category, GRANT), _sum(told, category, OWN))
        for category in CATEGORIES
        if budget.get(category) or any(entry.category == category for entry in told)
    )
    grant, own = sum(row.grant for row in rows), sum(row.own for row in rows)
    minutes = sum(entry.minutes or 0 for entry in told)
    return Account(rows, grant, own, minutes, least_own(grant + own, own_share))


def worth(minutes: int, rate: int) -> int:
    """What hours cost, in öre: minutes times öre an hour, rounded to the nearest öre, halves up."""
    return (2 * minutes * rate + 60) // 120


def _sum(entries: Iterable[Entry], category: str, paid_by: str) -> int:
    return sum(entry.amount for entry in entries if entry.category == category and entry.paid_by == paid_by)
