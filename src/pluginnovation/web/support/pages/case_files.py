"""The documents of a case: who takes part sees that they are there, and some of them open one.

No script stands on this page, and what is opened is saved by the browser and never shown in it.
"""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy.grounds import Grant
from pluginnovation.privacy.secrecy import reads
from pluginnovation.support.case_files import MOST_BYTES, removes
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Person
from pluginnovation.web.people.rights.asker import user_of
from pluginnovation.web.records.held_files import given_back, held_in_memory
from pluginnovation.web.signals.chrome import show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..attaching import Attaching, attach_file, remove_file
from ..case_door import ROLES, open_case_or_404, tried
from ..case_reading import words_of_state
from ..file_forms import FileForm, RemoveForm
from ..files_told import file_rows
from ..models import Case, CaseFile, CaseFileContent


@held_in_memory(MOST_BYTES)
@for_roles(*ROLES)
@require_http_methods(["GET", "POST"])
def case_files(request: HttpRequest, number: int) -> HttpResponse:
    """The documents, and the form for another."""
    case, person, grant = open_case_or_404(request, number, page="case_files")
    role = grant.ground.role
    if request.method != "POST":
        return _page(request, (case, person, grant), FileForm(role=role))
    form = FileForm(request.POST, request.FILES, role=role)
    if not form.is_valid():
        return _page(request, (case, person, grant), form, status=422)
    said = form.cleaned_data
    file = said["file"]
    attaching = Attaching(said["title"], said["kind"], said["secrecy"], file.name, file.read(), role)
    refusal, status = tried(lambda: attach_file(case=case, attaching=attaching, by=user_of(request), at=now()))
    if refusal:
        return _page(request, (case, person, grant), form, refusal, status)
    messages.success(request, _("Filen är sparad."))
    return redirect("case_files", number=case.pk)


def _page(
    request: HttpRequest, opened: tuple[Case, Person, Grant], form: FileForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    case, person, grant = opened
    show_source(request, person.source)
    role, user = grant.ground.role, user_of(request).pk
    page: dict[str, Any] = {
        "case": case, "person": person, "ground": ground_of(person, grant), "words": words_of_state(case),
        "form": form, "refusal": refusal, "rows": file_rows(case, role, user), "remove_form": RemoveForm(),
        "closed": case.closed_at is not None,
    }  # fmt: skip
    return render(request, "support/case_files.html", page, status=status)


@for_roles(*ROLES)
@require_GET
def case_file(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """One document, to save. Whoever may not read its class is told that there is none."""
    case, _person, grant = open_case_or_404(request, number, page="case_file")
    file = _there(case, row)
    held = None
    if reads(grant.ground.role, file.secrecy, own=file.by_id == user_of(request).pk):
        held = CaseFileContent.objects.filter(pk=file.pk).first()
    if held is None:
        raise Http404
    return given_back(held.sealed_name, held.media_type, held.sealed)


@for_roles(*ROLES)
@require_POST
def file_goes(request: HttpRequest, number: int, row: int) -> HttpResponse:
    """Remove a document, for a reason."""
    case, person, grant = open_case_or_404(request, number, page="case_files")
    file, role, user = _there(case, row), grant.ground.role, user_of(request)
    if not removes(role, reads=reads(role, file.secrecy), own=file.by_id == user.pk):
        raise Http404
    form = RemoveForm(request.POST)
    if not form.is_valid():
        refusal = str(next(iter(form.errors.values()))[0])
        return _page(request, (case, person, grant), FileForm(role=role), refusal, 422)
    why = form.cleaned_data["why"]
    refusal, status = tried(lambda: remove_file(file=file, why=why, role=role, by=user, at=now()))
    if refusal:
        return _page(request, (case, person, grant), FileForm(role=role), refusal, status)
    messages.success(request, _("Filen är borttagen."))
    return redirect("case_files", number=case.pk)


def _there(case: Case, row: int) -> CaseFile:
    file = CaseFile.objects.filter(pk=row, case=case, removed_at=None).first()
    if file is None:
        raise Http404
    return file
