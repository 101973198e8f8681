"""What an adult is there to do, and between which dates: the source of every ground."""

import pghistory
from django.db import models
from django.db.models import Q


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="DutyEvent")
class Duty(models.Model):
    """A duty from a source's register (`person`), or one that an administrator has recorded (`user`).

    role         the code word that `privacy.grounds.role_of_duty` gave; empty: the duty opens nothing
    sub_project  the number of the sub-project that a leader leads; null for every other role
    """

    source = models.TextField(default="")
    person = models.ForeignKey(
        "people.Person", models.DO_NOTHING, null=True, db_constraint=False, related_name="duties"
    )
    user = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="recorded_duties")
    role = models.TextField(default="")
    duty_role = models.TextField(default="")
    assignment_type = models.TextField(default="")
    organisation = models.ForeignKey(
        "people.Organisation", models.DO_NOTHING, null=True, db_constraint=False, related_name="duties"
    )
    group = models.ForeignKey("people.Group", models.DO_NOTHING, null=True, db_constraint=False, related_name="duties")
    sub_project = models.BigIntegerField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation", "duty_role", "group", "start_date"],
                condition=Q(person__isnull=False),
                name="duty_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, user__isnull=True) | Q(person__isnull=True, user__isnull=False),
                name="duty_of_one",
            ),
        ]
