"""What was held of the activities, and what the registers say of those who took part: counts, and no person."""

from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, of_sub_project, user


class ActivityTime(models.Model):
    """Something of an activity was held or cancelled. Rows are added.

    times   how often; below nothing takes back an earlier mistake
    held    False: it was cancelled, and `why` says why
    """

    activity = models.ForeignKey("projects.Activity", models.PROTECT, related_name="times")
    on = models.DateField()
    times = models.SmallIntegerField(default=1)
    held = models.BooleanField(default=True)
    why = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(times=0), name="activity_time_is_something")]
        triggers = [NEVER_CHANGED]


class RegisterFigure(models.Model):
    """One measure of a sub-project's participants, as the night computed it. Written whole each time.

    measure        a key of `projects.claims.MEASURES`
    before | now   means of those known at both times, in the measure's unit; null: nothing is known
    low | high     95 % band of the change; null: it can't be told
    n | of         participants known at both times, of all who had begun
    until          the last day of what is called now
    few            fewer than ten are behind it: then nothing else is kept
    as_of          the day that it was computed for
    """

    sub_project = of_sub_project("figures")
    measure = models.TextField()
    before = models.FloatField(null=True)
    now = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    few = models.BooleanField(default=False)
    until = models.DateField(null=True)
    as_of = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sub_project", "measure"], name="register_figure_once")]


class PartCounts(models.Model):
    """How participants came and went, counted by the night for those who may see no pupil.

    came, going_on, completed, early, moved   null: fewer than ten, or it would tell of so few
    given | planned   times of the participants' measures; null: as above
    points            of the methods that their measures follow; nought: none follows a method
    points_known      of those, how many somebody has said anything of; null: fewer than ten pupils are behind it
    points_followed | points_partly   of the known
    """

    sub_project = models.OneToOneField("projects.SubProject", models.PROTECT, related_name="counts")
    came = models.PositiveIntegerField(null=True)
    going_on = models.PositiveIntegerField(null=True)
    completed = models.PositiveIntegerField(null=True)
    early = models.PositiveIntegerField(null=True)
    moved = models.PositiveIntegerField(null=True)
    planned = models.PositiveIntegerField(null=True)
    given = models.PositiveIntegerField(null=True)
    points = models.PositiveIntegerField(null=True)
    points_known = models.PositiveIntegerField(null=True)
    points_followed = models.PositiveIntegerField(null=True)
    points_partly = models.PositiveIntegerField(null=True)
    as_of = models.DateField()
    at = models.DateTimeField()

    @property
    def points_unknown(self) -> int | None:
        """How many points nobody can tell of; None: it isn't told."""
        return None if self.points is None or self.points_known is None else self.points - self.points_known
