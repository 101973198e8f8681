"""What two people decide together."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Approval(models.Model):
    """One asked, with a reason; another decided; and it was done once.

    kind      one of `privacy.approvals.DECIDED_BY`
    what      exactly what was asked for; for a list its address, its choices and a print of whom it held
    pupil     the code, when it is about one pupil; empty otherwise
    pupils    how many pupils it is about
    """

    kind = models.TextField()
    source = models.TextField(default="")
    what = models.JSONField()
    pupil = models.CharField(max_length=16, default="", db_index=True, db_collation="C")
    pupils = models.PositiveIntegerField(default=0)
    reason = models.TextField()
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    asked_role = models.TextField()
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    verdict = models.TextField(default="")
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_role = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)
    decided_why = models.TextField(default="")
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # Whatever a page believes: nobody approves what they asked for themselves.
            models.CheckConstraint(condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="approval_of_two"),
            models.CheckConstraint(condition=Q(verdict="") | Q(decided_at__isnull=False), name="approval_is_dated"),
            models.CheckConstraint(condition=Q(used_at=None) | Q(verdict="approved"), name="approval_before_use"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="approval_stands",
                fields=["kind", "source", "what", "pupil", "pupils", "reason", "asked_by", "asked_role", "asked_at",
                        "expires_at"],
            )
        ]  # fmt: skip
