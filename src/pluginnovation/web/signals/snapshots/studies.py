"""What the meters need of each pupil, asked of the engine as texts, and the meters as JSON for the snapshot."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
import polars as pl

from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.signals.grades import grades_of
from pluginnovation.signals.meters.packing import Record, path_document, study_document
from pluginnovation.signals.meters.records import enrolment_records, study_records
from pluginnovation.signals.scope import Scope

COLUMNS: Final = (
    "compulsory", "upper", "subjects", "courses", "plan", "programme", "school_year", "school_type", "first_start",
)  # fmt: skip
SHOWN: Final = ("letters", "graded_to", "path")
NO_STUDIES: Final = pl.DataFrame(schema=dict.fromkeys(("pupil", *COLUMNS, *SHOWN), pl.String))
NOTHING: Final = "null"
_json = msgspec.json.Encoder()


def studies_of(store: Store, facts: Facts, scope: Scope) -> pl.DataFrame:
    """pupil, COLUMNS and SHOWN: one row per pupil with an enrolment, sorted by pupil."""
    grades = grades_of(facts, scope, keep=store.materialise)
    told = store.frame(study_records(grades, facts, scope))
    paths = store.frame(enrolment_records(facts, scope))
    both = paths.join(told, on="pupil", how="left")
    return both.select("pupil", *COLUMNS, *SHOWN).sort("pupil")


def meters_json(pupils: pl.DataFrame, studies: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """pupil, meters (JSON, escaped for COPY) and strip, in the pupils' order.

    Each different record is worked out once, and put beside the pupils that have it by columns: one pupil at a time
    takes three times as long.

    Takes   studies   as `studies_of` gives them
    """
    known = studies.join(pupils, on="pupil", how="semi")
    documents = _studies_told(known, as_of)
    paths = _paths_told(known, as_of)
    joined = pupils.select("pupil").join(studies, on="pupil", how="left", maintain_order="left")
    joined = joined.join(documents, on=list(COLUMNS), how="left", nulls_equal=True, maintain_order="left")
    joined = joined.join(paths, on="path", how="left", maintain_order="left")
    # A source's own codes stand in these: escaped one by one, which takes no time.
    letters = pl.Series([_encoded(text) for text in joined["letters"]], dtype=pl.String)
    parts = (
        pl.col("study").fill_null(NOTHING),
        letters,
        pl.format('"{}"', pl.col("graded_to").cast(pl.String)).fill_null(NOTHING),
        pl.col("told").fill_null(NOTHING),
    )
    meters = pl.format("[{}]", pl.concat_str(parts, separator=","))
    return joined.select("pupil", meters=meters, strip=pl.col("strip").fill_null(""))


def _studies_told(studies: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """COLUMNS, study (JSON) and strip: one row for each different record."""
    records = studies.select(COLUMNS).unique()
    found = [study_document(_record(row), as_of) for row in records.iter_rows()]
    return records.with_columns(
        study=pl.Series([_encoded(document) for document in found], dtype=pl.String),
        strip=pl.Series([document["strip"] if document else "" for document in found], dtype=pl.String),
    )


def _paths_told(studies: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """path and told (JSON): one row for each different one."""
    records = studies.select("path").unique().drop_nulls()
    told = [_encoded(path_document(path, as_of)) for path in records["path"]]
    return records.with_columns(told=pl.Series(told, dtype=pl.String))


def _record(values: Sequence[Any]) -> Record:
    compulsory, upper, *rest = values
    return Record(bool(compulsory), bool(upper), *rest)


def _encoded(value: Any) -> str:
    return NOTHING if value is None else _json.encode(value).decode().replace("\\", "\\\\")
