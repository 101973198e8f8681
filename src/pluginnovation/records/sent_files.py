"""What a file that somebody sends really is, whatever its name says: looked into before it is kept.

A file that is two things at once, that does something when it is opened, or that unpacks to more than it should, isn't
taken. An image is drawn anew, with its pixels and nothing else: where and when it was taken is gone.
"""

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from .refusals import Refusal

# By its ending, what a browser is told that a file is when it is given back.
KINDS: Final = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".txt": "text/plain; charset=utf-8",
}
IMAGES: Final = {".png": ("PNG",), ".jpg": ("JPEG", "MPO"), ".jpeg": ("JPEG", "MPO")}
# What each kind of package has among its parts.
PARTS: Final = {".docx": "word/", ".xlsx": "xl/", ".odt": "content.xml", ".ods": "content.xml"}
# More than this unpacked isn't a document, and more pixels aren't a page that somebody has photographed.
UNPACKED: Final = 200 * 1024 * 1024
PIXELS: Final = 30_000_000
LONGEST_NAME: Final = 100
QUALITY: Final = 90
# What Pillow makes of files that lie about themselves.
BROKEN: Final = (
    Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, SyntaxError, ValueError, struct.error,
)  # fmt: skip
# What a document does when it is opened: it runs, starts a program, sends a form or carries another file.
ACTS: Final = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)(?![A-Za-z])")
MACROS: Final = ("vbaproject.bin", ".exe", ".js", ".vbs", ".bat")
# A spreadsheet reads a name that begins with one of these as a formula; a shell reads some as options.
NEVER_FIRST: Final = " .=+-@~'\""
MARKUP: Final = re.compile(rb"<(!doctype|html|script|svg|iframe|body|\?xml)", re.IGNORECASE)
SNIFFED: Final = 2_048
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"\bstream\r?\n")
# How far before a stream its own words stand, and how much all packed objects of a document may be.
HEAD: Final = 1_024
OBJECTS: Final = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that is taken.

    name      as it is kept: one word of a path, printable, never a formula
    kind      what a browser is told that it is
    content   its bytes; an image's are drawn anew
    """

    name: str
    kind: str
    content: bytes


def take_file(name: str, content: bytes, *, endings: Collection[str], most: int) -> Taken:
    """The file, when it is what its name says and one of those that are taken.

    Takes   endings   those taken, such as `.pdf`: some of `KINDS`
            most      the most bytes
    Raises  Refusal 'file_wrong' when it is empty, too large, of another kind, two things at once, or does something
    """
    kept = clean_name(name)
    ending = f".{kept.rpartition('.')[2].lower()}" if "." in kept else ""
    if not content:
        raise file_wrong(("Filen är tom.", "The file is empty."), endings)
    if len(content) > most:
        size = most // (1024 * 1024)
        raise file_wrong((f"Filen är större än {size} MB.", f"The file is larger than {size} MB."), endings)
    if ending not in endings:
        raise file_wrong(
            ("Filen är av ett slag som inte tas emot.", "The file is of a kind that isn't taken."), endings
        )
    if ending in IMAGES:
        return Taken(kept, KINDS[ending], _drawn(content, ending, endings))
    if not is_as_named(ending, content):
        raise file_wrong(
            ("Filen är inte det som dess namn säger, eller gör något när den öppnas.",
             "The file isn't what its name says, or does something when it is opened."),
            endings,
        )  # fmt: skip
    return Taken(kept, KINDS[ending], content)


def clean_name(name: str) -> str:
    """A file's name as it is kept: the last word of a path, without what can't be seen; of a long one the end."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(sign for sign in last if sign.isprintable()).strip().lstrip(NEVER_FIRST)
    return kept[-LONGEST_NAME:].lstrip(NEVER_FIRST)


def is_as_named(ending: str, content: bytes) -> bool:
    """Whether a document is what its ending says, only that, and does nothing when it is opened."""
    if ending == ".pdf":
        return _is_pdf(content)
    if ending in PARTS:
        return _is_package(content, ending)
    try:
        return "\x00" not in content.decode("utf-8") and not MARKUP.search(content[:SNIFFED])
    except UnicodeDecodeError:
        return False


def _is_pdf(content: bytes) -> bool:
    """A PDF from the first byte to the last, readable without a password."""
    whole = content.startswith((b"%PDF-1.", b"%PDF-2.")) and content.rstrip(b"\r\n\t \x00").endswith(b"%%EOF")
    if not whole or b"startxref" not in content[-2_048:]:
        return False
    if zipfile.is_zipfile(BytesIO(content)) or MARKUP.search(content[:SNIFFED].partition(b"stream")[0]):
        return False
    plain = _unescaped(content)
    if ACTS.search(plain) or re.search(rb"/Encrypt\s*(\d|<<)", plain):
        return False
    return _objects_are_harmless(content)


def _objects_are_harmless(content: bytes) -> bool:
    """Whether objects that are packed into streams do nothing either; what can't be unpacked isn't known to."""
    left, whole = OBJECTS, memoryview(content)
    for found in _STREAM.finditer(content):
        head = _unescaped(content[max(0, found.start() - HEAD) : found.start()])
        if b"/ObjStm" not in head[head.rfind(b" obj") :]:
            continue
        try:
            unpacked = zlib.decompressobj().decompress(whole[found.end() :], left)
        except zlib.error:
            return False
        left -= len(unpacked)
        if left <= 0 or ACTS.search(_unescaped(unpacked)):
            return False
    return True


def _unescaped(words: bytes) -> bytes:
    """A name may be written with the numbers of its letters."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), words)


def _is_package(content: bytes, ending: str) -> bool:
    """A package that begins and ends with itself, has the parts of its kind, no macros, and isn't a bomb."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts, said = package.infolist(), package.comment
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    names = [each.filename.lower() for each in parts]
    ends = content[-22:-18] == b"PK\x05\x06" and not said
    locked = any(each.flag_bits & 1 for each in parts)
    unsafe = any(name.startswith("/") or ".." in name.split("/") for name in names)
    macros = any(name.endswith(MACROS) or name.startswith(("basic/", "scripts/")) for name in names)
    small = sum(each.file_size for each in parts) <= UNPACKED
    whole = content.startswith(b"PK\x03\x04") and ends
    return whole and small and not (locked or unsafe or macros) and any(n.startswith(PARTS[ending]) for n in names)


def _drawn(content: bytes, ending: str, endings: Collection[str]) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=("PNG",) if ending == ".png" else ("JPEG",)) as opened:
            if opened.format not in IMAGES[ending]:
                raise ValueError(opened.format)
            if opened.width * opened.height > PIXELS:
                raise Image.DecompressionBombError
            return drawn_anew(opened, IMAGES[ending][0])
    except BROKEN as wrong:
        raise file_wrong(
            ("Filen är ingen bild som går att öppna, eller har för många bildpunkter.",
             "The file is no image that can be opened, or has too many pixels."),
            endings,
        ) from wrong  # fmt: skip


def drawn_anew(opened: Image.Image, kind: str) -> bytes:
    """The same image, turned as it is meant to be seen, with pixels and nothing else."""
    drawn = ImageOps.exif_transpose(opened)
    if kind == "JPEG" and drawn.mode not in ("L", "RGB"):
        drawn = drawn.convert("RGB")
    if drawn.mode == "P" and "transparency" in drawn.info:
        drawn = drawn.convert("RGBA")
    bare = Image.new(drawn.mode, drawn.size)
    bare.paste(drawn)
    if drawn.mode == "P" and (palette := drawn.getpalette()):
        bare.putpalette(palette)
    out = BytesIO()
    bare.save(out, format=kind, **({"quality": QUALITY} if kind in {"JPEG", "WEBP"} else {}))
    return out.getvalue()


def file_wrong(what: tuple[str, str], endings: Collection[str]) -> Refusal:
    """A file that isn't taken."""
    listed = ", ".join(one.lstrip(".") for one in endings)
    return Refusal(
        "file_wrong",
        what=what,
        todo=(f"Välj en annan. Det här tas emot: {listed}.", f"Choose another. These are taken: {listed}."),
    )
