"""What sub-projects do together: networks that meet, and what the region offers schools."""

from django.db import models
from django.db.models import Q

from .columns import of_sub_project, user


class Network(models.Model):
    """A group of sub-projects that meet. `ended_at` null: it goes on."""

    programme = models.ForeignKey("projects.Programme", models.PROTECT, null=True, related_name="networks")
    name = models.TextField()
    about = models.TextField(default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class NetworkMember(models.Model):
    """A sub-project's time in a network."""

    network = models.ForeignKey(Network, models.PROTECT, related_name="members")
    sub_project = of_sub_project("networks")
    left_at = models.DateTimeField(null=True)
    left_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["network", "sub_project"], condition=Q(left_at=None),
                                    name="network_member_once"),
        ]  # fmt: skip


class NetworkMeeting(models.Model):
    """Which network a session was held with."""

    session = models.OneToOneField("projects.Session", models.CASCADE, related_name="met")
    network = models.ForeignKey(Network, models.PROTECT, related_name="meetings")
    by = user()
    at = models.DateTimeField()


class Offer(models.Model):
    """What the region offers: knowledge, training or process support.

    kind       a key of `projects.offers.KINDS`
    taken_away_at   null: it can be asked for
    """

    kind = models.TextField()
    name = models.TextField()
    about = models.TextField(default="")
    taken_away_at = models.DateTimeField(null=True)
    taken_away_by = user(empty=True)
    by = user()
    at = models.DateTimeField()
