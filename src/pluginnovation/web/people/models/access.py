"""Ways in: the demo's roles, one-time links, and the fact that closes the demo."""

from django.db import models
from django.db.models import Q


class Installation(models.Model):
    """The one row about this installation.

    first_simulated_at     when the first made-up source was committed; until then there is no demo
    first_real_import_at   when the first source that isn't made up was committed; the demo is closed for good
    """

    ONLY = 1

    id = models.SmallIntegerField(primary_key=True, default=ONLY)
    first_simulated_at = models.DateTimeField(null=True)
    first_real_import_at = models.DateTimeField(null=True)
    first_real_source = models.TextField(default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]


class DemoRole(models.Model):
    """The user behind a button on the start page of a demo."""

    role = models.TextField(primary_key=True)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")


class SignInLink(models.Model):
    """A one-time way in that an operator made. Only the hash of the token is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey("people.User", models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
