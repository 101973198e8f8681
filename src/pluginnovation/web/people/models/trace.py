"""What was looked at and what was done. Rows are added, never changed."""

import pgtrigger
from django.db import models

APPEND_ONLY = pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


class Visit(models.Model):
    """Someone opened a pupil, with this ground. The code stays after the pupil's identity is disposed of.

    viewer   empty when the operator asked for codes at the command line
    """

    at = models.DateTimeField()
    viewer = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    role = models.TextField()
    reach = models.TextField()
    through = models.TextField()
    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    page = models.TextField()

    class Meta:
        triggers = [APPEND_ONLY]


class AuditEvent(models.Model):
    """Someone changed something. `by` is empty when it was the operator at the command line.

    about     what it was done to: a code, a number, never a name
    details   figures and words, never a personal datum
    """

    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    action = models.TextField(db_index=True)
    about = models.TextField(default="")
    details = models.JSONField(default=dict)

    class Meta:
        triggers = [APPEND_ONLY]
