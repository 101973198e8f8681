"""What becomes of the work when a sub-project ends."""

from django.db import models

from .columns import NEVER_CHANGED, of_sub_project, user


class HandOver(models.Model):
    """Who has the work from now on. Rows are added; the latest stands.

    absorbed     a key of `projects.follow_up.ANSWERS`
    owner_role   the role that owns it in ordinary work; empty when it stops
    what         what goes on, and what the next one needs to know
    """

    sub_project = of_sub_project("hand_overs")
    absorbed = models.TextField()
    owner_role = models.TextField(default="")
    what = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
