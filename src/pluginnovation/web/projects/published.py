"""A published report as a document: what a hub reads. It holds no person, and no figure of fewer than ten."""

from datetime import datetime
from typing import Any, Final

from pluginnovation.projects import reports
from pluginnovation.projects.claims import MEASURES, Figure, compared
from pluginnovation.web.people.models import Installation, Organisation

from .figures_read import figures_then
from .models import Activity, Report
from .plan_answer import PlanAnswer, answers_of, packed_answer

KIND: Final = "sub_project_report"
FORMAT: Final = 1
SHARED: Final = ("worked", "did_not_work", "advice", "other_outcomes", "goals_text")


def document_of(report: Report, at: datetime) -> dict[str, Any]:
    """The document.

    Gives   kind, format, made_up; programme, sub_project, place, period; report (interim or final); methods; goals;
            figures (each with before, now, low, high, n, of, unit, and the claim beside it), hidden (measures left out,
            since few are behind them); texts; organisation;
            answer (to the locked plan, the newest: `plan_answer.PlanAnswer`)
    """
    project, figures = report.sub_project, figures_then(report)
    methods = Activity.objects.filter(sub_project=project).exclude(method="").values_list("method", flat=True)
    school = Organisation.objects.filter(code=project.school).values_list("display_name", flat=True).first()
    asked = {field.key: field for field in reports.fields_of(report.kind)}
    return {
        "kind": KIND,
        "format": FORMAT,
        "made_up": _made_up(),
        "report": report.kind,
        "key": f"{project.programme.key}-{project.pk}-{report.kind}-{report.pk}",
        "programme": project.programme.name,
        "sub_project": project.name,
        "place": school or project.municipality,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "published_at": at.isoformat(),
        "methods": sorted(set(methods)),
        "goals_reached": report.answers.get("goals_reached", ""),
        "figures": [_told(figure, _said(report, asked, figure)) for figure in figures.values() if figure.enough],
        "hidden": sorted(figure.measure for figure in figures.values() if not figure.enough),
        "texts": {key: report.answers[key] for key in SHARED if report.answers.get(key)},
        "organisation": {
            field.key: report.answers[field.key]
            for field in reports.fields_of(report.kind, "organisation")
            if report.answers.get(field.key)
        },
        "absorbed": report.answers.get("absorbed", ""),
        "answer": packed_answer(_newest(report)),
    }


def _newest(report: Report) -> PlanAnswer:
    then, since = answers_of(report)
    return since or then


def published_documents() -> list[dict[str, Any]]:
    """Every report that its sub-project chose to publish, as it was published."""
    rows = Report.objects.exclude(published_at=None).order_by("pk").values_list("published", flat=True)
    return [row for row in rows if row is not None]


def _said(report: Report, asked: dict[str, reports.Field], figure: Figure) -> str:
    return next((report.answers.get(key, "") for key, field in asked.items() if field.measure == figure.measure), "")


def _told(figure: Figure, says: str) -> dict[str, Any]:
    about = MEASURES[figure.measure]
    values = {name: _rounded(getattr(figure, name)) for name in ("before", "now", "low", "high")}
    return values | {
        "measure": figure.measure, "unit": about.unit, "benefit": about.benefit, "n": figure.n, "of": figure.of,
        "until": figure.until.isoformat() if figure.until else None, "says": says,
        "verdict": compared(says, figure).word,
    }  # fmt: skip


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1)


def _made_up() -> bool:
    here = Installation.objects.first()
    return here is not None and here.first_simulated_at is not None and here.first_real_import_at is None
