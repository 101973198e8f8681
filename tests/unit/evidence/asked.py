"""The question that the small worlds of these tests are asked."""

from datetime import date

from pluginnovation.evidence.plan import Outcome, Plan, Window

PLAN = Plan(
    name="mentors-at-15-per-cent",
    question="Did mentors raise attendance?",
    method="mentors",
    design="threshold",
    comparison="pupils just under 15 per cent",
    outcome=Outcome("absence_share", "share", -1),
    window=Window(date(2025, 8, 18), 120, date(2025, 9, 1), date(2025, 12, 19)),
)
