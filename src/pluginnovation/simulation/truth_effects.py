"""True effects: for each pupil, and on average over those who were offered help, began, or could have been offered it.

They need no estimation: each pupil is seen in both worlds.
"""

from typing import Final

import numpy as np
import polars as pl

from .chance import Bools, Floats
from .help.choosing import Offer
from .help.course import absence_band
from .help.persons import Persons
from .help.trial import Trial
from .worlds import OUTCOMES, Contrast, horizon, outcome

BANDS: Final = ("under_10", "from_10", "from_15", "from_20")
OFFERED, BEGUN, CANDIDATES, OTHERS = "offered", "begun", "candidates", "others"

INDIVIDUAL: Final = {
    "sub_project": pl.String, "person_id": pl.String, "site": pl.String, "band": pl.String, "offered": pl.Boolean,
    "begun": pl.Boolean, "start_term": pl.Int64, "term": pl.Int64, "planned_dose": pl.Int64,
    "delivered_dose": pl.Int64,
    **{f"{name}_{which}": pl.Float64 for name in OUTCOMES for which in ("without", "lived", "everyone")},
}  # fmt: skip
AVERAGES: Final = {
    "sub_project": pl.String, "method": pl.String, "assignment": pl.String, "term": pl.Int64, "outcome": pl.String,
    "among": pl.String, "scope": pl.String, "value": pl.String, "n": pl.Int64, "without": pl.Float64,
    "with": pl.Float64, "effect": pl.Float64,
}  # fmt: skip


def individual_effects(contrasts: tuple[Contrast, ...], persons: Persons) -> pl.DataFrame:
    """What each pupil who could be offered a measure would have had without it, had, and would have had if all were.

    Gives   one row per sub-project and candidate
              sub_project, person_id, site   string
              band           absence before it was decided: under_10 (also unknown), from_10, from_15 or from_20
              offered, begun                 boolean
              start_term     the first term of the measure; null for those who never began
              term           the term that outcomes are read in
              planned_dose, delivered_dose   times, over all terms
              absence_, passed_              share of the term, 0..1; null outside school and without grades
              in_school_                     1 enrolled the term after, 0 not
              degree_4y_                     1 a degree within four years, 0 not
                             each `_without`, `_lived` and `_everyone`
    """
    frames = [_individual(contrast, persons) for contrast in contrasts]
    return pl.concat([pl.DataFrame(schema=INDIVIDUAL), *frames])


def _individual(contrast: Contrast, persons: Persons) -> pl.DataFrame:
    trial, offer = decided(contrast)
    who, term = np.flatnonzero(offer.candidate), horizon(contrast.sub_project)
    begun = trial.begun[who]
    columns: dict[str, object] = {
        "sub_project": [contrast.sub_project.key] * len(who),
        "person_id": persons.pupil(pl.Series(who)),
        "site": persons.school(pl.Series(offer.site[who])),
        "band": np.array(BANDS)[absence_band(offer.absence[who])],
        "offered": offer.offered[who],
        "begun": begun,
        "start_term": pl.select(pl.when(pl.Series(begun)).then(pl.Series(offer.starts[who]))).to_series(),
        "term": np.full(len(who), term),
        "planned_dose": trial.planned[who],
        "delivered_dose": trial.delivered[who],
    }
    for name in OUTCOMES:
        for which in ("without", "lived", "everyone"):
            values = outcome(getattr(contrast, which).lived, name, term)[who]
            columns[f"{name}_{which}"] = pl.Series(values).fill_nan(None)
    return pl.DataFrame(columns, schema=INDIVIDUAL)


def average_effects(contrasts: tuple[Contrast, ...], persons: Persons) -> pl.DataFrame:
    """The true average effects.

    Gives   one row per sub-project, outcome, group of pupils and scope
              sub_project, method, assignment   string
              term       the term that the outcome is read in
              outcome    absence, passed, in_school or degree_4y
              among      offered: those who were offered it. begun: those who took part.
                         candidates: all who could be offered it, if all of them had been.
                         others: those who weren't offered it (what spilled over to them)
              scope      all, site or band; value: which one, null for all
              n          pupils whose outcome is known in both worlds
              without, with, effect   means; null where n is 0
    """
    rows = [row for contrast in contrasts for row in _averages(contrast, persons)]
    return pl.DataFrame(rows, schema=AVERAGES, orient="row")


def _averages(contrast: Contrast, persons: Persons) -> list[tuple[object, ...]]:
    trial, offer = decided(contrast)
    asked, term = contrast.sub_project, horizon(contrast.sub_project)
    sites = persons.school(pl.Series(offer.site)).to_numpy()
    bands = np.array(BANDS)[absence_band(offer.absence)]
    groups = {OFFERED: offer.offered, BEGUN: trial.begun, CANDIDATES: offer.candidate,
              OTHERS: offer.candidate & ~offer.offered}  # fmt: skip
    rows: list[tuple[object, ...]] = []
    for name in OUTCOMES:
        without = outcome(contrast.without.lived, name, term)
        for among, who in groups.items():
            world = contrast.everyone if among == CANDIDATES else contrast.lived
            with_ = outcome(world.lived, name, term)
            start = (asked.key, asked.method, asked.assignment, term, name, among)
            rows.append((*start, "all", None, *mean_difference(without, with_, who)))
            for scope, labels in (("site", sites), ("band", bands)):
                rows += [
                    (*start, scope, value, *mean_difference(without, with_, who & (labels == value)))
                    for value in np.unique(labels[who]).tolist()
                ]
    return rows


def decided(contrast: Contrast) -> tuple[Trial, Offer]:
    """The sub-project as it was carried out, and its offer."""
    trial = contrast.lived.help.trials[contrast.sub_project.key]
    assert trial.offer is not None
    return trial, trial.offer


def mean_difference(without: Floats, with_: Floats, who: Bools) -> tuple[int, float | None, float | None, float | None]:
    """How many are known in both worlds, both means, and how much they differ."""
    known = who & ~np.isnan(without) & ~np.isnan(with_)
    if not known.any():
        return 0, None, None, None
    before, after = float(without[known].mean()), float(with_[known].mean())
    return int(known.sum()), before, after, after - before
