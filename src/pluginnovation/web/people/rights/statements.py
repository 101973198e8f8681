"""What a pupil or guardian says about what is held, and what is answered: writing it down, and reading it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch

from pluginnovation.privacy.grounds import Grant
from pluginnovation.privacy.statements import contests
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Statement, StatementAnswer, User


@dataclass(frozen=True, slots=True)
class Said:
    """Words about to be written down.

    said_by   pupil or guardian
    about     a signal's name, or one of `privacy.statements.PARTS`
    """

    said_by: str
    kind: str
    about: str
    text: str
    said_on: date


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with its answers, oldest first.

    contested   whether it still stands against what is held
    """

    statement: Statement
    answers: list[StatementAnswer]
    contested: bool


def record_statement(*, grant: Grant, said: Said, by: User, at: datetime) -> Statement:
    """Write down what was said. It is never changed; whoever changes their mind says so in a new one."""
    with recorded("record_statement", by=by, at=at, about=grant.pupil, kind=said.kind):
        return Statement.objects.create(
            pupil=grant.pupil, source=grant.source, said_by=said.said_by, kind=said.kind, about=said.about,
            text=said.text, said_on=said.said_on, by=by, role=grant.ground.role, at=at,
        )  # fmt: skip


def answer_statement(
    *, statement: Statement, outcome: str, text: str, grant: Grant, by: User, at: datetime
) -> StatementAnswer:
    """Answer what was said. A later answer stands before an earlier one, which is kept."""
    with recorded("answer_statement", by=by, at=at, about=grant.pupil, statement=statement.pk, outcome=outcome):
        return StatementAnswer.objects.create(
            statement=statement, pupil=grant.pupil, outcome=outcome, text=text, by=by, role=grant.ground.role, at=at
        )


def statements_of(pupil: str) -> list[Told]:
    """Everything that was said about a pupil's data, newest first. Two queries."""
    answers = StatementAnswer.objects.select_related("by").order_by("at", "id")
    rows = Statement.objects.filter(pupil=pupil).select_related("by").order_by("-said_on", "-id")
    return [_told(row) for row in rows.prefetch_related(Prefetch("answers", answers))]


def contested_of(told: Iterable[Told]) -> dict[str, Told]:
    """What is contested, by what it is about; the newest words of each."""
    found: dict[str, Told] = {}
    for one in told:
        if one.contested:
            found.setdefault(one.statement.about, one)
    return found


def _told(row: Statement) -> Told:
    answers = list(row.answers.all())
    return Told(row, answers, contests(row.kind, [answer.outcome for answer in answers]))
