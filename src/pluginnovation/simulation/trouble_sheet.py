"""A CSV file of the region as its lines: some read from the top, more written at its end."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Cells = Mapping[str, str]
BLOCK = 1 << 22


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its line in the file (the header is line 1) and its cells as text."""

    number: int
    cells: Cells


class Sheet:
    """One CSV file. Rows that are added stand after all the others, so that no line moves."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with path.open(encoding="utf-8", newline="") as file:
            self.columns: Sequence[str] = next(csv.reader(file))
        self._lines = _counted(path)

    def rows(self, most: int) -> Iterator[Line]:
        """The first rows, `most` at the most."""
        with self.path.open(encoding="utf-8", newline="") as file:
            for number, cells in enumerate(csv.DictReader(file), start=2):
                if number > most + 1:
                    return
                yield Line(number, cells)

    def add(self, cells: Cells) -> int:
        """Write a row at the end; its line."""
        return self.add_cells([cells[column] for column in self.columns])

    def add_cells(self, cells: Sequence[str]) -> int:
        """Write a row of any length at the end; its line."""
        with self.path.open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(cells)
        self._lines += 1
        return self._lines


def _counted(path: Path) -> int:
    """How many lines a file has; block by block, since lessons are many."""
    lines = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            lines += block.count(b"\n")
    return lines


def new_sheet(path: Path, columns: Sequence[str], delimiter: str = ",") -> Sheet:
    """An empty file with a header; its folder is made when it isn't there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(delimiter.join(columns) + "\n", encoding="utf-8")
    return Sheet(path)


def write_sheet(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]], delimiter: str = ",") -> None:
    """A whole new file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
