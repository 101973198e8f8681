"""The pages of surveys: opening and reading one for those who asked, and answering for anybody with the link."""

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy.small_numbers import FEWEST
from pluginnovation.projects.surveys import (
    ANSWERS,
    DONT_KNOW,
    FULLY,
    GUARDIANS,
    LONGEST_QUESTION,
    MOST_DAYS,
    NOT,
    PARTLY,
    PUPILS,
    READY,
    STAFF,
    Question,
)
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.people.rights.forms import PageForm
from pluginnovation.web.signals.words import language

from ..analyses.forms import text_in
from ..analyses.subject import READS, WRITES, Subject, may_write, subject_or_404
from ..models import Survey
from .kept import LONGEST_TITLE, NewSurvey, answer_survey, close_survey, is_open, new_sheet, open_survey, questions_of
from .limits import may_answer
from .reading import square, survey_or_404

OWN_QUESTIONS: Final = 3
AUDIENCE: Final = {
    PUPILS: gettext_lazy("Elever"), STAFF: gettext_lazy("Personal"), GUARDIANS: gettext_lazy("Vårdnadshavare"),
}  # fmt: skip
ANSWER: Final = {
    FULLY: gettext_lazy("Stämmer helt"), PARTLY: gettext_lazy("Stämmer delvis"), NOT: gettext_lazy("Stämmer inte"),
    DONT_KNOW: gettext_lazy("Vet inte"),
}  # fmt: skip


class SurveyForm(PageForm):
    """What a survey is opened with; its statements are chosen beside."""

    title = forms.CharField(
        label=gettext_lazy("Enkätens namn"), max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Syns för den som svarar."),
    )  # fmt: skip
    days = forms.IntegerField(label=gettext_lazy("Öppen så många dagar"), min_value=1, max_value=MOST_DAYS, initial=14)
    fewest = forms.IntegerField(
        label=gettext_lazy("Så många svar krävs minst"), min_value=FEWEST, max_value=500, initial=FEWEST,
        help_text=gettext_lazy("Färre svar än så visas aldrig, inte heller efteråt."),
    )  # fmt: skip


@for_roles(*WRITES)
@require_http_methods(["GET", "POST"])
def new_survey(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    """Open a survey."""
    subject = subject_or_404(request, kind, about)
    asked = request.GET.get("till", PUPILS)
    audience = asked if asked in READY else PUPILS
    form = SurveyForm(request.POST or None, initial={"title": _title(audience), "days": 14, "fewest": FEWEST})
    refusal, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = open_survey(subject=subject, new=_new(request, form, audience), by=user_of(request), at=now())
            except Refusal as why:
                refusal = refusal_text(why)
            else:
                messages.success(request, _("Enkäten är öppen. Dela länken eller rutan."))
                return redirect(subject.address("survey", made.pk))
    chosen = set(request.POST.getlist("pastaende")) if request.method == "POST" else None
    page = {
        "subject": subject, "here": subject.address(), "form": form, "refusal": refusal, "audience": audience,
        "audiences": AUDIENCE.items(), "longest": LONGEST_QUESTION,
        "ready": [(one.key, one.text(language()), chosen is None or one.key in chosen) for one in READY[audience]],
        "own": [(at, text_in(request, f"eget-{at}")) for at in range(1, OWN_QUESTIONS + 1)],
    }  # fmt: skip
    return render(request, "projects/survey/new.html", page, status=status)


def _title(audience: str) -> str:
    words = {
        PUPILS: _("Så har vi det i skolan"), STAFF: _("Så arbetar vi"), GUARDIANS: _("Skolan och hemmet"),
    }  # fmt: skip
    return words[audience]


def _new(request: HttpRequest, form: SurveyForm, audience: str) -> NewSurvey:
    chosen = set(request.POST.getlist("pastaende"))
    questions = [one for one in READY[audience] if one.key in chosen]
    own = [(at, text_in(request, f"eget-{at}")) for at in range(1, OWN_QUESTIONS + 1)]
    questions += [Question(f"own-{at}", text, "") for at, text in own if text]
    said = form.cleaned_data
    return NewSurvey(said["title"].strip(), audience, questions, said["days"], said["fewest"])


@for_roles(*READS)
@require_GET
def survey(request: HttpRequest, kind: str, about: str, number: int) -> HttpResponse:
    """One survey: its link, how many have answered, and what they said once it may be read."""
    subject = subject_or_404(request, kind, about)
    read = survey_or_404(subject, number)
    address = request.build_absolute_uri(reverse("survey_answer", args=[read.survey.key]))
    page = {
        "subject": subject, "here": subject.address(), "read": read, "address": address, "square": square(address),
        "writes": may_write(request), "audience": AUDIENCE[read.survey.audience], "answers": ANSWER.values(),
        "rows": [(one.question.text(language()), one) for one in read.rows],
        "asked": [one.text(language()) for one in questions_of(read.survey)],
    }  # fmt: skip
    return render(request, "projects/survey/survey.html", page)


@for_roles(*WRITES)
@require_POST
def close(request: HttpRequest, kind: str, about: str, number: int) -> HttpResponse:
    """Close a survey."""
    subject: Subject = subject_or_404(request, kind, about)
    read = survey_or_404(subject, number)
    close_survey(survey=read.survey, by=user_of(request), at=now())
    messages.success(request, _("Enkäten är stängd."))
    return redirect(subject.address("survey", number))


# Nobody is signed in here, so there is nothing that a forged request could borrow; and no cookie is set.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """A survey's own page, for anybody with the link."""
    found = Survey.objects.filter(key=key).first()
    if found is None:
        raise Http404
    if not is_open(found, today()):
        return render(
            request, "projects/survey/shut.html", {"survey": found, "early": found.first > today()}, status=410
        )
    if request.method == "GET":
        return _sheet(request, found, {"said": {}})
    if not may_answer(request, found.key, at=now()):
        answered = render(request, "projects/survey/slow.html", {"survey": found}, status=429)
        answered["Retry-After"] = "600"
        return answered
    said = {one.key: request.POST.get(f"svar-{one.key}", "") for one in questions_of(found)}
    try:
        answer_survey(survey=found, sheet=request.POST.get("blad", ""), said=said, at=now())
    except Refusal as why:
        return _sheet(request, found, {"said": said, "refusal": refusal_text(why)}, status=422)
    return render(request, "projects/survey/thanks.html", {"survey": found})


def _sheet(request: HttpRequest, found: Survey, told: dict[str, Any], status: int = 200) -> HttpResponse:
    said = told["said"]
    page = {
        "survey": found, "sheet": new_sheet(found), "refusal": told.get("refusal", ""), "fewest": found.smallest,
        "last": found.last, "today": localdate(now()),
        "asks": [(one.key, one.text(language()), [(answer, ANSWER[answer], said.get(one.key) == answer)
                                                  for answer in ANSWERS]) for one in questions_of(found)],
    }  # fmt: skip
    return render(request, "projects/survey/sheet.html", page, status=status)
