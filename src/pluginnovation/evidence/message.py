"""What a site tells the others: an estimate and its doubt, counts of at least ten, and no person.

About two kilobytes. Never rows, residuals, weights, per-school tables, dates of events, or cells under ten.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import json

from pluginnovation.records.refusals import Refusal

from .result import HELD, LOCKED_LATE, MIN_PUPILS, UNKNOWN, Result

ROUNDED_TO: Final = 5
# Of the figures beside an estimate these travel: how much of the help was had, how far the method was followed, and
# what a gain cost.
OF_THE_HELP: Final = (
    "hours_of_help", "hours_known", "times_of_help", "share_of_planned", "points_known", "points_followed",
    "points_partly", "cost_per_unit",
)  # fmt: skip
EVALUATORS: Final = ("independent", "took_part", "developer")
WITHHELD: Final = ("Skatta om med fler elever, eller vänta.", "Estimate again with more pupils, or wait.")


@dataclass(frozen=True, slots=True)
class About:
    """What an estimate is of, where, and who made it.

    site        the node's name for itself; project, method, outcome: as the plan has them
    horizon     such as 'spring 2027'; subgroup: empty for all
    detail      for a reader of the forest plot, such as 'lottery, year 8'
    evaluator   'independent', 'took_part' (in the delivery) or 'developer' (of the method)
    same_population   whether the pupils are like those the question is about (age, country)
    external    from outside the network: shown apart, never pooled with the network's own
    running     outcomes are still coming in: shown hollow, never pooled
    """

    site: str
    project: str
    method: str
    outcome: str
    horizon: str = ""
    subgroup: str = ""
    detail: str = ""
    evaluator: str = "took_part"
    same_population: bool = True
    external: bool = False
    running: bool = False

    @property
    def key(self) -> tuple[str, ...]:
        """What a later message of the same thing shares with an earlier one."""
        return (self.site, self.project, self.method, self.outcome, self.horizon, self.subgroup)


@dataclass(frozen=True, slots=True)
class SiteEstimate:
    """One estimate as it travels. Counts are rounded to five; None is withheld or cannot be told.

    estimate, se, df   in `unit`, as the result has them; log_odds with its own standard error
    compared_mean      the outcome without the help
    failed, untried    names of what the design must pass and did not, or could not try
    sensitivity        named numbers, such as an E-value
    late               its plan was locked after the outcome had begun
    of_the_help        named numbers of OF_THE_HELP: such as mean hours and the share they are known of
    plan               the locked plan's checksum; engine: the version that estimated
    """

    about: About
    design: str
    estimand: str
    unit: str
    benefit: int
    cap: int
    treated: int | None
    compared: int | None
    schools_treated: int
    schools_compared: int
    estimate: float | None = None
    se: float | None = None
    df: float | None = None
    log_odds: float | None = None
    log_odds_se: float | None = None
    compared_mean: float | None = None
    cannot_tell: str = ""
    failed: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    sensitivity: tuple[tuple[str, float], ...] = ()
    departures: tuple[str, ...] = ()
    plan: str = ""
    engine: str = ""
    of_the_help: tuple[tuple[str, float], ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A message and the exact counts behind it. Those stay at the node, to see whether the next gives a person away."""

    message: SiteEstimate
    treated: int
    compared: int


def message_of(result: Result, about: About, *, engine: str, earlier: Sequence[Sent] = ()) -> Sent:
    """The message, when it gives nobody away. A result that cannot tell travels too, without numbers.

    Raises  Refusal 'under_ten' (pupils on a side), 'all_or_nobody' (a share of 0 or 100 says how it went for each),
            'differs_by_few' (less an earlier message, or the whole, leaves one to nine pupils)
    """
    sizes = result.sizes
    named = [d for d in result.diagnostics if d.must_pass and d.outcome != HELD]
    if result.estimate is not None:
        _allowed(result)
        _apart(about, (sizes.treated, sizes.compared), earlier)
    message = SiteEstimate(
        about, result.design, result.estimand, result.unit, result.benefit, result.cap,
        _rounded(sizes.treated), _rounded(sizes.compared), sizes.schools_treated, sizes.schools_compared,
        result.estimate, result.se, result.df, result.log_odds, result.log_odds_se, result.compared_mean,
        result.cannot_tell, tuple(d.name for d in named if d.outcome != UNKNOWN),
        tuple(d.name for d in named if d.outcome == UNKNOWN),
        tuple((f.name, f.estimate) for f in result.sensitivity if f.estimate is not None),
        result.departures, result.plan, engine,
        tuple((f.name, f.estimate) for f in result.extra if f.name in OF_THE_HELP and f.estimate is not None),
        LOCKED_LATE in result.assumptions,
    )  # fmt: skip
    return Sent(message, sizes.treated, sizes.compared)


def bytes_of(message: SiteEstimate) -> bytes:
    """The message as JSON, in a fixed order."""
    return json.encode(message, order="sorted")


def message_from(raw: bytes) -> SiteEstimate:
    """A message that `bytes_of` wrote, from another node.

    Raises  msgspec.ValidationError; Refusal 'under_ten', 'variance_not_positive' when the sender's checks were not ours
    """
    found = json.decode(raw, type=SiteEstimate)
    if found.estimate is not None and min(found.treated or 0, found.compared or 0) < MIN_PUPILS:
        raise _under_ten()
    if found.estimate is not None and not (found.se is not None and 0 < found.se < float("inf")):
        raise Refusal(
            "variance_not_positive",
            what=("En skattning saknar osäkerhet.", "An estimate has no doubt."),
            where=found.about.site,
            todo=("Be avsändaren skatta om.", "Ask the sender to estimate again."),
        )
    return found


def _allowed(result: Result) -> None:
    sizes = result.sizes
    if min(sizes.treated, sizes.compared) < MIN_PUPILS:
        raise _under_ten()
    shares = [result.compared_mean, None]
    if result.compared_mean is not None and result.estimate is not None:
        shares[1] = result.compared_mean + result.estimate
    if result.unit == "per_100" and any(each is not None and not 0.05 < each < 99.95 for each in shares):
        raise Refusal(
            "all_or_nobody",
            what=(
                "Alla eller ingen hade utfallet i en av grupperna.",
                "Everyone or nobody had the outcome in one of the groups.",
            ),
            todo=WITHHELD,
        )


def _under_ten() -> Refusal:
    return Refusal(
        "under_ten",
        what=("Färre än tio elever står bakom skattningen.", "Fewer than ten pupils stand behind the estimate."),
        todo=WITHHELD,
    )


def _apart(about: About, counts: tuple[int, int], earlier: Sequence[Sent]) -> None:
    for sent in earlier:
        other = sent.message.about
        same = other.key == about.key or other.key[:-1] == about.key[:-1]
        gaps = [abs(new - old) for new, old in zip(counts, (sent.treated, sent.compared), strict=True)]
        if same and any(0 < gap < MIN_PUPILS for gap in gaps):
            raise Refusal(
                "differs_by_few",
                what=(
                    "Skillnaden mot ett tidigare meddelande är färre än tio elever.",
                    "The difference from an earlier message is fewer than ten pupils.",
                ),
                todo=WITHHELD,
            )


def _rounded(count: int) -> int | None:
    return None if count < MIN_PUPILS else ROUNDED_TO * round(count / ROUNDED_TO)
