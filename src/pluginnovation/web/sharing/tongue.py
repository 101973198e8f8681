"""The page's language, as the pure stage asks for it."""

from pluginnovation.knowledge.catalogue import Language
from pluginnovation.web.signals.words import language


def spoken() -> Language:
    """'en' on an English page, else 'sv'."""
    return "en" if language() == "en" else "sv"
