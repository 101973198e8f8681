"""Files on their way in: written to disk as they arrive, in a folder that only we read, and removed unless all came."""

import os
import unicodedata
from datetime import datetime
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from time import time
from typing import Final
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

FOLDER: Final = "uploads"
LONGEST_NAME: Final = 100
# A form so much larger than allowed isn't even read to its end, though the sender then sees no answer.
ABSURD: Final = 4
OLD_SECONDS: Final = 24 * 3600


def folder_of(home: Path, once: UUID) -> Path:
    """Where the files of an upload lie."""
    return home / FOLDER / str(once)


def delete_files(home: Path, once: UUID) -> None:
    """Delete the files of an upload, if they are there."""
    rmtree(folder_of(home, once), ignore_errors=True)


def safe_name(name: str) -> str:
    """A file's name as it is kept: one word of a path, printable; of a long one the end, which tells the kind."""
    base = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(letter for letter in base if letter.isprintable()).strip().lstrip(".")
    while len(kept.encode()) > LONGEST_NAME:
        kept = kept[1:]
    return kept


class Received(FileUploadHandler):
    """The files of one form, on disk.

    sizes      name -> bytes, in the order they came
    twice      names that came more than once
    too_large  more than `most` bytes: what came is not kept
    error      what the disk said when it didn't take them
    """

    def __init__(self, request: HttpRequest, home: Path, most: int) -> None:
        super().__init__(request)
        self.folder = home / FOLDER / f"coming-{uuid4()}"
        self.most = most
        self.sizes: dict[str, int] = {}
        self.twice: list[str] = []
        self.too_large = False
        self.error: OSError | None = None
        self._handle: int | None = None
        self._name = ""

    def handle_raw_input(self, *_: object, **__: object) -> None:
        """See how much is to come, by what the sender says."""
        said = int(self.request.META.get("CONTENT_LENGTH") or 0)  # type: ignore[union-attr]
        self.too_large = said > self.most + 2**20
        self._absurd = said > ABSURD * self.most

    def new_file(self, *args: object, **kwargs: object) -> None:
        """Open a file for what comes."""
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        if self._absurd:
            raise StopUpload(connection_reset=True)
        self._name = safe_name(self.file_name or "")
        if self._name in self.sizes:
            self.twice.append(self._name)
        if self.too_large or self.error or not self._name or self._name in self.sizes:
            raise SkipFile
        self.sizes[self._name] = 0
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.parent.chmod(0o700)
            self._handle = os.open(self.folder / self._name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as error:
            self.error = error
            raise SkipFile from None

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's own signature
        """Write a piece; what is too much is dropped as it comes."""
        self.sizes[self._name] += len(raw_data)
        self.too_large = self.too_large or sum(self.sizes.values()) > self.most
        if self.too_large or self.error or self._handle is None:
            return
        try:
            left = memoryview(raw_data)
            while left:
                left = left[os.write(self._handle, left) :]
        except OSError as error:
            self.error = error

    def file_complete(self, file_size: int) -> UploadedFile:
        """Close it. The content is on disk; Django gets a name and a size."""
        self._close()
        return UploadedFile(BytesIO(), self._name, self.content_type, file_size)

    def upload_interrupted(self) -> None:
        """The sender went away."""
        self.forget()

    def keep_as(self, once: UUID) -> None:
        """From now on the files are those of an upload."""
        os.rename(self.folder, folder_of(self.folder.parent.parent, once))

    def forget(self) -> None:
        """Delete what came, unless it was kept."""
        self._close()
        rmtree(self.folder, ignore_errors=True)

    def _close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def strays(home: Path, known: set[str], at: datetime) -> int:
    """Delete folders that belong to no upload with files, a day after they came; how many."""
    gone = 0
    for folder in (home / FOLDER).iterdir() if (home / FOLDER).is_dir() else ():
        if folder.name not in known and at.timestamp() - min(folder.stat().st_mtime, time()) > OLD_SECONDS:
            rmtree(folder, ignore_errors=True)
            gone += 1
    return gone
