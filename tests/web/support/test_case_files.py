"""Documents in a case: taken for what they are, sealed, opened by their class, removed for a reason."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from PIL import Image

from pluginnovation.web.people.events import pupils_hidden
from pluginnovation.web.people.models import AuditEvent, Enrolment, Membership, User, Visit
from pluginnovation.web.people.resealing import add_key, reseal
from pluginnovation.web.support import attaching
from pluginnovation.web.support.actions import Attaching, attach_file, remove_file
from pluginnovation.web.support.models import Case, CaseFile, CaseFileContent
from tests.pals import TODAY, Pals
from tests.unit.records.test_sent_files import PDF, image
from tests.web.fenced import asking_by, seen
from tests.web.signals.conftest import AT
from tests.web.support.test_two_editors import a_case

pytestmark = pytest.mark.django_db
Visiting = Callable[..., Any]
TITLE = "Utlåtande från psykolog"


@pytest.fixture
def case(pals: Pals) -> Case:
    made = a_case(pals.mira, pals.petra)
    Case.objects.filter(pk=made.pk).update(school=pals.place("bjork"))
    made.refresh_from_db()
    return made


def sent(user: User, case: Case, content: bytes = PDF, name: str = "utlatande.pdf", **changes: str) -> Any:
    """A file sent by the form of the page."""
    client = Client()
    client.force_login(user)
    form = {"title": TITLE, "kind": "report", "secrecy": "pupil_health"} | changes
    return client.post(f"/arende/{case.pk}/filer/", form | {"file": SimpleUploadedFile(name, content)})


def attached(
    pals: Pals, case: Case, secrecy: str = "pupil_health", by: str = "hanna", role: str = "pupil_health"
) -> Any:
    said = Attaching(TITLE, "report", secrecy, "utlatande.pdf", PDF, role)
    return attach_file(case=case, attaching=said, by=getattr(pals, by), at=AT)


def body(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def test_a_document_is_attached_sealed_and_opened_as_it_was(case: Case, pals: Pals, visit_as: Visiting) -> None:
    assert sent(pals.hanna, case).status_code == 302
    file = CaseFile.objects.get()
    assert (file.pupil, file.school, file.kind, file.size) == (pals.mira, pals.place("bjork"), "report", len(PDF))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_title, sealed_name, sealed FROM support_casefilecontent")
        (row,) = cursor.fetchall()
    assert all(text.startswith("1:") for text in row)
    assert "psykolog" not in str(row)
    act = AuditEvent.objects.get(action="attach_file")
    assert (act.about, act.details["secrecy"]) == (pals.mira, "pupil_health")
    assert "psykolog" not in str(act.details)

    page = body(visit_as(pals.hanna, f"/arende/{case.pk}/filer/"))
    assert TITLE in page
    assert "<script" not in page
    before = Visit.objects.filter(page="case_file").count()
    answer = visit_as(pals.hanna, f"/arende/{case.pk}/filer/{file.pk}/")
    assert answer.content == PDF
    assert Visit.objects.filter(page="case_file", pupil=pals.mira, viewer=pals.hanna).count() == before + 1
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="utlatande.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'; ")


def test_who_may_not_read_the_class_sees_that_it_is_there_and_never_what(
    case: Case, pals: Pals, visit_as: Visiting
) -> None:
    secret, mentors = attached(pals, case), attached(pals, case, "special_support", "asa", "mentor")
    reads = {"hanna": (200, 200), "petra": (404, 200), "asa": (404, 200)}
    for who, statuses in reads.items():
        user = getattr(pals, who)
        page = body(visit_as(user, f"/arende/{case.pk}/filer/"))
        assert page.count('class="notice"') == 2
        assert page.count(TITLE + "</h3>") == statuses.count(200), who
        assert "Utlåtande eller rapport" in body(visit_as(user, f"/arende/{case.pk}/"))
        assert TITLE not in body(visit_as(user, f"/arende/{case.pk}/"))
        for file, status in zip((secret, mentors), statuses, strict=True):
            assert visit_as(user, f"/arende/{case.pk}/filer/{file.pk}/").status_code == status, who
    for who in ("tova", "omar", "kim", "rut", "dag"):
        assert visit_as(getattr(pals, who), f"/arende/{case.pk}/filer/").status_code == 404
        assert visit_as(getattr(pals, who), f"/arende/{case.pk}/filer/{mentors.pk}/").status_code == 404
    assert "inte går att välja" in (said := body(sent(pals.asa, case), 422)) or "Välj ett av" in said
    assert CaseFile.objects.count() == 2
    # A teacher reads notes of the mildest class, and opens no case: the form doesn't promise otherwise.
    page = body(visit_as(pals.hanna, f"/arende/{case.pk}/filer/"))
    assert "Alla som deltar i ärendet" in page
    assert "Alla med grund" not in page


def test_the_database_itself_holds_a_file_from_those_of_other_classes_and_schools(case: Case, pals: Pals) -> None:
    file = attached(pals, case)
    tables = (("support_casefile", "id"), ("support_casefilecontent", "file_id"))
    for who, sees in (
        ("hanna", (True, True)),
        ("petra", (True, False)),
        ("asa", (True, False)),
        ("tova", (False,) * 2),
    ):
        with asking_by(getattr(pals, who)):
            assert tuple(file.pk in seen(table, column) for table, column in tables) == sees, who
    Case.objects.filter(pk=case.pk).update(closed_at=AT, outcome="changed_school", state="closed")
    yesterday = TODAY - timedelta(days=1)
    for model in (Enrolment, Membership):
        model.objects.filter(pupil=pals.mira).update(end_date=yesterday)
    Enrolment.objects.create(
        pupil_id=pals.mira, organisation_id=pals.place("alm"), school_type="GR", school_year=9, start_date=TODAY
    )
    for who in ("hanna", "petra", "omar"):
        with asking_by(getattr(pals, who)):
            assert not any(seen(table, column) for table, column in tables), who


def test_a_file_goes_when_it_is_removed_and_that_it_was_there_stays_with_the_reason(
    case: Case, pals: Pals, visit_as: Visiting
) -> None:
    file = attached(pals, case, "special_support", "asa", "mentor")
    where = f"/arende/{case.pk}/filer/{file.pk}/bort/"
    assert visit_as(pals.hanna, where, why="mistake").status_code == 404
    assert "Välj ett av alternativen." in body(visit_as(pals.petra, where, why="tired"), 422)
    assert CaseFileContent.objects.exists()
    assert visit_as(pals.petra, where, why="wrong_class").status_code == 302
    assert not CaseFileContent.objects.exists()
    file.refresh_from_db()
    assert (file.removed_by, file.removed_why) == (pals.petra, "wrong_class")
    assert AuditEvent.objects.get(action="remove_file").details["why"] == "wrong_class"
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/filer/"))
    assert "den lades i fel sekretessklass" in page
    assert TITLE not in page
    assert visit_as(pals.asa, f"/arende/{case.pk}/filer/{file.pk}/").status_code == 404
    assert visit_as(pals.petra, where, why="wrong_class").status_code == 404


def test_the_principal_removes_nothing_that_is_not_the_principals_to_read(
    case: Case, pals: Pals, visit_as: Visiting
) -> None:
    file = attached(pals, case)
    assert visit_as(pals.petra, f"/arende/{case.pk}/filer/{file.pk}/bort/", why="mistake").status_code == 404
    with asking_by(pals.petra):
        CaseFileContent.objects.filter(pk=file.pk).delete()
    assert CaseFileContent.objects.exists()
    assert visit_as(pals.hanna, f"/arende/{case.pk}/filer/{file.pk}/bort/", why="mistake").status_code == 302


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("utlatande.pdf", b"<!doctype html><script>alert(1)</script>", "inte det som dess namn säger"),
        ("utlatande.pdf", b"", "Filen är tom."),
        ("utlatande.pdf", PDF + b"PK\x05\x06" + bytes(18), "inte det som dess namn säger"),
        ("utlatande.png", image("JPEG"), "ingen bild som går att öppna"),
        ("utlatande.html", PDF, "inte tas emot"),
        ("\u202efdp.exe", PDF, "inte tas emot"),
        ("utlatande.pdf", PDF + bytes(11 * 1024 * 1024), "större än 10 MB"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_reason_and_the_rest_of_the_form_kept(
    case: Case, pals: Pals, name: str, content: bytes, says: str
) -> None:
    page = body(sent(pals.hanna, case, content, name), 422)
    assert says in page
    assert f'value="{TITLE}"' in page
    assert not CaseFile.objects.exists()
    assert not AuditEvent.objects.filter(action="attach_file").exists()


def test_a_form_without_a_file_title_or_class_is_answered_and_nothing_is_kept(
    case: Case, pals: Pals, visit_as: Visiting
) -> None:
    assert "Välj en fil." in body(visit_as(pals.hanna, f"/arende/{case.pk}/filer/", title=TITLE), 422)
    assert "Skriv något här." in body(sent(pals.hanna, case, title=" "), 422)
    assert sent(pals.hanna, case, kind="x").status_code == 422
    assert not CaseFile.objects.exists()


def test_a_form_without_its_token_is_refused(case: Case, pals: Pals) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(pals.hanna)
    form = {"title": TITLE, "kind": "report", "secrecy": "pupil_health", "file": SimpleUploadedFile("a.pdf", PDF)}
    assert client.post(f"/arende/{case.pk}/filer/", form).status_code == 403
    assert not CaseFile.objects.exists()


def test_a_file_is_named_harmlessly_and_an_image_tells_of_no_place(case: Case, pals: Pals, visit_as: Visiting) -> None:
    exif = Image.Exif()
    exif[0x010E] = "57.7 N 11.9 E"
    assert sent(pals.hanna, case, image("JPEG", exif=exif), "../=cmd\u202e'.jpg").status_code == 302
    answer = visit_as(pals.hanna, f"/arende/{case.pk}/filer/{CaseFile.objects.get().pk}/")
    assert answer["Content-Disposition"] == 'attachment; filename="cmd\'.jpg"'
    assert b"57.7" not in answer.content
    assert Image.open(BytesIO(answer.content)).format == "JPEG"


def test_a_file_is_written_whole_or_not_at_all(case: Case, pals: Pals, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(attaching.CaseFileContent.objects, "create", fail)
    with pytest.raises(DatabaseError), transaction.atomic():
        attached(pals, case)
    assert not CaseFile.objects.exists()
    assert not AuditEvent.objects.filter(action="attach_file").exists()


def test_nothing_is_attached_to_a_closed_or_full_case(case: Case, pals: Pals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attaching, "MOST_FILES", 1)
    assert sent(pals.hanna, case).status_code == 302
    full = body(sent(pals.hanna, case), 422)
    assert "Det finns redan 1, och fler får inte plats. Ta bort något först." in full
    assert "heltal" not in full
    Case.objects.filter(pk=case.pk).update(closed_at=AT, outcome="left", state="closed")
    assert "Ärendet är avslutat." in body(sent(pals.hanna, case), 422)
    assert CaseFile.objects.count() == 1


def test_a_file_goes_with_the_pupil(case: Case, pals: Pals) -> None:
    attached(pals, case)
    pupils_hidden.send(sender=Case, codes=[pals.mira], groups=[])
    assert not CaseFile.objects.exists()
    assert not CaseFileContent.objects.exists()


def test_a_file_is_sealed_with_a_new_key_and_opens_as_before(case: Case, pals: Pals) -> None:
    file = attached(pals, case)
    try:
        number = add_key(at=AT)
        done = dict(reseal(at=AT))
        assert done["support_casefilecontent.sealed"] == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT sealed FROM support_casefilecontent")
            assert cursor.fetchone()[0].startswith(f"{number}:")
        assert CaseFileContent.objects.get(pk=file.pk).sealed == PDF
    finally:
        list(reseal(at=AT))


def test_only_one_removes_and_only_who_may(case: Case, pals: Pals) -> None:
    file = attached(pals, case, "special_support", "asa", "mentor")
    from pluginnovation.records.refusals import Refusal

    with pytest.raises(Refusal, match="isn't your role"):
        remove_file(file=file, why="mistake", role="mentor", by=pals.hanna, at=AT)
    remove_file(file=file, why="mistake", role="mentor", by=pals.asa, at=AT)
    with pytest.raises(Refusal, match="done already"):
        remove_file(file=file, why="mistake", role="mentor", by=pals.asa, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        CaseFile.objects.filter(pk=file.pk).update(secrecy="personal")
