"""Another authority's twin of each of the pals: same schools, classes, duties and given names, another source."""

from typing import Any

import polars as pl

from pluginnovation.records.sink import IdentityChanges
from tests.pals import PUPILS, STAFF, code_of, persons, work

TWINS = "tvillingby"
FAMILY = "Tvillingsson"


def twin_code(name: str) -> str:
    """The code of a pal's twin."""
    return f"t{name}".ljust(16, "y")


def twins_move_in() -> dict[str, Any]:
    """Put the twins in the database, pupils and staff; the staff's users by the pals' names."""
    from pluginnovation.web.people.models import User
    from pluginnovation.web.people.sink import PeopleSink

    codes = {code_of(name): twin_code(name) for name in (*PUPILS, *STAFF)}
    people = persons().with_columns(
        pl.col("code").replace_strict(codes),
        pl.lit(TWINS).alias("source"),
        pl.lit(FAMILY).alias("family_name"),
        pl.col("source_id") + "-twin",
        pl.when(pl.col("civic_no").is_not_null()).then(pl.col("civic_no") + "-twin").alias("civic_no"),
        pl.when(pl.col("eppn").is_not_null()).then("twin." + pl.col("eppn")).alias("eppn"),
    )
    ties = {
        name: frame.with_columns(pl.col(column).replace_strict(codes) for column in frame.columns if column in NAMED)
        for name, frame in work().items()
    }
    PeopleSink().take(IdentityChanges(TWINS, people, None, ties))
    return {name: User.objects.get(person=twin_code(name)) for name in STAFF}


NAMED = ("pupil", "person")
