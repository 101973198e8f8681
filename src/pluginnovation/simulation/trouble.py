"""Trouble with the data, on demand: what real deliveries bring, planted where we know.

`plant` changes a folder that is otherwise good and tells what it did, row by row. What each kind means stands in
KINDS; the rules are those of `records/rules.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

import polars as pl

from pluginnovation.records.refusals import Refusal

from .trouble_deliveries import corrections, duplicates, elsewhere, partial
from .trouble_json import objects
from .trouble_planted import SCHEMA, Planted
from .trouble_refused import refused
from .trouble_rows import bad_rows
from .trouble_vendors import edlevo, vklass
from .writing import write_csv

KINDS: Final[Mapping[str, Callable[[Path, frozenset[str]], list[Planted]]]] = {
    "corrections": corrections,
    "partial": partial,
    "vklass": vklass,
    "edlevo": edlevo,
    "refused": refused,
    "moved": elsewhere,
    "duplicates": duplicates,
    "rows": bad_rows,
    "objects": objects,
}


def known_trouble(names: Iterable[str], *, json: bool) -> tuple[str, ...]:
    """The names once each, in the order in which they are planted.

    Takes   json   whether there is an SS 12000 folder to plant objects in
    Raises  Refusal when one of them is unknown, or about a folder that isn't written
    """
    asked = list(names)
    for name in asked:
        if name not in KINDS:
            raise _refused(
                (f"Inget fel heter {name[:40]!r}.", f"No trouble is called {name[:40]!r}."),
                (f"Välj bland {', '.join(KINDS)}.", f"Choose among {', '.join(KINDS)}."),
            )
    if "objects" in asked and not json:
        raise _refused(
            (
                "objects är fel i SS 12000 JSON, som inte skrivs.",
                "objects is about SS 12000 JSON, which isn't written.",
            ),
            ("Skriv JSON också (--ss12000).", "Write JSON too (--ss12000)."),
        )
    # The good files are read first: deliveries beside them, and then what is added to their ends.
    return tuple(name for name in KINDS if name in asked)


def _refused(what: tuple[str, str], todo: tuple[str, str]) -> Refusal:
    return Refusal("simulation_trouble", where="--trouble", what=what, todo=todo)


def plant(folder: Path, names: Iterable[str], protected: frozenset[str]) -> pl.DataFrame:
    """Plant trouble in a folder of CSV and tell what was planted.

    Takes   names       out of KINDS
            protected   person ids that no planted row may be about: their rows are refused as theirs
    Writes  FOLDER/truth/trouble.csv
    Gives   trouble; file, below the folder; line, the header being 1; expected: the rule that turns the row away, or
            superseded, changed, unchanged or stored, or how the whole delivery is refused
    Raises  Refusal when a name is unknown
    """
    written = (folder / "ss12000").exists()
    planted = [row for name in known_trouble(names, json=written) for row in KINDS[name](folder, protected)]
    frame = pl.DataFrame([(row.trouble, row.file, row.line, row.expected) for row in planted], SCHEMA, orient="row")
    write_csv(frame, folder / "truth" / "trouble.csv")
    return frame
