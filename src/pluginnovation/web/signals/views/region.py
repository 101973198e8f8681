"""The region: thirteen municipalities in aggregates, never a pupil."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.records.exports import asked_for, export

from ..chrome import shown_runs
from ..models import MunicipalitySnapshot
from ..sheets import region_sheet
from .asked_day import other_day


@for_roles("regional_lead")
@require_GET
def region(request: HttpRequest) -> HttpResponse:
    """Schools, pupils and shares of each municipality; nothing that fewer than ten lie behind."""
    runs = list(shown_runs(request).values())
    latest = max(runs, key=lambda run: run.as_of, default=None)
    if (other := other_day(request, latest)) is not None:
        return other
    pictures = list(MunicipalitySnapshot.objects.order_by("sort_key", "municipality"))
    rows = [picture for picture in pictures if picture.municipality]
    total = next((picture for picture in pictures if not picture.municipality), None)
    if asked_for(request):
        return export(request, region_sheet(request, rows, latest))
    return render(request, "signals/region.html", {"rows": rows, "total": total, "run": latest})
