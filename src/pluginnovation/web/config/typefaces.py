"""The four font files of the pages, served from their packages as they are.

The typefaces' licence reserves their name for unmodified files, so they are neither subset nor converted, and the
other cuts in the packages aren't exposed.
"""

from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

PREFIX = "typefaces/"
FILES = {
    "SourceSansPro-Regular.ttf": "font_source_sans_pro",
    "SourceSansPro-Semibold.ttf": "font_source_sans_pro",
    "SourceSerifPro-Regular.ttf": "font_source_serif_pro",
    "SourceSerifPro-Semibold.ttf": "font_source_serif_pro",
}


class TypefaceFinder(BaseFinder):
    """Finds typefaces/<file>.ttf for the four files above, and nothing else."""

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: ARG002 Django passes it on
        """The file's place on disk; an empty list when it isn't one of the four."""
        name = path.removeprefix(PREFIX)
        if not path.startswith(PREFIX) or name not in FILES:
            return []
        place = str(_folder(FILES[name]) / name)
        return [place] if find_all else place

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """The four files, each with the storage it is read from."""
        for name, package in FILES.items():
            if not matches_patterns(name, list(ignore_patterns or ())):
                storage = FileSystemStorage(location=_folder(package))
                storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]
                yield name, storage


def _folder(package: str) -> Path:
    # Not imported: the packages list their folder at import and put every font into module globals.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent / "files"
