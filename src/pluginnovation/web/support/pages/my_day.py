"""Min dag: what needs an adult today, and the answer in two clicks."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from pluginnovation.privacy.grounds import OWN_GROUP, REACH_OF_ROLE
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import ActiveDuty, for_roles
from pluginnovation.web.people.models import Membership
from pluginnovation.web.people.reach import covering, groups_in_reach
from pluginnovation.web.people.rights.asker import duty_of, user_of
from pluginnovation.web.signals.answering import Answering, answer_signals
from pluginnovation.web.signals.chrome import SEES_PUPILS, show_source
from pluginnovation.web.signals.drawing import dots_and_rings
from pluginnovation.web.signals.models import Answer, GroupSnapshot, PupilSnapshot
from pluginnovation.web.signals.reading import mentors_of, standing_answers
from pluginnovation.web.signals.rule_sets import rules_of
from pluginnovation.web.signals.views.reasons import AT_SCHOOL
from pluginnovation.web.signals.words import started

from ..day import answered_figures, my_day_of, open_figures
from ..mine import with_support
from ..models import Meeting
from ..news import done_today, goes_well, news_of

# So many of the later days are shown at once; the rest unfold.
MOST_AHEAD = 12
# Signals are computed every night; after some days without, the page says until when it knows.
OLD = timedelta(days=3)
OFFERED = frozenset(value for value, _label in (*AT_SCHOOL.choices, *AT_SCHOOL.doubted))


@for_roles(*SEES_PUPILS)
@require_GET
def my_day(request: HttpRequest) -> HttpResponse:
    """What needs the adult today, what comes, and what others did since yesterday."""
    return render(request, "support/my_day.html", _page(request))


@for_roles(*SEES_PUPILS)
@require_POST
def answer_pupil(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the chosen signals of one pupil with one act; or say why they are wrong."""
    person, grant = open_pupil_or_404(request, code, page="answer")
    run = show_source(request, person.source)
    picture = PupilSnapshot.objects.filter(pupil=person.code).first()
    asked, what = request.POST.getlist("signal"), request.POST.get("what", "")
    if run is None or picture is None:
        raise Http404
    answers = standing_answers([person.code]).get(person.code, {})
    undoing = what == Answer.What.UNDONE
    waiting = answered_figures(picture, answers) if undoing else open_figures(picture, answers)
    chosen = [figure for figure in waiting if figure.signal in asked]
    if not chosen or not (undoing or what in OFFERED):
        # Answered by somebody else meanwhile, or nothing chosen: the page tells what stands now.
        messages.warning(request, _("Inget är sparat. Välj en signal som väntar och vad du har gjort."))
        return render(request, "support/my_day.html", _page(request), status=422)
    answering = Answering(person.code, grant.ground.role, tuple(chosen), run.as_of, what)
    answer_signals(answering=answering, by=user_of(request), at=now())
    name, left = person.given_name or person.name, len(waiting) - len(chosen)
    if undoing:
        messages.success(request, _("Ångrat. Det väntar igen för %(name)s.") % {"name": name})
        return redirect("my_day")
    said = _("Sparat om %(name)s: %(what)s.") % {"name": name, "what": Answer.What(what).label}
    rest = ngettext("En signal till väntar.", "%(n)s signaler till väntar.", left) % {"n": left} if left else ""
    messages.success(request, f"{said} {rest}".strip())
    return redirect("my_day")


def _page(request: HttpRequest) -> dict[str, Any]:
    duty, user = duty_of(request), user_of(request)
    mine = my_day_of(duty, user.person_id or "")
    groups = list(groups_in_reach(duty, today()).order_by("sort_key", "code")) if _has_groups(duty) else []
    run = show_source(request, groups[0].source) if groups else None
    meetings = _meetings(duty)
    classes = [group for group in groups if group.group_type == "Klass"] if duty.role == "mentor" else []
    return {
        "mine": mine,
        "run": run,
        "old": run.as_of if run and today() - run.as_of > OLD else None,
        "rules": rules_of(run),
        "today": today(),
        "choices": AT_SCHOOL.choices,
        # The heading says that they don't agree; each says why.
        "doubts": [(value, started(str(label).split(": ", 1)[-1])) for value, label in AT_SCHOOL.doubted],
        "soon": mine.ahead[:MOST_AHEAD],
        "later": mine.ahead[MOST_AHEAD:],
        "tiles": _tiles(classes, mine.pupils) if classes else [],
        "news": news_of(mine.pupils, user) if mine.pupils else [],
        "done": done_today(mine.pupils, user) if mine.pupils else [],
        "well": goes_well(mine.pupils) if _has_groups(duty) and mine.pupils else [],
        "meetings": meetings,
        "next_date": min((day for day in (mine.day.next_date, *(row.on for row in meetings)) if day), default=None),
    }


def _has_groups(duty: ActiveDuty) -> bool:
    return REACH_OF_ROLE.get(duty.role) == OWN_GROUP


def _tiles(groups: list[Any], pupils: Collection[str]) -> list[tuple[Any, GroupSnapshot | None, str]]:
    """The mentor's classes, drawn with a ring for those who have support. Six queries."""
    codes = [group.code for group in groups]
    pictures, mentors = GroupSnapshot.objects.in_bulk(codes), mentors_of(codes)
    stays = Membership.objects.filter(covering(today()), group__in=codes, pupil__in=list(pupils))
    members = set(stays.values_list("group", "pupil"))
    known = PupilSnapshot.objects.filter(pupil__in=list(pupils), share__isnull=False)
    shares = {code: (share or 0, waits) for code, share, waits in known.values_list("pupil", "share", "waits")}
    supported = with_support(pupils)
    for group, picture in pictures.items():
        here = [code for where, code in members if where == group and code in shares]
        picture.dots = dots_and_rings((*shares[code], code in supported) for code in here)
    return [(group, pictures.get(group.code), mentors.get(group.code, "")) for group in groups]


def _meetings(duty: ActiveDuty) -> list[Meeting]:
    schools = [*duty.units, duty.place]
    return list(Meeting.objects.filter(school__in=schools, on__gte=today(), ended_at=None).order_by("on")[:2])
