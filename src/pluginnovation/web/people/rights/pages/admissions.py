"""Protected pupils: a principal's decisions, and the one page on which those named see an admitted pupil."""

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.privacy.admission import (
    MARKED,
    TOLD,
    admission_ground,
    decides_here,
    holds,
    longest_until,
    may_end,
    may_name,
)
from pluginnovation.privacy.admission import Admission as Decided
from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.records.admitted import Rows
from pluginnovation.records.admitted_sums import by_month, last_weeks, newest_day
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, for_roles
from pluginnovation.web.people.models import Admission, Group, Organisation, ProtectionNotice, Visit
from pluginnovation.web.people.names import place_code

from ..admissions import Wanted, admissions_of, admit, as_decided, end_admission, staff_at, viewer_of
from ..admissions_named import could_be_named, name_one, take_out
from ..admitted import kept_of, stays_in
from ..asker import duty_of, refusal_text, user_of
from ..forms import AdmissionForm
from ..notices import note_notice_read, notices_of
from ..words import ENDS, said

OFFICER = "data_protection_officer"


@for_roles(*REACH_OF_ROLE, OFFICER)
@require_GET
def admissions(request: HttpRequest) -> HttpResponse:
    """The decisions that the viewer may know of; to anybody else the page is as if there were none anywhere."""
    duty = duty_of(request)
    rows = [_row(row, duty) for row in admissions_of(duty).prefetch_related("named__user")]
    notices = list(notices_of(duty))
    schools = _schools_of(notices)
    page = {
        "rows": rows,
        "notices": [
            {"row": one, "school": schools.get(one.school, ""), "marked": one.kind == MARKED} for one in notices
        ],
        "decides": duty.role == "principal" and bool(duty.units),
        "officer": duty.role == OFFICER,
    }
    return _unkept(render(request, "people/rights/admissions.html", page))


@for_roles(*TOLD)
@require_POST
def read(request: HttpRequest, number: int) -> HttpResponse:
    """Say that one has read a notice."""
    notice = notices_of(duty_of(request)).filter(pk=number).first()
    if notice is None:
        raise Http404
    note_notice_read(notice=notice, by=user_of(request), at=now())
    return redirect("admissions")


def _schools_of(notices: Collection[ProtectionNotice]) -> dict[str, str]:
    wanted = {one.school for one in notices}
    return dict(Organisation.objects.filter(code__in=wanted).values_list("code", "display_name"))


@for_roles("principal")
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Write down a decision."""
    duty = duty_of(request)
    form = _form(duty, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _unkept(render(request, "people/rights/admission_new.html", {"form": form}))
    refusal = ""
    if form.is_valid():
        given = dict(form.cleaned_data)
        wanted = Wanted(named=[int(user) for user in given.pop("named")], **given)
        try:
            admit(duty=duty, wanted=wanted, by=user_of(request), at=now())
        except Refusal as refused:
            refusal = refusal_text(refused)
        else:
            messages.success(request, _("Beslutet är sparat. Nästa inläsning tar med eleven."))
            return redirect("admissions")
    page = {"form": form, "refusal": refusal}
    return _unkept(render(request, "people/rights/admission_new.html", page, status=422))


@for_roles(*REACH_OF_ROLE)
@require_GET
def admitted(request: HttpRequest, number: int) -> HttpResponse:
    """The admitted pupil, for those named: ground, then visit, then page. Refused looks like absent."""
    duty, day = duty_of(request), today()
    row = admissions_of(duty).filter(pk=number).exclude(code="").first()
    decided = as_decided(row) if row else None
    kept: Rows = kept_of(row) if row and decided and duty.user in decided.named else {}
    stays = stays_in(kept, row.source) if row else []
    ground = admission_ground(decided, viewer_of(duty), stays, day) if decided else None
    if row is None or ground is None:
        raise Http404
    visit = Visit.objects.create(
        at=now(), viewer_id=duty.user, role=ground.role, reach=ground.reach, through=ground.through, pupil=row.code,
        page="admitted",
    )  # fmt: skip
    return _unkept(
        render(request, "people/rights/admitted.html", {"visit": visit, "row": row, **_shown(row, kept, day)})
    )


@for_roles("principal", OFFICER)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Take a decision back."""
    duty = duty_of(request)
    row = admissions_of(duty).filter(pk=number).first()
    if row is None:
        raise Http404
    try:
        end_admission(admission=row, duty=duty, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, _("Beslutet är återkallat. Det som fanns om eleven är raderat."))
    return redirect("admissions")


@for_roles("principal")
@require_POST
def name(request: HttpRequest, number: int) -> HttpResponse:
    """Let one more see the pupil."""
    return _named_anew(request, number, name_one, _("Sparat. Det gäller från och med nu."))


@for_roles("principal")
@require_POST
def unname(request: HttpRequest, number: int) -> HttpResponse:
    """Let somebody see the pupil no longer."""
    return _named_anew(request, number, take_out, _("Borttagen. Det gäller från och med nu."))


def _named_anew(request: HttpRequest, number: int, act: Callable[..., None], done: str) -> HttpResponse:
    duty = duty_of(request)
    row = admissions_of(duty).filter(pk=number).first()
    if row is None:
        raise Http404
    who = request.POST.get("user", "")
    user = int(who) if who.isascii() and who.isdigit() and len(who) < 10 else 0
    try:
        act(admission=row, user=user, duty=duty, by=user_of(request), at=now())
    except Refusal as refusal:
        messages.error(request, refusal_text(refusal))
    else:
        messages.success(request, done)
    return redirect("admissions")


def _row(row: Admission, duty: ActiveDuty) -> dict[str, Any]:
    decided = as_decided(row)
    ours = duty.role == OFFICER or decides_here(decided, viewer_of(duty))
    names = may_name(decided, viewer_of(duty), today())
    named = sorted(row.named.all(), key=lambda one: (one.user.name, one.pk))
    return {
        "row": row,
        "named": [one for one in named if one.removed_at is None],
        "removed": [one for one in named if one.removed_at is not None and ours],
        "names": names,
        "others": could_be_named(row) if names else [],
        "weighed": row.weighed if ours else "",
        "holds": holds(decided, today()),
        "opens": _opens(decided, row, duty),
        "may_end": may_end(decided, viewer_of(duty)),
        "ended_why": said(ENDS, row.ended_why) if row.ended_why else "",
    }


def _opens(decided: Decided, row: Admission, duty: ActiveDuty) -> bool:
    return bool(row.code) and holds(decided, today()) and duty.user in decided.named


def _form(duty: ActiveDuty, sent: Any) -> AdmissionForm:
    schools = list(
        Organisation.objects.filter(code__in=duty.units).order_by("sort_key").values_list("code", "display_name")
    )
    staff = {user.pk: user.name for school, _name in schools for user in staff_at(school, duty.source)}
    own = {} if len(schools) != 1 else {"school": schools[0][0]}
    return AdmissionForm(
        sent, schools=schools, staff=sorted(staff.items(), key=lambda one: one[1]), longest=longest_until(today()),
        initial=own,
    )  # fmt: skip


def _shown(row: Admission, kept: Rows, day: date) -> dict[str, Any]:
    """What the page says of the pupil: the names of places are looked up, everything else was kept sealed."""
    person, until = next(iter(kept["persons"].values())), newest_day(kept, day)
    stays = sorted(kept.get("enrolments", {}).values(), key=lambda one: one["start_date"], reverse=True)
    groups = sorted(kept.get("memberships", {}).values(), key=lambda one: one["start_date"] or "", reverse=True)
    schools = _names(Organisation, row.source, [one["organisation"] for one in stays])
    classes = _names(Group, row.source, [one["group"] for one in groups])
    return {
        "name": f"{person['given_name']} {person['family_name']}".strip(),
        "born": _day(person["birth_date"]),
        "marking": person["security_marking"],
        "stays": [_period(one) | {"at": schools[one["organisation"]], "year": one["school_year"]} for one in stays],
        "groups": [_period(one) | {"at": classes[one["group"]]} for one in groups],
        "until": until,
        "weeks": last_weeks(kept, until) if until else None,
        "months": by_month(kept),
        "sums": [
            _period(one) | one for one in sorted(
                kept.get("attendance_sums", {}).values(), key=lambda one: one["end_date"], reverse=True
            )
        ],
        "grades": [
            one | {"day": _day(one["registered_date"])} for one in sorted(
                kept.get("grades", {}).values(), key=lambda one: (one["registered_date"], one["subject"]), reverse=True
            )
        ],
    }  # fmt: skip


def _names(model: Any, source: str, ids: list[str]) -> dict[str, str]:
    codes = {place_code(source, one): one for one in ids}
    found = model.objects.filter(code__in=codes).values_list("code", "display_name")
    return {one: one for one in ids} | {codes[code]: name for code, name in found}


def _period(row: dict[str, Any]) -> dict[str, Any]:
    return {"start": _day(row["start_date"]), "end": _day(row["end_date"])}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _unkept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store, private"
    return response
