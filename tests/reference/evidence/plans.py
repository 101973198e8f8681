"""A plan for tests that ask about numbers and not about plans."""

from datetime import date

from pluginnovation.evidence.plan import Outcome, Plan, Window


def a_plan(design: str, *, kind: str = "count", worthwhile: float = 3.0, **more: object) -> Plan:
    """A plan with this design; the outcome counts something unless told otherwise."""
    window = Window(date(2025, 9, 1), before_days=180, opens=date(2025, 9, 2), closes=date(2026, 6, 10))
    outcome = Outcome("outcome", kind, 1, worthwhile)
    return Plan("a-plan", "Did it help?", "method", design, "others", outcome, window, **more)  # type: ignore[arg-type]
