"""The plan: what is asked and how it will be answered, decided before anybody looks at an outcome."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.records.refusals import Refusal

DESIGNS: Final = (
    "waiting_list", "school_draw", "rollout", "comparison", "threshold", "synthetic_control", "hazard", "before_after",
)  # fmt: skip
KINDS: Final = {"share": "percentage_points", "count": "passes", "yes_no": "per_100"}
# Where a node finds who was offered the help: its logged draws, its measures, or the day each school began.
DECIDED_IN: Final = ("draws", "measures", "starts")
SUBGROUPS_MOST: Final = 12
COVARIATES_MOST: Final = 40
WORTHWHILE: Final = 3.0  # what three more of a hundred is worth; the same unit as the outcome


@dataclass(frozen=True, slots=True)
class Population:
    """Who the question is about: enrolled on the index date, in these school forms and years (empty: all)."""

    school_forms: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    schools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is measured.

    name      as `outcomes` knows it, such as 'absence_share', 'courses_passed', 'in_school'
    kind      'share' (percentage points), 'count' (passes), 'yes_no' (per 100)
    benefit   +1 when more is better, -1 when less is: it is said, never guessed
    worthwhile   least change that anybody would pay for, in the outcome's unit, above 0
    """

    name: str
    kind: str
    benefit: int
    worthwhile: float = WORTHWHILE

    @property
    def unit(self) -> str:
        """The natural unit: 'percentage_points', 'passes' or 'per_100'."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Window:
    """When. Nothing dated after the index date may explain; nothing before `opens` is an outcome.

    index_date   the draw, the choice or the start: what was known then may be used, and nothing later
    before_days  how long before the index date is looked at for absence and grades, 1 or more
    opens, closes   first and last day of the outcome, after the index date
    """

    index_date: date
    before_days: int
    opens: date
    closes: date


@dataclass(frozen=True, slots=True)
class Plan:
    """One question and how it is answered.

    name        the plan's own, a-z, digits and '-'
    question    as a person would ask it
    method      the method that was tried, by its name
    design      one of DESIGNS
    comparison  who is compared with, in words
    covariates  known before the index date, in the order that the table has them
    placebos    what the help can't have changed, such as 'absence_share_before'
    subgroups   planned ones; everything else is exploratory too, and isn't computed
    primary     the one planned outcome and horizon of its sub-project; others are exploratory
    seed        of everything drawn by chance in the analysis
    score       of a threshold design: the measure that decides, as it was before the index date; cutoff: at or above it
                help is offered
    cost        kronor per pupil who was offered the help; None: not known
    as_dated    records reached the platform after the index date (a first import of earlier years): what is dated by
                then is used as it is believed now. Said beside the answer, since a later correction may leak
    decisions   where who was offered the help is found at a node, such as 'draws:study_coach' (one of DECIDED_IN, and
                the kind of measure); empty: handed in as a list
    """

    name: str
    question: str
    method: str
    design: str
    comparison: str
    outcome: Outcome
    window: Window
    population: Population = Population()
    covariates: tuple[str, ...] = ()
    placebos: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    primary: bool = True
    seed: int = 1
    score: str = ""
    cutoff: float = 0.0
    cost: float | None = None
    as_dated: bool = False
    decisions: str = ""

    @property
    def decided_in(self) -> tuple[str, str]:
        """One of DECIDED_IN and the kind of measure; two empty words when decisions are handed in."""
        way, _, kind = self.decisions.partition(":")
        return way, kind


def checked(plan: Plan) -> Plan:
    """The plan, when it can be carried out as written.

    Raises  Refusal 'plan_…' for the first thing that can't be, with the field as its place
    """
    for place, wrong, what in _faults(plan):
        if wrong:
            raise Refusal(f"plan_{place.replace('.', '_')}", what=what, todo=PUT_RIGHT, where=place)
    return plan


PUT_RIGHT: Final = ("Rätta planen innan den låses.", "Put the plan right before it is locked.")
Fault = tuple[str, bool, tuple[str, str]]


def _faults(plan: Plan) -> tuple[Fault, ...]:
    return (
        *_faults_in_words(plan),
        *_faults_in_outcome(plan.outcome),
        *_faults_in_window(plan),
        *_faults_in_lists(plan),
    )


def _faults_in_words(plan: Plan) -> tuple[Fault, ...]:
    named = bool(plan.name) and all(c.isascii() and (c.isdigit() or c.islower() or c == "-") for c in plan.name)
    known = ", ".join(DESIGNS)
    return (
        ("name", not named, ("Namnet har bara a-z, siffror och bindestreck.", "The name has a-z, digits and hyphens.")),
        ("question", not plan.question.strip(), ("Frågan saknas.", "There is no question.")),
        ("method", not plan.method.strip(), ("Metoden saknas.", "There is no method.")),
        ("comparison", not plan.comparison.strip(), ("Jämförelsen saknas.", "There is nothing to compare with.")),
        ("design", plan.design not in DESIGNS, (f"Upplägget ska vara ett av: {known}.", f"Known designs: {known}.")),
        ("score", plan.design == "threshold" and not plan.score, ("Måttet med gränsen saknas.", "No score is named.")),
        ("seed", not 0 <= plan.seed < 2**63, ("Fröet ska vara 0 eller mer.", "The seed must be 0 or more.")),
        (
            "decisions",
            bool(plan.decisions) and not (plan.decided_in[0] in DECIDED_IN and plan.decided_in[1]),
            ("Det står inte var besluten finns.", "It isn't said where the decisions are."),
        ),
        (
            "cost",
            plan.cost is not None and not plan.cost >= 0,
            ("Kostnaden är under noll.", "The cost is below nought."),
        ),
    )


def _faults_in_outcome(outcome: Outcome) -> tuple[Fault, ...]:
    kinds = ", ".join(KINDS)
    direction = ("Säg om mer är bättre (1) eller sämre (-1).", "Say whether more is better (1) or worse (-1).")
    worth = ("Minsta förändring som är värd något ska vara över noll.", "The least worthwhile change must be above 0.")
    return (
        ("outcome.name", not outcome.name.strip(), ("Utfallet saknas.", "There is no outcome.")),
        ("outcome.kind", outcome.kind not in KINDS, (f"Utfallets slag ska vara ett av: {kinds}.", f"Kinds: {kinds}.")),
        ("outcome.benefit", outcome.benefit not in (1, -1), direction),
        ("outcome.worthwhile", not outcome.worthwhile > 0, worth),
    )


def _faults_in_window(plan: Plan) -> tuple[Fault, ...]:
    window = plan.window
    after = ("Utfallet mäts efter indexdagen.", "The outcome is measured after the index date.")
    order = ("Utfallets sista dag är före dess första.", "The outcome's last day is before its first.")
    before = ("Tiden före indexdagen är minst en dag.", "The time before the index date is a day or more.")
    return (
        ("window.before_days", window.before_days < 1, before),
        ("window.opens", window.opens <= window.index_date, after),
        ("window.closes", window.closes < window.opens, order),
    )


def _faults_in_lists(plan: Plan) -> tuple[Fault, ...]:
    doubled = ("Samma namn står två gånger.", "The same name stands twice.")
    many = ("Det är för många undergrupper för att någon ska gå att lita på.", "Too many subgroups to trust any.")
    wide = ("Det är för många förklarande mått.", "There are too many covariates.")
    itself = ("Utfallet kan inte förklara sig självt.", "The outcome can't explain itself.")
    lists = (("covariates", plan.covariates), ("placebos", plan.placebos), ("subgroups", plan.subgroups))
    return (
        *((place, len(set(names)) < len(names), doubled) for place, names in lists),
        ("subgroups", len(plan.subgroups) > SUBGROUPS_MOST, many),
        ("covariates", len(plan.covariates) > COVARIATES_MOST, wide),
        ("covariates", plan.outcome.name in plan.covariates, itself),
    )
