"""A new key: everything sealed is sealed anew, in place, and nothing is lost on the way."""

import json
import os
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people import resealing
from pluginnovation.web.people.models import AuditEvent, Extract, FormerIdentity, Person
from pluginnovation.web.people.resealing import add_key, forget_keys, in_use, key_of, places, reseal
from pluginnovation.web.people.sealed import SealBroken, identity_seal, key_file, read_keys, write_keys
from tests.web.planted import AT, plant

pytestmark = pytest.mark.django_db
PLAIN = "Mira Åkesson"


@pytest.fixture
def sealed(pals, tmp_path, settings):
    """One value in each place that holds something sealed, under a key file of its own."""
    settings.PLUG_HOME = tmp_path
    Person.objects.update(civic_no=None, email=None, eppn=None)
    identity_seal()
    plant(pals)
    Person.objects.filter(code=pals.mira).update(civic_no=PLAIN, email=PLAIN, eppn=PLAIN)
    Extract.objects.update(content=PLAIN)
    FormerIdentity.objects.create(
        of_import=1, table="people_person", code=pals.mira, at=AT,
        row={"code": pals.mira, "email": identity_seal().close(PLAIN), "civic_no": None, "given_name": "1:x"},
    )  # fmt: skip
    for kind, key in (("totp", "secret"), ("recovery_codes", "seed")):
        data = {key: identity_seal().close(PLAIN), "used_mask": 3}
        Authenticator.objects.create(user=pals.asa, type=kind, data=data)
    return pals


def numbers(table: str, column: str) -> set[str]:
    """The numbers of the keys that a column's values are sealed with."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {table} WHERE {column} IS NOT NULL")
        rows = [value for (value,) in cursor.fetchall()]
    return {number for value in rows for text in _texts(value) if (number := key_of(text))}


def _texts(value: str) -> list[str]:
    return [str(each) for each in json.loads(value).values()] if value.startswith("{") else [value]


def test_every_sealed_place_holds_something_in_this_test_and_is_sealed_with_the_new_key(sealed):
    assert all(numbers(place.table, place.column) == {"1"} for place in places()), places()
    assert add_key(at=AT) == "2"
    assert {place: n for place, n in reseal(at=AT) if not n} == {}
    assert all(numbers(place.table, place.column) == {"2"} for place in places())
    assert in_use()["1"] == 0


def test_what_was_sealed_says_the_same_afterwards(sealed):
    add_key(at=AT)
    dict(reseal(at=AT))
    mira = Person.objects.get(code=sealed.mira)
    assert (mira.civic_no, mira.email, mira.eppn) == (PLAIN, PLAIN, PLAIN)
    totp = Authenticator.objects.get(type="totp").data
    assert (identity_seal().open(totp["secret"]), totp["used_mask"]) == (PLAIN, 3)
    assert FormerIdentity.objects.get(code=sealed.mira).row["given_name"] == "1:x"
    assert [event.action for event in AuditEvent.objects.order_by("id")][-2:] == ["add_key", "reseal"]


def test_a_rotation_that_is_cut_short_loses_nothing_and_is_taken_up_with_the_same_key(sealed, monkeypatch):
    add_key(at=AT)
    own, done = resealing._batch, []

    def cut(*said):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(own(*said))
        return done[-1]

    monkeypatch.setattr(resealing, "_batch", cut)
    with pytest.raises(KeyboardInterrupt):
        dict(reseal(at=AT))
    monkeypatch.undo()
    assert Person.objects.get(code=sealed.mira).email == PLAIN
    assert identity_seal().open(Authenticator.objects.get(type="totp").data["secret"]) == PLAIN
    assert add_key(at=AT) == "2"
    dict(reseal(at=AT))
    assert in_use() == {"1": 0, "2": sum(in_use().values())}


def test_an_old_key_goes_after_a_day_when_nothing_needs_it_and_never_before(sealed):
    add_key(at=AT)
    assert forget_keys(at=AT) == ()  # everything is sealed with it still
    dict(reseal(at=AT))
    changed = key_file().stat().st_mtime
    os.utime(key_file(), (AT.timestamp(), AT.timestamp()))
    with pytest.raises(Refusal) as said:
        forget_keys(at=AT + timedelta(hours=23))
    assert said.value.code == "key_too_new"
    assert forget_keys(at=AT + timedelta(hours=25)) == ("1",)
    assert (list(read_keys(key_file())), key_file().stat().st_mode & 0o777, changed > 0) == (
        ["lookup", "2"],
        0o600,
        True,
    )
    assert Person.objects.get(code=sealed.mira).email == PLAIN


def test_a_key_that_is_lost_is_told_of_and_no_new_one_is_made(sealed):
    add_key(at=AT)
    dict(reseal(at=AT))
    keys = read_keys(key_file())
    write_keys(key_file(), {"lookup": keys["lookup"], "1": keys["1"]})
    with pytest.raises(Refusal) as said:
        add_key(at=AT)
    assert said.value.code == "key_missing"
    with pytest.raises(SealBroken):
        str(Person.objects.get(code=sealed.mira).email)


def test_whoever_has_read_the_file_before_reads_it_again_when_it_has_changed(sealed):
    before = identity_seal().close(PLAIN)
    add_key(at=AT)
    assert (identity_seal().close(PLAIN).partition(":")[0], identity_seal().open(before)) == ("2", PLAIN)


@pytest.mark.parametrize("text", ["", "2026", "1:", "x:AAAA", "12:30", "1:inte base64"])
def test_what_is_not_sealed_is_left_alone(text):
    assert key_of(text) is None


def test_the_doctor_tells_of_old_keys(sealed):
    from pluginnovation.cli.fence_checks import keys_open

    assert [found.state for found in keys_open()] == ["ok"]
    add_key(at=AT)
    assert "plug keys rotate" in next(keys_open()).todo[1]
    dict(reseal(at=AT))
    assert "plug keys forget" in next(keys_open()).todo[1]
