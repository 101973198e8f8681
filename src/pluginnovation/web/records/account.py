"""What the administrator's page asks of the imports: rows counted, what was turned away, how fresh each source is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet, Value

from pluginnovation.records.ledger import HELD
from pluginnovation.records.tables import TABLES

from .models import Import, Quarantined

COUNTED: Final = ("read", "new", "changed", "unchanged", "ended", "superseded", "refused_protected")

# So many line numbers of each broken rule stand on the page; the exported list has every row.
LINES: Final = 20


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of one resource of an import, or of all of them together."""

    name: str
    read: int
    new: int
    changed: int
    unchanged: int
    ended: int
    superseded: int
    refused_protected: int
    turned_away: int


@dataclass(frozen=True, slots=True)
class Freshness:
    """One source: when it last came, and whether something of it waits for a person."""

    source: str
    last: Import
    imports: int
    held: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that rows of a file broke. Says which and how many, never what stood there.

    column   the columns that the rule is about; empty: the whole row
    lines    the first LINES rows' numbers in the file
    """

    resource: str
    file: str | None
    column: str | None
    rule: str
    rows: int
    lines: list[int]

    @property
    def more(self) -> bool:
        """Whether there are more rows than `lines` names."""
        return self.rows > len(self.lines)


class _FirstLines(ArrayAgg):
    """The least numbers of a group."""

    template = f"({ArrayAgg.template})[1:{LINES}]"


def line_of(found: Import) -> Line:
    """An import's counts, all resources together."""
    return sum_of(found.counts)


def sum_of(counts: Mapping[str, Any]) -> Line:
    """The counts of all resources together."""
    return _line("", counts.values())


def lines_of(found: Import) -> list[Line]:
    """An import's counts, a line a resource, in the order that resources are checked in."""
    return lines_in(found.counts)


def lines_in(counts: Mapping[str, Any]) -> list[Line]:
    """Counts by resource, in the order that resources are checked in."""
    order = {name: place for place, name in enumerate(TABLES)}
    named = sorted(counts.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    return [_line(name, [each]) for name, each in named]


def _line(name: str, many: object) -> Line:
    counts = [counts for counts in many if isinstance(counts, Mapping)]  # type: ignore[attr-defined]
    sums = {key: sum(_whole(one.get(key)) for one in counts) for key in COUNTED}
    turned_away = sum(_whole(one.get("quarantined")) for one in counts)
    return Line(name=name, turned_away=turned_away, **sums)


def _whole(count: object) -> int:
    """A count as stored: a number, or numbers by rule."""
    if isinstance(count, Mapping):
        return sum(int(rows) for rows in count.values())
    return int(count) if isinstance(count, int) else 0


def freshness() -> list[Freshness]:
    """Every source with its last import. Two queries."""
    counted = {row["source"]: row["imports"] for row in Import.objects.values("source").annotate(imports=Count("id"))}
    held: dict[str, int] = dict(Import.objects.filter(status=HELD).values_list("source").annotate(waiting=Count("id")))
    last = Import.objects.order_by("source", "-id").distinct("source")
    return [Freshness(one.source, one, counted[one.source], held.get(one.source, 0)) for one in last]


def broken_rules(found: Import) -> list[Broken]:
    """What an import turned away, by resource, file and rule."""
    return broken_in(Quarantined.objects.filter(of_import=found))


def broken_in(found: QuerySet[Any]) -> list[Broken]:
    """Rows that were set aside, by resource, file and rule."""
    rows = (
        found.values("resource", "file", "column", "rule")
        .annotate(rows=Count("id"), lines=_FirstLines("line", order_by="line", default=Value([])))
        .order_by("resource", "file", "rule", "column")
    )
    return [Broken(**row) for row in rows]


def turned_away_rows(found: Import) -> QuerySet[Quarantined]:
    """Every row that an import turned away, in the order of files and lines."""
    return Quarantined.objects.filter(of_import=found).order_by("resource", "file", "line", "id")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which imports a list shows; what is empty leaves nothing out.

    text          words in the names of the source or its files, in a reason, or in who asked
    since, until  first and last day on which they were finished
    """

    source: str = ""
    status: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None


def imports(wanted: Wanted) -> QuerySet[Import]:
    """Imports, newest first."""
    found = Import.objects.order_by("-id")
    if wanted.source:
        found = found.filter(source=wanted.source)
    if wanted.status:
        found = found.filter(status=wanted.status)
    if wanted.since:
        found = found.filter(finished_at__date__gte=wanted.since)
    if wanted.until:
        found = found.filter(finished_at__date__lte=wanted.until)
    for word in wanted.text.split():
        said = (
            Q(source__icontains=word) | Q(why__icontains=word) | Q(by__icontains=word) | Q(decided_by__icontains=word)
        )
        found = found.filter(said | Q(files__icontains=word) | Q(profile__icontains=word))
    return found


def last_finished() -> datetime | None:
    """When something was last read in."""
    return Import.objects.order_by("-id").values_list("finished_at", flat=True).first()
