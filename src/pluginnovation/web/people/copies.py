"""The working copies of organisations, groups, memberships, enrolments, residents and duties, from an import's frames.

A row that has ended in the facts leaves the copy. A place that rows speak of but no source describes gets a
row with its source id for a name, and a pupil without a person a row without identity, so that lists hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import polars as pl

from pluginnovation.privacy.grounds import role_of_duty

from .bulk import run, stage
from .models import Group
from .names import place_code, place_sort_key


@dataclass(frozen=True, slots=True)
class Copy:
    """How one frame becomes rows.

    columns   the table's column -> the frame's column
    key       the table's columns that name a row
    ours      columns that only new rows take from the frame
    """

    table: str
    columns: dict[str, str]
    key: tuple[str, ...]
    ours: tuple[str, ...] = ()


COPIES: Final = {
    "organisations": Copy(
        "people_organisation",
        {
            "code": "organisation_code", "source": "source", "source_id": "organisation",
            "display_name": "display_name", "sort_key": "sort_key", "organisation_type": "organisation_type",
            "parent_id": "parent_code", "school_unit_code": "school_unit_code", "municipality": "municipality",
            "school_types": "school_types",
        },
        ("code",),
    ),
    "groups": Copy(
        "people_group",
        {
            "code": "group_code", "source": "source", "source_id": "group", "display_name": "display_name",
            "sort_key": "sort_key", "group_type": "group_type", "organisation_id": "organisation_code",
            "start_date": "start_date", "end_date": "end_date",
        },
        ("code",),
    ),
    "memberships": Copy(
        "people_membership",
        {"group_id": "group_code", "pupil_id": "pupil", "start_date": "start_date", "end_date": "end_date"},
        ("group_id", "pupil_id", "start_date"),
    ),
    "enrolments": Copy(
        "people_enrolment",
        {
            "pupil_id": "pupil", "organisation_id": "organisation_code", "school_type": "school_type",
            "school_year": "school_year", "programme": "programme", "start_date": "start_date",
            "end_date": "end_date", "leave_reason": "leave_reason",
        },
        ("pupil_id", "organisation_id", "school_type", "start_date"),
    ),
    "residents": Copy(
        "people_resident",
        {
            "pupil_id": "pupil", "municipality": "municipality", "enrolled_elsewhere": "enrolled_elsewhere",
            "start_date": "start_date", "end_date": "end_date",
        },
        ("pupil_id", "municipality", "start_date"),
    ),
    "duties": Copy(
        "people_duty",
        {
            "source": "source", "person_id": "person", "organisation_id": "organisation_code", "duty_role": "duty_role",
            "group_id": "group_code", "assignment_type": "assignment_type", "start_date": "start_date",
            "end_date": "end_date", "role": "role",
        },
        ("person_id", "organisation_id", "duty_role", "group_id", "start_date"),
        ("role",),
    ),
}  # fmt: skip

# The column of a person that keeps the day of an event.
DAY_OF_EVENT: Final = {"gone_on": ("deceased", "moved_abroad"), "degree_on": ("degree",)}
OTHER_GROUP: Final = "Övrigt"
DATES: Final = ("start_date", "end_date")
PLACES: Final = {"organisation": "organisation_code", "parent": "parent_code", "group": "group_code"}
NAMELESS: Final = ("parent_id", "organisation_id", "group_id", "school_year", "enrolled_elsewhere", *DATES)


def take(source: str, work: dict[str, pl.DataFrame]) -> None:
    """Write the frames that are there, in the order of COPIES."""
    for name in (name for name in COPIES if name in work and work[name].height):
        frame = _with_codes(source, work[name])
        _take_one(COPIES[name], _with_roles(source, frame) if name == "duties" else frame)
    _fill_in_organisations(source, (work[name] for name in work if name in COPIES))
    _fill_in_groups(source, (work[name] for name in ("memberships", "duties") if name in work))
    _fill_in_pupils(source, (work[name] for name in ("memberships", "enrolments") if name in work))
    if "outcome_events" in work:
        for column, events in DAY_OF_EVENT.items():
            _note_the_day(column, work["outcome_events"].filter(pl.col("event").is_in(events)))


def _with_codes(source: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the source, the codes of its places, and the order of its names."""
    added = [pl.lit(source).alias("source")]
    for column in (column for column in PLACES if column in frame.columns):
        ids = frame[column].drop_nulls().unique().to_list()
        codes = pl.col(column).replace_strict(
            {i: place_code(source, i) for i in ids}, default=None, return_dtype=pl.String
        )
        added.append(codes.alias(PLACES[column]))
    if "display_name" in frame.columns:
        names = [place_sort_key(name or "") for name in frame["display_name"]]
        added.append(pl.Series("sort_key", names, pl.String))  # type: ignore[arg-type]
    return frame.with_columns(*added)


def _with_roles(source: str, duties: pl.DataFrame) -> pl.DataFrame:
    """The duties with the role that each gives; `role_of_duty` is asked once per combination."""
    types = dict(Group.objects.filter(source=source).values_list("code", "group_type"))
    of_group = pl.col("group_code").replace_strict(types, default=OTHER_GROUP, return_dtype=pl.String)
    typed = duties.with_columns(group_type=pl.when(pl.col("group_code").is_null()).then(pl.lit("")).otherwise(of_group))
    words = ["duty_role", "assignment_type", "group_type"]
    kinds = typed.select(words).unique()
    roles = [role_of_duty(*kind) or "" for kind in kinds.iter_rows()]
    return typed.join(kinds.with_columns(pl.Series("role", roles, pl.String)), on=words, how="left", nulls_equal=True)


def _take_one(copy: Copy, frame: pl.DataFrame) -> None:
    columns = [
        (pl.col(there) if here in NAMELESS else pl.col(there).fill_null("")).alias(here)
        for here, there in copy.columns.items()
    ]
    # In the order of the key, so that neighbours in the index are written after one another.
    ordered = frame.sort([copy.columns[column] for column in copy.key])
    stage("new_rows", ordered.select(*columns, pl.col("ended").fill_null(value=False).alias("ended")))
    merge("new_rows", copy)


def merge(staged: str, copy: Copy) -> None:
    """Bring a staged table into the stored one: ended rows out, changed rows changed, new rows in.

    Three statements over whole tables: an upsert looks up every row on its own, which takes twice the time.
    """
    same = " AND ".join(
        f"o.{column} IS NOT DISTINCT FROM n.{column}" if column in NAMELESS else f"o.{column} = n.{column}"
        for column in copy.key
    )
    kept = [column for column in copy.columns if column not in (*copy.key, *copy.ours)]
    old, new = (", ".join(f"{side}.{column}" for column in kept) for side in "on")
    listed = ", ".join(copy.columns)
    run(f"DELETE FROM {copy.table} o USING {staged} n WHERE n.ended AND {same}")  # noqa: S608 - words from COPIES
    run(
        f"UPDATE {copy.table} o SET {', '.join(f'{column} = n.{column}' for column in kept)} FROM {staged} n"  # noqa: S608
        f" WHERE NOT n.ended AND {same} AND ({old}) IS DISTINCT FROM ({new})"
    )
    run(
        f"INSERT INTO {copy.table} ({listed}) SELECT {listed} FROM {staged} n"  # noqa: S608
        f" WHERE NOT n.ended AND NOT EXISTS (SELECT 1 FROM {copy.table} o WHERE {same})"
    )
    run(f"ANALYZE {copy.table}")


def _fill_in_organisations(source: str, frames: Iterable[pl.DataFrame]) -> None:
    _stage_places(source, "organisation", frames)
    run(
        "INSERT INTO people_organisation (code, source, source_id, display_name, sort_key, organisation_type,"
        " school_unit_code, municipality, school_types)"
        " SELECT code, source, place, place, sort_key, 'Skolenhet', '', '', '' FROM named_places"
        " ON CONFLICT (code) DO NOTHING"
    )


def _fill_in_groups(source: str, frames: Iterable[pl.DataFrame]) -> None:
    _stage_places(source, "group", frames)
    run(
        "INSERT INTO people_group (code, source, source_id, display_name, sort_key, group_type)"
        " SELECT code, source, place, place, sort_key, %s FROM named_places ON CONFLICT (code) DO NOTHING",
        OTHER_GROUP,
    )


def _note_the_day(column: str, events: pl.DataFrame) -> None:
    """The day on which a pupil died, moved abroad or got a degree; a withdrawn event takes the day away again."""
    if not events.height:
        return
    stage("noted_days", events.select("pupil", "date", "ended"))
    run(
        f"UPDATE people_person p SET {column} = NULL FROM noted_days d"  # noqa: S608 - words from DAY_OF_EVENT
        f" WHERE d.ended AND p.code = d.pupil AND p.{column} = d.date"
    )
    run(
        f"UPDATE people_person p SET {column} = d.date FROM (SELECT pupil, min(date) AS date FROM noted_days"  # noqa: S608
        " WHERE NOT ended GROUP BY pupil) d WHERE p.code = d.pupil"
    )


def _stage_places(source: str, column: str, frames: Iterable[pl.DataFrame]) -> None:
    found: set[str] = set()
    for frame in frames:
        if column in frame.columns:
            found.update(frame.filter(~pl.col("ended"))[column].drop_nulls().unique().to_list())
    rows = [(place_code(source, place), source, place, place_sort_key(place)) for place in sorted(found)]
    words = ["code", "source", "place", "sort_key"]
    stage("named_places", pl.DataFrame(rows, schema=dict.fromkeys(words, pl.String), orient="row"))


def _fill_in_pupils(source: str, frames: Iterable[pl.DataFrame]) -> None:
    found = [frame.filter(~pl.col("ended")).select("pupil").unique() for frame in frames if frame.height]
    if not found:
        return
    stage("named_pupils", pl.concat(found).unique())
    run(
        "INSERT INTO people_person (code, source, source_id, given_name, family_name, sort_key, security_marking,"
        " status, in_source, is_pupil) SELECT pupil, %s, '', '', '', pupil, 'Ingen', '', true, true FROM named_pupils"
        " ON CONFLICT (code) DO NOTHING",
        source,
    )
