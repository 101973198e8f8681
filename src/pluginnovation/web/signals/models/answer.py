"""What adults have answered, and when signals changed."""

from typing import Final

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.Model):
    """Someone has seen a signal and says so. Rows are added, never changed: undoing is a row of its own.

    school         where it was given: another school's answer is its own, and there the signal waits anew. Empty: none
    since, level   the signal that was answered: the day it began, and how high it stood. A signal that
                   begins again, or climbs, waits again
    """

    class What(models.TextChoices):
        ASKED = "asked", _("Jag har pratat med eleven")
        ADAPTED = "adapted", _("Jag har anpassat undervisningen")
        GUARDIAN = "guardian", _("Jag har haft kontakt med vårdnadshavare")
        RAISED = "raised", _("Jag lyfter till elevhälsan")
        KNOWN = "known", _("Känt sedan tidigare, någon följer upp")
        LATER = "later", _("Sett, inget mer behövs nu")
        CONTACTED = "contacted", _("Jag har tagit kontakt")
        WRONG_ROWS = "wrong_rows", _("Stämmer inte: lektioner är fel rapporterade")
        WRONG_PLAN = "wrong_plan", _("Stämmer inte: eleven har annat schema eller annan studiegång")
        WRONG_GRADES = "wrong_grades", _("Stämmer inte: betyg är fel eller saknas")
        WRONG_LEAVE = "wrong_leave", _("Stämmer inte: eleven är ledig, på praktik eller på resa")
        WRONG_STAYS = "wrong_stays", _("Stämmer inte: inskrivningar är fel eller saknas")
        UNDONE = "undone", _("Svaret är ångrat")

    pupil = models.CharField(max_length=16, db_collation="C")
    school = models.CharField(max_length=16, default="", db_default="", db_collation="C")
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


# What an adult has done. Only these stop the clock from a signal to the first real action.
ACTS: Final = frozenset(
    {Answer.What.ASKED, Answer.What.ADAPTED, Answer.What.GUARDIAN, Answer.What.RAISED, Answer.What.CONTACTED}
)
# The signal is wrong, and why: the wait ends, and is counted apart.
WRONG: Final = frozenset(
    {
        Answer.What.WRONG_ROWS, Answer.What.WRONG_PLAN, Answer.What.WRONG_GRADES, Answer.What.WRONG_LEAVE,
        Answer.What.WRONG_STAYS,
    }
)  # fmt: skip
# To have seen it, or to know of it, is no answer: somebody still waits. Only earlier rows have it.
NO_ANSWER: Final = (Answer.What.UNDONE, Answer.What.KNOWN, Answer.What.LATER)


class SignalChange(models.Model):
    """A signal began, changed level or ended, compared with the run before.

    before, after   levels; 0 is not raised, empty is unknown
    """

    source = models.TextField()
    pupil = models.CharField(max_length=16, db_collation="C")
    signal = models.TextField()
    as_of = models.DateField()
    before = models.SmallIntegerField(null=True)
    after = models.SmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "signal", "as_of"], name="change_once")]
        indexes = [models.Index(fields=["source", "as_of"], name="change_day")]
