"""What administrators have sent in, and what is done for them outside a request."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

WAITING, RUNNING = "waiting", "running"


class Upload(models.Model):
    """Files that somebody has sent in: tried first, then read in or thrown away.

    once        the form's own number, and the name of the folder with the files: a form sent twice is one upload
    source      the name that the rows go under; empty: the one authority that the files name
    kind        csv, ss12000, or the name of a profile
    files       their names
    thrown_at   when the files were deleted, read in or not; null: they are there
    """

    once = models.UUIDField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    source = models.TextField(default="")
    kind = models.TextField()
    files = ArrayField(models.TextField())
    bytes = models.BigIntegerField()
    thrown_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Job(models.Model):
    """Something that the worker does, one at a time. Carries numbers and words, never a row of what it is about.

    kind        try, import, release, discard, try_undo, undo, ask, fetch or forget
    about       the import's number or the server's name; empty for an upload
    why         the reason that was given, where one is asked for
    state       waiting, running, done, refused (wrong input; nothing was changed), stopped (the worker ended)
                or failed (a bug)
    tries       how often the worker has begun
    step, rows  where it is: a word of `records/watching.py` or a resource, and how many of its rows are read
    result      what it did, as the command would print it
    of_import   the import that it made or was about
    code, said  why it was refused, Swedish and English
    """

    kind = models.TextField()
    upload = models.ForeignKey(Upload, models.CASCADE, null=True, related_name="jobs")
    about = models.TextField(default="")
    why = models.TextField(default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.TextField(default=WAITING)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    step = models.TextField(default="")
    rows = models.BigIntegerField(default=0)
    step_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict)
    of_import = models.IntegerField(null=True)
    code = models.TextField(default="")
    said_sv = models.TextField(default="")
    said_en = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["upload", "kind"], condition=Q(upload__isnull=False), name="asked_once"),
            # Asked for twice while it waits or runs, it is done once.
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=Q(upload__isnull=True, state__in=[WAITING, RUNNING]),
                name="under_way_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class SetAside(models.Model):
    """One record that a trial set aside: where it stood and which rule it broke, never what it said."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="set_aside")
    resource = models.TextField()
    file = models.TextField(null=True)
    line = models.BigIntegerField(null=True)
    column = models.TextField(null=True)
    rule = models.TextField()
    value_class = models.TextField(null=True)
