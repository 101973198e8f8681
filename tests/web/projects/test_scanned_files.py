"""The operator's virus scanner sees what is sent to a case and to a sub-project, before anything is kept."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from pluginnovation.web.people.models import AuditEvent, Duty
from pluginnovation.web.projects.models import Document, SubProject
from pluginnovation.web.support.models import Case, CaseFile
from tests.clamd import EICAR, Scanner, nobody_there, scanner
from tests.pals import Pals
from tests.unit.records.test_sent_files import PDF, image
from tests.web.projects.analysed import AT, sub_project_at
from tests.web.support.test_two_editors import a_case

pytestmark = pytest.mark.django_db
HARMFUL = PDF.replace(b"\n", b"\n%" + EICAR + b"\n", 1)


@pytest.fixture
def there(settings: Any) -> Iterator[Scanner]:
    with scanner() as found:
        settings.CLAMD = found.at
        yield found


@pytest.fixture
def led(pals: Pals) -> SubProject:
    found = sub_project_at(pals, leader=pals.charlie)
    Duty.objects.create(user=pals.charlie, role="sub_project_leader", sub_project=found.pk, start_date=AT.date())
    return found


@pytest.fixture
def case(pals: Pals) -> Case:
    made = a_case(pals.mira, pals.petra)
    Case.objects.filter(pk=made.pk).update(school=pals.place("bjork"))
    return made


def to_case(pals: Pals, case: Case, content: bytes, name: str = "a.pdf") -> tuple[int, str]:
    client = Client()
    client.force_login(pals.hanna)
    form = {"title": "Utlåtande", "kind": "report", "secrecy": "pupil_health"}
    answer = client.post(f"/arende/{case.pk}/filer/", {**form, "file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


def to_project(pals: Pals, led: SubProject, content: bytes) -> tuple[int, str]:
    client = Client()
    client.force_login(pals.charlie)
    form = {"name": "Plan", "text": "", "file": SimpleUploadedFile("a.pdf", content)}
    answer = client.post(f"/delprojekt/{led.pk}/dokument/", form)
    return answer.status_code, answer.content.decode()


def test_a_harmless_file_is_shown_to_it_as_it_was_sent_and_taken(
    pals: Pals, case: Case, led: SubProject, there: Scanner
) -> None:
    photographed = image("JPEG")
    assert to_case(pals, case, photographed, "a.jpg")[0] == to_project(pals, led, PDF)[0] == 302
    assert there.seen == [photographed, PDF]
    assert CaseFile.objects.count() == Document.objects.count() == 1


def test_what_it_knows_is_refused_by_name_and_nothing_is_kept(
    pals: Pals, case: Case, led: SubProject, there: Scanner
) -> None:
    for status, said in (to_case(pals, case, HARMFUL), to_project(pals, led, HARMFUL)):
        assert status == 422 and "Eicar-Test-Signature" in said
    assert len(there.seen) == 2
    assert not CaseFile.objects.exists() and not Document.objects.exists()
    assert not AuditEvent.objects.filter(action__in=("attach_file", "add_document")).exists()


def test_while_it_does_not_answer_nothing_is_taken(pals: Pals, case: Case, led: SubProject, settings: Any) -> None:
    settings.CLAMD = nobody_there()
    for status, said in (to_case(pals, case, PDF), to_project(pals, led, PDF)):
        assert status in (422, 503) and "virusskannern svarar inte" in said
    assert not CaseFile.objects.exists() and not Document.objects.exists()
