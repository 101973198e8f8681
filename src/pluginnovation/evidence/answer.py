"""From a locked plan, decisions and records to an answer that can be read: estimate, certainty, one paragraph."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import polars as pl

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.catalogue import MEASURES

from .dataset import ASSIGNED, Built, analysis_table, known_before
from .designs.before_after import before_after
from .estimate import Scored, estimate
from .grade import Grade, graded
from .measures import Seen
from .outcomes import LEFT_SCHOOL
from .panels import PANELS, STARTS, months_of, rollout_of, units_of
from .plain import Language, Named, paragraph
from .plan import Plan
from .plan_files import Locked
from .result import Result
from .spells import spells_of

if TYPE_CHECKING:
    from pluginnovation.records.store import Store

# How each outcome stands in a sentence, Swedish and English.
SAID: Final = {
    "absence_share": ("frånvaron", "absence"),
    "unexcused_share": ("den ogiltiga frånvaron", "unexcused absence"),
    "courses_passed": ("antalet godkända betyg", "the number of passes"),
    "courses_failed": ("antalet underkända betyg", "the number of failed grades"),
    LEFT_SCHOOL: ("andelen som lämnar skolan utan examen", "the share leaving school without a degree"),
    "in_school": ("andelen som går kvar", "the share still in school"),
}


@dataclass(frozen=True, slots=True)
class Answered:
    """One question, answered.

    warning        before and after of the same pupils, as the warning example that it is; None: not of this design
    not_enrolled, disposed   of those decided on, who couldn't be counted: see `dataset.Built`
    """

    plan: Plan
    result: Result
    grade: Grade
    warning: Result | None = None
    not_enrolled: int = 0
    disposed: int = 0

    def paragraph(self, language: Language) -> str:
        """What can and can't be concluded, in 'sv' or 'en'."""
        return paragraph_of(self.plan, self.result, self.grade, language)


def paragraph_of(plan: Plan, result: Result, grade: Grade, language: Language) -> str:
    """What a result of a plan lets anybody conclude, in 'sv' or 'en', as sure as the grade is."""
    return paragraph(result, grade, named(plan, language), language)


def named(plan: Plan, language: Language) -> Named:
    """What the sentences about a plan's answer call its method and outcome."""
    outcome = SAID.get(plan.outcome.name, (plan.outcome.name,) * 2)[language == "en"]
    kind = next((one for one in MEASURES if plan.method in (one.key, one.sv, one.en)), None)
    method = (kind.en if language == "en" else kind.sv) if kind else plan.method
    return Named(method[:1].upper() + method[1:], outcome, plan.outcome.worthwhile)


def answered(locked: Locked, decisions: pl.DataFrame, store: "Store", *, as_of: date) -> Answered:
    """The answer to a locked plan from the records of a home.

    Takes   decisions   columns as `dataset.ASSIGNED`, or `panels.STARTS` for a roll-out or a mixture of others
            as_of       the day it is made
    Raises  Refusal of `analysis_table`, `months_of`, `spells_of` and `estimate`
    """
    plan = locked.plan
    after = Seen(store.facts(), store.days(), None, store.frame)
    if plan.design in PANELS:
        months = months_of(locked, decisions, after, as_of=as_of)
        found = estimate(locked, rollout_of(months) if plan.design == "rollout" else units_of(months))
        return Answered(plan, found, graded(found, worthwhile=plan.outcome.worthwhile))
    if plan.design == "hazard":
        found = estimate(locked, spells_of(locked, decisions, known_before(plan, store), after, as_of=as_of))
        return Answered(plan, found, graded(found, worthwhile=plan.outcome.worthwhile))
    built = analysis_table(locked, decisions, known_before(plan, store), after, as_of=as_of)
    found = estimate(locked, built.table if built.at is None else Scored(built.table, built.at))
    grade = graded(found, worthwhile=plan.outcome.worthwhile)
    return Answered(plan, found, grade, _warning(plan, built), built.not_enrolled, built.disposed)


def _warning(plan: Plan, built: Built) -> Result | None:
    """Only when the same outcome is known before: else there is nothing to go wrong with."""
    if plan.design == "before_after" or f"{plan.outcome.name}_before" not in built.table.names:
        return None
    return before_after(plan, built.table, before=f"{plan.outcome.name}_before")


def decisions_from(path: Path, design: str) -> pl.DataFrame:
    """Decisions from a CSV file with a header.

    Takes   columns as `dataset.ASSIGNED` (source, pupil, offered and decided_on must be there), or `panels.STARTS`
    Raises  Refusal 'decisions_unreadable' with the file's name
    """
    wanted = STARTS if design in PANELS else ASSIGNED
    needed = list(STARTS) if design in PANELS else ["source", "pupil", "offered", "decided_on"]
    try:
        read = pl.read_csv(path, infer_schema=False)
        missing = [name for name in needed if name not in read.columns]
        if missing:
            raise _unreadable(path, f"{', '.join(missing)} saknas", f"{', '.join(missing)} missing")
        rows = read.select(*[_cell(name, kind, read.columns) for name, kind in wanted.items()])
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, "en cell är av fel slag", "a cell is of the wrong kind") from error
    # A decision without a day could have been made at any time; nobody is offered help by an empty cell.
    if any(rows[name].is_null().any() for name in needed if name != "started_on"):
        raise _unreadable(path, "en cell är tom", "a cell is empty")
    return rows


def _cell(name: str, kind: pl.DataType | type[pl.DataType], there: list[str]) -> pl.Expr:
    if name not in there:
        return pl.lit(None, kind).alias(name)
    if kind == pl.Boolean:
        said = pl.col(name).str.to_lowercase()
        return said.replace_strict({"true": True, "false": False, "1": True, "0": False}, return_dtype=pl.Boolean)
    return pl.col(name).str.to_date() if kind == pl.Date else pl.col(name).cast(kind)


def _unreadable(path: Path, sv: str, en: str) -> Refusal:
    return Refusal(
        "decisions_unreadable",
        what=(f"Besluten går inte att läsa: {sv}.", f"The decisions can't be read: {en}."),
        todo=("Rätta filen.", "Put the file right."),
        where=path.name,
    )
