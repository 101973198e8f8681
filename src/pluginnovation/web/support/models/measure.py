"""What is done, for whom, and how much of it there has been."""

from django.db import models
from django.db.models import F, Q

from .columns import code, user


class Measure(models.Model):
    """One measure. What was planned is never changed; each column that is dated is written once.

    pupil | group | school   whom it is for: a pupil, a group, or the whole school; the school is always told where
                             there is one, also beside a pupil or a group
    kind          a key of `support.catalogue.BY_KEY`
    intent, reach, level     the three axes of that catalogue, as they were set for this measure
    method        the key of the method at the knowledge hub, or words of somebody's own; empty: none
    fidelity      what must be true for it to be that method, a line each, as it was when the measure began
    signal        the signal that it answers; empty: none
    owner         the code of the adult who sees to it; empty, or gone from the school: `owner_role` at the school
    planned_dose  times, of the whole measure; null: not said
    how_often     in words, such as 'varje måndag'
    state         planned, queued (waits for a place), running or ended
    outside_id    what another file calls it; empty: made here
    """

    PLANNED, QUEUED, RUNNING, ENDED = "planned", "queued", "running", "ended"
    STATES = (PLANNED, QUEUED, RUNNING, ENDED)

    pupil = code(indexed=True)
    group = code(indexed=True)
    school = code()
    case = models.ForeignKey("support.Case", models.CASCADE, null=True, related_name="measures")
    kind = models.TextField()
    level = models.TextField()
    intent = models.TextField()
    reach = models.TextField()
    method = models.TextField(default="")
    fidelity = models.TextField(default="")
    signal = models.TextField(default="")
    goal = models.TextField(default="")
    owner = code(indexed=True)
    owner_role = models.TextField(default="")
    starts = models.DateField()
    planned_end = models.DateField(null=True)
    planned_dose = models.PositiveSmallIntegerField(null=True)
    how_often = models.TextField(default="")
    state = models.TextField(default=RUNNING)
    ended_on = models.DateField(null=True)
    end_reason = models.TextField(default="")
    ended_by = user(empty=True)
    ended_at = models.DateTimeField(null=True)
    outside_id = models.TextField(default="")
    by = user()
    at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [models.Index(fields=["school", "state"], name="measure_at_school")]
        constraints = [
            models.CheckConstraint(condition=Q(pupil="") | Q(group=""), name="measure_of_one"),
            models.CheckConstraint(condition=Q(state="ended", ended_on__isnull=False)
                                   | (~Q(state="ended") & Q(ended_on=None)), name="measure_ended_on_a_day"),
            models.CheckConstraint(condition=Q(planned_end=None) | Q(planned_end__gte=F("starts")),
                                   name="measure_ends_after"),
            models.UniqueConstraint(fields=["outside_id"], condition=~Q(outside_id=""), name="measure_outside_once"),
        ]  # fmt: skip

    @property
    def fidelity_points(self) -> list[str]:
        """What must be true for it to be the method; nothing when it follows none."""
        return self.fidelity.splitlines()


class Dose(models.Model):
    """Something of a measure was given. Rows are added; `times` below nothing takes back an earlier mistake.

    on       the day, or the last day of the time that is summed up
    pupil    the measure's; empty for a group's or a school's
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="doses")
    pupil = code()
    on = models.DateField()
    times = models.SmallIntegerField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(times=0), name="dose_is_something")]


class PointMark(models.Model):
    """How far a point of the measure's method was followed. Rows are added, and the last one for a point stands.

    point      its number among the measure's points, from nought
    followed   a key of `support.fidelity.FOLLOWED`; a point without a row is unknown too
    pupil      the measure's; empty for a group's or a school's
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="marks")
    pupil = code()
    point = models.PositiveSmallIntegerField()
    followed = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(followed__in=("yes", "partly", "no", "unknown")), name="mark_is_known")
        ]
