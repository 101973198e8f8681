"""Seals on what was looked at and done."""

from django.db import models

from .trace import APPEND_ONLY


class Seal(models.Model):
    """One batch of a log that was sealed: its rows, and the seal before it.

    log           visits or audit
    number        counts up from 1 in each log
    first, last   the numbers of the batch's first and last row; `rows` is how many there are between them
    head          hex of SHA-256 over the seal before and the rows
    """

    log = models.TextField()
    number = models.IntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    rows = models.BigIntegerField()
    head = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        triggers = [APPEND_ONLY]
        constraints = [models.UniqueConstraint(fields=["log", "number"], name="seal_once")]

    def __str__(self) -> str:
        return f"{self.log} {self.number}"
