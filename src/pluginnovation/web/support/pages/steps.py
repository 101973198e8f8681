"""Promises on their own pages: given, kept, undone and handed over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.door import open_group_or_404, open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.reach import of_todays_school
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS

from ..colleagues import Colleague, colleagues_at, school_of
from ..models import NextStep
from ..promise_changes import HandingOver, hand_over_promise, reopen_promise
from ..promises import LONGEST_WHAT, Promise, keep_promise, promise
from ..spoken import PageForm, day_field, line_field

CHOOSE_WHO = gettext_lazy("Välj vem som gör det.")


class OwnerForm(PageForm):
    """Who is to do it."""

    owner = forms.ChoiceField(
        label=gettext_lazy("Vem gör det"), error_messages={"required": CHOOSE_WHO, "invalid_choice": CHOOSE_WHO}
    )

    def __init__(self, *args: Any, colleagues: list[Colleague], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_code = {colleague.code: colleague for colleague in colleagues}
        self.fields["owner"].choices = [("", "–"), *((each.code, each.label) for each in colleagues)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Colleague:
        """The one who was chosen."""
        return self.by_code[self.cleaned_data["owner"]]


class StepForm(OwnerForm):
    """A promise."""

    what = line_field(
        gettext_lazy("Vad ska göras"), gettext_lazy("En rad, som en uppmaning: Ring hem och bestäm en tid."),
        longest=LONGEST_WHAT,
    )  # fmt: skip
    due = day_field(gettext_lazy("Senast"))
    then = line_field(gettext_lazy("Och sedan"), gettext_lazy("Om något kommer efter."), longest=LONGEST_WHAT,
                      required=False)  # fmt: skip

    field_order = ("what", "owner", "due", "then")


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def new_step(request: HttpRequest, code: str) -> HttpResponse:
    """Promise something about a pupil."""
    person, _grant = open_pupil_or_404(request, code, page="step")
    school = school_of(person.code)
    colleagues, user = colleagues_at(school), user_of(request)
    if request.method == "GET":
        form = StepForm(colleagues=colleagues, initial={"owner": user.person_id or ""})
        return render(request, "support/step_new.html", {"person": person, "form": form})
    form = StepForm(request.POST, colleagues=colleagues)
    refusal = ""
    if form.is_valid():
        said = form.cleaned_data
        promised = Promise(
            what=said["what"], then=said["then"], owner=form.chosen.code, owner_role=form.chosen.role, due=said["due"],
            pupil=person.code, school=school,
        )  # fmt: skip
        try:
            promise(promised=promised, by=user, at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Nästa steg är sparat."))
            return redirect("pupil", code=person.code)
    page = {"person": person, "form": form, "refusal": refusal}
    return render(request, "support/step_new.html", page, status=422)


@for_roles(*SEES_PUPILS)
@require_POST
def keep(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a promise is kept."""
    step, _person = _opened(request, number)
    try:
        keep_promise(step=step, by=user_of(request), at=now())
        messages.success(request, _("Klart: %(what)s.") % {"what": step.what.rstrip(".")})
    except Refusal as refused:
        messages.warning(request, refusal_text(refused))
    return _back(request, step)


@for_roles(*SEES_PUPILS)
@require_POST
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Undo that a promise was said to be kept."""
    step, _person = _opened(request, number)
    try:
        reopen_promise(step=step, by=user_of(request), at=now())
        messages.success(request, _("Ångrat. Steget gäller igen: %(what)s.") % {"what": step.what.rstrip(".")})
    except Refusal as refused:
        messages.warning(request, refusal_text(refused))
    return _back(request, step)


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody else keep a promise."""
    step, person = _opened(request, number)
    colleagues = [each for each in colleagues_at(step.school) if each.code != step.owner]
    form = OwnerForm(request.POST if request.method == "POST" else None, colleagues=colleagues)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        handing = HandingOver(form.chosen.code, form.chosen.role)
        try:
            hand_over_promise(step=step, handing=handing, by=user_of(request), at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Överlämnat till %(name)s.") % {"name": form.chosen.name})
            return _back(request, step)
    page = {"step": step, "person": person, "form": form, "refusal": refusal}
    return render(request, "support/step_hand_over.html", page, status=422 if request.method == "POST" else 200)


def _opened(request: HttpRequest, number: int) -> tuple[NextStep, Person | None]:
    """The promise, through the door of whom or what it is about.

    Raises  Http404, the same one, whether it doesn't exist or may not be seen
    """
    step = NextStep.objects.filter(Q(pupil="") | of_todays_school(), pk=number).first()
    if step is None:
        raise Http404
    if step.pupil:
        person, _grant = open_pupil_or_404(request, step.pupil, page="step")
        return step, person
    duty = duty_of(request)
    if step.group:
        open_group_or_404(request, step.group)
    elif step.school not in (*duty.units, duty.place):
        raise Http404
    return step, None


def _back(request: HttpRequest, step: NextStep) -> HttpResponse:
    if request.POST.get("back") == "my_day" or not (step.pupil or step.group):
        return redirect("my_day")
    return redirect("pupil", code=step.pupil) if step.pupil else redirect("group", code=step.group)
