"""What one signal is in words: the shape of every entry in the catalogue."""

from dataclasses import dataclass

from pluginnovation.signals.rules import Limits


@dataclass(frozen=True, slots=True)
class Entry:
    """One signal in words.

    title_*   its name
    text_*    how it is counted, in plain words
    unit      share, percentage_points, minutes, days, lessons, percent, subjects, passes, points, moves or yes_no
    limits    where level 1, 2 and 3 begin (percent for a share)
    source    where the definition comes from
    """

    title_sv: str
    title_en: str
    text_sv: str
    text_en: str
    unit: str
    limits: Limits
    source: str
