"""Methods that may fit, on pages that know only what stands in the way."""

from collections.abc import Iterable

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from pluginnovation.knowledge.matching import Need

from ..methods import panels_of_need

register = template.Library()


@register.simple_tag
def methods_that_may_fit(obstacles: Iterable[str]) -> SafeString:
    """The methods that answer some of these obstacles; nothing when none does or no catalogue is here."""
    panels = panels_of_need(Need(obstacles=tuple(obstacles)))
    return format_html_join("", "{}", ((render_to_string(one.template, {"panel": one.context}),) for one in panels))
