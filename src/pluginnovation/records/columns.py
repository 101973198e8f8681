"""What a table of facts is made of: its columns, their types, and what every stored row ends with."""

from dataclasses import dataclass

STRING, DATE, BOOL = "string", "date", "bool"
INT8, INT16, INT32, INT64 = "int8", "int16", "int32", "int64"
DOUBLE, TIMESTAMP = "double", "timestamp"

SQL_TYPES = {
    STRING: "VARCHAR",
    DATE: "DATE",
    BOOL: "BOOLEAN",
    INT8: "TINYINT",
    INT16: "SMALLINT",
    INT32: "INTEGER",
    INT64: "BIGINT",
    DOUBLE: "DOUBLE",
    TIMESTAMP: "TIMESTAMP",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, and the cell it is read from.

    name       what it is called in the facts
    type       one of the type words above
    csv        the CSV column it is read from; empty: worked out by the checks
    required   starred in the format: the CSV column must be there and its cells filled
    person     its cells are a source's person ids, stored as opaque codes
    refers     the table whose key it must be found in, when that table exists in the source or the store
    words      the code list (in reference/code_lists.py) that its cells must come from; empty: any text
    """

    name: str
    type: str = STRING
    csv: str = ""
    required: bool = False
    person: bool = False
    refers: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of facts.

    name       its name, in the store and in the summary of an import
    columns    what is stored, in order, PROVENANCE left out
    key        the columns that name a row within its source; empty cells count as equal
    whole      a CSV folder gives all of it: a row that is missing now has ended
    day        the date column that places a row in time; empty: none
    monthly    stored in one folder per source and month ('2026-04') of `day`
    sort       the order of rows inside a stored file
    file       the CSV file it is read from, without its ending; empty: made from other tables
    within     for SS 12000, where rows come inside a larger object: the columns that name that object
    shown      pages and signals may read it; False: only imports do
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    whole: bool = True
    day: str = ""
    monthly: bool = False
    sort: tuple[str, ...] = ()
    file: str = ""
    within: tuple[str, ...] = ()
    shown: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The stored columns' names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def person_columns(self) -> tuple[str, ...]:
        """The columns that hold a person's code: what disposal and a new protection marking look in."""
        return tuple(column.name for column in self.columns if column.person)

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


PROVENANCE = (
    Column("source"),
    Column("known_from", TIMESTAMP),
    Column("known_to", TIMESTAMP),
    Column("import_id", INT32),
    Column("file_no", INT16),
    Column("row_no", INT32),
)

MINUTES = ("offered", "attended", "other", "excused", "unexcused", "late")

START = Column("start_date", DATE, "start_date")
START_REQUIRED = Column("start_date", DATE, "start_date", required=True)
END = Column("end_date", DATE, "end_date")
END_REQUIRED = Column("end_date", DATE, "end_date", required=True)


def pupil_column(csv: str) -> Column:
    """The pupil that a row is about."""
    return Column("pupil", STRING, csv, required=True, person=True, refers="persons")


def organisation_column(required: bool = True) -> Column:
    """The organisation that a row is about."""
    return Column("organisation", STRING, "organisation_id", required=required, refers="organisations")
