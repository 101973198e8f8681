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


class PublishedFigure(models.Model):
    """A figure that somebody else publishes of a place and a year; the same for everybody, and of no person.

    kpi         a key of `projects.published_figures.KPIS`
    place       the four digits of a municipality or county, 0000 the nation, or a group of municipalities
    tenths      of a per cent or of a point; null: nothing is published
    is_region   it is of what is shown as the region
    """

    kpi = models.CharField(max_length=16, db_collation="C")
    place = models.CharField(max_length=12, db_collation="C")
    year = models.PositiveSmallIntegerField()
    tenths = models.IntegerField(null=True)
    is_region = models.BooleanField(default=False)
    source = models.TextField()
    read_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kpi", "place", "year"], name="published_once_a_year")]
        indexes = [models.Index(fields=["place"], name="published_place")]
