"""What sign-in remembers beside the accounts themselves. No address, no browser and no clear EPPN is kept."""

from django.conf import settings
from django.db import models


class SignedIn(models.Model):
    """A session that goes on. The row in Django's table of sessions is the session; this says whose it is.

    how        `local`, `authority` or `demo`, as in `privacy.assurance`
    authority  the name of the sign-in service; empty for the other ways
    """

    session_key = models.CharField(max_length=40, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    began_at = models.DateTimeField()
    how = models.TextField()
    authority = models.TextField(default="")


class Try(models.Model):
    """A sign-in or code that was tried and hasn't succeeded. Gone when the time that is counted has passed.

    key   a keyed hash of what the tries are counted by: an account's name as it was written, or an address
    """

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["key", "at"], name="try_counted")]


class KnownAs(models.Model):
    """The name (EPPN) by which a school authority's sign-in service knows a user, as a keyed hash.

    source      the source whose register says so; empty when an administrator recorded it
    authority   the sign-in service that an administrator named; empty when it comes from a source
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    lookup = models.CharField(max_length=64, db_index=True)
    source = models.TextField(default="")
    authority = models.TextField(default="")
