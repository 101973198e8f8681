"""Pictures of youths without a school, apart from pupils': no school counts them, and no school's page shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from pluginnovation.signals.rules import RuleSet

from ..models import YouthSnapshot
from .copying import copy_in
from .pupil_json import figures_lines

COLUMNS: Final = ("pupil", "run_id", "figures")


def write_youths(
    youths: pl.DataFrame, since: pl.DataFrame, runs: Mapping[str, int], rules: Mapping[str, RuleSet], as_of: date
) -> None:
    """Write a picture of each youth; the old ones are gone already.

    Takes   youths   their signals of the day, as `write.SIGNAL_COLUMNS`
            since    pupil, signal, since: the day it began, for signals that are raised
            runs     a source -> the number of its run
            rules    a source -> its rule set, where its words tell other numbers than the default's
    """
    if not youths.height:
        return
    raised = pl.col("raised").fill_null(False)
    dated = youths.join(since, on=["pupil", "signal"], how="left", maintain_order="left")
    dated = dated.with_columns(since=pl.when(raised).then(pl.col("since").fill_null(as_of)))
    pupils = dated.unique("pupil", keep="first", maintain_order=True).select("pupil", "source")
    run = pl.col("source").replace_strict(runs, return_dtype=pl.Int64)
    before = pupils.select(pl.format("{}\t{}\t", "pupil", run)).to_series()
    copy_in(YouthSnapshot._meta.db_table, COLUMNS, [figures_lines(dated, before, rules)])
