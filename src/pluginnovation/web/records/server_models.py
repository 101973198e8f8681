"""The servers that this installation reads, what each gives, and how we are told that something changed."""

from typing import Final

from django.db import models

NEWS_A_MINUTE: Final = 60


class Server(models.Model):
    """An SS 12000 server. `secret` says where the secret lies (env:NAME or file:/path), never what it is.

    paused_at   the night doesn't fetch from it, from then on
    """

    name = models.TextField(unique=True)
    address = models.TextField()
    token = models.TextField()
    secret = models.TextField()
    token_address = models.TextField()
    client = models.TextField()
    scope = models.TextField()
    certificate = models.TextField()
    key = models.TextField()
    authority = models.TextField()
    since = models.DateField()
    added_at = models.DateTimeField()
    added_by = models.TextField()
    paused_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    skew_seconds = models.BigIntegerField(null=True)
    error_code = models.TextField(default="")
    error_sv = models.TextField(default="")
    error_en = models.TextField(default="")

    def __str__(self) -> str:
        return self.name


class ServerResource(models.Model):
    """One resource of a server.

    gives       null: not asked yet
    mark        how far it is read: the newest change seen
    changed_at  when the server last told of a change that no fetch has taken yet
    """

    server = models.ForeignKey(Server, models.CASCADE, related_name="resources")
    resource = models.TextField()
    gives = models.BooleanField(null=True)
    mark = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    objects_last = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField(null=True)
    error_sv = models.TextField(default="")
    error_en = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["server", "resource"], name="one_line_a_resource")]

    def __str__(self) -> str:
        return f"{self.server_id} {self.resource}"


class Subscription(models.Model):
    """Where a server tells us that something changed. Of the secret in that address only a hash is kept."""

    server = models.OneToOneField(Server, models.CASCADE, related_name="subscription")
    remote_id = models.TextField()
    secret_hash = models.TextField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    minute = models.DateTimeField(null=True)
    heard_in_minute = models.IntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.server_id} {self.remote_id}"
