"""The hub's published methods as the catalogue has them: what is exported to nodes, mapped, compared and opened."""

import threading
from collections.abc import Iterable

from django.db import connection

from pluginnovation.knowledge.catalogue import External, Known, Learnt, Method, Texts
from pluginnovation.knowledge.panel import panels_from

from .models import CasePage, MethodPage, PooledEvidence
from .pages.tree import published

State = tuple[tuple[object, ...], ...]

_lock = threading.Lock()
# Each method as it was last read, with what it was read from: only what differs since is read again.
_read: dict[tuple[str, str], tuple[State, Method]] = {}


def as_they_stand() -> list[Method]:
    """Every published method by key, read from the pages themselves: what is signed rests on nothing remembered."""
    return list(_methods(_states()).values())


def methods() -> list[Method]:
    """Every published method by key, each with its English texts where they are published too.

    A method is read anew when its pages, its cases or what is known of it have changed: every list begins with this.
    """
    name = str(connection.settings_dict["NAME"])
    states = _states()
    with _lock:
        kept = {key: method for key in states if (method := _kept(name, key, states[key])) is not None}
    lost = [key for key in states if key not in kept]
    kept |= _methods(lost) if lost else {}
    with _lock:
        for key in lost:
            if key in kept:
                _read[name, key] = (states[key], kept[key])
    return [kept[key] for key in states if key in kept]


def _kept(name: str, key: str, state: State) -> Method | None:
    found = _read.get((name, key))
    return found[1] if found is not None and found[0] == state else None


def _states() -> dict[str, State]:
    """What differs when anything that a method says may differ: its pages, its cases, what is known. By key."""
    pages = published(MethodPage).values_list(
        "slug", "pk", "translation_key", "last_published_at", "latest_revision", "url_path", "replaced_by__slug"
    )
    of_key: dict[str, list[tuple[object, ...]]] = {}
    of_pages: dict[object, str] = {}
    for slug, *rest in pages.order_by("slug", "pk"):
        of_key.setdefault(slug, []).append(tuple(rest))
        of_pages[rest[1]] = slug
    cases = published(CasePage).values_list(
        "translation_key", "methods__translation_key", "pk", "last_published_at", "latest_revision", "url_path"
    )
    of_case: dict[object, tuple[set[str], list[tuple[object, ...]]]] = {}
    for case, method, *rest in cases.order_by("pk"):
        slugs, rows = of_case.setdefault(case, (set(), []))
        slugs.add(of_pages.get(method, ""))
        rows.append(tuple(rest))
    for slugs, rows in of_case.values():
        for slug in slugs & of_key.keys():
            of_key[slug] += rows
    for method, *rest in PooledEvidence.objects.values_list("method", "pk", "version", "made_at").order_by("pk"):
        of_key.get(method, []).append(tuple(rest))
    return {key: tuple(state) for key, state in of_key.items()}


def _methods(keys: Iterable[str]) -> dict[str, Method]:
    pages = published(MethodPage).filter(slug__in=keys).select_related("locale", "replaced_by")
    found: dict[str, dict[str, MethodPage]] = {}
    for page in pages.order_by("slug"):
        found.setdefault(page.key, {})[page.locale.language_code] = page
    known = _known(found)
    learnt = _learnt([both["sv"].translation_key for both in found.values() if "sv" in both])
    return {
        key: _method(both["sv"], both.get("en"), known.get(key, ()), learnt.get(both["sv"].translation_key, ()))
        for key, both in found.items()
        if "sv" in both
    }


def _known(keys: Iterable[str]) -> dict[str, tuple[Known, ...]]:
    found: dict[str, tuple[Known, ...]] = {}
    for row in PooledEvidence.objects.filter(method__in=keys).order_by("method", "outcome"):
        panels = panels_from(row.document)
        found[row.method] = (*found.get(row.method, ()), *(panel.known for panel in panels))
    return found


def _learnt(methods: Iterable[object]) -> dict[object, tuple[Learnt, ...]]:
    """What cases tell of each of these methods, by the method's translation key."""
    cases: dict[object, dict[str, CasePage]] = {}
    telling = published(CasePage).filter(methods__translation_key__in=methods).values("translation_key")
    every = published(CasePage).filter(translation_key__in=telling)
    for case in every.select_related("locale").prefetch_related("methods").defer("body"):
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
        withdrawn=page.withdrawn_why, other_words=page.other_words,
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
