"""Whether help/events.jsonl agrees with the region's files beside it: who it is about was there, and who did it too."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NoReturn

import polars as pl

from pluginnovation.records.refusals import Refusal

from .event_reading import WRITE_ANEW, read_events
from .in_force import YOUTH_COORDINATOR, Register

EVENTS: Final = "events.jsonl"
_DATES: Final = ("start_date", "end_date")
_READ: Final = {
    "persons": ("id", "home_municipality_code"),
    "enrolments": ("person_id", "organisation_id", *_DATES),
    "memberships": ("group_id", "person_id", *_DATES),
    "duties": ("person_id", "organisation_id", "duty_role", "group_id", "assignment_type", *_DATES),
    "organisations": ("id", "organisation_type", "municipality_code"),
}


def agreeing_events(folder: Path) -> Iterator[dict[str, Any]]:
    """The events of a region's folder, in order, once all of them have been held against its CSV files.

    Takes   folder   with help/events.jsonl and the CSV files
    Gives   as `read_events`
    Raises  Refusal as `read_events`, and with file and line:
            'event_person_unknown'   somebody isn't in persons.csv
            'event_site_unknown'     a school isn't in organisations.csv
            'event_chosen'           somebody was chosen who couldn't be
            'event_no_duty'          whoever did it had no duty that day
            'event_not_there'        somebody wasn't enrolled that day; or, where a youth coordinator did it, never had
                                     been
    """
    path = folder / "help" / EVENTS
    tables = registers_of(folder)
    found = _Held(set(tables["persons"]["id"]), set(tables["organisations"]["id"]))
    for number, event in enumerate(read_events(path), 1):
        found.hold(event, number)
    _on_duty(found, tables["duties"])
    _there(found, Register(tables))
    yield from found.events


def registers_of(folder: Path) -> dict[str, pl.DataFrame]:
    """What `Register` asks about, of a region's CSV files. Bad rows that were planted there are the import's business.

    Raises  Refusal 'events_alone' when a file isn't there
    """
    try:
        return {name: _read(folder / f"{name}.csv", columns) for name, columns in _READ.items()}
    except OSError:
        raise Refusal(
            "events_alone",
            where=folder.name,
            what=(
                "Regionens CSV-filer finns inte bredvid händelserna.",
                "The region's CSV files aren't by the events.",
            ),
            todo=WRITE_ANEW,
        ) from None


def _read(path: Path, columns: tuple[str, ...]) -> pl.DataFrame:
    rows = pl.read_csv(path, columns=list(columns), infer_schema=False, truncate_ragged_lines=True)
    return rows.with_columns(pl.col(each).str.to_date(strict=False) for each in columns if each in _DATES)


@dataclass(slots=True)
class _Held:
    """What has been read: the events, and per line whom and who did it and when."""

    persons: set[str]
    sites: set[str]
    events: list[dict[str, Any]] = field(default_factory=list)
    about: list[tuple[int, str, str, str]] = field(default_factory=list)  # line, pupil, by, date

    def hold(self, event: dict[str, Any], number: int) -> None:
        """Keep an event, if those it names are known."""
        pupils = [*([event["pupil"]] if "pupil" in event else []), *event.get("candidates", [])]
        if not self.persons.issuperset((*pupils, event["by"])):
            _no("event_person_unknown", number, "Någon finns inte i persons.csv.", "Somebody isn't in persons.csv.")
        sites = [*([event["site"]] if "site" in event else []), *event.get("sites", [])]
        if not self.sites.issuperset(sites):
            sv, en = "En skola finns inte i organisations.csv.", "A school isn't in organisations.csv."
            _no("event_site_unknown", number, sv, en)
        if not set(event.get("chosen", [])) <= set(event.get("candidates", [])):
            sv, en = "Någon valdes som inte kunde erbjudas det.", "Somebody was chosen who couldn't be offered it."
            _no("event_chosen", number, sv, en)
        if len(event.get("scores", event.get("candidates", []))) != len(event.get("candidates", [])):
            sv, en = "Poängen är inte lika många som kandidaterna.", "There aren't as many scores as candidates."
            _no("event_scores", number, sv, en)
        self.events.append(event)
        self.about += [(number, pupil, event["by"], event["at"][:10]) for pupil in pupils or [""]]

    def frame(self) -> pl.DataFrame:
        """line, pupil (empty when it is about nobody), by, on."""
        names = {"line": pl.Int64, "pupil": pl.String, "by": pl.String, "on": pl.String}
        rows = pl.DataFrame(self.about, schema=names, orient="row")
        return rows.with_columns(pl.col("on").str.to_date())


def _on_duty(found: _Held, duties: pl.DataFrame) -> None:
    days = found.frame().unique(["by", "on"], keep="first", maintain_order=True)
    held = days.join(duties, left_on="by", right_on="person_id").filter(
        pl.col("start_date") <= pl.col("on"), pl.col("end_date").is_null() | (pl.col("end_date") >= pl.col("on"))
    )
    idle = days.join(held, on=["by", "on"], how="anti")
    if len(idle):
        sv, en = "Den som gjorde det hade ingen tjänst den dagen.", "Whoever did it had no duty that day."
        _no("event_no_duty", int(idle["line"].min()), sv, en)  # type: ignore[arg-type]


def _there(found: _Held, register: Register) -> None:
    rows = found.frame().filter(pl.col("pupil") != "")
    stay = register.latest(rows["pupil"], rows["on"])
    outreach = register.duties.filter(pl.col("duty_role") == YOUTH_COORDINATOR)["person_id"]
    there = (stay["end_date"] >= rows["on"]) | (stay["end_date"].is_not_null() & rows["by"].is_in(outreach.implode()))
    absent = rows.filter(~there.fill_null(False))
    if len(absent):
        sv, en = "Någon var inte inskriven den dagen.", "Somebody wasn't enrolled that day."
        _no("event_not_there", int(absent["line"].min()), sv, en)  # type: ignore[arg-type]


def _no(code: str, number: int, sv: str, en: str) -> NoReturn:
    raise Refusal(code, where=f"{EVENTS}, {number}", what=(sv, en), todo=WRITE_ANEW)
