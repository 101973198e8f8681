"""Recognising a source by its contents: a folder of CSV, a folder of SS 12000 JSON, one file of either, or a zip."""

import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .columns import Table
from .csv_rows import header_of
from .profiles import Profile
from .refusals import Refusal
from .tables import FILES, csv_columns
from .text_files import ALWAYS_ALLOWED, GROWTH

CSV: Final = "csv"
SS12000: Final = "ss12000"
MARKER: Final = "simulation.json"

# The standard's resources that we read, and other spellings that servers use for them.
SS_RESOURCES: Final = (
    "organisations", "persons", "groups", "duties", "programmes", "syllabuses", "activities", "calendarEvents",
    "attendances", "aggregatedAttendance", "grades", "studyplans", "deletedEntities",
)  # fmt: skip
_ALIASES: Final = {
    "aggregatedattendances": "aggregatedAttendance",
    "calendarevents": "calendarEvents",
    "calendar_events": "calendarEvents",
    "studyplan": "studyplans",
    "syllabi": "syllabuses",
    "activitites": "activities",
    "deletedentites": "deletedEntities",
}

_NAME: Final = re.compile(r"(?P<stem>.+?)(?:-\d+)?\.(?P<kind>csv|json)(?:\.gz)?", re.IGNORECASE)
_MOST_MEMBERS: Final = 1000


@dataclass(frozen=True, slots=True)
class Source:
    """What was found.

    kind       csv or ss12000
    files      resource -> its files, in the order of their names
    simulated  the source says that its data are made up
    ignored    files that no reader knows
    """

    kind: str
    files: Mapping[str, tuple[Path, ...]]
    simulated: bool = False
    ignored: tuple[str, ...] = ()

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that is read, by name; a row's `file_no` is the index here."""
        return tuple(sorted((path for found in self.files.values() for path in found), key=lambda path: path.name))

    def number(self, path: Path) -> int:
        """The place of a file in `paths`."""
        return self.paths.index(path)


def recognise(path: str | Path, profile: Profile, scratch: Path) -> Source:
    """What kind of source this is, and its files.

    Takes   scratch   an empty folder, for the members of a zip
    Raises  Refusal 'address_not_read', 'source_missing', 'source_mixed', 'source_not_recognised', 'zip_refused'
    """
    if str(path).startswith(("http://", "https://")):
        raise _address()
    path = Path(path)
    if not path.exists():
        raise _missing(path)
    if path.is_dir():
        return _sorted_out(path, sorted(found for found in path.iterdir() if found.is_file()), profile)
    if path.suffix.lower() == ".zip":
        _unpack(path, scratch)
        return _sorted_out(path, sorted(scratch.iterdir()), profile)
    return _single(path, profile)


def _sorted_out(where: Path, found: Iterable[Path], profile: Profile) -> Source:
    csv: dict[str, list[Path]] = {}
    json_files: dict[str, list[Path]] = {}
    ignored, simulated = [], False
    for path in found:
        if path.name == MARKER:
            simulated = _marked(path)
        elif (told := profile.resource_of(path.name)) is not None:
            csv.setdefault(told, []).append(path)
        elif (resource := resource_of(path)) is None:
            ignored.append(path.name)
        else:
            (csv if path.name.lower().removesuffix(".gz").endswith(".csv") else json_files).setdefault(
                resource, []
            ).append(path)
    if csv and json_files:
        raise _mixed(where)
    if not csv and not json_files:
        raise _not_recognised(where, profile)
    kind, files = (CSV, csv) if csv else (SS12000, json_files)
    return Source(kind, {name: tuple(paths) for name, paths in files.items()}, simulated, tuple(ignored))


def resource_of(path: Path) -> str | None:
    """Which resource a file holds, by its name; None when no reader knows it."""
    found = _NAME.fullmatch(path.name)
    if found is None or path.name.startswith("."):
        return None
    if found["kind"].lower() == "csv":
        stem = found["stem"].lower()
        return stem if stem in FILES else None
    stem = found["stem"].lower()
    known = {name.lower(): name for name in SS_RESOURCES}
    return known.get(stem) or _ALIASES.get(stem)


def _single(path: Path, profile: Profile) -> Source:
    resource = profile.resource_of(path.name)
    if resource is not None:
        return Source(CSV, {resource: (path,)}, simulated=_marked_beside(path))
    resource = resource_of(path)
    plain = path.name.lower().removesuffix(".gz")
    if resource is None and not plain.endswith(".json"):
        resource = _by_header(path, profile)
    if resource is None:
        raise _not_recognised(path, profile)
    return Source(SS12000 if plain.endswith(".json") else CSV, {resource: (path,)}, _marked_beside(path))


def _marked_beside(path: Path) -> bool:
    marker = path.parent / MARKER
    return marker.is_file() and _marked(marker)


def _by_header(path: Path, profile: Profile) -> str | None:
    """The resource whose columns the file's header fits best, when its name tells nothing."""
    cells = header_of(path, profile)
    heads = {table.file: profile.supplied(table.file, profile.heads(table.file, cells)) for table in FILES.values()}
    fits = [table for table in FILES.values() if _starred(table) <= heads[table.file]]
    best = sorted(fits, key=lambda table: len(heads[table.file] & _columns(table)), reverse=True)
    return best[0].file if best else None


def _columns(table: Table) -> set[str]:
    return {column.csv for column in csv_columns(table)}


def _starred(table: Table) -> set[str]:
    return {column.csv for column in csv_columns(table) if column.required}


def _marked(path: Path) -> bool:
    try:
        said = json.loads(path.read_bytes()[:100_000])
    except ValueError:
        return False
    return isinstance(said, dict) and said.get("simulated") is True


def _unpack(path: Path, folder: Path) -> None:
    """The members of a zip, by their base names, within bounds."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            bound = ALWAYS_ALLOWED + GROWTH * path.stat().st_size
            names = [Path(member.filename).name for member in members]
            if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > bound:
                raise _zip(path, "Den blir orimligt stor när den packas upp.", "It grows beyond all bounds.")
            if len(set(names)) < len(names):
                raise _zip(path, "Två filer i den har samma namn.", "Two files in it have the same name.")
            for member, name in zip(members, names, strict=True):
                _copy(archive, member, folder / name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError):
        raise _zip(path, "Den går inte att packa upp.", "It can't be unpacked.") from None


def _copy(archive: zipfile.ZipFile, member: zipfile.ZipInfo, to: Path) -> None:
    """Unpack one member, never more than the size it declares."""
    left = member.file_size
    with archive.open(member) as packed, to.open("wb") as file:
        while left > 0 and (piece := packed.read(min(left, 2**20))):
            file.write(piece)
            left -= len(piece)


def _zip(path: Path, swedish: str, english: str) -> Refusal:
    return Refusal(
        "zip_refused",
        where=path.name,
        what=(f"Zip-filen läses inte. {swedish}", f"The zip isn't read. {english}"),
        todo=("Packa upp den och läs in mappen.", "Unpack it and import the folder."),
    )


def _address() -> Refusal:
    return Refusal(
        "address_not_read",
        what=("En adress läses inte in direkt.", "An address isn't imported directly."),
        todo=(
            "Lägg till servern med plug records server add, och hämta från den.",
            "Add the server with plug records server add, and fetch from it.",
        ),
    )


def _missing(path: Path) -> Refusal:
    return Refusal(
        "source_missing",
        where=path.name,
        what=("Mappen eller filen finns inte.", "There is no such folder or file."),
        todo=("Kontrollera sökvägen.", "Check the path."),
    )


def _mixed(path: Path) -> Refusal:
    return Refusal(
        "source_mixed",
        where=path.name,
        what=("Mappen har både CSV och SS 12000-filer.", "The folder has both CSV and SS 12000 files."),
        todo=("Lägg dem i var sin mapp.", "Put them in a folder each."),
    )


def _not_recognised(path: Path, profile: Profile) -> Refusal:
    # A profile's own names first: they are what whoever chose it has.
    own = [name for rule in profile.files.values() for name in rule.names]
    listed = ", ".join([*own, *(f"{name}.csv" for name in FILES)])
    return Refusal(
        "source_not_recognised",
        where=path.name,
        what=("Här finns inget som kan läsas.", "There is nothing here that can be read."),
        todo=(
            f"Väntade någon av {listed}, eller SS 12000-filer som persons.json.",
            f"Expected one of {listed}, or SS 12000 files such as persons.json.",
        ),
    )
