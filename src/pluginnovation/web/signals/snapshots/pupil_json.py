"""Figures as JSON, a million at a time: put together by columns, since one row at a time takes ten times as long."""

import re
from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np
import polars as pl

from pluginnovation.signals.reasons import teller
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.wording import EN, SV

from ..figures import DAYS, ENDING, NUMBERS, REASONS, TEXTS
from .lines import written

NULL: Final = pl.lit("null")
# What a reason is told from. Pupils who share all of it share the words.
TOLD_FROM: Final = (
    "signal", "source", "value", "unit", "raised", "numerator", "denominator", "detail_1", "detail_2", "detail_3",
    "detail_text", "activity_name", "school_days", "rests_from", "rests_to", "as_of",
)  # fmt: skip
_json = msgspec.json.Encoder()
_special = re.compile(r'["\\\x00-\x1f]')


def figures_lines(figures: pl.DataFrame, before: pl.Series, rules: Mapping[str, RuleSet]) -> bytes:
    """COPY text: a line for each pupil, the cells before and then the figures as a JSON list of lists.

    The lists are in the order of `figures.PLACES`, days are whole numbers, and what is empty at the end is left out:
    see `figures.unpacked`. Every figure is written straight into its line, since putting the texts together by pupil
    would take longer than all else here.

    Takes   figures   each pupil's figures after one another
            before    the cells before the figures with their tabs, a text for each pupil in the same order
            rules     a source -> its rule set, where its words tell other numbers than the default's
    """
    pupil = figures["pupil"]
    first, last = pupil.ne_missing(pupil.shift(1)), pupil.ne_missing(pupil.shift(-1))
    if len(figures):
        first[0], last[-1] = True, True
    spoken = figures.with_columns(_reasons(figures, rules), first=first, last=last)
    opened = spoken.filter("first").select(pl.format('{}[["{}"', before, "signal")).to_series()
    number = (pl.col("first").cum_sum() - 1).cast(pl.UInt32)
    rows = spoken.select(
        pl.when("first").then(pl.lit(opened).gather(number)).otherwise(pl.format(',["{}"', "signal")),
        pl.col("value").round(4),
        "level",
        "raised",
        *(pl.col(name).cast(pl.Int32) for name in DAYS),
        *NUMBERS[:-1],
        _ending(spoken),
    )
    return written(rows, separator=",", null="null", end="")


def _ending(figures: pl.DataFrame) -> pl.Series:
    """The last number, what of the rest isn't empty, and what closes the list: few have more than the number."""
    more = figures.select(pl.any_horizontal(pl.col(name).is_not_null() for name in ENDING)).to_series()
    some = figures.filter(more)
    texts = [_texts(some[name]) if name in TEXTS else pl.col(name) for name in ENDING]
    told = some.select(pl.concat_str([pl.format(",{}", text.fill_null(NULL)) for text in texts])).to_series()
    rest = pl.concat([pl.Series([""]), told]).gather(more.cum_sum() * more)
    close = pl.when("last").then(pl.lit("]]\n")).otherwise(pl.lit("]"))
    number = pl.col(NUMBERS[-1]).cast(pl.String).fill_null(NULL)
    return figures.select(pl.concat_str(number, rest, close).alias("ending")).to_series()


def _texts(column: pl.Series) -> pl.Expr:
    """A source's own texts: few different ones, each escaped once."""
    escaped = {text: _escaped(text) for text in column.unique().drop_nulls()}
    return pl.col(column.name).replace_strict(escaped, default=None, return_dtype=pl.String)


def _escaped(text: str) -> str:
    if not _special.search(text):
        return f'"{text}"'
    return _json.encode(text.replace("\x00", "")).decode().replace("\\", "\\\\")


def _reasons(figures: pl.DataFrame, rules: Mapping[str, RuleSet]) -> list[pl.Series]:
    """The words of each figure that keeps its own, as JSON.

    A raised or unknown signal keeps the words it was given; the rest are told from their numbers, by the default rules.
    With other rules every one keeps its words.
    """
    said = pl.col("raised").fill_null(True) | pl.col("source").is_in(list(rules))
    numbered = figures.select(*TOLD_FROM, said=said).with_row_index("no").filter("said")
    different = numbered.group_by(TOLD_FROM, maintain_order=True).agg("no")
    rows = [dict(zip(TOLD_FROM, row, strict=True)) for row in different.select(TOLD_FROM).rows()]
    # Which words each figure has: the first are none.
    words = np.zeros(len(figures), dtype=np.uint32)
    at = different.select("no").with_row_index("words", offset=1).explode("no")
    words[at["no"].to_numpy()] = at["words"].to_numpy()
    told = []
    for name, language in zip(REASONS, (SV, EN), strict=True):
        tell = {source: teller(language, rules.get(source, RULE_SET_1)) for source in figures["source"].unique()}
        texts = [None, *(_escaped(tell[row["source"]](row)) for row in rows)]
        told.append(pl.Series(name, texts, dtype=pl.String).gather(words))
    return told
