"""How sure we are: 0-5 locks by rule, shown as four dots and a word.

A design can earn so much and no more; what went wrong takes away. A plan that was locked when its outcome had begun
takes a step, and can't be sure whatever its design: it may have been written by somebody who had seen the answer. The
rule is computed. A person may lower it, with a written reason that stays on the page, and nobody may raise it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pluginnovation.records.refusals import Refusal

from .dots import DOTS, MOST, MOST_LATE, WORDS_EN, WORDS_SV
from .pool import STRONG, Pooled, Row
from .result import FAILED, HELD, LOCKED_LATE, Result

BROKEN: Final = 1  # what an estimate can earn whose design did not hold
FEWEST_PUPILS: Final = 300
FEWEST_PLACES: Final = 3  # schools for one estimate, sites for several
LARGE_I2: Final = 60.0
HALF: Final = 50.0  # per cent of the weight
QUARTER: Final = 25.0
LEAST_REASON: Final = 20  # characters

# However much the design could earn, an estimate with one of these steps earns no more.
MOST_FOR: Final = {"design_broken": BROKEN, LOCKED_LATE: MOST_LATE}
# Failures that tell of small numbers: they make an estimate vaguer and not wrong.
OF_SIZE: Final = frozenset({"pupils_each_side", "units_compared", "take_up", "schools", "degrees_of_freedom"})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the rule.

    change   locks, below nought downwards
    code     stable, such as 'design_broken', 'imprecise', 'few_places', 'agreeing_draws'
    detail   which diagnostic or how many, never a person
    """

    change: int
    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lowered:
    """Somebody lowered the certainty: to how many locks, why, who (a role's account, never a pupil) and when."""

    locks: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Grade:
    """How sure we are, and each step there.

    cap     what the design can earn
    locks   what is left, 0-5; 0: no number is shown
    """

    cap: int
    locks: int
    steps: tuple[Step, ...]
    lowered: Lowered | None = None

    @property
    def dots(self) -> int:
        """Filled dots of four."""
        return DOTS[self.locks]

    def word(self, language: str = "sv") -> str:
        """The word beside the dots, in 'sv' or 'en'."""
        return (WORDS_SV if language == "sv" else WORDS_EN)[self.dots]

    @property
    def shows_number(self) -> bool:
        """Whether a number may be shown at all."""
        return self.locks > 0


def graded(result: Result, *, worthwhile: float) -> Grade:
    """The certainty of one estimate.

    Takes   worthwhile   the least change that is worth anything, in the estimate's unit, above nought
    """
    if result.estimate is None or result.low is None or result.high is None:
        return Grade(result.cap, 0, (Step(-result.cap, "no_number", result.cannot_tell),))
    if result.design == "before_after" or result.cap <= 0:
        return Grade(0, 0, (Step(0, "nothing_to_compare_with"),))
    steps = [*_of_design(result), *_of_doubt(result.low, result.high, result.benefit, worthwhile)]
    pupils = result.sizes.treated + result.sizes.compared
    places = result.sizes.schools_treated + result.sizes.schools_compared
    if pupils < FEWEST_PUPILS or places < FEWEST_PLACES:
        steps.append(Step(-1, "few_pupils_or_places", f"{pupils}"))
    if LOCKED_LATE in result.assumptions:
        steps.append(Step(-1, LOCKED_LATE))
    return _counted(result.cap, steps)


def graded_pool(pooled: Pooled, *, worthwhile: float) -> Grade:
    """The certainty of several sites together, by the same rule and what only several can tell.

    Takes   worthwhile   in the pool's unit
    """
    used = [row for row in pooled.rows if not row.left_out]
    cap = _best_half(used)
    if pooled.estimate is None or pooled.low is None or pooled.high is None:
        return Grade(cap, 0, (Step(-cap, "no_number", pooled.cannot_tell),))
    steps = [*_of_sites(pooled, used), *_of_doubt(pooled.low, pooled.high, pooled.benefit, worthwhile)]
    if pooled.pupils < FEWEST_PUPILS or pooled.sites < FEWEST_PLACES:
        steps.append(Step(-1, "few_pupils_or_places", f"{pooled.sites}"))
    if all(row.message.about.evaluator == "developer" for row in used):
        steps.append(Step(-1, "developers_own_word"))
    if _weight(used, lambda row: not row.message.about.same_population) >= HALF:
        steps.append(Step(-1, "other_population"))
    if _weight(used, lambda row: row.message.late) >= HALF:
        steps.append(Step(-1, LOCKED_LATE))
    if not pooled.believable:
        steps.append(Step(-1, "too_few_degrees_of_freedom"))
    if _agreeing_draws(used):
        steps.append(Step(1, "agreeing_draws"))
    return _counted(cap, steps)


def lowered(grade: Grade, to: int, *, reason: str, by: str, at: datetime) -> Grade:
    """The same grade, lower. The rule's own steps stay.

    Raises  Refusal 'only_downwards' when `to` isn't below the rule's, 'reason_missing' under twenty characters
    """
    if not 0 <= to < grade.locks:
        raise Refusal(
            "only_downwards",
            what=("Säkerheten kan bara sänkas.", "Certainty can only be lowered."),
            todo=("Välj en lägre nivå, eller låt regeln gälla.", "Choose a lower level, or let the rule stand."),
        )
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal(
            "reason_missing",
            what=("Skälet saknas eller är för kort.", "The reason is missing or too short."),
            todo=("Skriv varför, så att en läsare förstår.", "Write why, so that a reader understands."),
        )
    return replace(grade, locks=to, lowered=Lowered(to, reason.strip(), by, at))


def _counted(cap: int, steps: list[Step]) -> Grade:
    locks = min(MOST, max(0, cap + sum(step.change for step in steps)))
    most = min((MOST_FOR[step.code] for step in steps if step.code in MOST_FOR), default=MOST)
    return Grade(cap, min(locks, most), tuple(steps))


def _of_design(result: Result) -> list[Step]:
    """A design that was seen not to hold can't be more than very uncertain; what couldn't be tried takes one step."""
    steps = []
    for one in result.diagnostics:
        if not one.must_pass or one.outcome == HELD:
            continue
        if one.outcome == FAILED:
            steps.append(Step(-1, "few_where_it_counts" if one.name in OF_SIZE else "design_broken", one.name))
        elif not any(step.code == "could_not_be_tried" for step in steps):
            steps.append(Step(-1, "could_not_be_tried", one.name))
    return steps


def _of_doubt(low: float, high: float, benefit: int, worthwhile: float) -> list[Step]:
    """An interval with both a worthwhile gain and nothing in it takes one step; with a loss as large, two.

    One with nothing and a loss as large takes one step too: what can't be decided isn't known for sure.
    """
    worst, best = (low, high) if benefit > 0 else (-high, -low)
    if worst <= 0 <= best and worst <= -worthwhile and best < worthwhile:
        return [Step(-1, "loss_in_interval")]
    if not (worst <= 0 and best >= worthwhile):
        return []
    return [Step(-2, "gain_and_loss_in_interval")] if worst <= -worthwhile else [Step(-1, "imprecise")]


def _of_sites(pooled: Pooled, used: list[Row]) -> list[Step]:
    steps = []
    failed = _weight(used, lambda row: bool(set(row.message.failed) - OF_SIZE))
    if failed >= HALF:
        steps.append(Step(-1, "design_broken", f"{failed:.0f} %"))
    elif failed >= QUARTER:
        steps.append(Step(-1, "some_designs_broken", f"{failed:.0f} %"))
    if _weight(used, lambda row: bool(row.message.untried)) >= HALF:
        steps.append(Step(-1, "could_not_be_tried"))
    crosses = pooled.next_low is not None and pooled.next_high is not None and pooled.next_low < 0 < pooled.next_high
    if crosses and pooled.i2 is not None and pooled.i2 > LARGE_I2:
        steps.append(Step(-1, "sites_differ", f"{pooled.i2:.0f} %"))
    return steps


def _weight(used: list[Row], of: Callable[[Row], bool]) -> float:
    return sum(row.weight for row in used if of(row))


def _best_half(used: list[Row]) -> int:
    """The cap that those who hold at least half of the weight reach."""
    heaped = 0.0
    for row in sorted(used, key=lambda row: -row.message.cap):
        heaped += row.weight
        if heaped >= HALF:
            return row.message.cap
    return max((row.message.cap for row in used), default=0)


def _agreeing_draws(used: list[Row]) -> bool:
    """Two drawn sites or more, whose designs held, on the same side and sure of it."""
    drawn = [row.message for row in used if row.message.design in STRONG[:2] and not row.message.failed]
    sides = [m.estimate > 0 for m in drawn if m.estimate and m.se and abs(m.estimate) > m.se]
    return len({m.about.site for m in drawn}) >= 2 and len(sides) == len(drawn) and len(set(sides)) == 1
