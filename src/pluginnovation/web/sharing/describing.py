"""One method in the page's language, with everything a reader needs beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pluginnovation.knowledge import certainty, vocabulary
from pluginnovation.knowledge.catalogue import External, Known, Learnt, Method, Texts

from .fits import Shown, shown
from .hub import hub_link
from .tongue import spoken


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the network's own results say of one outcome; texts are empty where nothing can be said."""

    known: Known
    sure: certainty.Shown
    says: str
    number: str
    new_site: str
    why: tuple[str, ...]
    spoils: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A study from outside. direction: which way it points, in a word."""

    external: External
    design: str
    effect: str
    direction: str


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody learnt, and its page at the hub; the address is empty when this node has no hub."""

    learnt: Learnt
    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Described:
    """A method whole. cost: in words; outside: the certainty of the studies from outside; hub: its page there."""

    method: Method
    texts: Texts
    shown: Shown
    translated: bool
    words: list[tuple[str, str]]
    cost: str
    outcomes: list[Outcome]
    studies: list[Study]
    outside: certainty.Shown
    told: list[Told]
    hub: str
    next_review: date | None


def described(method: Method) -> Described:
    """The method in the page's language; Swedish where no other is written, and that is said."""
    tongue = spoken()
    return Described(
        method=method,
        texts=method.texts(tongue),
        shown=shown(method),
        translated=tongue == "sv" or method.en is not None,
        words=_words(method),
        cost=_cost(method),
        outcomes=[_outcome(known) for known in method.local],
        studies=[_study(one) for one in method.external],
        outside=certainty.shown(method.external_locks, tongue),
        told=[Told(one, one.title(tongue), one.learnt(tongue), hub_link(one.path)) for one in method.experiences],
        hub=hub_link(method.path),
        next_review=method.next_review,
    )


def rows_of(methods: Sequence[Described]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What several methods are sorted by, cost and take: a label, and for each method its title and what it says."""
    labels = dict.fromkeys(label for method in methods for label, _value in method.words)
    rows = [(label, [dict(method.words).get(label, "") for method in methods]) for label in labels]
    rows += [
        (_("Tid"), [method.texts.time for method in methods]),
        (_("Utbildning"), [method.texts.training for method in methods]),
        (_("Kostnad"), [method.cost for method in methods]),
        (_("När det inte hjälper"), [method.texts.when_not for method in methods]),
    ]
    titles = [method.texts.title for method in methods]
    return [(label, list(zip(titles, cells, strict=True))) for label, cells in rows if any(cells)]


def _words(method: Method) -> list[tuple[str, str]]:
    """The labels and values of what a method is sorted by; what isn't said is left out."""
    tongue = spoken()
    lists: tuple[tuple[str, vocabulary.Words, tuple[str, ...]], ...] = (
        (_("Används vid"), vocabulary.PROBLEMS, method.problems),
        (_("Kan svara mot"), vocabulary.OBSTACLES, method.obstacles),
        (_("Årskurs"), vocabulary.YEARS, method.years),
        (_("Målgrupp"), vocabulary.TARGET_GROUPS, method.target_groups),
        (_("Var"), vocabulary.SETTINGS, method.settings),
        (_("Avsikt"), vocabulary.INTENTS, (method.intent,)),
        (_("Räckvidd"), vocabulary.REACHES, (method.reach,)),
        (_("Nivå"), vocabulary.LEVELS, (method.level,)),
        (_("Framgångsfaktor"), vocabulary.FACTORS, method.factors),
    )
    told = ((label, [vocabulary.word(words, key, tongue) for key in keys if key]) for label, words, keys in lists)
    return [(label, ", ".join(named)) for label, named in told if named]


def _cost(method: Method) -> str:
    low, high = method.cost_low, method.cost_high
    if low is None and high is None:
        return _("Okänt")
    unit = vocabulary.word(vocabulary.COST_UNITS, method.cost_unit, spoken()) if method.cost_unit else ""
    ends = [_grouped(end) for end in dict.fromkeys((low, high)) if end is not None]
    amount = _(" till ").join(ends)
    return _("%(amount)s kr %(unit)s") % {"amount": amount, "unit": unit}


def _grouped(kronor: int) -> str:
    return f"{kronor:,}".replace(",", "\u00a0")


def _outcome(known: Known) -> Outcome:
    tongue = spoken()
    return Outcome(
        known, certainty.shown(known.locks, tongue), certainty.sentence(known, tongue), certainty.number(known, tongue),
        certainty.new_site(known, tongue), certainty.why(known, tongue), _spoils(known),
    )  # fmt: skip


def _spoils(known: Known) -> tuple[str, ...]:
    """What a reader must know besides the number: nothing found, harm, still running, sites that differ."""
    told = (
        (known.harms, ngettext("%(n)s ställe såg skada.", "%(n)s ställen såg skada.", known.harms)),
        (known.nulls, ngettext("Vid %(n)s ställe rymmer intervallet ingen skillnad.",
                               "Vid %(n)s ställen rymmer intervallet ingen skillnad.", known.nulls)),
        (known.running, ngettext("%(n)s pågår och är inte invägd.", "%(n)s pågår och är inte invägda.",
                                 known.running)),
        (known.shown_only, _("%(n)s visas utan att vägas in.")),
        (round(known.i2 or 0), _("%(n)s %% av skillnaderna mellan ställena är mer än slump.")),
    )  # fmt: skip
    return tuple(text % {"n": n} for n, text in told if n)


def _study(one: External) -> Study:
    tongue = spoken()
    return Study(
        one, vocabulary.word(vocabulary.STUDIES, one.design, tongue), one.effect(tongue),
        vocabulary.word(vocabulary.DIRECTIONS, one.direction, tongue),
    )  # fmt: skip
