"""Municipalities' pictures: figures that may leave the municipality, with small numbers hidden."""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from pluginnovation.privacy.small_numbers import Count, hidden_places, too_few

from .group_rows import Seen
from .lines import escaped
from .place_drawings import lines_by
from .sums import coverage_of, share_of, sums_by

COLUMNS: Final = (
    "municipality", "run_id", "name", "sort_key", "schools", "pupils", "signalled_share", "share", "coverage",
    "hidden", "line",
)  # fmt: skip
WHOLE_REGION: Final = ""


def municipality_rows(seen: Seen) -> pl.DataFrame:
    """COLUMNS of every municipality with a known school, and of the whole region, ready for COPY.

    Only pupils whose absence is known count, so that no figure is the difference of two others.
    """
    municipality = {school: seen.places.municipality(school) for school in seen.pupils["school"].unique()}
    column = pl.col("school").replace_strict(municipality, return_dtype=pl.String)
    here = seen.pupils.filter(pl.col("share").is_not_null()).with_columns(municipality=column)
    here = here.filter(pl.col("municipality") != "").sort("municipality")
    # Where authorities with different rules share a municipality, the strictest decides what is known of it.
    least: dict[str, int] = {}
    for school, percent in seen.least_by_school().items():
        least[municipality[school]] = max(percent, least.get(municipality[school], 0))
    lines = dict(lines_by(seen.weeks, here, "municipality", least).iter_rows())
    schools = dict(here.group_by("municipality").agg(pl.col("school").n_unique()).iter_rows())
    summed = sums_by(here, "municipality").sort("municipality")
    sums = [(row["municipality"], row) for row in summed.iter_rows(named=True)]
    counts = [Count(row["pupils"], row["signalled"]) for _place, row in sums]
    hidden = hidden_places(counts)
    run = min(seen.runs.values(), default=0)
    rows = [
        (place, run, *seen.places.municipality_name(place), schools[place],
         *_figures(row, counts[number], lines.get(place, ""), hide=number in hidden, least=least[place]))
        for number, (place, row) in enumerate(sums)
    ]  # fmt: skip
    total = {name: sum(row[name] for _place, row in sums) for name in ("away", "reported", "offered")}
    count = Count(sum(count.all for count in counts), sum(count.some for count in counts))
    whole = _figures(total, count, "", hide=too_few(count), least=max(least.values(), default=0))
    rows.append((WHOLE_REGION, run, "", "", sum(schools.values()), *whole))
    told = pl.DataFrame(rows, schema=COLUMNS, orient="row", infer_schema_length=None)
    return told.with_columns(escaped(name) for name in ("municipality", "name", "sort_key"))


def _figures(row: Mapping[str, Any], count: Count, drawn: str, *, hide: bool, least: int) -> tuple[Any, ...]:
    if hide:
        return None, None, None, None, True, ""
    share = 100 * count.some // count.all
    return count.all, share, share_of(row, least), coverage_of(row), False, drawn
