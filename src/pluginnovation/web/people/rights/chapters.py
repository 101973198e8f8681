"""What this app holds about a person, as chapters of an extract."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from pluginnovation.privacy.extract import Chapter, Field, chapter
from pluginnovation.web.people.events import ExtractAsked
from pluginnovation.web.people.models import (
    EmergencyAccess,
    Extract,
    Group,
    Membership,
    Organisation,
    Person,
    Resident,
    Responsible,
    Visit,
)
from pluginnovation.web.people.models.person import NOT_PROTECTED

from .staff_names import staff_names
from .statements import statements_of
from .words import IDENTITY, KINDS, OUTCOMES, PAGES, REACHES, WHO_SAID, role_title, said, stamp


def told_by_people(asked: ExtractAsked, **_kept: Any) -> list[Chapter]:
    """Who somebody is, where, who looked and why, and what was said and answered."""
    code = asked.person.code
    return [
        _identity(asked.person),
        _guardians(code),
        _groups(code),
        _residences(code),
        _visits(code),
        _emergencies(code),
        _statements(code),
        _extracts(code),
    ]


def _fields(table: str, names: dict[str, str]) -> list[Field]:
    return [Field(name if "." in name else f"{table}.{name}", title) for name, title in names.items()]


def _identity(person: Person) -> Chapter:
    names = {
        "code": _("Kod här"), "given_name": _("Förnamn"), "family_name": _("Efternamn"), "civic_no": _("Personnummer"),
        "birth_date": _("Född"), "home_municipality": _("Hemkommun"), "status": _("Status"), "gone_on": _("Borta från"),
        "degree_on": _("Examen"), "source": _("Källa"),
    }  # fmt: skip
    about = _("Personnummer och e-postadress finns också. De lämnas aldrig ut i en fil; fråga på plats.")
    row = [getattr(person, name) for name in names]
    return chapter("identity", _("Vem du är"), about, _fields("people.Person", names), [row])


def _guardians(code: str) -> Chapter:
    rows = Responsible.objects.filter(
        pupil=code, responsible__in_source=True, responsible__security_marking=NOT_PROTECTED
    )
    names = {
        "relation_type": _("Relation"), "people.Person.given_name": _("Förnamn"),
        "people.Person.family_name": _("Efternamn"),
    }  # fmt: skip
    found = rows.values_list("relation_type", "responsible__given_name", "responsible__family_name")
    return chapter(
        "guardians", _("Dina vårdnadshavare"), _("Som skolans system har lämnat dem."),
        _fields("people.Responsible", names), found.order_by("id"),
    )  # fmt: skip


def _groups(code: str) -> Chapter:
    names = {
        "people.Group.display_name": _("Grupp"), "people.Group.group_type": _("Slag"), "start_date": _("Från"),
        "end_date": _("Till"), "people.Group.source": _("Källa"),
    }  # fmt: skip
    rows = Membership.objects.filter(pupil=code).order_by("start_date", "group__sort_key")
    found = rows.values_list("group__display_name", "group__group_type", "start_date", "end_date", "group__source")
    return chapter("groups", _("Klasser och grupper"), "", _fields("people.Membership", names), found)


def _residences(code: str) -> Chapter:
    names = {
        "municipality": _("Kommun"), "enrolled_elsewhere": _("Går i annan huvudmans skola"), "start_date": _("Från"),
        "end_date": _("Till"),
    }  # fmt: skip
    rows = Resident.objects.filter(pupil=code).order_by("start_date").values_list(*names)
    words = {True: _("ja"), False: _("nej"), None: ""}
    found = [(place, words[other], start, end) for place, other, start, end in rows]
    about = _("Vad kommunens register för ungdomar utan skola säger.")
    return chapter("residences", _("Kommunens register"), about, _fields("people.Resident", names), found)


def _visits(code: str) -> Chapter:
    rows = list(Visit.objects.filter(pupil=code).order_by("at", "id"))
    names = staff_names(row.viewer_id for row in rows)
    places = _places(row.through for row in rows)
    fields = {
        "at": _("När"), "viewer": _("Vem"), "role": _("Som"), "reach": _("På vilken grund"), "through": _("Genom"),
        "page": _("Vad som öppnades"),
    }  # fmt: skip
    found = [
        (stamp(row.at), names.get(row.viewer_id, _("En anställd")), role_title(row.role), said(REACHES, row.reach),
         places.get(row.through, row.through), said(PAGES, row.page))
        for row in rows
    ]  # fmt: skip
    about = _("Varje gång någon har öppnat en sida om dig.")
    return chapter("visits", _("Vem som har tittat"), about, _fields("people.Visit", fields), found)


def _places(codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    groups = Group.objects.filter(code__in=wanted).values_list("code", "display_name")
    schools = Organisation.objects.filter(code__in=wanted).values_list("code", "display_name")
    return dict(groups) | dict(schools)


def _emergencies(code: str) -> Chapter:
    rows = list(EmergencyAccess.objects.filter(pupil=code).order_by("opened_at"))
    names = staff_names(row.by_id for row in rows)
    fields = {
        "id": _("Nummer"), "opened_at": _("Från"), "ends_at": _("Till"), "by": _("Vem"), "role": _("Som"),
        "reason": _("Skäl"),
    }  # fmt: skip
    found = [
        (row.pk, stamp(row.opened_at), stamp(row.ended_at or row.ends_at), names.get(row.by_id, _("En anställd")),
         role_title(row.role), row.reason)
        for row in rows
    ]  # fmt: skip
    about = _("När någon utan vanlig grund har öppnat din sida, och vad de angav för skäl.")
    return chapter("emergencies", _("Nödåtkomst"), about, _fields("people.EmergencyAccess", fields), found)


def _statements(code: str) -> Chapter:
    told = statements_of(code)
    names = staff_names([answer.by_id for one in told for answer in one.answers])
    fields = {
        "said_on": _("När"), "said_by": _("Vem"), "kind": _("Slag"), "text": _("Vad som sades"),
        "people.StatementAnswer.at": _("Svarat"), "people.StatementAnswer.by": _("Av"),
        "people.StatementAnswer.outcome": _("Utfall"), "people.StatementAnswer.text": _("Svar"),
    }  # fmt: skip
    found = []
    for one in told:
        row = one.statement
        words = (row.said_on, said(WHO_SAID, row.said_by), said(KINDS, row.kind), row.text)
        answers = [
            (stamp(answer.at), names.get(answer.by_id, _("En anställd")), said(OUTCOMES, answer.outcome), answer.text)
            for answer in one.answers
        ]
        found += [(*words, *answer) for answer in answers or [("", "", "", "")]]
    about = _("Vad du eller vårdnadshavare har sagt om uppgifterna, och vad som svarades.")
    return chapter("statements", _("Synpunkter"), about, _fields("people.Statement", fields), found)


def _extracts(code: str) -> Chapter:
    fields = {"asked_at": _("När"), "for_whom": _("Begärt av"), "identity": _("Legitimation")}
    rows = Extract.objects.filter(pupil=code).order_by("asked_at")
    found = [(stamp(row.asked_at), said(WHO_SAID, row.for_whom), said(IDENTITY, row.identity)) for row in rows]
    return chapter("extracts", _("Tidigare utdrag"), "", _fields("people.Extract", fields), found)
