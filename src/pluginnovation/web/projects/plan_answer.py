"""What is known of the question that a sub-project locked in its plan, beside its reports.

The app of evidence estimates, stands later than this one, and tells it here when it is ready: this app knows nothing of
how. A report that is handed in keeps the answer of that day; a later answer is shown beside it, never in its place.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from pluginnovation.evidence.dots import WORDS_EN, WORDS_SV
from pluginnovation.evidence.plain_words import UNITS
from pluginnovation.privacy.small_numbers import FEWEST
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.signals.words import decimal, language, number, unbroken
from pluginnovation.web.support.spoken import told

from .models import EvaluationPlan, Report, SubProject

NO_PLAN, NOT_YET, CANNOT_TELL, TOLD = "no_plan", "not_yet", "cannot_tell", "told"


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """One, as a report keeps it.

    state      NO_PLAN; NOT_YET; CANNOT_TELL; TOLD: there is an estimate
    question   the plan's; closes: the last day that its outcome is measured on
    as_of      the last day of the records behind it; at: when it was estimated
    said       the paragraph, Swedish and English; of CANNOT_TELL: why
    estimate, low, high   in the unit; None unless TOLD
    treated, compared     pupils; None: fewer than ten, or not counted yet
    dots       of certainty, of four
    keys       what the estimate is called where it has been handed out to
    """

    state: str
    question: str = ""
    closes: str = ""
    as_of: str = ""
    at: str = ""
    said: tuple[str, str] = ("", "")
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    treated: int | None = None
    compared: int | None = None
    dots: int = 0
    keys: tuple[str, ...] = ()


NONE: Final = PlanAnswer(NO_PLAN)
# Filled in by the app that estimates: a sub-project's locked plan -> its answer; None: nothing is estimated yet.
ESTIMATED_BY: Final[list[Callable[[EvaluationPlan], PlanAnswer | None]]] = []
# And: a locked plan and whoever asks -> the address of all that is behind its answer; empty: none that they may open.
SHOWN_AT: Final[list[Callable[[EvaluationPlan, ActiveDuty], str]]] = []


def answer_of(sub_project: SubProject) -> PlanAnswer:
    """What is known now."""
    row = EvaluationPlan.objects.filter(sub_project=sub_project).first()
    if row is None:
        return NONE
    found = next((one for one in (tell(row) for tell in ESTIMATED_BY) if one is not None), None)
    if found is not None:
        return found
    return PlanAnswer(NOT_YET, str(row.plan.get("question", "")), str(row.plan.get("window", {}).get("closes", "")))


def where_shown(sub_project: SubProject, duty: ActiveDuty) -> str:
    """The address of all that is behind the answer; empty when there is none, or not for this duty."""
    row = EvaluationPlan.objects.filter(sub_project=sub_project).first()
    return next((at for at in (tell(row, duty) for tell in SHOWN_AT) if at), "") if row else ""


def packed_answer(answer: PlanAnswer) -> dict[str, Any]:
    """As a report keeps it."""
    return asdict(answer) | {"said": list(answer.said), "keys": list(answer.keys)}


def answers_of(report: Report) -> tuple[PlanAnswer, PlanAnswer | None]:
    """The answer that belongs to a report, and the one that has come since; None: it is the same."""
    now = answer_of(report.sub_project)
    kept = report.answers.get("_answer") if report.state != "draft" else None
    if kept is None:
        return now, None
    then = PlanAnswer(**(kept | {"said": tuple(kept["said"]), "keys": tuple(kept["keys"])}))
    same = (then.state, then.said, then.dots) == (now.state, now.said, now.dots)
    return then, None if same else now


def answer_told(answer: PlanAnswer) -> dict[str, Any]:
    """An answer in words and numbers, for a page or paper."""
    unit = told(UNITS[answer.unit][0]) if answer.unit in UNITS else answer.unit
    known = answer.state == TOLD and None not in (answer.estimate, answer.low, answer.high)
    return {
        "answer": answer,
        "said": told(answer.said),
        "closes": _day(answer.closes),
        "as_of": _day(answer.as_of),
        "over": bool(answer.closes) and date.fromisoformat(answer.closes) < today(),
        "value": unbroken(f"{signed(answer.estimate)} {unit}") if known else "",
        "between": f"{signed(answer.low)} {_('till')} {signed(answer.high)}" if known else "",
        "counted": answer.state in (TOLD, CANNOT_TELL) and bool(answer.at),
        "treated": _pupils(answer.treated),
        "compared": _pupils(answer.compared),
        "sure": {"dots": answer.dots, "word": (WORDS_EN if language() == "en" else WORDS_SV)[answer.dots]},
    }


def answer_page(report: Report) -> dict[str, Any]:
    """Both answers as the report's page takes them."""
    then, since = answers_of(report)
    return {"effect": answer_told(then), "since": answer_told(since) if since else None}


def signed(value: float | None) -> str:
    """A number with its sign."""
    if value is None:
        return "–"
    sign = "+" if round(value, 1) > 0 else "−" if round(value, 1) < 0 else ""
    return f"{sign}{decimal(abs(value))}"


def _day(said: str) -> date | None:
    return date.fromisoformat(said) if said else None


def _pupils(n: int | None) -> str:
    return _("färre än tio") if n is None or 0 < n < FEWEST else number(n)
