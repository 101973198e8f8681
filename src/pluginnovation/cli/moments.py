"""Days and times on the command line, as ISO 8601 writes them."""

from datetime import UTC, date, datetime
from typing import Any

import click

from .answers import words


class Day(click.ParamType[date, Any]):
    """A date, 2026-04-23."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or wrong usage."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(
                words(f"{value!r} är inget datum som 2026-04-23", f"{value!r} is no date like 2026-04-23"), param, ctx
            )


class Moment(click.ParamType[datetime, Any]):
    """A time, 2026-04-24T06:00; UTC unless it says its own zone."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time with its zone, or wrong usage."""
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        except ValueError:
            said = words(f"{value!r} är ingen tid som 2026-04-24T06:00", f"{value!r} is no time like 2026-04-24T06:00")
            self.fail(said, param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
