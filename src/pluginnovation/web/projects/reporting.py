"""Reports: begun, written, handed in with the registers' figures of that day, sent back, approved and published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction

from pluginnovation.projects import reports
from pluginnovation.projects.claims import MEASURES, NOT_MEASURED, SAYS, compared, may_be_unmeasured
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused

from .figures_read import counts_of, figures_of, packed
from .models import Claim, Report, SubProject
from .plan_answer import answer_of, packed_answer
from .published import document_of
from .refused_doing import not_measured_is_wrong, not_yours, others_were_first, own_report, report_missing

LONGEST_TEXT: Final = 3_000
LONGEST_CLAIM: Final = 300


@dataclass(frozen=True, slots=True)
class Beginning:
    """A report about to be begun: which, the days that it tells of, and when it is due."""

    kind: str
    first: date
    last: date
    due: date | None = None


def begin_report(*, sub_project: SubProject, beginning: Beginning, by: User, at: datetime) -> Report:
    """Begin a report. Raises Refusal for a kind or days that can't be, or a second final report."""
    if beginning.kind not in reports.KINDS:
        raise refused.not_offered(("Slaget", "The kind"))
    if beginning.last < beginning.first:
        raise refused.ends_before()
    try:
        with (
            transaction.atomic(),
            recorded("begin_report", by=by, at=at, about=str(sub_project.pk), kind=beginning.kind),
        ):
            return Report.objects.create(
                sub_project=sub_project, kind=beginning.kind, first=beginning.first, last=beginning.last,
                due=beginning.due, by=by, at=at,
            )  # fmt: skip
    except IntegrityError as twice:
        if "final_report_once" not in str(twice):
            raise
        raise refused.already_done() from None


def write_report(*, report: Report, answers: Mapping[str, str], seen: int, by: User, at: datetime) -> Report:
    """Save some fields of a draft; the others stand.

    Takes   seen   the version that the writer read
    Raises  Refusal when it is handed in, somebody saved meanwhile, a choice isn't offered, or 'not measured' is said
            where the registers have the figure
    """
    figures, known = figures_of(report.sub_project), {field.key: field for field in reports.fields_of(report.kind)}
    clean: dict[str, str] = {}
    for key, said in answers.items():
        field = known.get(key)
        if field is None:
            raise refused.not_offered(("Fältet", "The field"))
        text = refused.text_of(said, longest=LONGEST_TEXT, least=0)
        if field.kind == reports.CHOICE and text and text not in reports.choices_of(field, figures):
            wrong = text == NOT_MEASURED and field.measure
            raise not_measured_is_wrong() if wrong else refused.not_offered(("Svaret", "The answer"))
        clean[key] = text
    with recorded("write_report", by=by, at=at, about=str(report.sub_project_id), report=report.pk, fields=len(clean)):
        now = Report.objects.select_for_update().get(pk=report.pk)
        if now.state != reports.DRAFT:
            raise refused.already_done()
        if now.version != seen:
            raise others_were_first()
        now.answers = now.answers | clean
        now.version += 1
        now.save(update_fields=["answers", "version"])
    return now


@dataclass(frozen=True, slots=True)
class Claiming:
    """Something claimed in own words. `measure` a key of MEASURES; empty: no register has it."""

    text: str
    says: str = ""
    measure: str = ""


def claim(*, report: Report, claiming: Claiming, by: User, at: datetime) -> Claim:
    """Claim something in a draft. Raises Refusal when it is handed in, or the words can't be chosen."""
    if claiming.measure and (claiming.measure not in MEASURES or claiming.says not in SAYS):
        raise refused.not_offered(("Påståendet", "The claim"))
    figure = figures_of(report.sub_project).get(claiming.measure)
    if claiming.says == NOT_MEASURED and not may_be_unmeasured(figure):
        raise not_measured_is_wrong()
    text = refused.text_of(claiming.text, longest=LONGEST_CLAIM)
    with recorded("claim", by=by, at=at, about=str(report.sub_project_id), report=report.pk, measure=claiming.measure):
        _still_draft(report)
        return Claim.objects.create(
            report=report, indicator=claiming.measure, text=text, says=claiming.says, by=by, at=at
        )


def take_back_claim(*, claim: Claim, by: User, at: datetime) -> None:
    """Take a claim out of a draft. Raises Refusal when the report is handed in."""
    with recorded("take_back_claim", by=by, at=at, about=str(claim.report.sub_project_id), report=claim.report_id):
        _still_draft(claim.report)
        claim.delete()


def hand_in(*, report: Report, role: str, by: User, at: datetime) -> Report:
    """Hand the report in. The figures of that day stay in it, beside every claim.

    Raises  Refusal when answers are missing, or somebody else hands it in
    """
    _allowed(report.state, reports.HANDED_IN, role)
    figures, counts = figures_of(report.sub_project), counts_of(report.sub_project)
    lacking = reports.missing(report.kind, report.answers, figures)
    if lacking:
        raise report_missing(lacking)
    with recorded("hand_in", by=by, at=at, about=str(report.sub_project_id), report=report.pk):
        now = Report.objects.select_for_update().get(pk=report.pk)
        if now.state != reports.DRAFT or now.version != report.version:
            raise others_were_first()
        kept = {
            "_figures": {key: packed(one) for key, one in figures.items()},
            "_counts": counts.values,
            "_hidden": sorted(counts.hidden),
            "_answer": packed_answer(answer_of(report.sub_project)),
        }
        now.answers = now.answers | kept
        now.state, now.submitted_at, now.submitted_by = reports.HANDED_IN, at, by
        now.save(update_fields=["answers", "state", "submitted_at", "submitted_by"])
        for one in now.claims.all():
            figure = figures.get(one.indicator)
            one.verdict = compared(one.says, figure).word
            one.register = packed(figure) if figure else None
            one.save(update_fields=["verdict", "register"])
    return now


def send_back(*, report: Report, why: str, role: str, by: User, at: datetime) -> Report:
    """Ask for more. Raises Refusal without a reason, or when it isn't the role's."""
    _allowed(report.state, reports.DRAFT, role)
    said = refused.text_of(why, longest=LONGEST_TEXT)
    with recorded("send_back", by=by, at=at, about=str(report.sub_project_id), report=report.pk):
        _move(report, reports.DRAFT, why_back=said, submitted_at=None, submitted_by=None)
    return report


def approve(*, report: Report, role: str, by: User, at: datetime) -> Report:
    """Approve it. Raises Refusal when it isn't handed in, isn't the role's, or the same person handed it in."""
    _allowed(report.state, reports.APPROVED, role)
    if by.pk == report.submitted_by_id:
        raise own_report()
    with recorded("approve_report", by=by, at=at, about=str(report.sub_project_id), report=report.pk):
        _move(report, reports.APPROVED, approved_at=at, approved_by=by, why_back="")
    return report


def publish(*, report: Report, role: str, by: User, at: datetime) -> Report:
    """Write the document that a hub can read: no person, and no figure of fewer than ten.

    Raises  Refusal when it isn't approved, isn't the role's, or the same person approved it
    """
    _allowed(report.state, reports.PUBLISHED, role)
    if by.pk == report.approved_by_id:
        raise own_report()
    document = document_of(report, at)
    with recorded("publish_report", by=by, at=at, about=str(report.sub_project_id), report=report.pk):
        _move(report, reports.PUBLISHED, published=document, published_at=at, published_by=by)
    return report


def _allowed(before: str, after: str, role: str) -> None:
    move = reports.move_to(before, after)
    if move is None:
        raise refused.already_done()
    if role not in move.roles:
        raise not_yours()


def _move(report: Report, to: str, **changes: object) -> None:
    if not Report.objects.filter(pk=report.pk, state=report.state).update(state=to, **changes):
        raise refused.already_done()
    report.refresh_from_db()


def _still_draft(report: Report) -> None:
    """Hold the report as a draft until the act is done: whoever hands it in meanwhile waits, and takes it along."""
    if Report.objects.select_for_update().get(pk=report.pk).state != reports.DRAFT:
        raise refused.already_done()
