"""A node takes over what its own hub signed; what it has stands when a file is refused."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test import override_settings

from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.sharing.current import catalogue_now
from pluginnovation.web.sharing.hub import fetched, hub_link, trusted_key
from pluginnovation.web.sharing.models import TakenCatalogue
from pluginnovation.web.sharing.taking import KEPT
from tests.unit.knowledge.made_up import BREAKS, COACH, METHODS, MORNING, OTHER_KEY, catalogue_of
from tests.web.sharing.conftest import TRUSTED

pytestmark = pytest.mark.django_db


def test_a_catalogue_is_taken_over_with_its_audit_row_and_stands_from_then_on(take):
    assert catalogue_now() is None
    taken = take(catalogue_of())
    assert (taken.version, taken.methods, taken.unchanged) == (1, 4, False)
    assert catalogue_now() == catalogue_of()
    event = AuditEvent.objects.get(action="take_over_catalogue")
    assert (event.by, event.details["version"], event.details["methods"]) == (None, 1, 4)
    assert take(catalogue_of()).unchanged
    assert AuditEvent.objects.filter(action="take_over_catalogue").count() == 1


@pytest.mark.parametrize(("version", "key", "code"), [(9, OTHER_KEY, "catalogue_forged"), (2, None, "catalogue_older")])
def test_a_forged_or_older_catalogue_changes_nothing(take, version, key, code):
    take(catalogue_of(version=3))
    with pytest.raises(Refusal) as caught:
        take(catalogue_of(MORNING, version=version), **({"key": key} if key else {}))
    assert caught.value.code == code
    assert catalogue_now() == catalogue_of(version=3)
    assert TakenCatalogue.objects.count() == 1


def test_what_is_new_gone_and_withdrawn_is_told_and_only_the_last_few_are_kept(take):
    take(catalogue_of(MORNING, BREAKS))
    gone = replace(BREAKS, withdrawn_on=date(2026, 11, 1))
    taken = take(catalogue_of(gone, COACH, version=2))
    assert (taken.new, taken.gone, taken.withdrawn) == (("studiecoach",), ("morgonstart",), ("trygga-raster",))
    for version in range(3, 4 + KEPT):
        take(catalogue_of(*METHODS, version=version))
    assert TakenCatalogue.objects.count() == KEPT
    assert catalogue_now().version == 3 + KEPT


def test_the_catalogue_is_asked_for_by_its_content_so_that_a_rolled_back_one_is_never_shown(take):
    take(catalogue_of(MORNING))
    assert [method.key for method in catalogue_now().methods] == ["morgonstart"]
    TakenCatalogue.objects.all().delete()
    assert catalogue_now() is None
    take(catalogue_of(COACH))
    assert [method.key for method in catalogue_now().methods] == ["studiecoach"]


def test_the_table_has_no_column_that_could_hold_a_person():
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, "sharing_takencatalogue")
        }
    assert columns == {"id", "hub", "version", "made_at", "digest", "methods", "withdrawn", "signed", "taken_at"}


def test_the_key_is_the_settings_else_that_of_the_hub_in_the_same_home_else_none(tmp_path):
    with override_settings(PLUG_HOME=tmp_path, PLUG_HUB_KEY=""):
        assert trusted_key() == ""
        (tmp_path / PUBLIC_AT).parent.mkdir(parents=True)
        (tmp_path / PUBLIC_AT).write_text(TRUSTED + "\n", encoding="ascii")
        assert trusted_key() == TRUSTED
        with override_settings(PLUG_HUB_KEY="annan"):
            assert trusted_key() == "annan"


def test_without_a_hub_or_a_file_the_fetch_says_so_and_a_file_that_lies_there_is_read(tmp_path):
    with override_settings(PLUG_HOME=tmp_path, PLUG_HUB_KEY="", PLUG_HUB_URL=""):
        with pytest.raises(Refusal) as caught:
            fetched()
        assert caught.value.code == "no_hub"
        assert hub_link("/metoder/x/") == ""
        (tmp_path / EXPORTED_AT).parent.mkdir(parents=True)
        (tmp_path / EXPORTED_AT).write_bytes(b"katalog")
        assert fetched() == b"katalog"
    with override_settings(PLUG_HUB_URL="http://127.0.0.1:8001/"):
        assert hub_link("/metoder/x/") == "http://127.0.0.1:8001/metoder/x/"
