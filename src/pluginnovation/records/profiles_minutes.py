"""Two rules of a profile about minutes: where late ones belong, and what nobody reported."""

from typing import Final

import polars as pl

from .columns import Table
from .profiles import COLUMN, EMPTY, MINUTES, NOTHING, REASON, Profile

_PARTS: Final = ("attended", "other", "excused", "unexcused")
_ENDINGS: Final = {"lessons": "_minutes", "attendance_sums": "_sum"}


def late_where_it_belongs(table: Table, profile: Profile, raw: pl.DataFrame) -> pl.DataFrame:
    """Late minutes that the export counts apart, added to unexcused absence; to attendance if lateness isn't absence.

    Empty attendance stays empty: it is what remains of the lesson, late minutes included.
    """
    ending = _ENDINGS.get(table.file, "")
    late = f"late{ending}"
    if not ending or not profile.late_is_apart or late not in raw.columns:
        return raw
    target = f"{'unexcused' if profile.lateness_is_absence else 'attended'}{ending}"
    raw = raw if target in raw.columns else raw.with_columns(pl.lit(None, dtype=pl.String).alias(target))
    empty = pl.lit(0) if profile.lateness_is_absence else pl.lit(None)
    before = pl.when(pl.col(target).is_null()).then(empty).otherwise(_number(target))
    # What isn't a number stays, and the row is set aside for it.
    return raw.with_columns(pl.coalesce((before + _number(late)).cast(pl.String), pl.col(target)).alias(target))


def said_reported(table: Table, profile: Profile, raw: pl.DataFrame) -> pl.DataFrame:
    """Which lessons were reported, and how much of what was offered, as the profile's rule tells."""
    if table.file == "lessons":
        return _lessons(profile, raw)
    return _sums(profile, raw) if table.file == "attendance_sums" else raw


def _lessons(profile: Profile, raw: pl.DataFrame) -> pl.DataFrame:
    rule = profile.unreported
    unreported = "unreported_minutes"
    if rule.said_by == NOTHING:
        raw = raw.with_columns(pl.lit("true").alias("is_reported"))
    elif rule.said_by == EMPTY:
        said = [name for name in (*(f"{part}_minutes" for part in (*_PARTS, "late")), REASON) if name in raw.columns]
        some = pl.any_horizontal(pl.col(name).is_not_null() for name in said) if said else pl.lit(value=False)
        raw = raw.with_columns(_truth(some).alias("is_reported"))
    elif rule.said_by == MINUTES and unreported in raw.columns:
        odd = pl.when(pl.col(unreported).is_not_null() & _number(unreported).is_null()).then(pl.col(unreported))
        raw = raw.with_columns(pl.coalesce(odd, _truth(_number(unreported).fill_null(0) <= 0)).alias("is_reported"))
        if not rule.is_within_offered:
            raw = raw.with_columns(_added("offered_minutes", _number("offered_minutes"), _number(unreported)))
    elif rule.said_by == MINUTES:
        raw = raw.with_columns(pl.lit("true").alias("is_reported"))
    if rule.is_offered or "is_reported" not in raw.columns:
        return raw
    silent = pl.col("is_reported").str.to_lowercase() == "false"
    return raw.with_columns(
        pl.when(silent).then(pl.lit("0")).otherwise(pl.col("offered_minutes")).alias("offered_minutes")
    )


def _sums(profile: Profile, raw: pl.DataFrame) -> pl.DataFrame:
    rule = profile.unreported
    unreported = "unreported_sum"
    parts = [_number(f"{part}_sum").fill_null(0) for part in _PARTS if f"{part}_sum" in raw.columns]
    total = pl.sum_horizontal(parts) if parts else pl.lit(None, dtype=pl.Int64)
    offered = _number("offered_sum") if "offered_sum" in raw.columns else pl.lit(None, dtype=pl.Int64)
    if "reported_sum" not in raw.columns and rule.said_by != COLUMN:
        reported = total if rule.said_by == EMPTY else pl.coalesce(offered, total)
        silent = _number(unreported) if unreported in raw.columns else pl.lit(0)
        if rule.said_by == MINUTES and unreported in raw.columns:
            reported = reported - silent.fill_null(0) if rule.is_within_offered else reported
            odd = pl.when(pl.col(unreported).is_not_null() & silent.is_null()).then(pl.col(unreported)).otherwise(None)
        else:
            odd = pl.lit(None, dtype=pl.String)
        raw = raw.with_columns(pl.coalesce(odd, reported.cast(pl.String)).alias("reported_sum"))
        if rule.said_by == MINUTES and not rule.is_within_offered and "offered_sum" in raw.columns:
            raw = raw.with_columns(_added("offered_sum", offered, silent))
    if rule.is_offered or "reported_sum" not in raw.columns:
        return raw
    return raw.with_columns(pl.col("reported_sum").alias("offered_sum"))


def _number(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.Int64, strict=False)


def _truth(said: pl.Expr) -> pl.Expr:
    return pl.when(said).then(pl.lit("true")).otherwise(pl.lit("false"))


def _added(name: str, before: pl.Expr, more: pl.Expr) -> pl.Expr:
    """A column with more minutes; as it stands where it isn't a number."""
    return pl.coalesce((before + more.fill_null(0)).cast(pl.String), pl.col(name)).alias(name)
