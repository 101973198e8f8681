"""What has been read in, as the administrator sees it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO

import openpyxl
import polars as pl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pluginnovation.records.ledger import HELD, QUARANTINE_COLUMNS, ImportRow
from pluginnovation.web.records import views
from pluginnovation.web.records.ledger import DatabaseLedger

AT = datetime(2026, 4, 22, 3, 5, tzinfo=UTC)
COUNTS = {
    "lessons": {"read": 12_000, "new": 11_000, "changed": 40, "ended": 0, "superseded": 3, "quarantined": 7},
    "persons": {"read": 12, "new": 12, "refused_protected": 1, "quarantined": {"x": 0}},
}


def read_in(number, *, source="bjorkeby", rows=(), **changes):
    row = ImportRow(
        id=number, source=source, place="x", by="operatören", at=AT, finished_at=AT + timedelta(hours=number),
        counts=COUNTS, **changes,
    )  # fmt: skip
    with DatabaseLedger().transaction() as commit:
        commit.put_import(row)
        commit.put_quarantine(number, pl.DataFrame(list(rows), schema=QUARANTINE_COLUMNS))


def broke(rule, file="lessons.csv", line=5, column=""):
    row = {
        "resource": "lessons", "file": file, "line": line, "column": column, "rule": rule, "value_class": "number",
    }  # fmt: skip
    return {name: row.get(name) for name in QUARANTINE_COLUMNS}


def text(answer):
    return answer.content.decode().replace("\xa0", " ")


def test_before_anything_is_read_in_the_page_says_so(adam):
    assert "Inget är inläst ännu." in text(adam.get("/inlasningar/"))


def test_the_page_answers_when_and_whether_anything_waits(adam):
    read_in(1)
    read_in(2, source="grannby", simulated=True)
    read_in(3, status=HELD, because=("lessons:shrank",))
    page = text(adam.get("/inlasningar/"))
    assert "från bjorkeby. En inläsning väntar på att någon släpper fram eller kastar den." in " ".join(page.split())
    assert "12 012" in page
    assert "grannby" in page


def test_an_import_shows_what_was_turned_away_by_rule_and_file(adam):
    broken = [broke("minutes_do_not_add_up", line=line) for line in range(5, 11)]
    read_in(1, rows=[*broken, broke("unknown_person", "lessons-2.csv")])
    page = text(adam.get("/inlasningar/1/"))
    assert "7 rader togs inte emot." in page
    assert page.count("ogiltig frånvaro blir inte lektionens längd.") == 1
    assert "lessons-2.csv" in page


def test_what_was_turned_away_is_shown_with_its_rows_and_the_columns_that_the_rule_is_about(adam):
    minutes = "attended_minutes, other_minutes"
    broken = [broke("minutes_do_not_add_up", line=line, column=minutes) for line in (9, 5, 7)]
    many = [broke("not_a_date", line=line, column="date") for line in range(100, 130)]
    read_in(1, rows=[*broken, *many, broke("wrong_number_of_cells", line=11)])
    page = text(adam.get("/inlasningar/1/"))
    assert "raderna 5, 7, 9<" in page
    assert minutes in page
    assert "118, 119 …" in page
    assert "120" not in page
    assert "rad 11<" in page
    assert "hela raden" in page


def test_filter_and_pages(adam):
    for number in range(1, 61):
        read_in(number, source="grannby" if number % 2 else "bjorkeby", status=HELD if number == 4 else "done")
    assert "Sida 1 av 3" in text(adam.get("/inlasningar/"))
    assert "Sida 3 av 3" in text(adam.get("/inlasningar/?sida=999"))
    assert "Trettio" in text(adam.get("/inlasningar/?kalla=grannby")) or "30 inläsningar" in text(
        adam.get("/inlasningar/?kalla=grannby")
    )
    assert ">4</a>" in text(adam.get("/inlasningar/?status=held"))


@pytest.mark.parametrize(
    "query", ["sida=x", "sida=-1", "status=%00", "kalla=%00", "kalla=%27", "format=pdf", "sida=1e9"]
)
def test_a_strange_question_gets_a_page(adam, query):
    read_in(1)
    assert adam.get(f"/inlasningar/?{query}").status_code == 200


@pytest.mark.parametrize(
    "path", ["/inlasningar/0/", "/inlasningar/2/", "/inlasningar/99999999999999999999/", "/inlasningar/x/"]
)
def test_an_import_that_is_not_there_is_absent(adam, path):
    read_in(1)
    assert adam.get(path).status_code == 404


def test_the_list_comes_out_as_csv_and_excel_with_its_first_line(adam):
    read_in(1, source="=cmd()", simulated=True)
    lines = adam.get("/inlasningar/?format=csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Inläsningar. Påhittade uppgifter."
    assert lines[2].split(";")[:3] == ["1", "'=cmd()", "2026-04-22 06:05"]
    book = openpyxl.load_workbook(BytesIO(adam.get("/inlasningar/?format=xlsx").content))
    cells = [[cell.value for cell in row] for row in book.active.rows]
    assert cells[2][:2] == [1, "'=cmd()"]
    assert all(cell.data_type != "f" for row in book.active.rows for cell in row)


def test_a_list_that_ends_because_it_is_full_says_so(adam, monkeypatch):
    read_in(1, rows=[broke("not_a_date", line=line, column="date") for line in (5, 6, 7)])
    for most, said in ((4, False), (2, True)):
        monkeypatch.setattr(views, "MOST_ROWS", most)
        lines = adam.get("/inlasningar/1/?format=csv").content.decode("utf-8-sig").splitlines()
        assert ("Här är de 2 första raderna. Det kan finnas fler." in lines[0]) == said
        assert len(lines) == 2 + min(most, 3)


def test_one_import_comes_out_too_a_line_for_each_row(adam):
    broken = [broke("not_a_date", line=7, column="date"), broke("wrong_number_of_cells", line=5)]
    read_in(1, rows=[*broken, broke("not_a_date", line=6, column="date")])
    assert adam.get("/inlasningar/1/?format=csv").content.decode("utf-8-sig").splitlines()[1:] == [
        "Resurs;Fil;Rad;Kolumn;Regel;Gör så här",
        (
            "lektioner;lessons.csv;5;hela raden;Raden har fler eller färre celler än rubrikraden."
            ";Sätt celler som innehåller avgränsaren inom citattecken."
        ),
        "lektioner;lessons.csv;6;date;Cellen är inte ett datum (ÅÅÅÅ-MM-DD).;Skriv det som formatet säger.",
        "lektioner;lessons.csv;7;date;Cellen är inte ett datum (ÅÅÅÅ-MM-DD).;Skriv det som formatet säger.",
    ]


def test_the_number_of_questions_to_the_database_does_not_grow(adam):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            adam.get("/inlasningar/")
        return len(queries)

    read_in(1)
    few = asked()
    for number in range(2, 25):
        read_in(number, source=f"s{number}")
    assert asked() == few


def test_an_import_that_was_judged_by_limits_of_its_own_says_which(adam):
    own = {"changed_pct": 50, "absence_factor": 3}
    read_in(1, status=HELD, because=("grows:persons", "absence_halves:lessons"), limits=own)
    page = text(adam.get("/inlasningar/1/"))
    assert "Antalet personer har ökat med mer än 50 procent sedan förra gången." in page
    assert "Förra gången var frånvaron mer än 3 gånger så stor (lektioner)." in page
    assert (
        "Källan hade egna gränser: antalet får ändras med 50 procent, frånvaron får bli 3 gånger så stor eller liten."
        in page
    )


def test_a_held_import_says_why_in_words(adam):
    read_in(1, status=HELD, because=("shrinks:persons", "something_new:lessons"))
    page = text(adam.get("/inlasningar/1/"))
    assert "Antalet personer har minskat med mer än 30 procent sedan förra gången." in page
    assert "egna gränser" not in page
    assert "something_new:lessons" in page
    assert 'href="/inlasningar/1/slapp/"' in page
    assert 'href="/inlasningar/1/kasta/"' in page
