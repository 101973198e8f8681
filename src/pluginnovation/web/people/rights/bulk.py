"""Long lists of pupils as files: above the authority's limit they take two people.

What is approved is the list at one address with its choices, and exactly the pupils that were on it.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, Final, cast

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import resolve
from django.utils.timezone import now

from pluginnovation.privacy.approvals import BULK_EXPORT, needs_two
from pluginnovation.web.people.models import Approval

from .access_rules import access_rules_of
from .approvals import use_approval
from .asker import duty_of, refusal_text, user_of
from .forms import AskForm
from .refused import another_list

SALT: Final = "bulk"
# How long a page that offers to ask is good for.
AGE: Final = 3_600


def held_back(request: HttpRequest, pupils: Sequence[str], heads: Sequence[str]) -> HttpResponse | None:
    """None when the list may be handed out now; otherwise the page that says what it takes.

    Takes   pupils   the codes of those on the list
            heads    its columns
    """
    limit = access_rules_of(duty_of(request).source).alone if pupils else 0
    approval: Approval | None = getattr(request, "_approval", None)
    if not pupils or (approval is None and not needs_two(len(pupils), limit)):
        return None
    what = {"path": request.path, "query": _choices(request), "print": _print(pupils, heads)}
    if approval is None:
        wanted = signing.dumps({"what": what, "pupils": len(pupils), "user": duty_of(request).user}, salt=SALT)
        page = {"form": AskForm(), "wanted": wanted, "pupils": len(pupils), "limit": limit, "back": request.path}
        return render(request, "people/rights/two.html", page, status=403)
    if approval.kind != BULK_EXPORT or approval.what != what:
        page = {"refusal": refusal_text(another_list()), "approval": approval}
        return render(request, "people/rights/approval_failed.html", page, status=409)
    use_approval(approval=approval, by=user_of(request), at=now())
    return None


def wanted_of(request: HttpRequest) -> dict[str, Any] | None:
    """What a page offered to ask for; none when it is another's, changed or too old."""
    try:
        wanted = signing.loads(request.POST.get("wanted", ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return None
    return wanted if wanted["user"] == duty_of(request).user else None


def done_by(request: HttpRequest, approval: Approval) -> HttpResponse:
    """The list, by the page that it is on, asked as it was asked then; the page takes the approval at the end."""
    asked = cast(Any, request)
    asked.method, asked.path, asked.path_info = "GET", approval.what["path"], approval.what["path"]
    asked.GET = QueryDict(approval.what["query"])
    asked._approval = approval
    found = resolve(approval.what["path"])
    return cast(HttpResponse, found.func(request, *found.args, **found.kwargs))


def _choices(request: HttpRequest) -> str:
    """The page's choices, in an order of their own; which page of the list is shown is none of them."""
    chosen = QueryDict(mutable=True)
    for name in sorted(request.GET):
        if name != "sida":
            chosen.setlist(name, request.GET.getlist(name))
    return chosen.urlencode()


def _print(pupils: Sequence[str], heads: Sequence[str]) -> str:
    said = "\n".join((*sorted(pupils), *heads))
    return hashlib.sha256(said.encode()).hexdigest()
