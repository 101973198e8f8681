"""Figures as JSON, a million at a time: put together by columns, since one row at a time takes ten times as long."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec
import polars as pl

from pluginnovation.signals.reasons import reason
from pluginnovation.signals.rules import RULE_SET_1, RuleSet

from ..figures import DAYS, NUMBERS, PLACES, TEXTS

NULL: Final = pl.lit("null")
_json = msgspec.json.Encoder()
_special = re.compile(r'["\\\x00-\x1f]')


def figures_json(figures: pl.DataFrame, rules: Mapping[str, RuleSet]) -> pl.DataFrame:
    """pupil and json: each figure as one JSON array in the order of `figures.PLACES`, escaped for COPY.

    Takes   rules   a source -> its rule set, where its words tell other numbers than the default's
    """
    # A raised or unknown signal keeps the words it was given; the rest are told from their numbers, by the default
    # rules. With other rules every one keeps its words.
    said = figures["raised"].fill_null(True)
    said = said | figures["source"].is_in(list(rules)) if rules else said
    spoken = figures.with_columns(_reasons(figures, said, rules))
    parts = {
        "signal": _plain("signal"),
        "value": pl.col("value").round(4).cast(pl.String).fill_null(NULL),
        "level": pl.col("level").cast(pl.String).fill_null(NULL),
        "raised": pl.col("raised").cast(pl.String).fill_null(NULL),
        "reason_sv": pl.col("reason_sv"),
        "reason_en": pl.col("reason_en"),
    }
    parts |= {name: _plain(name) for name in DAYS}
    parts |= {name: pl.col(name).cast(pl.String).fill_null(NULL) for name in NUMBERS}
    parts |= {name: _texts(figures[name]) for name in TEXTS}
    row = pl.concat_str([parts[name] for name in PLACES], separator=",")
    return spoken.select("pupil", json=pl.format("[{}]", row))


def _plain(name: str) -> pl.Expr:
    """A date or one of our own words: nothing in it needs escaping."""
    return pl.format('"{}"', pl.col(name).cast(pl.String)).fill_null(NULL)


def _texts(column: pl.Series) -> pl.Expr:
    """A source's own texts: few different ones, each escaped once."""
    escaped = {text: _escaped(text) for text in column.unique().drop_nulls()}
    return pl.col(column.name).replace_strict(escaped, default=None, return_dtype=pl.String).fill_null(NULL)


def _escaped(text: str) -> str:
    if not _special.search(text):
        return f'"{text}"'
    return _json.encode(text.replace("\x00", "")).decode().replace("\\", "\\\\")


def _reasons(figures: pl.DataFrame, said: pl.Series, rules: Mapping[str, RuleSet]) -> list[pl.Series]:
    chosen = figures.filter(said).rows(named=True)
    columns = []
    for spoken in ("sv", "en"):
        texts = iter([_escaped(reason(row, spoken, rules.get(row["source"], RULE_SET_1))) for row in chosen])
        columns.append(pl.Series(f"reason_{spoken}", [next(texts) if yes else "null" for yes in said.to_list()]))
    return columns
