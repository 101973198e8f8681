"""From when until when a sub-project goes on."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.support.case_door import tried

from ..door import LEADER, REGIONAL, open_sub_project_or_404
from ..making import date_sub_project
from ..work_forms import TimeForm


@for_roles(LEADER, *REGIONAL)
@require_http_methods(["GET", "POST"])
def sub_project_time(request: HttpRequest, number: int) -> HttpResponse:
    """Set the first and last day: whoever leads it, or the region."""
    project = open_sub_project_or_404(request, number)
    if duty_of(request).role == LEADER and project.starts is not None and project.ends is not None:
        raise Http404  # days that are agreed are the region's to change
    form = TimeForm(request.POST or None, initial={"starts": project.starts, "ends": project.ends})
    page = {"project": project, "form": form}
    if request.method == "GET":
        return render(request, "projects/time.html", page)
    if not form.is_valid():
        return render(request, "projects/time.html", page | {"wrong_form": form}, status=422)
    starts, ends, by = form.cleaned_data["starts"], form.cleaned_data["ends"], user_of(request)
    refusal, status = tried(lambda: date_sub_project(sub_project=project, starts=starts, ends=ends, by=by, at=now()))
    if refusal:
        return render(request, "projects/time.html", page | {"refusal": refusal}, status=status)
    messages.success(request, _("Dagarna är sparade."))
    return redirect(f"/delprojekt/{number}/")
