"""Where pupils are on a day, from the working copies that `people` keeps."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import polars as pl

from pluginnovation.web.people.models import Organisation
from pluginnovation.web.people.names import sort_key

from .copying import frame_of

# A text for each group: pupils are in many. Who is there twice is told apart afterwards, since the database would sort.
MEMBERS: Final = """
SELECT m.group_id, string_agg(m.pupil_id, ' ')
FROM people_membership m JOIN people_group g ON g.code = m.group_id
WHERE coalesce(m.start_date, '-infinity') <= %(day)s AND coalesce(m.end_date, 'infinity') >= %(day)s
  AND coalesce(g.start_date, '-infinity') <= %(day)s AND coalesce(g.end_date, 'infinity') >= %(day)s
GROUP BY m.group_id
"""
GROUPS: Final = "SELECT code, source, source_id, display_name, group_type, organisation_id FROM people_group"
YEARS: Final = """
SELECT DISTINCT ON (pupil_id) pupil_id, school_year FROM people_enrolment
WHERE start_date <= %(day)s AND coalesce(end_date, 'infinity') >= %(day)s AND school_year IS NOT NULL
ORDER BY pupil_id, start_date DESC, organisation_id
"""
AUTHORITY: Final = "Huvudman"
MOST_LEVELS: Final = 5


@dataclass(frozen=True, slots=True)
class Places:
    """Groups and memberships on a day, and all organisations.

    members   group (code), pupil, each group's after one another
    groups   code, source, source_id, display_name, group_type, school (code)
    years     pupil, year: the school year of the pupil's enrolment
    """

    members: pl.DataFrame
    groups: pl.DataFrame
    years: pl.DataFrame
    organisations: dict[str, Organisation]

    def municipality(self, school: str) -> str:
        """The municipality's code of a school, its own or the nearest above it; empty when none is known."""
        place = self.organisations.get(school)
        for _step in range(MOST_LEVELS):
            if place is None or place.municipality:
                break
            place = self.organisations.get(place.parent_id or "")
        return place.municipality if place else ""

    def municipality_name(self, municipality: str) -> tuple[str, str]:
        """The name of the authority that a municipality's code stands for, and its key of order."""
        named = sorted(
            (place.sort_key, place.display_name)
            for place in self.organisations.values()
            if place.municipality == municipality and place.organisation_type == AUTHORITY
        )
        order, name = named[0] if named else ("", "")
        name = name or municipality
        return name, order or sort_key(name, "")


def places_on(day: date) -> Places:
    """The places of a day."""
    text = pl.String
    asked: Any = {"day": day}
    return Places(
        members=frame_of(MEMBERS, asked, {"group": text, "pupil": text})
        .with_columns(pl.col("pupil").str.split(" "))
        .explode("pupil")
        .unique(maintain_order=True),
        groups=frame_of(
            GROUPS, (),
            {"code": text, "source": text, "source_id": text, "display_name": text, "group_type": text, "school": text},
        ),
        years=frame_of(YEARS, asked, {"pupil": text, "year": pl.Int16}),
        organisations=Organisation.objects.in_bulk(),
    )  # fmt: skip
