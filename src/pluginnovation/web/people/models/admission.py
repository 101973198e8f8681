"""Protected pupils whom a principal has let in: the decision, who is named in it, and what is kept of the pupil."""

import pgtrigger
from django.db import models
from django.db.models import Q

from pluginnovation.web.people.sealed import SealedText

from .trace import APPEND_ONLY


class Admission(models.Model):
    """A principal's decision that one protected pupil is let in at the school, seen by named staff only.

    source_id   the pupil's id in the source, sealed: how the next import finds her
    code        the pupil's opaque code, once an import has met her; empty until then
    weighed     why, and how the threat was weighed, sealed
    until       the last day on which it holds
    ended_why   a word of `privacy.admission`; what was kept of the pupil goes with the end, in the same transaction
    """

    source = models.TextField(db_index=True)
    school = models.CharField(max_length=16, db_collation="C")
    source_id = SealedText()
    code = models.CharField(max_length=16, default="", db_collation="C")
    weighed = SealedText()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    ended_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
                name="admission_ends_once",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(name="admission_stands", fields=["source", "school", "by", "at", "until"]),
            # What has ended never holds again: somebody decides anew.
            pgtrigger.Protect(
                name="admission_stays_ended",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False, new__ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)  # never the pupil: this ends up in logs and error reports


class AdmissionReader(models.Model):
    """Somebody named in a decision. Names are never added afterwards: that takes a new decision."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="named")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["admission", "user"], name="named_once")]
        triggers = [APPEND_ONLY]


class AdmittedRows(models.Model):
    """What one import changed of what is kept of an admitted pupil, sealed. All of them in order are what is known.

    of_import   the import's number; 0 for one that changed nothing else
    content     a `records.admitted.Change` as JSON
    """

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="+")
    of_import = models.IntegerField(default=0)
    at = models.DateTimeField()
    content = SealedText()
