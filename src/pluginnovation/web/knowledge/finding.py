"""Methods by what somebody has ticked, and how many each further tick would leave."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import BooleanField, Count, Func, Q, QuerySet, Value

from pluginnovation.knowledge.catalogue import Method
from pluginnovation.knowledge.certainty import here_or_elsewhere
from pluginnovation.knowledge.filters import FILTERS, Filter, cost_of
from pluginnovation.knowledge.vocabulary import Words

from .as_catalogue import methods as every_method
from .models import MethodPage, PooledEvidence
from .pages.tree import published

Keys = Mapping[str, tuple[str, ...]]


class HasPath(Func):
    """Whether a JSON document has something at a path."""

    function, template, output_field = "jsonb_path_exists", "%(function)s(%(expressions)s::jsonpath)", BooleanField()


def how_many() -> tuple[int, int]:
    """The methods that aren't withdrawn, and how many of them the network itself knows anything of. One query."""
    told = HasPath("document", Value("$.panels[*].known.locks ? (@ > 0)"))
    known = PooledEvidence.objects.filter(told).values("method")
    counted = (
        published(MethodPage)
        .filter(withdrawn_on=None, locale__language_code="sv")
        .aggregate(every=Count("pk"), measured=Count("pk", filter=Q(slug__in=known)))
    )
    return counted["every"], counted["measured"]


def keys_of(method: Method) -> Keys:
    """A method's keys by the fields of `Filter`: its certainty is the network's own where there is any."""
    sure, _ = here_or_elsewhere(method)
    return {
        "problems": method.problems, "obstacles": method.obstacles, "years": method.years,
        "target_groups": method.target_groups, "settings": method.settings,
        "intents": (method.intent,), "reaches": (method.reach,), "levels": (method.level,),
        "costs": (cost_of(method.cost_low, method.cost_high),), "certainties": (str(sure.filled),),
    }  # fmt: skip


def methods(chosen: Filter, *, language: str) -> QuerySet[MethodPage]:
    """The published methods of a language that fit, by title; those withdrawn are left out."""
    fitting = [one.key for one in every_method() if not one.withdrawn and chosen.fits(keys_of(one))]
    pages = MethodPage.objects.live().public().filter(locale__language_code=language, slug__in=fitting)
    return pages.order_by("title")


def counts(chosen: Filter, among: Iterable[Method]) -> dict[str, dict[str, int]]:
    """By filter's name and value: how many of the methods there are with it, the other filters as they are."""
    every = [keys_of(one) for one in among]
    return {name: _each(every, chosen.without(field), field, words) for name, (field, words) in FILTERS.items()}


def _each(every: Iterable[Keys], others: Filter, field: str, words: Words) -> dict[str, int]:
    """How many of those that fit the other filters there are with each of a filter's values."""
    found = Counter(key for one in every if others.fits(one) for key in set(one[field]))
    return {key: found[key] for key in words}
