"""What became of a fetch, resource by resource."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from .refusals import Unavailable

COMPLETE, NOT_GIVEN, FAILED, SPARED = "complete", "not_given", "failed", "spared"

# What is wrong with the way in, not with one resource.
OF_ALL: Final = (
    "server_not_let_in", "server_certificate_not_trusted", "token_not_given", "secret_missing",
    "secret_open_to_others",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResourceFetched:
    """What became of one resource.

    outcome   complete; not_given: the server doesn't have it; failed: see error; spared: others tell the same
    objects   how many came
    mark      how far it is read now: the newest change seen, never later than the server's own clock
    whole     all of it was asked for, not only what changed
    """

    resource: str
    outcome: str
    objects: int = 0
    mark: datetime | None = None
    whole: bool = True
    error: Unavailable | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch brought.

    resources   one line for each that was asked for
    date        the server's clock when it first answered; None when it doesn't tell
    """

    resources: tuple[ResourceFetched, ...]
    date: datetime | None

    @property
    def errors(self) -> list[Unavailable]:
        """What went wrong, in order."""
        return [each.error for each in self.resources if each.error]

    @property
    def anything(self) -> bool:
        """Whether there is something to import; lists that only explain others don't count."""
        return any(each.objects and each.resource not in ("programmes", "syllabuses") for each in self.resources)


def skew_seconds(fetched: Fetched, at: datetime) -> int | None:
    """How far the server's clock is ahead of ours, in seconds; None when it doesn't tell."""
    return None if fetched.date is None else round((fetched.date - at.astimezone(UTC)).total_seconds())
