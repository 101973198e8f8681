"""Events about the people of a region's files: each was there, and whoever did something had a duty that day."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from pluginnovation.simulation.lives.people import OF_MUNICIPALITY
from pluginnovation.simulation.lives.seam import People
from pluginnovation.simulation.scenario_switches import OUT_OF_SCHOOL

from .catalogue import WITHOUT_SCHOOL
from .days import dates, first_days, working_day_before
from .in_force import HELPS, LEADS, YOUTH_COORDINATOR, Register
from .log import AFTER, COMPLETED, DECIDED_DAY, DROPPED_OUT, EVERYDAY, LEFT_SCHOOL, REASONS
from .noticing import NEEDS
from .persons import Persons
from .region import RegionHelp

_MEASURE = ("pupil", "trial", "begun")


@dataclass(frozen=True, slots=True)
class Known:
    """What a region's files know.

    ids        the source's person id of each of the people
    schools    unit number -> organisation id; a municipality's own number -> its authority's
    first, last   half-years (2 x calendar year, plus one in autumn) that are told about
    """

    ids: pl.Series
    schools: Mapping[int, str]
    first: int
    last: int


class Registered(Persons):
    """Ids as the region's registers have them. What can't have happened by them isn't told."""

    def __init__(self, people: People, known: Known, register: Register) -> None:
        super().__init__(people)
        self.pupils, self.known, self.register = known.ids, known, register
        units = sorted(known.schools)
        self._units = pl.DataFrame({"unit": units, "id": [known.schools[unit] for unit in units]},
                                   schema={"unit": pl.Int64, "id": pl.String})  # fmt: skip

    def school(self, unit: pl.Series) -> pl.Series:
        """The organisations that units are."""
        asked = pl.DataFrame({"unit": unit.cast(pl.Int64)})
        return asked.join(self._units, on="unit", how="left", maintain_order="left")["id"]

    def in_time(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of the half-years that are told about."""
        return rows.filter(pl.col("half_year").is_between(self.known.first, self.known.last))

    def told(self, adults: RegionHelp) -> Mapping[str, pl.DataFrame]:
        """What adults did, with names and days, about those who were there."""
        log, keys = adults.log, list(adults.ground.scenario.sub_projects.values())
        outreach = [number for number, each in enumerate(keys) if each.who == OUT_OF_SCHOOL]
        rows = {name: _placed(self.in_time(log.frame(name)), self.pupils, outreach) for name in AFTER}
        answers = self._by(rows["answers"])
        starts = self._by(rows["starts"]).with_columns(from_date=pl.col("on"))
        began = starts.select(*_MEASURE, "from_date", pl.col("minute").alias("from_minute"))
        doses = self._while_there(rows["doses"].join(began, on=_MEASURE, maintain_order="left"))
        given = doses.group_by(_MEASURE).agg(
            given=pl.col("delivered").sum(), last_on=pl.col("on").max(),
            last_minute=pl.col("minute").sort_by("on").last(),
        )  # fmt: skip
        ends = self._while_there(rows["ends"].join(began, on=_MEASURE, maintain_order="left"))
        ends = ends.join(given, on=_MEASURE, how="left", maintain_order="left")
        return {"answers": answers, "starts": starts, "doses": doses, "ends": _after_doses(ends)}

    def drawn(self, rows: pl.DataFrame, sub_project: str) -> pl.DataFrame:
        """Who could be offered a measure, of those who were there that day."""
        on = dates(rows["half_year"].to_numpy(), np.full(len(rows), DECIDED_DAY))
        person, unit = self.pupil(rows["pupil"]), rows["unit"]
        outside = unit < OF_MUNICIPALITY
        school = self.register.school(person, on)
        away = self.register.outside(person, on)
        authority = self.register.authority(person).zip_with(away, _nobody(len(rows)))
        site = authority.zip_with(outside, school)
        found = rows.with_columns(person=person, on=on, site=site, sub_project=pl.lit(sub_project)).drop_nulls("site")
        return found.with_columns(by=self.leads(found)).drop_nulls("by")

    def leads(self, at: pl.DataFrame) -> pl.Series:
        """The principal, or whoever else is on duty there; at a municipality its youth coordinator."""
        return self.register.staff(at["site"], at["on"], (*LEADS, YOUTH_COORDINATOR))

    def _by(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Answers and beginnings that can have been, with who did it."""
        register, person, on = self.register, rows["person"], rows["on"]
        school = register.school(person, on)
        inside = register.mentor(person, on)
        somebody = register.staff(school, on, HELPS)
        if "trial" in rows.columns:
            # Everyday help is the mentor's; a sub-project has somebody at the school to do it.
            inside = inside.zip_with(rows["trial"] == EVERYDAY, somebody)
        inside = inside.zip_with(inside.is_not_null(), somebody)
        there = inside.zip_with(school.is_not_null(), _nobody(len(rows)))
        away = register.coordinator(person, on).zip_with(register.outside(person, on), _nobody(len(rows)))
        return rows.with_columns(by=away.zip_with(rows["outreach"], there)).drop_nulls("by")

    def _while_there(self, rows: pl.DataFrame) -> pl.DataFrame:
        """What was given and when it ended, never after the pupil had left; who leaves in the middle ends it."""
        register, person = self.register, rows["person"]
        stay = register.latest(person, rows["on"])
        gone = (stay["end_date"] < rows["on"]).fill_null(True) & ~rows["outreach"]
        last = working_day_before(stay["end_date"].zip_with(gone, rows["on"]))
        begins = pl.Series(first_days(rows["half_year"].to_numpy()).astype("datetime64[ms]")).cast(pl.Date)
        columns = {"on": pl.select(pl.max_horizontal(last, rows["from_date"])).to_series(), "gone": gone}
        rows = rows.with_columns(school=stay["organisation_id"], begins=begins, left=stay["end_date"], **columns)
        if "delivered" in rows.columns and "reason" not in rows.columns:
            rows = rows.filter(~pl.col("gone") | (pl.col("left") >= pl.col("begins")))
        helper = register.staff(rows["school"], rows["on"], HELPS)
        mentor = register.mentor(rows["person"], rows["on"])
        own = mentor.zip_with((rows["trial"] == EVERYDAY) & mentor.is_not_null(), helper)
        by = register.coordinator(rows["person"], rows["on"]).zip_with(rows["outreach"], own)
        later = (pl.col("on") == pl.col("from_date")) & (pl.col("minute") < pl.col("from_minute"))
        minute = pl.when(later).then("from_minute").otherwise("minute")
        return rows.with_columns(by=by, minute=minute).drop_nulls("by")


def _placed(rows: pl.DataFrame, ids: pl.Series, outreach: list[int]) -> pl.DataFrame:
    """Rows with `person`, `on`, and `outreach`: whether it is about somebody without a school."""
    everyday = pl.col("need") == NEEDS.index(WITHOUT_SCHOOL)
    if "trial" in rows.columns:
        everyday = pl.when(pl.col("trial") == EVERYDAY).then(everyday).otherwise(pl.col("trial").is_in(outreach))
    on = dates(rows["half_year"].to_numpy(), rows["day"].to_numpy())
    return rows.with_columns(person=ids.gather(rows["pupil"]), on=on, outreach=everyday)


def _after_doses(ends: pl.DataFrame) -> pl.DataFrame:
    """Ends that come after what was given last, and say how much it was; cut short when the pupil left."""
    own = (REASONS.index(COMPLETED), REASONS.index(DROPPED_OUT))
    cut = pl.col("gone") & pl.col("reason").is_in(own)
    early = (pl.col("on") < pl.col("last_on")).fill_null(False)
    on = pl.when(early).then("last_on").otherwise("on")
    same = (on == pl.col("last_on")).fill_null(False)
    return ends.with_columns(
        on=on,
        minute=pl.when(same).then(pl.max_horizontal("minute", "last_minute")).otherwise("minute"),
        reason=pl.when(cut).then(REASONS.index(LEFT_SCHOOL)).otherwise("reason"),
        delivered=pl.col("given").fill_null(0),
    )


def _nobody(size: int) -> pl.Series:
    return pl.Series([None], dtype=pl.String).new_from_index(0, size)
