"""A scenario from its TOML file. What isn't understood, or would do nothing, is refused with its line."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from pluginnovation.records.profiles_lines import Path as Keys
from pluginnovation.records.profiles_lines import line_of_error

from .help.catalogue import KEYS
from .help.shifts import LAST_OUTREACH_TERM
from .lives.seam import LAST_COMPULSORY_TERM
from .scenario import ByAbsence, Circumstances, Effect, Everyday, Noticing, Records, Scenario, SubProject
from .scenario_refused import LARGEST, Wrong, no_file, not_toml, too_large
from .scenario_switches import (
    BETWEEN_SITES,
    BY_ABSENCE,
    DATE,
    EFFECT,
    EVERYDAY,
    EVERYDAY_EFFECT,
    FIRST,
    IN_SCHOOL,
    NOTICING,
    RECORDS,
    STAGGERED,
    SUB_PROJECT,
    TEXT,
    TOP,
    WHOLE,
    WHOLES,
    WORD,
    WORLD,
    Switch,
)

MOST_SUB_PROJECTS: Final = 100
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_TABLES: Final = ("noticing", "everyday", "records", "world", "sub_projects")
_WITHIN: Final = ("effect", "between_sites", "by_absence")


def read_scenario(path: Path) -> Scenario:
    """The scenario that a file says.

    Raises  Refusal 'scenario_missing', 'scenario_too_large', 'scenario_not_toml', 'scenario_switch_unknown',
            'scenario_switch_missing', 'scenario_switch_idle', 'scenario_type_wrong', 'scenario_value_outside' or
            'scenario_value_wrong', each with file, line and key
    """
    try:
        data = path.read_bytes()
    except OSError:
        raise no_file(path.name) from None
    if len(data) > LARGEST:
        raise too_large(path.name)
    try:
        # Files from Windows may begin with a mark, and end their lines with two signs.
        return parsed_scenario(data.decode("utf-8-sig").replace("\r\n", "\n"), path.name)
    except UnicodeDecodeError as error:
        raise not_toml(path.name, data[: error.start].count(b"\n") + 1) from None


def parsed_scenario(text: str, file: str = "scenario.toml") -> Scenario:
    """The scenario that a text says; `file` is what it is called in the messages. Raises as `read_scenario`."""
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Numbers without end and brackets without end aren't TOML's own errors.
        raise not_toml(file, line_of_error(text, error)) from None
    return _Parsing(Wrong(text, file), found).scenario(text)


def ordinary() -> Scenario:
    """The region as it is when nothing is said: everyday help with a little effect, and no sub-project."""
    return parsed_scenario('name = "ordinary"')


class _Parsing:
    """One text on its way to a scenario."""

    def __init__(self, wrong: Wrong, found: Mapping[str, Any]) -> None:
        self.wrong, self.found = wrong, found
        self.day = FIRST

    def scenario(self, text: str) -> Scenario:
        """The whole of it."""
        if "defaults_of" in self.found:
            self._day(self.found["defaults_of"])
        top = self._table((), self.found, TOP, _TABLES)
        if not 1 <= len(top["name"]) <= 60:
            self.wrong.value(("name",), ("1 till 60 tecken", "1 to 60 signs"))
        everyday = self._under((), "everyday", self.found)
        return Scenario(
            **top,
            noticing=Noticing(**self._table(("noticing",), self._under((), "noticing", self.found), NOTICING)),
            everyday=Everyday(
                **self._table(("everyday",), everyday, EVERYDAY, ("effect",)),
                effect=Effect(**self._nested(("everyday",), "effect", everyday, EVERYDAY_EFFECT)),
            ),
            records=Records(**self._table(("records",), self._under((), "records", self.found), RECORDS)),
            world=self._world(),
            sub_projects=self._sub_projects(),
            source=text,
        )

    def _day(self, said: object) -> None:
        self._is(("defaults_of",), said, TOP[-1])
        assert isinstance(said, date)
        if said < FIRST:
            self.wrong.value(("defaults_of",), (f"{FIRST} eller senare", f"{FIRST} or later"))
        self.day = said

    def _world(self) -> Circumstances:
        world = Circumstances(**self._table(("world",), self._under((), "world", self.found), WORLD))
        if world.icc > 0.99:
            self.wrong.outside(("world", "icc"), 0, 0.99)
        return world

    def _sub_projects(self) -> dict[str, SubProject]:
        found = self._under((), "sub_projects", self.found)
        if len(found) > MOST_SUB_PROJECTS:
            self.wrong.value(("sub_projects",), (f"högst {MOST_SUB_PROJECTS}", f"at most {MOST_SUB_PROJECTS}"))
        return {key: self._sub_project(key, self._under(("sub_projects",), key, found)) for key in found}

    def _sub_project(self, key: str, found: Mapping[str, Any]) -> SubProject:
        path = ("sub_projects", key)
        if not _KEY.fullmatch(key):
            self.wrong.value(path, ("små bokstäver a-z, siffror och _", "small a-z, figures and _"))
        values = self._table(path, found, SUB_PROJECT, _WITHIN)
        for switch in SUB_PROJECT:
            if switch.only and switch.name in found and values["assignment"] not in switch.only:
                self.wrong.idle((*path, switch.name), switch)
        made = SubProject(
            key=key,
            **values,
            effect=Effect(**self._nested(path, "effect", found, EFFECT)),
            between_sites=Effect(**self._nested(path, "between_sites", found, BETWEEN_SITES)),
            by_absence=ByAbsence(**self._nested(path, "by_absence", found, BY_ABSENCE)),
        )
        self._agree(path, made)
        return made

    def _agree(self, path: Keys, made: SubProject) -> None:
        """Switches that can't be true together."""
        if made.assignment == STAGGERED and (not made.starts or list(made.starts) != sorted(set(made.starts))):
            self.wrong.value((*path, "starts"), ("terminer i ordning, var och en en gång", "terms in order, each once"))
        if made.anticipation and made.first_term == 0:
            self.wrong.value((*path, "anticipation"), ("0 när det börjar i termin 0", "0 when it begins in term 0"))
        if made.who != IN_SCHOOL and (made.absence_from or made.failed_from):
            words = ("in_school när frånvaro eller F krävs", "in_school when absence or F is asked for")
            self.wrong.value((*path, "who"), words)
        first, last = LAST_COMPULSORY_TERM + 1, LAST_OUTREACH_TERM
        if made.who != IN_SCHOOL and not first <= made.first_term <= last:
            key = "starts" if made.assignment == STAGGERED else "start"
            self.wrong.outside((*path, key), first, last)

    def _under(self, path: Keys, name: str, within: Mapping[str, Any]) -> Mapping[str, Any]:
        found = within.get(name, {})
        if not isinstance(found, dict):
            self.wrong.kind((*path, name), "table")
        return found

    def _nested(self, path: Keys, name: str, within: Mapping[str, Any], switches: tuple[Switch, ...]) -> dict[str, Any]:
        return self._table((*path, name), self._under(path, name, within), switches)

    def _table(
        self, path: Keys, found: Mapping[str, Any], switches: tuple[Switch, ...], tables: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        """Every switch of a table, as said or by default."""
        known = {switch.name: switch for switch in switches}
        for key in found:
            if key not in known and key not in tables:
                self.wrong.unknown((*path, key), (*known, *tables))
        values: dict[str, Any] = {}
        for name, switch in known.items():
            if name in found:
                self._is((*path, name), found[name], switch)
                values[name] = tuple(found[name]) if switch.kind == WHOLES else found[name]
            elif switch.defaults:
                values[name] = switch.default(self.day)
            else:
                self.wrong.missing((*path, name))
        return values

    def _is(self, path: Keys, value: object, switch: Switch) -> None:
        if not _of_kind(value, switch.kind):
            self.wrong.kind(path, switch.kind)
        words = KEYS if switch.name == "method" else switch.words
        if switch.kind == WORD and value not in words:
            self.wrong.one_of(path, words)
        if switch.kind in {TEXT, DATE, WORD}:
            return
        numbers: list[Any] = value if isinstance(value, list) else [value]
        least, most = switch.ends
        # Written so that nan, which TOML can say, isn't inside anything.
        if not all(least <= number <= most for number in numbers):
            self.wrong.outside(path, least, most)


def _of_kind(value: object, kind: str) -> bool:
    # To Python, true is a whole number and a moment is a date.
    if isinstance(value, bool):
        return False
    match kind:
        case "text" | "word":
            return isinstance(value, str)
        case "date":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "whole":
            return isinstance(value, int)
        case "wholes":
            return isinstance(value, list) and all(_of_kind(one, WHOLE) for one in value)
        case _:
            return isinstance(value, int | float)
