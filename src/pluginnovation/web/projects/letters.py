"""A decision as a letter: a tagged PDF, drawn without asking anything outside."""

from django.template.loader import render_to_string

from pluginnovation.web.people.models import Installation
from pluginnovation.web.people.rights.paper import TYPEFACES, drawn
from pluginnovation.web.people.rights.words import role_title
from pluginnovation.web.signals.words import language

from .application_door import place_name
from .applying import standing_budget
from .models import CallDecision


def letter_of(decision: CallDecision) -> bytes:
    """The letter, in the page's language.

    Raises  Refusal when the machine lacks what letters are drawn with
    """
    application = decision.application
    here = Installation.objects.first()
    budget = standing_budget(application)
    page = {
        "decision": decision,
        "application": application,
        "call": application.call,
        "programme": application.call.programme,
        "place": place_name(application),
        "applied_for": budget.grant if budget else None,
        "by": decision.by.name,
        "role": role_title(decision.role),
        "made_up": here is not None and here.first_simulated_at is not None and here.first_real_import_at is None,
        "language": language(),
        "faces": [f"typeface:{name}" for name in TYPEFACES],
    }
    return drawn(render_to_string("projects/letter.html", page))
