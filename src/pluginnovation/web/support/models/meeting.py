"""The pupil health meeting: its day, its agenda as it was when it began, and what was decided on each point."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .columns import code, user


class Meeting(models.Model):
    """One meeting of a school's pupil health team.

    on, begins   the day and, where it is said, the time of day
    started_at   when it began, and its agenda was written down; null: not yet
    ended_at     when it was said to be over; null: not yet
    """

    school = code(indexed=True)
    on = models.DateField()
    begins = models.TimeField(null=True)
    started_at = models.DateTimeField(null=True)
    started_by = user(empty=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "on"], name="meeting_once_a_day")]


class MeetingPoint(models.Model):
    """One point of the agenda. It is written when the meeting begins, or added during it, and never changed.

    part       one of `support.agenda.PARTS`
    pupil | group   what it is about; neither: the school
    why        the reason that decided the part: one of `support.agenda.WHYS`
    since      since when it has waited for that
    reasons    every reason, as [why, since, number of the row behind or null]
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    part = models.TextField()
    pupil = code(indexed=True)
    group = code()
    school = code()
    why = models.TextField()
    since = models.DateField()
    reasons = models.JSONField(default=list)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="point_number_once"),
            models.UniqueConstraint(fields=["meeting", "pupil", "group"], name="point_about_once"),
            models.CheckConstraint(condition=Q(pupil="") | Q(group=""), name="point_of_one"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update)]


class MeetingDecision(models.Model):
    """What was decided on a point. A later one stands before an earlier one, and both are kept.

    number     1 for the first decision on the point, and one more for each after it: two at once can't both be it
    what       one of `support.meeting_decisions.KINDS`
    text       what and why, in words that the pupil can read
    owner      the code of the adult who does it; empty, or gone from the school: `owner_role` at the school
    due        by which day; null where nothing is to be done
    step, measure, case   what came of it
    """

    point = models.ForeignKey(MeetingPoint, models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    pupil = code(indexed=True)
    group = code()
    school = code()
    what = models.TextField()
    text = models.TextField(default="")
    owner = code()
    owner_role = models.TextField(default="")
    due = models.DateField(null=True)
    step = models.ForeignKey("support.NextStep", models.SET_NULL, null=True, related_name="+")
    measure = models.ForeignKey("support.Measure", models.SET_NULL, null=True, related_name="+")
    case = models.ForeignKey("support.Case", models.SET_NULL, null=True, related_name="+")
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "number"], name="decided_on_point_once")]
        triggers = [
            pgtrigger.ReadOnly(
                name="decision_of_meeting_stands",
                fields=["point", "number", "pupil", "group", "school", "what", "text", "owner", "owner_role", "due",
                        "by", "role", "at"],
            )
        ]  # fmt: skip
