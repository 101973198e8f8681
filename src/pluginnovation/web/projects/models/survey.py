"""Short anonymous surveys. An answer knows its survey and nothing else: no person, no session, no time."""

from django.db import models

from .columns import NEVER_CHANGED, code, municipality, user


class Survey(models.Model):
    """A survey that is answered by a link.

    key        the unguessable word of its address
    audience   pupils, staff or guardians
    questions  a list of {key, text, kind, choices}
    smallest   fewer answers than this show nothing
    closed_at  null: it is open until `last`
    """

    key = models.CharField(max_length=32, unique=True, db_collation="C")
    application = models.ForeignKey("projects.Application", models.PROTECT, null=True, related_name="surveys")
    sub_project = models.ForeignKey("projects.SubProject", models.PROTECT, null=True, related_name="surveys")
    school = code(indexed=True)
    municipality = municipality()
    audience = models.TextField()
    title = models.TextField()
    questions = models.JSONField()
    smallest = models.PositiveSmallIntegerField(default=10)
    first = models.DateField()
    last = models.DateField()
    closed_at = models.DateTimeField(null=True)
    closed_by = user(empty=True)
    by = user()
    at = models.DateTimeField()


class SurveyAnswer(models.Model):
    """One answer: the key of a question -> what was chosen or written. The number is drawn, so it tells no order."""

    id = models.UUIDField(primary_key=True)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="answers")
    answers = models.JSONField()

    class Meta:
        triggers = [NEVER_CHANGED]
