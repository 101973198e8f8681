"""An investigation or a course of support of one pupil, and everything that is written in it."""

import pgtrigger
from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, code, user


class Case(models.Model):
    """One case of one pupil at one school.

    kind       one of `support.case_states.KINDS`
    state      one of the states that the kind has there
    owner      the code of the adult who answers for it; empty, or gone from the school: `owner_role` at the school
    version    counts every move, text and change of owner: who writes must have seen the last one
    outcome    one of `support.case_states.OUTCOMES`; empty while it is open
    reopened   the case before, when this one takes it up again
    """

    pupil = code(indexed=True)
    school = code()
    kind = models.TextField()
    state = models.TextField()
    owner = code(indexed=True)
    owner_role = models.TextField(default="")
    opened_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")
    reopened = models.ForeignKey("self", models.SET_NULL, null=True, related_name="later")
    by = user()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["school", "closed_at"], name="case_at_school")]
        constraints = [
            # Another school's case of the same kind is its own until it is handed over.
            models.UniqueConstraint(
                fields=["pupil", "kind", "school"], condition=Q(closed_at=None), name="case_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, outcome="") | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="case_closed_with_outcome",
            ),
        ]


class CaseStep(models.Model):
    """Something that the law or the school has done in such a case, and when it was.

    step      a key of `support.case_clocks.STEPS`, or a state that the case moved to (`to_…`)
    due       the day that somebody set, or that the law sets; null: none, and none is invented
    done_on   the day it was done; null: not yet
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    pupil = code(indexed=True)
    step = models.TextField()
    due = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_by = user(empty=True)
    done_at = models.DateTimeField(null=True)
    by = user()
    at = models.DateTimeField()


class CaseText(models.Model):
    """What somebody wrote in one section of a case. Rows are added, so nobody's words are lost.

    section   one of `support.case_texts.SECTIONS`
    version   1 for the first text that stands in the section, and one more for each after it
    beside    written by somebody who hadn't seen the text that stands: kept beside it, and `version` is the one that
              the writer had seen
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="texts")
    pupil = code(indexed=True)
    section = models.TextField()
    text = models.TextField()
    version = models.PositiveIntegerField()
    beside = models.BooleanField(default=False)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "section", "version"], condition=Q(beside=False), name="text_stands_once"
            )
        ]
        triggers = [NEVER_CHANGED]


class Obstacle(models.Model):
    """What stands in the pupil's way, as the case sees it.

    key       one of `support.obstacles.BY_KEY`
    gone_at   when somebody said that it is no longer there, or was a mistake; null: it stands
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="obstacles")
    pupil = code(indexed=True)
    key = models.TextField()
    gone_at = models.DateTimeField(null=True)
    gone_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class Goal(models.Model):
    """Where a plan is to lead, and from where, so that progress can be told from it.

    text        the goal in words
    indicator   one of `support.goals.INDICATORS`; empty: only words
    baseline, baseline_on, baseline_n   the figure when the goal was set, its day, and what it is out of; null: unknown
    target      the figure to reach; null: none
    by_when     the day to reach it by
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="goals")
    pupil = code(indexed=True)
    text = models.TextField()
    indicator = models.TextField(default="")
    baseline = models.IntegerField(null=True)
    baseline_on = models.DateField(null=True)
    baseline_n = models.IntegerField(null=True)
    target = models.IntegerField(null=True)
    by_when = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class Decision(models.Model):
    """What a principal decided. Rows are added; a later decision on the same point stands before an earlier one.

    kind       the point that is decided: one of `support.case_states.DECISIONS`
    number     1 for the first decision on the point in the case, and one more for each after it
    verdict    one of the kind's verdicts
    text       why
    told_on    the day that pupil and guardians were told; null: not yet. From it the time to appeal runs
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="decisions")
    pupil = code(indexed=True)
    kind = models.TextField()
    number = models.PositiveSmallIntegerField(default=1)
    verdict = models.TextField()
    text = models.TextField()
    told_on = models.DateField(null=True)
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "kind", "number"], name="decided_once")]
        triggers = [
            pgtrigger.ReadOnly(
                name="decision_stands",
                fields=["case", "pupil", "kind", "number", "verdict", "text", "by", "role", "at"],
            )
        ]
