"""The list of youths without a school as a file: the page's rows in the page's order."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pluginnovation.web.people.clock import today
from pluginnovation.web.records.exports import Cell, Sheet

from .levels import verb
from .models import Run
from .sheets import first_line, place_word
from .words import moment
from .youths import YouthRow


def youth_sheet(request: HttpRequest, run: Run | None, rows: Iterable[YouthRow]) -> Sheet:
    """Youths with their last school, how long since, and what is answered."""
    heads = [
        _("Namn"), _("Ålder"), _("Grupp"), _("Senaste skolan"), _("Studieväg"), _("Årskurs"),
        _("Inskriven till och med"), _("Dagar sedan dess"), _("Nästa inskrivning börjar"), _("Nivå"),
        _("Varför"), _("Besvarad av"), _("Besvarad"),
    ]  # fmt: skip
    listed = list(rows)
    title = first_line(request, run, _("Ungdomar utan skola"))
    return Sheet("ungdomar", title, heads, [_cells(row) for row in listed], [row.person.code for row in listed])


def _cells(row: YouthRow) -> list[Cell]:
    last, figure, answer = row.last, row.figure, row.answer
    return [
        row.person.name_by_family,
        row.age,
        place_word(row.place),
        row.school,
        row.studied,
        last.school_year if last else None,
        last.end_date.isoformat() if last and last.end_date else "",
        row.days,
        row.ahead.start_date.isoformat() if row.ahead and row.ahead.start_date else "",
        verb(figure.level) if figure and figure.level else "",
        figure.reason if figure else "",
        answer.by.name if answer else "",
        moment(answer.at, today()) if answer else "",
    ]
