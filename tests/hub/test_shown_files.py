"""A file that a published page shows: no single person puts another in its place, retells or deletes it."""

import gc
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.timezone import now
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.users.models import UserProfile

from pluginnovation.web.knowledge.models import EventMaterial, EventPage, HubDocument, HubImage, NewsPage
from pluginnovation.web.knowledge.shown_files import StillShown, page_showing
from tests.hub.test_by_two import editor, filled, page
from tests.hub.test_contributions import PDF, image

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SAID = "ändras inte här"
RIGHTS = {"rights_holder": "GR", "licence": "CC BY 4.0"}


@pytest.fixture(autouse=True)
def small_images_let_go() -> Iterator[None]:
    """Wagtail leaves the file of each small image that it draws to be closed by whoever tidies up: here, and now."""
    yield
    gc.collect()


def a_picture() -> HubImage:
    made = HubImage(title="Skolgården", description="En skolgård i sol", **RIGHTS)
    made.file = ImageFile(BytesIO(image()), name="garden.jpg")
    made.save()
    return made


def a_document() -> HubDocument:
    made = HubDocument(title="Mallen", **RIGHTS)
    made.file.save("mall.pdf", ContentFile(PDF))
    return made


def with_picture(one: NewsPage, file: HubImage) -> None:
    shown = {"image": {"image": file.pk, "alt_text": "En skolgård", "decorative": False}, "caption": ""}
    one.body.append(("picture", one.body.stream_block.child_blocks["picture"].to_python(shown)))


def with_document(one: NewsPage, file: HubDocument) -> None:
    one.body.append(("document", file))


def with_link(one: NewsPage, file: HubDocument) -> None:
    one.body.append(("text", RichText(f'<p><a linktype="document" id="{file.pk}">Mallen</a></p>')))


WAYS = [(a_picture, with_picture), (a_document, with_document), (a_document, with_link)]


def shown_by(one: NewsPage, make, put) -> HubImage | HubDocument:
    """A file that the published page shows."""
    file = make()
    put(one, file)
    one.save_revision(user=editor()).publish(user=editor("second_editor"))
    return file


def at(file: HubImage | HubDocument, act: str = "") -> str:
    if isinstance(file, HubImage):
        return f"/redigera/images/{file.pk}/{act}{act and '/'}"
    return f"/redigera/documents/{act or 'edit'}/{file.pk}/"


def change(client: Client, file: HubImage | HubDocument, /, **changed: object):
    new = {name: value for name, value in filled(client, at(file)).items() if name != "file"}
    return client.post(at(file), {**new, **changed}, follow=True)


def another(file: HubImage | HubDocument) -> SimpleUploadedFile:
    return (
        SimpleUploadedFile("ny.jpg", image(gps=True))
        if isinstance(file, HubImage)
        else SimpleUploadedFile("n.pdf", PDF)
    )


def kept(file: HubImage | HubDocument) -> HubImage | HubDocument:
    return type(file).objects.get(pk=file.pk)


@pytest.mark.parametrize(("make", "put"), WAYS)
def test_no_other_file_comes_in_the_place_of_one_that_is_shown(as_role, make, put):
    one, client = page(), as_role("editor")
    file = shown_by(one, make, put)
    answer = change(client, file, file=another(file)).content.decode()
    assert SAID in answer and one.title in answer
    assert kept(file).file.name == file.file.name


@pytest.mark.parametrize(
    ("make", "put", "name"),
    [(a_picture, with_picture, name) for name in ("description", "rights_holder", "licence")]
    + [(a_document, with_document, name) for name in ("title", "rights_holder", "licence")],
)
def test_what_is_said_of_it_stays_too(as_role, make, put, name):
    file = shown_by(page(), make, put)
    assert SAID in change(as_role("editor"), file, **{name: "Något annat"}).content.decode()
    assert getattr(kept(file), name) == getattr(file, name)


@pytest.mark.parametrize(("make", "put"), WAYS[:2])
def test_what_is_not_shown_is_changed_as_before(as_role, make, put):
    client, file = as_role("editor"), shown_by(page(), make, put)
    change(client, file, tags="skola")
    assert [str(tag) for tag in kept(file).tags.all()] == ["skola"]
    free = make()
    change(client, free, file=another(free), licence="CC0")
    assert kept(free).licence == "CC0" and kept(free).file.name != free.file.name


def test_a_file_is_free_again_when_no_page_shows_it(as_role):
    one = page()
    file = shown_by(one, a_document, with_document)
    assert page_showing(file) == Page.objects.get(pk=one.pk)
    Page.objects.get(pk=one.pk).unpublish(user=editor())
    assert page_showing(file) is None
    change(as_role("editor"), file, file=another(file))
    assert kept(file).file.name != file.file.name


def test_a_file_of_a_page_that_waits_for_its_day_is_held_and_one_of_a_draft_is_not():
    file, above = a_document(), page().get_parent()
    new = NewsPage(title="Ny", slug="ny-med-fil", lead="Kort.", day=now().date(), live=False)
    with_document(new, file)
    above.add_child(instance=new)
    new.go_live_at = now() + timedelta(days=1)
    latest = new.save_revision(user=editor())
    assert page_showing(file) is None
    latest.publish(user=editor("second_editor"))
    assert page_showing(file) == Page.objects.get(pk=new.pk)


def test_the_material_of_an_event_is_held():
    file, event = a_document(), EventPage.objects.live().first()
    event.materials.add(EventMaterial(document=file))
    event.save_revision(user=editor()).publish(user=editor("second_editor"))
    assert page_showing(file) == Page.objects.get(pk=event.pk)


@pytest.mark.parametrize(("make", "put"), WAYS)
def test_one_that_is_shown_is_not_deleted(as_role, make, put):
    one, client = page(), as_role("editor")
    file = shown_by(one, make, put)
    answer = client.post(at(file, "delete"), follow=True).content.decode()
    assert "tas inte bort" in answer and one.title in answer
    assert type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize("make", [a_picture, a_document])
def test_one_that_is_not_shown_is_deleted(as_role, make):
    file = make()
    as_role("editor").post(at(file, "delete"))
    assert not type(file).objects.filter(pk=file.pk).exists()


@pytest.mark.parametrize(("make", "put"), WAYS[:2])
def test_of_many_at_once_one_that_is_shown_keeps_them_all(as_role, make, put):
    file, free = shown_by(page(), make, put), make()
    kind = f"knowledge/{type(file)._meta.model_name}"
    path = f"/redigera/bulk/{kind}/delete/?id={file.pk}&id={free.pk}&next=/redigera/"
    assert "tas inte bort" in as_role("editor").post(path, follow=True).content.decode()
    assert type(file).objects.filter(pk__in=[file.pk, free.pk]).count() == 2


@pytest.mark.parametrize(("make", "put"), WAYS[:2])
def test_the_pages_for_many_uploads_are_no_way_around(as_role, make, put):
    client, file = as_role("editor"), shown_by(page(), make, put)
    where = f"/redigera/{'images' if make is a_picture else 'documents'}/multiple/{file.pk}/"
    as_script = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}
    prefix = f"{'image' if make is a_picture else 'doc'}-{file.pk}-"
    sent = {
        f"{prefix}{name}": value
        for name, value in {**RIGHTS, "title": "Annan", "description": "Annan", "tags": ""}.items()
    }
    answer = client.post(where, {**sent, f"{prefix}collection": file.collection_id}, **as_script)
    assert not answer.json()["success"]
    with transaction.atomic():
        assert client.post(f"{where}delete/", **as_script).status_code == 403
    assert (kept(file).title, kept(file).file.name) == (file.title, file.file.name)


def test_no_code_deletes_one_that_is_shown():
    file = shown_by(page(), a_picture, with_picture)
    with pytest.raises(StillShown):
        HubImage.objects.filter(pk=file.pk).delete()


def test_it_is_said_in_english_too(as_role):
    file, client = shown_by(page(), a_document, with_document), as_role("editor")
    profile = UserProfile.get_for_user(editor())
    profile.preferred_language = "en"
    profile.save()
    assert "isn't changed here" in change(client, file, title="Other").content.decode().replace("&#x27;", "'")
