"""A person of SS 12000 as rows: herself, her responsible adults, her enrolments."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pluginnovation.reference.code_lists import NOT_PROTECTED

from .ss_objects import Address, Email, Enrolment, Person, Ref, Syllabus
from .taking import MARKED

Row = dict[str, Any]


@dataclass(slots=True)
class Lookups:
    """What rows need from other resources: plans of subjects by id, and codes of programmes by id."""

    syllabuses: dict[str, Syllabus] = field(default_factory=dict)
    programmes: dict[str, str | None] = field(default_factory=dict)


def id_of(ref: Ref | None) -> str | None:
    """What a reference refers to."""
    return ref.id if ref is not None else None


def marked(ref: Ref | None) -> bool:
    """Whether a reference to a person says by itself that the person is protected."""
    return ref is not None and ref.security_marking not in (None, NOT_PROTECTED)


def person_rows(item: Person, lookups: Lookups) -> Iterator[tuple[str, Row]]:
    """A person with her responsible adults and enrolments."""
    yield (
        "persons",
        {
            "id": item.id,
            "given_name": item.given_name,
            "family_name": item.family_name,
            "civic_no": item.civic_no.value if item.civic_no else None,
            "birth_date": item.birth_date,
            "sex": item.sex,
            "security_marking": item.security_marking or NOT_PROTECTED,
            "person_status": item.person_status,
            "home_municipality_code": _home(item.addresses or ()),
            "eppn": next(iter(item.edu_person_principal_names or ()), None),
            "email": _email(item.emails or ()),
        },
    )
    for responsible in item.responsibles or ():
        yield (
            "responsibles",
            {
                "person_id": item.id,
                "responsible_id": id_of(responsible.person),
                "relation_type": responsible.relation_type,
                MARKED: marked(responsible.person),
            },
        )
    for enrolment in item.enrolments or ():
        if not enrolment.cancelled:
            yield "enrolments", _enrolment(item, enrolment, lookups)


def _home(addresses: Iterable[Address]) -> str | None:
    """The municipality of registration, else of any address."""
    found = sorted((address.type != "Folkbokföring", address.municipality_code or "") for address in addresses)
    return next((code for _, code in found if code), None)


def _email(emails: Iterable[Email]) -> str | None:
    """The school's address before a private one."""
    found = sorted((not (email.type or "").startswith("Skola"), email.value or "") for email in emails)
    return next((value for _, value in found if value), None)


def _enrolment(item: Person, enrolment: Enrolment, lookups: Lookups) -> Row:
    programme = id_of(enrolment.programme)
    return {
        "person_id": item.id,
        "organisation_id": id_of(enrolment.enroled_at) or id_of(enrolment.enrolled_at),
        "school_type": enrolment.school_type,
        "school_year": enrolment.school_year,
        "programme_code": lookups.programmes.get(programme or "") or enrolment.education_code,
        "start_date": enrolment.start_date,
        "end_date": enrolment.end_date,
    }
