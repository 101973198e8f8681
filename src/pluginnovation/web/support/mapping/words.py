"""The words of mapping, in the page's language."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.support.analysis import APART, BETTER, SAME, WORSE
from pluginnovation.support.connectedness import ACADEMIC, AFFECTIVE, BEHAVIOURAL, SOCIAL
from pluginnovation.support.mapping import CLASS, FULLY, NOT, PARTLY, PUPIL
from pluginnovation.support.rounds import COMING, OPEN, OVER

ANSWER: Final[dict[str, Promise]] = {
    FULLY: _("Stämmer helt"), PARTLY: _("Stämmer delvis"), NOT: _("Stämmer inte"), "": _("Okänt"),
}  # fmt: skip
SHORT_ANSWER: Final[dict[str, Promise]] = {FULLY: _("helt"), PARTLY: _("delvis"), NOT: _("inte"), "": _("okänt")}
DIMENSION: Final[dict[str, Promise]] = {
    ACADEMIC: _("Lärandet"), BEHAVIOURAL: _("Att vara där och delta"), SOCIAL: _("Relationerna"),
    AFFECTIVE: _("Hur det känns"),
}  # fmt: skip
DIMENSION_ABOUT: Final[dict[str, Promise]] = {
    ACADEMIC: _("Akademisk skolanknytning: att förstå, få hjälp och komma vidare."),
    BEHAVIOURAL: _("Beteendemässig skolanknytning: att komma, komma i tid och delta."),
    SOCIAL: _("Social skolanknytning: kamrater och vuxna."),
    AFFECTIVE: _("Känslomässig skolanknytning: att trivas, vara trygg och våga."),
}
CHANGE: Final[dict[str, Promise]] = {
    BETTER: _("stämmer bättre än förra gången"), WORSE: _("stämmer sämre än förra gången"),
    SAME: _("som förra gången"), APART: _("svaren har gått isär sedan förra gången"), "": _("går inte att jämföra"),
}  # fmt: skip
STANDS: Final[dict[str, Promise]] = {COMING: _("kommer"), OPEN: _("pågår"), OVER: _("avslutad")}
TEMPLATE: Final[dict[str, Promise]] = {CLASS: _("Mall A, klassen"), PUPIL: _("Mall B, eleven")}
# As the addresses say it.
KIND_OF: Final = {"a": CLASS, "b": PUPIL}
PART_OF: Final = {kind: part for part, kind in KIND_OF.items()}


def term_word(term: str) -> str:
    """2026HT as people say it."""
    year, half = term[:4], term[4:]
    text = _("höstterminen %(year)s") if half == "HT" else _("vårterminen %(year)s")
    return str(text) % {"year": year}
