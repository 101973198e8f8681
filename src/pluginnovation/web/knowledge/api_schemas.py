"""What the open API gives, typed: the same words and keys as the catalogue and the pages."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from ninja import Schema
from pydantic import AfterValidator, Field

from pluginnovation.knowledge.filters import FILTERS


def _one_of(name: str) -> Any:
    """A text that must be a key of a filter's list; the description of the API lists them."""
    words = FILTERS[name][1]

    def check(value: str) -> str:
        if value not in words:
            raise ValueError(f"one of: {', '.join(words)}")
        return value

    return Annotated[str, Field(json_schema_extra={"enum": list(words)}), AfterValidator(check)]


if TYPE_CHECKING:
    Problem: TypeAlias = str
    Obstacle: TypeAlias = str
    Year: TypeAlias = str
    Certainty: TypeAlias = str
else:
    Problem, Obstacle, Year, Certainty = (_one_of(name) for name in ("problem", "obstacle", "year", "certainty"))


class MethodQuestion(Schema):
    """What a list of methods is narrowed by; withdrawn: also those that are no longer recommended."""

    problem: list[Problem] = []
    obstacle: list[Obstacle] = []
    year: list[Year] = []
    certainty: list[Certainty] = []
    withdrawn: bool = False


class Error(Schema):
    """What was wrong with a question."""

    detail: str


class Wrong(Schema):
    """What was wrong with each part of a question."""

    detail: list[dict[str, Any]]


class KnownOut(Schema):
    """One outcome of a method, as the sites together tell it. null: it can't be told."""

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
    nulls: int
    harms: int
    running: int
    shown_only: int
    i2: float | None = None
    why: list[str]
    cannot_tell: str
    made_on: date | None = None


class MethodShort(Schema):
    """A method in a list."""

    key: str
    title_sv: str
    title_en: str | None = None
    lead_sv: str
    lead_en: str | None = None
    problems: list[str]
    years: list[str]
    intent: str
    reach: str
    level: str
    external_locks: int
    local: list[KnownOut]
    withdrawn_on: date | None = None
    path: str


class TextsOut(Schema):
    """A method's texts in one language."""

    title: str
    lead: str
    steps: list[str]
    roles: list[str]
    time: str
    training: str
    material: list[str]
    fidelity: list[str]
    when_not: str
    cost_note: str
    reasons: list[str]
    withdrawn: str
    other_words: str


class ExternalOut(Schema):
    """One study from outside. n null: the source doesn't say."""

    source: str
    design: str
    n: int | None = None
    effect_sv: str
    effect_en: str
    year: int
    citation: str
    direction: str
    studies: int


class LearntOut(Schema):
    """What a case tells of a method."""

    title_sv: str
    title_en: str
    place: str
    learnt_sv: str
    learnt_en: str
    path: str
    source: str
    made_up: bool


class MethodOut(Schema):
    """A method with everything that its page has."""

    key: str
    sv: TextsOut
    en: TextsOut | None = None
    problems: list[str]
    obstacles: list[str]
    years: list[str]
    target_groups: list[str]
    settings: list[str]
    factors: list[str]
    intent: str
    reach: str
    level: str
    kind: str
    cost_low: int | None = None
    cost_high: int | None = None
    cost_unit: str
    external_locks: int
    external: list[ExternalOut]
    local: list[KnownOut]
    experiences: list[LearntOut]
    reviewed_on: date | None = None
    next_review: date | None = None
    reviewer: str
    version: str
    withdrawn_on: date | None = None
    replaced_by: str
    path: str


class MethodList(Schema):
    """Methods, and how many fit in all."""

    count: int
    made_up: bool
    methods: list[MethodShort]


class EvidenceOut(Schema):
    """What is known of one outcome of one method."""

    method: str
    horizon: str
    subgroup: str
    version: int
    known: KnownOut


class EvidenceList(Schema):
    """Everything that has been measured."""

    made_up: bool
    evidence: list[EvidenceOut]


class EstimateList(Schema):
    """Every site's own estimate, counts rounded to five."""

    count: int
    made_up: bool
    estimates: list[dict[str, Any]]


class PageOut(Schema):
    """A page of another kind than a method."""

    title: str
    lead: str
    language: str
    path: str
    published: datetime | None = None


class PageList(Schema):
    """Pages of one kind."""

    count: int
    pages: list[PageOut]


class EventOut(Schema):
    """An event. ends null: not said."""

    title: str
    language: str
    kind: str
    starts: datetime
    ends: datetime | None = None
    place: str
    online: str
    path: str | None = None


class EventList(Schema):
    """Every published event."""

    events: list[EventOut]


class WordOut(Schema):
    """A key and its words."""

    key: str
    sv: str
    en: str


class Vocabulary(Schema):
    """Every list of keys by its name."""

    lists: dict[str, list[WordOut]]


class Index(Schema):
    """What there is."""

    name: str
    licence: str
    made_up: bool
    addresses: list[str]
