"""A draft says how small a change it would see, for as long as it stands as it was when that was tried."""

from dataclasses import replace

import pytest
from django.test import Client

from pluginnovation.web.evidence.actions import change_draft
from pluginnovation.web.evidence.looking import allowed_by
from pluginnovation.web.evidence.stored import plan_of
from tests.web.evidence.conftest import AT, drafted
from tests.web.helped_school import put_in


@pytest.fixture
def eva(asked):
    client = Client()
    client.force_login(asked.eva)
    return client


def looked(row, store):
    row.looked = allowed_by(store, row)
    row.save()
    return row.looked["rehearsal"]


def page(client, row):
    return client.get(f"/effekt/{row.pk}/").content.decode().replace("\u00a0", " ")


def test_a_draft_says_what_it_would_see_and_on_whom_that_was_tried(asked, eva):
    told = looked(asked.draft, put_in(year_before=True))
    assert (told["why"], told["n"], told["seldom"]) == ("", 400, False)
    text = page(eva, asked.draft)
    for said in ("Hur liten förändring planen skulle se", f"{told['least']:.1f}".replace(".", ","), "400 elever",
                 "3 september 2024", "1 november 2024"):  # fmt: skip
        assert said in text, said
    assert "inte går att avgöra" not in text
    assert "Hur liten förändring planen skulle se" in page(eva, asked.locked())


def test_a_change_too_small_to_see_is_said_to_be(asked, eva):
    row = drafted(asked.eva, name="small", outcome=replace(plan_of(asked.draft).outcome, worthwhile=0.1))
    assert looked(row, put_in(year_before=True))["seldom"]
    assert "Svaret kan alltså bli att det inte går att avgöra" in page(eva, row)


def test_without_earlier_records_it_says_so(asked, eva):
    looked(asked.draft, put_in())
    text = page(eva, asked.draft)
    assert "Det går inte att säga i förväg." in text
    assert "Uppgifterna räcker inte så långt tillbaka." in text


def test_without_decisions_the_refusal_stands_there_in_the_readers_language(asked, eva):
    row = drafted(asked.eva, name="nobody", decisions="draws:study_coach")
    looked(row, put_in(year_before=True))
    assert "Det finns inga beslut att räkna på" in page(eva, row)
    eva.cookies["plug_language"] = "en"
    assert "There are no decisions to count by" in page(eva, row)


def test_a_draft_that_was_changed_since_shows_nothing_of_what_was_tried(asked, eva):
    looked(asked.draft, put_in(year_before=True))
    plan = plan_of(asked.draft)
    change_draft(
        row=asked.draft, plan=replace(plan, outcome=replace(plan.outcome, worthwhile=5.0)), by=asked.eva, at=AT
    )
    asked.draft.refresh_from_db()
    assert "Hur liten förändring planen skulle se" not in page(eva, asked.draft)
