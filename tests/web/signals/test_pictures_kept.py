"""Pictures say what they always said: a sample of the demo region beside what the first way of writing made of it.

`pictures.json` holds some pupils with every kind of signal, their groups and schools, and every cell that was written
of them when rows were put together one at a time. How figures are packed may change; what they say may not.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import polars as pl
import pytest

from pluginnovation.web.people.models import Organisation
from pluginnovation.web.signals.figures import DAYS, PLACES, unpacked
from pluginnovation.web.signals.models import GroupSnapshot, MunicipalitySnapshot, SchoolSnapshot
from pluginnovation.web.signals.patterns import Pattern
from pluginnovation.web.signals.snapshots import group_rows, municipality_rows, pupil_rows, write
from pluginnovation.web.signals.snapshots.group_rows import Cells, Seen
from pluginnovation.web.signals.snapshots.places import Places
from pluginnovation.web.signals.snapshots.recent import Recent

SOURCE, RUN = "pahittad-region", 7
KINDS = {"String": pl.String, "Date": pl.Date, "Boolean": pl.Boolean, "Float64": pl.Float64} | {
    name: getattr(pl, name) for name in ("Int8", "Int16", "Int32", "Int64")
}


def _frame(told: dict[str, Any]) -> pl.DataFrame:
    rows = [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]
    text = {name: pl.String if kind == "Date" else KINDS[kind] for name, kind in told["columns"].items()}
    frame = pl.DataFrame(rows, schema=text)
    return frame.with_columns(pl.col(name).str.to_date() for name, kind in told["columns"].items() if kind == "Date")


class Sample:
    """What was kept, and what is made of it now."""

    def __init__(self) -> None:
        self.kept = json.loads(Path(__file__).with_name("pictures.json").read_text())
        self.written = self.kept["written"]
        frames = {name: _frame(told) for name, told in self.kept["frames"].items()}
        cells = {
            code: Cells(heat, subjects, tuple(Pattern(*pattern) for pattern in shared))
            for code, (heat, subjects, shared) in self.kept["cells"].items()
        }
        as_of = date.fromisoformat(self.kept["as_of"])
        recent = Recent(frames["weeks"], frames["taught"], frames["marked"])
        self.shown = write.Shown(as_of, frames["signals"], recent, cells, self.kept["results"], frames["studies"])
        nothing = pl.DataFrame(schema=dict.fromkeys(write.KEPT_COLUMNS, pl.String))
        self.history = write.History(frames["since"], frames["answers"], nothing)
        self.figures, self.pupils = write._told(self.shown, {SOURCE: RUN}, self.history)

    @property
    def seen(self) -> Seen:
        """What places are made of."""
        frames = {name: _frame(told) for name, told in self.kept["places"].items()}
        named = {code: Organisation(**place) for code, place in self.kept["organisations"].items()}
        return write._seen(self.shown, self.pupils, Places(**frames, organisations=named), {SOURCE: RUN})


@pytest.fixture(scope="module")
def sample() -> Sample:
    """Asked for once: nothing in it is changed."""
    return Sample()


def _rows(lines: bytes, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row.split("\t"), strict=True)) for row in lines.decode().splitlines()]


def test_pupils_pictures_are_what_they_were(sample):
    (batch,) = write._batches(sample.shown, sample.figures, sample.pupils, sample.history)
    lines = pupil_rows.pupil_lines(batch)

    found = _rows(lines.pupils, pupil_rows.COLUMNS)
    for row in found:
        packed = msgspec.json.decode(row["figures"].replace("\\\\", "\\"))
        row["figures"] = [unpacked(figure).said for figure in packed]
        row["waits"] = row["waits"][0]  # the database takes true for t
    before = [row | {"figures": [_said(figure) for figure in row["figures"]]} for row in sample.written["pupils"]]
    assert found == [dict(zip(pupil_rows.COLUMNS, map(row.get, pupil_rows.COLUMNS), strict=True)) for row in before]
    assert lines.studies.decode().splitlines() == sample.written["studies"]
    assert {figure["signal"] for row in found for figure in row["figures"]} >= {"absence_28d", "merit_drop", "no_show"}


def _said(figure: list[Any]) -> dict[str, Any]:
    """A figure as it was packed then: the days in letters, and nothing left out."""
    said = dict(zip(PLACES, figure, strict=True))
    return said | {name: date.fromisoformat(said[name]) if said[name] else None for name in DAYS}


def test_a_picture_from_an_earlier_version_is_read_until_the_next_run(sample):
    for row in sample.written["pupils"]:
        for figure in row["figures"]:
            assert unpacked(figure).said == _said(figure)


def test_pictures_of_places_are_what_they_were(sample):
    lines = write.place_lines(sample.seen)

    names = {GroupSnapshot: "groups", SchoolSnapshot: "schools", MunicipalitySnapshot: "municipalities"}
    for table, columns, rows in lines.tables:
        found = _rows(rows, columns)
        for row in found:
            row.update({name: value[0] for name, value in row.items() if value in ("true", "false")})
        kept = sample.written[names[table]]
        assert sorted(found, key=lambda row: row[columns[0]]) == kept
        assert tuple(kept[0]) == columns
    assert (lines.groups, lines.schools) == (len(sample.written["groups"]), len(sample.written["schools"]))


def test_a_source_without_a_run_has_no_groups_in_the_pictures(sample):
    seen = sample.seen
    other = seen.places.groups.with_columns(source=pl.lit("another"))
    places = Places(seen.places.members, other, seen.places.years, seen.places.organisations)

    assert group_rows.group_rows(Seen(seen.pupils, seen.weeks, places, seen.runs, seen.cells)).is_empty()


def test_a_day_on_which_no_absence_is_known_has_no_municipality_but_the_region(sample):
    nobody = sample.seen.pupils.with_columns(share=pl.lit(None, pl.Int64))
    unknown = Seen(nobody, sample.seen.weeks, sample.seen.places, {SOURCE: RUN}, {})

    assert municipality_rows.municipality_rows(unknown)["municipality"].to_list() == [municipality_rows.WHOLE_REGION]
    assert group_rows.group_rows(unknown)["dots"].unique().to_list() == [""]
