"""Applications: begun, written answer by answer, sent in and taken back. What was written is never written over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate, localtime

from pluginnovation.projects.calls import CLOSED, OPEN, Asked, unanswered
from pluginnovation.projects.ledger import CATEGORIES, MOST_ORE, Line, Rules, faults
from pluginnovation.projects.lifecycle import (
    APPLICATION,
    DRAFT,
    SUBMITTED,
    UNDECIDED,
    WITHDRAWN,
    WRITTEN_IN,
    move_to,
)
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User
from pluginnovation.web.support.refused import not_offered, text_of

from .calling import LONGEST_LINE, LONGEST_TEXT, time_of_call
from .models import (
    Application,
    ApplicationAnswer,
    ApplicationBudget,
    Call,
    CallQuestion,
    ProgrammeMunicipality,
)
from .places import Place
from .refused import (
    budget_is_wrong,
    call_not_open,
    moved_meanwhile,
    municipality_left,
    not_all_answered,
    not_an_amount,
    not_for_you,
    not_writable,
)


def start_application(*, call: Call, place: Place, name: str, role: str, by: User, at: datetime) -> Application:
    """Begin an application of a place.

    Raises  Refusal when the call isn't open, isn't for such a place, or the municipality doesn't take part
    """
    text = text_of(name, longest=LONGEST_LINE)
    if time_of_call(call, at) != OPEN:
        raise _not_open(call, at)
    if not (call.for_schools if place.school else call.for_municipalities):
        raise not_for_you()
    _takes_part(call, place.municipality, at)
    with recorded("start_application", by=by, at=at, about=place.school or place.municipality, call=call.pk):
        return Application.objects.create(
            call=call, school=place.school, municipality=place.municipality, name=text, role=role, by=by, at=at
        )


@dataclass(frozen=True, slots=True)
class Answering:
    """An answer about to be saved. `seen` is the version that the writer had read: 0 when there was none."""

    question: CallQuestion
    text: str
    seen: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The row that was written, and the text that stands which the writer hadn't seen; None: the written one stands."""

    row: ApplicationAnswer
    other: ApplicationAnswer | None = None


def answer(*, application: Application, answering: Answering, by: User, at: datetime) -> Answered:
    """Save an answer. When somebody was first, it is kept beside theirs, and both are shown. A draft can be written in
    also when the call has closed: nothing that somebody wrote is lost to a clock.

    Raises  Refusal when the application is sent in, the question is another call's, or the text is too long
    """
    question = answering.question
    if question.call_id != application.call_id:
        raise not_offered(("Frågan", "The question"))
    text = text_of(answering.text, longest=question.longest, least=0)
    with recorded("answer_application", by=by, at=at, about=str(application.pk), question=question.number):
        held = held_application(application)
        if held.state not in WRITTEN_IN:
            raise not_writable()
        last = held.answers.filter(question=question, beside=False).order_by("-version").first()
        version = last.version if last else 0
        if last is not None and last.text == text:
            return Answered(last)
        first = answering.seen == version
        row = ApplicationAnswer.objects.create(
            application=held, question=question, text=text, beside=not first, by=by, at=at,
            version=version + 1 if first else max(answering.seen, 0),
        )  # fmt: skip
    return Answered(row, None if first else last)


@dataclass(frozen=True, slots=True)
class Budgeting:
    """A budget about to be saved, in öre. `seen` is the version that the writer had read."""

    lines: tuple[Line, ...]
    grant: int
    own: int
    seen: int


def save_budget(*, application: Application, budgeting: Budgeting, by: User, at: datetime) -> ApplicationBudget:
    """Save a budget as it is, also one that doesn't add up: that is said, and it can't be sent in.

    Raises  Refusal when an amount can't be, the application is sent in, or somebody saved another one meanwhile
    """
    amounts = (*(line.ore for line in budgeting.lines), budgeting.grant, budgeting.own)
    if any(not 0 <= ore <= MOST_ORE for ore in amounts):
        raise not_an_amount()
    if {line.category for line in budgeting.lines} - set(CATEGORIES):
        raise not_offered(("Kostnadsslaget", "The category"))
    lines = [
        {"category": line.category, "text": text_of(line.text, longest=LONGEST_LINE, least=0), "ore": line.ore}
        for line in budgeting.lines
    ]
    with recorded("save_budget", by=by, at=at, about=str(application.pk)):
        held = held_application(application)
        if held.state not in WRITTEN_IN:
            raise not_writable()
        last = held.budgets.order_by("-version").first()
        if (last.version if last else 0) != budgeting.seen:
            raise moved_meanwhile()
        return ApplicationBudget.objects.create(
            application=held, lines=lines, grant=budgeting.grant, own=budgeting.own, version=budgeting.seen + 1,
            by=by, at=at,
        )  # fmt: skip


def send_in(*, application: Application, by: User, at: datetime) -> Application:
    """Send the application in; from then on the region reads it, and nobody writes in it.

    Raises  Refusal when the call isn't open, the municipality has left, answers lack or the budget doesn't add up. The
            draft is kept
    """
    with recorded("send_in_application", by=by, at=at, about=str(application.pk)):
        held = held_application(application)
        if move_to(APPLICATION, held.state, SUBMITTED) is None:
            raise moved_meanwhile()
        if held.state == DRAFT and time_of_call(held.call, at) != OPEN:
            raise _not_open(held.call, at)
        _takes_part(held.call, held.municipality, at)
        if missing := unanswered(asked_in(held.call), texts_of(held)):
            raise not_all_answered(missing)
        if wrong := faults_of(held, standing_budget(held)):
            raise budget_is_wrong(wrong)
        held.state, held.submitted_at, held.submitted_by = SUBMITTED, at, by
        held.save(update_fields=["state", "submitted_at", "submitted_by"])
    return held


def withdraw_application(*, application: Application, why: str, by: User, at: datetime) -> Application:
    """Take an application back before it is decided on. It stays to be read.

    Raises  Refusal when it is decided on or taken back already
    """
    said = text_of(why, longest=LONGEST_TEXT, least=0)
    with recorded("withdraw_application", by=by, at=at, about=str(application.pk)):
        held = held_application(application)
        if held.state not in UNDECIDED:
            raise moved_meanwhile()
        held.state, held.closed_at, held.closed_by, held.why_closed = WITHDRAWN, at, by, said
        held.save(update_fields=["state", "closed_at", "closed_by", "why_closed"])
    return held


def held_application(application: Application) -> Application:
    """The application, locked until the act is done: of two at once the second sees what the first did."""
    return Application.objects.select_for_update(of=("self",)).select_related("call__programme").get(pk=application.pk)


def standing_answers(application: Application) -> dict[int, ApplicationAnswer]:
    """The answer that stands to each question, by the question's number. One query."""
    rows = application.answers.filter(beside=False).select_related("question", "by").order_by("version")
    return {row.question.number: row for row in rows}


def texts_of(application: Application) -> dict[int, str]:
    """The texts that stand, by the question's number."""
    return {number: row.text for number, row in standing_answers(application).items()}


def asked_in(call: Call) -> Sequence[Asked]:
    """The call's questions, in order."""
    return [Asked(one.number, one.required, one.longest) for one in call.questions.order_by("number")]


def standing_budget(application: Application) -> ApplicationBudget | None:
    """The budget that stands; None: there is none yet."""
    return application.budgets.order_by("-version").first()


def lines_of(rows: Sequence[Mapping[str, object]]) -> tuple[Line, ...]:
    """A budget's lines as the pure stage reads them."""
    return tuple(Line(str(row["category"]), str(row["text"]), int(str(row["ore"]))) for row in rows)


def faults_of(application: Application, budget: ApplicationBudget | None) -> tuple[tuple[str, str], ...]:
    """Why the budget can't be sent in; one that isn't there has no cost."""
    rules = Rules(application.call.programme.own_share, application.call.most)
    if budget is None:
        return faults((), 0, 0, rules)
    return faults(lines_of(budget.lines), budget.grant, budget.own, rules)


def _takes_part(call: Call, municipality: str, at: datetime) -> None:
    rows = ProgrammeMunicipality.objects.filter(programme=call.programme_id, municipality=municipality, left_on=None)
    if not rows.filter(joined_on__lte=localdate(at)).exists():
        raise municipality_left()


def _not_open(call: Call, at: datetime) -> Exception:
    moment = localtime(call.closes_at if time_of_call(call, at) == CLOSED else call.opens_at)
    when = f"{moment:%Y-%m-%d %H.%M}"
    if time_of_call(call, at) == CLOSED:
        return call_not_open((f"stängde {when}", f"closed {when}"))
    return call_not_open((f"öppnar {when}", f"opens {when}"))
