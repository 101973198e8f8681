"""Documents in a case, by class of secrecy. That a file is there is one thing; its title and what it holds another."""

import pgtrigger
from django.db import models
from django.db.models import Q

from pluginnovation.web.people.sealed import SealedBytes, SealedText

from .columns import NEVER_CHANGED, code, user


class CaseFile(models.Model):
    """Somebody attached a document to a case. Those who take part in it see that, of which kind, and not what.

    school       the case's: another's files are its own, and follow no hand-over
    kind         one of `support.case_files.KINDS`
    secrecy      one of `privacy.secrecy.CLASSES`: who may read the title and open it
    size         bytes, as it is kept
    removed_why  one of `support.case_files.REMOVED`; empty: it is there
    """

    case = models.ForeignKey("support.Case", models.CASCADE, related_name="files")
    pupil = code(indexed=True)
    school = code()
    kind = models.TextField()
    secrecy = models.TextField()
    size = models.PositiveIntegerField()
    by = user()
    role = models.TextField()
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = user(empty=True)
    removed_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_why="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_why="")),
                name="file_removed_with_reason",
            )
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="file_stands",
                fields=["case", "pupil", "school", "kind", "secrecy", "size", "by", "role", "at"],
            )
        ]


class CaseFileContent(models.Model):
    """What a file is called and holds, sealed; in a table of its own, so that the database itself holds it from others.

    Its row goes when the file is removed.

    pupil, school, secrecy   as the file's, which the fence around the rows asks about
    sealed_title             what somebody called it
    sealed_name, media_type  what it is called when it is opened, and what a browser is told that it is
    sealed                   its bytes
    """

    file = models.OneToOneField(CaseFile, models.CASCADE, primary_key=True, related_name="held")
    pupil = code()
    school = code()
    secrecy = models.TextField()
    sealed_title = SealedText()
    sealed_name = SealedText()
    media_type = models.TextField()
    sealed = SealedBytes()
    by = user()

    class Meta:
        triggers = [NEVER_CHANGED]
