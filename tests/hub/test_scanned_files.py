"""The operator's virus scanner sees what is sent to the hub, as it was sent; what it knows is refused and said."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pluginnovation.web.knowledge.models import HubDocument, HubImage
from tests.clamd import EICAR, nobody_there, scanner
from tests.hub.test_contributions import PDF, RIGHTS, image

pytestmark = pytest.mark.django_db
DOCUMENT = {"title": "D", "rights_holder": "GR", "licence": "CC0", "tags": ""}
WAYS = [
    ("/redigera/images/add/", {**RIGHTS, "tags": ""}, HubImage, "a.jpg"),
    ("/redigera/documents/add/", DOCUMENT, HubDocument, "a.pdf"),
]


@pytest.fixture
def there(tmp_path, settings):
    with scanner(tmp_path / "clamd.ctl") as found:
        settings.CLAMD = found.at
        yield found


def harmful(name: str) -> bytes:
    if name.endswith(".pdf"):
        return PDF.replace(b"\n", b"\n%" + EICAR + b"\n", 1)
    made, told = BytesIO(), PngInfo()
    told.add_text("Comment", EICAR.decode())
    Image.new("RGB", (20, 20)).save(made, "PNG", pnginfo=told)
    return made.getvalue()


def send(client, path, form, name, content):
    kept_as = name.replace("jpg", "png") if content[:4] == b"\x89PNG" else name
    return client.post(path, {**form, "file": SimpleUploadedFile(kept_as, content)})


@pytest.mark.parametrize(("path", "form", "kind", "name"), WAYS)
def test_a_harmless_file_is_shown_to_it_whole_and_taken(as_role, there, path, form, kind, name):
    content, before = PDF if name.endswith(".pdf") else image(gps=True), kind.objects.count()
    assert send(as_role("contributor"), path, form, name, content).status_code == 302
    assert there.seen == [content] and kind.objects.count() == before + 1


@pytest.mark.parametrize(("path", "form", "kind", "name"), WAYS)
def test_what_it_knows_is_refused_by_name(as_role, there, path, form, kind, name):
    before = kind.objects.count()
    answer = send(as_role("contributor"), path, form, name, harmful(name)).content.decode()
    assert "Eicar-Test-Signature" in answer and kind.objects.count() == before


@pytest.mark.parametrize(("path", "form", "kind", "name"), WAYS)
def test_while_it_does_not_answer_nothing_is_taken(as_role, settings, path, form, kind, name):
    settings.CLAMD, before = nobody_there(), kind.objects.count()
    answer = send(as_role("contributor"), path, form, name, PDF if name.endswith(".pdf") else image()).content.decode()
    assert "virusskannern svarar inte" in answer and kind.objects.count() == before
