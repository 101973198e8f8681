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


# A line break, a terminal's escape, a mark that turns text around: nothing sent may look like a line of ours.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text with what isn't a letter written as its number."""
    return _CONTROLS.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


class Line(logging.Formatter):
    """One record, one line; the lines of a traceback below it are pushed in, so that none looks like a record."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the library's name
        """The line, whatever somebody sent in it."""
        return one_line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 the library's name
        """A traceback's lines, each pushed in."""
        return "\n".join(f"  {one_line(line)}" for line in super().formatException(ei).split("\n"))


def logging_of(level: str) -> dict[str, Any]:
    """Django's logging: to standard error, one line each, at the level asked for."""
    known = {"DEBUG", "INFO", "WARNING", "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"without_people": {"()": f"{__name__}.WithoutPeople"}},
        "formatters": {
            "line": {"()": f"{__name__}.Line", "fmt": "{asctime} {levelname} {name} {message}", "style": "{"}
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["without_people"]}},
        "root": {"handlers": ["stderr"], "level": level.upper() if level.upper() in known else "WARNING"},
        # Django's own handlers write mail and colour; ours is enough.
        "loggers": {name: {"handlers": [], "propagate": True} for name in ("django", "django.server")},
    }
