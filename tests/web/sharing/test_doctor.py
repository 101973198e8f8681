"""`plug doctor` on methods: the node's catalogue, withdrawn methods in use, and what the hub beside has published."""

from datetime import date, timedelta

import pytest
from django.test import override_settings

from pluginnovation.cli.checks import keys_kept
from pluginnovation.cli.methods_checks import OLD, hub_beside, methods_here
from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT, SECRET_AT, public_key_of, signed
from pluginnovation.web.sharing.models import TakenCatalogue
from pluginnovation.web.support.models import Measure
from tests.unit.knowledge.made_up import AT, GONE, KEY, METHODS, MORNING, OTHER_KEY, catalogue_of
from tests.web.sharing.conftest import TRUSTED

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def trusting():
    with override_settings(PLUG_HUB_KEY=TRUSTED, PLUG_HUB_URL=""):
        yield


def states(found):
    return {one.check: one.state for one in found}


def measured(pals, method, state=Measure.RUNNING):
    ended = {"ended_on": date(2026, 5, 1)} if state == Measure.ENDED else {}
    return Measure.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="mentor_talk", level="individual", intent="preventive",
        reach="targeted", method=method, starts=date(2026, 4, 1), state=state, by=pals.petra, at=AT, **ended,
    )  # fmt: skip


def test_a_node_without_a_hub_is_told_nothing_and_one_that_never_asked_its_hub_is(tmp_path):
    assert list(methods_here(tmp_path, AT)) == []
    with override_settings(PLUG_HUB_URL="https://hub.example"):
        assert states(methods_here(tmp_path, AT)) == {"methods": "note"}


def test_the_catalogue_has_its_version_its_age_and_its_signature_looked_at(take, tmp_path):
    take(catalogue_of())
    fresh = list(methods_here(tmp_path, AT + OLD))
    assert states(fresh) == {"methods": "ok"} and "Metodkatalog 1 har 3 metoder" in fresh[0].said[0]
    assert states(methods_here(tmp_path, AT + OLD + timedelta(seconds=1))) == {"methods": "note"}
    with override_settings(PLUG_HUB_KEY=public_key_of(OTHER_KEY)):
        assert states(methods_here(tmp_path, AT)) == {"methods": "wrong"}
    row = TakenCatalogue.objects.get()
    row.signed = bytes(row.signed).replace(b"Morgonstart", "Kvällsstart".encode())
    row.save()
    assert states(methods_here(tmp_path, AT)) == {"methods": "wrong"}


def test_withdrawn_methods_in_use_are_counted_of_those_that_follow_a_method(take, tmp_path, pals):
    take(catalogue_of(*METHODS))
    measured(pals, MORNING.key)
    assert states(methods_here(tmp_path, AT)) == {"methods": "ok"}
    measured(pals, GONE.key)
    measured(pals, GONE.key, Measure.ENDED)
    measured(pals, "")
    found = {one.check: one for one in methods_here(tmp_path, AT)}
    assert found["methods_withdrawn"].state == "note"
    assert found["methods_withdrawn"].said[0].startswith("1 av 2 insatser") and GONE.key in str(found)
    assert pals.mira not in str(found)


def publish(home, version, key=KEY):
    for path, content in (
        (EXPORTED_AT, signed(catalogue_of(version=version), key)), (PUBLIC_AT, f"{TRUSTED}\n".encode()),
        (SECRET_AT, KEY),
    ):  # fmt: skip
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_bytes(content)


def test_a_hub_beside_that_is_ahead_is_told(take, tmp_path):
    take(catalogue_of())
    publish(tmp_path, 1)
    assert "methods_behind" not in states(methods_here(tmp_path, AT))
    publish(tmp_path, 2)
    assert states(methods_here(tmp_path, AT))["methods_behind"] == "note"


def test_the_hubs_key_and_what_it_published_are_looked_at(tmp_path, monkeypatch):
    monkeypatch.setattr("pluginnovation.cli.methods_checks._asked_apart", lambda *_: iter(()))
    assert list(hub_beside(tmp_path, {})) == []
    publish(tmp_path, 1)
    assert states(hub_beside(tmp_path, {})) == {"hub_catalogue": "ok"}
    publish(tmp_path, 1, OTHER_KEY)
    assert states(hub_beside(tmp_path, {})) == {"hub_catalogue": "wrong"}
    (tmp_path / SECRET_AT).unlink()
    assert states(hub_beside(tmp_path, {}))["hub_key"] == "wrong"


def test_a_hub_that_cant_be_asked_is_wrong(tmp_path):
    publish(tmp_path, 1)
    found = states(hub_beside(tmp_path, {"PATH": "", "HUB_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}))
    assert found == {"hub_catalogue": "ok", "hub": "wrong"}


def test_the_public_key_may_be_read_by_anybody_and_the_secret_one_may_not(tmp_path):
    publish(tmp_path, 1)
    (tmp_path / PUBLIC_AT).chmod(0o644)
    (tmp_path / SECRET_AT).chmod(0o600)
    assert "key_modes" not in states(keys_kept(tmp_path, {}))
    (tmp_path / SECRET_AT).chmod(0o640)
    assert states(keys_kept(tmp_path, {}))["key_modes"] == "wrong"
