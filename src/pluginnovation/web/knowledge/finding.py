"""Methods by what somebody has ticked, and how many each further tick would leave."""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import QuerySet

from pluginnovation.knowledge.catalogue import Method
from pluginnovation.knowledge.certainty import here_or_elsewhere
from pluginnovation.knowledge.filters import FILTERS, Filter, cost_of

from .as_catalogue import methods as every_method
from .models import MethodPage


def keys_of(method: Method) -> Mapping[str, tuple[str, ...]]:
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


def counts(chosen: Filter) -> dict[str, dict[str, int]]:
    """By filter's name and value: how many methods there are with it, the other filters as they are."""
    every = [keys_of(one) for one in every_method() if not one.withdrawn]
    return {
        name: {
            key: sum(replace(chosen, **{field: (key,)}).fits(one) for one in every) for key in words
        }
        for name, (field, words) in FILTERS.items()
    }  # fmt: skip
