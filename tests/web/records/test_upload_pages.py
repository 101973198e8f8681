"""The import page: files sent, tried, read in or thrown away; and everything that may be wrong with them."""

import pytest

from pluginnovation.web.people.models import Person
from pluginnovation.web.records.models import Import
from tests.web.records.sending import NEW, csv_files, files_of, page_of, sent, work


@pytest.fixture
def home(tmp_path, settings):
    settings.PLUG_HOME = tmp_path / "home"
    settings.PLUG_HOME.mkdir(mode=0o700)
    return settings.PLUG_HOME


@pytest.fixture
def adam(pals, client, home):
    client.force_login(pals.adam)
    return client


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_files_are_tried_shown_and_read_in(adam):
    upload = sent(adam, csv_files())
    assert "Filerna provläses." in page_of(adam, upload)
    assert work() == 1
    page = page_of(adam, upload)
    assert "rader provlästes" in page
    assert "Källan Birkby är ny." in page
    assert not Import.objects.exists()
    answer = adam.post(f"{NEW}{upload.pk}/las-in/")
    assert answer.status_code == 302
    assert work() == 1
    made = Import.objects.get()
    assert (made.source, made.by, made.status, made.place) == ("Birkby", "adam", "done", str(upload.once))
    assert Person.objects.filter(source="Birkby", given_name="Mira").exists()
    assert files_of(upload) == []
    assert "Filerna är inlästa." in page_of(adam, upload)
    assert f'href="/inlasningar/{made.pk}/"' in page_of(adam, upload)
