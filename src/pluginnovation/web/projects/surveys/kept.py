"""Opening a survey, answering it, and closing it. An answer is a drawn number and what was chosen, and nothing else."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid4

from django.core.signing import BadSignature, TimestampSigner
from django.utils.timezone import localdate

from pluginnovation.projects.surveys import AUDIENCES, Question, right_answers, wrong_survey
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from ..analyses.subject import Subject
from ..models import Survey, SurveyAnswer
from .refused import nothing_answered, sheet_too_old, survey_closed, survey_wrong

# An address that can be read aloud and typed, and not be guessed: 80 bits, without letters that look alike.
LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH: Final = 16
LONGEST_TITLE: Final = 80
SHEET: Final = TimestampSigner(salt="projects.surveys.sheet")
SHEET_LASTS: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey about to be opened.

    days      how many days it is open, today included
    fewest    fewer answers than this show nothing
    """

    title: str
    audience: str
    questions: Sequence[Question]
    days: int
    fewest: int


def open_survey(*, subject: Subject, new: NewSurvey, by: User, at: datetime) -> Survey:
    """Open a survey for whom an analysis is made for.

    Raises  Refusal 'survey_wrong'
    """
    wrong = wrong_survey(new.questions, days=new.days, fewest=new.fewest)
    wrong = wrong or ("" if new.audience in AUDIENCES else "audience")
    if wrong or not 0 < len(new.title) <= LONGEST_TITLE:
        raise survey_wrong(wrong or "title")
    first = localdate(at)
    with recorded("open_survey", by=by, at=at, about=f"{subject.kind} {subject.about}", audience=new.audience):
        return Survey.objects.create(
            key="".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH)), application_id=subject.application,
            sub_project_id=subject.sub_project, school=subject.school, municipality=subject.municipality,
            audience=new.audience, title=new.title, smallest=new.fewest, first=first,
            last=first + timedelta(days=new.days - 1), by=by, at=at,
            questions=[{"key": one.key, "sv": one.sv, "en": one.en, "factor": one.factor} for one in new.questions],
        )  # fmt: skip


def close_survey(*, survey: Survey, by: User, at: datetime) -> None:
    """Close a survey before its last day: results may be read, and nobody can answer any more."""
    with recorded("close_survey", by=by, at=at, about=str(survey.pk)):
        Survey.objects.filter(pk=survey.pk, closed_at=None).update(closed_at=at, closed_by=by)


def is_open(survey: Survey, today: date) -> bool:
    """Whether it takes answers."""
    return survey.closed_at is None and survey.first <= today <= survey.last


def questions_of(survey: Survey) -> tuple[Question, ...]:
    """A survey's statements."""
    return tuple(Question(one["key"], one["sv"], one["en"], one.get("factor", "")) for one in survey.questions)


def new_sheet(survey: Survey) -> str:
    """What a form carries so that it counts once, however often it is sent. It says nothing of who has it."""
    return SHEET.sign(f"{survey.pk}.{uuid4().hex}")


def answer_survey(*, survey: Survey, sheet: str, said: Mapping[str, str], at: datetime) -> None:
    """Add one answer. There is no audit row: it would say when, and so nearly who.

    Raises  Refusal 'survey_closed', 'sheet_too_old' or 'nothing_answered'
    """
    if not is_open(survey, localdate(at)):
        raise survey_closed()
    try:
        number, _, drawn = SHEET.unsign(sheet, max_age=SHEET_LASTS).partition(".")
    except BadSignature:
        raise sheet_too_old() from None
    if number != str(survey.pk):
        raise sheet_too_old()
    answers = right_answers(said, questions_of(survey))
    if not answers:
        raise nothing_answered()
    row = SurveyAnswer(id=UUID(drawn), survey=survey, answers=answers)
    SurveyAnswer.objects.bulk_create([row], ignore_conflicts=True)
