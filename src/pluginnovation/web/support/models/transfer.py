"""A case that went from one school to another, with what was handed over, as it was that day."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .columns import code, user


class CaseTransfer(models.Model):
    """One case handed over to another school.

    school, receiver   the school that hands over, and the one that receives; empty: one outside, named in `outside`
    ground, ground_text   one of `support.transfers.GROUNDS`, and who consented or what was tried
    parts              what follows: keys of `support.transfers.PARTS`, and `text:` with a section
    copied             what was handed over, in the words of that day
    opened             the case at the receiving school; null: nobody there has taken it
    back_at            when it was taken back, before anybody had taken it
    """

    case = models.ForeignKey("support.Case", models.CASCADE, related_name="transfers")
    pupil = code(indexed=True)
    school = code(indexed=True)
    receiver = code(indexed=True)
    outside = models.TextField()
    ground = models.TextField()
    ground_text = models.TextField()
    parts = models.JSONField(default=list)
    copied = models.JSONField(default=dict)
    by = user()
    role = models.TextField()
    at = models.DateTimeField()
    opened = models.ForeignKey("support.Case", models.SET_NULL, null=True, related_name="taken_over")
    taken_by = user(empty=True)
    taken_at = models.DateTimeField(null=True)
    back_by = user(empty=True)
    back_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(back_at=None), name="transferred_once"),
            models.CheckConstraint(condition=~Q(receiver="") | ~Q(outside=""), name="transferred_somewhere"),
            models.CheckConstraint(condition=Q(taken_at=None) | Q(back_at=None), name="taken_or_back"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="transferred",
                fields=["case", "pupil", "school", "receiver", "outside", "ground", "ground_text", "parts", "copied",
                        "by", "role", "at"],
            )
        ]  # fmt: skip
