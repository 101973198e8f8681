"""What data protection writes down: findings, retention rules, holds, protocols, incidents, how much is taken."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from pluginnovation.web.people.models.trace import APPEND_ONLY


class Anomaly(models.Model):
    """A finding of the night's look at visits, which stays until a person has judged it.

    rule     a word of `privacy.anomalies.RULES`
    n        what was counted
    usual    what it is compared with; null: the rule compares with nothing
    of       how many person-days `usual` rests on; null likewise
    pupil    the pupil's code, for a rule about one; empty otherwise
    why      the reason that it was dismissed with; null together with `judged_by` and `judged_at`: not yet
    """

    rule = models.TextField()
    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.TextField()
    day = models.DateField()
    n = models.IntegerField()
    usual = models.IntegerField(null=True)
    of = models.IntegerField(null=True)
    pupil = models.CharField(max_length=16, default="", db_index=True, db_collation="C")
    found_at = models.DateTimeField()
    why = models.TextField(null=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule", "viewer", "role", "day", "pupil"], name="anomaly_once"),
            models.CheckConstraint(
                condition=Q(why=None, judged_by=None, judged_at=None)
                | Q(why__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
                name="anomaly_judged_by_somebody",
            ),
        ]


class RetentionRule(models.Model):
    """A decision on how long a kind of document is kept, from a day on. Versions are added and never changed.

    name   a word of `privacy.retention.DECIDED`
    """

    name = models.TextField()
    months = models.IntegerField()
    since = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    why = models.TextField()

    class Meta:
        triggers = [APPEND_ONLY]
        constraints = [models.UniqueConstraint(fields=["name", "since", "at"], name="retention_rule_once")]


class LegalHold(models.Model):
    """A pupil whose rows are not disposed of, whatever a rule says. Whether the code is anybody is not asked.

    until       the last day it holds; null: until it is lifted
    """

    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    why = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.TextField(default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_by=None, lifted_at=None) | Q(lifted_by__isnull=False, lifted_at__isnull=False),
                name="hold_lifted_by_somebody",
            )
        ]


class DisposalProtocol(models.Model):
    """One run of the disposal: what went, as counts per table, and never who.

    by           the login of the one who asked; `plug` for the night
    dry_run      only counted, nothing deleted
    finished_at  null: under way, or cut short; the next run finishes it
    rules        the months that applied, per kind of document
    counts       how many rows per table
    pupils       how many pupils were due
    held         how many of them stay because of a legal hold
    unknown      how many have left, but nobody knows when or how old they are, so they stay
    """

    at = models.DateTimeField(db_index=True)
    by = models.TextField()
    dry_run = models.BooleanField()
    finished_at = models.DateTimeField(null=True)
    rules = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    pupils = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    unknown = models.IntegerField(default=0)


class Incident(models.Model):
    """A personal data breach. Its texts say what happened, and never name anybody.

    aware_at      when the authority became aware: the 72 hours run from here
    affected      about how many people; null: not known
    to_report     whether it is reported to the supervisory authority; null: not decided
    """

    title = models.TextField()
    what = models.TextField()
    aware_at = models.DateTimeField()
    affected = models.IntegerField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    to_report = models.BooleanField(null=True)
    decided_why = models.TextField(default="")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_report=None, decided_by=None, decided_at=None)
                | Q(to_report__isnull=False, decided_by__isnull=False, decided_at__isnull=False),
                name="incident_decided_by_somebody",
            ),
            models.CheckConstraint(condition=Q(aware_at__lte=F("at")), name="incident_known_before_written"),
        ]


class IncidentStep(models.Model):
    """Something that was done about an incident, in the order it was written. Never changed."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]


class Taken(models.Model):
    """How many pages of pupils, or files, somebody has asked for in an hour. Whether there was one doesn't matter.

    kind   pupil or file
    hour   the hour's first moment
    """

    viewer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.TextField()
    hour = models.DateTimeField()
    n = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["viewer", "kind", "hour"], name="taken_once")]
