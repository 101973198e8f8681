"""How far the made-up region's adults kept to the method that a measure of a case follows: some points, some not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from zlib import crc32

from pluginnovation.support.fidelity import NO, PARTLY, UNKNOWN, YES
from pluginnovation.web.people.models import User

from .marking import mark_points
from .models import Measure

# As the pages that come along with the hub have them; a node without a hub replays its past all the same.
POINTS: Final[Mapping[str, tuple[str, ...]]] = {
    "narvaroteam": (
        "Första kontakten togs inom en vecka", "Skolmiljön kartlades, inte bara eleven",
        "Eleven hade en vuxen på skolan hela tiden", "Varje ärende hade ett datum för nästa steg",
        "Ärendet lämnades tillbaka och tog inte bara slut",
    ),
    "studiecoach": (
        "Två korta träffar i veckan", "Lärarna strök sådant som inte behövdes", "Något blev klart varje vecka",
        "Eleven gjorde listan själv mot slutet",
    ),
}  # fmt: skip
# What is said of a point, as often as it stands here; empty: nobody says anything.
SAID: Final = (YES, YES, YES, YES, PARTLY, NO, UNKNOWN, "")


def mark_some(*, measure: Measure, name: str, by: User, at: datetime) -> None:
    """Mark some of the points, the same ones whenever it is done; nothing where a measure follows no method.

    Takes   name   the measure's id in the file
    """
    answers = {
        number: SAID[crc32(f"{name} {number}".encode()) % len(SAID)] for number in range(len(measure.fidelity_points))
    }
    said = {number: answer for number, answer in answers.items() if answer}
    if said:
        mark_points(measure=measure, said=said, by=by, at=at)
