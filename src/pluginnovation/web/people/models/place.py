"""Where people are: working copies of the facts, so that lists can be filtered in the query.

`code` is one authority's only (`names.place_code`); `source` and `source_id` are the facts' own words for the
place. There are no foreign keys in the database to persons and places, since a partial source may
leave any of them out.
"""

from django.db import models


class Organisation(models.Model):
    """A school authority, a school, a school unit …"""

    code = models.CharField(max_length=16, primary_key=True, db_collation="C")
    source = models.TextField()
    source_id = models.TextField()
    display_name = models.TextField()
    sort_key = models.TextField(default="", db_collation="C")
    organisation_type = models.TextField(default="")
    parent = models.ForeignKey("self", models.DO_NOTHING, null=True, db_constraint=False, related_name="+")
    school_unit_code = models.TextField(default="")
    municipality = models.TextField(default="")
    school_types = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["source", "source_id"], name="organisation_source")]

    def __str__(self) -> str:
        return self.display_name


class Group(models.Model):
    """A class, a mentor's group or a teaching group."""

    code = models.CharField(max_length=16, primary_key=True, db_collation="C")
    source = models.TextField()
    source_id = models.TextField()
    display_name = models.TextField()
    sort_key = models.TextField(default="", db_collation="C")
    group_type = models.TextField(default="")
    organisation = models.ForeignKey(
        Organisation, models.DO_NOTHING, null=True, db_constraint=False, related_name="groups"
    )
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["source", "source_id"], name="group_source")]

    def __str__(self) -> str:
        return self.display_name


class Membership(models.Model):
    """A pupil's time in a group."""

    group = models.ForeignKey(Group, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="memberships")
    pupil = models.ForeignKey(
        "people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="memberships"
    )
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        # Plain indexes: the second one that Django adds for searches by prefix would only cost.
        indexes = [models.Index(fields=["pupil"], name="membership_pupil")]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "pupil", "start_date"], name="membership_once", nulls_distinct=False
            )
        ]


class Enrolment(models.Model):
    """A pupil's time at a school."""

    pupil = models.ForeignKey(
        "people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="enrolments"
    )
    organisation = models.ForeignKey(
        Organisation, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="enrolments"
    )
    school_type = models.TextField(default="")
    school_year = models.SmallIntegerField(null=True)
    programme = models.TextField(default="")
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)
    leave_reason = models.TextField(default="")

    class Meta:
        indexes = [models.Index(fields=["organisation"], name="enrolment_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "organisation", "school_type", "start_date"],
                name="enrolment_once",
                nulls_distinct=False,
            )
        ]


class Resident(models.Model):
    """What a municipality's register tells of a youth whom it answers for.

    enrolled_elsewhere   whether another authority's school has the youth; null: the register doesn't say
    """

    pupil = models.ForeignKey("people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    municipality = models.TextField()
    enrolled_elsewhere = models.BooleanField(null=True)
    start_date = models.DateField(null=True)
    end_date = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pupil", "municipality", "start_date"], name="resident_once", nulls_distinct=False
            )
        ]


class Schooled(models.Model):
    """The enrolment that ends last, of each pupil who has one or stands in a municipality's register: who isn't within
    it today may be without a school. Kept by triggers (`config/fence/youths.py`), whoever writes the rows.

    first       its first day; null: not told
    last        its last day; null: none is set; the first day of the calendar for whoever has no enrolment
    past_from   the day from which one of them shows that compulsory school is done; null: none does
    """

    pupil = models.ForeignKey("people.Person", models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+")
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    past_from = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["last"], name="schooled_last"),
            models.Index(fields=["first"], name="schooled_first"),
        ]
        constraints = [models.UniqueConstraint(fields=["pupil"], name="schooled_once")]
