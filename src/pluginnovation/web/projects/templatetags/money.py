"""Money in templates."""

from django import template

from pluginnovation.projects import ledger

register = template.Library()


@register.filter
def kronor(ore: int | None) -> str:
    """Öre as kronor; a dash when nothing is said."""
    return "–" if ore is None else ledger.kronor(ore)
