"""The evidence panel as a template shows it: what is known here, and what others have found, apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pluginnovation.evidence.plain_words import DESIGNS, STEPS, UNITS
from pluginnovation.knowledge.certainty import LOWERS, Shown, outcome_word, sentence, shown, signed
from pluginnovation.knowledge.panel import Help, Line, Panel, panels_from
from pluginnovation.web.signals.words import decimal, number, started

from ..models import MethodPage, PooledEvidence
from ..words import language

ALL: Final = 100.0
WHY: Final = {
    "running": gettext_lazy("pågår, vägs inte in"),
    "external": gettext_lazy("utanför regionen, vägs inte in"),
    "no_design": gettext_lazy("inget att jämföra med, vägs inte in"),
    "cannot_tell": gettext_lazy("går inte att avgöra"),
    "weaker_design": gettext_lazy("svagare jämförelse, vägs inte in"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, its numbers as text. detail: in the site's own language; note: in the reader's."""

    line: Line
    name: str
    detail: str
    note: str
    pupils: str
    value: str
    interval: str

    @property
    def drawn(self) -> SafeString:
        """The drawing: made by our own code of numbers alone, see `evidence.forest`."""
        return mark_safe(self.line.drawn)  # noqa: S308


@dataclass(frozen=True, slots=True)
class Outcome:
    """One panel in the reader's language, with everything that a template prints."""

    panel: Panel
    title: str
    caption: str
    sure: Shown
    saying: str
    grounds: tuple[str, ...]
    notes: tuple[str, ...]
    own: tuple[Row, ...]
    outside: tuple[Row, ...]
    made: Any
    version: int

    @property
    def zero(self) -> str:
        """Where the line of no difference stands in the drawing."""
        return f"{2.5 * self.panel.zero:.1f}"

    @property
    def scale(self) -> SafeString:
        """The marks of the scale, as text in the drawing."""
        marks = ((f"{2.5 * tick.at:.1f}", _mark(tick.value)) for tick in self.panel.ticks)
        return format_html_join("", '<text class="tag mid" x="{}" y="22">{}</text>', marks)

    @property
    def sites(self) -> str:
        """How many estimates there are, and how many hold no sure difference or harm."""
        known, count = self.panel.known, sum(row.line.kind != "together" for row in self.own)
        found = ngettext("{n} skattning", "{n} skattningar", count).format(n=number(count))
        if known.nulls:
            found += ", " + ngettext("{n} utan säker skillnad", "{n} utan säker skillnad", known.nulls).format(
                n=number(known.nulls)
            )
        if known.harms:
            found += ", " + ngettext("{n} åt fel håll", "{n} åt fel håll", known.harms).format(n=number(known.harms))
        return found


def outcomes_of(method: MethodPage) -> list[Outcome]:
    """What the network has measured of a method; empty: nobody has."""
    kept = PooledEvidence.objects.filter(method=method.key).order_by("outcome")
    return [_outcome(panel, method.title, row) for row in kept for panel in panels_from(row.document)]


def _outcome(panel: Panel, title: str, row: PooledEvidence) -> Outcome:
    spoken, known = language(), panel.known
    rows = [_row(line) for line in panel.lines]
    return Outcome(
        panel=panel, title=_title(panel), caption=_caption(panel), sure=shown(known.locks, spoken),
        saying=panel.saying(title, spoken),
        grounds=tuple(started(STEPS[step.code][spoken == "en"]) for step in panel.steps if step.code in LOWERS),
        notes=tuple(_notes(panel)),
        own=tuple(row for row in rows if row.line.kind != "external"),
        outside=tuple(row for row in rows if row.line.kind == "external"),
        made=row.made_at, version=row.version,
    )  # fmt: skip


def _title(panel: Panel) -> str:
    about = [started(outcome_word(panel.known.outcome, language()))]
    about += [each for each in (panel.horizon, panel.subgroup) if each]
    return ", ".join(about)


def _caption(panel: Panel) -> str:
    unit = unit_word(panel.known.unit)
    said = _("Skillnad mot jämförelsegruppen, {unit}.").format(unit=unit)
    side = _("Till höger om noll är mer.") if panel.known.benefit > 0 else _("Till vänster om noll är mindre.")
    return f"{said} {side}"


def unit_word(unit: str) -> str:
    """The unit as it stands after a number."""
    return UNITS[unit][0][language() == "en"] if unit in UNITS else unit


def _row(line: Line) -> Row:
    spoken = language()
    together = line.kind == "together"
    name, note = (_("Sammanvägt"), _next(line)) if together else (line.name, str(WHY.get(line.why, "")))
    known = line.estimate is not None and line.low is not None and line.high is not None
    value = signed(line.estimate, spoken) if known and line.estimate is not None else _("Går inte att avgöra")
    interval = ""
    if known and line.low is not None and line.high is not None:
        interval = _("{low} till {high}").format(low=signed(line.low, spoken), high=signed(line.high, spoken))
    pupils = "" if line.pupils is None else number(line.pupils)
    return Row(line, name, line.detail, note, pupils, value, interval)


def _next(line: Line) -> str:
    return _("streckad linje: där en ny skola troligen hamnar") if "forest-next" in line.drawn else ""


def _mark(value: float) -> str:
    text = f"{value:+g}" if value else "0"
    return (text if language() == "en" else text.replace(".", ",")).replace("-", "−")


def _notes(panel: Panel) -> Iterable[str]:
    """What spoils it, said out loud: how sites differ, what each kind of comparison says, how much of the help."""
    known, spoken = panel.known, language()
    if known.i2 is not None:
        share = decimal(known.i2, 0)
        yield _("{share} % av skillnaderna mellan ställena är mer än slump.").format(share=share)
    if panel.lowest is not None and panel.highest is not None and known.locks:
        yield _("Om ett ställe i taget räknas bort hamnar medelvärdet mellan {low} och {high}.").format(
            low=signed(panel.lowest, spoken), high=signed(panel.highest, spoken)
        )
    if known.running:
        yield ngettext(
            "{n} pågår fortfarande och vägs inte in.", "{n} pågår fortfarande och vägs inte in.", known.running
        ).format(n=number(known.running))
    yield from (_help(each) for each in panel.helps)
    yield from _kinds(panel)


def _help(each: Help) -> str:
    said = []
    if each.hours is not None:
        hours = _("{hours} timmar per elev i medeltal").format(hours=decimal(each.hours))
        share = _(", känt för {share} % av dem").format(share=decimal(each.share, 0)) if each.share is not None else ""
        said.append(hours + share)
    if each.times is not None:
        said.append(_("{times} tillfällen per elev i medeltal").format(times=decimal(each.times)))
    if each.planned is not None:
        said.append(_("{share} % av de planerade tillfällena gavs").format(share=decimal(each.planned, 0)))
    if each.cost is not None:
        said.append(_("{cost} kronor för varje enhets förbättring").format(cost=number(round(each.cost))))
    whole = ". ".join(filter(None, (", ".join(said), *_fidelity(each))))
    return f"{each.name}: {whole}.".replace(" %", "\u00a0%")


def _fidelity(each: Help) -> Iterable[str]:
    """How far it was the method: of the points that somebody told of, and apart from those that nobody did."""
    if each.followed is not None:
        wholly = _("Av metodens besvarade punkter följdes {share} %").format(share=decimal(each.followed, 0))
        partly = _(", delvis {share} %").format(share=decimal(each.partly, 0)) if each.partly else ""
        yield wholly + partly
    if each.known is not None and each.known < ALL:
        yield _("Om {share} % av punkterna vet ingen").format(share=decimal(ALL - each.known, 0))


def _kinds(panel: Panel) -> Iterable[str]:
    if len(panel.kinds) < 2 or not panel.known.locks:
        return
    spoken = language()
    for kind in panel.kinds:
        if kind.estimate is not None and kind.low is not None and kind.high is not None:
            how = DESIGNS.get(kind.design, (kind.design, kind.design))[spoken == "en"]
            yield _("{how} {n} skattningar: {value} ({low} till {high}).").format(
                how=how, n=number(kind.sites), value=signed(kind.estimate, spoken), low=signed(kind.low, spoken),
                high=signed(kind.high, spoken),
            )  # fmt: skip


def best_of(outcomes: Sequence[Outcome]) -> Outcome | None:
    """The outcome that is best known; None: nobody here has measured any."""
    return max(outcomes, key=lambda each: each.panel.known.locks, default=None)


def promise_of(outcomes: Sequence[Outcome]) -> str:
    """The sentence that the page's answer ends with: what is known here, in words tied to how sure it is."""
    best = best_of(outcomes)
    return sentence(best.panel.known, language()) if best and best.panel.known.locks else ""
