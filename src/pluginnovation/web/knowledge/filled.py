"""What each kind of page that comes along is filled with, from its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from json import dumps
from typing import Any, Final
from zoneinfo import ZoneInfo

from .models import (
    CasePage,
    EventPage,
    GuidePage,
    HomePage,
    MethodPage,
    NewsPage,
    PlainPage,
    ResearchPage,
    StatisticsPage,
)
from .models.reviewed import LeadPage
from .written import Block, Written, block, body_of, listed, numbered

SWEDEN: Final = ZoneInfo("Europe/Stockholm")
Facts = Mapping[str, Any]
Values = dict[str, Any]

# Kinds of page that name the methods they are about.
METHODS_OF: Final = frozenset({"research", "guides", "cases"})
_METHOD_FACTS: Final = (
    "problems", "obstacles", "years", "target_groups", "settings", "factors", "intent", "reach", "level", "kind",
    "cost_low", "cost_high", "cost_unit", "external_locks",
)  # fmt: skip
_LESSONS: Final = ("situation", "did", "happened", "learnt", "adapted")
_NOTHING: Final[Values] = {
    "kind": "", "cost_low": None, "cost_high": None, "cost_unit": "", "external_locks": 0, "year": None, "locks": 0,
}  # fmt: skip


def _needs_nothing(_facts: Facts) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Filler:
    """How one kind of page is filled.

    model    the page type
    own      what it has beside title, lead and other words, from the file, its language, and pages' numbers by slug
    needed   what it can't be made without
    slugs    another slug than the file's name, by language
    """

    model: type[LeadPage]
    own: Callable[[Written, str, Mapping[str, int]], Values]
    needed: Callable[[Facts], Values] = _needs_nothing
    slugs: Mapping[str, str] = field(default_factory=dict)

    def values(self, written: Written, language: str, pages: Mapping[str, int]) -> Values:
        """Every field of the page that the file decides."""
        texts = written.texts[language]
        first = {name: texts[name] for name in ("title", "lead", "other_words") if name in texts}
        return {**first, **self.own(written, language, pages)}


def _facts(written: Written, *names: str) -> Values:
    return {name: written.facts.get(name, _NOTHING.get(name, [])) for name in names}


def _blocks(blocks: list[Block]) -> str:
    return dumps(numbered(blocks))


def _points(points: list[str]) -> str:
    return _blocks([block("point", point) for point in points])


def _body(written: Written, language: str, pages: Mapping[str, int]) -> Values:
    return {"body": dumps(body_of(written.texts[language].get("body", ""), pages))}


def _studies(written: Written, language: str) -> str:
    """Studies from outside: a study's words are those of the language, or Swedish where no other is written."""
    studies = [
        block("study", {
            "source": _spoken(one, "source", language), "citation": _spoken(one, "citation", language),
            "design": one["design"], "direction": one["direction"], "n": one.get("n"),
            "studies": one["studies"], "year": one["year"],
            "effect": one[f"effect_{language}"],
        })
        for one in written.facts.get("study", [])
    ]  # fmt: skip
    return _blocks(studies)


def _spoken(study: Mapping[str, Any], name: str, language: str) -> str:
    """A study's words in the language; names that are the same in both are written once."""
    return str(study.get(f"{name}_{language}", study[name]))


def _method(written: Written, language: str, _pages: Mapping[str, int]) -> Values:
    texts = written.texts[language]
    how = [
        *listed("steps", texts["steps"]), *listed("roles", texts["roles"]), block("time", texts["time"]),
        block("training", texts["training"]), *listed("material", texts["material"]),
    ]  # fmt: skip
    return {
        **_facts(written, *_METHOD_FACTS), "how": _blocks(how), "fidelity": _points(texts["fidelity"]),
        "when_not": texts["when_not"], "cost_note": texts["cost_note"], "reasons": _points(texts["reasons"]),
        "external": _studies(written, language),
    }  # fmt: skip


def _research(written: Written, language: str, pages: Mapping[str, int]) -> Values:
    return {
        **_facts(written, "problems", "factors", "group", "locks", "year"), **_body(written, language, pages),
        "studies": _studies(written, language),
    }  # fmt: skip


def _guide(written: Written, language: str, pages: Mapping[str, int]) -> Values:
    checklist = _points(written.texts[language]["checklist"])
    return {**_facts(written, "factor"), **_body(written, language, pages), "checklist": checklist}


def _case(written: Written, language: str, _pages: Mapping[str, int]) -> Values:
    texts = written.texts[language]
    told = [block(name, texts[name]) for name in _LESSONS if texts.get(name)]
    return {
        **_facts(written, "place", "period", "problems", "years", "made_up", "source"), "body": _blocks(told),
        "learnt": texts["learnt"],
    }  # fmt: skip


def _event(written: Written, language: str, pages: Mapping[str, int]) -> Values:
    slots = [
        block("slot", {"starts": starts, "ends": ends, "title": title, "who": who, "text": text})
        for starts, ends, title, who, text in written.facts["programme"]
    ]
    return {
        **_facts(written, "kind", "place", "seats"), **_moments(written.facts), **_body(written, language, pages),
        "programme": _blocks(slots),
    }  # fmt: skip


def _moments(facts: Facts) -> Values:
    return {
        name: datetime.fromisoformat(facts[name]).replace(tzinfo=SWEDEN)
        for name in ("starts", "ends", "registration_closes")
        if name in facts
    }


def _day(facts: Facts) -> Values:
    return {"day": date.fromisoformat(facts["day"])}


def _news(written: Written, language: str, pages: Mapping[str, int]) -> Values:
    return {**_day(written.facts), **_body(written, language, pages)}


def _source(facts: Facts) -> Values:
    """A case of facts can't be made without its source."""
    return {"source": facts["source"], "made_up": facts["made_up"]}


FILLERS: Final[Mapping[str, Filler]] = {
    "home": Filler(HomePage, _body),
    "statistics": Filler(StatisticsPage, _body, slugs={"sv": "statistik", "en": "statistics"}),
    "methods": Filler(MethodPage, _method),
    "research": Filler(ResearchPage, _research),
    "guides": Filler(GuidePage, _guide),
    "cases": Filler(CasePage, _case, _source),
    "news": Filler(NewsPage, _news, _day),
    "events": Filler(EventPage, _event, _moments),
    "plain": Filler(PlainPage, _body),
}
