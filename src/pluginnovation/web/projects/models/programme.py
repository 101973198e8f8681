"""A programme: its goals on four levels, who pays what, and the municipalities that take part."""

from django.db import models
from django.db.models import F, Q

from .columns import municipality, ore, user


class Programme(models.Model):
    """One programme, such as Plug In.

    key            its word in addresses
    region         the code of the region that leads it; empty: the nation
    target_groups  a list of texts
    funder         who pays the rest, such as ESF
    own_share      what the participants themselves pay at least of the whole cost, in hundredths of a per cent
    budget         in öre, of the whole programme; null: not said
    smallest       no figure of fewer participants than this leaves a sub-project
    ended_at       when the region ended it before its last day; null: it wasn't
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.TextField()
    about = models.TextField(default="")
    region = models.CharField(max_length=2, default="", db_collation="C")
    target_groups = models.JSONField(default=list)
    funder = models.TextField(default="")
    own_share = models.PositiveSmallIntegerField(default=0)
    budget = ore(empty=True)
    smallest = models.PositiveSmallIntegerField(default=10)
    starts = models.DateField()
    ends = models.DateField()
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="programme_ends_after"),
            models.CheckConstraint(condition=Q(own_share__lte=10_000), name="programme_own_share_is_a_share"),
        ]


class ProgrammeGoal(models.Model):
    """What a programme wants. Goals are added and ended, never rewritten.

    kind       effect, result, knowledge or collaboration
    indicator  a key of `projects.indicators`; empty: the goal is followed in words
    target     in words, with its number
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="goals")
    kind = models.TextField()
    text = models.TextField()
    indicator = models.TextField(default="")
    target = models.TextField(default="")
    by_when = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class ProgrammeMunicipality(models.Model):
    """A municipality's time in a programme.

    left_on | left_why   when it withdrew and why; null and empty: it takes part
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="municipalities")
    municipality = municipality(indexed=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True)
    left_why = models.TextField(default="")
    left_by = user(empty=True)
    left_at = models.DateTimeField(null=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "municipality"], condition=Q(left_on=None),
                                    name="municipality_once_in_programme"),
            models.CheckConstraint(condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")),
                                   name="municipality_left_after"),
        ]  # fmt: skip
