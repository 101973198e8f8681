"""Logs without people: what stands after a word that leads to a person or a group is never written down."""

import logging
import re
from typing import Any

# Everything after the first word of a path may be a code, and a query may be a name that someone searched for.
_PATH = re.compile(r"""(?<![\w/])((?:https?://[^/\s"'?]+)?/[\w-]+/)[^\s"'?]+(?:\?[^\s"']*)?""")
_QUERY = re.compile(r"""(?<=/)\?[^\s"']+""")


def without_people(line: str) -> str:
    """The line with paths cut after their first word, and queries left out."""
    return _QUERY.sub("?…", _PATH.sub(r"\1…", line))


class WithoutPeople(logging.Filter):
    """Cuts paths in what Django says about requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, cut."""
        record.msg, record.args = without_people(record.getMessage()), None
        return True


def logging_of(level: str) -> dict[str, Any]:
    """Django's logging: to standard error, one line each, at the level asked for."""
    known = {"DEBUG", "INFO", "WARNING", "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_people": {"()": f"{__name__}.WithoutPeople"}},
        "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_people"]}},
        "root": {"handlers": ["stderr"], "level": level.upper() if level.upper() in known else "WARNING"},
        # Django's own handlers write mail and colour; ours is enough.
        "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
    }
