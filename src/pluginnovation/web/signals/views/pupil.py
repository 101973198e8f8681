"""One pupil: what happens, why you see it, and what adults have answered."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.privacy.emergency import EMERGENCY
from pluginnovation.privacy.extract import MAKERS
from pluginnovation.privacy.grounds import MUNICIPALITY, SCHOOL, Grant
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Enrolment, Group, Membership, Organisation, Person
from pluginnovation.web.people.reach import covering
from pluginnovation.web.people.rights.emergency import access_behind
from pluginnovation.web.people.rights.statements import contested_of, statements_of
from pluginnovation.web.people.rights.words import PARTS, said

from .. import drawing
from ..answering import Answering, answer_signals
from ..chrome import OPENS_PUPILS, role_word, show_source
from ..days import calendar_start, table_rows, weeks_of
from ..definitions import definition_of
from ..figures import Figure
from ..history import PLANNED, timeline
from ..meters import Meters, unpacked_meters
from ..models import Answer, PupilSnapshot, Run, StudySnapshot
from ..panels import lines_of_others, panels_of_pupil
from ..reading import PupilRow, mentors_of, standing_answers
from ..rule_sets import rules_of
from ..words import SHORT_WEEKDAYS, WEEKDAYS, clock, language, moment
from .asked_day import other_day
from .reasons import AT_SCHOOL, WITHOUT_SCHOOL, AnswerForm, reasons_of
from .youth import figures_of_youth, youth_page


@for_roles(*OPENS_PUPILS)
@require_GET
def pupil(request: HttpRequest, code: str) -> HttpResponse:
    """The pupil's page."""
    person, grant = open_pupil_or_404(request, code, page="pupil", in_emergency=True)
    run = show_source(request, person.source)
    if (other := other_day(request, run)) is not None:
        return other
    if grant.ground.reach == MUNICIPALITY:
        page = youth_page(request, person, run) | rights_beside(person.code, grant)
        return render(request, "signals/youth.html", page)
    return render(request, "signals/pupil.html", _page(request, person, grant, run))


@for_roles(*OPENS_PUPILS)
@require_POST
def answer(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Answer a signal, or undo an answer."""
    person, grant = open_pupil_or_404(request, code, page="answer")
    run = show_source(request, person.source)
    at_school = grant.ground.reach != MUNICIPALITY
    figures = _figures(person) if at_school else figures_of_youth(person)
    figure = next((figure for figure in figures if figure.signal == name and figure.opens), None)
    if figure is None or run is None:
        raise Http404
    form = AnswerForm(request.POST, AT_SCHOOL if at_school else WITHOUT_SCHOOL)
    if not form.is_valid():
        sent = "doubt" if request.POST.get("form") == "doubt" else "answer"
        if at_school:
            page = _page(request, person, grant, run, wrong=(name, sent))
            return render(request, "signals/pupil.html", page, status=422)
        page = youth_page(request, person, run, (name, sent)) | rights_beside(person.code, grant)
        return render(request, "signals/youth.html", page, status=422)
    answering = Answering(person.code, grant.ground.role, (figure,), run.as_of, form.cleaned_data["what"])
    answer_signals(answering=answering, by=request.user, at=now())  # type: ignore[arg-type]
    undone = form.cleaned_data["what"] == Answer.What.UNDONE
    messages.success(request, _("Svaret är ångrat. Signalen väntar igen.") if undone else _("Svaret är sparat."))
    return redirect(f"{reverse('pupil', args=[code])}#{name}")


def _picture(person: Person) -> PupilSnapshot | None:
    return PupilSnapshot.objects.filter(pupil=person.code).first()


def _meters(person: Person, picture: PupilSnapshot | None) -> Meters:
    if picture is None:
        return Meters()
    study = StudySnapshot.objects.filter(pupil=person.code).values_list("document", flat=True).first()
    return unpacked_meters(picture.meters, study)


def _figures(person: Person) -> list[Figure]:
    return PupilRow(person, _picture(person), {}).figures


def _page(
    request: HttpRequest, person: Person, grant: Grant, run: Run | None, wrong: tuple[str, str] = ("", "")
) -> dict[str, Any]:
    picture = _picture(person)
    row = PupilRow(person, picture, {})
    figures = row.figures
    answers = standing_answers([person.code]).get(person.code, {})
    rules = rules_of(run)
    definitions = {figure.signal: definition_of(figure.signal, rules) for figure in figures}
    reasons = reasons_of(figures, definitions, answers, wrong)
    weeks = weeks_of(bytes(picture.days), calendar_start(run.as_of), run.as_of) if picture and run else []
    lessons_at = reverse("lessons", args=[person.code])
    events = timeline(person.code, lines_of_others(grant))
    return {
        "person": person,
        "run": run,
        "rules": rules,
        "picture": picture,
        "row": row,
        "reasons": reasons,
        "waiting": [reason for reason in reasons if reason.answer is None],
        "unanswered": wrong[0],
        "choices": AT_SCHOOL.choices,
        "doubts": AT_SCHOOL.doubted,
        "figures": [(figure, definitions[figure.signal]) for figure in figures],
        "main": next((figure for figure in figures if figure.signal == "absence_28d"), None),
        "meters": _meters(person, picture),
        "ahead": [event for event in events if event.kind == PLANNED],
        "events": [event for event in events if event.kind != PLANNED],
        "panels": panels_of_pupil(request, person, grant),
        "weekdays": SHORT_WEEKDAYS[language()],
        "per_weekday": list(zip(WEEKDAYS[language()], picture.weekdays, strict=False)) if picture else [],
        "axis": run.axis if run else "",
        "box": drawing.CALENDAR_BOX,
        "grid": drawing.GRID,
        "boxes_at": drawing.BOXES_AT,
        "lessons_at": lessons_at,
        "week_rows": table_rows(weeks, lessons_at, _("okänt")),
        **_place(person, grant),
    }


def _place(person: Person, grant: Grant) -> dict[str, Any]:
    """Where the pupil is, and the ground in words. Four queries."""
    stays = Membership.objects.filter(covering(today()), pupil=person.code, group__group_type="Klass")
    stay = stays.select_related("group").order_by("-start_date").first()
    enrolments = Enrolment.objects.filter(covering(today()), pupil=person.code)
    enrolment = enrolments.select_related("organisation").order_by("-start_date", "organisation").first()
    group = stay.group if stay else None
    return {
        "group": group,
        "school": enrolment.organisation if enrolment else None,
        "enrolment": enrolment,
        "mentor": mentors_of([group.code]).get(group.code, "") if group else "",
        "ground": ground_of(person, grant),
        "reaches_school": grant.ground.reach == SCHOOL,
        **rights_beside(person.code, grant),
    }


def rights_beside(code: str, grant: Grant) -> dict[str, Any]:
    """What is contested on the page, and what the viewer may do for the pupil's rights. Two queries."""
    by_ground = grant.ground.reach != EMERGENCY
    told = statements_of(code)
    contested = contested_of(told)
    return {
        "contested": contested,
        "contested_parts": [said(PARTS, about) for about in contested if about in PARTS],
        "said": len(told),
        "by_ground": by_ground,
        "may_extract": by_ground and grant.ground.role in MAKERS,
    }


def ground_of(person: Person, grant: Grant) -> str:
    """Why the viewer sees the pupil, and that it is written down. One query."""
    if grant.ground.reach == EMERGENCY:
        return _ground_in_emergency(person, grant)
    place: type[Group] | type[Organisation] = Organisation if grant.ground.reach == SCHOOL else Group
    through = place.objects.filter(code=grant.ground.through).values_list("display_name", flat=True).first()
    words = {"name": person.given_name or person.name, "role": role_word(grant.ground.role), "place": through}
    text = _("Du ser %(name)s som %(role)s för %(place)s.") if through else _("Du ser %(name)s som %(role)s.")
    noted = _("Besöket är noterat %(moment)s.") % {"moment": moment(now(), today())}
    return f"{text % words} {noted}"


def _ground_in_emergency(person: Person, grant: Grant) -> str:
    access = access_behind(grant.ground)
    words = {
        "name": person.given_name or person.name,
        "until": clock(access.ends_at) if access else "",
        "moment": moment(now(), today()),
    }
    return (
        _(
            "Du ser %(name)s genom nödåtkomst till klockan %(until)s. Besöket är noterat %(moment)s, och rektor och"
            " dataskyddsombud läser det."
        )
        % words
    )
