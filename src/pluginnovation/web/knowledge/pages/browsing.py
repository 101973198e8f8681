"""The list of methods: what was asked for, what fits, how many each choice would leave, and what wasn't understood."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from pluginnovation.knowledge.catalogue import Known, Method
from pluginnovation.knowledge.certainty import Shown, here_or_elsewhere, number, sentence
from pluginnovation.knowledge.filters import FILTERS, Filter
from pluginnovation.knowledge.vocabulary import INTENTS, LEVELS, word

from ..as_catalogue import methods
from ..finding import counts, keys_of
from ..models import MethodPage
from ..search import Found, search
from ..words import language
from .places import one_each, url_of
from .tree import tree

LABELS: Final = {
    "problem": _("Problem"), "obstacle": _("Hinder"), "year": _("Årskurs"), "group": _("Målgrupp"),
    "setting": _("Var"), "intent": _("Avsikt"), "reach": _("Räckvidd"), "level": _("Nivå"), "cost": _("Kostnad"),
    "certainty": _("Säkerhet"),
}  # fmt: skip
# What an address may hold beside the filters.
OTHERS: Final = frozenset({"q", "sida"})
MOST_UNKNOWN, MOST_HITS = 5, 200
# How far from nought the little drawing in a list reaches, by unit.
REACH: Final = {"percentage_points": 10.0, "per_100": 20.0, "passes": 2.0, "weeks": 8.0, "log_odds": 1.5}


@dataclass(frozen=True, slots=True)
class Hit:
    """One method in the list. best: what is best known here; None: nobody here has measured it.

    tongue   the language of its texts when it isn't the reader's; empty: it is
    """

    method: Method
    title: str
    lead: str
    line: str
    sure: Shown
    here: bool
    best: Known | None
    href: str
    tongue: str

    @property
    def figure(self) -> str:
        """The difference with its interval, where the certainty allows a number."""
        return number(self.best, language()) if self.best else ""

    @property
    def drawn(self) -> tuple[str, ...]:
        """Two paths where nought is in the middle: the interval and the estimate; empty without a number."""
        known, reach = self.best, REACH.get(self.best.unit, 10.0) if self.best else 10.0
        if known is None or not known.locks or known.low is None or known.high is None or known.estimate is None:
            return ()
        low, high, middle = (
            88 + 84 * max(-1.0, min(1.0, each / reach)) for each in (known.low, known.high, known.estimate)
        )
        return f"M{low:.1f} 12H{high:.1f}", f"M{middle - 4:.1f} 8h8v8h-8z"

    @property
    def said(self) -> str:
        """What is known in words, where there is no number to show."""
        return sentence(self.best, language()) if self.best else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: how many methods it would leave, with the other filters as they are."""

    key: str
    text: str
    count: int
    chosen: bool


def browsed(request: HttpRequest) -> dict[str, Any]:
    """The list as it was asked for. What isn't known is left out and said."""
    asked = request.GET
    question, chosen = asked.get("q", "").replace("\x00", "").strip(), Filter.read(dict(asked.lists()))
    spoken = language()
    every = {one.key: one for one in methods() if not one.withdrawn}
    fitting = {key: one for key, one in every.items() if chosen.fits(keys_of(one))}
    found = search(question, language=spoken, kinds=("method",), limit=MOST_HITS) if question else Found("", (), 0)
    order = [hit.slug for hit in found.hits] if question else sorted(fitting, key=lambda key: _title(fitting[key]))
    urls, left = urls_of(spoken), counts(chosen, every.values())
    hits = [hit_of(fitting[key], urls) for key in order if key in fitting]
    return {
        "hits": hits,
        "total": len(every),
        "measured": sum(hit.here for hit in hits),
        "question": found.text,
        "cut": found.too_long,
        "read_as": found.read_as,
        "filters": [
            {"name": name, "label": LABELS[name], "choices": list(_choices(name, chosen, left[name]))}
            for name in FILTERS
        ],
        "chosen": [word(words, key, spoken) for field, words in FILTERS.values() for key in getattr(chosen, field)],
        "asked": bool(question or chosen.any()),
        "unknown": unknown_of(asked),
        "compare_url": url_of("compare"),
        "map_url": url_of("evidence_map"),
    }


def unknown_of(asked: QueryDict) -> list[str]:
    """What an address asked for that there is no such filter or value of: cut short, at most a few."""
    found = []
    for name, values in asked.lists():
        if name in OTHERS:
            continue
        known = FILTERS.get(name, ("", {}))[1]
        found += [f"{name}={value}"[:60] for value in values if value and value not in known]
    return found[:MOST_UNKNOWN]


def urls_of(spoken: str) -> dict[str, str]:
    """Where each method is read, by its key: in the language, or in Swedish."""
    return {stand.slug: stand.url for stand in one_each(tree().of(MethodPage), spoken)}


def hit_of(method: Method, urls: Mapping[str, str]) -> Hit:
    """A method as a list shows it."""
    spoken = language()
    sure, here = here_or_elsewhere(method, spoken)
    texts = method.texts(spoken)
    axes = [word(INTENTS, method.intent, spoken), word(LEVELS, method.level, spoken).lower()]
    line = ", ".join(axis for axis in axes if axis)
    best = max(method.local, key=lambda known: known.locks, default=None)
    return Hit(
        method, texts.title, texts.lead, " · ".join(each for each in (line, texts.time) if each), sure, here, best,
        urls.get(method.key, method.path), "" if spoken == "sv" or method.en is not None else "sv",
    )  # fmt: skip


def _title(method: Method) -> str:
    return sorted_as(method.texts(language()).title)


def sorted_as(text: str) -> str:
    """A key that puts å, ä and ö last, as a Swede looks for them."""
    return text.casefold().translate(str.maketrans("åäö", "{|}"))


def _choices(name: str, chosen: Filter, left: Mapping[str, int]) -> Iterable[Choice]:
    field, words = FILTERS[name]
    for key in words:
        yield Choice(key, word(words, key, language()), left[key], key in getattr(chosen, field))
