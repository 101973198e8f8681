"""Plans and what became of them. Only `Assigned` tells of pupils, by their codes, and no page reads it.

A locked plan, a departure and an estimate are never changed or taken away: triggers see to that.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

NEVER_CHANGED = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)
STAYS = pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete)


def user(*, empty: bool = False) -> models.ForeignKey:
    """Who did it; where it may be empty, the night's work did."""
    return models.ForeignKey("people.User", models.PROTECT, null=empty, related_name="+")


class StoredPlan(models.Model):
    """One question. A draft until it is locked; from then on the row stands as it is.

    name         the plan's own, as `evidence.plan.Plan` has it
    content      the plan in its canonical form (`evidence.plan_files.canonical`), as text: its checksum is of this
    looked       what the records allow, as `doings.look` found it; null: nobody has looked yet
    checksum     sha-256 of the content when it was locked; empty: a draft
    sub_project  the number of the sub-project that it belongs to; null: none
    thrown_at    when a draft was thrown away
    """

    name = models.TextField(unique=True)
    content = models.TextField()
    looked = models.JSONField(null=True)
    checksum = models.CharField(max_length=64, default="")
    sub_project = models.BigIntegerField(null=True, db_index=True)
    locked_at = models.DateTimeField(null=True)
    locked_by = user(empty=True)
    thrown_at = models.DateTimeField(null=True)
    by = user(empty=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(checksum="", locked_at=None) | (~Q(checksum="")
                                   & Q(locked_at__isnull=False, thrown_at=None)), name="plan_locked_whole"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(
                name="locked_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__locked_at__isnull=False),
            )
        ]


class Assigned(models.Model):
    """Who could have had the help and whether it was offered, when that was handed in as a list.

    decided_on   the day of the draw or the choice; hours: of help had, null: nobody wrote it down
    score        what a threshold's rule went by, as it was written down that day; null: as the records tell
    """

    plan = models.ForeignKey(StoredPlan, models.CASCADE, related_name="assigned")
    source = models.TextField()
    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    offered = models.BooleanField()
    stratum = models.TextField(null=True)
    decided_on = models.DateField()
    taken_up = models.BooleanField(null=True)
    hours = models.FloatField(null=True)
    score = models.FloatField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "source", "pupil"], name="assigned_once")]
        triggers = [NEVER_CHANGED]


class HandedIn(models.Model):
    """That it was told who could have had the help and who was offered it: shown beside the plan for ever.

    draw       the number of the node's own logged draw, whose lots are read when the plan is answered; null: a list
               was handed in, and its rows are `Assigned`
    drawn_at   when lots were drawn, and by which seed, so that it can be done again; null: nobody drew
    listed     how many stood in it; offered: how many of them were offered the help
    """

    plan = models.ForeignKey(StoredPlan, models.PROTECT, related_name="handed")
    draw = models.BigIntegerField(null=True)
    drawn_at = models.DateTimeField(null=True)
    seed = models.BigIntegerField(null=True)
    listed = models.PositiveIntegerField()
    offered = models.PositiveIntegerField()
    by = user(empty=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "draw"], name="draw_tied_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(draw=None), name="list_handed_in_once"),
        ]
        triggers = [STAYS]


class Departure(models.Model):
    """One way the analysis left its locked plan: shown beside the estimate for ever."""

    plan = models.ForeignKey(StoredPlan, models.PROTECT, related_name="departures")
    what = models.TextField()
    why = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [STAYS]


class Estimate(models.Model):
    """An answer to a locked plan on a day. Rows are added when the answer is another; the last one stands.

    result    `evidence.result.bytes_of`; warning: the same of before and after, empty: not of this design
    grade     cap, locks and steps, by the rule alone
    said_sv, said_en   the paragraph, as the rule alone has it
    not_enrolled, disposed   of those decided on, who couldn't be counted
    engine    the version that estimated; by: null for the night's work
    """

    plan = models.ForeignKey(StoredPlan, models.PROTECT, related_name="estimates")
    as_of = models.DateField()
    result = models.TextField()
    warning = models.TextField(default="")
    grade = models.JSONField()
    said_sv = models.TextField()
    said_en = models.TextField()
    not_enrolled = models.PositiveIntegerField()
    disposed = models.PositiveIntegerField()
    engine = models.TextField()
    by = user(empty=True)
    at = models.DateTimeField()

    class Meta:
        triggers = [STAYS]


class Lowering(models.Model):
    """Somebody lowered the certainty of an estimate, and why. The last one stands; nobody raises."""

    estimate = models.ForeignKey(Estimate, models.PROTECT, related_name="lowerings")
    locks = models.PositiveSmallIntegerField()
    reason = models.TextField()
    said_sv = models.TextField()
    said_en = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [STAYS]


class Together(models.Model):
    """What all answered plans of one method and outcome say together. The newest stands.

    forest    the lines of the forest plot (`evidence.forest.Forest`), and `pooled`: the figures beside it
    """

    method = models.TextField()
    outcome = models.TextField()
    forest = models.JSONField()
    grade = models.JSONField()
    said_sv = models.TextField()
    said_en = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["method", "outcome", "-at"], name="together_latest")]
        triggers = [NEVER_CHANGED]


class Spread(models.Model):
    """How an outcome differed in the place's own records, for planning. Asked for by a page, found by the worker.

    asked    outcome, school years, first and last day
    found    `evidence.power.Spread` as a dictionary; null: not yet, or refused (the job says why)
    """

    asked = models.JSONField()
    found = models.JSONField(null=True)
    by = user()
    at = models.DateTimeField()


class SentMessage(models.Model):
    """A message that was handed out, with the exact counts behind it, so that the next gives nobody away."""

    plan = models.ForeignKey(StoredPlan, models.PROTECT, related_name="sent")
    content = models.TextField()
    treated = models.PositiveIntegerField()
    compared = models.PositiveIntegerField()
    by = user(empty=True)
    at = models.DateTimeField()

    class Meta:
        triggers = [STAYS]
