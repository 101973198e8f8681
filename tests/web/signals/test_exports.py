"""Lists as files: inert text, the page's order, and what they are on the first line."""

import csv
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from pluginnovation.web.people.models import Person
from pluginnovation.web.records import exports
from tests.pals import Pals

Page = Callable[..., Any]


def rows_of(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_class_as_csv_says_what_it_is_and_follows_the_names(page: Page, pals: Pals) -> None:
    first, heads, *rows = rows_of(page(pals.asa, f"/klass/{pals.group('9A')}/?format=csv"))

    assert first[0].startswith("Påhittade uppgifter. 9A. Läget 2026-04-23. Du ser")
    assert heads[0] == "Namn"
    assert [row[0] for row in rows] == ["Åkesson, Mira", "Öberg, Noor"]
    assert rows[0][2] == "23"
    assert rows[1][2] == ""


def test_the_same_list_as_excel(page: Page, pals: Pals) -> None:
    response = page(pals.asa, f"/klass/{pals.group('9A')}/?format=xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet["A"]][2:] == ["Åkesson, Mira", "Öberg, Noor"]
    assert sheet["C3"].value == 23


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_export_writes_a_live_formula(page: Page, pals: Pals, start: str) -> None:
    Person.objects.filter(code=pals.mira).update(family_name=f"{start}cmd|' /C calc'!A0")

    text = page(pals.asa, "/elever/?format=csv").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(page(pals.asa, "/elever/?format=xlsx").content))

    assert f"'{start}cmd" in text
    assert not any(cell.data_type == "f" for row in book.active.iter_rows() for cell in row)


@pytest.mark.parametrize(
    ("who", "path"),
    [("petra", "/skola/{bjork}/"), ("petra", "/klasser/"), ("petra", "/elever/"), ("rut", "/regionen/")],
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_can_be_taken_out(page: Page, pals: Pals, who: str, path: str, kind: str) -> None:
    response = page(getattr(pals, who), path.format(bjork=pals.place("bjork")) + f"?format={kind}")

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_list_too_long_for_a_file_is_not_cut_but_refused(
    page: Page, pals: Pals, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    response = page(pals.petra, f"/elever/?format={kind}")

    assert response.status_code == 422
    assert "Content-Disposition" not in response
    assert "En fil rymmer högst 1 rader" in response.content.decode()
    assert page(pals.petra, "/elever/?format=csv&q=Mira").status_code == 200


def test_an_export_reaches_no_further_than_the_page(page: Page, pals: Pals) -> None:
    assert page(pals.omar, f"/klass/{pals.group('9A')}/?format=csv").status_code == 404
    assert "Mira" not in page(pals.omar, "/elever/?format=csv").content.decode()
