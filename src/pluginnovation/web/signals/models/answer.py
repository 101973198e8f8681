"""What adults have answered, and when signals changed."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """Someone has seen a signal and says so. Rows are added, never changed: undoing is a row of its own.

    since, level   the signal that was answered: the day it began, and how high it stood. A signal that
                   begins again, or climbs, waits again
    """

    class What(models.TextChoices):
        ASKED = "asked", _("Jag har frågat eleven")
        KNOWN = "known", _("Känt sedan tidigare, någon följer upp")
        LATER = "later", _("Sett, inget mer behövs nu")
        CONTACTED = "contacted", _("Jag har tagit kontakt")
        WRONG_ROWS = "wrong_rows", _("Stämmer inte: lektioner är fel rapporterade")
        WRONG_PLAN = "wrong_plan", _("Stämmer inte: eleven har annat schema eller annan studiegång")
        WRONG_STAYS = "wrong_stays", _("Stämmer inte: inskrivningar är fel eller saknas")
        UNDONE = "undone", _("Svaret är ångrat")

    pupil = models.CharField(max_length=16)
    signal = models.TextField()
    since = models.DateField()
    level = models.SmallIntegerField()
    as_of = models.DateField()
    what = models.TextField(choices=What)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["pupil", "signal", "-at"], name="answer_latest")]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]


class SignalChange(models.Model):
    """A signal began, changed level or ended, compared with the run before.

    before, after   levels; 0 is not raised, empty is unknown
    """

    source = models.TextField()
    pupil = models.CharField(max_length=16)
    signal = models.TextField()
    as_of = models.DateField()
    before = models.SmallIntegerField(null=True)
    after = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "signal", "as_of"], name="change_once")]
        indexes = [models.Index(fields=["source", "as_of"], name="change_day")]
