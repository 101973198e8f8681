"""Extracts through their pages: what is in one, what a review takes out, and that it is collected once."""

import json
import re
import zlib
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.test import Client
from django.utils.timezone import now

from pluginnovation.privacy.extract import unpacked
from pluginnovation.privacy.fields import ERASE, FIELDS
from pluginnovation.web.people.models import (
    AuditEvent,
    Enrolment,
    Extract,
    Organisation,
    Person,
    Responsible,
    Statement,
)
from pluginnovation.web.people.rights.extracts import forget_extracts
from pluginnovation.web.people.rights.paper import first_page
from tests.pals import SOURCE, code_of
from tests.web.signals.conftest import draw

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
ORDER = {"for_whom": "guardian", "identity": "card", "language": "sv"}


@pytest.fixture
def world(pals):
    """Mira with pictures, two guardians of whom one is protected, a secret e-mail and words of her own."""
    draw()
    for code, name, marking in (("vera-mamma", "Maria", "Ingen"), ("hemlig", "Kanariefågel", "Sekretessmarkering")):
        Person.objects.create(
            code=code_of(code), source=SOURCE, given_name=name, family_name="Ek", security_marking=marking
        )
        Responsible.objects.create(pupil_id=pals.mira, responsible_id=code_of(code), relation_type="Vårdnadshavare")
    Statement.objects.create(
        pupil=pals.mira, source=SOURCE, said_by="pupil", kind="view", about="whole", text="Jag trivs i skolan.",
        said_on=date(2026, 4, 1), by=pals.asa, role="mentor", at=AT,
    )  # fmt: skip
    return pals


@pytest.fixture
def petra(world):
    client = Client()
    client.force_login(world.petra)
    return client


def ordered(client, pals, **changed):
    """An extract of Mira that waits for its review, and its address."""
    answer = client.post(f"/elev/{pals.mira}/utdrag/", ORDER | changed)
    assert answer.status_code == 302, answer.content.decode()
    return Extract.objects.latest("pk"), answer.headers["Location"]


def inflated(stream):
    """A stream of a PDF, opened when it is packed."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream


def collected(client, path, form="json"):
    return client.post(f"{path}hamta/", {"form": form})


def test_an_extract_holds_what_is_held_and_who_looked_and_nothing_that_never_leaves(petra, world):
    petra.get(f"/elev/{world.mira}/")
    _, path = ordered(petra, world)
    petra.post(f"{path}slapp/")
    answer = collected(petra, path)
    text = answer.content.decode()
    document = json.loads(text)

    chapters = {one["name"]: one for one in document["chapters"]}
    assert {"identity", "guardians", "visits", "signals", "attendance", "grades", "answers", "statements"} <= {
        *chapters
    }
    assert chapters["visits"]["rows"][0]["people.Visit.viewer"] == "Petra Sund"
    assert chapters["visits"]["rows"][0]["people.Visit.role"] == "Rektor"
    assert "Jag trivs i skolan." in text and "Maria" in text
    reasons = [row["signals.PupilSnapshot.figures:reason"] for row in chapters["signals"]["rows"]]
    assert any("23" in reason for reason in reasons), reasons
    assert document["about"]["Personuppgiftsansvarig"] == "Björkeby kommun"
    for secret in ("20100101-mira", "mira@skola.example", "Kanariefågel", "hemlig", "Noor", "id-mira"):
        assert secret not in text, secret
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_every_table_that_holds_a_pupil_is_told_of(petra, world):
    """A new table with something that goes when a person goes has a chapter, or stands here with its reason."""
    ordered(petra, world)
    content = json.loads(Extract.objects.get().content)
    told = {field[0].partition(":")[0].rpartition(".")[0] for one in content for field in one["fields"]}
    elsewhere = {
        "people.FormerIdentity": "what an import that can be taken back replaced, sealed, for a week",
        "people.Enrolment": "a copy of the facts' enrolments",
        "people.Schooled": "the last of those enrolments, kept for finding who has none",
        "people.Duty": "staff",
        "people.User": "staff",
        "people.Admission": "of a protected pupil, who is in no other table; those named have a page of their own",
        "people.Approval": "no datum about the pupil: the code, and why somebody asked",
        "signals.StudySnapshot": "drawn from the grades and the study plan, which are there",
        "signals.YouthSnapshot": "told as signals",
        "support.NoteText": "sealed: that the note exists is told, and what it says is read in place",
        "support.CaseFileContent": "sealed: that the file exists is told, and what it holds is opened in place",
        "support.HandOver": "staff",
    }
    held = {
        table
        for table, kinds in FIELDS.items()
        if ERASE in kinds and table.split(".")[0] in {"people", "signals", "support"} and apps.get_model(table)
    }
    assert sorted(held - told - {*elsewhere}) == []


def test_what_the_review_withholds_is_gone_before_it_is_released_and_its_ground_stands_there(petra, world):
    _, path = ordered(petra, world)
    assert (
        petra.post(path, {"statements": "osl_12_3", "visits/people.Visit.viewer": "gdpr_15_4", "x": "y"}).status_code
        == 302
    )
    assert Extract.objects.get().withheld == {"statements": "osl_12_3", "visits/people.Visit.viewer": "gdpr_15_4"}
    petra.post(f"{path}slapp/")

    kept = Extract.objects.get().content
    assert "Jag trivs" not in kept and "Petra Sund" not in kept
    text = collected(petra, path).content.decode()
    chapters = {one["name"]: one for one in json.loads(text)["chapters"]}
    assert chapters["statements"]["withheld"] == "osl_12_3" and chapters["statements"]["rows"] == []
    assert chapters["visits"]["fields_withheld"] == [["Vem", "gdpr_15_4"]]
    acts = AuditEvent.objects.filter(about=world.mira).order_by("id").values_list("action", flat=True)
    assert [*acts] == ["order_extract", "withhold", "release_extract", "collect_extract"]


def test_the_whole_form_of_the_review_is_taken_however_much_is_held(petra, world, settings):
    """As a browser sends it: every choice, also those that withhold nothing; and none about what isn't held."""
    extract, path = ordered(petra, world)
    chapters = unpacked(json.loads(extract.content))
    page = petra.get(path).content.decode()
    shown = re.findall(r'<select class="field" name="([^"]+)"', page)
    held = [one for one in chapters if one.rows and one.columns]
    assert len(shown) == sum(1 + len(one.columns) for one in held) and len(held) < len(chapters)
    assert petra.post(path, dict.fromkeys(shown, "")).status_code == 302
    # With something in every chapter there is room for three times as many.
    assert 3 * sum(1 + len(one.columns) for one in chapters) < settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    most = {f"{one.key}/{column[0]}": "" for one in chapters for column in one.columns}
    assert petra.post(path, most | {one.key: "" for one in chapters}).status_code == 302


def test_the_paper_is_tagged_has_a_language_and_a_title_and_says_what_is_made_up(petra, world):
    _, path = ordered(petra, world, language="en")
    petra.post(f"{path}slapp/")
    made = collected(petra, path, "pdf").content

    assert made.startswith(b"%PDF-1.7")
    pdf = made + b"".join(map(inflated, re.findall(rb"stream\r?\n(.*?)\nendstream", made, re.DOTALL)))
    assert b"/MarkInfo" in pdf and b"/StructTreeRoot" in pdf and b"/Lang (en)" in pdf and b"pdfuaid" in pdf
    assert collected(petra, path, "pdf").status_code == 410


@pytest.mark.parametrize("at", ["school", "home", "nowhere"])
def test_in_a_source_of_several_authorities_it_is_the_schools_else_that_of_the_home(petra, world, at):
    Organisation.objects.create(
        code="annankommunxxxxx", source=SOURCE, source_id="annan", display_name="Annan kommun",
        organisation_type="Huvudman", municipality="9999",
    )  # fmt: skip
    if at != "school":
        Enrolment.objects.filter(pupil=world.mira).delete()
        Person.objects.filter(pk=world.mira).update(home_municipality="9999" if at == "home" else "")
    person, extract = Person.objects.get(pk=world.mira), Extract(source=SOURCE, asked_at=now(), asked_role="principal")
    told = first_page(person, extract)["Personuppgiftsansvarig"]
    named = {"school": "Björkeby kommun", "home": "Annan kommun", "nowhere": f"Huvudmannen för {SOURCE}."}
    assert told == named[at]


def test_without_an_authority_in_the_register_the_source_is_named(petra, world):
    Organisation.objects.filter(organisation_type="Huvudman").delete()
    _, path = ordered(petra, world)
    petra.post(f"{path}slapp/")
    document = json.loads(collected(petra, path).content)
    assert document["about"]["Personuppgiftsansvarig"] == f"Huvudmannen för {SOURCE}."


def test_each_form_is_collected_once_and_then_nothing_is_left(petra, world):
    _, path = ordered(petra, world)
    assert collected(petra, path).status_code == 404
    petra.post(f"{path}slapp/")
    assert [collected(petra, path, form).status_code for form in ("json", "json", "pdf", "pdf")] == [200, 410, 200, 410]
    assert Extract.objects.get().content is None
    assert petra.get(path).status_code == 410
    assert collected(petra, path, "exe").status_code == 404


@pytest.mark.parametrize("released", [True, False])
def test_an_extract_that_nobody_collects_goes_after_seven_days(petra, world, released):
    _, path = ordered(petra, world)
    if released:
        petra.post(f"{path}slapp/")
    later = Extract.objects.get().expires_at
    with time_machine.travel(later):
        petra.force_login(world.petra)
        assert collected(petra, path).status_code == (410 if released else 404)
        assert petra.post(f"{path}slapp/").status_code == 409 or released
        assert forget_extracts(at=later) == 1
    assert Extract.objects.get().content is None


def test_what_is_decided_is_not_decided_again(petra, world):
    _, path = ordered(petra, world)
    petra.post(f"{path}slapp/")
    assert petra.post(f"{path}slapp/").status_code == 409
    assert petra.post(path, {"visits": "osl_23_2"}).status_code == 409
    assert petra.post(f"{path}kasta/").status_code == 302
    assert petra.post(f"{path}kasta/").status_code == 410
    assert Extract.objects.get().content is None


@pytest.mark.parametrize("changed", [{"for_whom": ""}, {"for_whom": "anyone"}, {"identity": ""}, {"language": "fi"}])
def test_an_order_without_its_answers_makes_nothing(petra, world, changed):
    answer = petra.post(f"/elev/{world.mira}/utdrag/", ORDER | changed)
    assert answer.status_code == 422
    assert not Extract.objects.exists()


@pytest.mark.parametrize("who", ["asa", "tova", "omar", "kim", "adam", "dag", "rut", "charlie"])
def test_nobody_else_makes_reads_or_collects_one(petra, world, who):
    _, path = ordered(petra, world)
    petra.post(f"{path}slapp/")
    client = Client()
    client.force_login(getattr(world, who))
    assert client.post(f"/elev/{world.mira}/utdrag/", ORDER).status_code == 404
    assert [client.get(path).status_code, collected(client, path).status_code] == [404, 404]
    assert Extract.objects.get().json_at is None


def test_an_extract_has_its_own_pupils_address_only(petra, world):
    _, path = ordered(petra, world)
    other = path.replace(world.mira, world.noor)
    assert petra.get(other).status_code == 404
    assert petra.get(f"/elev/{world.mira}/utdrag/999999999/").status_code == 404
    assert petra.get(f"/elev/{world.mira}/utdrag/9999999999/").status_code == 404


def test_a_coordinators_extract_says_what_the_school_hands_out(world):
    client = Client()
    client.force_login(world.kim)
    answer = client.post(f"/elev/{world.leo}/utdrag/", ORDER)
    assert answer.status_code == 302
    told = {one["key"] for one in json.loads(Extract.objects.get().content)}
    assert "of_the_school" in told and "enrolments" in told
    assert not told & {"attendance", "grades", "study_plan"}


def test_the_content_is_sealed_in_the_database(petra, world):
    from django.db import connection

    ordered(petra, world)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM people_extract")
        assert "Mira" not in cursor.fetchone()[0]


def test_the_night_comes_after_seven_days_only(petra, world):
    ordered(petra, world)
    assert forget_extracts(at=Extract.objects.get().expires_at - timedelta(seconds=1)) == 0
