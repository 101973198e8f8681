"""Style, icons and typefaces: hashed names, so that a browser may keep them for ever; collected when they changed."""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any


def storages(*, debug: bool) -> dict[str, Any]:
    """Where Django looks for files: hashed and compressed copies, or in debug the originals."""
    hashed = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": plain if debug else hashed},
    }


def collect_static(root: Path) -> bool:
    """Collect the files anew if any has changed since the last time; true if so."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    files = [storage.path(name) for finder in get_finders() for name, storage in finder.list([])]
    print_now = _print_of(files)
    noted = root / ".print"
    if noted.exists() and noted.read_text() == print_now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    noted.write_text(print_now)
    return True


def _print_of(files: Iterable[str]) -> str:
    seen = hashlib.sha256()
    for path in sorted(files):
        stat = os.stat(path)
        seen.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    return seen.hexdigest()
