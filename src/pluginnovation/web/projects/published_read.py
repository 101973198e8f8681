"""Figures that others publish, taken in from a file and shown in analyses of the municipality."""

from datetime import datetime

from django.utils.timezone import localdate

from pluginnovation.projects.published_figures import (
    NATION,
    PublishedLine,
    Read,
    Row,
    lines_of,
    read_published,
    region_of,
)
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .models import PublishedFigure


def take_in_published(document: object, *, region: str, source: str, by: User | None, at: datetime) -> Read:
    """Take a file in: a figure of the same key, place and year takes the earlier one's place, since values are revised.

    Takes   region   the group of municipalities that is shown as the region; empty: the county of each municipality
            source   what is said of where it comes from, such as 'Kolada'
    Raises  Refusal 'published_not_readable', 'published_not_whole'; nothing is changed then
    """
    read = read_published(document)
    rows = [
        PublishedFigure(
            kpi=row.kpi, place=row.place, year=row.year, tenths=row.tenths, is_region=row.place == region,
            source=source, read_on=localdate(at), at=at,
        )
        for row in read.rows
    ]  # fmt: skip
    with recorded("take_in_published", by=by, at=at, about=source, figures=len(rows), skipped=read.skipped):
        PublishedFigure.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["kpi", "place", "year"],
            update_fields=["tenths", "is_region", "source", "read_on", "at"],
        )  # fmt: skip
    return read


def published_for(municipality: str) -> tuple[tuple[PublishedLine, ...], str]:
    """The lines for a municipality, and where they come from with the day they were read. Two queries."""
    if not municipality:
        return (), ""
    chosen = PublishedFigure.objects.filter(is_region=True).order_by("-at").values_list("place", flat=True).first()
    region = chosen or region_of(municipality)
    rows = PublishedFigure.objects.filter(place__in=(municipality, region, NATION)).order_by("at", "pk")
    found = list(rows)
    lines = lines_of((Row(one.kpi, one.place, one.year, one.tenths) for one in found), municipality, region)
    return lines, f"{found[-1].source} {found[-1].read_on.isoformat()}" if lines else ""
