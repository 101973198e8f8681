"""What each authority says about emergency access and long lists: an administrator reads and changes it."""

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pluginnovation.privacy.emergency import EmergencyRule
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import AccessRule, Organisation

from ..access_rules import AccessRules, access_rules_of, saved_rules, set_access_rules
from ..asker import user_of
from ..forms import AccessRulesForm
from ..words import role_title


@for_roles("administrator")
@require_http_methods(["GET", "POST"])
def access_rules(request: HttpRequest) -> HttpResponse:
    """One authority's rules (`?kalla=`), the form that changes them, and what was said before."""
    authorities = _authorities()
    authority = request.GET.get("kalla", "") or next(iter(authorities), "")
    if authority not in authorities:
        if request.GET.get("kalla") or request.method == "POST":
            raise Http404
        return render(request, "people/rights/access_rules.html", {"authorities": []})
    held = access_rules_of(authority)
    form = AccessRulesForm(request.POST if request.method == "POST" else None, initial=_initial(held))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        rule = EmergencyRule(frozenset(said["roles"]), said["minutes"], said["least_reason"])
        set_access_rules(
            authority=authority, rules=AccessRules(rule, said["alone"]), why=said["why"], by=user_of(request), at=now()
        )
        messages.success(request, _("Reglerna är sparade och gäller nu."))
        return redirect(f"{reverse('access_rules')}?{urlencode({'kalla': authority})}")
    page = {
        "authorities": authorities,
        "authority": authority,
        "held": held,
        "form": form,
        "saved": [(row, [role_title(role) for role in row.roles]) for row in saved_rules([authority])],
    }
    return render(request, "people/rights/access_rules.html", page, status=422 if form.errors else 200)


def _authorities() -> list[str]:
    known = Organisation.objects.filter(~Q(source="")).values_list("source", flat=True)
    return sorted({*known, *AccessRule.objects.values_list("authority", flat=True)})


def _initial(held: AccessRules) -> dict[str, object]:
    return {
        "roles": sorted(held.emergency.roles),
        "minutes": held.emergency.minutes,
        "least_reason": held.emergency.least_reason,
        "alone": held.alone,
    }
