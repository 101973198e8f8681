"""Who a code is."""

import pghistory
from django.db import models

from pluginnovation.web.people.sealed import SealedText

NOT_PROTECTED = "Ingen"
GONE = ("Avliden", "Utvandrad")


@pghistory.track(
    pghistory.UpdateEvent(condition=pghistory.AnyChange("security_marking", "status")),
    fields=["code", "security_marking", "status"],
    model_name="PersonEvent",
)
class Person(models.Model):
    """A pupil, an employee or a guardian. The code is all that the facts know."""

    code = models.CharField(max_length=16, primary_key=True, db_collation="C")
    source = models.TextField()
    source_id = models.TextField(default="")
    given_name = models.TextField(default="")
    family_name = models.TextField(default="")
    sort_key = models.TextField(default="", db_collation="C")
    civic_no = SealedText(null=True)
    civic_no_lookup = models.CharField(max_length=64, null=True)
    email = SealedText(null=True)
    eppn = SealedText(null=True)
    birth_date = models.DateField(null=True)
    security_marking = models.TextField(default=NOT_PROTECTED)
    status = models.TextField(default="")
    gone_on = models.DateField(null=True)  # the day of death or of moving abroad, when the source tells it as an event
    degree_on = models.DateField(null=True)  # the day of an upper secondary degree, when the source tells it
    home_municipality = models.TextField(null=True)  # a pupil's; null: the source doesn't tell
    in_source = models.BooleanField(default=True)  # False: the source has stopped naming the person
    is_pupil = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["civic_no_lookup"], name="person_lookup"),
            models.Index(fields=["source", "source_id"], name="person_source"),
        ]

    def __str__(self) -> str:
        return self.code  # never the name: this ends up in logs and error reports

    @property
    def name(self) -> str:
        """Given and family name, or the code of a person that no source has named."""
        return f"{self.given_name} {self.family_name}".strip() or self.code

    @property
    def name_by_family(self) -> str:
        """Family name first, as lists are sorted."""
        if not self.family_name:
            return self.name
        return f"{self.family_name}, {self.given_name}".removesuffix(", ")

    @property
    def initials(self) -> str:
        """For shared screens and the meeting print."""
        return "".join(part[0] for part in f"{self.given_name} {self.family_name}".split())[:3].upper()


class Responsible(models.Model):
    """A guardian, or another person responsible for a pupil."""

    pupil = models.ForeignKey(Person, models.DO_NOTHING, db_constraint=False, related_name="+")
    responsible = models.ForeignKey(Person, models.DO_NOTHING, db_constraint=False, related_name="+")
    relation_type = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pupil", "responsible"], name="responsible_once")]
