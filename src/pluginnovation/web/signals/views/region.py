"""The region: thirteen municipalities in aggregates, never a pupil."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.records.exports import asked_for, export

from ..chrome import shown_runs
from ..models import MunicipalitySnapshot
from ..rule_sets import rules_numbered
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
    # Each municipality is counted by its own rules.
    windows = sorted({rules_numbered(number).window_days for number in {run.rule_set for run in runs}})
    days = "–".join(str(window) for window in (*windows[:1], *windows[1:][-1:]))
    if asked_for(request):
        return export(request, region_sheet(request, rows, latest, days=days))
    page = {"rows": rows, "total": total, "run": latest, "days": days, "several": len(windows) > 1}
    return render(request, "signals/region.html", page)
