"""Planned subgroups, within the sites, with a correction for how many were looked at. Exploratory, each of them."""

from collections.abc import Callable
from dataclasses import replace

from scipy import stats

from ..peers.corrections import benjamini_hochberg
from ..result import Figure
from ..table import Table

Estimated = Callable[[Table], tuple[float, float] | None]


def in_subgroups(table: Table, estimated: Estimated) -> tuple[Figure, ...]:
    """The effect in each planned subgroup, and p values corrected by Benjamini-Hochberg.

    estimated   gives estimate and standard error, or None when the group is too small: then no number is shown
    """
    if table.groups is None:
        return ()
    found = []
    for place, name in enumerate(table.group_names):
        part = table.only(table.groups[:, place])
        answer = estimated(part)
        found.append(Figure(name, None) if answer is None else _figure(name, *answer, len(part)))
    corrected = iter(benjamini_hochberg([one.p for one in found if one.p is not None]))
    return tuple(one if one.p is None else replace(one, p_adjusted=next(corrected)) for one in found)


def _figure(name: str, estimate: float, se: float, size: int) -> Figure:
    if not se > 0:
        return Figure(name, None)
    p = float(2 * stats.norm.sf(abs(estimate / se)))
    return Figure(name, estimate, se, estimate - 1.96 * se, estimate + 1.96 * se, p, n=size)
