"""Profiles: how one kind of export is written, as data. `csv` has nothing to translate.

A profile never contains code. What it says is stored with each import, so that a figure can be traced to how its
file was read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from .refusals import Refusal


@dataclass(frozen=True, slots=True)
class Profile:
    """How the files of one kind of source are written.

    name                  what `--profile` takes
    delimiter             the character between cells
    encoding              Python's name of the encoding
    headers               per file: the export's header -> ours; headers not named are used as they are
    lateness_is_absence   late minutes lie inside unexcused (True) or inside attended (False)
    """

    name: str
    delimiter: str = ","
    encoding: str = "utf-8"
    headers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lateness_is_absence: bool = True


PROFILES: Final[dict[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile("csv"),
        Profile("csv-late-is-present", lateness_is_absence=False),
        Profile("csv-semicolon-latin1", delimiter=";", encoding="cp1252"),
    )
}


def profile_named(name: str) -> Profile:
    """The profile of that name.

    Raises  Refusal 'profile_unknown'
    """
    if name not in PROFILES:
        listed = ", ".join(sorted(PROFILES))
        raise Refusal(
            "profile_unknown",
            what=("Läsprofilen finns inte.", "There is no such profile."),
            todo=(f"Välj en av: {listed}.", f"Choose one of: {listed}."),
        )
    return PROFILES[name]
