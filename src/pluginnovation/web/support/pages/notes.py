"""Notes about a pupil, by class of secrecy: everyone with a ground sees that one exists, some what it says.

No script stands on this page: what is written here is kept nowhere until it is sent.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.secrecy import CLASSES, reads
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import refusal_text, user_of
from pluginnovation.web.people.rights.words import role_title
from pluginnovation.web.signals.chrome import SEES_PUPILS, show_source
from pluginnovation.web.signals.views.pupil import ground_of

from ..actions import Noting, write_note
from ..case_forms import NoteForm
from ..models import Case, Note, NoteText
from ..notes import notes_here
from ..secrecy_words import SECRECY


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest, code: str) -> HttpResponse:
    """The notes about a pupil, and the form for another."""
    person, grant = open_pupil_or_404(request, code, page="notes")
    show_source(request, person.source)
    role, user = grant.ground.role, user_of(request)
    case = _case_of(request, person.code)
    form = NoteForm(request.POST if request.method == "POST" else None, role=role)
    page: dict[str, Any] = {"person": person, "ground": ground_of(person, grant), "form": form, "case": case}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = form.cleaned_data
            noting = Noting(person.code, said["secrecy"], said["text"], role, case.pk if case else None)
            try:
                write_note(noting=noting, by=user, at=now())
            except Refusal as refused:
                page["refusal"] = refusal_text(refused)
            else:
                messages.success(request, _("Anteckningen är sparad."))
                return redirect("notes", code=person.code)
    page["rows"] = _rows(notes_here(person.code, role, user.pk), role, user.pk)
    return render(request, "support/notes.html", page, status=status)


def _rows(rows: list[Note], role: str, user: int) -> list[tuple[Note, Any, str, str]]:
    """Each note, whom it is for, the writer's role, and what it says where the viewer may read that. One query."""
    open_ones = [row.pk for row in rows if reads(role, row.secrecy, own=row.by_id == user)]
    # The fence around the rows shows the same; asked here too, so that a page without the fence shows no more.
    texts = {row.note_id: row.sealed for row in NoteText.objects.filter(note__in=open_ones)}
    return [(row, SECRECY.get(row.secrecy, ""), role_title(row.role), texts.get(row.pk, "")) for row in rows]


def _case_of(request: HttpRequest, pupil: str) -> Case | None:
    """The case that a note is written in, when the address names one of the pupil's."""
    number = request.GET.get("arende", "")
    if not number.isdigit() or len(number) > 9:
        return None
    return Case.objects.filter(pk=int(number), pupil=pupil, closed_at=None).first()


assert set(SECRECY) == set(CLASSES)
