"""Corrections for how many questions were asked: Holm for what was planned, Benjamini-Hochberg for the rest."""

from collections.abc import Sequence


def holm(p: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p values, in the order given: for the planned outcomes of one method. Source: Holm 1979."""
    return _adjusted(p, "holm")


def benjamini_hochberg(p: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p values, in the order given: for subgroups and horizons, which are exploratory. Source: 1995."""
    return _adjusted(p, "fdr_bh")


def _adjusted(p: Sequence[float], method: str) -> tuple[float, ...]:
    if not p:
        return ()
    from statsmodels.stats.multitest import multipletests

    return tuple(float(one) for one in multipletests(list(p), method=method)[1])
