"""Who wants mail about what is due, and which mails have gone."""

from django.db import models

from .columns import NEVER_CHANGED


class ReminderChoice(models.Model):
    """What one adult has chosen. No row: nothing is sent.

    daily    on school days when something is due that day or is late
    weekly   once a week, what waits and what is due in the week
    """

    user = models.OneToOneField("people.User", models.CASCADE, related_name="+")
    daily = models.BooleanField(default=False)
    weekly = models.BooleanField(default=False)
    at = models.DateTimeField()


class Reminded(models.Model):
    """A mail that went, or was about to: written first, so that none goes twice. What it said is not kept."""

    DAILY, WEEKLY = "daily", "weekly"

    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    kind = models.TextField()
    day = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "day"], name="reminded_once")]
        triggers = [NEVER_CHANGED]
