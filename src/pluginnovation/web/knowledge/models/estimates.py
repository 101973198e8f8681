"""What sites tell of their estimates, and what they say together. Numbers of at least ten pupils, and no person."""

from django.db import models

from pluginnovation.knowledge.certainty import outcome_word

from ..words import language


class SiteEstimateRow(models.Model):
    """One received message, `evidence.message.SiteEstimate`, as it came.

    key         of `About.key`, joined by ' · ': a later message with the same key takes the earlier one's place
    document    the message
    current     whether it is the latest with its key
    """

    key = models.TextField(db_index=True)
    method = models.CharField(max_length=255, db_index=True)
    outcome = models.CharField(max_length=200)
    site = models.CharField(max_length=200)
    document = models.JSONField()
    received_at = models.DateTimeField()
    current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(current=True), name="one_current_message")
        ]

    def __str__(self) -> str:
        about = self.document.get("about", {})
        where = ", ".join(part for part in (self.site, about.get("project", "")) if part)
        what = ", ".join(part for part in (outcome_word(self.outcome, language()), about.get("horizon", "")) if part)
        return f"{where}: {what} ({self.method})"


class PooledEvidence(models.Model):
    """What the current messages of a method and an outcome say together, as a page shows it.

    document    `knowledge.pooled` makes it
    version     counts upwards each time it is pooled anew with another answer
    """

    method = models.CharField(max_length=255)
    outcome = models.CharField(max_length=200)
    document = models.JSONField()
    made_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["method", "outcome"], name="pooled_once")]

    def __str__(self) -> str:
        return f"{self.method} · {self.outcome}"
