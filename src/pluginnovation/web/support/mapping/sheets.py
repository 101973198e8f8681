"""Class-level results as files. No pupil is in them, and none can be told from them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pluginnovation.support.rounds import term_of
from pluginnovation.web.people.models import Group
from pluginnovation.web.records.exports import Cell, Sheet
from pluginnovation.web.signals.sheets import first_line
from pluginnovation.web.signals.words import language

from ..models import MappingRound
from .reading import ClassPicture, ClassRow
from .words import CHANGE, DIMENSION, term_word


def _title(found: MappingRound, about: str) -> str:
    return f"{about}, {term_word(term_of(found.first))}, {found.first} – {found.last}"


def class_sheet(request: HttpRequest, found: MappingRound, group: Group, picture: ClassPicture) -> Sheet:
    """Each statement of a class with how many teachers gave each answer, now and the time before."""
    heads = [
        _("Del"), _("Påstående"), _("Stämmer helt"), _("Stämmer delvis"), _("Stämmer inte"), _("Okänt"),
        _("Helt förra gången"), _("Delvis förra gången"), _("Inte förra gången"), _("Mot förra gången"),
    ]  # fmt: skip
    rows: list[list[Cell]] = []
    for row in picture.rows:
        now, before = row.seen.now, row.seen.before
        earlier: list[Cell] = [before.fully, before.partly, before.not_at_all] if before else [None, None, None]
        rows.append([
            str(DIMENSION[row.statement.dimension]), row.statement.text(language()), now.fully, now.partly,
            now.not_at_all, now.unknown, *earlier, str(CHANGE[row.seen.change]),
        ])  # fmt: skip
    title = _title(found, _("Kartläggning, mall A, %(name)s") % {"name": group.display_name})
    return Sheet("kartlaggning-klass", first_line(request, None, title), heads, rows)


def round_sheet(request: HttpRequest, found: MappingRound, rows: Iterable[ClassRow]) -> Sheet:
    """Each class of a round: how many have answered, and whether it is talked through."""
    heads = [_("Klass"), _("Lärare"), _("Har svarat"), _("Gemensam analys")]
    cells: list[list[Cell]] = [
        [row.group.display_name, len(row.asked) or None, row.answered, _("gjord") if row.analysed else _("inte gjord")]
        for row in rows
    ]
    return Sheet("kartlaggning", first_line(request, None, _title(found, _("Kartläggning"))), heads, cells)
