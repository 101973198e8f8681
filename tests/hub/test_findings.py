"""What `plug doctor` asks of the hub's own database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pluginnovation.cli import hub_findings
from pluginnovation.cli.hub_findings import hub_found
from pluginnovation.web.knowledge.editors.actions import add_editor, close
from pluginnovation.web.knowledge.models import HomePage, MethodPage, SearchEntry
from pluginnovation.web.knowledge.receiving import pool_waiting, receive
from tests.hub.sent import METHOD, SIX, raw

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def of_this_version(monkeypatch):
    """The tests' tables are, though the tests' role isn't the one that is asked about."""
    monkeypatch.setattr(hub_findings, "is_migrated", lambda: True)


def states():
    return {one.check: one.state for one in hub_found(AT)}


def test_a_hub_that_is_well_says_so_and_one_of_an_earlier_version_is_told(monkeypatch):
    assert states() == {"hub": "ok"}
    monkeypatch.setattr(hub_findings, "is_migrated", lambda: False)
    assert states() == {"hub_tables": "wrong"}


def test_a_single_editor_is_told_of_and_two_are_not():
    add_editor(login="ellen", name="Ellen", school="", email="", role="editor")
    add_editor(login="carl", name="Carl", school="", email="", role="contributor")
    assert states()["hub_editors"] == "note"
    add_editor(login="edith", name="Edith", school="", email="", role="editor")
    assert "hub_editors" not in states()
    close(login="edith")
    assert states()["hub_editors"] == "note"


def test_a_page_that_the_search_doesnt_know_is_wrong_and_so_is_no_first_page():
    SearchEntry.objects.filter(page__slug=METHOD, page__locale__language_code="sv").delete()
    found = list(hub_found(AT))
    assert found[0].state == "wrong" and "känner inte 1 av" in found[0].said[0]
    HomePage.objects.update(live=False)
    assert states()["hub"] == "wrong"


def test_estimates_that_wait_and_reviews_that_are_due_are_told():
    receive(raw(*SIX), by="a test", at=AT)
    MethodPage.objects.filter(slug=METHOD).update(next_review=date(2026, 11, 1))
    found = {one.check: one for one in hub_found(AT)}
    assert found["hub_estimates"].state == "note" and METHOD in found["hub_estimates"].said[0]
    assert "2026-11-01" in found["hub_reviews"].said[0]
    pool_waiting(at=AT + timedelta(minutes=1))
    assert "hub_estimates" not in states()
