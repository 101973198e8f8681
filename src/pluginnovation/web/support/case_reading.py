"""What a case's page shows, gathered in a number of queries that doesn't grow with what stands in the case."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pluginnovation.support import case_clocks, case_states, obstacles
from pluginnovation.support.case_states import missing
from pluginnovation.support.case_texts import SECTIONS, Section
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.support.fidelity import Counted, counted
from pluginnovation.support.goals import INDICATORS, PROGRESS, UNITS, Figure, progress
from pluginnovation.web.people.clock import today

from .figures_now import figures_now
from .marking import marks_of
from .models import Case, CaseStep, CaseText, Decision, Goal, Measure
from .owners import Staff
from .spoken import clock_for, told
from .standing import decisions_of, texts_of

MOVED = "to_"


@dataclass(frozen=True, slots=True)
class SectionRow:
    """One section: its words, the text that stands, and texts beside it that nobody has merged yet."""

    section: Section
    title: str
    about: str
    text: CaseText | None
    beside: list[CaseText]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One of the law's steps: what, whose, what the law says of time, and how near a day that somebody set is."""

    row: CaseStep
    label: str
    role: str
    time: str
    law: str
    clock: str
    perhaps: bool


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal with its figure then and now."""

    row: Goal
    label: str
    unit: str
    now: Figure
    word: str
    state: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with what was given of it.

    given      times in all
    followed   how far its method's points were followed; None: it follows none
    """

    row: Measure
    title: str
    owner: str
    given: int
    followed: Counted | None


@dataclass(slots=True)
class Read:
    """A case as it stands."""

    case: Case
    sections: list[SectionRow]
    steps: list[StepRow]
    decision: Decision | None
    goals: list[GoalRow]
    measures: list[MeasureRow]
    obstacles: list[str]
    standing: case_states.Standing
    history: list[CaseStep] = field(default_factory=list)

    @property
    def next(self) -> case_clocks.Next | None:
        """Who must act next."""
        done = {step.row.step: step.row.done_on for step in self.steps}
        listed = [step for step in case_clocks.STEPS if self.case.kind in step.kinds and step.key in done]
        return case_clocks.next_actor(self.case.kind, self.case.state, self.standing, listed, done)

    @property
    def moves(self) -> list[tuple[case_states.Move, str, list[str]]]:
        """The moves from here: each with its label and what is missing for it."""
        if self.case.closed_at is not None:
            return []
        return [
            (move, told(move.label), [told(case_states.NEEDS[need]) for need in missing(move, self.standing)])
            for move in case_states.moves_from(self.case.kind, self.case.state)
        ]


def read_case(case: Case, staff: Staff) -> Read:
    """The case as it stands. Ten queries.

    Takes   staff   the adults of the case's school
    """
    texts, beside = texts_of(case), list(case.texts.filter(beside=True).select_related("by").order_by("at"))
    rows = list(case.steps.select_related("done_by").order_by("at", "id"))
    goals = list(case.goals.order_by("ended_at", "by_when", "id"))
    measures = list(case.measures.prefetch_related("doses", "marks").order_by("starts", "id"))
    standing_obstacles = {row.key for row in case.obstacles.all() if row.gone_at is None}
    decisions = decisions_of(case)
    standing = case_states.Standing(
        texts=frozenset(texts),
        goals=sum(goal.ended_at is None for goal in goals),
        measures=sum(measure.end_reason != "mistake" for measure in measures),
        verdicts={kind: row.verdict for kind, row in decisions.items()},
    )
    return Read(
        case=case,
        sections=[_section(section, texts.get(section.key), beside) for section in SECTIONS[case.kind]],
        steps=_steps(case.kind, rows),
        decision=decisions.get(case_states.SPECIAL_SUPPORT),
        goals=_goals(goals, figures_now(case.pupil) if goals else {}),
        measures=[measure_row(measure, staff) for measure in measures],
        obstacles=[told((one.sv, one.en)) for one in obstacles.OBSTACLES if one.key in standing_obstacles],
        standing=standing,
        history=[row for row in rows if row.step.startswith(MOVED)],
    )


def _section(section: Section, text: CaseText | None, beside: Iterable[CaseText]) -> SectionRow:
    unmerged = [
        row for row in beside if row.section == section.key and (text is None or row.at > text.at or row.pk > text.pk)
    ]
    return SectionRow(section, told(section.title), told(section.about), text, unmerged)


def _steps(kind: str, rows: Iterable[CaseStep]) -> list[StepRow]:
    by_key: dict[str, case_clocks.Step] = {}
    for step in case_clocks.STEPS:
        if kind in step.kinds:
            by_key.setdefault(step.key, step)
    found = []
    for row in rows:
        step_of = by_key.get(row.step)
        if step_of is not None:
            found.append(
                StepRow(
                    row, told(step_of.label), step_of.role, told(case_clocks.TIMES[step_of.time]), step_of.law,
                    clock_for(row.due, done=row.done_on is not None), step_of.perhaps,
                )
            )  # fmt: skip
    return found


def _goals(rows: Iterable[Goal], now: dict[str, Figure]) -> list[GoalRow]:
    found = []
    for row in rows:
        indicator = INDICATORS.get(row.indicator)
        figure = now.get(row.indicator, Figure(None, None))
        state = progress(row.baseline, row.target, figure) if indicator else ""
        found.append(
            GoalRow(
                row, told(indicator.label) if indicator else "", told(UNITS[indicator.unit]) if indicator else "",
                figure, told(PROGRESS[state]) if state else "", state,
            )
        )  # fmt: skip
    return found


def measure_row(measure: Measure, staff: Staff) -> MeasureRow:
    """A measure with its name, its owner's, and what was given; its doses and marks are asked for before."""
    kind = BY_KEY.get(measure.kind)
    title = told((kind.sv, kind.en)) if kind else measure.kind
    points = measure.fidelity_points
    return MeasureRow(
        measure, title, staff.owner(measure.owner, measure.owner_role), sum(dose.times for dose in measure.doses.all()),
        counted(points, marks_of(measure)) if points else None,
    )  # fmt: skip


def appeal_day(decision: Decision | None) -> date | None:
    """The last day to appeal; none before somebody was told."""
    return case_clocks.appeal_until(decision.told_on) if decision and decision.told_on else None


def days_open(case: Case) -> int:
    """How many days the case has been open, or was."""
    until = case.closed_at.date() if case.closed_at else today()
    return case_clocks.days_gone(case.opened_at.date(), until)


def words_of_state(case: Case) -> dict[str, Any]:
    """The case's kind, state and outcome in the page's language."""
    return {
        "kind": told(case_states.KINDS[case.kind]),
        "state": told(case_states.STATES[case.state]),
        "outcome": told(case_states.OUTCOMES[case.outcome]) if case.outcome else "",
    }
