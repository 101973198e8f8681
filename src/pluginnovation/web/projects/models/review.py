"""A review: asked of somebody, who says first whether there is a conflict of interest, and then scores, blind."""

from django.db import models
from django.db.models import Q

from .columns import NEVER_CHANGED, user


class Review(models.Model):
    """A review that somebody is asked to write.

    conflict       whether the reviewer has a conflict of interest; null: not said yet, and nothing is shown
    conflict_what  in words, when there is one
    submitted_at   when the sheet was sent; null: not yet
    withdrawn_at   when the region took it back; null: it stands
    """

    application = models.ForeignKey("projects.Application", models.PROTECT, related_name="reviews")
    reviewer = user()
    conflict = models.BooleanField(null=True)
    conflict_what = models.TextField(default="")
    declared_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    by = user()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "reviewer"], name="reviewer_once"),
            models.CheckConstraint(condition=Q(submitted_at=None) | Q(conflict=False), name="review_without_conflict"),
        ]


class ReviewSheet(models.Model):
    """What a reviewer found. It is sent once; others read it when the last review of the application is in.

    scores   the number of a criterion of quality -> 0 to 4
    advice   grant, grant_less or decline
    """

    review = models.OneToOneField(Review, models.PROTECT, related_name="sheet")
    application = models.ForeignKey("projects.Application", models.PROTECT, related_name="sheets")
    reviewer = user()
    scores = models.JSONField(default=dict)
    text = models.TextField()
    advice = models.TextField()
    by = user()
    at = models.DateTimeField()

    class Meta:
        triggers = [NEVER_CHANGED]
