"""The account as an Excel file for the funder: sums by category, and every line. It names no pupil."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from pluginnovation.projects.ledger import CATEGORIES, KINDS, PAID_BY
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Installation
from pluginnovation.web.records.exports import inert
from pluginnovation.web.support.spoken import told

from .accounts import account_of
from .models import SubProject

Cells = list[str | int | None]


def funder_file(sub_project: SubProject) -> bytes:
    """The file. Amounts are numbers in kronor, so that the funder's own sums work; texts are never formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "# ##0.00"})
        for name, heads, rows, amounts in (
            (_("Sammanställning"), *_sums(sub_project)),
            (_("Rader"), *_lines(sub_project)),
        ):
            page = book.add_worksheet(name)
            page.write_string(0, 0, str(inert(_first(sub_project))))
            page.write_row(1, 0, heads, bold)
            for line, row in enumerate(rows, start=2):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        page.write_number(line, column, cell / 100 if column in amounts else cell,
                                          money if column in amounts else None)  # fmt: skip
                    elif cell:
                        page.write_string(line, column, str(inert(cell)))
            page.set_column(0, len(heads) - 1, 20)
            page.freeze_panes(2, 1)
    return out.getvalue()


def _first(sub_project: SubProject) -> str:
    here = Installation.objects.first()
    made_up = here is not None and here.first_simulated_at is not None and here.first_real_import_at is None
    named = f"{sub_project.name}, {sub_project.programme.name}, {today():%Y-%m-%d}"
    return f"{_('Påhittade uppgifter.')} {named}" if made_up else named


def _sums(sub_project: SubProject) -> tuple[list[str], list[Cells], range]:
    found, share = account_of(sub_project), sub_project.programme.own_share // 100
    heads = [_("Kostnadsslag"), _("Budget"), _("Bidraget"), _("Egen medfinansiering"), _("Summa")]
    rows: list[Cells] = [
        [told(CATEGORIES[row.category]), row.planned, row.grant, row.own, row.total] for row in found.rows
    ]
    planned = [row.planned for row in found.rows if row.planned is not None]
    rows.append([_("Allt"), sum(planned) if planned else None, found.grant, found.own, found.total])
    rows.append([_("Minsta egna medfinansiering, %(share)s %%") % {"share": share}, None, None, found.own_due])
    rows.append([_("Fattas"), None, None, found.own_lacks])
    return heads, rows, range(1, 5)


def _lines(sub_project: SubProject) -> tuple[list[str], list[Cells], range]:
    heads = [
        _("Dag"), _("Rad"), _("Slag"), _("Kostnadsslag"), _("Vem betalar"), _("Vad"), _("Minuter"),
        _("Tar tillbaka rad"), _("Kronor i timmen"), _("Belopp"),
    ]  # fmt: skip
    rows: list[Cells] = [
        [
            f"{one.on:%Y-%m-%d}", one.pk, told(KINDS[one.kind]), told(CATEGORIES[one.category]),
            told(PAID_BY[one.paid_by]), one.text, one.minutes, one.takes_back_id, one.rate, one.amount,
        ]
        for one in sub_project.ledger.order_by("on", "pk")
    ]  # fmt: skip
    return heads, rows, range(8, 10)
