"""What an evaluation gets to see of a sub-project: the truth as it has come through records and reports."""

from typing import Final

import numpy as np
import polars as pl

from pluginnovation.simulation.chance import Bools, Floats, Ints
from pluginnovation.simulation.lives.seam import People
from pluginnovation.simulation.scenario import Records
from pluginnovation.simulation.scenario_switches import NEVER, OUT_OF_SCHOOL

from .choosing import Offer
from .draws import Draws
from .persons import Persons
from .sites import marked
from .trial import Trial

PARTICIPANTS: Final = {
    "sub_project": pl.String, "person_id": pl.String, "municipality": pl.Int64, "site": pl.String, "class_no": pl.Int64,
    "sex": pl.Int64, "parents": pl.Int64, "origin": pl.Int64, "assignment": pl.String, "score": pl.Float64,
    "offered": pl.Boolean, "begun": pl.Boolean, "start_term": pl.Int64, "planned_dose": pl.Int64,
    "delivered_dose": pl.Int64, "absence_before": pl.Float64, "passed_before": pl.Float64, "failed_before": pl.Int64,
    "term": pl.Int64, "absence": pl.Float64, "passed": pl.Float64, "in_school": pl.Float64, "degree_4y": pl.Float64,
    "report": pl.Int64,
}  # fmt: skip
OUTCOMES: Final = ("absence", "passed", "in_school", "degree_4y")

Outcomes = dict[str, Floats]


def participants(trial: Trial, term: int, outcomes: Outcomes, records: Records, persons: Persons) -> pl.DataFrame:
    """One row per pupil who could be offered a sub-project's measure, and twice for sites that report twice.

    Takes   term       the term that outcomes are read in
            outcomes   absence, passed, in_school and degree_4y as they truly were; one entry per pupil, nan for none
    Gives   sub_project, person_id, site   string
            municipality, class_no, sex, parents, origin   as in `People`
            assignment, score          how it was decided, and what a line was drawn in; null in other designs
            offered, begun             boolean
            start_term                 the first term it was offered for; null for those who weren't offered it
            planned_dose, delivered_dose   times
            absence_before, passed_before, failed_before   as recorded when it was decided; null: nothing recorded
            term                       the term of the outcomes
            absence, passed, in_school, degree_4y   as recorded, or as reported by a site that makes them up; null:
                                       missing, or the site never reported
            report                     0 the site never reported; 1 its report; 2 the same sent again
    """
    offer = trial.offer
    if offer is None:
        return pl.DataFrame(schema=PARTICIPANTS)
    kept = _reported(trial, offer, term, outcomes, records)
    silent = marked(records.silent_sites, f"{trial.sub_project.key} silent", trial.draws, offer.site)
    again = ~silent & marked(records.resending_sites, f"{trial.sub_project.key} sends again", trial.draws, offer.site)
    rows = _rows(trial, offer, persons, term).with_columns(
        **{name: pl.Series(np.where(silent, np.nan, kept[name])).fill_nan(None) for name in OUTCOMES},
        report=pl.Series(np.where(silent, 0, 1)),
    )
    first = rows.filter(pl.Series(offer.candidate))
    second = rows.filter(pl.Series(offer.candidate & again)).with_columns(report=pl.lit(2, pl.Int64))
    return pl.concat([first, second]).select(*PARTICIPANTS)


def _rows(trial: Trial, offer: Offer, persons: Persons, term: int) -> pl.DataFrame:
    people, size = trial.people, len(trial.people)
    known = pl.DataFrame(
        {
            "sub_project": [trial.sub_project.key] * size,
            "person_id": persons.pupils,
            **_about(people),
            "site": persons.school(pl.Series(offer.site)),
            "assignment": [trial.sub_project.assignment] * size,
            "score": offer.score,
            "offered": offer.offered,
            "begun": trial.begun,
            "start_term": offer.starts,
            "planned_dose": trial.planned,
            "delivered_dose": trial.delivered,
            "absence_before": offer.absence,
            "passed_before": offer.passed,
            "failed_before": offer.failed,
            "term": np.full(size, term),
        }
    )
    return known.with_columns(
        pl.col("score", "absence_before", "passed_before").fill_nan(None),
        start_term=pl.when(pl.col("start_term") != NEVER).then("start_term"),
    )


def _about(people: People) -> dict[str, Ints]:
    return {name: getattr(people, name) for name in ("municipality", "class_no", "sex", "parents", "origin")}


def _reported(trial: Trial, offer: Offer, term: int, outcomes: Outcomes, records: Records) -> Outcomes:
    """Outcomes as they were recorded; gone for some, and made up where a site does that."""
    kept, draws, key = dict(outcomes), trial.draws, trial.sub_project.key
    if records.recording_change_term != NEVER and term >= records.recording_change_term:
        anew = marked(records.recording_change_sites, "records anew", draws, offer.site)
        counted = np.minimum(1.0, kept["absence"] * records.recording_change)
        kept["absence"] = np.where(anew, counted, kept["absence"])
    gone = draws.per_pupil(f"{key} outcome gone") < _chance_gone(trial, offer, outcomes, records)
    kept = {name: np.where(gone, np.nan, values) for name, values in kept.items()}
    made_up = marked(records.fabricating_sites, f"{key} makes up", draws, offer.site)
    return _made_up(kept, offer, made_up, draws, key)


def _chance_gone(trial: Trial, offer: Offer, outcomes: Outcomes, records: Records) -> Floats:
    """How likely each outcome is to be missing."""
    bad = 1 - outcomes["in_school"] if trial.sub_project.who == OUT_OF_SCHOOL else 1 - outcomes["passed"]
    known = offer.candidate & ~np.isnan(bad)
    middle = float(np.median(bad[known])) if known.any() else 0.0
    worse = np.nan_to_num(bad, nan=np.inf) > middle
    chance = records.attrition + records.attrition_by_outcome * worse
    return np.asarray(chance + records.attrition_by_arm * ~offer.offered)


def _made_up(kept: Outcomes, offer: Offer, made_up: Bools, draws: Draws, key: str) -> Outcomes:
    """Better than anybody is, nobody missing, and hardly any spread: as somebody writes who was never there."""
    if not made_up.any():
        return kept
    uniform = draws.per_pupil(f"{key} what is made up")
    invented = {
        "absence": np.where(offer.offered, 0.02, 0.1) + 0.02 * np.round(uniform, 1),
        "passed": np.where(offer.offered, 0.95, 0.75) + 0.05 * np.round(uniform, 1),
        "in_school": np.ones(len(uniform)),
    }
    return kept | {name: np.where(made_up, values, kept[name]) for name, values in invented.items()}
