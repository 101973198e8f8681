"""What is done to people, roles and ways in. Each writes its audit row in the same transaction."""

import hashlib
import re
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .audit import recorded
from .clock import today
from .demo import (
    DEMO_LOGIN,
    DEMO_ROLES,
    RECORDED_ROLES,
    coordinator_of_the_demo,
    demo_is_open,
    leader_of_the_demo,
    school_of_the_demo,
)
from .duties import duties_of
from .models import DemoRole, Duty, Installation, SignInLink, User, Visit
from .refused import demo_closed, link_spent, nobody_to_sign_in, not_a_login, not_given_by_hand
from .staff import staff_called

# Long enough to be handed over in person, and to find the telephone that the codes will come from.
LINK_LIVES = timedelta(hours=24)

# There when something real has been read in.
REAL = "real"
GIVEN_BY_HAND = ("administrator", "regional_lead", "process_leader", "evaluator", "data_protection_officer")
DEMO_NAMES = {
    "evaluator": "Eva Exempel",
    "process_leader": "Pernilla Exempel",
    "regional_lead": "Regina Exempel",
    "administrator": "Adam Exempel",
    "data_protection_officer": "Disa Exempel",
}


def note_import(*, number: int, source: str, simulated: bool, at: datetime, **said: str) -> None:
    """Remember an import. The first one that isn't made up closes the demo for good.

    Takes   said   what else the audit row says: asked_by, status, and why it was decided on

    The ledger calls this inside the import's transaction.
    """
    about = {"source": source, "simulated": simulated, **{word: text for word, text in said.items() if text}}
    with recorded("import", by=None, at=at, about=str(number), **about):
        Installation.objects.get_or_create(pk=Installation.ONLY)
        here = Installation.objects.select_for_update().get(pk=Installation.ONLY)
        if simulated and here.first_simulated_at is None:
            here.first_simulated_at = at
        if not simulated and here.first_real_import_at is None:
            here.first_real_import_at, here.first_real_source = at, source
            _close_the_demo()
        here.save()


def note_disposal(*, pupils: int, purged: bool, asked_by: str, at: datetime) -> None:
    """Remember that pupils' rows were deleted, by how many; the ledger calls this inside its transaction."""
    with recorded("disposal", by=None, at=at, pupils=pupils, purged=purged, asked_by=asked_by):
        pass


def note_codes_shown(*, codes: Sequence[str], source: str, at: datetime) -> None:
    """Write in the visit log that the operator asked which codes a source's ids have; none of them is opened."""
    with recorded("show_codes", by=None, at=at, about=source, codes=len(codes)):
        Visit.objects.bulk_create(
            Visit(at=at, viewer=None, role="operator", reach="source", through=source, pupil=code, page="records code")
            for code in codes
        )


def _close_the_demo() -> None:
    DemoRole.objects.all().delete()
    recorded_users = User.objects.filter(login__startswith=DEMO_LOGIN)
    Duty.objects.filter(user__in=recorded_users).delete()
    recorded_users.update(is_active=False)
    # The hub beside the demo has another database, and is told by a file.
    home = Path(settings.PLUG_HOME)
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    (home / REAL).touch()


def choose_demo_roles(
    *, groups_by_interest: Callable[[], Sequence[str]] = tuple, by: User | None, at: datetime
) -> None:
    """Choose the users behind the demo's buttons; nothing when no made-up source is there, or the demo is closed.

    Takes  groups_by_interest  gives group codes, the one with most to see first; asked only where there is a demo
    """
    with transaction.atomic():
        here = Installation.objects.select_for_update().filter(first_real_import_at=None).first()
        if here is not None and here.first_simulated_at is not None:
            _choose_demo_roles(groups_by_interest(), by=by, at=at)


def choose_demo_leader(*, by: User | None, at: datetime) -> None:
    """Choose the user behind the button of the sub-project leader, when sub-projects have come; the others stay."""
    with transaction.atomic():
        here = Installation.objects.select_for_update().filter(first_real_import_at=None).first()
        if here is not None and here.first_simulated_at is not None:
            with recorded("choose_demo_roles", by=by, at=at):
                _choose_leader()


def _choose_leader() -> None:
    if (leader := leader_of_the_demo(today())) is not None:
        DemoRole.objects.update_or_create(role="sub_project_leader", defaults={"user": leader})


def _choose_demo_roles(groups_by_interest: Sequence[str], *, by: User | None, at: datetime) -> None:
    with recorded("choose_demo_roles", by=by, at=at):
        for role in RECORDED_ROLES:
            user, _ = User.objects.get_or_create(login=f"{DEMO_LOGIN}{role}", defaults={"name": DEMO_NAMES[role]})
            Duty.objects.get_or_create(user=user, role=role)
            DemoRole.objects.update_or_create(role=role, defaults={"user": user})
        at_school = school_of_the_demo(groups_by_interest) or ()
        coordinator = coordinator_of_the_demo(next(iter(at_school), None), today())
        for duty in (*at_school, *([coordinator] if coordinator else [])):
            adult = User.objects.filter(person=duty.person_id, is_active=True).first()
            if adult is not None:
                DemoRole.objects.update_or_create(role=duty.role, defaults={"user": adult})
        _choose_leader()


def enter_demo(*, role: str, at: datetime) -> User:
    """The user of a demo role, for the view to sign in.

    Raises  Refusal when the demo is closed or has no such role
    """
    if role not in DEMO_ROLES:
        raise demo_closed()
    with recorded("enter_demo", by=None, at=at, about=role):
        found = DemoRole.objects.filter(role=role).select_related("user").first() if demo_is_open() else None
        if found is None:
            raise demo_closed()
        return found.user


def appoint(*, login: str, name: str, role: str, by: User | None, at: datetime) -> User:
    """Give somebody a role that no school's register gives. Only roles that never see a pupil can be given so.

    Takes   login  a short name without white space; somebody who has it already gets one role more
    Raises  Refusal for another role, or a login that isn't one
    """
    if role not in GIVEN_BY_HAND:
        raise not_given_by_hand()
    if not re.fullmatch(r"[\w.@+-]{1,64}", login) or login.startswith(DEMO_LOGIN) or not name.isprintable():
        raise not_a_login()
    with recorded("appoint", by=by, at=at, about=login, role=role):
        user, made = User.objects.get_or_create(login=login, defaults={"name": name})
        if not made and user.person_id is not None:
            raise not_a_login()  # somebody of a source: the source says what they are
        Duty.objects.get_or_create(user=user, role=role)
    return user


def dismiss(*, login: str, role: str, by: User | None, at: datetime) -> int:
    """Take away a role that was given by hand, at once; how many duties that ended. History keeps them."""
    with recorded("dismiss", by=by, at=at, about=login, role=role):
        ended, _ = Duty.objects.filter(user__login=login, role=role).delete()
        SignInLink.objects.filter(user__login=login, used_at=None).delete()
    return ended


def make_sign_in_link(*, who: str, by: User | None, at: datetime, lives: timedelta = LINK_LIVES) -> str:
    """A token by which a staff person with duties chooses ways to sign in, once. Links before it open nothing more.

    Takes   who  the person's code, a login, or an EPPN
    Raises  Refusal when nobody with a duty that stands answers to it
    """
    user = staff_called(who)
    if user is None or not duties_of(user, today()):
        raise nobody_to_sign_in()
    token = secrets.token_urlsafe(32)
    with recorded("make_sign_in_link", by=by, at=at, about=user.login):
        SignInLink.objects.filter(user=user, used_at=None).delete()
        SignInLink.objects.create(token_hash=_hash(token), user=user, made_at=at, expires_at=at + lives)
    return token


def use_sign_in_link(*, token: str, at: datetime) -> User:
    """The user of a one-time link, which is now used up.

    Raises  Refusal, the same one, when it is unknown, used or too old
    """
    link = SignInLink.objects.filter(token_hash=_hash(token), user__is_active=True).select_related("user").first()
    if link is None:
        raise link_spent()
    with recorded("use_sign_in_link", by=link.user, at=at, about=link.user.login):
        # One statement: of two simultaneous uses only one changes a row.
        if not SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=at).update(used_at=at):
            raise link_spent()
    return link.user


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
