"""How far a sub-project has come, told from what it has done: steps with days, and one sentence. Nobody chooses it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .silence import days_silent, is_silent

Text = tuple[str, str]

APPLIED, ANALYSED, GOALS, PLANNED, STARTED = "applied", "analysed", "goals", "planned", "started"
INTERIM, FINAL, HANDED = "interim", "final", "handed_over"
STEPS: Final[dict[str, Text]] = {
    APPLIED: ("Ansökan", "Application"),
    ANALYSED: ("Nulägesanalys", "Current-state analysis"),
    GOALS: ("Mål", "Goals"),
    PLANNED: ("Utvärderingsplan", "Evaluation plan"),
    STARTED: ("Start", "Start"),
    INTERIM: ("Delrapport", "Interim report"),
    FINAL: ("Slutrapport", "Final report"),
    HANDED: ("Överlämning", "Hand-over"),
}
WAITS_FOR: Final[dict[str, Text]] = {
    APPLIED: ("ansökan ska lämnas in", "the application is to be handed in"),
    ANALYSED: ("nulägesanalysen ska bli klar", "the current-state analysis is to be finished"),
    GOALS: ("mål med utgångsläge ska sättas", "goals with a baseline are to be set"),
    PLANNED: ("utvärderingsplanen ska låsas", "the evaluation plan is to be locked"),
    STARTED: ("den första aktiviteten ska hållas", "the first activity is to be held"),
    INTERIM: ("delrapporten ska lämnas", "the interim report is to be handed in"),
    FINAL: ("slutrapporten ska lämnas", "the final report is to be handed in"),
    HANDED: ("överlämningen ska göras", "the hand-over is to be made"),
}


@dataclass(frozen=True, slots=True)
class Done:
    """When each step was done; a step that isn't here isn't. `last_act`: the latest day that anything was done."""

    steps: dict[str, date]
    last_act: date | None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step: when it was done (None: not yet), and whether it is the one that comes next."""

    key: str
    done_on: date | None
    comes_next: bool


@dataclass(frozen=True, slots=True)
class State:
    """All steps in order, the one that comes next (empty: none), and how long it has been silent.

    silent   whether the silence is longer than it may be; a sub-project that is ended is never silent
    days     since the last act, July not counted; None: nothing was ever done
    """

    steps: tuple[Step, ...]
    next_step: str
    silent: bool
    days: int | None


def state_of(done: Done, today: date) -> State:
    """How far it has come. A later step that is done doesn't make an earlier one so."""
    missing = [key for key in STEPS if key not in done.steps]
    following = missing[0] if missing and not done.ended else ""
    steps = tuple(Step(key, done.steps.get(key), key == following) for key in STEPS)
    if done.last_act is None:
        return State(steps, following, silent=not done.ended, days=None)
    silent = not done.ended and is_silent(done.last_act, today)
    return State(steps, following, silent, days_silent(done.last_act, today))


def sentence(state: State, language: int) -> str:
    """The state in one sentence: 0 Swedish, 1 English."""
    count, of = sum(step.done_on is not None for step in state.steps), len(state.steps)
    done = (f"{count} av {of} steg är gjorda", f"{count} of {of} steps are done")[language]
    if not state.next_step:
        return f"{done}."
    return f"{done}; {WAITS_FOR[state.next_step][language]}."
