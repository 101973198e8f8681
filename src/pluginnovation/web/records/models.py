"""The account of imports, as `records/ledger.py` describes it, in the database."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from .job_models import Job, SetAside, Upload
from .server_models import Server, ServerResource, Subscription

__all__ = [
    "DisposalRow", "Head", "Import", "Job", "ProfileVersion", "Quarantined", "Server", "ServerResource", "SetAside",
    "Subscription", "Upload",
]  # fmt: skip


class Import(models.Model):
    """One import. Its number counts up from 1 and stands on every row of facts that it brought."""

    id = models.IntegerField(primary_key=True)
    source = models.TextField(db_index=True)
    place = models.TextField()
    by = models.TextField()
    at = models.DateTimeField()
    finished_at = models.DateTimeField()
    status = models.TextField()
    simulated = models.BooleanField()
    lateness_is_absence = models.BooleanField()
    profile = models.TextField()
    profile_version = models.IntegerField(default=1)
    files = ArrayField(models.TextField())
    counts = models.JSONField()
    fingerprints = models.JSONField()
    because = ArrayField(models.TextField())
    limits = models.JSONField(default=dict, db_default={})
    decided_by = models.TextField(default="")
    why = models.TextField(default="")
    undone_at = models.DateTimeField(null=True)
    undoable = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.id} {self.source}"


class ProfileVersion(models.Model):
    """One version of a profile: how the files of an authority's exports are read from a day on. Never changed."""

    # The name of the source whose files it reads; empty: every source of the installation.
    authority = models.TextField(blank=True)
    name = models.TextField()
    version = models.IntegerField()
    text = models.TextField()
    since = models.DateField()
    at = models.DateTimeField()
    # None is the operator at the command line.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    why = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "name", "version"], name="profile_counts_up")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Quarantined(models.Model):
    """One record that was turned away: where it stood and which rule it broke, never what it said."""

    # `import` is a word of the language.
    of_import = models.ForeignKey(Import, models.CASCADE, related_name="quarantine")
    resource = models.TextField()
    file = models.TextField(null=True)
    line = models.BigIntegerField(null=True)
    column = models.TextField(null=True)
    rule = models.TextField()
    value_class = models.TextField(null=True)


class Head(models.Model):
    """The version of a table of facts that counts."""

    table = models.TextField(primary_key=True)
    version = models.BigIntegerField()


class DisposalRow(models.Model):
    """Pupils whose rows were deleted everywhere; as-known reads from before then answer *disposed*."""

    at = models.DateTimeField(unique=True)
    by = models.TextField()
    codes = ArrayField(models.CharField(max_length=16))
    purged = models.BooleanField()
