"""The export of a hub in the same home, seen as soon as it lies there: the demo's node has its methods at once."""

import logging
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from django.conf import settings

from pluginnovation.knowledge.signing import EXPORTED_AT
from pluginnovation.records.refusals import Refusal

from .hub import read_file, trusted_key
from .taking import take_over_catalogue

SECONDS: Final = 5.0
_LOG = logging.getLogger(__name__)


class Watch:
    """Looks at one file now and then. A file that was refused is not tried again before it changes."""

    def __init__(self, home: Path) -> None:
        self._path = home / EXPORTED_AT
        self._seen: tuple[int, int] | None = None
        self._looked = -SECONDS

    def look(self, *, at: datetime) -> bool:
        """Take over the file when it has changed; whether anything new was taken."""
        if time.monotonic() - self._looked < SECONDS or settings.PLUG_HUB_KEY:
            return False
        self._looked = time.monotonic()
        try:
            stat = self._path.stat()
        except OSError:
            return False
        if (stat.st_mtime_ns, stat.st_size) == self._seen:
            return False
        self._seen = (stat.st_mtime_ns, stat.st_size)
        try:
            return not take_over_catalogue(raw=read_file(self._path), trusted=trusted_key(), by=None, at=at).unchanged
        except Refusal as refusal:
            _LOG.warning("The hub's catalogue was refused: %s", refusal.code)
            return False
