"""What of a case is handed over, copied as it stands that day; and the same told on a page."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from pluginnovation.support import case_clocks, case_states, ends, obstacles
from pluginnovation.support.case_texts import SECTIONS, section_of
from pluginnovation.support.transfers import DECISIONS, GOALS, MEASURES, OBSTACLES, PARTS, TEXT

from .cases import MOVED
from .measure_words import kind_word
from .models import Case, CaseTransfer
from .spoken import told
from .standing import decisions_of, texts_of

Said = dict[str, Any]


def offered_of(case: Case) -> tuple[str, ...]:
    """The parts that the case has something in, in the order of its page."""
    texts = texts_of(case)
    written = tuple(f"{TEXT}{one.key}" for one in SECTIONS[case.kind] if one.key in texts and texts[one.key].text)
    there = {
        OBSTACLES: case.obstacles.filter(gone_at=None).exists(),
        GOALS: case.goals.exists(),
        MEASURES: case.measures.exists(),
        DECISIONS: case.decisions.exists(),
    }
    return (*written, *(part for part in PARTS if there[part]))


def part_word(kind: str, part: str) -> str:
    """What a part is called."""
    section = section_of(kind, part.removeprefix(TEXT)) if part.startswith(TEXT) else None
    return told(section.title) if section else told(PARTS[part])


def said_of(case: Case, parts: Collection[str]) -> Said:
    """The chosen parts, in words and days. Kind, day of opening and the law's steps follow always.

    What isn't chosen is named, so that the next school knows what it may ask for; it can't look for itself.
    """
    rows = case.steps.exclude(step__startswith=MOVED).order_by("id")
    found: Said = {
        "kind": case.kind, "state": case.state, "opened": localdate(case.opened_at).isoformat(),
        "kept": [part for part in offered_of(case) if part not in parts],
        "steps": [[row.step, _day(row.due), _day(row.done_on)] for row in rows],
        "texts": [
            [section, row.text, row.by.name, localdate(row.at).isoformat()]
            for section, row in texts_of(case).items() if f"{TEXT}{section}" in parts
        ],
    }  # fmt: skip
    if OBSTACLES in parts:
        found[OBSTACLES] = list(case.obstacles.filter(gone_at=None).order_by("id").values_list("key", flat=True))
    if GOALS in parts:
        found[GOALS] = [[row.text, _day(row.by_when), row.ended_at is None] for row in case.goals.order_by("id")]
    if MEASURES in parts:
        found[MEASURES] = [
            [row.kind, row.goal, _day(row.starts), _day(row.ended_on), row.end_reason, row.planned_dose,
             sum(dose.times for dose in row.doses.all())]
            for row in case.measures.prefetch_related("doses").order_by("starts", "id")
        ]  # fmt: skip
    if DECISIONS in parts:
        found[DECISIONS] = [
            [kind, row.verdict, row.text, _day(localdate(row.at)), row.by.name]
            for kind, row in decisions_of(case).items()
        ]
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class SaidTold:
    """One hand-over as a page tells it: each part is a heading with lines."""

    kind: str
    state: str
    opened: date
    parts: list[tuple[str, list[str]]]
    missing: list[str]


def transfer_told(row: CaseTransfer) -> SaidTold:
    """What was handed over, in the page's language."""
    said = row.copied
    steps = {one.key: one.label for one in case_clocks.STEPS}
    parts = [(told(("Lagens steg", "The law's steps")), [_step_line(steps, *one) for one in said["steps"]])]
    parts += [
        (part_word(said["kind"], f"{TEXT}{section}"), [*text.splitlines(), f"{name}, {day}"])
        for section, text, name, day in said["texts"]
    ]
    barred = {one.key: (one.sv, one.en) for one in obstacles.OBSTACLES}
    lines = {
        OBSTACLES: [told(barred[key]) for key in said.get(OBSTACLES, ()) if key in barred],
        GOALS: [f"{text} ({day})" for text, day, _standing in said.get(GOALS, ())],
        MEASURES: [_measure_line(one) for one in said.get(MEASURES, ())],
        DECISIONS: [
            f"{told(case_states.DECISIONS[kind][verdict])}. {text} {name}, {day}"
            for kind, verdict, text, day, name in said.get(DECISIONS, ())
        ],
    }
    parts += [(told(PARTS[part]), found) for part, found in lines.items() if found]
    missing = [part_word(said["kind"], part) for part in said.get("kept", ())]
    opened = datetime.fromisoformat(said["opened"]).date()
    return SaidTold(
        told(case_states.KINDS[said["kind"]]), told(case_states.STATES[said["state"]]), opened,
        [(title, found) for title, found in parts if found], missing,
    )  # fmt: skip


def _step_line(labels: dict[str, tuple[str, str]], key: str, due: str | None, done: str | None) -> str:
    label = told(labels[key]) if key in labels else key
    if done:
        return f"{label}: {told(('gjort', 'done'))} {done}"
    return f"{label}: {told(('senast', 'by'))} {due}" if due else f"{label}: {told(('inte gjort', 'not done'))}"


def _measure_line(said: Sequence[Any]) -> str:
    kind, goal, starts, ended, reason, planned, given = said
    times = f"{given}/{planned}" if planned else str(given)
    until = f" – {ended} ({told(ends.REASONS[reason]).lower()})" if ended and reason in ends.REASONS else ""
    return f"{kind_word(kind)}, {starts}{until}, {told(('tillfällen', 'times'))} {times}. {goal}".strip()
