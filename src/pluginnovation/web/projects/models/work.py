"""What a sub-project does: activities, the plan of its evaluation, money, risks, deviations and documents."""

from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, of_sub_project, ore, user


class Activity(models.Model):
    """Something that the sub-project does, on three axes that are kept apart.

    intent | reach | level   keys of `support.catalogue`'s axes
    method    the key of the method at the knowledge hub; empty: none
    planned_times   how often it is planned; null: not said
    """

    sub_project = of_sub_project("activities")
    name = models.TextField()
    about = models.TextField(default="")
    intent = models.TextField()
    reach = models.TextField()
    level = models.TextField()
    method = models.TextField(default="")
    starts = models.DateField()
    ends = models.DateField(null=True)
    planned_times = models.PositiveSmallIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class EvaluationPlan(models.Model):
    """What is compared with what, when and on which outcome: chosen at the start, and locked.

    plan       the document
    checksum   SHA-256 of `plan` as it is written to a file
    draw       the number of the waiting list's logged draw; null: none
    """

    sub_project = models.OneToOneField("projects.SubProject", models.PROTECT, related_name="evaluation_plan")
    plan = models.JSONField()
    checksum = models.CharField(max_length=64)
    draw = models.ForeignKey("support.Draw", models.PROTECT, null=True, related_name="+")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]


class LedgerEntry(models.Model):
    """One line of a sub-project's account. Rows are added; a mistake is taken back by a row with the other sign.

    kind      hours, cost or income (what the own side pays in cash): `projects.ledger.KINDS`
    paid_by   grant or own
    category  a key of `projects.ledger.CATEGORIES`
    minutes | rate   of hours: how long, and öre an hour; null for the rest
    amount    in öre; below nothing takes back an earlier line
    takes_back   the line that it takes back; null: none
    """

    sub_project = of_sub_project("ledger")
    on = models.DateField()
    kind = models.TextField()
    paid_by = models.TextField()
    category = models.TextField()
    text = models.TextField()
    minutes = models.IntegerField(null=True)
    rate = ore(empty=True)
    amount = ore()
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back_by")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="ledger_is_something"),
            models.CheckConstraint(condition=Q(kind="hours", minutes__isnull=False, rate__isnull=False)
                                   | (~Q(kind="hours") & Q(minutes=None, rate=None)), name="ledger_hours_have_a_rate"),
        ]  # fmt: skip
        triggers = [NEVER_CHANGED]


class Risk(models.Model):
    """What may go wrong. `likely` and `serious` go from 1 to 3."""

    sub_project = of_sub_project("risks")
    what = models.TextField()
    likely = models.PositiveSmallIntegerField()
    serious = models.PositiveSmallIntegerField()
    done_about = models.TextField(default="")
    owner_role = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = user(empty=True)
    why_closed = models.TextField(default="")
    by = user()
    at = models.DateTimeField()


class Deviation(models.Model):
    """Something that goes otherwise than planned, and what was decided about it. Rows are added."""

    sub_project = of_sub_project("deviations")
    what = models.TextField()
    decision = models.TextField()
    role = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]


class Document(models.Model):
    """A document of the sub-project: a text, or a file of at most a few megabytes. It holds no person.

    content    the file; null: only `text`
    checksum   SHA-256 of the file; empty: no file
    """

    sub_project = of_sub_project("documents")
    name = models.TextField()
    text = models.TextField(default="")
    file_name = models.TextField(default="")
    kind = models.TextField(default="")
    content = models.BinaryField(null=True)
    checksum = models.CharField(max_length=64, default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
