"""What a pupil or guardian gets of what is held, and what they say about it."""

from django.db import models

from pluginnovation.web.people.sealed import SealedText


class Extract(models.Model):
    """One extract: assembled, reviewed for secrecy, released, collected; its content is gone after that.

    place      where it was ordered: another school authority neither sees nor hands it out
    for_whom   pupil or guardian
    identity   how the one who asked was known: card, e_id or known
    content    the chapters as JSON, sealed; null: collected, withdrawn or too old
    withheld   a chapter's key, or `key/field`, to the ground it is withheld on
    """

    REVIEW, RELEASED, WITHDRAWN = "review", "released", "withdrawn"

    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    source = models.TextField()
    place = models.CharField(max_length=16, default="", db_collation="C")
    for_whom = models.TextField()
    identity = models.TextField()
    language = models.TextField()
    content = SealedText(null=True)
    withheld = models.JSONField(default=dict)
    state = models.TextField(default=REVIEW)
    asked_by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    asked_role = models.TextField()
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey("people.User", models.PROTECT, null=True, related_name="+")
    decided_role = models.TextField(default="")
    decided_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    json_at = models.DateTimeField(null=True)
    pdf_at = models.DateTimeField(null=True)


class Statement(models.Model):
    """What a pupil or guardian said about what is held: a view, an objection, or that something is wrong.

    about     a signal's name, or one of `privacy.statements.PARTS`
    said_on   the day it was said
    """

    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    source = models.TextField()
    said_by = models.TextField()
    kind = models.TextField()
    about = models.TextField()
    text = models.TextField()
    said_on = models.DateField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    role = models.TextField()
    at = models.DateTimeField()


class StatementAnswer(models.Model):
    """What was answered; the last one stands, and the earlier are kept.

    outcome   one of `privacy.statements.OUTCOMES`
    """

    statement = models.ForeignKey(Statement, models.CASCADE, db_constraint=False, related_name="answers")
    pupil = models.CharField(max_length=16, db_index=True, db_collation="C")
    outcome = models.TextField()
    text = models.TextField()
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    role = models.TextField()
    at = models.DateTimeField()
