"""Asking for an import to be taken back: on what terms, whether it can be, and what it does, in numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from .ledger import DONE, ImportRow
from .refusals import Refusal

# What an import changed outside the facts (who somebody was before) is kept so long, and then it stands.
UNDO_WITHIN: Final = timedelta(days=30)
NAMED: Final = 10


@dataclass(frozen=True, slots=True)
class UndoAsked:
    """The terms: who asks and when, why, and whether it is only tried."""

    by: str
    at: datetime
    why: str
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class UndoneResource:
    """What happens to the rows of one resource.

    removed    rows that only the import had
    reverted   rows that get their earlier values again
    restored   rows that it had ended, and that count again
    """

    name: str
    removed: int = 0
    reverted: int = 0
    restored: int = 0


@dataclass(frozen=True, slots=True)
class UndoSummary:
    """What taking an import back does; `status` is undone or dry_run."""

    import_id: int
    source: str
    status: str
    resources: tuple[UndoneResource, ...]

    def as_dict(self) -> dict[str, Any]:
        """For `--json`."""
        rows = {one.name: {key: count for key, count in asdict(one).items() if key != "name"} for one in self.resources}
        return {"import": self.import_id, "source": self.source, "status": self.status, "undone": rows}

    def text(self, language: str = "sv") -> str:
        """For people, in one language ('sv' or 'en')."""
        words = _WORDS[language]
        head = words["dry_run" if self.status == "dry_run" else "undone"].format(number=self.import_id)
        return "\n".join([head, *(f"  {words['line'].format(**asdict(one))}" for one in self.resources)])


_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "sv": {
        "dry_run": "Om inläsning {number} tas tillbaka; inget ändrades:",
        "undone": "Inläsning {number} är tillbakatagen.",
        "line": "{name}: {removed} tas bort, {reverted} får sina tidigare värden, {restored} gäller igen",
    },
    "en": {
        "dry_run": "If import {number} is taken back; nothing was changed:",
        "undone": "Import {number} is taken back.",
        "line": "{name}: {removed} removed, {reverted} as they were before, {restored} count again",
    },
}


def to_take_back(imports: Iterable[ImportRow], import_id: int, at: datetime) -> ImportRow:
    """The ledger's row of an import that can be taken back.

    Raises  Refusal 'undo_unknown', 'undo_not_done', 'undo_not_kept' (from before imports could be taken back),
            'undo_too_late', 'undo_later_first'
    """
    imports = list(imports)
    row = next((row for row in imports if row.id == import_id), None)
    if row is None:
        raise _refused(import_id, "unknown")
    if row.status != DONE:
        raise _refused(import_id, "not_done")
    if not row.undoable:
        raise _refused(import_id, "not_kept")
    if at - row.at > UNDO_WITHIN:
        raise _refused(import_id, "too_late")
    # An import that was held and released counts from its release.
    later = [one.id for one in imports if one.source == row.source and one.status == DONE and one.at > row.at]
    if later:
        raise _later_first(import_id, sorted(later, reverse=True))
    return row


_REASONS: Final = {
    "unknown": (
        ("Inläsning {number} finns inte.", "There is no import {number}."),
        ("Se numren med plug records status eller på sidan Inläsningar.", "See the numbers on the page of imports."),
    ),
    "not_done": (
        ("Inläsning {number} gäller inte, så den kan inte tas tillbaka.", "Import {number} doesn't count."),
        ("Bara en inläst går att ta tillbaka; en som väntar kastas.", "Discard it if it is held."),
    ),
    "not_kept": (
        (
            "Inläsning {number} lästes in innan inläsningar gick att ta tillbaka: ändrade namn sparades inte.",
            "Import {number} was made before imports could be taken back: what it changed in names wasn't kept.",
        ),
        (
            "Läs in rättade filer under samma källa: en rad med samma nyckel ersätter den tidigare.",
            "Import corrected files under the same source: a row with the same key replaces the earlier one.",
        ),
    ),
    "too_late": (
        ("Inläsning {number} är för gammal för att tas tillbaka.", "Import {number} is too old to be taken back."),
        (
            "Det går i 30 dagar. Läs in rättade filer under samma källa i stället.",
            "It can be done for 30 days. Import corrected files under the same source instead.",
        ),
    ),
}


def _refused(number: int, why: str) -> Refusal:
    what, todo = _REASONS[why]
    return Refusal(f"undo_{why}", what=(what[0].format(number=number), what[1].format(number=number)), todo=todo)


def _later_first(number: int, later: list[int]) -> Refusal:
    listed = ", ".join(str(one) for one in later[:NAMED]) + (" …" if len(later) > NAMED else "")
    return Refusal(
        "undo_later_first",
        what=(
            f"Senare inläsningar från samma källa bygger på inläsning {number}: {listed}.",
            f"Later imports from the same source build upon import {number}: {listed}.",
        ),
        todo=(
            "Ta tillbaka dem först, den senaste först, eller läs in rättade filer.",
            "Take them back first, the latest first, or import corrected files.",
        ),
    )
