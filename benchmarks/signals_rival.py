"""The rival: the signals by a careful, vectorised pandas script, from the same stored files.

Nothing of the product is used here. Rows are read month by month, codes become categories, and everything is added up
per pupil and day before anything else: the way an analyst does it who knows pandas well. Limited to what the
benchmark's rows hold: the source counts lateness as absence, there are lesson rows only, one calendar, and every pupil
has an enrolment.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.signals_more_rival import Known, MoreFiles, more_signals

COLUMNS = ["pupil", "activity", "date", "offered", "is_reported", "excused", "unexcused", "late"]
RESULT = [
    "pupil", "signal", "value", "level", "numerator", "denominator", "school_days", "rests_from", "rests_to",
    "rests_activity", "last_true", "school",
]  # fmt: skip
LIMITS = {
    "absence_28d": (10, 15, 20),
    "absence_term": (10, 15, 20),
    "unexcused_28d": (5, 10, 15),
    "unexcused_month": (240, 480, 960),
    "repeated_absence_28d": (5, 8, 12),
    "rising_absence": (10, 15, 20),
    "absence_streak": (5, 10, 20),
    "subject_avoidance": (20, 40, 60),
    "lateness_28d": (5, 10, 15),
}


@dataclass(frozen=True)
class Files:
    """Where the rows lie.

    lessons      Parquet files of lessons
    enrolments   Parquet files of enrolments
    calendars    Parquet files of calendars, one authority's
    """

    lessons: tuple[Path, ...]
    enrolments: tuple[Path, ...]
    calendars: tuple[Path, ...]


def signals_with_pandas(files: Files, as_of: date, more: MoreFiles | None = None) -> pd.DataFrame:
    """RESULT: one row per pupil and signal that applies; null is unknown. With more files, of all seventeen."""
    enrolments = pd.concat([pd.read_parquet(path, partitioning=None) for path in files.enrolments])
    codes = pd.CategoricalDtype(enrolments.pupil.unique())
    enrolments["pupil"] = enrolments.pupil.astype(codes)
    enrolments["start_date"] = pd.to_datetime(enrolments.start_date)
    # An empty end is open.
    enrolments["end_date"] = pd.to_datetime(enrolments.end_date).fillna(pd.Timestamp(2100, 1, 1))
    last = pd.Timestamp(as_of)
    days, recent = [], []
    for path in files.lessons:
        rows = pd.read_parquet(path, columns=COLUMNS, partitioning=None)
        rows["date"] = pd.to_datetime(rows.date)
        rows = rows[rows.date <= last]
        if len(rows):
            rows["pupil"] = rows.pupil.astype(codes)
            rows = _enrolled(rows, enrolments)
            days.append(_by_day(rows))
            recent.append(rows[rows.date > last - pd.Timedelta(days=28)])
    about = _About(enrolments, _term_start(files.calendars, last), last)
    results = _Results(pd.concat(days), pd.concat(recent), about)
    schools, parts = _schools(enrolments, last), results.all()
    if more:
        seen = results.days.assign(present=results.days.reported - results.days.absence)
        parts += more_signals(more, Known(enrolments, seen, last))
    found = pd.concat(parts, ignore_index=True)
    found["school"] = found.pupil.map(schools)
    return found


def _term_start(paths: tuple[Path, ...], last: pd.Timestamp) -> pd.Timestamp:
    rows = pd.concat([pd.read_parquet(path, partitioning=None) for path in paths])
    first, end = pd.to_datetime(rows.start_date), pd.to_datetime(rows.end_date)
    terms = first[(rows.kind == "term") & (first <= last) & (end >= last)]
    return max(terms, default=pd.Timestamp(last.year, 8 if last.month >= 8 else 1, 1))


def _schools(enrolments: pd.DataFrame, last: pd.Timestamp) -> pd.Series:
    begun = enrolments[enrolments.start_date <= last]
    covering = begun.end_date >= last
    order = begun.start_date.where(covering, begun.end_date)
    ranked = begun.assign(covering=covering, order=order).sort_values(
        ["covering", "order", "start_date", "organisation"], ascending=[False, False, False, True]
    )
    first = ranked.drop_duplicates("pupil")
    return pd.Series(first.organisation.to_numpy(), index=first.pupil)


def _enrolled(rows: pd.DataFrame, enrolments: pd.DataFrame) -> pd.DataFrame:
    """Rows inside an enrolment. Only pupils whom no single enrolment covers all the time are looked at closely."""
    first, last = rows.date.min(), rows.date.max()
    whole = enrolments.pupil[(enrolments.start_date <= first) & (enrolments.end_date >= last)]
    easy = rows.pupil.isin(whole)
    spans = enrolments[["pupil", "start_date", "end_date"]]
    rest = rows[~easy].reset_index().merge(spans, on="pupil")
    rest = rest[(rest.date >= rest.start_date) & (rest.date <= rest.end_date)].drop_duplicates("index")
    return pd.concat([rows[easy], rest[rows.columns]])


def _by_day(rows: pd.DataFrame) -> pd.DataFrame:
    rows["reported"] = rows.offered.where(rows.is_reported, 0)
    rows["absence"] = rows.excused + rows.unexcused
    rows["late_absence"] = rows.late.clip(upper=rows.unexcused)
    rows["is_late"] = rows.late > 0
    grouped = rows.groupby(["pupil", "date"], observed=True, sort=False)
    days = grouped.agg(
        lessons=("offered", "size"),
        reported_lessons=("is_reported", "sum"),
        offered=("offered", "sum"),
        reported=("reported", "sum"),
        unexcused=("unexcused", "sum"),
        absence=("absence", "sum"),
        late_absence=("late_absence", "sum"),
        late_lessons=("is_late", "sum"),
    )
    return days.reset_index()


@dataclass(frozen=True)
class _About:
    enrolments: pd.DataFrame
    term_from: pd.Timestamp
    last: pd.Timestamp


class _Results:
    def __init__(self, days: pd.DataFrame, recent: pd.DataFrame, about: _About) -> None:
        days["school_day"] = days.reported_lessons > 0
        days["reported_date"] = days.date.where(days.school_day)
        self.days, self.recent, self.about, self.last = days, recent, about, about.last
        self.short = self._window(self.last - pd.Timedelta(days=27), self.last)
        self.before = self._window(self.last - pd.Timedelta(days=55), self.last - pd.Timedelta(days=28))

    def _window(self, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
        inside = self.days[(self.days.date >= first) & (self.days.date <= last)]
        window = inside.groupby("pupil", observed=True).agg(
            offered=("offered", "sum"),
            reported=("reported", "sum"),
            unexcused=("unexcused", "sum"),
            absence=("absence", "sum"),
            late_lessons=("late_lessons", "sum"),
            school_days=("school_day", "sum"),
            rests_from=("date", "min"),
            rests_to=("date", "max"),
            last_true=("reported_date", "max"),
        )
        minutes = ["offered", "reported", "unexcused", "absence", "late_lessons", "school_days"]
        return window.astype(dict.fromkeys(minutes, np.int64))

    def all(self) -> list[pd.DataFrame]:
        """Every signal."""
        term, short = self._window(self.about.term_from, self.last), self.short
        fewer = sum((100 * short.reported < limit * short.offered).astype(int) for limit in (80, 60, 40))
        coverage = _frame("coverage_28d", short, 100 * short.reported / short.offered, fewer)
        coverage["numerator"], coverage["denominator"] = short.reported.to_numpy(), short.offered.to_numpy()
        coverage["last_true"] = short.rests_to.to_numpy()
        return [
            _share("absence_28d", short, "absence", 5),
            _share("absence_term", term, "absence", 10),
            _share("unexcused_28d", short, "unexcused", 5),
            self._unexcused_month(),
            _counted("repeated_absence_28d", short, self._days_away().reindex(short.index, fill_value=0)),
            self._rising(),
            self._streak(),
            self._avoidance(),
            _counted("lateness_28d", short, short.late_lessons),
            coverage,
        ]

    def _unexcused_month(self) -> pd.DataFrame:
        first = self.last.replace(day=1)
        after, spans = first + pd.DateOffset(months=1), self.about.enrolments
        upper = spans[spans.school_type.isin(["GY", "GYS"]) & (spans.start_date < after) & (spans.end_date >= first)]
        month = self._window(first, self.last)
        month = month[month.index.isin(upper.pupil)]
        return _counted("unexcused_month", month, month.unexcused)

    def _days_away(self) -> pd.Series:
        lately = self.days.date > self.last - pd.Timedelta(days=28)
        days = self.days[lately & (self.days.absence > self.days.late_absence)]
        return days.groupby("pupil", observed=True).size()

    def _rising(self) -> pd.DataFrame:
        short, then = self.short, self.before.reindex(self.short.index)
        whole, whole_then = short.reported, then.reported
        rise = 100 * (short.absence * whole_then - then.absence * whole)
        known = _known(short, 5) & _known(then, 5)
        value = (rise / (whole * whole_then)).where(known)
        found = _frame("rising_absence", short, value, _level("rising_absence", rise, whole * whole_then).where(known))
        found["rests_from"] = then.rests_from.fillna(short.rests_from).to_numpy()
        return found

    def _streak(self) -> pd.DataFrame:
        school = self.days[self.days.school_day]
        there = school[school.absence < school.reported].groupby("pupil", observed=True).date.max()
        away = school[school.absence == school.reported]
        since = away.pupil.map(there).astype("datetime64[ns]").fillna(pd.Timestamp(1900, 1, 1))
        run = away[away.date > since].groupby("pupil", observed=True).date.agg(["size", "min"])
        lately = self.short[self.short.school_days > 0]
        found = _counted("absence_streak", lately, run["size"].reindex(lately.index, fill_value=0))
        found["rests_from"] = run["min"].reindex(lately.index).fillna(lately.last_true).to_numpy()
        found["rests_to"] = lately.last_true.to_numpy()
        return found

    def _avoidance(self) -> pd.DataFrame:
        rows, short = self.recent, self.short
        rows["activity"] = rows.activity.astype("category")
        activities = rows.groupby(["pupil", "activity"], observed=True, sort=False)[["offered", "reported", "absence"]]
        activities = activities.sum().astype(np.int64).reset_index()
        many = activities.groupby("pupil", observed=True).size().reindex(short.index) >= 2
        looked = activities[(activities.reported >= 120) & (100 * activities.reported >= 80 * activities.offered)]
        looked = looked.assign(share=looked.absence / looked.reported)
        top = looked.sort_values(["share", "activity"], ascending=[False, True]).drop_duplicates("pupil")
        top = top.set_index("pupil").reindex(short.index)
        rest = short[["offered", "reported", "absence"]] - top[["offered", "reported", "absence"]]
        rest_known = (rest.reported > 0) & (100 * rest.reported >= 80 * rest.offered)
        avoided = (100 * top.absence >= 30 * top.reported) & (100 * rest.absence < 10 * rest.reported)
        known = many & (short.school_days >= 5) & (top.share.isna() | rest_known)
        gap = (100 * (top.absence * rest.reported - rest.absence * top.reported)).where(avoided, 0)
        base = (top.reported * rest.reported).where(avoided, 1)
        level = _level("subject_avoidance", gap, base)
        found = _frame("subject_avoidance", short, (gap / base).where(known), level.where(known))
        found["rests_activity"] = top.activity.where(avoided & known).astype("str").to_numpy()
        return found


def _known(window: pd.DataFrame, fewest: int) -> pd.Series:
    enough = 100 * window.reported >= 80 * window.offered
    return (window.reported > 0) & enough & (window.school_days >= fewest)


def _level(signal: str, part: pd.Series, whole: pd.Series | int = 1) -> pd.Series:
    return sum((part >= limit * whole).astype(int) for limit in LIMITS[signal])


def _share(signal: str, window: pd.DataFrame, part: str, fewest: int) -> pd.DataFrame:
    known = _known(window, fewest)
    level = _level(signal, 100 * window[part], window.reported)
    found = _frame(signal, window, (window[part] / window.reported).where(known), level.where(known))
    found["numerator"], found["denominator"] = window[part].to_numpy(), window.reported.to_numpy()
    return found


def _counted(signal: str, window: pd.DataFrame, count: pd.Series) -> pd.DataFrame:
    return _frame(signal, window, count.astype(float), _level(signal, count))


def _frame(signal: str, window: pd.DataFrame, value: pd.Series, level: pd.Series) -> pd.DataFrame:
    columns = ["school_days", "rests_from", "rests_to", "last_true"]
    made = {"pupil": window.index, "signal": signal, "value": value.to_numpy(), "level": level.to_numpy()}
    return pd.DataFrame(made | {name: window[name].to_numpy() for name in columns})
