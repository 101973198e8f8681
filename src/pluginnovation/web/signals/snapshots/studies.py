"""What the meters need of each pupil, asked of the engine as texts, and the meters as JSON for the snapshot."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import msgspec
import polars as pl

from pluginnovation import reference
from pluginnovation.records.facts import Facts
from pluginnovation.records.store import Store
from pluginnovation.signals import meters
from pluginnovation.signals.grades import grades_of
from pluginnovation.signals.meters.packing import Record, path_document, study_document
from pluginnovation.signals.meters.records import enrolment_records, study_records
from pluginnovation.signals.rules import RULE_SET_1, RuleSet
from pluginnovation.signals.scope import Scope

COLUMNS: Final = (
    "compulsory", "upper", "subjects", "courses", "plan", "programme", "school_year", "school_type", "first_start",
)  # fmt: skip
SHOWN: Final = ("letters", "graded_to", "path")
NO_STUDIES: Final = pl.DataFrame(schema=dict.fromkeys(("pupil", *COLUMNS, *SHOWN), pl.String))
STUDY_COLUMNS: Final = ("pupil", "key", "document", "strip")
NOTHING: Final = "null"
_json = msgspec.json.Encoder()


def studies_of(store: Store, facts: Facts, scope: Scope) -> pl.DataFrame:
    """pupil, COLUMNS and SHOWN: one row per pupil with an enrolment, sorted by pupil."""
    grades = grades_of(facts, facts.enrolments, scope, keep=store.materialise)
    told = store.frame(study_records(grades, facts, scope))
    paths = store.frame(enrolment_records(facts, scope))
    both = paths.join(told, on="pupil", how="left")
    return both.select("pupil", *COLUMNS, *SHOWN).sort("pupil")


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of the studies and enrolments of some pupils.

    pupils   pupil, meters (JSON, escaped for COPY) and strip, in the pupils' order
    made     STUDY_COLUMNS as COPY text, of those whose record or rules are others than before
    """

    pupils: pl.DataFrame
    made: bytes


def told_of_studies(
    pupils: pl.DataFrame, studies: pl.DataFrame, kept: pl.DataFrame, as_of: date, rules: Mapping[str, RuleSet]
) -> Told:
    """The meters of some pupils; what was told before and still holds isn't made again.

    Each different record is worked out once, and put beside the pupils that have it by columns: one pupil at a time
    takes three times as long.

    Takes   pupils    pupil and source
            studies   as `studies_of` gives them
            kept      pupil, key, strip of the documents that are kept
            rules     a source -> its rule set, where moves and days without a school may count otherwise
    """
    known = studies.join(pupils, on="pupil", how="semi")
    known = known.join(_keyed(known, as_of), on=list(COLUMNS), how="left", nulls_equal=True)
    known = known.join(kept.rename({"key": "before"}), on="pupil", how="left")
    stale = known.filter(pl.col("key").ne_missing(pl.col("before"))).drop("strip")
    stale = stale.join(_studies_told(stale, as_of), on="key", how="left")
    holds = known.filter(pl.col("key").eq_missing(pl.col("before"))).select("pupil", "strip")
    strips = pl.concat([holds, stale.select("pupil", "strip")])
    ruled = pl.when(pl.col("source").is_in(list(rules))).then("source").otherwise(pl.lit(""))
    joined = pupils.select("pupil", ruled=ruled).join(studies, on="pupil", how="left", maintain_order="left")
    joined = joined.join(strips, on="pupil", how="left", maintain_order="left")
    told = _paths_told(joined, as_of, rules)
    joined = joined.join(told, on=["path", "ruled"], how="left", maintain_order="left")
    # A source's own codes stand in these: escaped one by one, which takes no time.
    letters = pl.Series([_encoded(text) for text in joined["letters"]], dtype=pl.String)
    parts = (
        letters,
        pl.format('"{}"', pl.col("graded_to").cast(pl.String)).fill_null(NOTHING),
        pl.col("told").fill_null(NOTHING),
    )
    packed = pl.format("[{}]", pl.concat_str(parts, separator=","))
    lines = stale.select(pl.concat_str(STUDY_COLUMNS, separator="\t") + "\n").to_series().to_list()
    return Told(joined.select("pupil", meters=packed, strip=pl.col("strip").fill_null("")), "".join(lines).encode())


def _keyed(studies: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """COLUMNS and key: one row for each different record."""
    records, made = studies.select(COLUMNS).unique(), made_by(as_of)
    keys = [study_key(row, made) for row in records.iter_rows()]
    return records.with_columns(key=pl.Series(keys, dtype=pl.String))


def study_key(record: Sequence[Any], made: bytes) -> str:
    """The digest of a pupil's record of studies and of what else its document depends on."""
    return blake2b(repr(record).encode(), digest_size=12, key=made).hexdigest()


def made_by(as_of: date) -> bytes:
    """What a document depends on beside the record: the code that makes it, and the day.

    A day decides by the terms that have ended and the rules that hold, and both change where months meet: the last
    day of a month and the first are told apart from the days between.
    """
    tomorrow = as_of + timedelta(days=1)
    return _code() + f"{as_of:%Y-%m} {tomorrow:%Y-%m}".encode()


@cache
def _code() -> bytes:
    """A digest of the files that documents are made by: after an upgrade they are made anew."""
    folders = [Path(str(module.__file__)).parent for module in (meters, reference)]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    return blake2b(b"".join(file.read_bytes() for file in files), digest_size=12).digest()


def _studies_told(studies: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """key, document (JSON) and strip: one row for each different record."""
    records = studies.select("key", *COLUMNS).unique("key")
    found = [study_document(_record(row), as_of) for row in records.drop("key").iter_rows()]
    return records.select(
        "key",
        document=pl.Series([_encoded(document) for document in found], dtype=pl.String),
        strip=pl.Series([document["strip"] if document else "" for document in found], dtype=pl.String),
    )


def _paths_told(studies: pl.DataFrame, as_of: date, rules: Mapping[str, RuleSet]) -> pl.DataFrame:
    """path, ruled (the source whose rules it goes by, empty by default) and told (JSON): one row for each different."""
    records = studies.select("path", "ruled").unique().drop_nulls()
    told = [_encoded(path_document(path, as_of, rules.get(ruled, RULE_SET_1))) for path, ruled in records.iter_rows()]
    return records.with_columns(told=pl.Series(told, dtype=pl.String))


def _record(values: Sequence[Any]) -> Record:
    compulsory, upper, *rest = values
    return Record(bool(compulsory), bool(upper), *rest)


def _encoded(value: Any) -> str:
    return NOTHING if value is None else _json.encode(value).decode().replace("\\", "\\\\")
