"""An application: its answers and its budget, of which every version is kept, and what was decided on it."""

from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, code, municipality, ore, user


class Application(models.Model):
    """A school's or a municipality's application to a call.

    school         the code of the school that applies; empty: the municipality does
    municipality   the four digits, also of a school's
    state          a key of `projects.lifecycle.APPLICATION`
    reviewed_at    when the last of its reviews was in: from then on reviewers read each other's
    why_closed     why it was withdrawn, in words
    """

    call = models.ForeignKey("projects.Call", models.PROTECT, related_name="applications")
    school = code(indexed=True)
    municipality = municipality(indexed=True)
    name = models.TextField()
    state = models.TextField(default="draft", db_index=True)
    role = models.TextField(default="")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = user(empty=True)
    reviewed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = user(empty=True)
    why_closed = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(school="") | ~Q(municipality=""), name="application_of_somebody"),
        ]


class ApplicationAnswer(models.Model):
    """What was answered to one question. The highest version stands.

    beside   whether somebody else had been first: then the text stands beside the one with the next version
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="answers")
    question = models.ForeignKey("projects.CallQuestion", models.PROTECT, related_name="+")
    text = models.TextField()
    version = models.PositiveSmallIntegerField()
    beside = models.BooleanField(default=False)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "question", "version"], condition=Q(beside=False),
                                    name="answer_version_once"),
        ]  # fmt: skip
        triggers = [NEVER_CHANGED]


class ApplicationBudget(models.Model):
    """What it costs and who pays. The highest version stands; one that doesn't add up is kept as a draft.

    lines   a list of {category, text, ore}; the categories are `projects.ledger.CATEGORIES`
    grant   what is applied for, in öre
    own     what the applicant pays, in öre
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="budgets")
    lines = models.JSONField(default=list)
    grant = ore()
    own = ore()
    version = models.PositiveSmallIntegerField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="budget_version_once")]
        triggers = [NEVER_CHANGED]


class CallDecision(models.Model):
    """What was decided on an application: once, with reasons.

    granted     whether it was; if not it was declined
    grant       in öre; null where it was declined
    conditions  what the grant asks for; empty: nothing more than the call
    role        the role of the one who decided
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="decision")
    granted = models.BooleanField()
    grant = ore(empty=True)
    reasons = models.TextField()
    conditions = models.TextField(default="")
    role = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(granted=True, grant__gt=0) | Q(granted=False, grant=None),
                                   name="decision_has_its_grant"),
        ]  # fmt: skip
        triggers = [NEVER_CHANGED]
