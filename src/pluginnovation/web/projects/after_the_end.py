"""Hand-over into ordinary work, and follow-ups: asked by the night, answered by people, or read from the records."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils.timezone import localdate

from pluginnovation.projects.follow_up import ANSWERS, STOPPED, Asked, due_on, to_ask
from pluginnovation.projects.lifecycle import DISCONTINUED, PLANNED
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support import refused
from pluginnovation.web.support.models import Measure

from .models import FollowUpAsked, HandOver, Participant, SubProject
from .refused_doing import already_answered, not_ended_yet

LONGEST_TEXT: Final = 2_000
LONGEST_ROLE: Final = 80
HALF_A_YEAR: Final = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Handing:
    """What becomes of the work: a key of ANSWERS, the role that owns it, and what the next one needs to know."""

    absorbed: str
    owner_role: str
    what: str


def hand_over_work(*, sub_project: SubProject, handing: Handing, by: User, at: datetime) -> HandOver:
    """Hand the work over. A later one stands before this.

    Raises  Refusal when it hasn't started, the answer isn't offered, or work that goes on has no owner
    """
    if handing.absorbed not in ANSWERS:
        raise refused.not_offered(("Svaret", "The answer"))
    if sub_project.starts is None or sub_project.starts > localdate(at):
        raise not_ended_yet()
    owner = refused.text_of(handing.owner_role, longest=LONGEST_ROLE, least=0 if handing.absorbed == STOPPED else 1)
    what = refused.text_of(handing.what, longest=LONGEST_TEXT)
    with recorded("hand_over_work", by=by, at=at, about=str(sub_project.pk), absorbed=handing.absorbed):
        return HandOver.objects.create(
            sub_project=sub_project, absorbed=handing.absorbed, owner_role=owner, what=what, by=by, at=at
        )


def ask_follow_ups(*, at: datetime) -> int:
    """Ask what is due of every sub-project that has ended, and read what the records say meanwhile. The night's.

    Gives   how many were asked
    """
    today, asked = localdate(at), 0
    over = SubProject.objects.filter(ends__lt=today).exclude(state__in=(PLANNED, DISCONTINUED))
    for project in over.prefetch_related("follow_ups"):
        assert project.ends is not None
        for months in to_ask(project.ends, [one.months for one in project.follow_ups.all()], today):
            with recorded("ask_follow_up", by=None, at=at, about=str(project.pk), months=months):
                FollowUpAsked.objects.create(
                    sub_project=project, months=months, due=due_on(project.ends, months), asked_at=at, at=at,
                )  # fmt: skip
            asked += 1
    _read_records(at)
    return asked


def answer_follow_up(*, follow_up: FollowUpAsked, answer: str, text: str, by: User, at: datetime) -> FollowUpAsked:
    """Answer, once. Raises Refusal when it is answered, or the answer isn't offered."""
    if answer not in ANSWERS:
        raise refused.not_offered(("Svaret", "The answer"))
    said = {"absorbed": answer, "text": refused.text_of(text, longest=LONGEST_TEXT, least=0)}
    with recorded("answer_follow_up", by=by, at=at, about=str(follow_up.sub_project_id), months=follow_up.months):
        if not FollowUpAsked.objects.filter(pk=follow_up.pk, answers__isnull=True).update(
            answers=said, answered_at=at, answered_by=by
        ):
            raise already_answered()
    follow_up.refresh_from_db()
    return follow_up


def asked_of(row: FollowUpAsked) -> Asked:
    """The follow-up as the rules take it."""
    answer = str(row.answers.get("absorbed", "")) if row.answers else ""
    return Asked(row.months, row.due, answer, (row.records or {}).get("measures"))


def _read_records(at: datetime) -> None:
    """What the registers tell of those that nobody has answered: new measures of the same kinds at the school."""
    for row in FollowUpAsked.objects.filter(answers__isnull=True).select_related("sub_project"):
        found = _measures_since(row.sub_project, row.due, localdate(at))
        if (row.records or {}).get("measures") != found:
            row.records = {"measures": found, "read_on": localdate(at).isoformat()}
            row.save(update_fields=["records"])


def _measures_since(project: SubProject, due: date, today: date) -> int | None:
    """How many measures of the participants' kinds the school began on its own; None: none of those kinds is known."""
    mine = Participant.objects.filter(sub_project=project, measure__isnull=False)
    kinds = set(mine.values_list("measure__kind", flat=True))
    if not kinds or not project.school or project.ends is None:
        return None
    since = max(project.ends + timedelta(days=1), due - HALF_A_YEAR)
    rows = Measure.objects.filter(school=project.school, kind__in=kinds, starts__range=(since, min(due, today)))
    tied = Participant.objects.filter(measure__isnull=False).values("measure")
    return rows.exclude(pk__in=tied).count()
