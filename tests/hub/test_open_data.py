"""The open data and the API: as they are described, and asked everything that their description allows."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode

from pluginnovation.knowledge.dcat_shape import broken
from pluginnovation.web.config.hub.wsgi import application
from pluginnovation.web.knowledge.receiving import pool_waiting, receive
from tests.hub.sent import METHOD, SIX, message, raw

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def measured():
    receive(raw(*SIX), by="a test", at=AT)
    pool_waiting(at=AT)


def rows_of(path: str) -> list[dict[str, str]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_description_has_its_shape_and_every_file_it_names_is_there(measured):
    document = Client().get("/oppna-data/dcat.jsonld").json()
    assert broken(document) == ()
    files = [node["dcat:downloadURL"]["@id"] for node in document["@graph"] if "dcat:downloadURL" in node]
    assert len(files) == 8
    assert [Client().get(urlsplit(file).path).status_code for file in files] == [200] * 8
    service = next(node for node in document["@graph"] if node["@type"] == "dcat:DataService")
    assert Client().get(urlsplit(service["dcat:endpointDescription"]["@id"]).path).status_code == 200


def test_files_hold_what_the_pages_show_and_unknown_is_empty(measured):
    methods, known = rows_of("/oppna-data/metoder.csv"), rows_of("/oppna-data/underlag.csv")
    estimates = rows_of("/oppna-data/skattningar.csv")
    assert METHOD in {row["key"] for row in methods} and len(estimates) == 6
    assert known[0]["method"] == METHOD and known[0]["cannot_tell"] == ""
    assert {row["df"] for row in estimates} == {"190.0"} and {row["log_odds"] for row in estimates} == {""}
    assert Client().get("/oppna-data/underlag.json").json()["rows"][0]["estimate"] is not None


def test_made_up_figures_say_so_in_every_file(measured):
    assert all(row["made_up"] == "påhittade uppgifter" for row in rows_of("/oppna-data/skattningar.csv"))
    assert Client().get("/oppna-data/underlag.json").json()["made_up"] is True
    assert Client().get("/api/evidence").json()["made_up"] is True


def test_a_formula_in_what_a_site_calls_itself_is_text_in_a_spreadsheet():
    receive(raw(message("=HYPERLINK(1)")), by="a test", at=AT)
    assert rows_of("/oppna-data/skattningar.csv")[0]["site"] == "'=HYPERLINK(1)"


def test_a_method_is_taken_home_with_its_estimates_and_its_picture(measured):
    client = Client()
    assert client.get(f"/metod/{METHOD}/metod.json").json()["key"] == METHOD
    assert len(rows_of(f"/metod/{METHOD}/underlag.csv")) == 6
    picture = client.get(f"/metod/{METHOD}/absence_share.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml" and b"forest-mean" in picture.content


@pytest.mark.parametrize("path", ["/api/methods?problem=hittepa", "/api/estimates?limit=0", "/api/pages/allt"])
def test_a_question_that_makes_no_sense_is_told_what_was_wrong(path):
    answer = Client().get(path)
    assert answer.status_code == 422 and answer.json()["detail"][0]["what"]
    assert "hittepa" not in answer.content.decode()


def test_the_api_filters_as_the_page_does(measured):
    found = Client().get("/api/methods?problem=lateness&problem=absence").json()
    page = Client().get("/metoder/?problem=lateness&problem=absence").content.decode()
    assert found["count"] == page.count('name="m" value=')
    assert METHOD in {one["key"] for one in found["methods"]}


@pytest.fixture
def described(db):
    """The API as it describes itself. A question ends without closing the connection that the test rolls back."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["allowed", "not_allowed"])
def test_the_api_does_as_it_says_whatever_it_is_asked(described, mode):
    operations = [found.ok() for found in described.get_all_operations()]
    assert len(operations) == 8
    for operation in operations:
        if mode is GenerationMode.NEGATIVE and not operation.path_parameters and not operation.query:
            continue

        @settings(max_examples=8, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def ask(case):
            # The client in the process says that it unpacks, and does not.
            case.call_and_validate(headers={"Accept-Encoding": "identity"})

        ask()
