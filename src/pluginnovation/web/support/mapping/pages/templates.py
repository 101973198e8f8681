"""A school's templates: what holds and what has held, a new version written, compared and saved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.connectedness import DIMENSIONS
from pluginnovation.support.mapping import CLASS, LONGEST, MOST, Template, compared, faults
from pluginnovation.support.mapping_defaults import DEFAULTS
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.chrome import SEES_PUPILS
from pluginnovation.web.signals.words import language

from ..drafts import EMPTY, Draft, draft_of, forget_draft, fresh, keep_draft, written
from ..reach import LEADS, school_or_404
from ..stored import LONGEST_WHY, NewTemplate, holding, read, save_template, template_on, versions_of
from ..words import DIMENSION, KIND_OF, PART_OF, TEMPLATE


def _asked(request: HttpRequest, code: str, part: str) -> tuple[Organisation, str]:
    if part not in KIND_OF:
        raise Http404
    return school_or_404(duty_of(request), code, today()), KIND_OF[part]


def _parts(template: Template) -> list[tuple[Any, list[str]]]:
    return [
        (DIMENSION[one], [each.text(language()) for each in template.of(one)])
        for one in DIMENSIONS
        if template.of(one)
    ]  # fmt: skip


@for_roles(*SEES_PUPILS)
@require_GET
def templates(request: HttpRequest, code: str) -> HttpResponse:
    """Both templates as they hold today at a school, and every version."""
    school = school_or_404(duty_of(request), code, today())
    told = []
    for kind in KIND_OF.values():
        versions = versions_of(school.code, kind)
        held = holding(versions, today())
        template = read(held) if held else DEFAULTS[kind]
        told.append({
            "part": PART_OF[kind], "title": TEMPLATE[kind], "template": template, "held": held,
            "parts": _parts(template), "of_class": kind == CLASS,
            "versions": [(one, held is not None and one.pk == held.pk, one.since > today()) for one in versions],
        })  # fmt: skip
    page = {"school": school, "told": told, "edits": duty_of(request).role in LEADS}
    return render(request, "support/mapping/templates.html", page)


@for_roles(*SEES_PUPILS)
@require_GET
def template_version(request: HttpRequest, code: str, part: str, number: int) -> HttpResponse:
    """One version, and how it differs from the one before."""
    school, kind = _asked(request, code, part)
    versions = {one.number: one for one in versions_of(school.code, kind)}
    if number and number not in versions:
        raise Http404
    row = versions.get(number)
    template = read(row) if row else DEFAULTS[kind]
    before = (read(versions[number - 1]) if number > 1 else DEFAULTS[kind]) if row else None
    page = {
        "school": school, "row": row, "number": number, "title": TEMPLATE[kind], "parts": _parts(template),
        "template": template, "of_class": kind == CLASS, "compared": _compared(before, template) if before else None,
    }  # fmt: skip
    return render(request, "support/mapping/template.html", page)


def _compared(before: Template, after: Template) -> dict[str, Any]:
    found = compared(before, after)
    return {
        "same": found.same and before.several == after.several,
        "gone": [one.text(language()) for one in found.gone],
        "new": [one.text(language()) for one in found.new],
        "kept": len(found.kept),
        "several": (before.several, after.several) if before.several != after.several else None,
    }


@for_roles(*LEADS)
@require_http_methods(["GET", "POST"])
def write_template(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Write a new version. Nothing is saved until it has been compared with what holds."""
    school, kind = _asked(request, code, part)
    draft = draft_of(request, school.code, kind)
    if request.method == "GET":
        return _writing_page(request, school, draft)
    act = request.POST.get("do", "")
    if act == "forget":
        forget_draft(request, school.code, kind)
        messages.success(request, _("Utkastet är borta. Inget har ändrats."))
        return redirect("mapping_templates", school.code)
    if act == "default":
        keep_draft(request, fresh(school.code, DEFAULTS[kind]))
        return redirect("mapping_template_write", school.code, part)
    said = {name: str(value) for name, value in request.POST.items()}
    draft.template = written(draft, said)
    draft.since, draft.why = said.get("since", "")[:20], " ".join(said.get("why", "").replace("\x00", "").split())
    keep_draft(request, draft)
    wrong = _wrong(draft)
    if wrong:
        return _writing_page(request, school, draft, wrong, status=422)
    if act == "more":
        return redirect("mapping_template_write", school.code, part)
    return redirect("mapping_template_compare", school.code, part)


def _wrong(draft: Draft) -> list[tuple[str, str]]:
    """What is wrong: the field's id and the words."""
    spoken = language()
    found = [
        ("sv-0" if one.place is None else f"sv-{one.place}", one.en if spoken == "en" else one.sv)
        for one in faults(draft.template)
    ]
    if draft.day is None or draft.day < today():
        found.append(("since", _("Skriv i dag eller en senare dag, som 2026-08-18.")))
    if not 0 < len(draft.why) <= LONGEST_WHY:
        found.append(("why", _("Skriv varför, i högst 200 tecken.")))
    return found


def _writing_page(
    request: HttpRequest, school: Organisation, draft: Draft, wrong: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    kind = draft.template.kind
    most = MOST[kind]
    listed = list(draft.template.statements)
    rows: list[Any] = [*enumerate(listed), *((len(listed) + more, None) for more in range(EMPTY))]
    errors: dict[str, str] = {}
    for name, text in wrong or []:
        errors.setdefault(name, text)
    page = {
        "school": school, "draft": draft, "part": PART_OF[kind], "title": TEMPLATE[kind], "wrong": wrong or [],
        "errors": errors, "rows": [(row, one, errors.get(f"sv-{row}", "")) for row, one in rows[: most + EMPTY]],
        "dimensions": list(DIMENSION.items()), "of_class": kind == CLASS, "longest": LONGEST,
        "earliest": today().isoformat(), "longest_why": LONGEST_WHY,
    }  # fmt: skip
    return render(request, "support/mapping/write_template.html", page, status=status)


@for_roles(*LEADS)
@require_http_methods(["GET", "POST"])
def compare_template(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """What is being written beside what holds today; saving it."""
    school, kind = _asked(request, code, part)
    draft = draft_of(request, school.code, kind)
    held = template_on(school.code, kind, today())
    refusal = ""
    if request.method == "POST":
        try:
            new = NewTemplate(school.code, draft.template, draft.day or today(), draft.why, draft.after)
            save_template(new=new, by=user_of(request), role=duty_of(request).role, at=now())
        except Refusal as why:
            refusal = refusal_text(why)
        else:
            forget_draft(request, school.code, kind)
            messages.success(request, _("Mallen är sparad. Omgångar som redan pågår behåller sina påståenden."))
            return redirect("mapping_templates", school.code)
    page = {
        "school": school, "draft": draft, "part": part, "title": TEMPLATE[kind], "refusal": refusal,
        "compared": _compared(held, draft.template), "parts": _parts(draft.template), "of_class": kind == CLASS,
    }  # fmt: skip
    return render(request, "support/mapping/compare_template.html", page, status=409 if refusal else 200)
