"""The catalogue of methods: what the hub knows of each, as it is downloaded to a node.

`Method` mirrors the hub's method page, field by field, in both languages. A catalogue has every published method and
those withdrawn, the version that counts upwards, and nothing of any person. What it weighs is small: a hundred methods
are about half a megabyte.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

Language = Literal["sv", "en"]
FORMAT: Final = 1
MOST_LOCKS: Final = 5


@dataclass(frozen=True, slots=True)
class Texts:
    """A method's texts in one language. Empty texts and lists: nothing is said, and the page leaves the heading out.

    lead       one or two sentences: what is done, for whom
    steps      how it is done, in order; roles: who does what; material: what is needed
    time       how much time it takes; training: what one must have learnt
    fidelity   what must be true for it to be this method; each can be answered with yes, partly or no
    when_not   when another method is better
    reasons    why the external evidence has so many locks; withdrawn: why it is withdrawn
    other_words   what people call it, with commas between; only a search reads it
    """

    title: str
    lead: str
    steps: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    time: str = ""
    training: str = ""
    material: tuple[str, ...] = ()
    fidelity: tuple[str, ...] = ()
    when_not: str = ""
    cost_note: str = ""
    reasons: tuple[str, ...] = ()
    withdrawn: str = ""
    other_words: str = ""


@dataclass(frozen=True, slots=True)
class External:
    """One study from outside the network, told and never pooled with the network's own.

    source      who and where, such as 'Wilson med flera 2011, Campbell'
    design      a key of `vocabulary.STUDIES`; direction: of `vocabulary.DIRECTIONS`
    n           pupils, or None: the source doesn't say; studies: how many are put together, 1 for one
    effect_sv, effect_en   what was found, in a sentence with its unit and interval
    year        of publication; citation: so that it can be found
    """

    source: str
    design: str
    n: int | None
    effect_sv: str
    effect_en: str
    year: int
    citation: str
    direction: str = "unknown"
    studies: int = 1

    def effect(self, language: Language = "sv") -> str:
        """The sentence in a language; Swedish where no other is written."""
        return self.effect_en if language == "en" and self.effect_en else self.effect_sv


@dataclass(frozen=True, slots=True)
class Known:
    """What the network's own estimates say of one outcome, as `pooled.known_of` makes it.

    outcome             the outcome's key; unit, benefit (1: more is better, -1: less is): as the estimates have them
    locks               0-5 by the rule; 0: the numbers are None
    sites, pupils       pooled; pupils rounded to five
    estimate, low, high with 95 %; next_low, next_high: where a new site would lie; None: can't be told
    nulls, harms        how many sites' own intervals hold nought; lie wholly on the bad side
    running, shown_only  how many run still; are shown and not pooled
    i2                  per cent of the difference between sites that isn't chance; None: can't be told
    why                 codes of the steps that lowered the certainty, of `evidence.plain_words.STEPS`
    cannot_tell         why there is no number, a code of `evidence.plain_words.CANNOT`; empty: there is one
    made_on             the day it was pooled
    """

    outcome: str
    unit: str
    benefit: int
    locks: int
    sites: int
    pupils: int
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    next_low: float | None = None
    next_high: float | None = None
    nulls: int = 0
    harms: int = 0
    running: int = 0
    shown_only: int = 0
    i2: float | None = None
    why: tuple[str, ...] = ()
    cannot_tell: str = ""
    made_on: date | None = None


@dataclass(frozen=True, slots=True)
class Learnt:
    """What somebody who tried it learnt: a case at the hub.

    place     a municipality or a school, as the case names it; made_up: an invented example, and said to be
    learnt    one or two sentences; source: where it was published, empty for the network's own
    path      the case's address at the hub
    """

    title_sv: str
    title_en: str
    place: str
    learnt_sv: str
    learnt_en: str
    path: str
    source: str = ""
    made_up: bool = False

    def title(self, language: Language = "sv") -> str:
        """The case's title; Swedish where no other is written."""
        return self.title_en if language == "en" and self.title_en else self.title_sv

    def learnt(self, language: Language = "sv") -> str:
        """What was learnt; Swedish where no other is written."""
        return self.learnt_en if language == "en" and self.learnt_en else self.learnt_sv


@dataclass(frozen=True, slots=True)
class Method:
    """One method.

    key         the slug of its Swedish page; never changes, since measures carry it
    sv, en      its texts; en None: not translated
    problems … factors       keys of the lists in `vocabulary`
    intent, reach, level     the three axes
    kind        a key of `support.catalogue.BY_KEY`: what a measure of it is called; empty: none in particular
    cost_low, cost_high      kronor for `cost_unit`; None: not known
    external_locks   0-5 for the studies from outside
    external, local, experiences    what is known; local empty: nobody here has measured it
    reviewed_on, next_review, reviewer   reviewer: a role, such as 'elevhälsan vid en annan skola'; None: not reviewed
    withdrawn_on     no longer recommended from that day; replaced_by: another method's key, or empty
    path        the page's address at the hub, such as '/metoder/studiecoach/'
    """

    key: str
    sv: Texts
    en: Texts | None = None
    problems: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    target_groups: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    intent: str = ""
    reach: str = ""
    level: str = ""
    kind: str = ""
    cost_low: int | None = None
    cost_high: int | None = None
    cost_unit: str = ""
    external_locks: int = 0
    external: tuple[External, ...] = ()
    local: tuple[Known, ...] = ()
    experiences: tuple[Learnt, ...] = ()
    reviewed_on: date | None = None
    next_review: date | None = None
    reviewer: str = ""
    version: str = ""
    withdrawn_on: date | None = None
    replaced_by: str = ""
    path: str = ""

    def texts(self, language: Language = "sv") -> Texts:
        """Its texts in a language; Swedish where no other is written."""
        return self.en if language == "en" and self.en is not None else self.sv

    @property
    def withdrawn(self) -> bool:
        """Whether it is no longer recommended."""
        return self.withdrawn_on is not None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All methods of a hub at one moment.

    hub       the hub's name for itself
    version   counts upwards with every export that differs
    """

    hub: str
    version: int
    made_at: datetime
    methods: tuple[Method, ...]
    format: int = FORMAT

    def find(self, key: str) -> Method | None:
        """The method with this key, withdrawn or not; None when there is none."""
        return next((method for method in self.methods if method.key == key), None)

    @property
    def current(self) -> tuple[Method, ...]:
        """The methods that aren't withdrawn."""
        return tuple(method for method in self.methods if not method.withdrawn)
