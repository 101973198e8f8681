"""The lists as sheets for export: the page's rows in the page's order, which is by name and never by value."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Group
from pluginnovation.web.records.exports import Cell, Sheet

from .chrome import Chrome
from .levels import verb
from .models import GroupSnapshot, MunicipalitySnapshot, Run
from .patterns import Pattern
from .reading import ANSWERED, OTHER, SUPPORTED, UNKNOWN, WAITS, PupilRow
from .results import Results, result_heads
from .rule_sets import rules_of
from .words import moment


def first_line(request: HttpRequest, run: Run | None, title: str) -> str:
    """What the file is: made up or not, of which day, and on which ground it was taken out."""
    chrome = Chrome(request)
    made_up = _("Påhittade uppgifter.") if chrome.simulated else ""
    day = _("Läget %(day)s.") % {"day": run.as_of.isoformat()} if run else ""
    taken = _("Uttaget %(day)s.") % {"day": today().isoformat()}
    return " ".join(part for part in (made_up, f"{title}.", day, chrome.ground, taken) if part)


def _share_head(days: int | str) -> str:
    return _("Frånvaro %(days)s dagar, %%") % {"days": days}


def pupil_sheet(request: HttpRequest, run: Run | None, rows: Iterable[PupilRow], *, name: str, title: str) -> Sheet:
    """Pupils with their figures, in the order of names."""
    heads = [
        _("Namn"), _("Grupp"), _share_head(rules_of(run).window_days), _("Varav ogiltig, %"), _("Rapporterat, %"),
        _("Nivå"), _("Varför"), _("Besvarad av"), _("Besvarad"),
    ]  # fmt: skip
    listed = list(rows)
    cells = [_pupil_cells(row) for row in listed]
    return Sheet(name, first_line(request, run, title), heads, cells, [row.person.code for row in listed])


def _pupil_cells(row: PupilRow) -> list[Cell]:
    picture, leading, answer = row.picture, row.leading, row.answer
    return [
        row.person.name_by_family,
        place_word(row.place),
        picture.share if picture else None,
        picture.unexcused if picture else None,
        picture.coverage if picture else None,
        verb(picture.level) if picture and picture.level else "",
        leading.reason if leading else "",
        answer.by.name if answer else "",
        moment(answer.at, today()) if answer else "",
    ]


def place_word(place: str) -> str:
    """The group of rows, in words."""
    return {
        WAITS: _("Signal – väntar på svar"),
        SUPPORTED: _("Har stöd på plats"),
        ANSWERED: _("Signal – besvarad"),
        UNKNOWN: _("Okänt"),
        OTHER: _("Övriga"),
    }[place]


def group_sheet(
    request: HttpRequest, run: Run | None, rows: Iterable[tuple[Group, GroupSnapshot | None, str]]
) -> Sheet:
    """Classes with their figures, in the order of names."""
    heads = [
        _("Skola"), _("Klass"), _("Mentor"), _("Elever"), _("Väntar på svar"), _share_head(rules_of(run).window_days),
        _("Rapporterat, %"),
    ]  # fmt: skip
    cells: list[list[Cell]] = []
    for group, picture, mentor in rows:
        figures: list[Cell] = [None, None, None, None]
        if picture:
            figures = [picture.pupils, picture.waiting, picture.share, picture.coverage]
        school = group.organisation.display_name if group.organisation else ""
        cells.append([school, group.display_name, mentor, *figures])
    return Sheet("klasser", first_line(request, run, _("Klasser")), heads, cells)


def result_sheet(request: HttpRequest, run: Run | None, results: Results, *, title: str) -> Sheet:
    """What each signal says of a class or a school: counts and their denominators."""
    cells: list[list[Cell]] = [[each.title, each.n, each.known, *each.levels] for each in results.signals]
    if results.eligible:
        told = results.eligible
        cells.append([_("Behöriga till yrkesprogram"), told.n, told.known, told.eligible, None, None])
    return Sheet("signaler", first_line(request, run, title), result_heads(), cells)


def pattern_sheet(request: HttpRequest, run: Run | None, patterns: Iterable[Pattern], *, title: str) -> Sheet:
    """Which cells differ, in which class, and since when."""
    heads = [
        _("Klass"), _("Slag"), _("Cell"), _("Frånvaro, %"), _("Övriga lektioner, %"), _("Elever med frånvaro"),
        _("Elever"), _("Sedan vecka"),
    ]  # fmt: skip
    cells: list[list[Cell]] = [
        [each.name, each.kind_text, each.where, each.share, each.others, each.pupils, each.of, each.week]
        for each in patterns
    ]
    return Sheet("monster", first_line(request, run, title), heads, cells)


def region_sheet(request: HttpRequest, rows: Iterable[MunicipalitySnapshot], run: Run | None, *, days: str) -> Sheet:
    """The municipalities as they may be seen outside them.

    Takes   days   how many days a share is over: `28`, or `14–28` where their rules differ
    """
    heads = [
        _("Kommun"), _("Skolor"), _("Elever med känd frånvaro"), _("Med signal, %"), _share_head(days),
        _("Rapporterat, %"),
    ]  # fmt: skip
    cells = [[row.name, row.schools, row.pupils, row.signalled_share, row.share, row.coverage] for row in rows]
    return Sheet("kommuner", first_line(request, run, _("Kommunerna")), heads, cells)
