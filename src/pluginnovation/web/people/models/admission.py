"""Protected pupils whom a principal has let in: the decision, who is named in it, and what is kept of the pupil.

And what there is to read about protected identities, which says of nobody whom it is about.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from pluginnovation.web.people.sealed import SealedText


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
    """Somebody named in a decision, from then on or from later, until taken out. Who is named again gets a new row.

    at, by        when, and by which principal, the name was added; both null: in the decision itself; only `by`: on
                  paper, written down by the operator
    removed_at    when the name was taken out, and by whom
    """

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="named")
    user = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(null=True)
    by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["admission", "user"], condition=Q(removed_at=None), name="named_once_at_a_time"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="named_stays", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="named_stands", fields=["admission", "user", "at", "by"]),
            pgtrigger.Protect(
                name="removed_stays_removed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__removed_at__isnull=False),
            ),
        ]


class AdmittedRows(models.Model):
    """What one import changed of what is kept of an admitted pupil, sealed. All of them in order are what is known.

    of_import   the import's number; 0 for one that changed nothing else
    content     a `records.admitted.Change` as JSON
    """

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="+")
    of_import = models.IntegerField(default=0)
    at = models.DateTimeField()
    content = SealedText()


class ProtectionNotice(models.Model):
    """Something about protected identities that one role has to read, on its first page too. Never about whom.

    kind      `privacy.admission.MARKED`: somebody who was here is protected now; `ENDED`: a decision ended by itself
    role      who is to read: principals of the school, or data protection officers
    school    the principals' school; empty for the officers
    number    the decision's number; null when there was none
    """

    kind = models.TextField()
    role = models.TextField()
    source = models.TextField()
    school = models.CharField(max_length=16, default="", db_collation="C")
    number = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["role", "school"], condition=Q(read_at=None), name="notice_unread")]
        triggers = [pgtrigger.ReadOnly(name="notice_stands", fields=["kind", "role", "source", "school", "at"])]
