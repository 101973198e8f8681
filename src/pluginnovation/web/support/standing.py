"""What stands in a case: the last text of each section, goals, measures, obstacles and decisions."""

from pluginnovation.support.case_states import Standing

from .models import Case, CaseText, Decision, Measure


def standing_of(case: Case) -> Standing:
    """What moves ask about. Four queries."""
    return Standing(
        texts=frozenset(section for section, text in texts_of(case).items() if text.text),
        goals=case.goals.filter(ended_at=None).count(),
        measures=case.measures.exclude(state=Measure.ENDED, end_reason="mistake").count(),
        verdicts={kind: decision.verdict for kind, decision in decisions_of(case).items()},
    )


def texts_of(case: Case) -> dict[str, CaseText]:
    """The text that stands in each section that has one. One query."""
    rows = case.texts.filter(beside=False).select_related("by").order_by("section", "version")
    return {row.section: row for row in rows}


def decisions_of(case: Case) -> dict[str, Decision]:
    """The decision that stands on each point. One query."""
    rows = case.decisions.select_related("by").order_by("kind", "number")
    return {row.kind: row for row in rows}
