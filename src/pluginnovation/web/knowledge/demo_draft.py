"""A draft in the demo that waits for its reviewer, so that the way to publishing has somebody on it."""

from datetime import datetime
from typing import Final

from .editors.demo import demo_editor
from .editors.models import CONTRIBUTOR
from .experience import Experience, draft_of
from .models import CaseIndex, CasePage

TITLE: Final = "Frukost före första lektionen"
TOLD: Final = {
    "situation": "Flera elever i årskurs 8 kom sent eller inte alls till morgonens lektioner.",
    "did": "Skolan ställde fram frukost från halv åtta. Två vuxna var med varje morgon och hälsade på var och en.",
    "happened": "De som kom till frukosten var oftare på första lektionen. Vi vet inte om det var frukosten.",
    "learnt": "Vi tror att det betydde mest att någon väntade. Vi skulle ha räknat innan vi började.",
}


def make_demo_draft(*, at: datetime) -> bool:
    """The draft, made once; whether it was made now. Nothing while there is no list of experiences."""
    author = demo_editor(CONTRIBUTOR)
    if author is None or CasePage.objects.filter(owner=author).exists() or not CaseIndex.objects.exists():
        return False
    told = Experience(
        title=TITLE, lead="En skola bjöd på frukost för att fler skulle komma till första lektionen. Påhittat exempel.",
        place="Ekbackens skola", period="våren 2026", learnt=TOLD["learnt"], problems=("lateness",), years=("7_9",),
        told=dict(TOLD), made_up=True,
    )  # fmt: skip
    draft_of(told, by=author, at=at)
    return True
