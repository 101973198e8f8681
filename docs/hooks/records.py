"""The page of record formats: each CSV file with its columns, and the table of facts it becomes."""

from pluginnovation.records.columns import PROVENANCE, Column, Table
from pluginnovation.records.tables import FILES, IDENTITY, PERSONS
from pluginnovation.reference.code_lists import CODE_LISTS

OPENING = """\
# Record formats

A folder of CSV: UTF-8, comma, a header row, ISO dates, `.` as the decimal mark. No file is required; a file that is
there must have its starred columns. A folder of SS 12000 JSON (`persons.json`, `attendances-0001.json.gz`, …) gives the
same tables. The same key again is a correction and replaces; twice in one source, the last wins.

*Whole* means that the source gives all of it: a row that is missing now has ended. The others are increments.
"""


def records_page() -> str:
    """Every file, in the order they are checked."""
    ending = ", ".join(f"`{column.name}`" for column in PROVENANCE)
    return "\n".join([OPENING, *map(one_file, FILES.values()), f"Every stored row also ends with {ending}.\n", words()])


def one_file(table: Table) -> str:
    """One file: key, columns, where each goes."""
    kind = "whole" if table.whole else "increments"
    folders = f" One folder per source and month of `{table.day}`." if table.monthly else ""
    read = [column for column in table.columns if column.csv] + (list(IDENTITY) if table is PERSONS else [])
    named = {column.name: column.csv for column in read}
    key = ", ".join(f"`{named.get(name, name)}`" for name in table.key)
    rows = [one_column(column) for column in read]
    return "\n".join(
        [
            f"## {table.file}.csv",
            "",
            f"Key: {key}. {kind.capitalize()}.{folders}",
            "",
            "| column | stored as | type | checked against |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def one_column(column: Column) -> str:
    star = "\\*" if column.required else ""
    stored = "identity only" if column in IDENTITY else f"`{column.name}`" + (", as a code" if column.person else "")
    against = f"[{column.words}](#{anchor(column.words)})" if column.words else ""
    if column.refers:
        against = f"`{column.refers}.csv`"
    return f"| `{column.csv}`{star} | {stored} | {column.type} | {against} |"


def anchor(words_name: str) -> str:
    return words_name.replace("_", "-")


def words() -> str:
    """The code lists that cells must come from."""
    lines = ["## Code lists", ""]
    for name, listed in CODE_LISTS.items():
        lines += [f"### {anchor(name)}", "", ", ".join(f"`{word}`" for word in listed), ""]
    return "\n".join(lines)
