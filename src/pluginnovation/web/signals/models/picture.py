"""Finished pictures: figures, reasons and drawings of one day, written whole by `snapshots.py`.

Pages only read them. Shares are whole percent; empty is unknown. Texts come in Swedish and English (`_sv`, `_en`).
"""

from django.db import models

from ..patterns import Pattern, unpacked_patterns
from ..words import language
from .packed import PackedField


class Run(models.Model):
    """The signals of one source, run for one day.

    shown       the pages show this one: one run for each source
    known_at    only what was known then counts
    first_day, last_day   the first and last day with a reported lesson
    offered, reported     lesson rows in the 28 days: all, and those that are reported
    axis        the calendar's months and weeks, the same for everyone
    """

    source = models.TextField()
    as_of = models.DateField()
    known_at = models.DateTimeField(null=True)
    run_at = models.DateTimeField()
    rule_set = models.SmallIntegerField()
    rules_since = models.DateField(null=True)
    shown = models.BooleanField(default=False)
    simulated = models.BooleanField(default=False)
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    offered = models.BigIntegerField(default=0)
    reported = models.BigIntegerField(default=0)
    coverage = models.SmallIntegerField(null=True)
    axis_sv = models.TextField(default="")
    axis_en = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=models.Q(shown=True), name="one_run_shown_for_a_source"
            )
        ]
        indexes = [models.Index(fields=["source", "as_of"], name="run_day")]

    @property
    def axis(self) -> str:
        """The calendar's words, in the page's language."""
        return self.axis_en if language() == "en" else self.axis_sv


class Picture(models.Model):
    """What every picture carries: the run it belongs to."""

    run = models.ForeignKey(Run, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")

    class Meta:
        abstract = True


class PupilSnapshot(Picture):
    """One pupil's figures.

    state     2 a signal is raised, 1 the absence is unknown, 0 neither. Too little reported is not a signal
              about the pupil, so `coverage_28d` alone gives 1
    waits     a raised signal has no answer
    level, leading   the highest raised level, and the signal that has it
    figures   the signals that apply, in the order of the catalogue: see `figures.py`
    bars, calendar   drawings: thirteen weeks, and twenty weeks day by day
    days      the calendar as numbers: see `days.py`
    weekdays  Monday to Friday: percent of the reported time away, empty when nothing was reported
    meters    the grades, the day of the latest, and the enrolments over time: see `meters.py`
    strip     how the subjects stand that eligibility rests on, one mark each; empty when it doesn't apply
    """

    pupil = models.CharField(max_length=16, primary_key=True, db_collation="C")
    school = models.CharField(max_length=16, db_index=True, db_collation="C")
    state = models.SmallIntegerField(default=0)
    waits = models.BooleanField(default=False)
    level = models.SmallIntegerField(null=True)
    leading = models.TextField(default="")
    share = models.SmallIntegerField(null=True)
    unexcused = models.SmallIntegerField(null=True)
    coverage = models.SmallIntegerField(null=True)
    school_days = models.SmallIntegerField(default=0)
    last_true = models.DateField(null=True)
    figures = PackedField(default=list)
    weekdays = PackedField(default=list)
    bars = models.TextField(default="")
    calendar = models.TextField(default="")
    days = models.BinaryField(default=b"")
    meters = PackedField(default=list, db_default="[]")
    strip = models.TextField(default="", db_default="")


class StudySnapshot(models.Model):
    """One pupil's way to eligibility or a degree. It changes with the grades, a few times a year, so it stays.

    key        what it was made of: see `snapshots/studies.py`. Another key and it is made anew
    document   the meter: see `meters.py`; null where neither is ahead
    strip      as in `PupilSnapshot`
    """

    pupil = models.CharField(max_length=16, primary_key=True, db_collation="C")
    key = models.CharField(max_length=24)
    document = PackedField()
    strip = models.TextField(default="", db_default="")


class YouthSnapshot(Picture):
    """What is told of one youth without a school: the signals about that, packed as in `PupilSnapshot`.

    state          2 the signal is raised, 1 it is unknown, 0 neither
    level, since   how high it stands, and the day it began, so that a list can ask whether an answer is to it
    """

    pupil = models.CharField(max_length=16, primary_key=True, db_collation="C")
    state = models.SmallIntegerField(default=1, db_default=1)
    level = models.SmallIntegerField(null=True)
    since = models.DateField(null=True)
    figures = PackedField(default=list)


class GroupSnapshot(Picture):
    """One group's figures.

    year      the school year most of its pupils are in; empty when unknown
    shared    patterns that concern more than one: see `patterns.py`
    heat      weekday by two-hour slot; subjects: absence by activity
    results   each signal: how many it applies to, are known, and reach each level: see `results.py`
    line, dots   drawings: twelve weeks, and a dot for every pupil
    retold    a pupil was hidden after the run and counts no more; what only a run can count is empty
    """

    group = models.CharField(max_length=16, primary_key=True, db_collation="C")
    school = models.CharField(max_length=16, db_index=True, db_collation="C")
    year = models.SmallIntegerField(null=True)
    pupils = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    signalled = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    share = models.SmallIntegerField(null=True)
    coverage = models.SmallIntegerField(null=True)
    shared = PackedField(default=list)
    heat = PackedField(default=list)
    subjects = PackedField(default=list)
    results = PackedField(default=list, db_default="[]")
    line = models.TextField(default="")
    dots = models.TextField(default="")
    retold = models.BooleanField(default=False, db_default=False)

    @property
    def patterns(self) -> list[Pattern]:
        """What is shared in the group, the clearest first."""
        return unpacked_patterns(self.shared)


class SchoolSnapshot(Picture):
    """One school's figures; classes are its groups of type Klass. `retold` as for a group."""

    school = models.CharField(max_length=16, primary_key=True, db_collation="C")
    municipality = models.TextField(default="")
    pupils = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    signalled = models.IntegerField(default=0)
    waiting = models.IntegerField(default=0)
    unknown = models.IntegerField(default=0)
    classes = models.IntegerField(default=0)
    classes_known = models.IntegerField(default=0)
    share = models.SmallIntegerField(null=True)
    coverage = models.SmallIntegerField(null=True)
    years = models.TextField(default="")
    shared = models.JSONField(default=list)
    results = PackedField(default=list, db_default="[]")
    line = models.TextField(default="")
    retold = models.BooleanField(default=False, db_default=False)

    @property
    def patterns(self) -> list[Pattern]:
        """What is shared in the school's groups, the clearest first."""
        return unpacked_patterns(self.shared)


class MunicipalitySnapshot(Picture):
    """One municipality's figures as they may leave it; the empty code is the whole region.

    pupils   with known absence: what every share here is of. Empty, like the shares, when hidden
    retold   a pupil was hidden after the run: the figures are empty until the next one
    """

    municipality = models.TextField(primary_key=True)
    name = models.TextField(default="")
    sort_key = models.TextField(default="", db_collation="C")
    schools = models.IntegerField(default=0)
    pupils = models.IntegerField(null=True)
    signalled_share = models.SmallIntegerField(null=True)
    share = models.SmallIntegerField(null=True)
    coverage = models.SmallIntegerField(null=True)
    hidden = models.BooleanField(default=False)
    line = models.TextField(default="")
    retold = models.BooleanField(default=False, db_default=False)
