"""Why may I see this pupil? Every ground that holds today, told with the duty and the stay it rests on. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .grounds import DutyHeld, Ground, PupilPlace, Stay, ground_for
from .periods import covers


@dataclass(frozen=True, slots=True)
class Why:
    """One ground, and what it rests on.

    duty   whose dates say from when and until when, and whose source says who told; an empty source: an
           administrator's recorded decision
    stay   the pupil's time at what the ground reaches through; none for a municipality, where there is no stay
    """

    ground: Ground
    duty: DutyHeld
    stay: Stay | None

    @property
    def start(self) -> date | None:
        """The first day that both hold; none: neither says when it began."""
        return max((day for day in (self.duty.start, self.stay.start if self.stay else None) if day), default=None)

    @property
    def end(self) -> date | None:
        """The last day that both hold; none: until further notice."""
        return min((day for day in (self.duty.end, self.stay.end if self.stay else None) if day), default=None)


def why_sees(duties: Iterable[DutyHeld], place: PupilPlace, today: date) -> list[Why]:
    """The grounds that the duties give today, in the order of the duties; the first is the one that the door takes.

    Each duty is asked about alone by `grounds.ground_for`, so that what is told is what was decided.
    """
    found = []
    for duty in duties:
        ground = ground_for([duty], place, today)
        if ground is not None:
            stays = (*place.groups, *place.schools)
            held = (stay for stay in stays if stay.at == ground.through and covers(today, stay.start, stay.end))
            found.append(Why(ground, duty, next(held, None)))
    return found
