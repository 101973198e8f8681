"""Methods as pages show them: found by name, fitted to a need, each with how sure we are and what others learnt.

A need is made of what stands in a case or a picture, and is forgotten when the page is drawn.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from pluginnovation.knowledge import certainty
from pluginnovation.knowledge.catalogue import Learnt, Method
from pluginnovation.knowledge.matching import Fit, Need, fitting, why
from pluginnovation.support import catalogue as measures
from pluginnovation.web.support.methods import NamedMethod

from .current import catalogue_now
from .tongue import spoken


@dataclass(frozen=True, slots=True)
class Shown:
    """A method in a list, in the page's language.

    lang      the language that title and lead are in; empty: the page's
    here      the certainty is of the network's own results; else of studies from outside
    number    the difference with its interval, where a number may be shown; empty: none
    warning   that somebody has seen harm; empty: nobody has
    """

    key: str
    title: str
    lead: str
    href: str
    lang: str
    sure: certainty.Shown
    here: bool
    number: str
    warning: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """A method that may fit: why, in sentences, and what somebody learnt who tried it; none: nobody has told."""

    method: Shown
    points: int
    why: tuple[str, ...]
    learnt: Learnt | None
    learnt_text: str
    use: str = ""


def shown(method: Method) -> Shown:
    """The method as a list shows it."""
    tongue = spoken()
    texts = method.texts(tongue)
    sure, here = certainty.here_or_elsewhere(method, tongue)
    best = max(method.local, key=lambda one: one.locks, default=None)
    number = certainty.number(best, tongue) if best and here else ""
    told = f"{number} {certainty.outcome_word(best.outcome, tongue)}" if best and number else ""
    return Shown(
        method.key, texts.title, texts.lead, href_of(method.key), lang_of(method), sure, here, told, harm_of(method)
    )  # fmt: skip


def lang_of(method: Method) -> str:
    """The language of its texts, when it isn't the page's: a reading voice has to know."""
    return "sv" if spoken() == "en" and method.en is None else ""


def harm_of(method: Method) -> str:
    """A sentence that harm was seen, here or elsewhere; empty when it wasn't."""
    if any(one.harms for one in method.local):
        return _("Minst ett ställe i nätverket har sett skada.")
    if any(study.direction == "worse" for study in method.external):
        return _("Minst en studie utifrån har sett skada.")
    return ""


def href_of(key: str) -> str:
    """The method's page at this node."""
    return reverse("method", args=[key])


def named(text: str) -> NamedMethod | None:
    """The method with this key or title, in the page's language."""
    found = catalogue_now()
    if found is None:
        return None
    wanted = text.casefold()
    for method in found.methods:
        titles = {method.sv.title.casefold(), method.en.title.casefold() if method.en else ""}
        if method.key == text or wanted in titles:
            return _named(method)
    return None


def _named(method: Method) -> NamedMethod:
    texts = method.texts(spoken())
    withdrawn = (texts.withdrawn or _("Hubben rekommenderar den inte längre.")) if method.withdrawn else ""
    return NamedMethod(
        method.key, texts.title, href_of(method.key), kind_of(method), method.intent, method.reach, method.level,
        texts.fidelity, withdrawn,
    )  # fmt: skip


def kind_of(method: Method) -> str:
    """What a measure of the method is called: its own kind, else the one at its level that answers most of the same."""
    if method.kind in measures.BY_KEY:
        return method.kind
    alike = (kind for kind in measures.for_obstacles(method.obstacles) if kind.level == method.level)
    return next((kind.key for kind in alike), "other")


def fitting_need(need: Need, most: int) -> Sequence[Fit]:
    """The methods of the catalogue that may fit, best first; none without a catalogue."""
    found = catalogue_now()
    return fitting(found.methods, need, most=most) if found else ()


def suggested(need: Need, *, most: int, use: str = "", without: Collection[str] = ()) -> list[Suggested]:
    """The same as a page shows them.

    Takes   use       the address where a measure is begun, to which the method's key is added; empty: nowhere
            without   the keys of methods that are followed already
    """
    tongue = spoken()
    rows = []
    fits = fitting_need(need, most + len(without))
    for fit in [fit for fit in fits if fit.method.key not in without][:most]:
        learnt = next(iter(fit.method.experiences), None)
        rows.append(
            Suggested(
                shown(fit.method), fit.points, why(fit, tongue), learnt, learnt.learnt(tongue) if learnt else "",
                f"{use}?metod={fit.method.key}" if use else "",
            )
        )  # fmt: skip
    return rows
