"""Where the pages begin, asked once a minute in each process: Wagtail asks the cache's table once for every link."""

import threading
import time
from typing import Any, Final

from wagtail.models import Site

FRESH_SECONDS: Final = 60.0
_lock = threading.Lock()
_known: list[tuple[float, Any]] = []


def site_roots() -> Any:
    """As `Site.get_site_root_paths` gives them, at most a minute old."""
    now = time.monotonic()
    with _lock:
        if _known and now - _known[0][0] < FRESH_SECONDS:
            return _known[0][1]
    found = Site.get_site_root_paths()
    with _lock:
        _known[:] = [(now, found)]
    return found
