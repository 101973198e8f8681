"""Places of a measure, who waits for one, and how places were filled."""

from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, code, user


class PlacesSaid(models.Model):
    """How many places a measure has at a school in a term. Rows are added; the last one said stands.

    kind     a key of `support.catalogue.BY_KEY`
    term     as calendars write it, such as 2026VT
    places   null: no number any more, and nobody has to wait
    """

    school = code()
    kind = models.TextField()
    term = models.CharField(max_length=6)
    places = models.PositiveSmallIntegerField(null=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "term", "kind", "-at"], name="places_latest")]
        triggers = [NEVER_CHANGED]


class QueuePlace(models.Model):
    """What was said of a measure that waits for a place. Rows are added; the last one stands.

    priority   one of `support.capacity.PRIORITIES`; 1 comes first
    why        the stated reason
    """

    measure = models.ForeignKey("support.Measure", models.CASCADE, related_name="queue_places")
    pupil = code(indexed=True)
    school = code()
    priority = models.PositiveSmallIntegerField()
    why = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(priority__in=(1, 2, 3)), name="queue_priority")]
        triggers = [NEVER_CHANGED]


class Draw(models.Model):
    """Places that were filled at once: by stated priority, or by lot. Never changed, so that it can be done again.

    way      `priority`, or the way of drawing lots (`support.lottery.METHOD`)
    within   what lots were drawn within: `year`, or empty for everyone together
    seed     the seed of the lots; 0 by priority
    places   how many there were to fill
    lots     everyone who waited: the measure's number, stratum, chance as two whole numbers, and whether it got a
             place. It holds no pupil: the measure does, as long as the pupil is known
    """

    PRIORITY = "priority"

    school = code()
    kind = models.TextField()
    term = models.CharField(max_length=6)
    way = models.TextField()
    within = models.TextField(default="")
    seed = models.BigIntegerField(default=0)
    places = models.PositiveSmallIntegerField()
    lots = models.JSONField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "-at"], name="draw_at_school")]
        triggers = [NEVER_CHANGED]
