"""Lists with a row per reason: the rows of one lesson put together, the minutes of each reason in their own column."""

from typing import Final

import polars as pl

from .columns import Table
from .csv_rows import RAGGED, ROW
from .profiles import BESIDE, REASON, FileRule

ODD: Final = "odd_reason"

_PART: Final = "part"
_UNREADABLE: Final = "?"


def by_reason(table: Table, rule: FileRule, raw: pl.DataFrame) -> pl.DataFrame:
    """One row per key; the same key and reason again is a correction, and the last one counts.

    Takes   raw   one row per key and reason; lengths are whole minutes as text
    Gives   one row per key: a column of minutes per reason, null where nothing was said; `reason` (null when no row
            had one), `row_no` of the first, `odd_reason` true where a reason isn't among the rule's
    """
    minutes = BESIDE[table.file][1]
    if REASON not in raw.columns or minutes not in raw.columns:
        return raw
    columns = {column.name: column.csv for column in table.columns}
    key = [columns[name] for name in table.key]
    words = {word.strip().lower(): part for word, part in rule.reasons.items()}
    said = pl.col(REASON).str.strip_chars().str.to_lowercase()
    rows = raw.with_columns(pl.when(said != "").then(said).alias(REASON))
    rows = rows.with_columns(pl.col(REASON).replace_strict(words, default=None, return_dtype=pl.String).alias(_PART))
    first = rows.group_by(key, maintain_order=True).agg(pl.col(ROW).min())
    last = rows.unique(subset=[*key, REASON], keep="last", maintain_order=True)
    rest = [name for name in raw.columns if name not in {*key, ROW, RAGGED, REASON, minutes, *words.values()}]
    gathered = last.group_by(key, maintain_order=True).agg(
        *(pl.col(name).last() for name in rest),
        *([pl.col(RAGGED).any()] if RAGGED in raw.columns else []),
        *(_minutes_of(part, minutes) for part in dict.fromkeys(words.values())),
        pl.col(REASON).drop_nulls().last(),
        (pl.col(REASON).is_not_null() & pl.col(_PART).is_null()).any().alias(ODD),
    )
    return gathered.join(first, on=key, how="left", nulls_equal=True, maintain_order="left")


def _minutes_of(part: str, minutes: str) -> pl.Expr:
    """The minutes of the reasons that belong in a column, as text; a cell that isn't minutes makes it unreadable."""
    mine = pl.col(_PART) == part
    cells = pl.col(minutes).filter(mine)
    numbers = cells.cast(pl.Int64, strict=False)
    total = numbers.sum().cast(pl.String)
    unreadable = cells.filter(numbers.is_null()).fill_null(_UNREADABLE).first()
    return pl.when(mine.any()).then(pl.coalesce(unreadable, total)).alias(part)
