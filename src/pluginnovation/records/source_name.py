"""What a source is called when nobody says: the name of the one authority (Huvudman) in it."""

import polars as pl

from .csv_rows import opened, rows
from .profiles import Profile
from .refusals import Refusal
from .sources import CSV, Source
from .tables import ORGANISATIONS


def name_of_source(source: Source, profile: Profile) -> str:
    """The display name of the one Huvudman in the source.

    Raises  Refusal 'source_name_needed' when it has none, or several
    """
    names = _authorities(source, profile)
    if len(names) != 1:
        raise Refusal(
            "source_name_needed",
            what=(
                f"Källan har {len(names) or 'ingen'} huvudmän, så dess namn framgår inte."
                if len(names) != 0
                else "Källan har ingen huvudman, så dess namn framgår inte.",
                f"The source has {len(names) or 'no'} authorities (Huvudman), so it doesn't tell its name.",
            ),
            todo=("Ange namnet med --source NAMN.", "Give the name with --source NAME."),
        )
    return names[0]


def _authorities(source: Source, profile: Profile) -> list[str]:
    if source.kind != CSV:
        return []
    found: list[str] = []
    for path in source.files.get("organisations", ()):
        for raw in rows(opened(path, ORGANISATIONS, profile)):
            said = raw.filter(pl.col("organisation_type") == "Huvudman").unique("id", maintain_order=True)
            found += said["display_name"].drop_nulls().to_list()
    return sorted(set(found))
