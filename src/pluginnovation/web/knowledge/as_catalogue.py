"""The hub's published methods as the catalogue has them: what is exported to nodes, mapped, compared and opened."""

import threading
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q, Sum
from wagtail.models import Page

from pluginnovation.knowledge.catalogue import Catalogue, External, Known, Learnt, Method, Texts
from pluginnovation.knowledge.panel import panels_from

from .models import CasePage, MethodPage, PooledEvidence

_lock = threading.Lock()
_read: list[tuple[tuple[object, ...], list[Method]]] = []


def catalogue(version: int, *, at: datetime) -> Catalogue:
    """Every published method, also those withdrawn, by key."""
    return Catalogue(settings.HUB_NAME, version, at, tuple(methods()))


def methods() -> list[Method]:
    """Every published method by key, each with its English texts where they are published too.

    Read anew when any page, or what is known, has changed: the answer is small, and every list begins with it.
    """
    state = _state()
    with _lock:
        if _read and _read[0][0] == state:
            return list(_read[0][1])
    found = _methods()
    with _lock:
        _read[:] = [(state, found)]
    return list(found)


def _state() -> tuple[object, ...]:
    """What differs when anything that the catalogue says may differ."""
    pages = Page.objects.aggregate(
        Count("pk"), Max("latest_revision"), Max("last_published_at"), live=Count("pk", filter=Q(live=True))
    )
    known = PooledEvidence.objects.aggregate(Count("pk"), Max("pk"), Max("made_at"), Sum("version"))
    return (connection.settings_dict["NAME"], *pages.values(), *known.values())


def _methods() -> list[Method]:
    pages = MethodPage.objects.live().public().select_related("locale", "replaced_by").order_by("slug")
    found: dict[str, dict[str, MethodPage]] = {}
    for page in pages:
        found.setdefault(page.key, {})[page.locale.language_code] = page
    known = _known()
    learnt = _learnt()
    return [
        _method(both["sv"], both.get("en"), known.get(key, ()), learnt.get(both["sv"].translation_key, ()))
        for key, both in found.items()
        if "sv" in both
    ]


def _known() -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in PooledEvidence.objects.order_by("method", "outcome"):
        panels = panels_from(row.document)
        found[row.method] = (*found.get(row.method, ()), *(panel.known for panel in panels))
    return found


def _learnt() -> dict[object, tuple[Learnt, ...]]:
    """What cases tell of each method, by the method's translation key."""
    cases: dict[object, dict[str, CasePage]] = {}
    for case in CasePage.objects.live().public().select_related("locale").prefetch_related("methods"):
        cases.setdefault(case.translation_key, {})[case.locale.language_code] = case
    found: dict[object, tuple[Learnt, ...]] = {}
    for both in cases.values():
        sv, en = both.get("sv"), both.get("en")
        if sv is None:
            continue
        one = Learnt(
            title_sv=sv.title, title_en=en.title if en else "", place=sv.place, learnt_sv=sv.learnt,
            learnt_en=en.learnt if en else "", path=sv.url or "", source=sv.source, made_up=sv.made_up,
        )  # fmt: skip
        for method in sv.methods.all():
            found[method.translation_key] = (*found.get(method.translation_key, ()), one)
    return found


def _method(sv: MethodPage, en: MethodPage | None, known: Iterable[Known], learnt: Iterable[Learnt]) -> Method:
    return Method(
        key=sv.key, sv=_texts(sv), en=_texts(en) if en else None,
        problems=tuple(sv.problems), obstacles=tuple(sv.obstacles), years=tuple(sv.years),
        target_groups=tuple(sv.target_groups), settings=tuple(sv.settings), factors=tuple(sv.factors),
        intent=sv.intent, reach=sv.reach, level=sv.level, kind=sv.kind,
        cost_low=sv.cost_low, cost_high=sv.cost_high, cost_unit=sv.cost_unit,
        external_locks=sv.external_locks, external=tuple(_external(sv, en)), local=tuple(known),
        experiences=tuple(learnt), reviewed_on=sv.reviewed_on, next_review=sv.next_review,
        reviewer=sv.reviewer_role, version=sv.version, withdrawn_on=sv.withdrawn_on,
        replaced_by=sv.replaced_by.slug if sv.replaced_by else "", path=sv.url or "",
    )  # fmt: skip


def _texts(page: MethodPage) -> Texts:
    return Texts(
        title=page.title, lead=page.lead, steps=_points(page, "steps"), roles=_points(page, "roles"),
        time=_text(page, "time"), training=_text(page, "training"), material=_points(page, "material"),
        fidelity=tuple(str(block.value) for block in page.fidelity), when_not=page.when_not,
        cost_note=page.cost_note, reasons=tuple(str(block.value) for block in page.reasons),
        withdrawn=page.withdrawn_why,
    )  # fmt: skip


def _points(page: MethodPage, name: str) -> tuple[str, ...]:
    return tuple(str(point) for point in page.part(name) or ())


def _text(page: MethodPage, name: str) -> str:
    return str(page.part(name) or "")


def _external(sv: MethodPage, en: MethodPage | None) -> Iterable[External]:
    """The studies in the Swedish page's order; the English sentence is taken from the same place in the English one."""
    english = [block.value for block in en.external] if en else []
    for place, block in enumerate(sv.external):
        study = block.value
        twin = english[place] if place < len(english) else None
        yield External(
            source=study["source"], design=study["design"], n=study["n"], effect_sv=study["effect"],
            effect_en=twin["effect"] if twin else "", year=study["year"], citation=study["citation"],
            direction=study["direction"], studies=study["studies"] or 1,
        )  # fmt: skip
