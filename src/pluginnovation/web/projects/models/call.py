"""A call: who may apply for what and when, what is asked, and what is judged."""

from django.db import models
from django.db.models import F, Q

from .columns import NEVER_CHANGED, ore, user


class Call(models.Model):
    """An invitation to apply. Its questions and criteria stand from the day that it is published.

    for_schools | for_municipalities   who may apply
    first_year | last_year   the years of school that it is for; null: any
    frame    what there is to share out, in öre; null: not said
    most     what one applicant can get at most, in öre; null: no limit
    published_at   when it was published; null: a draft that only the region sees
    """

    programme = models.ForeignKey("projects.Programme", models.PROTECT, related_name="calls")
    name = models.TextField()
    about = models.TextField(default="")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    for_schools = models.BooleanField(default=True)
    for_municipalities = models.BooleanField(default=True)
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    frame = ore(empty=True)
    most = ore(empty=True)
    published_at = models.DateTimeField(null=True)
    published_by = user(empty=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="call_closes_after"),
            models.CheckConstraint(condition=Q(for_schools=True) | Q(for_municipalities=True), name="call_is_for_some"),
        ]


class CallQuestion(models.Model):
    """What the form asks.

    longest        how many characters an answer has at most
    from_analysis  the part of the current-state analysis that fills it in; empty: none does
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    hint = models.TextField(default="")
    longest = models.PositiveSmallIntegerField(default=2000)
    required = models.BooleanField(default=True)
    from_analysis = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "number"], name="question_once")]


class Criterion(models.Model):
    """What an application is held against.

    kind    eligibility (yes or no, at the screening) or quality (0 to 4, by each reviewer)
    weight  how much a criterion of quality counts, 1 to 5
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    kind = models.TextField()
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    weight = models.PositiveSmallIntegerField(default=1)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "kind", "number"], name="criterion_once"),
            models.CheckConstraint(condition=Q(weight__gte=1, weight__lte=5), name="criterion_weighs"),
        ]


class Screening(models.Model):
    """Whether an application is complete and may be reviewed. Rows are added.

    checks   the number of a criterion of eligibility -> whether it is met
    verdict  eligible, incomplete (sent back) or not_eligible
    """

    application = models.ForeignKey("projects.Application", models.PROTECT, related_name="screenings")
    checks = models.JSONField(default=dict)
    verdict = models.TextField()
    text = models.TextField(default="")
    role = models.TextField(default="")
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
