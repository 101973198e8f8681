"""Looking back at what was done, after a while."""

from django.db import models
from django.db.models import Q

from .columns import code, user


class FollowUp(models.Model):
    """A day on which to look how it went, and how it went.

    case | measure   what it follows up
    kind     3, 6 or 12 months after a case was closed, or `own`: a day that somebody chose
    result   one of `support.follow_ups.RESULTS`; empty: not looked at yet
    text     how it went, in words
    """

    MONTHS_3, MONTHS_6, MONTHS_12, OWN = "3", "6", "12", "own"
    KINDS = (MONTHS_3, MONTHS_6, MONTHS_12, OWN)

    case = models.ForeignKey("support.Case", models.CASCADE, null=True, related_name="follow_ups")
    measure = models.ForeignKey("support.Measure", models.CASCADE, null=True, related_name="follow_ups")
    pupil = code(indexed=True)
    school = code()
    kind = models.TextField()
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = user(empty=True)
    result = models.TextField(default="")
    text = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "due"], name="follow_up_due", condition=Q(done_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(case=None, measure__isnull=False) | Q(case__isnull=False, measure=None),
                name="follow_up_of_one",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, result="") | (Q(done_at__isnull=False) & ~Q(result="")),
                name="follow_up_has_result",
            ),
        ]
