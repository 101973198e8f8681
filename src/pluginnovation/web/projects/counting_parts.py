"""What was counted at each school, before anything is hidden: parts by stage, indicator, term and year."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pluginnovation.projects.indicators import ABSENCE, ELIGIBLE, HIGH_ABSENCE, MONDAYS, UNEXCUSED, WEEKDAYS, stage_of
from pluginnovation.projects.levels import EMPTY, Part
from pluginnovation.web.people.names import place_code

# What a place is told by: a stage, an indicator and a term; and within the school a year.
Key = tuple[str, str, str]


@dataclass(slots=True)
class Counts:
    """What was counted, before anything is hidden.

    schools   stage, indicator, term -> a school's code -> the part
    years     the same with the year -> the part, by the school's code
    """

    schools: dict[Key, dict[str, Part]] = field(default_factory=dict)
    years: dict[tuple[str, Key], dict[int, Part]] = field(default_factory=dict)

    def add(self, school: str, key: Key, year: int | None, part: Part) -> None:
        """Count a part at a school."""
        here = self.schools.setdefault(key, {})
        here[school] = here.get(school, EMPTY) + part
        if year is not None:
            by_year = self.years.setdefault((school, key), {})
            by_year[year] = by_year.get(year, EMPTY) + part


def add_minutes(counts: Counts, row: Mapping[str, object]) -> None:
    """Count a school, year and term of minutes."""
    at: dict[str, int] = {name: int(value or 0) for name, value in row.items() if isinstance(value, int)}
    year = row["school_year"]
    stage = stage_of(str(row["school_type"]), year if isinstance(year, int) else None)
    if not stage:
        return
    school = place_code(str(row["source"]), str(row["school"]))
    n, reported, offered = at["pupils"], at["reported"], at["offered"]
    parts = {
        ABSENCE: Part(n, at["away"], reported, reported=reported, offered=offered),
        UNEXCUSED: Part(n, at["unexcused"], reported, reported=reported, offered=offered),
        MONDAYS: Part(n, at["away_0"], at["reported_0"], reported=reported, offered=offered),
        # Told where the absence of at least half is known: the same test as of minutes, with other numbers in it.
        HIGH_ABSENCE: Part(n, at["high"], at["known"], of_pupils=True, reported=8 * at["known"], offered=5 * n),
    }
    for day in WEEKDAYS:
        parts[f"{ABSENCE}_{day}"] = Part(
            n, at[f"away_{day}"], at[f"reported_{day}"], reported=reported, offered=offered
        )
    for key, part in parts.items():
        counts.add(school, (stage, key, str(row["term"])), year if isinstance(year, int) else None, part)


def add_eligible(counts: Counts, row: Mapping[str, object], term: str) -> None:
    """Count a school and year of grades."""
    year = row["school_year"]
    if not isinstance(year, int):
        return
    n, known, eligible = (int(str(row[name])) for name in ("n", "known", "eligible"))
    part = Part(n, eligible, known, of_pupils=True, reported=8 * known, offered=5 * n)
    school = place_code(str(row["source"]), str(row["school"]))
    counts.add(school, (stage_of(str(row["school_type"]), year), ELIGIBLE, term), year, part)
