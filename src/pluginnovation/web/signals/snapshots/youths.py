"""Pictures of youths without a school, apart from pupils': no school counts them, and no school's page shows them."""

from collections.abc import Mapping
from datetime import date
from typing import Final

import polars as pl

from pluginnovation.signals.rules import RuleSet

from ..models import YouthSnapshot
from .copying import copy_in
from .lines import NOTHING
from .pupil_json import figures_lines

COLUMNS: Final = ("pupil", "run_id", "state", "level", "since", "figures")


def write_youths(
    youths: pl.DataFrame, since: pl.DataFrame, runs: Mapping[str, int], rules: Mapping[str, RuleSet], as_of: date
) -> None:
    """Write a picture of each youth; the old ones are gone already.

    Takes   youths   their signal of the day, one row each, as `write.SIGNAL_COLUMNS`
            since    pupil, signal, since: the day it began, for signals that are raised
            runs     a source -> the number of its run
            rules    a source -> its rule set, where its words tell other numbers than the default's
    """
    if not youths.height:
        return
    raised = pl.col("raised").fill_null(False)
    dated = youths.join(since, on=["pupil", "signal"], how="left", maintain_order="left")
    dated = dated.with_columns(since=pl.when(raised).then(pl.col("since").fill_null(as_of)))
    state = pl.when(raised).then(2).when(pl.col("level").is_null()).then(1).otherwise(0)
    run = pl.col("source").replace_strict(runs, return_dtype=pl.Int64)
    told = dated.unique("pupil", keep="first", maintain_order=True).with_columns(run_id=run, state=state)
    cells = [pl.format("{}\t", pl.col(name).cast(pl.String).fill_null(NOTHING)) for name in COLUMNS[:-1]]
    before = told.select(pl.concat_str(cells)).to_series()
    copy_in(YouthSnapshot._meta.db_table, COLUMNS, [figures_lines(dated, before, rules)])
