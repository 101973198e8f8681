"""Profiles: how one kind of export is written, as data. `csv` has nothing to translate.

A profile never contains code. Its name and version are stored with each import, so that a figure can be traced to how
its file was read. The others are TOML (`profiles_parsed.py` reads it, `profiles_applied.py` does what it says).
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Final

from .refusals import Refusal

# Who says that nobody reported a lesson: the column is_reported; empty cells; a column with the unreported minutes;
# or nothing, since the export has only what was reported.
COLUMN, EMPTY, MINUTES, NOTHING = "column", "empty", "minutes", "nothing"

# Columns that an export may have and ours doesn't: in a list with one row per reason, the reason and its minutes; the
# minutes that nobody reported; and for sums the late minutes.
REASON: Final = "reason"
BESIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "lessons": (REASON, "reason_minutes", "unreported_minutes"),
    "attendance_sums": (REASON, "reason_sum", "unreported_sum", "late_sum"),
}

VENDORS: Final = Path(__file__).with_name("vendor_profiles")


@dataclass(frozen=True, slots=True)
class Unreported:
    """How an export says that nobody reported.

    said_by             'column', 'empty', 'minutes' or 'nothing'
    is_offered          such lessons were offered; False: they are read as cancelled
    is_within_offered   the offered minutes of the export include those nobody reported
    """

    said_by: str = COLUMN
    is_offered: bool = True
    is_within_offered: bool = True


@dataclass(frozen=True, slots=True)
class FileRule:
    """How the files of one resource are written.

    names            patterns of file names, such as '*narvaro*.csv'; small and capital letters are the same
    columns          the export's header -> our columns (several: a time that holds both day and clock)
    units            our column -> 'minutes', 'hours', 'lessons' or 'HH:MM'
    words            our column -> the export's word -> ours
    constants        our column -> what it says in every row; for columns that the export doesn't have
    reasons          the export's word for a reason -> the column its minutes belong in
    period_in_name   the file's name holds two ISO dates: start_date and end_date of its rows
    """

    names: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    period_in_name: bool = False


NO_RULE: Final = FileRule()


@dataclass(frozen=True, slots=True)
class Profile:
    """How the files of one kind of source are written.

    name                  what `--profile` takes
    version               counts up from 1 when what it says changes
    about                 one line about it, Swedish and English
    delimiter             the character between cells
    encoding              Python's name of the encoding
    decimal               the decimal mark
    dates, times          how days and times are written, such as 'DD/MM/YYYY'; ISO is always read too
    true_words            words for true, and `false_words` for false, besides true and false
    lesson_minutes        how long one lesson is, where a unit is 'lessons'; 0: not said
    lateness_is_absence   late minutes lie inside unexcused (True) or inside attended (False)
    late_is_apart         the export counts late minutes beside absence and attendance: they are added where they belong
    unreported            how it says that nobody reported
    files                 per resource, by the name of its CSV file: what is special about it
    text                  the TOML it was read from; empty: nothing of it needs translating
    """

    name: str
    version: int = 1
    about: tuple[str, str] = ("", "")
    delimiter: str = ","
    encoding: str = "utf-8"
    decimal: str = "."
    dates: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    true_words: tuple[str, ...] = ()
    false_words: tuple[str, ...] = ()
    lesson_minutes: int = 0
    lateness_is_absence: bool = True
    late_is_apart: bool = False
    unreported: Unreported = Unreported()
    files: Mapping[str, FileRule] = field(default_factory=dict)
    text: str = ""

    @property
    def translates(self) -> bool:
        """Whether cells are anything else than what the format says."""
        return bool(self.text)

    @property
    def mark(self) -> str:
        """What tells this profile, this version and these words from any other, in a fingerprint."""
        if not self.text:
            return self.name
        return f"{self.name}-{self.version}-{hashlib.sha256(self.text.encode()).hexdigest()[:8]}"

    def rule(self, file: str) -> FileRule:
        """What is special about a resource's files."""
        return self.files.get(file, NO_RULE)

    def heads(self, file: str, cells: Iterable[str]) -> tuple[str, ...]:
        """The columns of a header: ours where the profile knows them, the export's own otherwise."""
        ours = {plain(head): columns for head, columns in self.rule(file).columns.items()}
        return tuple(ours[plain(cell)][0] if plain(cell) in ours else cell for cell in cells)

    def resource_of(self, name: str) -> str | None:
        """The resource whose patterns fit a file's name; None when none does."""
        wanted = name.lower().removesuffix(".gz")
        fits = (file for file, rule in self.files.items() for one in rule.names if fnmatchcase(wanted, one.lower()))
        return next(fits, None)

    def copies(self, file: str) -> dict[str, str]:
        """Columns that say what another one says: a time that holds both day and clock."""
        return {more: columns[0] for columns in self.rule(file).columns.values() for more in columns[1:]}

    def supplied(self, file: str, heads: Iterable[str]) -> frozenset[str]:
        """Our columns that have cells, given a header: those in it, and those the profile fills."""
        rule, there = self.rule(file), set(heads)
        found = there | set(rule.constants)
        found |= {more for more, first in self.copies(file).items() if first in there}
        if file == "lessons" and self.unreported.said_by != COLUMN:
            found.add("is_reported")
        if rule.period_in_name:
            found |= {"start_date", "end_date"}
        return frozenset(found)


def plain(head: str) -> str:
    """A header without what doesn't tell it from another: case and spaces."""
    return " ".join(head.split()).casefold()


# Nothing of these needs translating: they are read at full speed.
PROFILES: Final[dict[str, Profile]] = {
    profile.name: profile
    for profile in (
        Profile("csv", about=("Formatet som det står i dokumentationen.", "The format as documented.")),
        Profile(
            "csv-late-is-present",
            lateness_is_absence=False,
            about=("Som csv, men sen ankomst är inte frånvaro.", "As csv, but lateness isn't absence."),
        ),
        Profile(
            "csv-semicolon-latin1",
            delimiter=";",
            encoding="cp1252",
            about=("Som csv, med semikolon och cp1252.", "As csv, with semicolons and cp1252."),
        ),
    )
}


@cache
def built_in() -> dict[str, Profile]:
    """Every profile that comes with the project, by name."""
    from .profiles_parsed import parsed

    found = [parsed(path.read_text("utf-8"), path.name) for path in sorted(VENDORS.glob("*.toml"))]
    return PROFILES | {profile.name: profile for profile in found}


def commented(text: str, *, english: bool) -> str:
    """The text of a built-in profile with its comments in one language: each stands in both, as `#sv` and `#en`."""
    own, other = ("#en ", "#sv ") if english else ("#sv ", "#en ")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(other)]
    return "".join(f"# {line.removeprefix(own)}" if line.startswith(own) else line for line in lines)


def profile_named(name: str) -> Profile:
    """The built-in profile of that name.

    Raises  Refusal 'profile_unknown'
    """
    if name not in built_in():
        raise unknown_profile(built_in())
    return built_in()[name]


def unknown_profile(names: Iterable[str]) -> Refusal:
    """A name that no profile has."""
    listed = ", ".join(sorted(set(names)))
    return Refusal(
        "profile_unknown",
        what=("Läsprofilen finns inte.", "There is no such profile."),
        todo=(f"Välj en av: {listed}.", f"Choose one of: {listed}."),
    )
