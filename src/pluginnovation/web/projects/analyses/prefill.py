"""What the analysis says already of what an application asks: a text to begin from, for a person to change."""

from django.utils.translation import gettext as _

from pluginnovation.projects.analysis import Document
from pluginnovation.projects.figures import differences

from ..models import Application
from ..templatetags.trying import figure, indicator_name, stage_name
from .kept import document_of
from .subject import OF_APPLICATION, Subject

PROBLEM, FIGURES, CAUSES, GOALS, MEASURES = "problem", "figures", "causes", "goals", "measures"
MOST_FIGURES = 5


def filled_from(application: Application, part: str) -> str:
    """The text of a part of the application's analysis; empty where nothing is written or no part is asked."""
    if part not in (PROBLEM, FIGURES, CAUSES, GOALS, MEASURES):
        return ""
    subject = Subject(
        OF_APPLICATION, str(application.pk), application.school, application.municipality, application.name,
        application.pk,
    )  # fmt: skip
    document, _found = document_of(subject)
    if part == FIGURES:
        return "\n".join(_sentences(document))
    if part == PROBLEM:
        return document.words or document.model.problem
    model = document.model
    texts = {
        CAUSES: [one.text for one in model.causes], GOALS: [one.text for one in model.goals],
        MEASURES: [one.text for one in model.measures],
    }  # fmt: skip
    return "\n".join(texts[part])


def _sentences(document: Document) -> list[str]:
    return [
        _("%(name)s i %(stage)s: %(ours)s hos oss, %(theirs)s i regionen.")
        % {
            "name": indicator_name(one.indicator), "stage": stage_name(one.stage),
            "ours": figure(one.own, one.indicator), "theirs": figure(one.other, one.indicator),
        }
        for one in differences(document.figures)[:MOST_FIGURES]
    ]  # fmt: skip
