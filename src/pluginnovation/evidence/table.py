"""The table that every pupil-level design reads: one row per pupil, numbers only, no pupil's code.

Rows come from `dataset`, in an order that data decide, so that the same data give the same bytes.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Table:
    """One row per pupil of the plan's population.

    outcome     in its natural unit; nan: not known (moved away, not reported)
    treated     offered the help (by the draw, the roll-out or staff)
    school      number of the school at the start of the help, 0..
    stratum     number of the lottery's stratum, or of school and year; 0..
    covariates  known before the start, one column each; never nan (what is unknown has a column of its own)
    names       of the columns of `covariates`
    placebos    the outcome as it was before the start, and others that the help can't have changed; nan: unknown
    placebo_names   of the columns of `placebos`
    taken_up    had the help; None: nobody wrote it down
    dose        how much of the help, in hours; nan: unknown; None: nobody wrote it down
    groups      one column per planned subgroup
    group_names     of the columns of `groups`
    """

    outcome: Floats
    treated: Bools
    school: Ints
    stratum: Ints
    covariates: Floats
    names: tuple[str, ...]
    placebos: Floats
    placebo_names: tuple[str, ...] = ()
    taken_up: Bools | None = None
    dose: Floats | None = None
    groups: Bools | None = None
    group_names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.outcome)

    @property
    def known(self) -> Bools:
        """Rows whose outcome is known."""
        return ~np.isnan(self.outcome)

    def only(self, rows: Bools) -> "Table":
        """The same table with fewer rows."""
        return _each(self, lambda column: column[rows])

    def with_outcome(self, outcome: Floats, *, without: str = "") -> "Table":
        """The same pupils with another outcome, and without the covariate of that name."""
        keep = [place for place, name in enumerate(self.names) if name != without]
        left = tuple(self.names[place] for place in keep)
        return replace(self, outcome=outcome, covariates=self.covariates[:, keep], names=left)


def make_table(outcome: Any, treated: Any, **columns: Any) -> Table:
    """A table of plain columns; what isn't given is empty (one school, one stratum, no covariates).

    Takes   covariates: {name: column} or left out; placebos, groups: the same; school, stratum: any labels
    Raises  ValueError when columns differ in length: a fault in the caller
    """
    size = len(outcome)
    covariates, names = _matrix(columns.pop("covariates", {}), size)
    placebos, placebo_names = _matrix(columns.pop("placebos", {}), size)
    groups, group_names = _matrix(columns.pop("groups", {}), size)
    found = Table(
        outcome=np.asarray(outcome, float),
        treated=np.asarray(treated, bool),
        school=_numbered(columns.pop("school", None), size),
        stratum=_numbered(columns.pop("stratum", None), size),
        covariates=covariates,
        names=names,
        placebos=placebos,
        placebo_names=placebo_names,
        groups=groups.astype(bool) if group_names else None,
        group_names=group_names,
        **columns,
    )
    lengths = {len(value) for one in fields(found) if isinstance(value := getattr(found, one.name), np.ndarray)}
    if lengths != {size}:
        raise ValueError(f"columns of different length: {sorted(lengths)}")
    return found


def _numbered(labels: Any, size: int) -> Ints:
    if labels is None:
        return np.zeros(size, np.int64)
    return np.unique(np.asarray(labels), return_inverse=True)[1].astype(np.int64).reshape(-1)


def _matrix(columns: dict[str, Any], size: int) -> tuple[Floats, tuple[str, ...]]:
    if not columns:
        return np.zeros((size, 0)), ()
    return np.column_stack([np.asarray(one, float) for one in columns.values()]), tuple(columns)


def _each(table: Table, change: Callable[[Any], Any]) -> Table:
    changed = {
        one.name: change(value) for one in fields(table) if isinstance(value := getattr(table, one.name), np.ndarray)
    }
    return replace(table, **changed)
