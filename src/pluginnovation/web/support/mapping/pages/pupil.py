"""Template B: what one pupil says, in four parts and in the pupil's own words. Written to be read by the pupil."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from pluginnovation.privacy.grounds import Grant
from pluginnovation.records.refusals import Refusal
from pluginnovation.support.connectedness import goes_on, told
from pluginnovation.support.mapping import CLASS, Statement, Template
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.door import open_pupil_or_404
from pluginnovation.web.people.duties import for_roles
from pluginnovation.web.people.models import Enrolment, Person
from pluginnovation.web.people.reach import covering, of_todays_school
from pluginnovation.web.people.rights.asker import duty_of, refusal_text, user_of
from pluginnovation.web.signals.words import language

from ...models import MappingRound, PupilSheet
from ..answers import SaidWithPupil, answer_with_pupil, is_open, newest_sheet
from ..asked import answers_in, number_in, text_in
from ..reach import TALKS, schools_of
from ..reading import marks_of, pupil_template
from ..rounds import rounds_of
from ..stored import template_numbered, templates_of
from ..words import DIMENSION
from .class_answers import by_dimension

PAGE = "mapping"
EARLIER = 6


@dataclass(frozen=True, slots=True)
class PartTold:
    """One part of a sheet: the statements with each answer, in words."""

    name: Any
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class SheetTold:
    """One sheet as the page tells of it.

    since   statements whose answer differs from the sheet before: the words, the answer before, the answer now
    """

    sheet: PupilSheet
    parts: tuple[PartTold, ...]
    since: tuple[tuple[str, str, str], ...]


def sheet_told(sheet: PupilSheet, template: Template, before: PupilSheet | None = None) -> SheetTold:
    """A sheet in words, and what is otherwise than in the one before."""
    words = {one.key: one.text(language()) for one in template.statements}
    parts = told(sheet.answers, [(one.key, one.dimension) for one in template.statements])
    since = tuple(
        (words[key], before.answers[key], sheet.answers[key])
        for key in template.keys
        if before and before.answers.get(key) and sheet.answers.get(key) and before.answers[key] != sheet.answers[key]
    )
    return SheetTold(sheet, tuple(_part(DIMENSION[one.dimension], one, words) for one in parts), since)


def _part(name: Any, one: Any, words: dict[str, str]) -> PartTold:
    lists = (("fully", one.fully), ("partly", one.partly), ("not", one.not_at_all), ("", one.unknown))
    return PartTold(name, tuple((answer, tuple(words[key] for key in keys)) for answer, keys in lists if keys))


def round_of(request: HttpRequest, grant: Grant) -> MappingRound | None:
    """The round that goes on at the pupil's school, or else its latest; none: there has been none."""
    here = Enrolment.objects.filter(covering(today()), pupil=grant.pupil).values("organisation")
    mine = schools_of(duty_of(request), today()).filter(code__in=here).values_list("code", flat=True)
    rounds = [one for one in rounds_of(list(mine)) if one.first <= today()]
    return next((one for one in rounds if is_open(one)), next(iter(rounds), None))


@for_roles(*TALKS)
@require_GET
def of_pupil(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in template B, why the pupil is asked, and what stood there before."""
    person, grant = open_pupil_or_404(request, code, page=PAGE)
    found = round_of(request, grant)
    sheets = _sheets(grant.pupil)
    page: dict[str, Any] = {
        "person": person, "round": found, "open": found is not None and is_open(found), "sheets": sheets,
    }  # fmt: skip
    if found:
        current = next((one for one in sheets if one.sheet.round_id == found.pk), None)
        page |= {"why": _why(found, grant.pupil), "current": current}
    return render(request, "support/mapping/pupil.html", page)


def _why(found: MappingRound, pupil: str) -> list[tuple[Statement, list[tuple[str, str]]]]:
    """The statements that teachers have marked, with who marked them how; empty: too few."""
    template = template_numbered(found.school, CLASS, found.class_template)
    marks = marks_of(found, [pupil]).get(pupil, [])
    why = goes_on(marks, keys=template.keys, several=template.several)
    words = {one.key: one for one in template.statements}
    keys = why.statements if why else ()
    return [(words[key], [(one.answer, one.teacher) for one in marks if one.statement == key]) for key in keys]


def _sheets(pupil: str) -> list[SheetTold]:
    """The pupil's sheets, newest first; of each round the one that stands, against the round before."""
    rows = PupilSheet.objects.filter(of_todays_school(), pupil=pupil).select_related("by", "round")
    newest = list(rows.order_by("round", "-version").distinct("round"))
    newest.sort(key=lambda one: (one.round.first, one.round_id), reverse=True)
    shown = newest[:EARLIER]
    templates = templates_of([one.round for one in shown])
    befores = [*shown[1:], None][: len(shown)]
    return [
        sheet_told(one, templates[one.round_id]["pupil"], before)
        for one, before in zip(shown, befores, strict=True)
    ]  # fmt: skip


@for_roles(*TALKS)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Fill in template B, best together with the pupil."""
    person, grant = open_pupil_or_404(request, code, page=PAGE)
    found = round_of(request, grant)
    if found is None or not is_open(found):
        return redirect("mapping_pupil", person.code)
    template, newest = pupil_template(found), newest_sheet(found, grant.pupil)
    if request.method == "GET":
        said: dict[str, Any] = {
            "answers": newest.answers if newest else {}, "own_words": newest.own_words if newest else "",
            "together": newest.together if newest else True,
        }  # fmt: skip
        return _form(request, person, (found, template, newest), said)
    said = {
        "answers": answers_in(request, template.keys), "own_words": text_in(request, "own_words"),
        "together": request.POST.get("together") != "no",
    }  # fmt: skip
    sent = SaidWithPupil(**said, template=number_in(request, "mall"), seen=number_in(request, "sett"))
    try:
        answer_with_pupil(of_round=found, grant=grant, said=sent, by=user_of(request), at=now())
    except Refusal as why:
        return _form(request, person, (found, template, newest_sheet(found, grant.pupil)), said | {"refusal": why})
    messages.success(request, _("Det är sparat."))
    return redirect("mapping_pupil", person.code)


def _form(
    request: HttpRequest, person: Person, about: tuple[MappingRound, Template, PupilSheet | None], said: dict[str, Any]
) -> HttpResponse:
    found, template, newest = about
    refusal: Refusal | None = said.get("refusal")
    conflict = refusal is not None and refusal.code in ("somebody_saved", "statements_changed")
    page = {
        "person": person, "round": found, "template": template, "parts": by_dimension(template, said["answers"]),
        "own_words": said["own_words"], "together": said["together"], "seen": newest.version if newest else 0,
        "refusal": refusal_text(refusal) if refusal else "",
        "theirs": sheet_told(newest, template) if conflict and newest else None,
    }  # fmt: skip
    return render(request, "support/mapping/write.html", page, status=409 if conflict else 422 if refusal else 200)
