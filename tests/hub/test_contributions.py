"""What contributors send: files that are looked into, texts that stay text, and figures by reference."""

import json
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.knowledge.editors.models import Editor
from pluginnovation.web.knowledge.experience import Experience, draft_of, experience_from
from pluginnovation.web.knowledge.models import CasePage, HubDocument, HubImage, SiteEstimateRow
from pluginnovation.web.knowledge.reported import experience_in
from tests.hub.standing import AT
from tests.unit.records.test_sent_files import PDF

pytestmark = pytest.mark.django_db
RIGHTS = {"title": "Skolgård", "description": "En skolgård på hösten", "rights_holder": "GR", "licence": "CC BY 4.0"}


def image(kind: str = "JPEG", *, size: tuple[int, int] = (40, 30), gps: bool = False) -> bytes:
    out, drawn = BytesIO(), Image.new("RGB", size, "teal")
    exif = Image.Exif()
    if gps:
        exif[0x010F] = "Kameran"
        exif.get_ifd(0x8825)[1] = "N"
    drawn.save(out, format=kind, exif=exif.tobytes() if gps else b"")
    return out.getvalue()


def png_that_claims(width: int, height: int) -> bytes:
    """A small file that says it is an enormous image."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


def package(*names: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return out.getvalue()


def upload(client, name: str, content: bytes, **changed: str) -> int:
    """How many images there are more after an upload of this one."""
    before = HubImage.objects.count()
    client.post("/redigera/images/add/", {**RIGHTS, "tags": "", **changed, "file": SimpleUploadedFile(name, content)})
    return HubImage.objects.count() - before


def test_an_image_with_its_rights_is_taken_in_without_what_the_camera_wrote(as_role):
    assert b"Kameran" in image(gps=True)
    assert upload(as_role("contributor"), "a.jpg", image(gps=True)) == 1
    kept = HubImage.objects.latest("pk")
    assert not Image.open(kept.file).getexif()
    assert b"Kameran" not in kept.file.open().read()


@pytest.mark.parametrize("missing", ["description", "rights_holder", "licence"])
def test_an_image_without_description_or_rights_is_refused(as_role, missing):
    assert upload(as_role("contributor"), "a.jpg", image(), **{missing: ""}) == 0


def test_the_name_of_a_file_is_no_description(as_role):
    assert upload(as_role("contributor"), "IMG_1.jpg", image(), description="img_1") == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bomb.png", png_that_claims(60_000, 60_000)),
        ("wide.png", png_that_claims(12_000, 3_000)),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("a.png", b"<html><script>alert(1)</script></html>"),
        ("a.png", image("JPEG")),
        ("a.gif", image("GIF")),
        ("a.jpg", image("JPEG")[:200]),
        ("a.jpg", b""),
    ],
)
def test_a_bomb_or_a_file_that_is_no_image_is_refused_and_answered(as_role, name, content):
    client = as_role("contributor")
    assert upload(client, name, content) == 0
    sent = {**RIGHTS, "tags": "", "file": SimpleUploadedFile(name, content)}
    assert client.post("/redigera/images/add/", sent).status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("a.pdf", PDF, 1),
        ("a.docx", package("word/document.xml"), 1),
        ("a.csv", "år;antal\n2025;12\n".encode(), 1),
        ("a.pdf", b"<script>alert(1)</script>", 0),
        ("a.docx", package("xl/workbook.xml"), 0),
        ("a.xlsx", package("xl/workbook.xml", "xl/vbaProject.bin"), 0),
        ("a.docx", b"PK\x03\x04 not a package", 0),
        ("a.txt", b"\xff\xfe\x00", 0),
        ("a.html", b"<p>", 0),
        ("a.docm", package("word/document.xml"), 0),
    ],
)
def test_a_document_is_what_its_name_says(as_role, name, content, taken):
    before = HubDocument.objects.count()
    form = {
        "title": "D",
        "rights_holder": "GR",
        "licence": "CC0",
        "tags": "",
        "file": SimpleUploadedFile(name, content),
    }
    answer = as_role("contributor").post("/redigera/documents/add/", form)
    assert HubDocument.objects.count() - before == taken
    assert "Filändelsen “”" not in answer.content.decode()


def form(**changed: object) -> dict[str, object]:
    told = {"situation": "Många var borta.", "did": "Mentor ringde.", "learnt": "Ring samma dag."}
    return {"title": "Vi ringde", "lead": "Mentor ringde.", "place": "Ekbacken", "period": "2026", **told, **changed}


def test_the_form_makes_a_draft_with_figures_by_reference(as_role):
    row = SiteEstimateRow.objects.create(
        key="a · b · c", method="m", outcome="frånvaro", site="Ekköping", document={"about": {}}, received_at=AT
    )
    answer = as_role("contributor").post("/redigera/erfarenhet/", form(estimates=[row.key]))
    assert answer.status_code == 302, answer.content
    page = CasePage.objects.latest("pk")
    assert not page.live
    assert [figure.estimate_id for figure in page.figures.all()] == [row.pk]
    assert page.current_workflow_state is not None
    assert page.owner == Editor.objects.get(login="demo:contributor")


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "<img src=x onerror=alert(1)>"},
        {"did": '=HYPERLINK("http://example.se")'},
        {"lead": ""},
        {"learnt": "x" * 4001},
        {"problems": ["nonsense"]},
        {"estimates": ["nowhere"]},
        {"methods": ["nowhere"]},
    ],
)
def test_what_the_form_can_not_take_is_said_and_makes_nothing(as_role, changed):
    before = CasePage.objects.count()
    assert as_role("contributor").post("/redigera/erfarenhet/", form(**changed)).status_code == 422
    assert CasePage.objects.count() == before


@pytest.mark.parametrize(
    "document",
    [[], {}, {"title": "x"}, {"title": 1, "lead": "x"}, {"title": "x", "lead": "x", "effect": 3.2},
     {"title": "x", "lead": "x", "told": {"names": "x"}}, {"title": "x", "lead": "x", "methods": "a"}],
)  # fmt: skip
def test_a_report_that_is_something_else_is_refused(document):
    with pytest.raises(Refusal) as refused:
        experience_from(json.loads(json.dumps(document)))
    assert refused.value.code == "experience_not_understood"


def report_of(**change):
    """What `plug projects published` writes."""
    answer = {"state": "told", "question": "Minskade frånvaron?", "estimate": -4.2, "low": -6.4, "high": -2.0,
              "said": ["Den sjönk med 4,2.", "It fell by 4.2."], "dots": 3, "keys": []}  # fmt: skip
    return {
        "kind": "sub_project_report", "format": 1, "made_up": True, "report": "final", "key": "plug-4-final-9",
        "programme": "Plug Innan", "sub_project": "Hela måndagen", "place": "Björkskolan", "first": "2026-01-12",
        "last": "2026-06-12", "methods": [], "answer": answer,
        "texts": {"worked": "Samma vuxna.", "did_not_work": "Sms.", "advice": "Börja tidigt.", "goals_text": "På väg."},
    } | change  # fmt: skip


def test_a_published_report_becomes_a_draft_whose_answer_is_a_reference_and_never_a_number():
    told = experience_in(report_of())
    assert (told.title, told.place, told.period) == ("Hela måndagen", "Björkskolan", "2026-01-12 – 2026-06-12")
    assert told.lead == "Plug Innan. Minskade frånvaron?" and told.made_up and told.project == "plug-4-final-9"
    assert told.told["happened"].startswith("Samma vuxna.\n\nSms.\n\nFrågan i den låsta planen är besvarad.")
    assert "4,2" not in str(told)
    row = SiteEstimateRow.objects.create(
        key="d · e · f", method="m", outcome="frånvaro", site="Ekköping", document={"about": {}}, received_at=AT
    )
    answer = report_of()["answer"] | {"keys": [row.key, "another"]}
    page = draft_of(experience_in(report_of(answer=answer)), by=None, at=AT)
    assert [figure.estimate for figure in page.figures.all()] == [row]
    assert "låsta planen" not in str(page.body)
    not_yet = experience_in(report_of(answer={"state": "not_yet", "question": "Minskade frånvaron?"}))
    assert "inte besvarad än" in not_yet.told["happened"]


@pytest.mark.parametrize(
    "wrong", [{"format": 2}, {"texts": []}, {"answer": {"state": "x"}}, {"place": None}, {"methods": [1]}]
)
def test_a_published_report_of_another_form_is_refused(wrong):
    with pytest.raises(Refusal) as refused:
        experience_in(report_of(**wrong))
    assert refused.value.code == "experience_not_understood"


@pytest.mark.parametrize("told", [{"methods": ("nowhere",)}, {"estimates": ("nowhere",)}])
def test_a_report_that_names_what_the_hub_has_not_is_refused(told):
    with pytest.raises(Refusal) as refused:
        draft_of(Experience(title="x", lead="y", **told), by=None, at=AT)
    assert refused.value.code == "not_at_the_hub"


def test_two_experiences_of_one_name_get_an_address_each():
    first = draft_of(Experience(title="Samma", lead="y", project="p"), by=None, at=AT)
    second = draft_of(Experience(title="Samma", lead="y", project="p"), by=None, at=AT)
    assert (first.slug, second.slug) == ("samma", "samma-2")
