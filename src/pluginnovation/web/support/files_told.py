"""A case's documents as its pages tell of them."""

from dataclasses import dataclass
from typing import Any

from pluginnovation.privacy.secrecy import reads
from pluginnovation.support.case_files import KINDS, REMOVED, removes
from pluginnovation.web.people.rights.words import role_title

from .models import Case, CaseFile, CaseFileContent
from .secrecy_words import FILE_SECRECY
from .spoken import told


@dataclass(frozen=True, slots=True)
class FileRow:
    """One document.

    title, name   empty for those who may not read its class
    who           who may
    gone          why it was removed; empty: it is there
    """

    row: CaseFile
    kind: str
    who: Any
    role: str
    title: str
    name: str
    gone: str
    removable: bool


def files_in(case: Case) -> list[tuple[str, Any, CaseFile]]:
    """That they are there: kind, who may open it, and the row; newest first. One query."""
    rows = CaseFile.objects.filter(case=case, removed_at=None).select_related("by").order_by("-at", "-pk")
    return [(told(KINDS[row.kind]), FILE_SECRECY[row.secrecy], row) for row in rows]


def file_rows(case: Case, role: str, user: int) -> list[FileRow]:
    """Those that are there before those that were removed, newest first. Two queries, and no content."""
    found = CaseFile.objects.filter(case=case).select_related("by", "removed_by").order_by("-at", "-pk")
    rows = sorted(found, key=lambda row: row.removed_at is not None)
    open_ones = [row.pk for row in rows if reads(role, row.secrecy, own=row.by_id == user)]
    # The fence around the rows shows the same; asked here too, so that a page without the fence shows no more.
    held = {row.pk: row for row in CaseFileContent.objects.filter(pk__in=open_ones).defer("sealed")}
    return [
        FileRow(
            row, told(KINDS[row.kind]), FILE_SECRECY[row.secrecy], role_title(row.role),
            held[row.pk].sealed_title if row.pk in held else "", held[row.pk].sealed_name if row.pk in held else "",
            told(REMOVED[row.removed_why]) if row.removed_why else "",
            row.removed_at is None and removes(role, reads=reads(role, row.secrecy), own=row.by_id == user),
        )
        for row in rows
    ]  # fmt: skip
