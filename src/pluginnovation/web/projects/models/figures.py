"""What is counted beforehand, so that no page waits for the facts: documents that may be told as they are."""

from django.db import models

from .columns import of_sub_project


class SchoolFigures(models.Model):
    """What the records say of one school beside its municipality and region; small numbers are hidden already.

    document   as `projects.figures.packed_figures` gives it
    """

    school = models.CharField(max_length=16, primary_key=True, db_collation="C")
    as_of = models.DateField()
    made_at = models.DateTimeField()
    document = models.JSONField()


class GoalFigures(models.Model):
    """What the records say of a sub-project's participants together, never of one of them. The newest of a day stands.

    document   an indicator -> before and now, and parts of a split: see `goals_counted.py`
    """

    sub_project = of_sub_project("goal_figures")
    as_of = models.DateField()
    made_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sub_project", "as_of"], name="goal_figures_once_a_day")]
