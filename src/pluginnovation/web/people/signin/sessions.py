"""A session from sign-in to its end: what it has shown, until when it holds, and whose it is."""

from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from pluginnovation.privacy.assurance import AUTHORITY, LOCAL, OWN_LEVEL, Shown

from ..models import User
from .models import SignedIn

BACKEND: Final = "django.contrib.auth.backends.ModelBackend"

SHOWN: Final = "shown"
BEGAN: Final = "began"
SEEN: Final = "seen"
PROVED: Final = "proved"

# A page a minute is as near as "a while without a page" needs to be known; each note of it is a row written.
NOTED_EVERY: Final = timedelta(minutes=1)
# What changes the ways into an account asks for a proof not older than this.
PROOF_HOLDS: Final = timedelta(minutes=15)


def begin(request: HttpRequest, user: User, shown: Shown, *, at: datetime) -> None:
    """A new session: nothing of an earlier one, nor its number, goes on into it."""
    logout(request)
    login(request, user, backend=BACKEND)
    request.session[BEGAN] = request.session[SEEN] = int(at.timestamp())
    remember(request, shown, at=at)
    SignedIn.objects.create(
        session_key=request.session.session_key or "", user=user, began_at=at, how=shown.how, authority=shown.authority
    )


def raise_to(request: HttpRequest, shown: Shown, *, at: datetime) -> None:
    """The same session has shown more: it gets a new number, and goes on."""
    before = request.session.session_key
    request.session.cycle_key()
    _follow(before, request)
    remember(request, shown, at=at)


def keep_with_new_password(request: HttpRequest, user: User) -> str:
    """The session in which a password was changed goes on, under a new number: that number."""
    before = request.session.session_key
    update_session_auth_hash(request, user)
    return _follow(before, request)


def _follow(before: str | None, request: HttpRequest) -> str:
    number = request.session.session_key or ""
    SignedIn.objects.filter(session_key=before).update(session_key=number)
    return number


def remember(request: HttpRequest, shown: Shown, *, at: datetime) -> None:
    """Write down what has been shown, and that it was just now."""
    request.session[SHOWN] = {
        "how": shown.how,
        "authority": shown.authority,
        "levels": sorted(shown.levels),
        "factors": shown.factors,
    }
    request.session[PROVED] = int(at.timestamp())


def shown_in(request: HttpRequest) -> Shown | None:
    """What the session has shown; nothing for one that doesn't say."""
    kept: dict[str, Any] | None = request.session.get(SHOWN)
    if not kept:
        return None
    return Shown(kept["how"], kept["authority"], frozenset(kept["levels"]), kept["factors"])


def accepted_from(shown: Shown | None) -> frozenset[str] | None:
    """The levels that count from the way that was used: as configured now, not as it was at sign-in."""
    if shown is not None and shown.how == LOCAL:
        return frozenset({OWN_LEVEL}) if settings.PLUG_LOCAL_ACCOUNTS else frozenset()
    if shown is not None and shown.how == AUTHORITY:
        service = settings.PLUG_AUTHORITIES.get(shown.authority)
        return frozenset(service.levels) if service else None
    return None


def is_over(request: HttpRequest, *, at: datetime) -> bool:
    """Whether the session has gone on for as long as any may."""
    began = request.session.get(BEGAN)
    return began is not None and at.timestamp() - began >= settings.PLUG_SESSION_HOURS * 3600


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Whether who it is was proved a short while ago."""
    return at.timestamp() - request.session.get(PROVED, 0) < PROOF_HOLDS.total_seconds()


def note_page(request: HttpRequest, *, at: datetime) -> None:
    """A page was asked for: the session holds for a while more."""
    if at.timestamp() - request.session.get(SEEN, 0) >= NOTED_EVERY.total_seconds():
        request.session[SEEN] = int(at.timestamp())


def end(request: HttpRequest) -> None:
    """End this session, in the browser and in the database."""
    SignedIn.objects.filter(session_key=request.session.session_key).delete()
    logout(request)


def sessions_of(user: User, *, at: datetime) -> QuerySet[SignedIn]:
    """The user's sessions that still hold, the newest first."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=at)
    return SignedIn.objects.filter(Exists(alive), user=user).order_by("-began_at")


def end_sessions(user: User, *, but: str = "") -> int:
    """End the user's sessions at once, all but the one named; how many."""
    keys = list(SignedIn.objects.filter(user=user).exclude(session_key=but).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignedIn.objects.filter(session_key__in=keys).delete()
    return len(keys)
