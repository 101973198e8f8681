"""What pupils and guardians say about what is held: read by all with a ground, written and answered by some."""

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pluginnovation.privacy.grounds import REACH_OF_ROLE, Grant
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.events import signals_named
from pluginnovation.web.people.models import Person, Statement

from ..asker import user_of
from ..forms import AnswerStatementForm, PageForm, StatementForm
from ..statements import Said, answer_statement, record_statement, statements_of
from ..words import KINDS, OUTCOMES, PARTS, WHO_SAID, said

# A teacher of one subject hears, and passes it on.
WRITERS = ("mentor", "principal", "pupil_health", "youth_coordinator")
ANSWERERS = ("principal", "pupil_health", "youth_coordinator")


@dataclass(frozen=True, slots=True)
class Sent:
    """The forms of the page as they were sent.

    form       the one that writes down something new
    answered   the number of the statement that was answered
    wrong      the one of them that has something to put right
    """

    form: StatementForm | None = None
    answered: int = 0
    wrong: PageForm | None = None


@for_roles(*REACH_OF_ROLE)
@require_http_methods(["GET", "POST"])
def statements(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that was said, with its answers, and the form that writes down something new."""
    person, grant = open_pupil_or_404(request, code, page="statements", in_emergency=request.method == "GET")
    signals = _signals()
    if request.method == "GET":
        form = StatementForm(signals=signals.items(), initial={"said_on": today(), "about": request.GET.get("om", "")})
        return _page(request, person, grant, Sent(form))
    if grant.ground.role not in WRITERS:
        raise Http404
    form = StatementForm(request.POST, signals=signals.items())
    if not form.is_valid():
        return _page(request, person, grant, Sent(form, wrong=form))
    record_statement(grant=grant, said=Said(**form.cleaned_data), by=user_of(request), at=now())
    messages.success(request, _("Det är nedskrivet och visas på elevens sida."))
    return redirect("statements", code=code)


@for_roles(*ANSWERERS)
@require_POST
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer what was said."""
    person, grant = open_pupil_or_404(request, code, page="statements")
    statement = Statement.objects.filter(pk=number, pupil=person.code).first()
    if statement is None:
        raise Http404
    form = AnswerStatementForm(request.POST)
    if not form.is_valid():
        return _page(request, person, grant, Sent(answered=number, wrong=form))
    answer_statement(statement=statement, **form.cleaned_data, grant=grant, by=user_of(request), at=now())
    messages.success(request, _("Svaret är sparat."))
    return redirect("statements", code=code)


def _page(request: HttpRequest, person: Person, grant: Grant, sent: Sent) -> HttpResponse:
    signals = _signals()
    told = statements_of(person.code)
    by_ground = grant.ground.reach in REACH_OF_ROLE.values()
    may_answer = by_ground and grant.ground.role in ANSWERERS
    rows = [
        {
            "told": one,
            "kind": said(KINDS, one.statement.kind),
            "who": said(WHO_SAID, one.statement.said_by),
            "about": signals.get(one.statement.about) or said(PARTS, one.statement.about),
            "answers": [(each, said(OUTCOMES, each.outcome)) for each in one.answers],
            "form": _answering(one.statement.pk, sent) if may_answer else None,
            "wrong": sent.answered == one.statement.pk,
        }
        for one in told
    ]
    page = {
        "person": person,
        "rows": rows,
        "contested": sum(one.contested for one in told),
        "form": sent.form or StatementForm(signals=signals.items(), initial={"said_on": today()}),
        "wrong_form": sent.wrong,
        "may_write": by_ground and grant.ground.role in WRITERS,
    }
    return render(request, "people/rights/statements.html", page, status=422 if sent.wrong else 200)


def _answering(number: int, sent: Sent) -> PageForm:
    """The form under one statement, with ids of its own."""
    form = sent.wrong if sent.wrong and sent.answered == number else AnswerStatementForm()
    form.auto_id = f"svar-{number}-%s"
    return form


def _signals() -> dict[str, str]:
    """The signals that may be spoken of, by name: what the apps below answer."""
    answers = cast(list[tuple[Any, dict[str, str]]], signals_named.send(sender=Statement))
    return {name: title for _, titles in answers for name, title in titles.items()}
