"""Two readers of CSV, one fast and one exact, give the same rows for anything that can be written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.records import csv_rows, text_files
from pluginnovation.records.cells import read_cells, value_class
from pluginnovation.records.csv_rows import CsvFile, opened, rows
from pluginnovation.records.profiles import PROFILES
from pluginnovation.records.pupil_tables import GRADES
from pluginnovation.records.tables import GROUPS, csv_columns
from pluginnovation.records.text_files import Block, blocks

HEADS = ("id", "display_name", "group_type", "organisation_id", "start_date")
CELLS = st.text(st.sampled_from('a1,;"\n =åÅ\t\x00-+.'), max_size=6)


def written(table: list[list[str]]) -> bytes:
    said = io.StringIO()
    csv.writer(said, lineterminator="\n").writerows(table)
    return said.getvalue().encode()


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=8))
def test_the_fast_reader_agrees_with_the_exact_one(table):
    content = written(table)
    if not content:
        return
    file = CsvFile(csv_rows.Path("x.csv"), GROUPS, PROFILES["csv"], HEADS)
    block = Block(content, 2, content.count(b"\n"))

    fast, exact = csv_rows._block(file, block), csv_rows._exact(file, block)
    assert fast.select(HEADS).to_dicts() == exact.select(HEADS).to_dicts()
    assert fast["row_no"].to_list() == exact["row_no"].to_list()


@given(
    st.lists(st.sampled_from(["1", " 1", "1 ", "+1", "1.0", "1e3", "", "-0", "007", "0x1", "99999999999", "true", "-"]))
)
def test_numbers_mean_the_same_read_at_once_or_from_text(cells):
    heads = tuple(column.csv for column in csv_columns(GRADES))
    points = GRADES.column("points")
    table = [[cell if head == "points" else "x" for head in heads] for cell in cells]
    content = written(table)
    if not content:
        return
    file = CsvFile(csv_rows.Path("x.csv"), GRADES, PROFILES["csv"], heads)
    block = Block(content, 2, content.count(b"\n"))

    fast, exact = (read(file, block)["points"] for read in (csv_rows._block, csv_rows._exact))
    assert read_cells(points, fast).values.to_list() == read_cells(points, exact).values.to_list()


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=30), st.integers(20, 200))
def test_blocks_never_cut_a_row_and_know_their_line(tmp_path_factory, table, size):
    path = tmp_path_factory.mktemp("blocks") / "groups.csv"
    path.write_bytes(written([list(HEADS), *table]))
    whole = list(rows(opened(path, GROUPS, PROFILES["csv"])))
    found = list(blocks(path, size=size))

    assert b"".join(block.content for block in found) == path.read_bytes()
    assert [block.line for block in found] == [
        1 + sum(before.lines for before in found[:at]) for at in range(len(found))
    ]
    assert sum(frame.height for frame in whole) == sum(any(cells) or True for cells in table)


def test_a_packed_file_gives_the_same_blocks(tmp_path):
    import gzip

    content = written([list(HEADS), *([["a", "b\nc", "d", "e", ""]] * 50)])
    (tmp_path / "a.csv").write_bytes(content)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(content))

    for path in tmp_path.iterdir():
        assert b"".join(block.content for block in blocks(path, size=64)) == content


@pytest.mark.parametrize(("byte", "often"), [(b",", 3), (b"x", 0)])
def test_bytes_are_counted(byte, often):
    assert text_files.count(b"a,b,,c", byte) == often


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        (None, "empty"),
        ("12", "whole number"),
        ("-1", "negative number"),
        ("1,5", "decimal number"),
        ("2025-09-01", "date"),
        ("08:00", "time"),
        ("TRUE", "true or false"),
        ("a\x00", "control characters"),
        ("a" * 1001, "long text"),
        ("Mira", "text"),
    ],
)
def test_a_value_is_told_by_its_kind(cell, kind):
    import polars as pl

    frame = pl.DataFrame({"cell": [cell]}, schema={"cell": pl.String})
    assert frame.select(value_class(pl.col("cell"))).item() == kind
