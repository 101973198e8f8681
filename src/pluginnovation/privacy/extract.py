"""What a person gets of what is held about her: which fields, and what a review withholds. Pure.

Source  GDPR Art. 15; what is withheld has a ground in the secrecy act (OSL), which goes before (dataskyddslagen 5:1)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from .fields import ERASE, KEEP, kind_of

# Kinds of field that may leave: anything else never does, also one that nobody has decided about.
GIVEN: Final = (KEEP, ERASE)

# The facts on disk have no table in the web: what of each is given. Codes that only we use are not.
FACTS: Final[Mapping[str, frozenset[str]]] = {
    "attendance": frozenset({"month", "lessons", "offered", "reported", "excused", "unexcused", "late"}),
    "grades": frozenset({"registered_date", "subject", "course", "grade", "semester", "year", "imported_at"}),
    "study_plans": frozenset({"course", "subject", "points", "planned_semester", "required", "imported_at"}),
    "enrolments": frozenset(
        {"organisation", "school_type", "school_year", "programme", "start_date", "end_date", "leave_reason",
         "imported_at"}
    ),
    "pupils": frozenset({"sex", "status", "imported_at"}),
}  # fmt: skip

# Why something is withheld. The words are the page's; here is what may be said at all.
WITHHOLDING: Final = ("osl_12_3", "osl_21_1", "osl_21_3", "osl_21_3a", "osl_23_2", "osl_25_1", "gdpr_15_4")

# Who may make one. Whether something may be handed out is the authority's decision, in practice the principal's; pupil
# health knows what its own secrecy covers; a youth without a school has only the municipality to turn to. Mentors and
# teachers pass the question on. An administrator or data protection officer reaches no pupil, and so makes none.
MAKERS: Final = ("principal", "pupil_health", "youth_coordinator")

# How long a released extract waits to be collected.
WAITS_FOR: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a chapter.

    name    `table.field`: `people.Person.given_name`, or `facts.grades.grade`; after a colon the part of the field that
            it shows: `signals.PupilSnapshot.figures:reason`
    title   in the reader's language
    """

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """One part of an extract: a table, and what it is.

    rows       cells in the order of the fields; empty text means that nothing is known
    withheld   why the whole chapter is withheld; empty: it isn't
    hidden     the fields that are withheld, each with its reason
    """

    key: str
    title: str
    about: str
    fields: tuple[Field, ...]
    rows: tuple[tuple[str, ...], ...]
    withheld: str = ""
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def columns(self) -> list[tuple[str, str, list[str]]]:
        """Name, title and cells of each field."""
        return [(one.name, one.title, [row[place] for row in self.rows]) for place, one in enumerate(self.fields)]


def may_leave(name: str) -> bool:
    """Whether a field may be in an extract: by the classification of the web's tables, or the list of facts above."""
    table, _, field = name.partition(":")[0].rpartition(".")
    if table.startswith("facts."):
        return field in FACTS.get(table.removeprefix("facts."), frozenset())
    return kind_of(table, field) in GIVEN


def chapter(key: str, title: str, about: str, fields: Sequence[Field], rows: Iterable[Sequence[Any]]) -> Chapter:
    """A chapter with only what may leave; cells as text, an unknown one empty."""
    places = [place for place, one in enumerate(fields) if may_leave(one.name)]
    kept = tuple(fields[place] for place in places)
    cells = tuple(tuple("" if row[place] is None else str(row[place]) for place in places) for row in rows)
    return Chapter(key, title, about, kept, cells)


def reviewed(chapters: Iterable[Chapter], withheld: Mapping[str, str]) -> list[Chapter]:
    """The chapters as they are handed out: what a reviewer withheld is gone, and its ground stands there instead.

    Takes   withheld   a chapter's key, or `key/table.field`, to one of WITHHOLDING
    Raises  ValueError for a ground that isn't one: a programming error, the form has checked it
    """
    if not set(withheld.values()) <= set(WITHHOLDING):
        raise ValueError("no such ground for withholding")
    return [_reviewed(one, withheld) for one in chapters]


def _reviewed(one: Chapter, withheld: Mapping[str, str]) -> Chapter:
    if one.key in withheld:
        return replace(one, fields=(), rows=(), withheld=withheld[one.key])
    hidden = {field.name: withheld[f"{one.key}/{field.name}"] for field in one.fields
              if f"{one.key}/{field.name}" in withheld}  # fmt: skip
    places = [place for place, field in enumerate(one.fields) if field.name not in hidden]
    titles = {field.name: field.title for field in one.fields}
    return replace(
        one,
        fields=tuple(one.fields[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in one.rows) if places else (),
        hidden=tuple((titles[name], why) for name, why in hidden.items()),
    )


def packed(chapters: Iterable[Chapter]) -> list[dict[str, Any]]:
    """The chapters as JSON keeps them."""
    return [
        {
            "key": one.key, "title": one.title, "about": one.about,
            "fields": [[field.name, field.title] for field in one.fields],
            "rows": [list(row) for row in one.rows], "withheld": one.withheld,
            "hidden": [list(pair) for pair in one.hidden],
        }
        for one in chapters
    ]  # fmt: skip


def unpacked(kept: Iterable[Mapping[str, Any]]) -> list[Chapter]:
    """The chapters again."""
    return [
        Chapter(
            one["key"], one["title"], one["about"], tuple(Field(*pair) for pair in one["fields"]),
            tuple(tuple(row) for row in one["rows"]), one["withheld"], tuple((a, b) for a, b in one["hidden"]),
        )
        for one in kept
    ]  # fmt: skip
