"""From an estimate that arrives to the page that shows it: no editor, one job, nothing half."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.knowledge.models import MethodPage, PooledEvidence, SiteEstimateRow
from pluginnovation.web.knowledge.receiving import MOST_BYTES, pool_waiting, receive, waiting
from tests.hub.sent import METHOD, PAGE, SIX, message, raw

pytestmark = pytest.mark.django_db
IN_ENGLISH = "mentor-som-foljer-upp"
# The feed has the newest, and the pages that come along were published as the tests began.
AT = datetime.now(UTC) + timedelta(hours=1)


def taken_in(*messages, at=AT):
    got = receive(raw(*messages), by="a test", at=at)
    pool_waiting(at=at)
    return got


def page_of(path: str = PAGE) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_estimate_is_on_the_page_in_the_feed_the_list_the_map_and_the_api_after_one_job(
    django_capture_on_commit_callbacks,
):
    client = Client()
    assert "Ingen har mätt det här i regionen än." in page_of()
    with django_capture_on_commit_callbacks(execute=True):
        taken_in(*SIX)
    page = page_of()
    assert page.count('class="forest-site"') == 4 and 'class="forest-mean"' in page
    assert "Ingen har mätt det här i regionen än." not in page.split('id="andra"')[0]
    panel = PooledEvidence.objects.get(method=METHOD).document["panels"][0]
    assert panel["known"]["locks"] > 0 and page.count("sure-dot") >= panel["known"]["locks"] - 1
    assert panel["saying_sv"].split("Method{}")[-1][:20] in page
    feed = client.get("/nytt.atom").content.decode()
    assert "Morgonstart med en vuxen: ny sammanvägning" in feed
    assert "Morgonstart med en vuxen: ny sammanvägning" in client.get(f"/metod/{METHOD}/nytt.atom").content.decode()
    (known,) = client.get(f"/api/evidence?method={METHOD}").json()["evidence"]
    assert (known["known"]["sites"], known["version"]) == (4, 1)
    assert "1 pågår" in client.get("/vad-vet-vi/").content.decode()
    assert "ställe utan säker skillnad" in client.get("/metoder/?q=morgonstart").content.decode()


def test_the_first_page_counts_as_the_list_does_what_is_known_and_not_withdrawn():
    """One site alone is an estimate, but nothing that anybody knows."""
    taken_in(*SIX, message("Sundby", method="studiecoach"))
    page = MethodPage.objects.get(slug="ikappgrupp", locale__language_code="sv")
    page.withdrawn_on, page.withdrawn_why = AT.date(), "Det fanns bättre."
    page.save_revision().publish()
    first, listed = page_of("/"), page_of("/metoder/")
    total = re.search(r"<strong>(\d+) metoder</strong>", listed)
    assert total and f"{total.group(1)} metoder, med vad de kräver" in first
    assert "En är mätt i regionen." in first and "En är mätt i regionen." in listed


def test_what_runs_is_hollow_and_what_is_from_outside_stands_apart_and_neither_moves_the_number():
    taken_in(*SIX)
    page = page_of()
    assert page.count('class="forest-hollow"') == 2 and "pågår, vägs inte in" in page
    assert page.index("Sammanvägt") < page.index("Utanför regionen, vägs inte in") < page.index("Oslo")
    before = PooledEvidence.objects.get().document["panels"][0]["known"]["estimate"]
    taken_in(message("Näs", -20.0, running=True), at=AT + timedelta(days=1))
    assert PooledEvidence.objects.get().document["panels"][0]["known"]["estimate"] == before


def test_a_page_in_english_says_the_same_in_english():
    taken_in(*(replace(each, about=replace(each.about, method=IN_ENGLISH)) for each in SIX))
    page = page_of(f"/en/methods/{IN_ENGLISH}/")
    assert 'lang="en"' in page and "What we know" in page and "under way, not pooled" in page
    assert PooledEvidence.objects.get().document["panels"][0]["saying_en"][-30:] in page


def test_sites_that_found_nothing_or_harm_are_counted_out_loud():
    taken_in(*SIX, message("Havsnäs", 6.0, 1.0))
    page = page_of()
    assert "1 utan säker skillnad" in page and "1 åt fel håll" in page


def test_one_site_alone_gives_no_pooled_number():
    taken_in(message("Ängholm", -5.0))
    page = page_of()
    assert "forest-mean" not in page and "Vi vet inte än" in page
    # One place has measured it, so the page doesn't say that nobody has, nor twice that there is nothing pooled.
    assert "Ingen har mätt det här i regionen än" not in page and "räcker inte för att avgöra" in page
    assert "Det finns inget tal" not in page and "Ett enda ställe har prövat" in page


def test_the_same_file_twice_changes_nothing_and_a_later_message_takes_the_place_of_the_earlier():
    taken_in(*SIX)
    again = taken_in(*SIX, at=AT + timedelta(hours=1))
    assert (again.new, again.replaced, again.same) == (0, 0, 6)
    assert PooledEvidence.objects.get().version == 1
    later = taken_in(message("Grytö", -3.0, 0.9), at=AT + timedelta(days=1))
    assert (later.new, later.replaced) == (0, 1)
    assert PooledEvidence.objects.get().version == 2
    assert SiteEstimateRow.objects.filter(site="Grytö", current=True).count() == 1
    assert SiteEstimateRow.objects.filter(site="Grytö").count() == 2


def test_a_job_that_was_cut_short_is_found_again_and_done_once():
    receive(raw(*SIX), by="a test", at=AT)
    assert waiting() == [METHOD]
    assert pool_waiting(at=AT) == (METHOD,)
    assert waiting() == [] and pool_waiting(at=AT) == ()


def test_outcomes_of_one_method_stand_apart():
    taken_in(*SIX, message("Ängholm", 1.0, 0.5, outcome="courses_passed", unit="passes", benefit=1))
    assert PooledEvidence.objects.filter(method=METHOD).count() == 2
    assert "Frånvaron, våren 2026" in page_of() and "Antalet godkända betyg, våren 2026" in page_of()


def test_markup_in_what_a_site_calls_itself_is_text():
    taken_in(message("<script>alert(1)</script>", detail="<img src=x>"))
    page = page_of()
    assert "<script" not in page and "<img src=x" not in page and "&lt;script&gt;" in page


def test_how_much_of_the_help_and_how_far_it_was_the_method_is_said_with_what_nobody_knows_apart():
    told = (("times_of_help", 8.5), ("share_of_planned", 61.0), ("points_known", 80.0), ("points_followed", 64.0),
            ("points_partly", 20.0))  # fmt: skip
    taken_in(message("Ängholm", of_the_help=told), message("Sundby", of_the_help=(("points_known", 0.0),)))
    page = page_of().replace("\u00a0", " ")
    assert "8,5 tillfällen per elev i medeltal, 61 % av de planerade tillfällena gavs. Av metodens besvarade" in page
    assert "besvarade punkter följdes 64 %, delvis 20 %. Om 20 % av punkterna vet ingen." in page
    assert "Sundby: Om 100 % av punkterna vet ingen." in page


GOOD = json.loads(raw(message("Ängholm"))[0])


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"{", "estimate_not_readable"),
        (b"[]", "estimate_not_readable"),
        (b"\xff\xfe", "estimate_not_readable"),
        (json.dumps(GOOD | {"treated": 9}).encode(), "under_ten"),
        (json.dumps(GOOD | {"treated": None}).encode(), "under_ten"),
        (json.dumps(GOOD | {"se": 0}).encode(), "variance_not_positive"),
        (json.dumps(GOOD | {"se": -1}).encode(), "variance_not_positive"),
        (json.dumps(GOOD | {"estimate": float("nan")}).encode(), "estimate_not_readable"),
        (json.dumps(GOOD | {"benefit": 3}).encode(), "estimate_not_readable"),
        (json.dumps(GOOD | {"about": GOOD["about"] | {"method": "finns-inte"}}).encode(), "method_unknown"),
        (json.dumps(GOOD | {"about": GOOD["about"] | {"site": "x" * 300}}).encode(), "estimate_not_readable"),
        (json.dumps(GOOD | {"about": GOOD["about"] | {"site": "a\x00b"}}).encode(), "estimate_not_readable"),
        (json.dumps(GOOD | {"of_the_help": [["pupils", 4.0]]}).encode(), "estimate_not_readable"),
        (b" " * (MOST_BYTES + 1), "estimate_too_large"),
    ],
)
def test_what_is_no_estimate_is_refused_and_nothing_of_its_file_is_kept(document, code):
    with pytest.raises(Refusal) as refused:
        receive([*raw(message("Sundby")), document], by="a test", at=AT)
    assert refused.value.code == code
    assert not SiteEstimateRow.objects.exists() and waiting() == []
