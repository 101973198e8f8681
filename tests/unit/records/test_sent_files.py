"""A file is taken for what it is, whatever its name says, or not at all."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from PIL import Image

from pluginnovation.records.refusals import Refusal
from pluginnovation.records.sent_files import KINDS, PIXELS, clean_name, take_file

MOST = 200_000
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def taken(name: str, content: bytes) -> bytes:
    return take_file(name, content, endings=tuple(KINDS), most=MOST).content


def refused(name: str, content: bytes) -> str:
    with pytest.raises(Refusal) as wrong:
        taken(name, content)
    assert wrong.value.code == "file_wrong"
    assert "Det här tas emot: pdf" in wrong.value.text("sv")
    return wrong.value.text("sv")


def image(kind: str, size: tuple[int, int] = (4, 3), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, format=kind, **more)
    return out.getvalue()


def package(parts: dict[str, bytes], **more: object) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
        written.comment = bytes(str(more.get("comment", "")), "utf-8")
    return out.getvalue()


DOCX = package({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>"})


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("avtal.pdf", PDF),
        ("AVTAL.PDF", PDF),
        ("brev.docx", DOCX),
        ("brev.odt", package({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})),
        ("ord.txt", "Åtta ord om en överenskommelse, skrivna för hand.".encode()),
    ],
)
def test_a_file_that_is_what_it_says_is_taken_as_it_is(name: str, content: bytes) -> None:
    assert taken(name, content) == content


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_image_is_drawn_anew_without_what_the_camera_wrote(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0132] = "57.7 N 11.9 E", "2026:04:23 08:00:00"
    sent = image(kind, exif=exif)
    assert b"57.7 N" in sent
    kept = taken(f"bild.{kind.lower()}", sent)
    assert b"57.7 N" not in kept
    with Image.open(BytesIO(kept)) as opened:
        assert (opened.format, opened.size, dict(opened.getexif())) == (kind, (4, 3), {})


def test_what_is_hidden_behind_an_image_is_gone() -> None:
    assert b"<script" not in taken("bild.png", image("PNG") + b"<script>alert(1)</script>")
    assert not zipfile.is_zipfile(BytesIO(taken("bild.jpg", image("JPEG") + DOCX)))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bild.png", image("JPEG")),
        ("bild.jpg", image("PNG")),
        ("bild.jpg", image("GIF")),
        ("avtal.pdf", image("PNG")),
        ("avtal.pdf", b"<!doctype html><html><script>alert(1)</script></html>"),
        ("avtal.pdf", b"\n<html>" + PDF),
        ("avtal.pdf", PDF.replace(b"1 0 obj", b"%<script>alert(1)</script>\n1 0 obj")),
        ("avtal.pdf", DOCX),
        ("avtal.pdf", PDF[:-7]),
        ("brev.docx", PDF),
        ("brev.docx", package({"xl/workbook.xml": b"<x/>"})),
        ("brev.docx", b"PK\x03\x04 and nothing more"),
        ("ord.txt", b"<html><body>Hej</body></html>"),
        ("ord.txt", b"MZ\x00\x01"),
        ("ord.txt", b"\xff\xfe\xfd"),
    ],
)
def test_a_file_of_another_kind_than_it_says_is_refused(name: str, content: bytes) -> None:
    assert "inte det som dess namn säger" in (said := refused(name, content)) or "ingen bild" in said


@pytest.mark.parametrize("behind", [DOCX, b"<script>alert(1)</script>", b"\x7fELF"])
def test_a_pdf_that_is_something_else_too_is_refused(behind: bytes) -> None:
    assert "inte det som" in refused("avtal.pdf", PDF + behind)


def test_a_package_with_something_before_or_behind_it_is_refused() -> None:
    for content in (b"<html>" + DOCX, DOCX + b"<html>", package({"word/document.xml": b"<w/>"}, comment="%%EOF")):
        assert "inte det som" in refused("brev.docx", content)


def test_a_pdf_that_ends_as_a_package_is_refused() -> None:
    inside = PDF[:-7] + package({"word/document.xml": b"<w/>"}, comment="\nstartxref\n9\n%%EOF")
    assert "inte det som" in refused("avtal.pdf", inside)


@pytest.mark.parametrize(
    "does",
    [
        b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>",
        b"/S/Launch/F(cmd.exe)",
        b"/#4aavaScript",
        b"/Names<</EmbeddedFiles 3 0 R>>",
        b"/Encrypt 5 0 R",
    ],
)
def test_a_pdf_that_does_something_or_is_locked_is_refused(does: bytes) -> None:
    assert "gör något" in refused("avtal.pdf", PDF.replace(b"/Type/Catalog", b"/Type/Catalog" + does))


def packed(objects: bytes) -> bytes:
    stream = b"1 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode>>stream\n" + objects + b"\nendstream endobj\n"
    return PDF.replace(b"1 0 obj", stream + b"1 0 obj")


def test_a_pdf_that_hides_in_packed_objects_what_it_does_is_refused() -> None:
    harmless = packed(zlib.compress(b"2 0 <</Type/Page>>"))
    assert taken("avtal.pdf", harmless) == harmless
    assert "gör något" in refused("avtal.pdf", packed(zlib.compress(b"2 0 <</S/JavaScript/JS(1)>>")))
    assert "gör något" in refused("avtal.pdf", packed(b"not packed at all"))
    assert "gör något" in refused("avtal.pdf", packed(zlib.compress(bytes(40 * 1024 * 1024))))


def test_macros_passwords_paths_and_bombs_in_a_package_are_refused() -> None:
    own = {"word/document.xml": b"<w/>"}
    for name in ("word/vbaProject.bin", "word/x.exe", "../outside", "/etc/passwd"):
        assert "inte det som" in refused("brev.docx", package(own | {name: b"x"}))
    bomb = package(own)
    lying = bomb.replace(struct.pack("<I", 4), struct.pack("<I", 2**31))
    assert lying != bomb
    assert "inte det som" in refused("brev.docx", lying)


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in parts
    )


@pytest.mark.parametrize("size", [(PIXELS, 1 + 1), (60_000, 60_000), (10_000, 4_000)])
def test_an_image_that_unpacks_to_more_than_a_page_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    assert "för många bildpunkter" in refused("bild.png", png_of(*size))


def test_half_an_image_is_refused() -> None:
    whole = image("JPEG", (300, 300))
    assert "ingen bild" in refused("bild.jpg", whole[: len(whole) // 2])


def test_empty_too_large_and_of_no_kind_are_refused() -> None:
    assert "Filen är tom." in refused("avtal.pdf", b"")
    assert "större än" in refused("avtal.pdf", PDF + b" " * MOST)
    for name in ("avtal", "avtal.exe", "avtal.pdf.html", "bild.svg", ".pdf", ""):
        assert "tas inte emot" in (said := refused(name, PDF)) or "inte tas emot" in said


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("avtal.pdf", "avtal.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\x\\avtal.pdf", "avtal.pdf"),
        ("=cmd|' /C calc'!A0.pdf", "C calc'!A0.pdf"),
        ("=1+1.pdf", "1+1.pdf"),
        ("@-+avtal.pdf", "avtal.pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
        ("av\u200b\x00\r\ntal.pdf", "avtal.pdf"),
        ("överenskommelse.pdf", "överenskommelse.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_one_word_that_can_be_seen_and_is_no_formula(sent: str, kept: str) -> None:
    assert clean_name(sent) == kept
