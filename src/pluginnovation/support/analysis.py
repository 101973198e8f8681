"""The joint analysis: what a class's teachers say together, where they differ, and what has changed since last time.

Answers are counted, never averaged, and every count stands beside how many were asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pluginnovation.support.mapping import FULLY, NOT, PARTLY

# What is told about so few pupils is read on their own pages, not as a pattern.
FEWEST: Final = 5

BETTER, WORSE, SAME, APART = "better", "worse", "same", "apart"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many gave each answer to one statement; unknown are those who were asked and said nothing to it."""

    fully: int = 0
    partly: int = 0
    not_at_all: int = 0
    unknown: int = 0

    @property
    def answered(self) -> int:
        """How many said something."""
        return self.fully + self.partly + self.not_at_all

    @property
    def differ(self) -> bool:
        """Whether those who answered gave different answers."""
        return sum(count > 0 for count in (self.fully, self.partly, self.not_at_all)) > 1

    @property
    def opposed(self) -> bool:
        """Whether somebody says fully and somebody else not."""
        return self.fully > 0 and self.not_at_all > 0

    @property
    def stands_out(self) -> bool:
        """Whether at least half of those who answered say partly or not: something to talk about together."""
        return self.answered > 0 and 2 * (self.partly + self.not_at_all) >= self.answered


def tally(sheets: Iterable[Mapping[str, str]], key: str, *, asked: int | None = None) -> Tally:
    """The answers to one statement.

    Takes   sheets   one for each who answered anything: answer by statement
            asked    how many were asked; none: those who answered anything. The rest are unknown
    """
    said = [sheet.get(key, "") for sheet in sheets]
    fully, partly, not_at_all = (said.count(answer) for answer in (FULLY, PARTLY, NOT))
    silent = (len(said) if asked is None else asked) - fully - partly - not_at_all
    return Tally(fully, partly, not_at_all, max(silent, 0))


def since(before: Tally | None, now: Tally) -> str:
    """How a statement stands against the time before: better, worse, same, apart, or nothing when it can't be said.

    Better is a greater share "fully" and no greater share "not", or a smaller share "not" and no smaller share "fully";
    worse the other way round. A greater share of both is apart. Shares are compared as whole numbers, by multiplying
    with the other's count.
    """
    if before is None or not before.answered or not now.answered:
        return ""
    more_fully = now.fully * before.answered - before.fully * now.answered
    more_not = now.not_at_all * before.answered - before.not_at_all * now.answered
    if more_fully == 0 and more_not == 0:
        return SAME
    if more_fully >= 0 and more_not <= 0:
        return BETTER
    if more_fully <= 0 and more_not >= 0:
        return WORSE
    return APART


@dataclass(frozen=True, slots=True)
class Seen:
    """One statement of a class in one round.

    before   the same statement the time before; none when it wasn't asked then
    """

    key: str
    now: Tally
    before: Tally | None

    @property
    def change(self) -> str:
        """How it stands against the time before."""
        return since(self.before, self.now)


def class_picture(
    keys: Iterable[str],
    now: Iterable[Mapping[str, str]],
    before: Iterable[Mapping[str, str]],
    *,
    asked: int,
    keys_before: Iterable[str] = (),
) -> tuple[Seen, ...]:
    """Every statement of a class, with the time before beside it.

    Takes   now, before   the teachers' sheets of this round and of the one before
            asked         how many teachers the class has; those who haven't answered are unknown
            keys_before   the statements of the round before: only those in both are compared
    """
    sheets, earlier, shared = list(now), list(before), set(keys_before)
    return tuple(
        Seen(key, tally(sheets, key, asked=max(asked, len(sheets))), tally(earlier, key) if key in shared else None)
        for key in keys
    )


def small(number: int) -> bool:
    """Whether a group of pupils is so small that its answers aren't shown together."""
    return 0 < number < FEWEST
