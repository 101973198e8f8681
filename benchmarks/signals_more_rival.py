"""The rival for the other seven signals: grades and enrolments by vectorised pandas, from the same stored files.

Nothing of the product is used here. Limited to what the benchmark's rows hold: no blocks of subjects, one kind of
Swedish, courses and no levels, every planned term over or far ahead, no events, no register of residents.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

CORE = ["SV", "EN", "MA"]
CORE_OF = {"SVE": "SV", "ENG": "EN", "MAT": "MA"}
HALVES = {"A": 40, "B": 35, "C": 30, "D": 25, "E": 20, "F": 0}
BEST, OTHERS_NEEDED, SHOW_UP_DAYS = 16, 5, 3


@dataclass(frozen=True)
class MoreFiles:
    """Parquet files of grades, study plans and pupils."""

    grades: tuple[Path, ...]
    study_plans: tuple[Path, ...]
    pupils: tuple[Path, ...]


@dataclass(frozen=True)
class Known:
    """What the attendance part has read already.

    enrolments   source's enrolments, an empty end far ahead
    days         pupil, date, school_day, present (minutes), inside an enrolment
    last         the day that is asked about
    """

    enrolments: pd.DataFrame
    days: pd.DataFrame
    last: pd.Timestamp


def read(paths: tuple[Path, ...]) -> pd.DataFrame:
    """The rows of files."""
    return pd.concat([pd.read_parquet(path, partitioning=None) for path in paths], ignore_index=True)


def more_signals(files: MoreFiles, known: Known) -> list[pd.DataFrame]:
    """The seven signals, one frame each: pupil, signal, value, level, school_days, rests_from, rests_to, last_true."""
    grades = read(files.grades)
    grades["registered_date"] = pd.to_datetime(grades.registered_date)
    grades = grades[grades.registered_date <= known.last]
    covering = _covering(known)
    compulsory = covering[covering.school_type.eq("GR") & covering.school_year.between(6, 9)].pupil.unique()
    upper = covering[covering.school_type.eq("GY")].pupil.unique()
    is_course = grades.course.fillna("").ne("")
    subjects, courses = grades[~is_course], grades[is_course]
    latest = subjects.sort_values("registered_date", kind="stable").drop_duplicates(["pupil", "subject"], keep="last")
    taken = courses.sort_values("registered_date", kind="stable").drop_duplicates(["pupil", "course"], keep="last")
    return [
        _core(latest, taken, covering.pupil.unique()),
        _passes(latest, compulsory),
        _merit(subjects, compulsory),
        _points(taken, read(files.study_plans), upper, known.last),
        _moves(known, covering.pupil.unique()),
        _no_show(known, covering),
        _left(known, read(files.pupils)),
    ]


def _covering(known: Known) -> pd.DataFrame:
    rows = known.enrolments
    return rows[(rows.start_date <= known.last) & (rows.end_date >= known.last)]


def _core(latest: pd.DataFrame, taken: pd.DataFrame, pupils: np.ndarray) -> pd.DataFrame:
    own = latest[latest.subject.isin(CORE)][["pupil", "subject", "grade", "registered_date"]]
    by_course = taken.assign(subject=taken.course.str[:3].map(CORE_OF)).dropna(subset="subject")
    own, by_course = (rows.assign(failed=rows.grade.isin(["F", "-"])) for rows in (own, by_course))
    shape = {"failed": ("failed", "max"), "first": ("registered_date", "min"), "last": ("registered_date", "max")}
    courses = by_course.groupby(["pupil", "subject"], observed=True).agg(**shape)
    subjects = own.groupby(["pupil", "subject"], observed=True).agg(**shape)
    both = pd.concat([courses, subjects[~subjects.index.isin(courses.index)]])
    found = both.groupby("pupil", observed=True).agg(
        value=("failed", "sum"), first=("first", "min"), last=("last", "max")
    )
    return _frame("core_subject_failing", found.reindex(pupils), (1, 2, 3))


def _passes(latest: pd.DataFrame, pupils: np.ndarray) -> pd.DataFrame:
    passed, core = ~latest.grade.isin(["F", "-"]), latest.subject.isin(CORE)
    found = latest.assign(core=passed & core, others=passed & ~core).groupby("pupil", observed=True)
    found = found.agg(core=("core", "sum"), others=("others", "sum"), first=("registered_date", "min"),
                      last=("registered_date", "max"))  # fmt: skip
    found["value"] = len(CORE) - found.core + (OTHERS_NEEDED - found.others).clip(lower=0)
    return _frame("passes_needed", found.reindex(pupils), (1, 2, 3))


def _merit(subjects: pd.DataFrame, pupils: np.ndarray) -> pd.DataFrame:
    ended = subjects[subjects.kind.isin(["term", "final"]) & subjects.pupil.isin(pupils)]
    ended = ended.assign(term=2 * ended.year + (ended.semester == "HT"))
    last = ended.groupby("pupil", observed=True).term.transform("max")
    now, before = _merit_value(ended), _merit_value(ended[ended.term < last])
    graded_before = ended[ended.term == last - 1].pupil.unique()
    found = now.join(before, rsuffix="_before")
    found["value"] = ((found.halves_before - found.halves) / 2).where(found.index.isin(graded_before))
    found["first"] = found.first_before.fillna(found["first"])
    return _frame("merit_drop", found.reindex(pupils), (20, 40, 60))


def _merit_value(ended: pd.DataFrame) -> pd.DataFrame:
    """Halves of merit points: the language that was chosen, and the best sixteen of the others."""
    latest = ended.sort_values(["term", "registered_date"], kind="stable")
    latest = latest.drop_duplicates(["pupil", "subject"], keep="last")
    latest = latest.assign(halves=latest.grade.map(HALVES))
    days = latest.groupby("pupil", observed=True).registered_date.agg(["min", "max"])
    graded = latest.dropna(subset="halves")
    chosen = graded.language_choice.fillna(False).astype(bool)
    others = graded[~chosen].sort_values("halves", ascending=False, kind="stable")
    best = others[others.groupby("pupil", observed=True).cumcount() < BEST]
    total = pd.concat([best, graded[chosen]]).groupby("pupil", observed=True).halves.sum()
    return pd.DataFrame({"halves": total.reindex(days.index), "first": days["min"], "last": days["max"]})


def _points(taken: pd.DataFrame, plans: pd.DataFrame, upper: np.ndarray, last: pd.Timestamp) -> pd.DataFrame:
    term = plans.planned_semester.str[:4].astype(int) * 10_000 + plans.planned_semester.str[4:].map(
        {"HT": 1231, "VT": 630}
    )
    due = plans[plans.pupil.isin(upper) & (term <= int(last.strftime("%Y%m%d")))]
    rows = due.merge(taken[["pupil", "course", "grade", "registered_date"]], on=["pupil", "course"], how="left")
    rows["missing"] = rows.points.where(rows.grade.isna() | rows.grade.isin(["F", "-"]), 0)
    found = rows.groupby("pupil", observed=True)
    found = found.agg(value=("missing", "sum"), first=("registered_date", "min"), last=("registered_date", "max"))
    return _frame("points_behind", found.reindex(upper), (100, 200, 250))


def _moves(known: Known, pupils: np.ndarray) -> pd.DataFrame:
    rows = known.enrolments[known.enrolments.start_date <= known.last]
    rows = rows.sort_values(["pupil", "start_date", "end_date", "organisation"], kind="stable")
    before = rows.groupby("pupil", observed=True).organisation.shift()
    recent = rows.start_date > known.last - pd.DateOffset(months=12)
    moved = recent & before.notna() & (before != rows.organisation) & ~rows.start_date.dt.month.between(6, 8)
    rows = rows.assign(moved=moved, at=rows.start_date.where(moved))
    found = rows.groupby("pupil", observed=True).agg(
        value=("moved", "sum"), first=("at", "min"), last=("at", "max"), start=("start_date", "max")
    )
    found["first"], found["last"] = found["first"].fillna(found.start), found["last"].fillna(found.start)
    return _frame("frequent_moves", found.reindex(pupils), (1, 2, 3), last_true=known.last)


def _no_show(known: Known, covering: pd.DataFrame) -> pd.DataFrame:
    upper = covering[covering.school_type.eq("GY")]
    upper = upper.sort_values(["start_date", "organisation"], ascending=[False, True]).drop_duplicates("pupil")
    begun = upper.set_index("pupil").start_date
    school = known.days[known.days.school_day & known.days.pupil.isin(upper.pupil)]
    told = school[school.date >= school.pupil.map(begun).astype("datetime64[ns]")]
    found = told.groupby("pupil", observed=True).agg(
        present=("present", "sum"), first=("date", "min"), last=("date", "max")
    )
    never = upper[upper.pupil.isin(found.index[found.present == 0])][["pupil", "organisation", "start_date"]]
    there = known.enrolments[known.enrolments.organisation.isin(never.organisation)]
    dates = known.days[known.days.school_day & (known.days.date >= never.start_date.min())][["pupil", "date"]]
    dates = dates.merge(there[["pupil", "organisation", "start_date", "end_date"]], on="pupil")
    dates = dates[(dates.date >= dates.start_date) & (dates.date <= dates.end_date)]
    dates = dates[["organisation", "date"]].drop_duplicates().merge(never, on="organisation")
    taught = dates[dates.date >= dates.start_date].groupby("pupil", observed=True).size()
    found["value"] = (taught.reindex(found.index) >= SHOW_UP_DAYS).astype(int)
    return _frame("no_show", found.reindex(upper.pupil), (1,))


def _left(known: Known, pupils: pd.DataFrame) -> pd.DataFrame:
    rows = known.enrolments[known.enrolments.start_date <= known.last]
    ended, compulsory = rows.end_date < known.last, rows.school_type.eq("GR")
    marks = rows.assign(
        upper=rows.school_type.eq("GY"), finished=compulsory & ended & rows.school_year.ge(9),
        here=compulsory & ~ended, covered=~ended,
    )  # fmt: skip
    found = marks.groupby("pupil", observed=True).agg(
        upper=("upper", "max"), finished=("finished", "max"), here=("here", "max"), covered=("covered", "max"),
        day=("end_date", "max"),
    )  # fmt: skip
    found = found[found.upper | (found.finished & ~found.here)]
    born = pd.to_datetime(pupils.set_index("pupil").birth_date).reindex(found.index)
    found = found[born.isna() | (born > known.last - pd.DateOffset(years=20))]
    since = _counted(pd.Series(known.last, index=found.index)) - _counted(found.day)
    value = since.where(~found.covered, 0).where(found.covered | born.reindex(found.index).notna())
    left = found.day.where(~found.covered)
    shaped = pd.DataFrame({"value": value, "first": left, "last": left})
    return _frame("left_without_enrolment", shaped, (1, 14, 45), last_true=known.last)


def _counted(day: pd.Series) -> pd.Series:
    """A day's number when the 83 days from 10 June are not counted."""
    begins = pd.to_datetime(day.dt.year.astype(str) + "-06-10")
    into = ((day - begins).dt.days + 1).clip(0, 83)
    return (day - pd.Timestamp(2000, 1, 1)).dt.days - 83 * day.dt.year - into


def _frame(
    signal: str, found: pd.DataFrame, limits: tuple[int, ...], last_true: pd.Timestamp | None = None
) -> pd.DataFrame:
    level = sum((found.value >= limit).astype(int) for limit in limits)
    return pd.DataFrame(
        {
            "pupil": found.index, "signal": signal, "value": found.value.astype(float).to_numpy(),
            "level": pd.Series(level).where(found.value.notna()).to_numpy(), "rests_from": found["first"].to_numpy(),
            "rests_to": found["last"].to_numpy(), "last_true": last_true or found["last"].to_numpy(),
        }
    )  # fmt: skip
