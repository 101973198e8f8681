"""Emergency access, and what each authority says about it and about long lists."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from .trace import APPEND_ONLY


class AccessRule(models.Model):
    """What an authority says from now on; the newest stands. Versions are added, never changed."""

    authority = models.TextField(db_index=True)  # a source
    roles = models.JSONField()
    minutes = models.PositiveSmallIntegerField()
    least_reason = models.PositiveSmallIntegerField()
    alone = models.PositiveIntegerField()  # pupils in a list that one person may take out
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    why = models.TextField()

    class Meta:
        triggers = [APPEND_ONLY]


class EmergencyAccess(models.Model):
    """Somebody without a ground opened one pupil for a while, and said why.

    school     the code of the school that the pupil went to then, whose principal reads this; empty: none
    reason     what was said; about the pupil, and deleted with the pupil
    ended_at   when somebody ended it before its time
    principal_at, officer_at   when a principal, and the data protection officer, had read it
    """

    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    source = models.TextField()
    school = models.CharField(max_length=16, default="", db_index=True, db_collation="C")
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    role = models.TextField()
    reason = models.TextField()
    opened_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    principal_at = models.DateTimeField(null=True)
    principal_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    officer_at = models.DateTimeField(null=True)
    officer_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("opened_at")), name="emergency_ends")]
        triggers = [
            pgtrigger.ReadOnly(
                name="emergency_stands",
                fields=["pupil", "source", "school", "by", "role", "reason", "opened_at", "ends_at"],
            )
        ]


class EmergencyTry(models.Model):
    """Somebody asked for emergency access and got none. Whom it was about is not kept."""

    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
