"""The catalogue that nodes fetch: the published methods, signed, and numbered anew only when something differs."""

import pytest
from django.test import Client

from pluginnovation.knowledge.signing import EXPORTED_AT, PUBLIC_AT, SECRET_AT, opened
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.knowledge.exporting import export_catalogue
from pluginnovation.web.knowledge.models import MethodPage
from tests.unit.knowledge.made_up import AT

pytestmark = pytest.mark.django_db


def test_what_is_published_is_exported_numbered_and_signed_and_a_node_takes_it(tmp_path):
    first = export_catalogue(tmp_path, at=AT)
    raw = (tmp_path / EXPORTED_AT).read_bytes()
    taken = opened(raw, trusted=(tmp_path / PUBLIC_AT).read_text().strip())
    live = MethodPage.objects.live().filter(locale__language_code="sv")
    assert (taken.catalogue.version, first.unchanged) == (1, False)
    assert [method.key for method in taken.catalogue.methods] == sorted(live.values_list("slug", flat=True))
    assert len(taken.catalogue.methods) >= 25
    assert all(method.sv.title and method.sv.lead and method.path for method in taken.catalogue.methods)
    assert sum(method.en is not None for method in taken.catalogue.methods) >= 1
    assert (tmp_path / SECRET_AT).stat().st_mode & 0o077 == 0
    assert (tmp_path / SECRET_AT).read_bytes() not in raw

    assert export_catalogue(tmp_path, at=AT).unchanged
    assert (tmp_path / EXPORTED_AT).read_bytes() == raw


def test_what_people_call_a_method_goes_with_it_in_both_languages(tmp_path):
    """So that a school that searches its own copy finds it by the same words."""
    made = {method.key: method for method in export_catalogue(tmp_path, at=AT).catalogue.methods}
    assert "skolk" in made["kontakt-hem-samma-dag"].sv.other_words
    assert "truancy" in made["kontakt-hem-samma-dag"].en.other_words
    assert sum(bool(method.sv.other_words) for method in made.values()) >= 25


def test_an_unpublished_page_leaves_and_a_withdrawn_one_is_told_in_the_next_version(tmp_path):
    export_catalogue(tmp_path, at=AT)
    draft, gone = MethodPage.objects.live().filter(locale__language_code="sv").order_by("slug")[:2]
    MethodPage.objects.filter(pk=draft.pk).update(live=False)
    MethodPage.objects.filter(pk=gone.pk).update(withdrawn_on=AT.date(), withdrawn_why="Den gav mer frånvaro.")
    second = export_catalogue(tmp_path, at=AT)
    assert (second.catalogue.version, second.unchanged) == (2, False)
    assert second.catalogue.find(draft.slug) is None
    assert second.catalogue.find(gone.slug).withdrawn
    assert second.catalogue.find(gone.slug).sv.withdrawn == "Den gav mer frånvaro."
    assert gone.slug not in [method.key for method in second.catalogue.current]


def test_a_damaged_last_export_is_refused_rather_than_counted_from_one_again(tmp_path):
    export_catalogue(tmp_path, at=AT)
    (tmp_path / EXPORTED_AT).write_bytes(b"half")
    with pytest.raises(Refusal) as caught:
        export_catalogue(tmp_path, at=AT)
    assert caught.value.code == "catalogue_unreadable"


def test_nodes_fetch_the_file_and_its_key_without_saying_who_they_are(tmp_path, settings):
    settings.PLUG_HOME = tmp_path
    client = Client()
    assert {client.get(at).status_code for at in ("/katalog/metoder.signerad", "/katalog/nyckel.txt")} == {404}
    done = export_catalogue(tmp_path, at=AT)
    answer = client.get("/katalog/metoder.signerad")
    assert b"".join(answer.streaming_content) == (tmp_path / EXPORTED_AT).read_bytes()
    assert not answer.cookies
    assert client.get("/katalog/nyckel.txt").content.decode().strip() == done.key
    assert client.post("/katalog/metoder.signerad").status_code == 405
