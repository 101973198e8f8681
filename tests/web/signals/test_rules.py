"""Rule sets in dated versions: saved with a reason, compared before, read by everyone who works here."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import Error, transaction

from pluginnovation.records.refusals import Refusal
from pluginnovation.signals.rule_changes import WrongRules
from pluginnovation.signals.rules import RULE_SET_1
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records.models import Import
from pluginnovation.web.signals.models import RuleVersion
from pluginnovation.web.signals.rule_comparison import Comparison
from pluginnovation.web.signals.rule_counts import shown_counts
from pluginnovation.web.signals.rule_sets import Draft, newest, rules_for, rules_numbered, save_rules
from pluginnovation.web.signals.views import rules_writing
from tests.pals import SOURCE, TODAY

NOW = datetime(2026, 4, 23, 8, tzinfo=UTC)
LOWER = {"absence_28d": [8, 15, 20]}
DRAFT = f"/regler/utkast/?kalla={SOURCE}"
PART = f"/regler/utkast/absence_28d/?kalla={SOURCE}"


@pytest.fixture
def source(pals):
    """The pals' source, from which something has been read in."""
    Import.objects.create(
        id=1, source=SOURCE, place="x", by="test", at=NOW, finished_at=NOW, status="done", simulated=False,
        lateness_is_absence=True, profile="csv", files=[], counts={}, fingerprints={}, because=[],
    )  # fmt: skip
    return pals


def draft(changes=LOWER, since=TODAY, why="Vi frågar tidigare", after=None, authority=SOURCE):
    return Draft(authority, changes, since, why, newest(authority) if after is None else after)


def saved(**asked):
    return save_rules(draft=draft(**asked), by=None, at=NOW)


def code_of(act):
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def text(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_version_of_a_day_is_the_last_begun(source):
    first, second = saved(), saved(changes={"window_days": 21}, since=TODAY + timedelta(days=30))
    assert (first.number, second.number) == (2, 3)
    assert rules_for(SOURCE, TODAY - timedelta(days=1)) == RULE_SET_1
    assert rules_for(SOURCE, TODAY).absence_28d.ask == 8
    assert rules_for(SOURCE, TODAY + timedelta(days=29)).number == 2
    assert rules_for(SOURCE, TODAY + timedelta(days=30)).window_days == 21
    again = saved(changes={}, since=TODAY + timedelta(days=30))
    assert rules_for(SOURCE, TODAY + timedelta(days=31)).number == again.number


def test_a_source_without_its_own_follows_the_installations(source):
    saved(authority="")
    assert rules_for(SOURCE, TODAY).number == 2
    saved(changes={"absence_28d": [12, 15, 20]})
    assert (rules_for(SOURCE, TODAY).number, rules_for("another", TODAY).number) == (3, 2)


def test_numbers_are_never_given_twice_and_results_find_their_rules(source):
    assert [saved(changes={"lateness_28d": [n, 20, 30]}).number for n in (2, 3, 4)] == [2, 3, 4]
    assert rules_numbered(3).lateness_28d.ask == 3
    assert rules_numbered(1) == RULE_SET_1
    assert code_of(lambda: rules_numbered(9)) == "rules_unknown"
    assert code_of(lambda: rules_numbered(10**9)) == "rules_unknown"


def test_what_is_saved_is_written_down_and_never_changed_or_deleted(source):
    version = save_rules(draft=draft(), by=source.adam, at=NOW)
    event = AuditEvent.objects.get(action="save_rules")
    assert (event.by, event.about) == (source.adam, SOURCE)
    assert event.details == {"authority": SOURCE, "since": "2026-04-23", "changed": ["absence_28d"]}
    for act in (lambda: RuleVersion.objects.update(why="x"), version.delete):
        with pytest.raises(Error), transaction.atomic():
            act()


def test_only_what_differs_from_the_default_is_kept(source):
    same = {"lateness_28d": [5, 10, 15]}
    assert saved(changes=LOWER | same).changes == LOWER


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"authority": "nobody"}, "rules_source_unknown"),
        ({"why": "  "}, "rules_why_missing"),
        ({"why": "x" * 501}, "rules_why_missing"),
        ({"since": TODAY - timedelta(days=1)}, "rules_since_past"),
        ({"changes": {}}, "rules_unchanged"),
        ({"after": 7}, "rules_changed_meanwhile"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_leaves_nothing(source, asked, code):
    assert code_of(lambda: saved(**asked)) == code
    assert not RuleVersion.objects.exists() and not AuditEvent.objects.filter(action="save_rules").exists()


def test_values_that_cannot_be_rules_are_never_saved(source):
    with pytest.raises(WrongRules):
        saved(changes={"absence_28d": [20, 15, 10]})
    assert not RuleVersion.objects.exists()


def test_two_who_write_at_once_are_told(source):
    both = draft(), draft(changes={"window_days": 21})
    save_rules(draft=both[0], by=None, at=NOW)
    assert code_of(lambda: save_rules(draft=both[1], by=None, at=NOW)) == "rules_changed_meanwhile"


# The pages.


@pytest.fixture
def adam(source, client, monkeypatch):
    """The administrator's browser; every comparison gives ROWS."""
    client.force_login(source.adam)
    monkeypatch.setattr(rules_writing, "compare_rules", lambda *_: Comparison(TODAY, tuple(ROWS), (), 0.1))
    monkeypatch.setattr(rules_writing, "opened_store", lambda *_: nullcontext())
    return client


def row(school, signal, n, before, newly, no_longer=0, unknown=0):
    return {
        "source": SOURCE, "school": school, "signal": signal, "n": n, "before": before, "newly": newly,
        "no_longer": no_longer, "after": before + newly - no_longer, "unknown_before": unknown,
        "unknown_after": unknown,
    }  # fmt: skip


ROWS = [
    row("alm", "any", 60, 20, 12), row("bjork", "any", 140, 51, 9),
    row("alm", "absence_28d", 60, 17, 12), row("bjork", "absence_28d", 140, 33, 9),
    row("bjork", "lateness_28d", 140, 8, 0),
]  # fmt: skip


def write_limits(client, *limits):
    return client.post(PART, {f"absence_28d.{place}": limit for place, limit in enumerate(limits, start=1)})


def test_new_rules_are_written_compared_and_saved(adam):
    assert "De förvalda reglerna gäller i dag." in text(adam.get("/regler/"))
    assert write_limits(adam, "8", "15", "20").status_code == 302
    draft_page = text(adam.get(DRAFT))
    assert "En del skiljer sig från det som gäller i dag." in draft_page and "8 / 15 / 20 %" in draft_page
    asked = adam.post(DRAFT, {"do": "check", "since": "2026-05-01", "why": "Vi frågar tidigare"})
    compared = text(adam.get(asked["location"]))
    assert "92 av 200 elever får minst en signal, i stället för 71." in compared
    assert "Almskolan" in compared and "Sena ankomster" in compared
    assert not RuleVersion.objects.exists()
    done = adam.post(f"/regler/utkast/spara/?kalla={SOURCE}", follow=True)
    version = RuleVersion.objects.get()
    assert (version.authority, version.since, version.changes) == (SOURCE, date(2026, 5, 1), LOWER)
    assert "Version 2 är sparad och gäller från 2026-05-01." in text(done)
    listed = text(adam.get("/regler/"))
    assert "kommer" in listed and "Vi frågar tidigare" in listed and "Adam" in listed
    assert "Inget skiljer sig från det som gäller i dag." in text(adam.get(DRAFT))


def test_a_fault_stands_beside_its_field_with_what_was_typed(adam):
    answer = write_limits(adam, "8", "åtta", "7")
    said = text(answer)
    assert answer.status_code == 422
    assert 'value="åtta"' in said and 'id="absence_28d.2-fel">Skriv ett helt tal från 1 till 100.' in said
    listed = said.partition('role="alert"')[2].partition("</ul>")[0]
    assert 'href="#absence_28d.2">Gränser, följ upp från: Skriv ett helt tal från 1 till 100.' in listed
    answer = write_limits(adam, "8", "15", "15")
    assert "Nivå 3 måste vara högre än nivå 2, som är 15." in text(answer)
    assert "Inget skiljer sig" in text(adam.get(DRAFT))


def test_when_and_why_are_asked_for_and_kept(adam):
    write_limits(adam, "8", "15", "20")
    answer = adam.post(DRAFT, {"do": "check", "since": "2026-04-22", "why": ""})
    said = text(answer)
    assert answer.status_code == 422
    assert 'value="2026-04-22"' in said
    assert 'id="since-fel">Skriv i dag eller en senare dag' in said and 'id="why-fel">Skriv varför' in said


def test_days_of_an_own_calendar_are_added_and_taken_away(adam):
    address = f"/regler/utkast/calendar/?kalla={SOURCE}"
    own = {"kind": "study_day", "name": "Planering", "first": "2026-05-04", "last": "2026-05-01"}
    assert "Sista dagen kommer före den första." in text(adam.post(address, own))
    adam.post(address, own | {"last": "2026-05-04"})
    assert "Planering" in text(adam.get(address)) and "1 rad" in text(adam.get(DRAFT))
    adam.post(address, {"remove": "0"})
    assert "Planering" not in text(adam.get(address))


def test_a_draft_that_was_overtaken_is_told_and_not_saved(adam):
    write_limits(adam, "8", "15", "20")
    adam.post(DRAFT, {"do": "check", "since": "2026-04-23", "why": "Tidigare"})
    saved(changes={"window_days": 21})
    assert "Version 2 har sparats sedan du började." in text(adam.get(DRAFT))
    answer = adam.post(f"/regler/utkast/spara/?kalla={SOURCE}")
    assert answer.status_code == 422
    assert "Någon annan har sparat en version sedan du började." in text(answer)
    assert RuleVersion.objects.count() == 1


def test_the_default_comes_back_as_a_version_of_its_own(adam):
    saved()
    adam.post(DRAFT, {"do": "default"})
    adam.post(DRAFT, {"do": "check", "since": "2026-04-23", "why": "Det blev för många"})
    adam.post(f"/regler/utkast/spara/?kalla={SOURCE}")
    assert [one.changes for one in RuleVersion.objects.order_by("number")] == [LOWER, {}]
    assert rules_for(SOURCE, TODAY).absence_28d == RULE_SET_1.absence_28d
    assert rules_for(SOURCE, TODAY).number == 3


def test_a_new_version_begins_from_any_that_was(adam):
    saved()
    saved(changes={"window_days": 21})
    adam.post(DRAFT, {"do": "begin", "from": "2"})
    assert "8 / 15 / 20 %" in text(adam.get(DRAFT))
    adam.post(DRAFT, {"do": "forget"})
    assert "21 dagar" in text(adam.get(DRAFT))
    assert adam.post(DRAFT, {"do": "begin", "from": "99"}).status_code == 404


def kept_before_an_upgrade(client, changes):
    """A draft as a session holds it, with values that were allowed once."""
    write_limits(client, "8", "15", "20")
    session = client.session
    session["rules"][SOURCE]["changes"] = changes
    session.save()


OLD = {"absence_28d": [8, 15, 20], "window_days": 30, "once": 3}


def test_a_draft_that_an_upgrade_made_invalid_says_what_is_wrong(adam):
    kept_before_an_upgrade(adam, OLD)
    said = text(adam.get(DRAFT))
    assert "Utkastet går inte att använda som det är." in said
    assert "Fönster och underlag: fönstrets längd" in said and "Skriv hela veckor: 14, 21 … 56." in said
    assert "once" in said and "Det går inte att ställa in." in said
    assert "Släng utkastet" in said and "Ta bort det som inte går" in said
    for address in (PART, f"/regler/jamfor/?kalla={SOURCE}&till=utkast"):
        assert adam.get(address)["location"] == DRAFT
    for address in (PART, DRAFT, f"/regler/utkast/spara/?kalla={SOURCE}"):
        assert adam.post(address, {"do": "check", "since": "2026-05-01", "why": "Prov"}).status_code in (200, 302)
    assert not RuleVersion.objects.exists()


def test_such_a_draft_is_thrown_away_or_repaired(adam):
    kept_before_an_upgrade(adam, OLD)
    repaired = text(adam.post(DRAFT, {"do": "repair"}, follow=True))
    assert "En del skiljer sig från det som gäller i dag." in repaired and "8 / 15 / 20 %" in repaired
    assert adam.session["rules"][SOURCE]["changes"] == LOWER
    kept_before_an_upgrade(adam, OLD)
    adam.post(DRAFT, {"do": "forget"})
    assert "Inget skiljer sig från det som gäller i dag." in text(adam.get(DRAFT))


def test_a_value_that_is_wrong_beside_a_default_is_repaired_too(adam):
    kept_before_an_upgrade(adam, {"window_days": 14, "min_days": 15})
    assert "Utkastet går inte att använda" in text(adam.get(DRAFT))
    assert "14 dagar" in text(adam.post(DRAFT, {"do": "repair"}, follow=True))


def test_everyone_who_works_here_reads_the_rules_and_only_an_administrator_writes(source, visit_as):
    saved()
    page = text(visit_as(source.asa, "/regler/2/"))
    assert "Ett värde skiljer sig från det förvalda." in page and "Vi frågar tidigare" in page
    assert "Skriv nya regler" not in page
    assert "Ändra reglerna" not in text(visit_as(source.asa, "/regler/"))
    assert visit_as(source.petra, DRAFT).status_code == 404
    assert visit_as(source.petra, DRAFT, do="default").status_code == 404


def test_a_version_or_source_that_is_not_there_has_no_page(adam):
    for address in ("/regler/9/", "/regler/999999/", "/regler/utkast/?kalla=x", "/regler/jamfor/?till=9"):
        assert adam.get(address).status_code == 404


def test_an_administrator_is_never_shown_a_count_under_five_nor_what_would_tell_it():
    rows = [row("a", "any", 60, 20, 3), row("b", "any", 140, 51, 9), row("c", "any", 90, 7, 0)]
    shown = shown_counts(rows)
    assert shown.places[0] == {
        "n": 60, "before": 20, "after": None, "newly": None, "no_longer": 0, "unknown_before": 0, "unknown_after": 0,
    }  # fmt: skip
    # Nine is hidden as well: the sum less the shown would tell the three.
    assert (shown.places[1]["newly"], shown.places[1]["after"], shown.all["newly"]) == (None, None, 12)
    assert shown.places[2]["after"] == 7


def test_of_a_school_with_four_pupils_nothing_is_shown():
    shown = shown_counts([row("a", "any", 60, 20, 0), row("b", "any", 4, 2, 0), row("c", "any", 90, 7, 0)])
    assert set(shown.places[1].values()) == {None}
    # Nor how many there are at the next smallest, which the sum would tell the four by.
    assert (shown.places[0]["n"], shown.places[2]["n"], shown.all["n"]) == (None, 90, 154)
