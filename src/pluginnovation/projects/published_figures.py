"""Figures that others publish of a municipality, its region and the nation, read from a file of Kolada's open API (v3).

Nothing is computed from them: they are shown as they were published, with year, key and how they are counted.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from re import fullmatch
from typing import Any, Final

from pluginnovation.records.refusals import Refusal

from .indicators import ELIGIBLE

PERCENT, POINTS = "percent", "points"
NATION: Final = "0000"
EVERYBODY: Final = "T"
FIRST_YEAR, LAST_YEAR = 1990, 2100
MOST_POINTS: Final = 400


@dataclass(frozen=True, slots=True)
class Kpi:
    """One published figure.

    sv, en         its title
    how_sv, how_en whom it counts, in a sentence
    indicator      one's own that it is nearest to; empty: none
    """

    key: str
    sv: str
    en: str
    how_sv: str
    how_en: str
    unit: str = PERCENT
    indicator: str = ""


AT_HOME: Final = ("Alla som bor i kommunen, också de som går i skola någon annanstans.",
                  "Everybody who lives in the municipality, also those who go to school elsewhere.")  # fmt: skip
KPIS: Final[Mapping[str, Kpi]] = {
    one.key: one
    for one in (
        Kpi("N15428", "Behöriga till yrkesprogram, årskurs 9", "Eligible for vocational programmes, year 9", *AT_HOME,
            indicator=ELIGIBLE),
        Kpi("N15424", "Behöriga till yrkesprogram, årskurs 9, skolorna i kommunen",
            "Eligible for vocational programmes, year 9, schools in the municipality",
            "Alla som går i en skola i kommunen.", "Everybody at a school in the municipality.", indicator=ELIGIBLE),
        Kpi("N15507", "Meritvärde, årskurs 9", "Merit value, year 9", *AT_HOME, unit=POINTS),
        Kpi("N17445", "Examen inom tre år", "Degree within three years",
            "Som började gymnasiet tre år tidigare och bor i kommunen, introduktionsprogram medräknade.",
            "Who began upper secondary school three years before and live here, introductory programmes counted."),
        Kpi("N17461", "Examen inom fyra år", "Degree within four years",
            "Som började gymnasiet fyra år tidigare och bor i kommunen, introduktionsprogram medräknade.",
            "Who began upper secondary school four years before and live here, introductory programmes counted."),
        Kpi("N17625", "Indraget studiestöd för ogiltig frånvaro", "Study grant withdrawn for unexcused absence",
            "Gymnasieelever som bor i kommunen.", "Upper secondary pupils who live in the municipality."),
        Kpi("N18741", "I det kommunala aktivitetsansvaret, 16–19 år",
            "In the municipality's activity responsibility, 16–19", "Invånare 16–19 år.", "Residents aged 16–19."),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One published figure of a place and a year; tenths: null where nothing is told, often since few are behind."""

    kpi: str
    place: str
    year: int
    tenths: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held: rows, keys that nobody here asks for, and rows that were taken away at the publisher's."""

    rows: tuple[Row, ...]
    skipped: int
    taken_away: int


@dataclass(frozen=True, slots=True)
class PublishedLine:
    """One figure as it stands in an analysis: the newest year that the municipality has, and the others of that year.

    unweighted   the region's is an unweighted mean of municipalities
    """

    kpi: str
    year: int
    municipality: int | None
    region: int | None
    nation: int | None
    unweighted: bool = False


def read_published(document: Any) -> Read:
    """The figures of an answer of Kolada's.

    Raises  Refusal 'published_not_readable' for anything else, 'published_not_whole' when more pages follow
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("values"), list):
        raise _not_readable("values")
    if document.get("next_url"):
        raise Refusal(
            "published_not_whole",
            what=("Filen är inte hela svaret: fler sidor följer.", "The file isn't the whole answer."),
            todo=("Hämta alla sidor och läs in dem var för sig, utan next_url.",
                  "Fetch every page, and read each in without next_url."),
        )  # fmt: skip
    rows: dict[tuple[str, str, int], Row] = {}
    skipped = taken_away = 0
    for number, one in enumerate(document["values"]):
        where = f"values[{number}]"
        if not isinstance(one, Mapping) or not isinstance(one.get("values"), list):
            raise _not_readable(where)
        kpi, place, year = one.get("kpi"), one.get("municipality"), one.get("period")
        if not isinstance(kpi, str) or not isinstance(place, str) or not fullmatch(r"\d{4}|G\d{1,9}", place):
            raise _not_readable(where)
        if isinstance(year, bool) or not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR:
            raise _not_readable(f"{where}.period")
        if kpi not in KPIS:
            skipped += 1
            continue
        for value in one["values"]:
            if not isinstance(value, Mapping):
                raise _not_readable(where)
            if value.get("gender") != EVERYBODY:
                continue
            taken_away += value.get("isdeleted") is True
            told = None if value.get("isdeleted") else _tenths(value.get("value"), KPIS[kpi].unit, where)
            rows[kpi, place, year] = Row(kpi, place, year, told)
    return Read(tuple(rows.values()), skipped, taken_away)


def region_of(municipality: str) -> str:
    """The county that a municipality lies in, as Kolada names it."""
    return f"00{municipality[:2]}" if len(municipality) == 4 else ""


def lines_of(rows: Iterable[Row], municipality: str, region: str = "") -> tuple[PublishedLine, ...]:
    """What an analysis shows: a line for each key, of the newest year that the municipality, or else the region, has.

    Takes   region   a county or a group of municipalities; empty: the county that the municipality lies in
    """
    region = region or region_of(municipality)
    found: dict[str, dict[int, dict[str, int]]] = {}
    for row in rows:
        if row.tenths is not None and row.place in (municipality, region, NATION):
            found.setdefault(row.kpi, {}).setdefault(row.year, {})[row.place] = row.tenths
    lines = []
    for kpi in (key for key in KPIS if key in found):
        years = found[kpi]
        year = max((one for one in years if municipality in years[one]), default=max(years))
        of = years[year]
        lines.append(
            PublishedLine(kpi, year, of.get(municipality), of.get(region), of.get(NATION), region.startswith("G"))
        )
    return tuple(lines)


def _tenths(value: object, unit: str, where: str) -> int | None:
    if value is None:
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InvalidOperation
        found = int((Decimal(str(value)) * 10).to_integral_value(ROUND_HALF_UP))
    except (InvalidOperation, ValueError, OverflowError):
        raise _not_readable(where) from None
    if not 0 <= found <= 10 * (100 if unit == PERCENT else MOST_POINTS):
        raise _not_readable(where)
    return found


def _not_readable(where: str) -> Refusal:
    return Refusal(
        "published_not_readable",
        what=("Filen är inte ett svar från Kolada.", "The file isn't an answer of Kolada's."),
        todo=("Hämta den på nytt från api.kolada.se/v3/data. Inget har ändrats.",
              "Fetch it anew from api.kolada.se/v3/data. Nothing has changed."),
        where=where,
    )  # fmt: skip
