"""Calls: written as a draft, published once, and from then on as they stand."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from pluginnovation.projects.calls import CRITERIA, ELIGIBILITY, QUALITY, Times, time_of
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support.refused import day_wrong, not_offered, number_wrong, text_of

from .models import Call, CallQuestion, Criterion, Programme
from .refused import call_is_published, call_lacks, wrong_period

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 120, 300, 4_000
LONGEST_ANSWER = 10_000


@dataclass(frozen=True, slots=True)
class Inviting:
    """A call about to be written; see `models.Call`. Amounts in öre."""

    name: str
    opens_at: datetime
    closes_at: datetime
    about: str = ""
    for_schools: bool = True
    for_municipalities: bool = True
    years: tuple[int | None, int | None] = (None, None)
    frame: int | None = None
    most: int | None = None


def write_call(*, programme: Programme, inviting: Inviting, by: User, at: datetime) -> Call:
    """Write a call that only the region sees until it is published.

    Raises  Refusal when it closes before it opens, or is for nobody
    """
    name = text_of(inviting.name, longest=LONGEST_NAME)
    if inviting.closes_at <= inviting.opens_at:
        raise wrong_period()
    if not (inviting.for_schools or inviting.for_municipalities):
        raise not_offered(("Vilka som kan söka", "Who may apply"))
    first, last = inviting.years
    if first is not None and last is not None and last < first:
        raise number_wrong(first, 13)
    with recorded("write_call", by=by, at=at, about=programme.key):
        return Call.objects.create(
            programme=programme, name=name, about=text_of(inviting.about, longest=LONGEST_TEXT, least=0),
            opens_at=inviting.opens_at, closes_at=inviting.closes_at, for_schools=inviting.for_schools,
            for_municipalities=inviting.for_municipalities, first_year=first, last_year=last, frame=inviting.frame,
            most=inviting.most, by=by, at=at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """A question about to be added."""

    text: str
    hint: str = ""
    longest: int = 2_000
    required: bool = True
    from_analysis: str = ""


def ask(*, call: Call, asking: Asking, by: User, at: datetime) -> CallQuestion:
    """Add a question to a call that isn't published.

    Raises  Refusal when it is, or the text or the length can't be
    """
    text = text_of(asking.text, longest=LONGEST_LINE)
    if not 50 <= asking.longest <= LONGEST_ANSWER:
        raise number_wrong(50, LONGEST_ANSWER)
    with recorded("ask_in_call", by=by, at=at, about=str(call.pk)):
        held = _draft(call)
        number = (held.questions.aggregate(last=Max("number"))["last"] or 0) + 1
        return CallQuestion.objects.create(
            call=held, number=number, text=text, hint=text_of(asking.hint, longest=LONGEST_LINE, least=0),
            longest=asking.longest, required=asking.required, from_analysis=asking.from_analysis, by=by, at=at,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judging:
    """A criterion about to be added; `kind` is a key of `calls.CRITERIA`."""

    kind: str
    text: str
    weight: int = 1


def set_criterion(*, call: Call, judging: Judging, by: User, at: datetime) -> Criterion:
    """Add what applications are held against.

    Raises  Refusal when the call is published, or the kind, the text or the weight can't be
    """
    if judging.kind not in CRITERIA:
        raise not_offered(("Kriteriets slag", "The kind of criterion"))
    if not 1 <= judging.weight <= 5:
        raise number_wrong(1, 5)
    text = text_of(judging.text, longest=LONGEST_LINE)
    with recorded("set_criterion", by=by, at=at, about=str(call.pk), kind=judging.kind):
        held = _draft(call)
        last = held.criteria.filter(kind=judging.kind).aggregate(last=Max("number"))["last"] or 0
        return Criterion.objects.create(
            call=held, kind=judging.kind, number=last + 1, text=text, weight=judging.weight, by=by, at=at
        )


def drop(*, part: CallQuestion | Criterion, by: User, at: datetime) -> None:
    """Take a question or a criterion out of a call that isn't published.

    Raises  Refusal when it is
    """
    with recorded("drop_from_call", by=by, at=at, about=str(part.call_id), kind=type(part).__name__):
        _draft(part.call)
        part.delete()


def publish_call(*, call: Call, by: User, at: datetime) -> Call:
    """Let everybody read the call; nothing in it changes afterwards.

    Raises  Refusal when it is published, has no question, condition or criterion, or would be closed already
    """
    if call.closes_at <= at:
        raise day_wrong(("Utlysningen skulle redan vara stängd.", "The call would be closed already."))
    with recorded("publish_call", by=by, at=at, about=str(call.pk)):
        held = _draft(call)
        if not held.questions.exists():
            raise call_lacks(("frågor", "questions"))
        if not held.criteria.filter(kind=ELIGIBILITY).exists():
            raise call_lacks(("villkor", "conditions"))
        if not held.criteria.filter(kind=QUALITY).exists():
            raise call_lacks(("kriterier för granskningen", "criteria for the review"))
        held.published_at, held.published_by = at, by
        held.save(update_fields=["published_at", "published_by"])
    return held


def time_of_call(call: Call, at: datetime) -> str:
    """Where the call is at a moment: a key of `calls.TIMES`."""
    return time_of(Times(call.published_at, call.opens_at, call.closes_at), at)


def _draft(call: Call) -> Call:
    """The call, locked; whoever comes second sees what the first did."""
    held = Call.objects.select_for_update().get(pk=call.pk)
    if held.published_at is not None:
        raise call_is_published()
    return held
