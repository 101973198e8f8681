"""Who takes part: names for the one who leads, through the one door; counts for everybody else."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.support.ends import REASONS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Enrolment, Person
from pluginnovation.web.people.reach import covering, pupils_in_reach
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS, show_source
from pluginnovation.web.signals.models import PupilSnapshot
from pluginnovation.web.signals.views.pupil import ground_of
from pluginnovation.web.support.case_door import tried
from pluginnovation.web.support.measure_words import kind_word
from pluginnovation.web.support.models import Case, Measure
from pluginnovation.web.support.spoken import told

from ..doing import ENDED_STATES
from ..door import LEADER, READS, led_sub_project_or_404, open_sub_project_or_404
from ..models import PartCounts, Participant, SubProject
from ..taking_part import Joining, Leaving, stop_taking_part, take_part
from ..work_forms import JoinForm, LeaveForm

IN_CASES: Final = ("mentor", "principal", "pupil_health")


@for_roles(*READS)
@require_GET
def participants(request: HttpRequest, number: int) -> HttpResponse:
    """Those who take part today by name, for the leader; how many came and went, for all."""
    project = open_sub_project_or_404(request, number)
    page: dict[str, Any] = {
        "project": project,
        "counts": PartCounts.objects.filter(sub_project=project).first(),
        "leads": duty_of(request).role == LEADER,
    }
    if page["leads"]:
        page |= _by_name(request, project)
    return render(request, "projects/participants.html", page)


def _by_name(request: HttpRequest, project: SubProject) -> dict[str, Any]:
    # The fence shows the leader those who take part today; who has left is counted by the night.
    mine = list(Participant.objects.filter(covering(today()), sub_project=project).select_related("measure"))
    people = pupils_in_reach(duty_of(request), today()).in_bulk([one.pupil for one in mine])
    given = Measure.objects.filter(pk__in=[one.measure_id for one in mine if one.measure_id])
    doses = dict(given.annotate(n=Sum("doses__times")).values_list("pk", "n"))
    rows = [
        {
            "stay": one,
            "person": people[one.pupil],
            "measure": kind_word(one.measure.kind) if one.measure else "",
            "given": (doses.get(one.measure_id) if one.measure_id else 0) or 0,
            "planned": one.measure.planned_dose if one.measure else None,
        }
        for one in mine
        if one.pupil in people
    ]
    return {"rows": sorted(rows, key=lambda row: row["person"].sort_key)}


@for_roles(LEADER)
@require_GET
def participant(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One participant: what is done, and how it goes."""
    return _show(request, _opened(request, number, code))


def _opened(request: HttpRequest, number: int, code: str) -> "Opened":
    """The sub-project, the pupil's time in it, the pupil and the ground. Raises Http404, always the same one."""
    project = led_sub_project_or_404(request, number)
    stays = Participant.objects.filter(sub_project=project, pupil=code.replace("\x00", "?"))
    stay = stays.filter(covering(today())).select_related("measure").first()
    person, grant = open_pupil_or_404(request, stay.pupil if stay else "", page="participant")
    if stay is None:
        raise Http404
    return project, stay, person, ground_of(person, grant)


Opened = tuple[SubProject, Participant, Person, str]


def _show(request: HttpRequest, opened: Opened, more: Mapping[str, Any] | None = None) -> HttpResponse:
    project, stay, person, ground = opened
    show_source(request, person.source)
    added = dict(more or {})
    status = added.pop("status", 200)
    measures = Measure.objects.filter(pupil=person.code, starts__gte=stay.start_date).annotate(
        given=Sum("doses__times")
    )
    page = {
        "project": project,
        "stay": stay,
        "person": person,
        "ground": ground,
        "picture": PupilSnapshot.objects.filter(pupil=person.code).first(),
        "measures": [(row, kind_word(row.kind)) for row in measures.order_by("-starts", "pk")],
        "reason": told(REASONS[stay.why_ended]) if stay.why_ended in REASONS else "",
        "form": LeaveForm(),
    }
    return render(request, "projects/participant.html", page | added, status=status)


@for_roles(LEADER)
@require_POST
def participant_left(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """End the time in the sub-project."""
    opened = _opened(request, number, code)
    stay, form = opened[1], LeaveForm(request.POST)
    if not form.is_valid():
        return _show(request, opened, {"form": form, "wrong_form": form, "status": 422})
    leaving = Leaving(form.cleaned_data["on"], form.cleaned_data["why"])
    refusal, status = tried(lambda: stop_taking_part(participant=stay, leaving=leaving, by=user_of(request), at=now()))
    if refusal:
        return _show(request, opened, {"form": form, "refusal": refusal, "status": status})
    messages.success(request, _("Deltagandet är avslutat."))
    return redirect("participants", number=number)


@for_roles(*SEES_PUPILS)
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Let a pupil take part in a sub-project of the own school: an adult who sees the pupil does."""
    person, grant = open_pupil_or_404(request, code, page="join")
    show_source(request, person.source)
    projects, ties = projects_of(person.code), _ties(person.code, grant.ground.role)
    listed = {"projects": [(str(one.pk), one.name) for one in projects], "ties": ties}
    form = JoinForm(request.POST, **listed) if request.method == "POST" else JoinForm(
        initial={"starts": today()}, **listed
    )  # fmt: skip
    page: dict[str, Any] = {"person": person, "ground": ground_of(person, grant), "form": form, "projects": projects}
    if request.method == "GET":
        return render(request, "projects/join.html", page)
    if not form.is_valid():
        return render(request, "projects/join.html", page | {"wrong_form": form}, status=422)
    project = next(one for one in projects if str(one.pk) == form.cleaned_data["sub_project"])
    kind, _colon, number = form.cleaned_data["tied"].partition(":")
    joining = Joining(
        person.code, form.cleaned_data["starts"], int(number) if kind == "measure" else None,
        int(number) if kind == "case" else None,
    )  # fmt: skip
    refusal, status = tried(lambda: take_part(sub_project=project, joining=joining, by=user_of(request), at=now()))
    if refusal:
        return render(request, "projects/join.html", page | {"refusal": refusal}, status=status)
    messages.success(request, _("Eleven deltar nu i delprojektet."))
    return redirect("pupil", code=person.code)


def projects_of(pupil: str) -> QuerySet[SubProject]:
    """The sub-projects that go on at the pupil's school today."""
    here = Enrolment.objects.filter(covering(today()), pupil=pupil).values("organisation")
    return SubProject.objects.filter(school__in=here).exclude(state__in=ENDED_STATES).order_by("name", "pk")


def _ties(pupil: str, role: str) -> list[tuple[str, str]]:
    """What the pupil's taking part can be tied to: measures that go on, and cases for those who take part in them."""
    measures = Measure.objects.filter(pupil=pupil).exclude(state=Measure.ENDED).order_by("-starts")
    ties = [(f"measure:{one.pk}", kind_word(one.kind)) for one in measures]
    if role in IN_CASES:
        cases = Case.objects.filter(pupil=pupil, closed_at=None).order_by("-opened_at")
        ties += [(f"case:{one.pk}", _("Ärendet")) for one in cases]
    return ties
