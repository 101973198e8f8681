"""Incidents: opened, followed step by step, decided on, reported and closed. The clock is worked out, never written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pluginnovation.privacy.incidents import Clock, clock_of, state_of
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from .models import Incident, IncidentStep
from .refused import already_done, not_a_number, not_a_time, reason_of, text_of

LONGEST_TITLE = 120
# Clocks of two machines may differ by so much.
SKEW = timedelta(minutes=5)
MOST_AFFECTED = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """An incident as it was told in the form, each field as it was written."""

    title: str
    what: str
    aware_at: datetime | None
    affected: str = ""


def open_incident(told: Told, *, by: User, at: datetime) -> Incident:
    """Write an incident down. The 72 hours run from when the authority became aware.

    Raises  Refusal for a missing text, a time that lies ahead, or a number that isn't one
    """
    title, what = text_of(told.title, longest=LONGEST_TITLE), text_of(told.what)
    if told.aware_at is None or told.aware_at > at + SKEW:
        raise not_a_time(at)
    affected = told.affected.strip()
    if affected and not (affected.isascii() and affected.isdigit() and int(affected) <= MOST_AFFECTED):
        raise not_a_number()
    with recorded("open_incident", by=by, at=at):
        return Incident.objects.create(
            title=title, what=what, aware_at=min(told.aware_at, at), affected=int(affected) if affected else None,
            by=by, at=at,
        )  # fmt: skip


def add_step(*, incident: Incident, text: str, by: User, at: datetime) -> None:
    """Write down something that was done. Steps are added and never changed.

    Raises  Refusal without a text, or when the incident is closed
    """
    text = text_of(text)
    _still_open(incident)
    with recorded("incident_step", by=by, at=at, about=str(incident.pk)):
        IncidentStep.objects.create(incident=incident, text=text, by=by, at=at)


def decide_report(*, incident: Incident, to_report: bool, why: str, by: User, at: datetime) -> None:
    """Decide whether the supervisory authority is told, with the reason. It may be decided anew until it is reported.

    Raises  Refusal without a reason, or when it is reported or closed
    """
    why = reason_of(why)
    _still_open(incident)
    with recorded("decide_incident", by=by, at=at, about=str(incident.pk), report=to_report):
        changed = Incident.objects.filter(pk=incident.pk, reported_at=None, closed_at=None).update(
            to_report=to_report, decided_why=why, decided_by=by, decided_at=at
        )
        if not changed:
            raise already_done()


def note_report(*, incident: Incident, by: User, at: datetime) -> None:
    """Write down that the supervisory authority has been told, now.

    Raises  Refusal unless it was decided to report it, and nobody has
    """
    with recorded("report_incident", by=by, at=at, about=str(incident.pk)):
        waiting = Incident.objects.filter(pk=incident.pk, to_report=True, reported_at=None, closed_at=None)
        if not waiting.update(reported_at=at):
            raise already_done()


def close_incident(*, incident: Incident, by: User, at: datetime) -> None:
    """Close it: decided, and reported when that was decided.

    Raises  Refusal while something of that remains, or when it is closed already
    """
    with recorded("close_incident", by=by, at=at, about=str(incident.pk)):
        ready = Incident.objects.filter(pk=incident.pk, closed_at=None, to_report__isnull=False)
        if not ready.exclude(to_report=True, reported_at=None).update(closed_at=at, closed_by=by):
            raise already_done()


def clock_on(incident: Incident, at: datetime) -> Clock:
    """How the 72 hours stand at a moment."""
    return clock_of(incident.aware_at, at, reported_at=incident.reported_at, to_report=incident.to_report)


def state_on(incident: Incident) -> str:
    """Where it stands."""
    return state_of(to_report=incident.to_report, reported_at=incident.reported_at, closed_at=incident.closed_at)


def _still_open(incident: Incident) -> None:
    if incident.closed_at is not None:
        raise already_done()
