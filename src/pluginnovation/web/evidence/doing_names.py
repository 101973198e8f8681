"""What the worker is asked to do for a plan: the kinds of its jobs, and the steps that they tell of."""

from typing import Final

LOOK: Final = "evidence_look"
ANSWER: Final = "evidence_answer"
SPREAD: Final = "evidence_spread"

DECISIONS: Final = "decisions"
ESTIMATE: Final = "estimate"
TOGETHER: Final = "together"
