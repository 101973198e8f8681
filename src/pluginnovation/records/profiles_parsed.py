"""A profile from its TOML, every key checked: what isn't understood is refused with its line, never passed over."""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, Final

from pluginnovation.reference.code_lists import CODE_LISTS

from .columns import INT16, INT32, STRING, Column
from .profiles import BESIDE, COLUMN, EMPTY, MINUTES, NOTHING, PROFILES, REASON, FileRule, Profile, Unreported
from .profiles_formats import UNITS, has_clock, has_day
from .profiles_lines import Path, line_of_error
from .profiles_refused import LARGEST, Wrong, not_toml, too_large
from .tables import FILES, csv_columns

ENCODINGS: Final = ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "iso-8859-1")
SAID_BY: Final = (COLUMN, EMPTY, MINUTES, NOTHING)

_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TOP: Final[Mapping[str, type]] = {
    "name": str, "version": int, "about": str, "about_en": str, "delimiter": str, "encoding": str, "decimal": str,
    "dates": list, "times": list, "true_words": list, "false_words": list, "lesson_minutes": int, "lateness": dict,
    "unreported": dict, "files": dict,
}  # fmt: skip
_LATENESS: Final[Mapping[str, type]] = {"is_absence": bool, "is_apart": bool}
_UNREPORTED: Final[Mapping[str, type]] = {"said_by": str, "is_offered": bool, "is_within_offered": bool}
_FILE: Final[Mapping[str, type]] = {
    "names": list, "columns": dict, "units": dict, "words": dict, "constants": dict, "reasons": dict,
    "period_in_name": bool,
}  # fmt: skip


def parsed(text: str, file: str) -> Profile:
    """The profile that a text says.

    Takes   text   TOML
            file   what the text is called, for the messages
    Raises  Refusal 'profile_too_large', 'profile_not_toml', 'profile_key_unknown', 'profile_key_missing',
            'profile_type_wrong', 'profile_value_wrong' or 'profile_name_taken', each with its line
    """
    if len(text) > LARGEST:
        raise too_large(file)
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # Numbers without end and brackets without end aren't TOML's own errors.
        raise not_toml(file, line_of_error(text, error)) from None
    return _Parsing(Wrong(text, file), found).profile(text)


class _Parsing:
    """One text on its way to a profile."""

    def __init__(self, wrong: Wrong, found: Mapping[str, Any]) -> None:
        self.wrong, self.found = wrong, found

    def profile(self, text: str) -> Profile:
        """The whole of it."""
        top = self._typed((), self.found, _TOP)
        if "name" not in top:
            self.wrong.missing(("name",))
        self._meets(("name",), top, _NAME.fullmatch, ("små bokstäver a-z, siffror och -", "small a-z, figures and -"))
        if top["name"] in PROFILES:
            self.wrong.taken(("name",))
        self._meets(("version",), top, lambda one: 1 <= one <= 99_999, ("1-99 999", "1-99,999"))
        self._meets(("delimiter",), top, _one_sign, ('ett tecken, som ";" eller "\\t"', 'one sign, as ";" or "\\t"'))
        self._meets(("lesson_minutes",), top, lambda one: 1 <= one <= 1440, ("1-1440", "1-1440"))
        self._listed(("encoding",), top, ENCODINGS)
        self._listed(("decimal",), top, (".", ","))
        self._formats(top)
        lateness = self._typed(("lateness",), top.get("lateness", {}), _LATENESS)
        return Profile(
            name=top["name"],
            version=top.get("version", 1),
            about=(top.get("about", ""), top.get("about_en", top.get("about", ""))),
            delimiter=top.get("delimiter", ","),
            encoding=top.get("encoding", "utf-8"),
            decimal=top.get("decimal", "."),
            dates=tuple(top.get("dates", ())),
            times=tuple(top.get("times", ())),
            true_words=tuple(top.get("true_words", ())),
            false_words=tuple(top.get("false_words", ())),
            lesson_minutes=top.get("lesson_minutes", 0),
            lateness_is_absence=lateness.get("is_absence", True),
            late_is_apart=lateness.get("is_apart", False),
            unreported=self._unreported(top),
            files={file: self._file(file, said) for file, said in self._files(top).items()},
            text=text,
        )

    def _unreported(self, top: Mapping[str, Any]) -> Unreported:
        said = self._typed(("unreported",), top.get("unreported", {}), _UNREPORTED)
        self._listed(("unreported", "said_by"), said, SAID_BY)
        return Unreported(**said)

    def _files(self, top: Mapping[str, Any]) -> Mapping[str, Any]:
        files: Mapping[str, Any] = top.get("files", {})
        for file in files:
            if file not in FILES:
                self.wrong.key(("files", file), FILES)
        return files

    def _file(self, file: str, found: object) -> FileRule:
        path = ("files", file)
        rule = self._typed(path, found, _FILE)
        columns = {column.csv: column for column in csv_columns(FILES[file])}
        known = (*columns, *BESIDE.get(file, ()))
        if file not in BESIDE and "reasons" in rule:
            self.wrong.key((*path, "reasons"), [key for key in _FILE if key != "reasons"])
        return FileRule(
            names=tuple(rule.get("names", ())),
            columns=self._columns((*path, "columns"), rule.get("columns", {}), known),
            units=self._units((*path, "units"), rule.get("units", {}), file),
            words=self._words((*path, "words"), rule.get("words", {}), columns),
            constants=self._constants((*path, "constants"), rule.get("constants", {}), columns),
            reasons=self._reasons((*path, "reasons"), rule.get("reasons", {}), file),
            period_in_name=self._period(path, rule, columns),
        )

    def _columns(self, path: Path, found: Mapping[str, Any], known: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
        columns = {}
        for head, said in found.items():
            ours = tuple(said) if _texts(said) and said else (said,)
            if not _texts(list(ours)):
                self.wrong.kind((*path, head), str)
            for column in ours:
                if column not in known:
                    self.wrong.one_of((*path, head), known)
            columns[head] = ours
        return columns

    def _units(self, path: Path, found: Mapping[str, Any], file: str) -> dict[str, str]:
        lengths = lengths_of(file)
        for column, unit in found.items():
            if column not in lengths:
                self.wrong.key((*path, column), lengths)
            self._is((*path, column), unit, str)
            self._listed((*path, column), found, UNITS)
            if unit == "lessons" and "lesson_minutes" not in self.found:
                self.wrong.missing(("lesson_minutes",))
        return dict(found)

    def _words(
        self, path: Path, found: Mapping[str, Any], columns: Mapping[str, Column]
    ) -> dict[str, Mapping[str, str]]:
        texts = {name: column for name, column in columns.items() if column.type == STRING and not column.person}
        for name, words in found.items():
            if name not in texts:
                self.wrong.key((*path, name), texts)
            self._is((*path, name), words, dict)
            for word, ours in words.items():
                self._is((*path, name, word), ours, str)
                self._in_list((*path, name, word), ours, texts[name])
        return dict(found)

    def _constants(self, path: Path, found: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, str]:
        # Nobody is said to be without protection by a profile: the export must say it of each person.
        free = {name: column for name, column in columns.items() if not column.person and name != "security_marking"}
        for name, said in found.items():
            if name not in free:
                self.wrong.key((*path, name), free)
            self._is((*path, name), said, str)
            self._in_list((*path, name), said, free[name])
        return dict(found)

    def _reasons(self, path: Path, found: Mapping[str, Any], file: str) -> dict[str, str]:
        whole = ("offered", "reported", "unreported", REASON)
        parts = [name for name in lengths_of(file) if not name.startswith(whole)]
        for word in found:
            self._is((*path, word), found[word], str)
            self._listed((*path, word), found, tuple(parts))
        return dict(found)

    def _period(self, path: Path, rule: Mapping[str, Any], columns: Mapping[str, Column]) -> bool:
        if rule.get("period_in_name") and not {"start_date", "end_date"} <= columns.keys():
            self.wrong.key((*path, "period_in_name"), [key for key in _FILE if key != "period_in_name"])
        return bool(rule.get("period_in_name"))

    def _formats(self, top: Mapping[str, Any]) -> None:
        for key, fits, example in (("dates", has_day, "DD/MM/YYYY"), ("times", has_clock, "hh.mm")):
            for format_ in top.get(key, ()):
                try:
                    good = fits(format_)
                except ValueError:
                    good = False
                if not good:
                    self.wrong.value((key,), (f'format som "{example}"', f'formats such as "{example}"'))

    def _typed(self, path: Path, found: object, kinds: Mapping[str, type]) -> dict[str, Any]:
        """A table of which every key is known and every value of the kind that its key takes."""
        if not isinstance(found, dict):
            self.wrong.kind(path, dict)
        for key, value in found.items():
            if key not in kinds:
                self.wrong.key((*path, key), kinds)
            self._is((*path, key), value, kinds[key])
        return found

    def _is(self, path: Path, value: object, kind: type) -> None:
        # To Python, true is a whole number.
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong.kind(path, kind)
        if kind is list and not _texts(value):
            self.wrong.kind(path, list)

    def _meets(
        self, path: Path, table: Mapping[str, Any], good: Callable[[Any], object], wanted: tuple[str, str]
    ) -> None:
        if path[-1] in table and not good(table[path[-1]]):
            self.wrong.value(path, wanted)

    def _listed(self, path: Path, table: Mapping[str, Any], known: tuple[str, ...]) -> None:
        if path[-1] in table and table[path[-1]] not in known:
            self.wrong.one_of(path, known)

    def _in_list(self, path: Path, word: str, column: Column) -> None:
        if column.words and word not in CODE_LISTS[column.words]:
            self.wrong.one_of(path, CODE_LISTS[column.words])


def lengths_of(file: str) -> tuple[str, ...]:
    """The columns of a file that are lengths of time, those that only exports have too."""
    own = [
        column.csv
        for column in csv_columns(FILES[file])
        if column.type in {INT16, INT32} and column.csv.endswith(("_minutes", "_sum"))
    ]
    return (*own, *(name for name in BESIDE.get(file, ()) if name.endswith(("_minutes", "_sum"))))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _one_sign(sign: str) -> bool:
    return len(sign) == 1 and sign.isascii() and not sign.isalnum() and sign not in '"\r\n\x00'
