"""Template A of a class: the teachers' answers side by side, one's own, and for whom a statement doesn't hold."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.connectedness import DIMENSIONS
from pluginnovation.support.mapping import CLASS, NOT, PARTLY, Template
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Group, Person
from pluginnovation.web.people.reach import members_today
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.records.exports import asked_for, export
from pluginnovation.web.signals.chrome import SEES_PUPILS
from pluginnovation.web.signals.words import language

from ...models import MappingRound
from ..answers import SaidOfClass, answer_class, is_open, mark_pupils, own_marks, pupils_of_form
from ..asked import answers_in, number_in, round_or_404, text_in
from ..reach import TALKS, TEACHES, class_or_404, teachers_of
from ..reading import going_on, own_sheet, picture_of
from ..sheets import class_sheet
from ..stored import template_numbered
from ..words import ANSWER, DIMENSION, DIMENSION_ABOUT

NAMES = ("code", "given_name", "family_name")
MARK_FIELD = "elev-"


def class_asked(request: HttpRequest, number: int, code: str) -> tuple[MappingRound, Group]:
    """The round and the class that an address names.

    Raises  Http404, the same one, whether they don't exist or may not be seen
    """
    found = round_or_404(request, number)
    return found, class_or_404(duty_of(request), code, found.school, today())


def by_dimension(template: Template, said: dict[str, str]) -> list[dict[str, Any]]:
    """The statements of a form, part by part, with what is chosen for each."""
    return [
        {
            "name": DIMENSION[one], "about": DIMENSION_ABOUT[one],
            "rows": [
                (each, each.text(language()), [(answer, word, said.get(each.key, "") == answer)
                                               for answer, word in ANSWER.items()])
                for each in template.of(one)
            ],
        }
        for one in DIMENSIONS
        if template.of(one)
    ]  # fmt: skip


def people_of(request: HttpRequest, group: Group) -> list[Person]:
    """The class's pupils today whom the asker reaches, by name."""
    members = members_today(group, duty_of(request), today())
    return list(members.only(*NAMES).order_by("sort_key", "code"))


@for_roles(*SEES_PUPILS)
@require_GET
def of_class(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """What a class's teachers say together: where they differ, what stands out, and what has changed."""
    found, group = class_asked(request, number, code)
    duty, user = duty_of(request), user_of(request)
    talks, answers = duty.role in TALKS, duty.role in TEACHES
    teachers = teachers_of([group.code], today())[group.code] if talks else None
    picture = picture_of(found, group.code, teachers)
    if asked_for(request):
        return export(request, class_sheet(request, found, group, picture))
    people = people_of(request, group)
    done = {one.by.person_id for one in picture.sheets}
    page = {
        "round": found, "group": group, "picture": picture, "open": is_open(found), "talks": talks,
        "answers": answers, "pupils": len(people),
        "parts": [(DIMENSION[one], [row for row in picture.rows if row.statement.dimension == one])
                  for one in DIMENSIONS],
        "teachers": teachers,
        "remain": [one for one in teachers or () if one.person not in done],
        "mine": next((one for one in picture.sheets if one.by_id == user.pk), None),
        "going_on": going_on(picture.template, people, found) if talks else [],
    }  # fmt: skip
    return render(request, "support/mapping/class.html", page)


@for_roles(*TEACHES)
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, number: int, code: str) -> HttpResponse:
    """One's own answers about a class."""
    found, group = class_asked(request, number, code)
    template = template_numbered(found.school, CLASS, found.class_template)
    mine = own_sheet(found, group.code, user_of(request))
    if request.method == "GET":
        said, text = (mine.answers, mine.text) if mine else ({}, "")
        return _answer_page(request, (found, group, template), {"said": said, "text": text})
    said = answers_in(request, template.keys)
    text = text_in(request, "text")
    about = SaidOfClass(said, text, number_in(request, "mall"))
    try:
        answer_class(of_round=found, group=group, said=about, by=user_of(request), role=duty_of(request).role, at=now())
    except Refusal as why:
        return _answer_page(request, (found, group, template), {"said": said, "text": text, "refusal": why})
    messages.success(request, _("Dina svar om %(name)s är sparade.") % {"name": group.display_name})
    first = next((key for key in template.keys if said.get(key) in (PARTLY, NOT)), None)
    if first is None or not people_of(request, group):
        return redirect("mapping_class", found.pk, group.code)
    return redirect("mapping_marks", found.pk, group.code, first)


def _answer_page(
    request: HttpRequest, asked: tuple[MappingRound, Group, Template], form: dict[str, Any]
) -> HttpResponse:
    found, group, template = asked
    refusal: Refusal | None = form.get("refusal")
    page = {
        "round": found, "group": group, "template": template, "parts": by_dimension(template, form["said"]),
        "text": form["text"], "open": is_open(found), "refusal": refusal_text(refusal) if refusal else "",
        "pupils": len(people_of(request, group)),
    }  # fmt: skip
    conflict = refusal is not None and refusal.code == "statements_changed"
    return render(request, "support/mapping/answer.html", page, status=409 if conflict else 422 if refusal else 200)


@for_roles(*TEACHES)
@require_http_methods(["GET", "POST"])
def marks(request: HttpRequest, number: int, code: str, part: str) -> HttpResponse:
    """For which pupils of the class one statement holds partly or not. Nobody has to be marked."""
    found, group = class_asked(request, number, code)
    template = template_numbered(found.school, CLASS, found.class_template)
    if part not in template.keys:
        raise Http404
    people = people_of(request, group)
    before = own_marks(found, group.code, user_of(request))
    mine = own_sheet(found, group.code, user_of(request))
    asked = [key for key in template.keys if mine and mine.answers.get(key) in (PARTLY, NOT)]
    later = next((key for key in asked if template.keys.index(key) > template.keys.index(part)), None)
    refusal, said = "", {}
    if request.method == "POST":
        fields = [name for name in request.POST if name.startswith(MARK_FIELD)]
        said = {name.removeprefix(MARK_FIELD): request.POST[name] for name in fields}
        try:
            pupils_of_form(set(said), {one.code for one in people})
            now_said = {pupil: before.get(pupil, {}) | {part: mark} for pupil, mark in said.items()}
            mark_pupils(
                of_round=found, group=group, marks=now_said, by=user_of(request), role=duty_of(request).role, at=now()
            )
        except Refusal as why:
            refusal = refusal_text(why)
        else:
            messages.success(request, _("Sparat."))
            if later:
                return redirect("mapping_marks", found.pk, group.code, later)
            return redirect("mapping_class", found.pk, group.code)
    page = {
        "round": found, "group": group, "open": is_open(found), "refusal": refusal, "later": later, "part": part,
        "statement": next(one.text(language()) for one in template.statements if one.key == part),
        "statements": [(one.key, one.text(language()), one.key in asked) for one in template.statements],
        "people": [(one, said.get(one.code, before.get(one.code, {}).get(part, ""))) for one in people],
        "several": template.several,
    }  # fmt: skip
    return render(request, "support/mapping/marks.html", page, status=409 if refusal else 200)
