"""Work that went from one adult to another, or to a role, when somebody left."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, code, user


class HandOver(models.Model):
    """Open work that changed hands at once.

    giver      the code of the adult whose it was
    receiver   the code of the one who has it now; empty: nobody yet, and `role` at the school answers for it
    by         null: the night, because the giver had no duty at the school any more
    undone_at  when all of it that hadn't moved on went back
    """

    school = code(indexed=True)
    giver = code()
    receiver = code()
    role = models.TextField()
    why = models.TextField()
    by = user(empty=True)
    at = models.DateTimeField()
    undone_by = user(empty=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(receiver="") | ~Q(role=""), name="handed_to_somebody"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="handed_over", fields=["school", "giver", "receiver", "role", "why", "by", "at"]
            )
        ]  # fmt: skip


class HandedOver(models.Model):
    """One thing of it: a case, a measure or a next step.

    pupil       whom it is about; empty: a group or the school
    kind, item  which table, and the number there
    role        the role that answered for it beside the giver
    """

    CASE, MEASURE, NEXT_STEP = "case", "measure", "next_step"

    hand_over = models.ForeignKey(HandOver, models.CASCADE, related_name="things")
    pupil = code(indexed=True)
    school = code()
    kind = models.TextField()
    item = models.BigIntegerField()
    role = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hand_over", "kind", "item"], name="handed_once")]
        triggers = [NEVER_CHANGED]
