"""What the meters need of each pupil, asked of the engine as texts, and the meters as JSON for the snapshot."""

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
Texts = dict[int, tuple[Any, str]]
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

    Takes   studies   as `studies_of` gives them
    """
    joined = pupils.select("pupil").join(studies, on="pupil", how="left", maintain_order="left")
    texts: Texts = {}
    meters, strips = [], []
    for row in joined.select(*COLUMNS, *SHOWN).iter_rows():
        *record, letters, graded_to, path = row
        study = study_document(_record(record), as_of) if path is not None else None
        parts = (
            _text(texts, study),
            NOTHING if letters is None else _encoded(letters),
            NOTHING if graded_to is None else f'"{graded_to.isoformat()}"',
            _text(texts, path_document(path, as_of)) if path is not None else NOTHING,
        )
        meters.append(f"[{','.join(parts)}]")
        strips.append(study["strip"] if study else "")
    return pl.DataFrame({"pupil": joined["pupil"], "meters": meters, "strip": strips})


def _record(values: list[Any]) -> Record:
    compulsory, upper, *rest = values
    return Record(bool(compulsory), bool(upper), *rest)


def _text(texts: Texts, document: Any) -> str:
    """The document's JSON. Many pupils share one; it is held here, so that no other gets its number meanwhile."""
    if document is None:
        return NOTHING
    if id(document) not in texts:
        texts[id(document)] = (document, _encoded(document))
    return texts[id(document)][1]


def _encoded(value: Any) -> str:
    return _json.encode(value).decode().replace("\\", "\\\\")
