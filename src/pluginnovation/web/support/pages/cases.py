"""The list of cases."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.support.case_states import KINDS, LEADERS
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of
from pluginnovation.web.records.exports import asked_for, export, too_long

from ..between_schools import arriving, leaving
from ..case_door import ROLES
from ..case_list import asked_of, case_sheet, cases_found, rows_of
from ..models import Case
from ..spoken import choices_of

PAGE = 50


@for_roles(*ROLES)
@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """The cases at the viewer's schools."""
    duty, asked = duty_of(request), asked_of(request)
    found = cases_found(duty, asked)
    pages = Paginator(found, PAGE)
    too_many = too_long(request, pages.count)
    if asked_for(request) and not too_many:
        return export(request, case_sheet(request, rows_of(list(found))))
    shown = pages.get_page(request.GET.get("sida"))
    rows = rows_of(list(shown.object_list))
    page = {"rows": rows, "shown": shown, "asked": asked, "kinds": choices_of(KINDS), "too_many": too_many}
    if not rows and not asked.q:
        # Whether there has ever been a case here decides what an empty page says.
        page["none_ever"] = not Case.objects.filter(school__in=duty.units).exists()
    if duty.role in LEADERS:
        page |= {"leaving": leaving(), "arriving": arriving(duty)}
    return render(request, "support/cases.html", page, status=422 if too_many else 200)
