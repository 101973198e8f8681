"""The disposal: what is due by the rules that apply, counted or deleted everywhere, with a protocol that names nobody.

Nothing here remembers whom it was about. A run that is cut short leaves its protocol without an end; the next run
does what remains, since what is gone isn't due any more, and ends that protocol too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Max, Q
from django.utils.timezone import get_current_timezone, now

from pluginnovation.privacy.retention import ANOMALIES, LESSONS, PUPILS, REJECTED, SIGNALS, Left, back, is_due
from pluginnovation.records.aging import forget_before, rows_before
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.clock import today as today_here
from pluginnovation.web.people.models import Enrolment, Person, Resident
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.records.job_doings import Ended
from pluginnovation.web.records.models import Import, Quarantined, SetAside
from pluginnovation.web.signals.models import Answer, SignalChange

from .models import Anomaly, DisposalProtocol
from .retaining import holds_on, months_now

if TYPE_CHECKING:
    from pluginnovation.records.store import Store
    from pluginnovation.web.records.models import Job
    from pluginnovation.web.records.server_actions import Reach

# What the worker is asked for when a page wants to see what would go.
TRY_DISPOSAL: Final = "try_disposal"
# The tables of facts that age with each kind of document.
AGED: Final = {LESSONS: ("lessons", "pupil_days"), SIGNALS: ("signals",)}


@dataclass(slots=True)
class Due:
    """What is due on a day.

    codes    pupils who go; held, how many more stay because of a hold; unknown, of whom a date is missing
    before   for each table of facts the first day that stays
    keep     the codes that a hold protects
    counts   rows per table, the pupils' own not counted
    """

    day: date
    rules: dict[str, int]
    codes: list[str] = field(default_factory=list)
    held: int = 0
    unknown: int = 0
    before: dict[str, date] = field(default_factory=dict)
    keep: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def dispose(store: "Store", *, dry_run: bool, by: str, at: datetime) -> DisposalProtocol:
    """Delete what is due, or only count it, and write the protocol. Run again, it finds nothing more to do."""
    due = due_on(store, today_here())
    with recorded("try_disposal" if dry_run else "dispose", by=None, at=at, asked_by=by):
        protocol = DisposalProtocol.objects.create(
            at=at, by=by, dry_run=dry_run, rules=due.rules, counts=due.counts, pupils=len(due.codes), held=due.held,
            unknown=due.unknown,
        )  # fmt: skip
    if not dry_run:
        _delete(store, due, by=by, at=at)
    with recorded("disposal_done", by=None, at=now(), about=str(protocol.pk), dry_run=dry_run):
        # A run that was cut short is finished by this one: what it left was due today too.
        ended = Q(pk=protocol.pk) if dry_run else Q(dry_run=False)
        DisposalProtocol.objects.filter(ended, finished_at=None).update(finished_at=now())
    protocol.refresh_from_db()
    return protocol


def due_on(store: "Store", day: date) -> Due:
    """What is due by the rules and holds of a day."""
    rules = months_now(day)
    keep = sorted(set(holds_on(day).values_list("pupil", flat=True)))
    due = Due(day, rules, keep=keep)
    for code, left in _left_pupils(day):
        decided = is_due(left, day, rules[PUPILS])
        due.unknown += decided is None
        due.held += decided is True and code in keep
        if decided and code not in keep:
            due.codes.append(code)
    due.before = {table: back(day, rules[kind]) for kind, tables in AGED.items() for table in tables}
    due.counts = rows_before(store, due.before, keep=keep)
    due.counts |= {name: rows.count() for name, rows in _old_rows(day, rules, keep)}
    return due


def _left_pupils(day: date) -> Iterator[tuple[str, Left]]:
    """Every pupil whom no school and no municipality has today, with the last day that one did."""
    here = Q(end_date=None) | Q(end_date__gte=day)
    stays = (Enrolment.objects, Resident.objects)
    present = {code for each in stays for code in each.filter(here).values_list("pupil", flat=True)}
    last: dict[str, date] = {}
    for each in stays:
        for code, ended in each.exclude(here).values_list("pupil").annotate(Max("end_date")):
            last[code] = max(ended, last.get(code, ended))
    pupils = Person.objects.filter(is_pupil=True).values_list("code", "birth_date")
    for code, born in pupils.order_by("code").iterator():
        if code not in present:
            yield code, Left(last.get(code), born)


def _old_rows(day: date, rules: dict[str, int], keep: list[str]) -> Iterator[tuple[str, Any]]:
    """The rows of the web's own tables that are due, as queries."""
    signals_day, rejected_day = back(day, rules[SIGNALS]), _moment(back(day, rules[REJECTED]))
    old_imports = Import.objects.filter(finished_at__lt=rejected_day)
    yield "signals_answer", Answer.objects.filter(as_of__lt=signals_day).exclude(pupil__in=keep)
    yield "signals_signalchange", SignalChange.objects.filter(as_of__lt=signals_day).exclude(pupil__in=keep)
    yield "records_quarantined", Quarantined.objects.filter(of_import__in=old_imports.values("pk"))
    yield "records_setaside", SetAside.objects.filter(job__finished_at__lt=rejected_day)
    judged = Anomaly.objects.filter(judged_at__lt=_moment(back(day, rules[ANOMALIES])))
    yield "protection_anomaly", judged.exclude(pupil__in=keep)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time.min, get_current_timezone())


def _delete(store: "Store", due: Due, *, by: str, at: datetime) -> None:
    for _name, rows in _old_rows(due.day, due.rules, due.keep):
        rows.delete()
    forget_before(store, due.before, keep=due.keep)
    if due.codes:
        store.purge(due.codes, at=at, by=by)


def try_disposal(reach: "Reach", job: "Job") -> Ended:
    """Count what would go, for the page that asked; the worker's doing."""
    with opened_store(reach.home) as store:
        protocol = dispose(store, dry_run=True, by=job.by.login, at=now())
    return Ended({"protocol": protocol.pk})
