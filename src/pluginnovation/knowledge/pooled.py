"""What a page shows of the network's own estimates: one line per outcome, with everything that spoils it.

Estimates that still run, and those from outside, are shown and never pooled; sites that found nothing, or harm, are
counted out loud.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.evidence.grade import Grade, graded_pool
from pluginnovation.evidence.message import SiteEstimate
from pluginnovation.evidence.pool import Pooled, pool

from .catalogue import Known

# The least change that is worth anything, in each unit. Three points of a hundred: evidence's own rule.
WORTHWHILE: Final = {
    "percentage_points": 3.0,
    "per_100": 3.0,
    "passes": 0.5,
    "weeks": 1.0,
    "kronor": 1.0,
    "log_odds": 0.2,
}
Z: Final = 1.96


@dataclass(frozen=True, slots=True)
class PerOutcome:
    """One outcome of one method: everything that was sent in, put together.

    horizon, subgroup   as the estimates have them; subgroup empty: all
    pooled, grade   the whole of it, for the forest plot and the reasons
    known           what travels in the catalogue
    """

    outcome: str
    horizon: str
    subgroup: str
    pooled: Pooled
    grade: Grade
    known: Known


def newest(messages: Iterable[SiteEstimate]) -> tuple[SiteEstimate, ...]:
    """The last word of each site about each thing, in the order they first came: a later message replaces its earlier.

    Takes   messages   oldest first
    """
    kept: dict[tuple[str, ...], SiteEstimate] = {}
    for message in messages:
        kept[message.about.key] = message
    return tuple(kept.values())


def per_outcome(messages: Sequence[SiteEstimate], *, made_on: date) -> tuple[PerOutcome, ...]:
    """Every outcome of one method put together, in the order the outcomes first came.

    Takes   messages   of one method, oldest first; different outcomes, horizons, subgroups and units are kept apart
    Raises  nothing of its own; `pool` refuses messages of several methods
    """
    heaps: dict[tuple[str, str, str, str, int], list[SiteEstimate]] = {}
    for message in newest(messages):
        about = message.about
        heap = (about.outcome, about.horizon, about.subgroup, message.unit, message.benefit)
        heaps.setdefault(heap, []).append(message)
    found = []
    for (outcome, horizon, subgroup, unit, _), heap_of in heaps.items():
        pooled = pool(heap_of)
        grade = graded_pool(pooled, worthwhile=WORTHWHILE.get(unit, 1.0))
        known = known_of(outcome, pooled, grade, made_on=made_on)
        found.append(PerOutcome(outcome, horizon, subgroup, pooled, grade, known))
    return tuple(found)


def known_of(outcome: str, pooled: Pooled, grade: Grade, *, made_on: date) -> Known:
    """The outcome as it travels. Where nothing is sure no number travels, only why."""
    sure = grade.shows_number and pooled.estimate is not None
    own = [row for row in pooled.rows if not row.message.about.external]
    waiting = [row for row in own if row.left_out == "running"]
    ready = [row.message for row in own if row.left_out != "running"]
    return Known(
        outcome=outcome, unit=pooled.unit, benefit=pooled.benefit, locks=grade.locks if sure else 0,
        sites=pooled.sites, pupils=pooled.pupils, estimate=pooled.estimate if sure else None,
        low=pooled.low if sure else None, high=pooled.high if sure else None,
        next_low=pooled.next_low if sure else None, next_high=pooled.next_high if sure else None,
        nulls=sum(_holds_nought(message) for message in ready), harms=sum(_is_harm(message) for message in ready),
        running=len(waiting), shown_only=sum(row.left_out not in ("", "running") for row in own),
        i2=pooled.i2 if sure else None, why=tuple(step.code for step in grade.steps if step.change < 0),
        cannot_tell=pooled.cannot_tell, made_on=made_on,
    )  # fmt: skip


def _interval(message: SiteEstimate) -> tuple[float, float] | None:
    if message.estimate is None or message.se is None:
        return None
    return message.estimate - Z * message.se, message.estimate + Z * message.se


def _holds_nought(message: SiteEstimate) -> bool:
    ends = _interval(message)
    return ends is not None and ends[0] <= 0 <= ends[1]


def _is_harm(message: SiteEstimate) -> bool:
    ends = _interval(message)
    return ends is not None and (ends[1] < 0 if message.benefit > 0 else ends[0] > 0)
