"""Who was where, and who had which duty, on a day: asked of the registers that the region's files are."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import polars as pl

Tables = Mapping[str, pl.DataFrame]

NEVER_ENDED: Final = date(9999, 12, 31)
AUTHORITY: Final = "Huvudman"
PRINCIPAL, SPECIAL_TEACHER, COUNSELLOR = "Rektor", "Speciallärare/specialpedagog", "Kurator"
TEACHER, YOUTH_COORDINATOR, MENTOR = "Lärare", "Ungdomssamordnare", "Mentor"
LEADS: Final = (PRINCIPAL, SPECIAL_TEACHER, COUNSELLOR, TEACHER)
HELPS: Final = (SPECIAL_TEACHER, COUNSELLOR, TEACHER, PRINCIPAL)


class Register:
    """Enrolments and duties, asked for many people and days at once; each answer is one entry per row asked about.

    Takes   tables   persons, enrolments, memberships, duties and organisations, with the columns of the CSV files
    """

    def __init__(self, tables: Tables) -> None:
        self.stays = _dated(tables["enrolments"].select("person_id", "organisation_id", "start_date", "end_date"))
        duties = _dated(tables["duties"])
        self.duties = duties.filter(pl.col("group_id").is_null()).sort("start_date", "person_id")
        self.mentors = _mentors(duties, _dated(tables["memberships"]))
        homes = tables["organisations"].filter(pl.col("organisation_type") == AUTHORITY, _known("municipality_code"))
        named = tables["persons"].select(person_id="id", code="home_municipality_code")
        self.homes = named.join(
            homes.select(code="municipality_code", authority="id").unique("code", keep="first", maintain_order=True),
            on="code",
        )
        self.degrees = _degrees(tables)

    def school(self, who: pl.Series, on: pl.Series) -> pl.Series:
        """The school that each is enrolled at on the date; null for none."""
        stay = self.latest(who, on)
        return pl.select(pl.when(stay["end_date"] >= on).then(stay["organisation_id"])).to_series()

    def latest(self, who: pl.Series, on: pl.Series) -> pl.DataFrame:
        """The enrolment of each that began last, by the date: organisation_id, start_date, end_date; null for none."""
        return _as_of(who, on, self.stays, "person_id").select("organisation_id", "start_date", "end_date")

    def mentor(self, who: pl.Series, on: pl.Series) -> pl.Series:
        """The mentor of each on the date; null for none."""
        found = _as_of(who, on, self.mentors, "person_id")
        return pl.select(pl.when(found["end_date"] >= on).then(found["mentor"])).to_series()

    def staff(self, where: pl.Series, on: pl.Series, roles: Sequence[str]) -> pl.Series:
        """Somebody on duty at each organisation on the date, of the first role that has anybody; null for nobody."""
        found = pl.Series([None], dtype=pl.String).new_from_index(0, len(where))
        for role in roles:
            # Who has been there longest, so that it is the same one for as long as can be.
            own = self.duties.filter(pl.col("duty_role") == role).unique(
                "organisation_id", keep="first", maintain_order=True
            )
            there = _as_of(where, on, own, "organisation_id")
            person = pl.select(pl.when(there["end_date"] >= on).then(there["person_id"])).to_series()
            found = found.zip_with(found.is_not_null(), person)
        return found

    def authority(self, who: pl.Series) -> pl.Series:
        """The authority of the municipality that each lives in; null when it isn't one of the region's."""
        asked = pl.DataFrame({"person_id": who})
        return asked.join(self.homes, on="person_id", how="left", maintain_order="left")["authority"]

    def coordinator(self, who: pl.Series, on: pl.Series) -> pl.Series:
        """The youth coordinator where each lives on the date; null for none."""
        return self.staff(self.authority(who), on, (YOUTH_COORDINATOR,))

    def outside(self, who: pl.Series, on: pl.Series) -> pl.Series:
        """Whether each has been at a school before the date, is at none on it, and has no degree."""
        stay = self.latest(who, on)
        return (stay["end_date"] < on).fill_null(False) & ~who.is_in(self.degrees.implode())


def _dated(table: pl.DataFrame) -> pl.DataFrame:
    # A row that ends before it begins is one of the planted faults: whoever reads the files in sets it aside.
    backwards = (pl.col("end_date") < pl.col("start_date")).fill_null(False)
    return table.filter(~backwards).with_columns(pl.col("end_date").fill_null(NEVER_ENDED))


def _known(name: str) -> pl.Expr:
    return pl.col(name).is_not_null()


def _mentors(duties: pl.DataFrame, memberships: pl.DataFrame) -> pl.DataFrame:
    """person_id, mentor, start_date, end_date: whose mentor is who when, by the group that both are in."""
    own = duties.filter(pl.col("assignment_type") == MENTOR)
    own = own.select("group_id", mentor="person_id", first="start_date", last="end_date")
    both = memberships.join(own, on="group_id")
    both = both.select(
        "person_id", "mentor", "group_id",
        start_date=pl.max_horizontal("start_date", "first"), end_date=pl.min_horizontal("end_date", "last"),
    ).filter(pl.col("start_date") <= pl.col("end_date"))  # fmt: skip
    return both.sort("person_id", "start_date", "group_id", "mentor")


def _degrees(tables: Tables) -> pl.Series:
    events = tables.get("outcome_events")
    if events is None:
        return pl.Series([], dtype=pl.String)
    return events.filter(pl.col("event") == "degree")["person_id"]


def _as_of(who: pl.Series, on: pl.Series, rows: pl.DataFrame, key: str) -> pl.DataFrame:
    """For each the row of their own that began last, by the date; null for none."""
    asked = pl.DataFrame({"_who": who.cast(pl.String), "_on": on.cast(pl.Date)}).with_row_index("_place")
    known = asked.filter(_known("_who") & _known("_on")).sort("_on", "_place")
    rows = rows.filter(_known("start_date")).sort("start_date", maintain_order=True).with_columns(_key=pl.col(key))
    found = known.join_asof(rows, left_on="_on", right_on="start_date", by_left="_who", by_right="_key",
                            strategy="backward", coalesce=False, check_sortedness=False)  # fmt: skip
    return asked.select("_place").join(found.drop("_who", "_on"), on="_place", how="left", maintain_order="left")
