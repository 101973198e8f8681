"""What is done to the hub's accounts, from the command line: made with a role, given a way in, closed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse

from pluginnovation.records.refusals import Refusal

from .demo import ACCOUNTS, DEMO_LOGIN, SCHOOLS
from .models import ROLES, Editor

DEMO_NAMES = {
    "contributor": "Demons skribent",
    "peer_reviewer": "Demons granskare",
    "editor": "Demons redaktör",
    "second_editor": "Demons andra redaktör",
}


@dataclass(frozen=True, slots=True)
class Account:
    """An account as the command line lists it. roles: of ROLES; two_factors: whether it has a second one."""

    login: str
    roles: tuple[str, ...]
    school: str
    active: bool
    two_factors: bool


@transaction.atomic
def add_editor(*, login: str, name: str, school: str, email: str, role: str) -> None:
    """A new account in a role, or another role for one that is there. Nobody can sign in until a link is used.

    Raises  Refusal for an unknown role, a login of the demo's, or a reviewer without a school
    """
    if role not in ROLES:
        raise _refusal("unknown_role", "Rollen finns inte.", "There is no such role.", f"{', '.join(ROLES)}")
    if not login.strip() or login.startswith(DEMO_LOGIN):
        raise _refusal("not_a_login", "Det går inte att heta så.", "That can't be a login.", "a-z, 0-9")
    if role == "peer_reviewer" and not school.strip():
        raise _refusal(
            "reviewer_without_school",
            "En granskare behöver en skola: granskningen görs på en annan än författarens.",
            "A reviewer needs a school: a review is made at another one than the author's.",
            "--school",
        )
    editor, made = Editor.objects.get_or_create(login=login.strip(), defaults={"name": name})
    editor.name, editor.school, editor.email, editor.is_active = name, school.strip(), email, True
    if made:
        editor.set_unusable_password()
    editor.save()
    editor.groups.set([Group.objects.get(name=role)])


def way_in(*, login: str, address: str) -> str:
    """A link by which the account's owner chooses a password, once, within a day. Second factors are made after that.

    Raises  Refusal when there is no such account
    """
    editor = _account(login)
    key = default_token_generator.make_token(editor)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(editor), "key": key})
    return f"{address}{path}"


@transaction.atomic
def close(*, login: str) -> None:
    """Close an account: its sessions end, its factors go, its pages and what it did stay.

    Raises  Refusal when there is no such account
    """
    editor = _account(login)
    editor.is_active = False
    editor.set_unusable_password()
    editor.save()
    Authenticator.objects.filter(user=editor).delete()


def accounts() -> list[Account]:
    """Every account, the demo's too."""
    two = set(Authenticator.objects.exclude(type="recovery_codes").values_list("user", flat=True))
    return [
        Account(
            each.login, tuple(group.name for group in each.groups.all()), each.school, each.is_active, each.pk in two
        )
        for each in Editor.objects.prefetch_related("groups").order_by("login")
    ]


@transaction.atomic
def make_demo_editors(*, at: datetime) -> None:  # noqa: ARG001 an act says when
    """The accounts behind the demo's buttons. They have no password, so the buttons are the only way in."""
    for account, role in ACCOUNTS.items():
        named = {"name": DEMO_NAMES[account], "school": SCHOOLS[account], "demo": True}
        editor, made = Editor.objects.get_or_create(login=f"{DEMO_LOGIN}{account}", defaults=named)
        if made:
            editor.set_unusable_password()
            editor.save()
        editor.groups.set([Group.objects.get(name=role)])


def _account(login: str) -> Editor:
    found = Editor.objects.filter(login=login, demo=False).first()
    if found is None:
        raise _refusal("no_such_account", "Kontot finns inte.", "There is no such account.", "plug hub editors list")
    return found


def _refusal(code: str, sv: str, en: str, todo: str) -> Refusal:
    said: dict[str, Any] = {"what": (sv, en), "todo": (todo, todo)}
    return Refusal(code, **said)
