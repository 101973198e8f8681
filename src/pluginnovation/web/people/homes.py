"""Homes that only the facts know: of pupils read in before pages had any use for them."""

import polars as pl
from django.db import transaction

from pluginnovation.records.store import Store

from . import copies
from .bulk import run, stage
from .models import Person, Resident


def fill_in_homes(store: Store) -> None:
    """Take homes, municipalities' registers and degrees from the facts, where no pupil has any yet.

    An import hands over only what it changes, so an installation from before this would wait for ever.
    """
    if Person.objects.exclude(home_municipality=None).exists() or Resident.objects.exists():
        return
    facts = store.facts()
    homes = store.frame(
        facts.pupils.filter(facts.pupils.home_municipality.notnull()).select("pupil", home="home_municipality")
    )
    told = {"residents": store.frame(facts.residents), "outcome_events": store.frame(facts.outcome_events)}
    with transaction.atomic():
        stage("known_homes", homes)
        run(
            "UPDATE people_person p SET home_municipality = k.home FROM known_homes k"
            " WHERE p.code = k.pupil AND p.is_pupil"
        )
        for source in told["residents"]["source"].unique().to_list():
            copies.take(source, {"residents": _current(told["residents"], source)})
        for source in told["outcome_events"]["source"].unique().to_list():
            copies.take(source, {"outcome_events": _current(told["outcome_events"], source)})


def _current(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    return rows.filter(pl.col("source") == source).with_columns(ended=pl.lit(value=False))
