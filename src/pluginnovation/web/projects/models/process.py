"""Process support: sessions, what was agreed, what the region decides, and what schools ask for."""

from django.db import models

from .columns import code, municipality, user


class Session(models.Model):
    """A session of process support, of a network or of a training.

    sub_project | request   what it was for; both null: the programme's own
    kind   coaching, network or training
    note   the process leader's coaching note; no pupil
    """

    programme = models.ForeignKey("projects.Programme", models.PROTECT, null=True, related_name="sessions")
    sub_project = models.ForeignKey("projects.SubProject", models.PROTECT, null=True, related_name="sessions")
    request = models.ForeignKey("projects.SupportRequest", models.PROTECT, null=True, related_name="sessions")
    kind = models.TextField()
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField(null=True)
    topic = models.TextField()
    note = models.TextField(default="")
    by = user()
    at = models.DateTimeField()


class Agreement(models.Model):
    """What was agreed with a sub-project, with its day.

    owner_role   who at the sub-project sees to it
    done_at      null: not yet
    """

    sub_project = models.ForeignKey("projects.SubProject", models.PROTECT, related_name="agreements")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="agreements")
    what = models.TextField()
    owner_role = models.TextField(default="")
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class RegionDecision(models.Model):
    """What the region decided from what the analyses have in common, with an owner and a day.

    about   the key of the obstacle, pattern or factor that it answers; empty: none
    owner   the role that sees to it, or a name of a function
    """

    programme = models.ForeignKey("projects.Programme", models.PROTECT, null=True, related_name="decisions")
    about = models.TextField(default="")
    text = models.TextField()
    owner = models.TextField()
    due = models.DateField()
    done_at = models.DateTimeField(null=True)
    done_by = user(empty=True)
    outcome = models.TextField(default="")
    by = user()
    at = models.DateTimeField()


class SupportRequest(models.Model):
    """What a school outside the programmes asks for: request, offer, sessions, outcome.

    kind    a key of the region's offers
    state   a key of `projects.lifecycle.REQUEST`
    """

    school = code(indexed=True)
    municipality = municipality(indexed=True)
    kind = models.TextField()
    text = models.TextField()
    state = models.TextField(default="asked")
    role = models.TextField(default="")
    offer = models.TextField(default="")
    offered_at = models.DateTimeField(null=True)
    offered_by = user(empty=True)
    outcome = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    closed_by = user(empty=True)
    by = user()
    at = models.DateTimeField()
