"""An experience from the form, or from a sub-project's report, becomes a draft: figures by reference, never retyped."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.text import slugify

from pluginnovation.records.refusals import Refusal

from .editors.models import Editor
from .models import CaseFigure, CaseIndex, CasePage, MethodPage, SiteEstimateRow

TOLD: Final = ("situation", "did", "happened", "learnt", "adapted")


@dataclass(frozen=True, slots=True)
class Experience:
    """What somebody tells.

    title, lead      as on the page; place and period: where and when
    methods          keys of methods at the hub
    told             parts of the story, of TOLD; a missing part isn't written
    estimates        `SiteEstimateRow.key` of each estimate that the story rests on
    project          the sub-project's key at its node; empty: none
    source           where it is published; empty for the network's own
    made_up          an invented example
    """

    title: str
    lead: str
    place: str = ""
    period: str = ""
    learnt: str = ""
    methods: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    told: dict[str, str] = field(default_factory=dict)
    estimates: tuple[str, ...] = ()
    project: str = ""
    source: str = ""
    made_up: bool = False


def experience_from(document: Any) -> Experience:
    """What a sub-project's report says, as JSON.

    Raises  Refusal for anything else
    """
    texts = ("title", "lead", "place", "period", "learnt", "project", "source")
    lists = ("methods", "problems", "years", "estimates")
    known = {*texts, *lists, "told"}
    fits = (
        isinstance(document, dict)
        and set(document) <= known
        and {"title", "lead"} <= set(document)
        and all(isinstance(document.get(name, ""), str) for name in texts)
        and all(_are_texts(document.get(name, [])) for name in lists)
        and isinstance(document.get("told", {}), dict)
        and _are_texts([*document.get("told", {}), *document.get("told", {}).values()])
        and set(document.get("told", {})) <= set(TOLD)
    )
    if not fits:
        raise _refusal(
            "experience_not_understood",
            "Erfarenheten går inte att läsa.",
            "The experience cannot be read.",
            f"{', '.join(sorted(known))}; told: {', '.join(TOLD)}",
        )
    said: dict[str, Any] = {name: tuple(value) if name in lists else value for name, value in document.items()}
    return Experience(**said)


@transaction.atomic
def draft_of(told: Experience, *, by: Editor | None, at: datetime) -> CasePage:  # noqa: ARG001 an act says when
    """A draft of the experience under the Swedish list of experiences, handed in for review when somebody stands by it.

    Raises  Refusal for a method or an estimate that the hub doesn't have; ValidationError for texts no page can take
    """
    methods = _all(MethodPage.objects.filter(locale__language_code="sv", slug__in=told.methods), told.methods, "slug")
    rows = SiteEstimateRow.objects.filter(key__in=told.estimates, current=True)
    estimates = _all(rows, told.estimates, "key")
    above = CaseIndex.objects.filter(locale__language_code="sv").order_by("path").first()
    if above is None:
        raise _refusal(
            "no_place_for_cases", "Sidan Erfarenheter finns inte.", "There is no list of experiences.", "plug hub seed"
        )
    page = CasePage(
        title=told.title, lead=told.lead, slug=_free_slug(above, told.title), place=told.place, period=told.period,
        learnt=told.learnt, problems=list(told.problems), years=list(told.years), source=told.source,
        project=told.project or ("" if told.source or told.made_up else "form"), live=False, owner=by,
        made_up=told.made_up, body=[(part, told.told[part]) for part in TOLD if told.told.get(part)],
    )  # fmt: skip
    page.methods = methods
    page.figures = [CaseFigure(estimate=row) for row in estimates]
    above.add_child(instance=page)
    page.save_revision(user=by)
    workflow = page.get_workflow()
    if by is not None and workflow is not None:
        workflow.start(page, by)
    return page


def _all(found: Any, wanted: tuple[str, ...], name: str) -> list[Any]:
    rows = list(found)
    missing = sorted(set(wanted) - {getattr(row, name) for row in rows})
    if missing:
        raise _refusal(
            "not_at_the_hub",
            f"Finns inte här: {', '.join(missing)}.",
            f"Not here: {', '.join(missing)}.",
            "plug hub estimates receive",
        )
    return rows


def _free_slug(above: CaseIndex, title: str) -> str:
    first = slugify(title)[:200] or "erfarenhet"
    taken = set(above.get_children().filter(slug__startswith=first).values_list("slug", flat=True))
    return next(slug for slug in (first, *(f"{first}-{n}" for n in range(2, 10_000))) if slug not in taken)


def _are_texts(values: Any) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)


def _refusal(code: str, sv: str, en: str, todo: str) -> Refusal:
    return Refusal(code, what=(sv, en), todo=(todo, todo))
