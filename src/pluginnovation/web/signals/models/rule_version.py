"""Rule sets of authorities, in dated versions."""

import pgtrigger
from django.conf import settings
from django.db import models


class RuleVersion(models.Model):
    """One version of an authority's rules. Never changed and never deleted: results carry its number.

    authority   the name of the source whose pupils it is for; empty: those of every source without its own
    number      counts up through the whole installation; 1 is the default, which nobody saved
    since       the first day it holds
    changes     what it says otherwise than the default (see `signals.rule_changes`)
    by          empty is the operator at the command line
    """

    authority = models.TextField(blank=True)
    number = models.SmallIntegerField(unique=True)
    since = models.DateField()
    changes = models.JSONField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    why = models.TextField()

    class Meta:
        triggers = [pgtrigger.Protect(name="rules_stand", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.authority} {self.number}"
