"""What a sub-project wants to reach, what was read off since, and the analysis that it began from."""

from django.db import models

from .columns import NEVER_CHANGED, code, of_sub_project, user


class Goal(models.Model):
    """A goal. It is added and ended, never rewritten.

    kind       number (a figure), scale (a step of `scale`) or text
    indicator  a key of `projects.indicators`; empty: read off by hand
    baseline | target   in the indicator's own unit, or the place on the scale from 0; null: not known, or in words
    baseline_n   how many the baseline rests on; null: not known
    text_target  where the goal is in words
    split      what the figure is split by, such as sex or year; empty: nothing
    """

    sub_project = of_sub_project("goals")
    kind = models.TextField()
    text = models.TextField()
    indicator = models.TextField(default="")
    unit = models.TextField(default="")
    scale = models.JSONField(default=list)
    baseline = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    baseline_n = models.PositiveIntegerField(null=True)
    baseline_on = models.DateField(null=True)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    text_target = models.TextField(default="")
    by_when = models.DateField()
    split = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class GoalReading(models.Model):
    """What was read off of a goal on a day. Rows are added.

    value   in the goal's unit, or the place on its scale; null: in words, or not known
    n       how many it rests on; null: not known
    part    which part of the split; empty: the whole
    """

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="readings")
    on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    n = models.PositiveIntegerField(null=True)
    part = models.TextField(default="")
    text = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]


class Analysis(models.Model):
    """A current-state analysis, every version of it; the highest stands. The document holds no person.

    application | sub_project   what it was made for; both null: the school's own
    school   the code; empty: the municipality's
    document   as `projects.analysis` assembled it, with what was written beside
    done_at    when it was said to be complete; null: a draft
    """

    application = models.ForeignKey("projects.Application", models.PROTECT, null=True, related_name="analyses")
    sub_project = models.ForeignKey("projects.SubProject", models.PROTECT, null=True, related_name="analyses")
    school = code(indexed=True)
    municipality = models.CharField(max_length=4, default="", db_collation="C")
    version = models.PositiveSmallIntegerField()
    document = models.JSONField()
    done_at = models.DateTimeField(null=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
