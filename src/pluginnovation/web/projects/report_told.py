"""A report as pages and paper show it: each answer with the registers' figure beside it."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.projects import reports
from pluginnovation.projects.claims import (
    AGREES,
    CANNOT_TELL,
    DIFFERS,
    MEANINGS,
    MEASURES,
    SAYS,
    VERDICTS,
    Figure,
    compared,
)
from pluginnovation.web.signals.words import decimal, unbroken
from pluginnovation.web.support.spoken import told

from .figures_read import Counts, counts_then, figures_then
from .models import Claim, Report
from .plan_answer import answer_page

# What each verdict looks like, beside its word.
MARKS: Final = {AGREES: "agrees", DIFFERS: "differs", CANNOT_TELL: "untold"}


def report_told(report: Report) -> dict[str, Any]:
    """The whole report: sections with answers, claims, counts, and how much came by itself."""
    figures, counts = figures_then(report), counts_then(report)
    found = reports.filled(figures, counts.values, counts.hidden)
    return {
        "report": report,
        "kind": told(reports.KINDS[report.kind]),
        "state": told(reports.STATES[report.state]),
        "sections": [_section(report, name, figures) for name in reports.sections_of(report.kind)],
        "claims": claims_told(report.claims.order_by("pk"), figures),
        "counts": counts_told(counts),
        "filled": found,
        **answer_page(report),
        "until": max((one.until for one in figures.values() if one.until), default=None),
    }


def _section(report: Report, name: str, figures: dict[str, Figure]) -> dict[str, Any]:
    rows = [_row(report, field, figures) for field in reports.fields_of(report.kind, name)]
    return {"key": name, "title": told(reports.SECTIONS[name]), "rows": rows, "empty": not any(r["said"] for r in rows)}


def _row(report: Report, field: reports.Field, figures: dict[str, Figure]) -> dict[str, Any]:
    said = report.answers.get(field.key, "")
    words = (
        told((field.choices or {})[said]) if field.kind == reports.CHOICE and said in (field.choices or {}) else said
    )
    row: dict[str, Any] = {"field": field, "name": told(field.name), "said": words}
    return row | (beside(said, figures.get(field.measure)) if field.measure else {})


def beside(says: str, figure: Figure | None) -> dict[str, Any]:
    """What stands beside a claim: the figure in words, the verdict and what it means."""
    verdict = compared(says, figure)
    return {
        "figure": figure_told(figure),
        "verdict": told(VERDICTS[verdict.word]),
        "mark": MARKS.get(verdict.word, "unmeasured"),
        "meaning": told(MEANINGS[verdict.meaning]),
    }


def figure_told(figure: Figure | None) -> str:
    """A figure with its change, band, n and denominator; why it isn't shown otherwise."""
    if figure is None:
        return _("Mäts inte i registret.")
    if figure.doubt or figure.before is None or figure.now is None:
        return told(MEANINGS[figure.doubt or "no_records"])
    about = MEASURES[figure.measure]
    share = "" if about.unit == "passes" else " %"
    ends = {"before": decimal(figure.before), "now": decimal(figure.now), "unit": share}
    text = _("%(before)s till %(now)s%(unit)s") % ends
    if figure.low is not None and figure.high is not None:
        text += _(", förändring %(low)s till %(high)s") % {"low": _signed(figure.low), "high": _signed(figure.high)}
    who = ngettext("%(n)s av %(of)s deltagare", "%(n)s av %(of)s deltagare", figure.n) % {
        "n": figure.n,
        "of": figure.of,
    }
    return unbroken(f"{text}; {who}.")


def _signed(value: float) -> str:
    sign = "+" if round(value, 1) > 0 else "−" if round(value, 1) < 0 else ""
    return f"{sign}{decimal(abs(value))}"


def claims_told(claims: Iterable[Claim], figures: dict[str, Figure]) -> list[dict[str, Any]]:
    """Each claim in own words beside its figure."""
    return [
        {"claim": one, "says": told(SAYS[one.says]) if one.says in SAYS else "",
         **beside(one.says, figures.get(one.indicator) if one.indicator else None)}
        for one in claims
    ]  # fmt: skip


def counts_told(counts: Counts) -> list[tuple[str, int | None, bool]]:
    """The counts that came by themselves, in words, with whether each is hidden since few are behind it."""
    words = {
        "came": _("Deltagare"), "going_on": _("Deltar fortfarande"), "completed": _("Genomförde det planerade"),
        "early": _("Slutade i förtid"), "moved": _("Flyttade eller slutade skolan"),
        "planned": _("Planerade tillfällen i insatser"), "given": _("Givna tillfällen i insatser"),
        "points": _("Punkter i insatsernas metoder"), "points_known": _("Punkter som någon har svarat om"),
        "points_followed": _("Av de besvarade: följdes"), "points_partly": _("Av de besvarade: följdes delvis"),
        "held": _("Hållna aktiviteter"), "hours": _("Arbetade timmar"), "cost": _("Kostnad, kronor"),
        "goals": _("Mål"),
    }  # fmt: skip
    values = counts.values
    return [(words[name], values[name], name in counts.hidden) for name in words if name in values]
