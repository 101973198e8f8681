"""Reports with their claims, and what is asked when it is over."""

from django.db import models
from django.db.models import Q

from .columns import of_sub_project, user


class Report(models.Model):
    """An interim or final report.

    kind      interim or final
    first | last   the days it tells of
    state     a key of `projects.lifecycle.REPORT`
    answers   the form's fields; `version` goes up each time they are saved
    published   the document that was published to the hub; null: not published
    """

    sub_project = of_sub_project("reports")
    kind = models.TextField()
    first = models.DateField()
    last = models.DateField()
    due = models.DateField(null=True)
    state = models.TextField(default="draft")
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = user(empty=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = user(empty=True)
    why_back = models.TextField(default="")
    published = models.JSONField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_project"], condition=Q(kind="final"), name="final_report_once"),
        ]


class Claim(models.Model):
    """What a report says was reached, and the register's figure beside it.

    indicator   a key of `projects.claims.MEASURES`; empty: no register has it
    says        a key of `projects.claims.SAYS`; empty where no register has it
    register    the figure as it was when the report was handed in, with n and denominator; null: not handed in yet
    verdict     a key of `projects.claims.VERDICTS`, of that figure; empty: not handed in yet
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="claims")
    goal = models.ForeignKey("projects.Goal", models.PROTECT, null=True, related_name="+")
    indicator = models.TextField(default="")
    text = models.TextField()
    says = models.TextField(default="")
    register = models.JSONField(null=True)
    verdict = models.TextField(default="")
    by = user()
    at = models.DateTimeField()


class FollowUpAsked(models.Model):
    """What is asked some months after the end; silence is counted as unknown.

    months    6, 12 or 24
    answers   in the form's fields; null: nobody has answered
    records   what the records say, computed; null: not computed
    """

    sub_project = of_sub_project("follow_ups")
    months = models.PositiveSmallIntegerField()
    due = models.DateField()
    asked_at = models.DateTimeField(null=True)
    answers = models.JSONField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = user(empty=True)
    records = models.JSONField(null=True)
    by = user(empty=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sub_project", "months"], name="follow_up_once")]
