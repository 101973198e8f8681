"""An action programme on paper: needs, measures, who follows up and when, the decision, and how to appeal."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

from pluginnovation.support.case_texts import SECTIONS
from pluginnovation.web.people.models import Installation, Organisation, Person
from pluginnovation.web.people.rights.paper import TYPEFACES, drawn
from pluginnovation.web.people.rights.staff_names import staff_names

from .case_reading import appeal_day, measure_row
from .models import Case, Decision, Measure
from .owners import staff_of
from .spoken import told
from .standing import texts_of


def programme_of(case: Case, person: Person, decision: Decision) -> bytes:
    """The programme as a tagged PDF (PDF/UA).

    Raises  Refusal when the machine lacks what letters are drawn with
    """
    return drawn(render_to_string("support/programme.html", programme_page(case, person, decision)))


def programme_page(case: Case, person: Person, decision: Decision) -> dict[str, Any]:
    """What stands in the programme: only what its law asks for, and nothing of the investigation's other texts."""
    texts = texts_of(case)
    measures = list(
        case.measures.exclude(state=Measure.ENDED, end_reason="mistake")
        .prefetch_related("doses", "marks")
        .order_by("starts", "id")
    )
    staff = staff_of([case.school])
    here = Installation.objects.first()
    made_up = here is not None and here.first_simulated_at is not None and here.first_real_import_at is None
    return {
        "language": "en" if (get_language() or "").startswith("en") else "sv",
        "person": person,
        "school": Organisation.objects.filter(code=case.school).values_list("display_name", flat=True).first() or "",
        "decision": decision,
        "decided_by": staff_names([decision.by_id]).get(decision.by_id, ""),
        "appeal": appeal_day(decision),
        "sections": [
            (told(section.title), texts[section.key].text if section.key in texts else "")
            for section in SECTIONS[case.kind]
            if section.printed
        ],
        "goals": list(case.goals.filter(ended_at=None).order_by("by_when", "id")),
        "measures": [measure_row(measure, staff) for measure in measures],
        "follow_ups": list(case.follow_ups.filter(done_at=None).order_by("due")),
        "made_up": made_up,
        "faces": [f"typeface:{name}" for name in TYPEFACES],
    }
