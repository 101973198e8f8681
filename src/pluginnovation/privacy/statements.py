"""What a pupil or a guardian says about what is held, and whether it stands against it. The decision alone.

Source  GDPR Art. 16 (correction), 18 (restriction while it is looked into), 21 (objection)
"""

from collections.abc import Sequence
from typing import Final

VIEW, OBJECTION, CORRECTION = "view", "objection", "correction"
KINDS: Final = (VIEW, OBJECTION, CORRECTION)
# What an answer may be. A correction is made in the school's own system, and comes back with the next import.
CORRECTED, NOT_CORRECTED, NOTED, WITHDRAWN = "corrected", "not_corrected", "noted", "withdrawn"
OUTCOMES: Final = (CORRECTED, NOT_CORRECTED, NOTED, WITHDRAWN)
ENDS_IT: Final = (CORRECTED, WITHDRAWN)

# What may be spoken of besides a signal: the parts of the pupil's page.
WHOLE, ATTENDANCE, GRADES, ENROLMENTS, STUDY_PLAN, IDENTITY = (
    "whole", "attendance", "grades", "enrolments", "study_plan", "identity",
)  # fmt: skip
PARTS: Final = (WHOLE, ATTENDANCE, GRADES, ENROLMENTS, STUDY_PLAN, IDENTITY)


def contests(kind: str, outcomes: Sequence[str]) -> bool:
    """Whether the words still stand against what is held: a correction refused is still contested.

    Takes   outcomes   of the answers so far, oldest first
    """
    return kind != VIEW and (not outcomes or outcomes[-1] not in ENDS_IT)
