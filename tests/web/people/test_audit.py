"""Nothing is done without its audit row, and nothing is told in one that a person must not read."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from pluginnovation.web.people import actions
from pluginnovation.web.people.models import AuditEvent, DemoRole, Duty, Installation, SignInLink, User, Visit
from tests.pals import PUPILS, STAFF, code_of

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)

ACTS = {
    "note_import": lambda: actions.note_import(
        number=2, source="real", simulated=False, asked_by="test", status="done", at=AT
    ),
    "note_disposal": lambda: actions.note_disposal(pupils=3, purged=False, asked_by="test", at=AT),
    "note_codes_shown": lambda: actions.note_codes_shown(codes=[code_of("mira")], source="s", at=AT),
    "appoint": lambda: actions.appoint(login="eva", name="Eva", role="administrator", by=None, at=AT),
    "dismiss": lambda: actions.dismiss(login="adam", role="administrator", by=None, at=AT),
    "choose_demo_roles": lambda: actions.choose_demo_roles(by=None, at=AT),
    "choose_demo_leader": lambda: actions.choose_demo_leader(by=None, at=AT),
    "enter_demo": lambda: actions.enter_demo(role="mentor", at=AT),
    "make_sign_in_link": lambda: actions.make_sign_in_link(who="adam", by=None, at=AT),
    "use_sign_in_link": lambda: actions.use_sign_in_link(token="known", at=AT),
}


@pytest.fixture
def ready(pals):
    """A made-up import, its demo roles, and a link whose token is 'known'."""
    actions.note_import(number=1, source="s", simulated=True, asked_by="test", status="done", at=AT)
    actions.choose_demo_roles(by=None, at=AT)
    SignInLink.objects.create(
        token_hash=actions._hash("known"), user=pals.adam, made_at=AT, expires_at=AT + actions.LINK_LIVES
    )


def everything():
    models = (DemoRole, Duty, Installation, SignInLink, User, Visit, AuditEvent)
    return [sorted(map(str, model.objects.values_list())) for model in models]


def test_every_act_is_in_this_table():
    public = {name for name, thing in vars(actions).items() if getattr(thing, "__module__", "") == actions.__name__}
    assert {name for name in public if not name.startswith("_")} == set(ACTS)


@pytest.mark.parametrize("act", ACTS)
def test_an_act_writes_one_audit_row(ready, act):
    before = AuditEvent.objects.count()
    ACTS[act]()
    assert AuditEvent.objects.count() == before + 1


@pytest.mark.parametrize("act", ACTS)
def test_when_the_audit_row_can_not_be_written_nothing_is(ready, act, monkeypatch):
    before = everything()

    def full(**_):
        raise DatabaseError("no space left on device")

    monkeypatch.setattr(AuditEvent.objects, "create", full)
    with pytest.raises(DatabaseError):
        ACTS[act]()
    assert everything() == before


def test_no_audit_row_names_anybody(ready):
    for act in ACTS.values():
        try:
            act()
        except Exception:  # the acts get in each other's way; their rows are what matters
            continue
    said = str(list(AuditEvent.objects.values_list()))
    names = {name for pair in (PUPILS | STAFF).values() for name in pair}
    assert not [name for name in names if name in said]
