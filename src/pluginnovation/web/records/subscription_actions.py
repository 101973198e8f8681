"""Being told of changes: a subscription is made, renewed and ended; a message is let in, and only noted."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Case, F, Q, Value, When
from django.utils.crypto import constant_time_compare

from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.server_address import address_of
from pluginnovation.records.server_news import ENTITIES, renew, subscribe, unsubscribe
from pluginnovation.records.server_opening import opened_server
from pluginnovation.web.people.audit import recorded

from .models import Server, ServerResource, Subscription
from .server_actions import Reach, note_failure, remove_server, the_server, told_of
from .server_models import NEWS_A_MINUTE
from .server_refused import no_subscriptions

# The standard's subscriptions live for about ninety days.
RENEW_BEFORE: Final = timedelta(days=14)
LIVES: Final = timedelta(days=90)
_NOBODYS: Final = hashlib.sha256(b"").hexdigest()


def subscribe_to(reach: Reach, name: str, *, here: str, by: str, at: datetime) -> Subscription:
    """Ask a server to tell us of changes, at an address of its own that nobody else knows.

    Takes   here   the address that the server reaches this installation by, https://plug.example
    Raises  Refusal 'server_unknown', 'server_address_wrong', 'server_has_no_subscriptions'; those of `subscribe`
    """
    server, own = the_server(name), address_of(here)
    end_subscription(reach, name, by=by, at=at)
    secret = secrets.token_urlsafe(32)
    given = ServerResource.objects.filter(server=server, gives=True).values_list("resource", flat=True)
    # The row is there before the first message can come.
    with recorded("server_subscribe", by=None, at=at, about=name, asked_by=by):
        row = Subscription.objects.create(server=server, remote_id="", secret_hash=_hash(secret), made_at=at)
    target = replace(own, base=f"{own.base}/andrat/{row.pk}/{secret}/").text
    try:
        with opened_server(told_of(server), reach.env, reach.patience) as opened:
            made = subscribe(opened, name="PlugInnovation", target=target, resources=set(given) or ENTITIES.values())
        if made is None:
            raise no_subscriptions()
    except Refusal:
        row.delete()
        raise
    row.remote_id, row.expires_at = made.id, made.expires or at + LIVES
    row.save(update_fields=["remote_id", "expires_at"])
    return row


def forget_server(reach: Reach, name: str, *, by: str, at: datetime) -> bool:
    """End the subscription, if there is one, and forget the server; whether the server could be told.

    Raises  those of `remove_server`
    """
    told = True
    try:
        end_subscription(reach, name, by=by, at=at)
    except Unavailable:
        told = False
    remove_server(reach, name, by=by, at=at)
    return told


def end_subscription(reach: Reach, name: str, *, by: str, at: datetime) -> bool:
    """End the subscription at a server; False when there was none."""
    server = the_server(name)
    row = Subscription.objects.filter(server=server).first()
    if row is None:
        return False
    with opened_server(told_of(server), reach.env, reach.patience) as opened:
        unsubscribe(opened, row.remote_id)
    with recorded("server_unsubscribe", by=None, at=at, about=name, asked_by=by):
        row.delete()
    return True


def renew_subscriptions(reach: Reach, *, at: datetime) -> list[str]:
    """Renew those that end soon; the names of the servers that have forgotten us, whose subscription is gone."""
    forgotten = []
    for row in Subscription.objects.filter(expires_at__lt=at + RENEW_BEFORE).select_related("server"):
        try:
            with opened_server(told_of(row.server), reach.env, reach.patience) as opened:
                longer = renew(opened, row.remote_id, at + LIVES)
        except Refusal as refusal:
            note_failure(row.server, refusal, at=at)
            continue
        if longer is None:
            row.delete()
            forgotten.append(row.server.name)
        else:
            Subscription.objects.filter(pk=row.pk).update(expires_at=longer.expires or at + LIVES)
    return forgotten


def known_to(number: int, secret: str) -> Server | None:
    """The server whose subscription this is; none, after the same time, when number and secret don't go together."""
    row = Subscription.objects.filter(pk=number).select_related("server").first()
    same = constant_time_compare(_hash(secret), row.secret_hash if row else _NOBODYS)
    return row.server if row and same else None


def let_in(server: Server, *, at: datetime) -> bool:
    """Count a message; False when there were too many this minute. In one statement: messages at once all count."""
    minute = at.replace(second=0, microsecond=0)
    counted = Case(When(minute=minute, then=F("heard_in_minute") + 1), default=Value(1))
    open_still = ~Q(minute=minute) | Q(heard_in_minute__lt=NEWS_A_MINUTE)
    own = Subscription.objects.filter(open_still, server=server)
    return bool(own.update(heard_in_minute=counted, minute=minute, heard_at=at))


def note_news(server: Server, resources: Iterable[str], *, at: datetime) -> None:
    """Remember that these have changed. Told twice is told once; the next fetch takes it."""
    # In one order, so that two messages at once never wait for each other in a circle.
    for resource in sorted(resources):
        ServerResource.objects.filter(server=server, resource=resource).update(changed_at=at)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
