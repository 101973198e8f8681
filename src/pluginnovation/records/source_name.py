"""What a source is called when nobody says: the name of the one authority (Huvudman) in it."""

import polars as pl

from .pieces import CsvFolder, RecordsFolder
from .profiles import Profile
from .refusals import Refusal
from .sources import CSV, Source
from .ss_reading import SsFolder
from .tables import ORGANISATIONS


def name_of_source(source: Source, profile: Profile) -> str:
    """The display name of the one Huvudman in the source.

    Raises  Refusal 'source_name_needed' when it has none, or several
    """
    found = _authorities(CsvFolder(source, profile) if source.kind == CSV else SsFolder(source))
    if len(found) == 1:
        return found[0]
    raise Refusal(
        "source_name_needed",
        what=(
            f"Källan har {len(found)} huvudmän, så dess namn framgår inte."
            if found
            else "Källan har ingen huvudman, så dess namn framgår inte.",
            f"The source has {len(found) or 'no'} authorities (Huvudman), so it doesn't tell its name.",
        ),
        todo=("Ange namnet med --source NAMN.", "Give the name with --source NAME."),
    )


def _authorities(records: RecordsFolder) -> list[str]:
    if not records.gives(ORGANISATIONS.name):
        return []
    given = [piece.rows for piece in records.pieces(ORGANISATIONS.name) if piece.rows.width]
    said = [rows.filter(pl.col("organisation_type") == "Huvudman")["display_name"].drop_nulls() for rows in given]
    return sorted(set(pl.concat(said).to_list())) if said else []
