"""One youth without a school, as the municipality's coordinator sees her: schools, and nothing of lessons or grades.

The register that the municipality may keep is a closed list (förordningen 2006:39, 4 §): what the youth did, does and
will do, and measures. Absence and grades aren't in it, so this ground opens no row of them.
"""

from typing import Any, cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from pluginnovation.privacy.grounds import Grant
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty, AskedByDuty
from pluginnovation.web.people.models import Person, Resident
from pluginnovation.web.people.reach import covering

from ..chrome import role_word
from ..definitions import definition_of, title_of
from ..figures import ENROLMENTS, Figure
from ..history import timeline
from ..models import Run
from ..reading import standing_answers
from ..rule_sets import rules_of
from ..words import moment
from ..youths import SIGNAL, age_of, figures_of, rows_of, schools_of, studied
from .facts import Behind
from .reasons import WITHOUT_SCHOOL, reasons_of


def figures_of_youth(person: Person) -> list[Figure]:
    """What is told of the youth."""
    return figures_of([person.code]).get(person.code, [])


def youth_page(
    request: HttpRequest, person: Person, run: Run | None, wrong: tuple[str, str] = ("", "")
) -> dict[str, Any]:
    """What the youth's page shows.

    Takes   wrong   the signal and the form that was sent without a choice; empty when none was
    """
    rules, day = rules_of(run), run.as_of if run else today()
    figures = figures_of_youth(person)
    definitions = {figure.signal: definition_of(figure.signal, rules) for figure in figures}
    answers = standing_answers([person.code]).get(person.code, {})
    reasons = reasons_of(figures, definitions, answers, wrong)
    title = title_of(SIGNAL)
    return {
        "person": person,
        "run": run,
        "row": rows_of([person], day)[0],
        "age": age_of(person, day),
        "reasons": reasons,
        "waiting": [reason for reason in reasons if reason.answer is None],
        "unanswered": wrong[0],
        "choices": WITHOUT_SCHOOL.choices,
        "doubts": WITHOUT_SCHOOL.doubted,
        "schools": [(row, studied(row)) for row in schools_of([person.code]).get(person.code, [])],
        "told": Resident.objects.filter(covering(today()), pupil=person.code).order_by("start_date"),
        "events": [event for event in timeline(person.code) if event.what == title],
        "lessons_at": reverse("lessons", args=[person.code]),
        "ground": ground_of_youth(request, person),
        "today": today(),
    }


def behind_youth(request: HttpRequest, person: Person, grant: Grant, run: Run | None) -> Behind:
    """The enrolments behind the youth's signal or page: the only rows that this ground opens.

    Raises  Http404 for any other
    """
    ground = ground_of_youth(request, person)
    named = next((figure for figure in figures_of_youth(person) if figure.signal == request.GET.get("signal")), None)
    if named is None and request.GET.get("rader") != "inskrivningar":
        raise Http404
    return Behind(person, grant, run, ground, ENROLMENTS, named)


def ground_of_youth(request: HttpRequest, person: Person) -> str:
    """Why the viewer sees the youth, and that it is written down."""
    duty = cast(ActiveDuty, cast(AskedByDuty, request).duty)
    words = {"name": person.given_name or person.name, "role": role_word(duty.role), "place": duty.place_name}
    noted = _("Besöket är noterat %(moment)s.") % {"moment": moment(now(), today())}
    return f"{_('Du ser %(name)s som %(role)s för %(place)s.') % words} {noted}"
