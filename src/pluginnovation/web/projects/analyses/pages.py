"""The pages of the current-state analysis: reading it, writing a part, its versions, and the model on one page."""

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pluginnovation.projects.analysis import (
    FACTORS_PART,
    MODEL_PART,
    ROUTINES_PART,
    WORDS_PART,
    Document,
    done,
    replaced,
    unpacked,
)
from pluginnovation.projects.logic_model import gaps, rows
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of

from ..door import COORDINATOR
from ..models import Analysis, Review, SubProject
from ..places import municipalities
from ..surveys.reading import surveys_of
from .forms import begun, number_in, said_in
from .kept import complete, document_of, fill_in_again, newest, save_part, versions_of
from .subject import (
    OF_MUNICIPALITY,
    OF_SCHOOL,
    OF_SUB_PROJECT,
    READS,
    WRITES,
    Subject,
    may_write,
    names_of,
    schools_led,
    subject_or_404,
)
from .told import figures_told, form_told, gaps_told, sure_words, written_told

# As the addresses say it.
PART_OF: Final = {"rutiner": ROUTINES_PART, "faktorer": FACTORS_PART, "problem": WORDS_PART, "modell": MODEL_PART}
ADDRESS_OF: Final = {part: address for address, part in PART_OF.items()}


@for_roles(*READS)
@require_GET
def analyses(request: HttpRequest) -> HttpResponse:
    """Which analyses there are to write or to read. Four queries, however many."""
    duty = duty_of(request)
    mine = schools_led(duty)
    rows_of = Analysis.objects.order_by(
        "school", "municipality", "sub_project", "application", "-version"
    ).distinct("school", "municipality", "sub_project", "application")  # fmt: skip
    # Nothing of an application is shown to a reviewer with a conflict of interest, or who hasn't said.
    unread = Review.objects.filter(reviewer=user_of(request), withdrawn_at=None).exclude(conflict=False)
    rows_of = rows_of.exclude(sub_project=None, application__in=unread.values("application"))
    kept = list(rows_of.defer("document").select_related("by", "sub_project", "application"))
    names = names_of({*mine, *(one.school for one in kept)})
    own = [(code, names.get(code, ""), _newest_of(kept, code)) for code in names if code in mine]
    # A school's analyses are seen by whoever leads something there; the others' sub-projects and applications are not.
    others = [(one, names.get(one.school, ""), *_link(one)) for one in kept if one.application or one.sub_project]
    alone = [one for one in kept if not (one.school or one.application_id or one.sub_project_id)]
    town = (duty.municipality or "") if duty.role == COORDINATOR else ""
    towns = municipalities() if town or alone else {}
    if town:
        own.append((town, towns.get(town, ""), next((one for one in alone if one.municipality == town), None)))
    of_towns = [] if town else [(one, "", *_link_to_town(one, towns)) for one in alone]
    led = SubProject.objects.filter(pk__in=duty.sub_projects).order_by("name", "pk")
    page = {
        "own": own,
        "own_kind": OF_MUNICIPALITY if town else OF_SCHOOL,
        "others": [*others, *of_towns],
        "led": list(led),
        "regional": duty.role not in WRITES,
    }
    return render(request, "projects/analysis/all.html", page)


def _link_to_town(one: Analysis, towns: dict[str, str]) -> tuple[str, str, str]:
    return OF_MUNICIPALITY, one.municipality, towns.get(one.municipality, "")


def _newest_of(kept: list[Analysis], school: str) -> Analysis | None:
    own = (one for one in kept if one.school == school and not one.application_id and not one.sub_project_id)
    return next(own, None)


def _link(one: Analysis) -> tuple[str, int | None, str]:
    if one.sub_project is not None:
        return OF_SUB_PROJECT, one.sub_project_id, one.sub_project.name
    return "ansokan", one.application_id, one.application.name if one.application else ""


@for_roles(*READS)
@require_GET
def analysis(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    """The whole analysis as it stands."""
    subject = subject_or_404(request, kind, about)
    document, found = _readable(request, subject)
    return _whole(request, subject, (document, found), old=False)


@for_roles(*READS)
@require_GET
def version(request: HttpRequest, kind: str, about: str, number: int) -> HttpResponse:
    """An earlier version, as it was."""
    subject = subject_or_404(request, kind, about)
    found = Analysis.objects.filter(subject.mine, version=number).select_related("by").first()
    if found is None:
        raise Http404
    return _whole(request, subject, (unpacked(found.document), found), old=True)


def _readable(request: HttpRequest, subject: Subject) -> tuple[Document, Analysis | None]:
    """What stands; the region reads what was said to be complete, and nothing that nobody has saved."""
    if may_write(request):
        return document_of(subject)
    found = newest(subject)
    if found is None:
        raise Http404
    return unpacked(found.document), found


def _whole(
    request: HttpRequest, subject: Subject, standing: tuple[Document, Analysis | None], *, old: bool
) -> HttpResponse:
    document, found = standing
    writes = may_write(request) and not old
    page = {
        "subject": subject, "document": document, "kept": found, "old": old, "writes": writes,
        "done": done(document), "parts": [(ADDRESS_OF[part], part, is_done) for part, is_done in
                                          done(document).parts.items()],
        "model_rows": rows(document.model), "gaps": gaps_told(gaps(document.model)),
        "versions": versions_of(subject), "surveys": surveys_of(subject),
        **_addresses(subject), **figures_told(document.figures), **written_told(document),
    }  # fmt: skip
    return render(request, "projects/analysis/analysis.html", page)


@for_roles(*WRITES)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, kind: str, about: str, part: str) -> HttpResponse:
    """One written part of the analysis."""
    subject = subject_or_404(request, kind, about)
    if part not in PART_OF:
        raise Http404
    document, found = document_of(subject)
    said, refusal, standing = begun(document, PART_OF[part]), None, None
    if request.method == "POST":
        said = said_in(request, PART_OF[part])
        after = number_in(request, "version") or 0
        try:
            kept = save_part(subject=subject, part=PART_OF[part], said=said, after=after, by=user_of(request), at=now())
        except Refusal as why:
            refusal = why
            standing = document if why.code == "somebody_saved" else None
            said = replaced(document, PART_OF[part], said)
        else:
            messages.success(request, _("Sparat."))
            left = _left_after(part, unpacked(kept.document)) if "vidare" in request.POST else ""
            return redirect(subject.address("analysis_write", left) if left else f"{subject.address()}#{part}")
    page: dict[str, Any] = {
        "subject": subject, "part": part, "document": said, "standing": standing,
        "more": bool(_left_after(part, said)), "version": found.version if found else 0,
        "refusal": refusal_text(refusal) if refusal else "", **form_told(said, PART_OF[part]), **_addresses(subject),
    }  # fmt: skip
    if standing is not None:
        page |= {"before": written_told(standing), "standing_rows": rows(standing.model)}
    status = 200 if refusal is None else 409 if refusal.code == "somebody_saved" else 422
    return render(request, f"projects/analysis/{PART_OF[part]}.html", page, status=status)


def _left_after(part: str, document: Document) -> str:
    """The next of the other parts that isn't done, as its address says it; empty: none is left."""
    undone = done(document).parts
    order = list(PART_OF)
    at = order.index(part)
    return next((one for one in (*order[at + 1 :], *order[:at]) if not undone[PART_OF[one]]), "")


@for_roles(*WRITES)
@require_POST
def fill_in(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    """Take the newest figures into a new version."""
    subject = subject_or_404(request, kind, about)
    try:
        fill_in_again(subject=subject, by=user_of(request), at=now())
        messages.success(request, _("Siffrorna är ifyllda på nytt ur registren."))
    except Refusal as why:
        messages.error(request, refusal_text(why))
    return redirect(subject.address())


@for_roles(*WRITES)
@require_POST
def say_complete(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    """Say that the analysis is complete."""
    subject = subject_or_404(request, kind, about)
    try:
        complete(subject=subject, by=user_of(request), at=now())
        messages.success(request, _("Nulägesanalysen är klar. Regionen kan läsa den."))
    except Refusal as why:
        messages.error(request, refusal_text(why))
    return redirect(subject.address())


@for_roles(*READS)
@require_GET
def one_page(request: HttpRequest, kind: str, about: str) -> HttpResponse:
    """Problem, causes, goals and measures, to print on one page."""
    subject = subject_or_404(request, kind, about)
    document, found = _readable(request, subject)
    page = {
        "subject": subject, "model": document.model, "rows": rows(document.model), "kept": found,
        "gaps": gaps_told(gaps(document.model)), "sure": sure_words(), **_addresses(subject),
    }  # fmt: skip
    return render(request, "projects/analysis/one_page.html", page)


def _addresses(subject: Subject) -> dict[str, Any]:
    return {"here": subject.address(), "of_school": subject.kind == OF_SCHOOL}
