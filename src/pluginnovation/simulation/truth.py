"""What was put into the made-up region, so that tests can ask whether it is found again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from .lessons import Totals, World, activity_id, own_subject
from .patterns import SUBJECT
from .roster import OPEN, as_date
from .scenario_region import Helped
from .subjects import taught
from .targets import Target
from .traits import STORIES
from .writing import write_csv, write_json


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true in the region.

    pupils     person_id, story (long, rising, avoids, late, unreported, no-show, moved, joined, left, …),
               activity_id (for avoids), from_date, until_date (null: to the end), strength
    classes    group_id, pattern (monday_08_10, subject or ''), activity_id, from_date, until_date, extra, reported
               (chance that a lesson is reported), recording_changed (date; null: never), reported_after, grace (minutes
               of lateness that aren't written down after it)
    shares     person_id, offered, reported, absent, unexcused: minutes over the whole year
    protected  person_id, given_name, family_name, security_marking: must never be seen
    demo       role word -> person id, for the one-click roles; 'group' and 'school' where they work
    targets    target figures beside achieved ones
    helped     what was written about help; None without a scenario
    """

    pupils: pl.DataFrame
    classes: pl.DataFrame
    shares: pl.DataFrame
    protected: pl.DataFrame
    demo: dict[str, str]
    targets: tuple[Target, ...]
    helped: Helped | None = None

    @property
    def canaries(self) -> tuple[str, ...]:
        """Every name that only protected people have: their family names, and the given names of protected pupils."""
        pupils = self.protected.filter(pl.col("person_id").str.starts_with("p"))
        return tuple(sorted({*self.protected["family_name"], *pupils["given_name"]}))

    def write(self, folder: Path) -> None:
        """Write it as files."""
        folder.mkdir()
        for name in ("pupils", "classes", "shares", "protected"):
            write_csv(getattr(self, name), folder / f"{name}.csv")
        rows = [{"name": t.name, "target": t.target, "achieved": t.achieved, "source": t.source} for t in self.targets]
        write_json({"demo": self.demo, "targets": rows}, folder / "truth.json")


def pupil_stories(world: World) -> pl.DataFrame:
    """One row per pupil and thing out of the ordinary."""
    traits, region = world.traits, world.region
    rows: list[tuple[str, str, str | None, date | None, date | None, float | None]] = []
    for pupil in np.flatnonzero(traits.story > 0).tolist():
        story = STORIES[traits.story[pupil]]
        own = region.classes[world.pupils.class_no[pupil]]
        avoided = int(traits.avoided[pupil])
        activity = activity_id(own, own_subject(world, own, avoided, pupil)) if story == "avoids" else None
        until = as_date(min(int(traits.story_until[pupil]), OPEN))
        since = as_date(int(traits.story_from[pupil]))
        rows.append((world.pupils.id[pupil], story, activity, since, until, round(float(traits.strength[pupil]), 4)))
    rows += [
        (world.pupils.id[each.pupil], each.what, None, as_date(each.day), None, None)
        for each in world.roster.happenings
        if each.what != "no-show"
    ]
    schema = {"person_id": pl.String, "story": pl.String, "activity_id": pl.String, "from_date": pl.Date,
              "until_date": pl.Date, "strength": pl.Float64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row").sort("person_id", "story")


def class_patterns(world: World) -> pl.DataFrame:
    """One row per class."""
    rows: list[tuple[object, ...]] = []
    for each, pattern in zip(world.region.classes, world.patterns, strict=True):
        subjects = taught(each.school.school_type, each.year, each.programme)
        activity = f"{each.id}-{subjects[pattern.subject].key}" if pattern.kind == SUBJECT else None
        since = as_date(pattern.first) if pattern.kind else None
        until = as_date(pattern.last) if pattern.kind else None
        rows.append(
            (
                each.id,
                pattern.kind,
                activity,
                since,
                until,
                round(pattern.extra, 4),
                round(pattern.reported, 4),
                as_date(pattern.changed),
                round(pattern.reported_after, 4),
                pattern.grace,
            )
        )
    schema = {"group_id": pl.String, "pattern": pl.String, "activity_id": pl.String, "from_date": pl.Date,
              "until_date": pl.Date, "extra": pl.Float64, "reported": pl.Float64, "recording_changed": pl.Date,
              "reported_after": pl.Float64, "grace": pl.Int64}  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def pupil_shares(world: World, totals: Totals) -> pl.DataFrame:
    """One row per pupil: minutes of the whole year."""
    return pl.DataFrame(
        {
            "person_id": world.pupils.id.tolist(),
            "offered": totals.offered,
            "reported": totals.reported,
            "absent": totals.absent,
            "unexcused": totals.unexcused,
        }
    )


def protected_people(persons: pl.DataFrame) -> pl.DataFrame:
    """The people in persons.csv whose identity is protected."""
    hidden = persons.filter(pl.col("security_marking") != "Ingen")
    return hidden.select("id", "given_name", "family_name", "security_marking").rename({"id": "person_id"})
