"""Goals as pages show them: where they began, where they are with the interval, the target, and what that means."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.projects.goals import (
    ALREADY,
    AWAY,
    CHANCE,
    FEW,
    MEASURED,
    NO_BASELINE,
    OWN_WORDS,
    REACHED,
    SCALE,
    TEXT,
    TOWARDS,
    UNKNOWN,
    Aim,
    Measured,
    Standing,
    standing,
)
from pluginnovation.web.signals.words import NBSP, decimal, language, number

from .goals_counted import BEFORE, NOW, SEX
from .goals_set import aim_of, thousandths
from .models import Goal, GoalFigures, GoalReading

# The drawing: a line from the least to the most of the scale, in a box.
WIDTH, LEFT, RIGHT = 360, 14, 346
BOX: Final = f"0 36 {WIDTH} 58"


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn of a goal: places along the line, and the words above it. A place is null where nothing is known.

    marks   (place, word) under the line
    """

    low: float | None
    high: float | None
    now: float
    baseline: float | None
    target: float
    marks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class GoalTold:
    """One goal.

    by_records   the records read it off
    n            participants behind what is measured now
    parts        of a split: the part's name, what is measured now, and where it began
    """

    goal: Goal
    aim: Aim
    now: Measured | None
    stands: Standing
    by_records: bool
    parts: tuple[tuple[str, str, str], ...]
    readings: tuple[GoalReading, ...]

    @property
    def box(self) -> str:
        """The drawing's box."""
        return BOX

    @property
    def baseline(self) -> str:
        """Where it began."""
        return value_told(self.goal, self.aim.baseline)

    @property
    def target(self) -> str:
        """Where it should be."""
        return self.goal.text_target if self.goal.kind == TEXT else value_told(self.goal, self.aim.target)

    @property
    def value(self) -> str:
        """Where it is."""
        return value_told(self.goal, self.now.value if self.now else None)

    @property
    def band(self) -> str:
        """The interval, in the unit."""
        if self.now is None or self.now.low is None or self.now.high is None:
            return ""
        return f"{_plain(self.now.low)}–{_plain(self.now.high)}"

    @property
    def says(self) -> str:
        """What that means, in a sentence."""
        return sentence(self.stands)

    @property
    def chart(self) -> Chart | None:
        """The drawing; none without a number now."""
        if self.now is None or self.stands.says not in (MEASURED, NO_BASELINE) or self.aim.target is None:
            return None
        return chart_of(self.goal, self.aim, self.now)


def sentence(stands: Standing) -> str:
    """How a goal stands, in words."""
    words = {
        NO_BASELINE: _("Målet saknar utgångsläge, så det går inte att säga om något har ändrats."),
        FEW: _("Färre än tio deltagare har uppgifter, så siffran visas inte."),
        UNKNOWN: _("Okänt. Inget är avläst än."),
        OWN_WORDS: _("Målet är i ord och läses av i ord."),
        REACHED: _("Målet är nått. Om insatsen är skälet visar jämförelsen i planen."),
        ALREADY: _("Utgångsläget nådde redan målet. Sätt ett mål som betyder en förändring."),
        TOWARDS: _("På väg mot målet: utgångsläget ligger utanför intervallet."),
        CHANCE: _("Det kan vara slump: intervallet rymmer utgångsläget, eller så finns inget intervall."),
        AWAY: _("Åt fel håll: utgångsläget ligger utanför intervallet."),
    }
    return words[stands.moved or stands.says]


def goals_told(goals: Iterable[Goal], figures: GoalFigures | None) -> list[GoalTold]:
    """The goals with what was read off. One query."""
    listed = list(goals)
    readings: dict[int, list[GoalReading]] = {}
    for one in GoalReading.objects.filter(goal__in=listed).select_related("by").order_by("-on", "-pk"):
        readings.setdefault(one.goal_id, []).append(one)
    document = figures.document if figures else {}
    return [_told(goal, document, tuple(readings.get(goal.pk, ()))) for goal in listed]


def newest_figures(sub_project: int) -> GoalFigures | None:
    """What was counted last. One query."""
    return GoalFigures.objects.filter(sub_project=sub_project).order_by("-as_of").first()


def _told(goal: Goal, document: Mapping[str, Any], readings: tuple[GoalReading, ...]) -> GoalTold:
    aim = aim_of(goal)
    if not goal.indicator:
        now = _read(readings)
        return GoalTold(goal, aim, now, standing(aim, now), by_records=False, parts=(), readings=readings)
    counted = document.get("indicators", {}).get(goal.indicator, {})
    now, before = _measured(counted.get(NOW)), _measured(counted.get(BEFORE))
    if aim.baseline is None and before is not None:
        aim = replace(aim, baseline=before.value, baseline_n=before.n)
    stands = Standing(FEW) if document.get("few") else standing(aim, now)
    parts = document.get("parts", {}).get(goal.split, {}) if goal.split else {}
    rows = tuple(_part(goal, name, one.get(goal.indicator, {})) for name, one in parts.items())
    return GoalTold(goal, aim, now, stands, by_records=True, parts=rows, readings=readings)


def _read(readings: tuple[GoalReading, ...]) -> Measured | None:
    newest = readings[0] if readings else None
    if newest is None or newest.value is None:
        return None
    return Measured(thousandths(newest.value) or 0, newest.n or 0)


def _measured(stored: Mapping[str, Any] | None) -> Measured | None:
    return Measured(stored["value"], stored["n"], stored["low"], stored["high"]) if stored else None


def _part(goal: Goal, name: str, counted: Mapping[str, Any]) -> tuple[str, str, str]:
    now, before = _measured(counted.get(NOW)), _measured(counted.get(BEFORE))
    words = {"Man": _("Pojkar"), "Kvinna": _("Flickor")}
    called = words.get(name, name) if goal.split == SEX else _("Årskurs %(year)s") % {"year": name}
    return (
        called, _with_n(goal, now), value_told(goal, before.value) if before else _("Döljs"),
    )  # fmt: skip


def _with_n(goal: Goal, one: Measured | None) -> str:
    if one is None:
        return _("Döljs")
    of = ngettext("%(n)s deltagare", "%(n)s deltagare", one.n) % {"n": number(one.n)}
    return f"{value_told(goal, one.value)} ({_plain(one.low or 0)}–{_plain(one.high or 0)}), {of}"


def _plain(value: int) -> str:
    return decimal(value / 1000, 0 if value % 1000 == 0 else 1)


def value_told(goal: Goal, value: int | None) -> str:
    """A value in the goal's unit; the word for unknown when there is none."""
    if value is None:
        return _("Okänt")
    if goal.unit == "percent":
        return f"{_plain(value)}{NBSP}%" if language() == "sv" else f"{_plain(value)}%"
    return _plain(value)


def chart_of(goal: Goal, aim: Aim, now: Measured) -> Chart:
    """Where everything lies on a line that holds it all, from and to a round number."""
    assert aim.target is not None
    values = [one for one in (now.low, now.high, now.value, aim.baseline, aim.target) if one is not None]
    if goal.kind == SCALE:
        least, most, step = 1_000, 5_000, 1_000
    else:
        spread = max(values) - min(values)
        step = next(one for one in (1_000, 2_000, 5_000, 10_000, 20_000) if spread <= 6 * one or one == 20_000)
        least, most = min(values) // step * step, -(-max(values) // step) * step
        most = most if most > least else least + step

    def place(value: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (value - least) / (most - least), 1)

    return Chart(
        place(now.low) if now.low is not None else None, place(now.high) if now.high is not None else None,
        place(now.value), place(aim.baseline) if aim.baseline is not None else None, place(aim.target),
        tuple((place(one), _plain(one)) for one in range(least, most + 1, step)),
    )  # fmt: skip


def decimal_of(value: int | None) -> Decimal | None:
    """Thousandths as a stored number."""
    return None if value is None else Decimal(value) / 1000
