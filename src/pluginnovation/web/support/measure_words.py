"""The names of measures and of a case's steps, in the page's language."""

from pluginnovation.support import catalogue
from pluginnovation.support.case_clocks import STEPS

from .models import CaseStep
from .spoken import told


def kind_word(kind: str) -> str:
    """A measure's name; the word itself when the catalogue has it no more."""
    known = catalogue.BY_KEY.get(kind)
    return told((known.sv, known.en)) if known else kind


def case_step_word(row: CaseStep) -> str:
    """A step of a case, as one is told to do it."""
    label = next((step.label for step in STEPS if step.key == row.step and row.case.kind in step.kinds), None)
    return told(label) if label else row.step
