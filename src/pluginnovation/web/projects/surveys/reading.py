"""What is told of surveys: how many have answered while they are open, and what they said when closed."""

from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.db.models import Count, Q
from django.http import Http404

from pluginnovation.projects.surveys import CLOSED, Counted, counted, may_be_read
from pluginnovation.web.people.clock import today

from ..analyses.subject import OF_SCHOOL, Subject
from ..models import Survey, SurveyAnswer
from .kept import is_open, questions_of


@dataclass(frozen=True, slots=True)
class Read:
    """A survey as it may be read.

    may      CLOSED, TOO_FEW_ANSWERS or STILL_OPEN of `projects.surveys`
    rows     each statement's counts; empty unless it may be read
    """

    survey: Survey
    sheets: int
    may: str
    rows: tuple[Counted, ...]

    @property
    def open(self) -> bool:
        """Whether it takes answers."""
        return is_open(self.survey, today())


def surveys_of(subject: Subject) -> list[Read]:
    """The surveys of an analysis, newest first, with what may be read. Two queries."""
    rows = Survey.objects.filter(_mine(subject)).annotate(sheets=Count("answers")).order_by("-first", "-pk")
    found = list(rows)
    readable = [one for one in found if _may(one, one.sheets) == CLOSED]
    answers: dict[int, list[dict[str, str]]] = {}
    for pk, said in SurveyAnswer.objects.filter(survey__in=readable).values_list("survey", "answers"):
        answers.setdefault(pk, []).append(said)
    return [_read(one, one.sheets, answers.get(one.pk, ())) for one in found]


def survey_or_404(subject: Subject, number: int) -> Read:
    """One survey of the analysis.

    Raises  Http404
    """
    found = next((one for one in surveys_of(subject) if one.survey.pk == number), None)
    if found is None:
        raise Http404
    return found


def _mine(subject: Subject) -> Q:
    if subject.kind == OF_SCHOOL:
        return Q(school=subject.school, application=None, sub_project=None)
    if subject.sub_project is not None:
        began = Q(application=subject.application) if subject.application else Q(pk__in=[])
        return Q(sub_project=subject.sub_project) | began
    return Q(application=subject.application)


def _may(survey: Survey, sheets: int) -> str:
    return may_be_read(sheets, is_open=is_open(survey, today()), fewest=survey.smallest)


def _read(survey: Survey, sheets: int, answers: Iterable[dict[str, str]]) -> Read:
    may = _may(survey, sheets)
    return Read(survey, sheets, may, counted(list(answers), questions_of(survey)) if may == CLOSED else ())


def square(address: str) -> str:
    """The address as a QR code: the inside of a picture that holds nothing but squares."""
    drawn = segno.make(address, error="m", micro=False)
    return str(drawn.svg_inline(scale=4, border=4, dark="#000", light="#fff", omitsize=True))
