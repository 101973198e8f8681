"""Where the pages begin and in which languages, asked once a minute in each process: Wagtail asks for every link."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final

from wagtail.models import Locale, Site

FRESH_SECONDS: Final = 60.0
_lock = threading.Lock()
_known: dict[str, tuple[float, Any]] = {}


def site_roots() -> Any:
    """As `Site.get_site_root_paths` gives them, at most a minute old."""
    return _asked("roots", Site.get_site_root_paths)


def locales() -> dict[int, Locale]:
    """The languages by their number, at most a minute old."""
    found: dict[int, Locale] = _asked("locales", lambda: {locale.pk: locale for locale in Locale.objects.all()})
    return found


def _asked(name: str, ask: Callable[[], Any]) -> Any:
    now = time.monotonic()
    with _lock:
        before = _known.get(name)
    if before is not None and now - before[0] < FRESH_SECONDS:
        return before[1]
    found = ask()
    with _lock:
        _known[name] = (now, found)
    return found
