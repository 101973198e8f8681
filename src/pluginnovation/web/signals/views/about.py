"""Pages about the pages: how things are counted, accessibility, personal data; and the smallest page there is."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from pluginnovation.signals.rules import RULE_SET_1

from ..chrome import shown_runs
from ..definitions import all_definitions
from ..rule_sets import rules_numbered


@require_GET
def me(request: HttpRequest) -> HttpResponse | HttpResponseRedirect:
    """Who is signed in, as plain text: session and user, nothing else. What other pages are timed against."""
    if not request.user.is_authenticated:
        return redirect("start")
    return HttpResponse(request.user.name, content_type="text/plain; charset=utf-8")


@require_GET
def definitions(request: HttpRequest) -> HttpResponse:
    """Every signal: what it is, its levels, and where it comes from, by the rules that the pages' figures follow."""
    numbers = {run.rule_set for run in shown_runs(request).values()}
    # Sources with different rules: the default is told, and where to read the others.
    rules = rules_numbered(numbers.pop()) if len(numbers) == 1 else RULE_SET_1
    context = {"definitions": all_definitions(rules), "rules": rules, "several": len(numbers) > 1}
    return render(request, "signals/definitions.html", context)


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done for those who see, hear, move or read in another way, and what isn't done yet."""
    return render(request, "signals/accessibility.html")


@require_GET
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept about people, why, and who sees it."""
    return render(request, "signals/personal_data.html")
