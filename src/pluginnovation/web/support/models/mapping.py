"""Mapping twice a term: templates, rounds, what teachers and pupils say, and what adults saw in it together."""

from django.db import models
from django.db.models import F, Q

from .columns import NEVER_CHANGED, code, user


class MappingTemplate(models.Model):
    """One version of a school's template. Rows are added; the one with the latest `since` that has come holds.

    kind         class (A) or pupil (B)
    number       1 for the school's first of the kind; 0 is the default, which has no row
    statements   [[key, dimension, Swedish, English], …]; a key is never used for other words
    several      template A: so many statements with partly or not lead to template B
    """

    school = code(indexed=True)
    kind = models.TextField()
    number = models.PositiveSmallIntegerField()
    since = models.DateField()
    statements = models.JSONField()
    several = models.PositiveSmallIntegerField()
    why = models.TextField()
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind", "number"], name="template_numbered_once")]
        triggers = [NEVER_CHANGED]


class MappingRound(models.Model):
    """A school's round: the days to answer, and the templates' versions. Before the first answer they can be changed.

    class_template, pupil_template   numbers of `MappingTemplate`; 0 the default
    withdrawn_at                     taken back before anybody answered; null: it stands
    """

    school = code(indexed=True)
    first = models.DateField()
    last = models.DateField()
    class_template = models.PositiveSmallIntegerField(default=0)
    pupil_template = models.PositiveSmallIntegerField(default=0)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = user(empty=True)
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="round_ends_after")]


class ClassSheet(models.Model):
    """What one teacher says of one class in a round. Rows are added; the teacher's last one stands.

    answers   fully, partly or not, by statement; a statement that isn't there is unknown
    text      what the teacher sees, in words about the class; empty: nothing
    """

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="class_sheets")
    group = code()
    school = code()
    answers = models.JSONField(default=dict)
    text = models.TextField(default="")
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["round", "group", "by", "-id"], name="class_sheet_latest")]
        triggers = [NEVER_CHANGED]


class PupilMarks(models.Model):
    """What one teacher says of one pupil on template A's statements. Rows are added; the teacher's last one stands.

    marks   partly or not, by statement; a statement that isn't there is unknown, never "fully"
    """

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="pupil_marks")
    pupil = code(indexed=True)
    group = code()
    marks = models.JSONField(default=dict)
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["round", "group"], name="marks_of_class")]
        triggers = [NEVER_CHANGED]


class PupilSheet(models.Model):
    """Template B about one pupil. Rows are added; the last version stands, and the earlier ones stay to be read.

    answers     fully, partly or not, by statement; a statement that isn't there is unknown
    own_words   the pupil's, as the pupil said them; empty: none were written down
    together    whether the pupil took part; otherwise it is the adult's picture only
    version     1 for the round's first, and one more for each after it
    """

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="pupil_sheets")
    pupil = code(indexed=True)
    school = code()
    answers = models.JSONField(default=dict)
    own_words = models.TextField(default="")
    together = models.BooleanField()
    version = models.PositiveSmallIntegerField()
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "pupil", "version"], name="pupil_sheet_once")]
        triggers = [NEVER_CHANGED]


class JointAnalysis(models.Model):
    """What mentor, pupil health and principal saw together in a class's answers. Rows are added; the last stands.

    seen      the pattern, in words about the class
    why       what they think it comes of
    present   the roles that took part
    version   1 for the first, and one more for each after it
    """

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="analyses")
    group = code()
    school = code()
    seen = models.TextField()
    why = models.TextField(default="")
    present = models.JSONField(default=list)
    version = models.PositiveSmallIntegerField()
    by = user()
    role = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "group", "version"], name="analysis_once")]
        triggers = [NEVER_CHANGED]


class AnalysisMeasure(models.Model):
    """A measure that came of a joint analysis, and the statements that it is to change.

    statements   keys of the round's template A; empty: the class as a whole
    """

    round = models.ForeignKey(MappingRound, models.CASCADE, related_name="measures")
    group = code()
    school = code()
    measure = models.OneToOneField("support.Measure", models.CASCADE, related_name="from_analysis")
    statements = models.JSONField(default=list)
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
