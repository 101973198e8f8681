"""Plans as files: TOML for people, JSON for programs, and one canonical form whose checksum tells any change."""

import tomllib
from dataclasses import asdict, dataclass
from dataclasses import fields as dataclass_fields
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import msgspec

from pluginnovation.records.refusals import Refusal

from .plan import Outcome, Plan, Population, Window, checked


@dataclass(frozen=True, slots=True)
class Departure:
    """One way the analysis left its locked plan: shown beside the estimate for ever."""

    at: datetime
    by: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class Locked:
    """A plan that can't be changed any more.

    checksum    sha-256 of its canonical form, in hexadecimal
    locked_at   when, with its zone; `by` who
    """

    plan: Plan
    checksum: str
    locked_at: datetime
    by: str
    departures: tuple[Departure, ...] = ()

    @property
    def ahead(self) -> bool:
        """Whether it was locked before its outcome's first day: then nobody can have looked, also by other means."""
        return self.locked_at.date() < self.plan.window.opens


def canonical(plan: Plan) -> bytes:
    """The plan as JSON with sorted names and nothing left out: equal plans give equal bytes.

    A plan whose decisions are handed in is written as plans were before they could be found at a node: its checksum
    is the same as it was.
    """
    fields = msgspec.to_builtins(plan)
    if not plan.decisions:
        del fields["decisions"]
    return msgspec.json.encode(fields, order="sorted")


def checksum(plan: Plan) -> str:
    """sha-256 of the canonical form, in hexadecimal."""
    return sha256(canonical(plan)).hexdigest()


def lock(plan: Plan, *, at: datetime, by: str) -> Locked:
    """The plan, checked and locked: nothing is computed for a plan that isn't. Raises Refusal 'plan_…'."""
    if at.tzinfo is None:
        raise ValueError("the time has no zone")
    return Locked(checked(plan), checksum(plan), at, by)


def departed(locked: Locked, departure: Departure) -> Locked:
    """The same locked plan with one more departure. Raises Refusal 'departure_empty' without a reason."""
    if not (departure.what.strip() and departure.why.strip()):
        raise Refusal(
            "departure_empty",
            what=("Avsteget saknar vad eller varför.", "The departure lacks what or why."),
            todo=("Skriv båda.", "Write both."),
        )
    return Locked(locked.plan, locked.checksum, locked.locked_at, locked.by, (*locked.departures, departure))


def intact(locked: Locked) -> bool:
    """Whether the plan is still the one that was locked."""
    return checksum(locked.plan) == locked.checksum


def plan_from_toml(text: str) -> Plan:
    """A plan that a person wrote. Raises Refusal 'plan_unreadable' or 'plan_…' with the place."""
    try:
        return _plan(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(str(error)) from error


def plan_from_json(raw: bytes) -> Plan:
    """A plan that a program wrote. Raises Refusal 'plan_unreadable' or 'plan_…' with the place."""
    try:
        return _plan(msgspec.json.decode(raw))
    except msgspec.DecodeError as error:
        raise _unreadable(str(error)) from error


def locked_to_json(locked: Locked) -> bytes:
    """A locked plan as a file, with its departures."""
    return msgspec.json.encode(locked, order="sorted")


def locked_from_json(raw: bytes) -> Locked:
    """A locked plan from a file. Raises Refusal 'plan_unreadable', or 'plan_changed' when somebody touched the plan."""
    try:
        found = msgspec.json.decode(raw, type=Locked)
    except msgspec.DecodeError as error:
        raise _unreadable(str(error)) from error
    if not intact(found):
        raise changed()
    return found


def changed() -> Refusal:
    """What is answered to a plan that isn't the one that was locked."""
    return Refusal(
        "plan_changed",
        what=("Planen är ändrad sedan den låstes.", "The plan was changed after it was locked."),
        todo=("Kör den låsta, eller lås en ny.", "Run the locked one, or lock a new one."),
    )


def plan_to_toml(plan: Plan) -> str:
    """The plan as a file that a person can read and `plan_from_toml` reads back as the same plan."""
    fields = asdict(plan)
    tables = {name: value for name, value in fields.items() if isinstance(value, dict)}
    lines = [_line(name, value) for name, value in fields.items() if name not in tables and value is not None]
    for name, table in tables.items():
        lines += ["", f"[{name}]", *(_line(one, value) for one, value in table.items())]
    return "\n".join(lines) + "\n"


def _plan(fields: Any) -> Plan:
    try:
        _only_known(fields)
        return checked(msgspec.convert(fields, Plan))
    except msgspec.ValidationError as error:
        raise _unreadable(str(error)) from error


def _only_known(fields: Any) -> None:
    """A misspelt name would else be a choice nobody made."""
    if not isinstance(fields, dict):
        return
    strays = [name for name in fields if name not in _names(Plan)]
    for place, part in (("outcome", Outcome), ("window", Window), ("population", Population)):
        inner = fields.get(place)
        strays += [f"{place}.{name}" for name in (inner if isinstance(inner, dict) else ()) if name not in _names(part)]
    if strays:
        raise _unreadable(f"unknown field {min(strays)!r}")


def _names(kind: Any) -> set[str]:
    return {one.name for one in dataclass_fields(kind)}


def _line(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    if isinstance(value, date):
        return f"{name} = {value.isoformat()}"
    return f"{name} = {msgspec.json.encode(value).decode()}"  # JSON's texts, numbers and lists are TOML's too


def _unreadable(why: str) -> Refusal:
    return Refusal(
        "plan_unreadable",
        what=(f"Planen går inte att läsa: {why}.", f"The plan can't be read: {why}."),
        todo=("Rätta filen.", "Put the file right."),
    )
