"""What somebody promised."""

from django.db import models
from django.db.models import Q

from .columns import code, user


class NextStep(models.Model):
    """A promise: what, by whom, by which day. It is kept, taken back, or still stands.

    pupil | group | school   what it is about; the school is always told where there is one
    what     one line, as one is told to do it: 'Ring hem'
    then     what comes after; empty: nothing
    owner    the code of the adult who promised; empty, or gone from the school: `owner_role` at the school
    due      by which day; null: no day was said
    """

    pupil = code(indexed=True)
    group = code(indexed=True)
    school = code()
    case = models.ForeignKey("support.Case", models.CASCADE, null=True, related_name="next_steps")
    measure = models.ForeignKey("support.Measure", models.CASCADE, null=True, related_name="next_steps")
    what = models.TextField()
    then = models.TextField(default="")
    owner = code()
    owner_role = models.TextField(default="")
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = user(empty=True)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["owner", "due"], name="step_of_owner", condition=Q(done_at=None, taken_back_at=None)),
            models.Index(
                fields=["school", "due"], name="step_at_school", condition=Q(done_at=None, taken_back_at=None)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(pupil="") | Q(group=""), name="step_of_one"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(taken_back_at=None), name="step_kept_or_not"),
        ]
