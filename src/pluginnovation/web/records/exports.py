"""Lists as CSV and Excel files: what the page shows, in the page's order, with its day and its ground on top."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import xlsxwriter
from django.http import HttpRequest, HttpResponse

from pluginnovation.web.people.rights.bulk import held_back

# Spreadsheets read a cell that begins with one of these as a formula; an apostrophe makes it text again.
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
EXCEL: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final = ("csv", "xlsx")
MOST_ROWS: Final = 5_000

Cell = str | int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list to hand out.

    name     the file's name without its ending, of plain letters
    first    the first line: made-up or real, the figures' day, the ground for having it
    pupils   the codes of the pupils on it, when it is a list of pupils; above a limit it takes two people
    """

    name: str
    first: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    pupils: Sequence[str] = field(default=())


def export(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The list in the format that the address asks for (`?format=`), or what it takes to get it."""
    if (held := held_back(request, sheet.pupils, sheet.heads)) is not None:
        return held
    if request.GET.get("format") == "xlsx":
        return _excel(sheet)
    return _csv(sheet)


def asked_for(request: HttpRequest) -> bool:
    """Whether the address asks for a file."""
    return request.GET.get("format") in FORMATS


def too_long(request: HttpRequest, rows: int) -> int | None:
    """How many rows a file holds, when one is asked for that would need more: a file that ends midway looks whole."""
    return MOST_ROWS if asked_for(request) and rows > MOST_ROWS else None


def inert(cell: Cell) -> Cell:
    """The cell, never a live formula."""
    if isinstance(cell, str):
        text = cell.replace("\x00", "")
        return f"'{text}" if text.startswith(FORMULA_STARTS) else text
    return cell


def _csv(sheet: Sheet) -> HttpResponse:
    # Semicolons and a byte order mark: what Excel with Swedish settings opens rightly.
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([inert(sheet.first)])
    writer.writerow([inert(head) for head in sheet.heads])
    writer.writerows([["" if cell is None else inert(cell) for cell in row] for row in sheet.rows])
    return _file("\ufeff" + out.getvalue(), "text/csv; charset=utf-8", f"{sheet.name}.csv")


def _excel(sheet: Sheet) -> HttpResponse:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True})
        page.write_string(0, 0, sheet.first)
        page.write_row(1, 0, [str(inert(head)) for head in sheet.heads], bold)
        for line, row in enumerate(sheet.rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    page.write_number(line, column, cell)
                elif cell:
                    page.write_string(line, column, str(inert(cell)))
        page.set_column(0, len(sheet.heads) - 1, 18)
        page.freeze_panes(2, 1)
    return _file(out.getvalue(), EXCEL, f"{sheet.name}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
