"""A sub-project, how its state went, and who takes part in it."""

from django.db import models
from django.db.models import F, Q

from .columns import NEVER_CHANGED, code, municipality, of_sub_project, ore, user


class SubProject(models.Model):
    """What a school or a municipality tries in a programme.

    application   the one that it was granted by; null: made without one
    school        a code; empty: the municipality's own
    state         a key of `projects.lifecycle.SUB_PROJECT`
    leader        who leads it; null, or gone: `leader_role` at the school
    grant | own   what was granted and what is paid by the own, in öre; null: not said
    version       goes up with every change: two who change at once notice each other
    """

    programme = models.ForeignKey("projects.Programme", models.PROTECT, related_name="sub_projects")
    application = models.OneToOneField(
        "projects.Application", models.PROTECT, null=True, related_name="sub_project"
    )  # fmt: skip
    name = models.TextField()
    about = models.TextField(default="")
    school = code(indexed=True)
    municipality = municipality(indexed=True)
    state = models.TextField(default="planned", db_index=True)
    leader = user(empty=True)
    leader_role = models.TextField(default="")
    stand_in = user(empty=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    grant = ore(empty=True)
    own = ore(empty=True)
    version = models.PositiveIntegerField(default=0)
    outside_id = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=F("starts")), name="sub_project_ends_after"),
            models.UniqueConstraint(fields=["outside_id"], condition=~Q(outside_id=""),
                                    name="sub_project_outside_once"),
        ]  # fmt: skip


class StateMove(models.Model):
    """A move of a sub-project from one state to the next, and why. Rows are added."""

    sub_project = of_sub_project("moves")
    before = models.TextField()
    after = models.TextField()
    why = models.TextField(default="")
    role = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]


class Participant(models.Model):
    """A pupil's time in a sub-project: a code, and nothing of what the records know.

    case | measure   what it is tied to; null: nothing
    start_date | end_date   inclusive; no end: still takes part
    why_ended   a key of `support.ends.REASONS`; empty: hasn't ended
    """

    sub_project = of_sub_project("participants")
    pupil = code(indexed=True)
    case = models.ForeignKey("support.Case", models.SET_NULL, null=True, related_name="+")
    measure = models.ForeignKey("support.Measure", models.SET_NULL, null=True, related_name="+")
    start_date = models.DateField()
    end_date = models.DateField(null=True)
    why_ended = models.TextField(default="")
    ended_by = user(empty=True)
    ended_at = models.DateTimeField(null=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sub_project", "pupil"], condition=Q(end_date=None),
                                    name="participant_once"),
            models.CheckConstraint(condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                                   name="participant_ends_after"),
        ]  # fmt: skip
