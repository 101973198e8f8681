"""Persons: who is protected, who is a pupil, and what of them goes to the facts and what to the identity sink."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from pluginnovation.privacy.pseudonyms import Pseudonymiser
from pluginnovation.reference.code_lists import CODE_LISTS, NOT_PROTECTED

from .csv_rows import ROW
from .gathered import Gathered
from .people import People
from .tables import PERSONS, PUPILS
from .taking import FILE, MODIFIED, SOURCE_ID

MARKING: Final = "security_marking"
ATTRIBUTES: Final = ("birth_date", "sex", "home_municipality", "status")
IDENTITY: Final = ("given_name", "family_name", "civic_no", "email", "eppn", MARKING)


@dataclass(frozen=True, slots=True)
class Markings:
    """People whose marking can't be trusted, as codes.

    odd      marked with a word that isn't in the code list; it may mean protection
    unsaid   not marked at all, although the column is required
    """

    odd: pl.Series
    unsaid: pl.Series


def markings(blocks: Sequence[pl.DataFrame], people: People) -> Markings:
    """Have `people` refuse those who are marked as protected, and release those who no longer are.

    Takes   blocks   the raw rows of every persons file, in order: `id`, `security_marking`, optionally `modified`
    """
    columns = ["id", MARKING, *([MODIFIED] if MODIFIED in blocks[0].columns else [])]
    every = pl.concat([block.select(columns) for block in blocks]).drop_nulls("id")
    if MODIFIED in columns:
        every = every.sort(MODIFIED, maintain_order=True)
    last = every.unique(subset="id", keep="last", maintain_order=True)
    code, marking = people.codes(last["id"]), last[MARKING].fill_null("")
    listed, free, unsaid = marking.is_in(CODE_LISTS["security_markings"]), marking == NOT_PROTECTED, marking == ""
    people.refuse(code.filter(listed & ~free), released=code.filter(free))
    return Markings(code.filter(~listed & ~unsaid), code.filter(unsaid))


def pupil_codes(gathered: Mapping[str, Gathered], stored: pl.Series) -> pl.Series:
    """Codes of everybody whom this source, or the store before it, speaks of as a pupil.

    Somebody who is only a member of groups and has a duty is staff.
    """
    found = [stored]
    for table, resource in gathered.items():
        codes = resource.people.get("pupil")
        if codes is None:
            continue
        if table == "memberships" and "duties" in gathered:
            staff = gathered["duties"].people.get("person")
            codes = codes.filter(~codes.is_in(staff.to_list())) if staff is not None else codes
        found.append(codes)
    return pl.concat(found).unique()


def staged_persons(
    rows: pl.DataFrame, pupils_and_adults: tuple[pl.Series, pl.Series], pseudonymiser: Pseudonymiser
) -> pl.DataFrame:
    """The persons as the facts keep them: codes, what pupils need, and a digest of the rest.

    Takes   pupils_and_adults   codes of pupils; codes of staff and responsible adults
    """
    pupils, only_adults = pupils_and_adults
    is_pupil = rows["person"].is_in(pupils.to_list())
    hidden = rows["person"].is_in(only_adults.to_list()) & ~is_pupil
    digest = pseudonymiser.digests(rows.select(SOURCE_ID, *IDENTITY, *ATTRIBUTES).with_columns(is_pupil=is_pupil))
    return rows.select(
        "person",
        *(pl.when(hidden).then(None).otherwise(pl.col(column)).alias(column) for column in ATTRIBUTES),
        digest.alias("digest"),
        FILE,
        ROW,
    ).select(*PERSONS.names, FILE, ROW)


def staged_pupils(described: pl.DataFrame, referred: pl.Series) -> pl.DataFrame:
    """The pupils: those described, and those only spoken of, whose attributes are unknown.

    Takes   described   person, the attributes, file_no, row_no
            referred    codes of all pupils to list
    """
    known = described.filter(pl.col("person").is_in(referred.to_list())).rename({"person": "pupil"})
    known = known.select(*PUPILS.names, FILE, ROW)
    missing = referred.filter(~referred.is_in(known["pupil"].to_list()))
    bare = pl.DataFrame({"pupil": missing}, schema={"pupil": pl.String})
    return pl.concat([known, bare], how="diagonal").with_columns(pl.col(FILE, ROW).fill_null(0))


def identities(rows: pl.DataFrame, pupils: pl.Series, source: str) -> pl.DataFrame:
    """The identities that the sink takes, one row per person, as `IdentityChanges.persons` says, less `ended`."""
    is_pupil = pl.col("person").is_in(pupils.to_list())
    return rows.select(
        pl.col("person").alias("code"),
        pl.lit(source).alias("source"),
        SOURCE_ID,
        *IDENTITY,
        "birth_date",
        pl.when(is_pupil).then("home_municipality").alias("home_municipality"),
        "status",
        is_pupil.alias("is_pupil"),
    )
