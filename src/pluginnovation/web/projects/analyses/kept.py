"""Keeping analyses: every save is a version, and what the records filled in stays as it was when it was filled in."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.db import connection
from django.db.models import Q

from pluginnovation.projects.analysis import Document, done, packed, replaced, same_part, unpacked, wrong_document
from pluginnovation.projects.figures import Figures, GroupLine, Series, first_stage, unpacked_figures
from pluginnovation.projects.indicators import ABSENCE
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Organisation, User

from ..models import Analysis, SchoolFigures
from ..published_read import published_for
from .refused import cant_be_kept, no_figures, not_complete, somebody_saved
from .subject import Subject

# Which advisory lock this is among the database's.
LOCK: Final = 8_001


def newest(subject: Subject) -> Analysis | None:
    """The version that stands. One query."""
    return Analysis.objects.filter(subject.mine).select_related("by").order_by("-version").first()


def versions_of(subject: Subject) -> list[Analysis]:
    """Every version, newest first, without what it says. One query."""
    rows = Analysis.objects.filter(subject.mine).select_related("by").defer("document")
    return list(rows.order_by("-version"))


def document_of(subject: Subject) -> tuple[Document, Analysis | None]:
    """What stands: the newest version, or what a first one would begin from. At most five queries."""
    found = newest(subject)
    if found is not None:
        return unpacked(found.document), found
    for where in subject.begins_from:
        earlier = Analysis.objects.filter(where).order_by("-version").first()
        if earlier is not None:
            return unpacked(earlier.document), None
    return Document(figures=figures_of(subject)), None


def figures_of(subject: Subject) -> Figures:
    """The newest figures of the school, or of the municipality that applies by itself; empty: not counted yet."""
    if subject.school:
        row = SchoolFigures.objects.filter(school=subject.school).first()
        found = unpacked_figures(row.document) if row else Figures()
    else:
        found = of_municipality(subject.municipality)
    lines, by = published_for(subject.municipality)
    return replace(found, published=lines, published_by=by)


def of_municipality(municipality: str) -> Figures:
    """What the municipality's schools are compared with, as its own; and its schools, each with its absence."""
    inside = Q(municipality=municipality) | Q(parent__municipality=municipality)
    schools = Organisation.objects.filter(inside) if municipality else Organisation.objects.none()
    names = dict(schools.values_list("code", "display_name"))
    merged, lines = Figures(), []
    for row in SchoolFigures.objects.filter(school__in=list(names)).order_by("school"):
        one = unpacked_figures(row.document)
        here = one.stages.get(first_stage(one), {})
        if ABSENCE in here:
            lines.append(GroupLine(names[row.school], here[ABSENCE].own))
        stages = {stage: dict(by_key) for stage, by_key in merged.stages.items()}
        for stage, by_key in one.stages.items():
            for key, series in by_key.items():
                own = Series(series.municipality, series.municipality, series.region)
                stages.setdefault(stage, {}).setdefault(key, own)
        merged = Figures(one.as_of, one.terms, stages)
    return replace(merged, groups=tuple(sorted(lines, key=lambda line: line.name)), of_schools=True)


def save_part(*, subject: Subject, part: str, said: Document, after: int, by: User, at: datetime) -> Analysis:
    """Save one written part as a new version, with the rest as it stands.

    Takes   said    a document whose other parts say nothing
            after   the version that the form was opened at; 0: none
    Raises  Refusal 'analysis_wrong', or 'somebody_saved' when the same part was changed in between
    """
    with recorded("save_analysis", by=by, at=at, about=f"{subject.kind} {subject.about}", part=part):
        _alone(subject)
        standing, found = document_of(subject)
        if found is not None and found.version > after:
            opened = Analysis.objects.filter(subject.mine, version=after).first()
            before = unpacked(opened.document) if opened else Document()
            if not same_part(part, before, standing):
                raise somebody_saved()
        made = replaced(standing, part, said)
        if wrong := wrong_document(made):
            raise cant_be_kept(wrong)
        return _added(subject, made, found, by, at)


def fill_in_again(*, subject: Subject, by: User, at: datetime) -> Analysis:
    """A new version with the newest figures; what was written stays.

    Raises  Refusal 'no_figures'
    """
    with recorded("fill_in_analysis", by=by, at=at, about=f"{subject.kind} {subject.about}"):
        _alone(subject)
        figures = figures_of(subject)
        if not figures.stages:
            raise no_figures()
        standing, found = document_of(subject)
        return _added(subject, replace(standing, figures=figures), found, by, at)


def complete(*, subject: Subject, by: User, at: datetime) -> Analysis:
    """Say that the analysis is complete: from then on the region may read it.

    Raises  Refusal 'analysis_not_complete'
    """
    with recorded("complete_analysis", by=by, at=at, about=f"{subject.kind} {subject.about}"):
        _alone(subject)
        standing, found = document_of(subject)
        if not done(standing).complete:
            raise not_complete()
        return _added(subject, standing, found, by, at, done_at=at)


def _added(
    subject: Subject, document: Document, found: Analysis | None, by: User, at: datetime,
    done_at: datetime | None = None,
) -> Analysis:  # fmt: skip
    of_row = {"application_id": subject.application} if subject.sub_project is None else {}
    return Analysis.objects.create(
        school=subject.school, municipality=subject.municipality, version=found.version + 1 if found else 1,
        document=packed(document), done_at=done_at, by=by, at=at, sub_project_id=subject.sub_project, **of_row,
    )  # fmt: skip


def _alone(subject: Subject) -> None:
    """Of two who save at once the second sees the first's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [LOCK, f"{subject.kind} {subject.about}"])
