"""What the region does with an application: screening, reviews without conflict of interest, and one decision."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from pluginnovation.projects.calls import ELIGIBILITY, QUALITY
from pluginnovation.projects.lifecycle import (
    APPLICATION,
    DECLINED,
    ELIGIBLE,
    GRANTED,
    IN_REVIEW,
    NOT_ELIGIBLE,
    RETURNED,
    REVIEWED,
    SUBMITTED,
    move_to,
)
from pluginnovation.projects.reviews import ADVICE, Asked, all_in, missing_points
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Duty, User
from pluginnovation.web.support.refused import already_done, not_offered, not_yours, text_of

from .applying import held_application, standing_budget
from .calling import LONGEST_TEXT
from .door import REGIONAL
from .models import Application, CallDecision, Review, ReviewSheet, Screening, SubProject
from .refused import (
    decided_meanwhile,
    has_a_conflict,
    lacks,
    moved_meanwhile,
    not_an_amount,
    not_declared,
    points_missing,
)

VERDICTS = {"eligible": IN_REVIEW, "incomplete": RETURNED, "not_eligible": NOT_ELIGIBLE}


@dataclass(frozen=True, slots=True)
class Screened:
    """What a screening found: the number of a condition -> whether it is met, a key of VERDICTS, and words."""

    checks: Mapping[int, bool]
    verdict: str
    text: str
    role: str


def screen(*, application: Application, screened: Screened, by: User, at: datetime) -> Application:
    """Say whether an application goes on to review, is sent back to be completed, or doesn't meet the conditions.

    Raises  Refusal when it isn't waiting for that, a condition isn't met or not answered though it goes on, or no
            reason is written though it doesn't
    """
    if screened.verdict not in VERDICTS:
        raise not_offered(("Utfallet", "The outcome"))
    goes_on = screened.verdict == "eligible"
    text = text_of(screened.text, longest=LONGEST_TEXT, least=0 if goes_on else 1)
    with recorded("screen_application", by=by, at=at, about=str(application.pk), verdict=screened.verdict):
        held = held_application(application)
        if held.state != SUBMITTED:
            raise moved_meanwhile()
        conditions = held.call.criteria.filter(kind=ELIGIBILITY).values_list("number", flat=True)
        if goes_on and not all(screened.checks.get(number) is True for number in conditions):
            raise lacks([ELIGIBLE])
        Screening.objects.create(
            application=held, checks={str(number): met for number, met in screened.checks.items()},
            verdict=screened.verdict, text=text, role=screened.role, by=by, at=at,
        )  # fmt: skip
        _move(held, VERDICTS[screened.verdict], at=at, by=by)
    return held


def reviewers() -> list[User]:
    """Who can be asked to review: whoever holds a regional duty, in the order of names."""
    held = Duty.objects.filter(role__in=REGIONAL, user__isnull=False).values("user")
    return list(User.objects.filter(pk__in=held, is_active=True).order_by("name", "pk"))


def ask_reviewer(*, application: Application, reviewer: User, by: User, at: datetime) -> Review:
    """Ask somebody to review an application.

    Raises  Refusal when it isn't being reviewed, or somebody who can't be or has been asked
    """
    if reviewer not in reviewers():
        raise not_offered(("Granskaren", "The reviewer"))
    try:
        with transaction.atomic(), recorded("ask_reviewer", by=by, at=at, about=str(application.pk)):
            if held_application(application).state != IN_REVIEW:
                raise moved_meanwhile()
            return Review.objects.create(application=application, reviewer=reviewer, by=by, at=at)
    except IntegrityError as twice:
        raise already_done() from twice


def declare(*, review: Review, conflict: bool, what: str, by: User, at: datetime) -> Review:
    """Say whether there is a conflict of interest, once, before anything of the application is shown.

    Raises  Refusal when it is another's review, that is said already, or a conflict has no words
    """
    text = text_of(what, longest=LONGEST_TEXT, least=1 if conflict else 0)
    if review.reviewer_id != by.pk:
        raise not_yours()
    with recorded("declare_conflict", by=by, at=at, about=str(review.application_id), conflict=conflict):
        held = held_application(review.application)
        open_ones = Review.objects.filter(pk=review.pk, conflict=None, withdrawn_at=None)
        if not open_ones.update(conflict=conflict, conflict_what=text, declared_at=at):
            raise already_done()
        _close_when_all_in(held, at)
    review.refresh_from_db()
    return review


@dataclass(frozen=True, slots=True)
class Sheet:
    """A review about to be sent: the number of a criterion -> points, words, and a key of `reviews.ADVICE`."""

    scores: Mapping[int, int]
    text: str
    advice: str


def send_review(*, review: Review, sheet: Sheet, by: User, at: datetime) -> Application:
    """Send a review, once. When it was the last that was waited for, every reviewer may read all of them.

    Of two who send at once the application is locked by the first, and the second finds that theirs was the last.

    Raises  Refusal when nothing is said of a conflict, there is one, points lack, or it is sent or withdrawn already
    """
    if review.reviewer_id != by.pk:
        raise not_yours()
    if sheet.advice not in ADVICE:
        raise not_offered(("Rådet", "The advice"))
    text = text_of(sheet.text, longest=LONGEST_TEXT)
    with recorded("send_review", by=by, at=at, about=str(review.application_id)):
        held = held_application(review.application)
        mine = Review.objects.get(pk=review.pk)
        if mine.conflict is None:
            raise not_declared()
        if mine.conflict:
            raise has_a_conflict()
        if held.state != IN_REVIEW or mine.submitted_at is not None or mine.withdrawn_at is not None:
            raise moved_meanwhile()
        numbers = list(held.call.criteria.filter(kind=QUALITY).order_by("number").values_list("number", flat=True))
        if missing := missing_points(numbers, sheet.scores):
            raise points_missing(missing)
        ReviewSheet.objects.create(
            review=mine, application=held, reviewer=by, text=text, advice=sheet.advice, by=by, at=at,
            scores={str(number): sheet.scores[number] for number in numbers},
        )  # fmt: skip
        Review.objects.filter(pk=mine.pk).update(submitted_at=at)
        _close_when_all_in(held, at)
    return held


def withdraw_review(*, review: Review, by: User, at: datetime) -> Application:
    """Stop waiting for a review that isn't sent.

    Raises  Refusal when it is sent or withdrawn already
    """
    with recorded("withdraw_review", by=by, at=at, about=str(review.application_id)):
        held = held_application(review.application)
        if not Review.objects.filter(pk=review.pk, submitted_at=None, withdrawn_at=None).update(withdrawn_at=at):
            raise already_done()
        _close_when_all_in(held, at)
    return held


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about to be made: the grant in öre, or None to decline."""

    grant: int | None
    reasons: str
    conditions: str = ""
    role: str = ""
    name: str = field(default="")


def decide(*, application: Application, ruling: Ruling, by: User, at: datetime) -> CallDecision:
    """Decide on an application, once, with reasons. A grant makes its sub-project, which then waits for its leader.

    Raises  Refusal when the decider has a conflict, the amount is none or more than what is applied for, or somebody
            has decided meanwhile ('decided_meanwhile'): then nothing of this one is done
    """
    reasons = text_of(ruling.reasons, longest=LONGEST_TEXT)
    after = DECLINED if ruling.grant is None else GRANTED
    move = move_to(APPLICATION, REVIEWED, after)
    if move is None or ruling.role not in move.roles:
        raise not_yours()
    try:
        with transaction.atomic(), recorded("decide_application", by=by, at=at, about=str(application.pk), after=after):
            held = held_application(application)
            if held.state in (GRANTED, DECLINED):
                raise decided_meanwhile()
            if held.state != REVIEWED:
                raise moved_meanwhile()
            if held.reviews.filter(reviewer=by, conflict=True).exists():
                raise has_a_conflict()
            budget = standing_budget(held)
            if ruling.grant is not None and not 0 < ruling.grant <= (budget.grant if budget else 0):
                raise not_an_amount()
            decision = CallDecision.objects.create(
                application=held, granted=ruling.grant is not None, grant=ruling.grant, reasons=reasons,
                conditions=text_of(ruling.conditions, longest=LONGEST_TEXT, least=0), role=ruling.role, by=by, at=at,
            )  # fmt: skip
            _move(held, after, at=at, by=by)
            if ruling.grant is not None:
                SubProject.objects.create(
                    programme=held.call.programme, application=held, name=ruling.name or held.name, school=held.school,
                    municipality=held.municipality, leader_role="sub_project_leader", grant=ruling.grant,
                    own=budget.own if budget else None, by=by, at=at,
                )  # fmt: skip
            return decision
    except IntegrityError as twice:
        # Two at once have both seen that nothing was decided: the second to be written finds the decision there.
        raise decided_meanwhile() from twice


def _close_when_all_in(held: Application, at: datetime) -> None:
    """Open the sheets to each other and wait for a decision, when the last of enough reviews is in."""
    rows = held.reviews.all()
    asked = [Asked(one.conflict, one.submitted_at is not None, one.withdrawn_at is not None) for one in rows]
    if held.state == IN_REVIEW and all_in(asked):
        held.state, held.reviewed_at = REVIEWED, at
        held.save(update_fields=["state", "reviewed_at"])


def _move(held: Application, after: str, *, at: datetime, by: User) -> None:
    held.state = after
    if after in (NOT_ELIGIBLE, GRANTED, DECLINED):
        held.closed_at, held.closed_by = at, by
    held.save(update_fields=["state", "closed_at", "closed_by"])
