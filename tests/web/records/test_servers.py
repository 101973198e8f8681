"""Servers: added, asked, fetched from and shown; and the door where they tell that something changed."""

import hashlib
import json
import re
import threading
import urllib.request
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.server_http import Patience
from pluginnovation.records.server_opening import ServerTold
from pluginnovation.records.waiting import discard_import
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records import server_actions, subscription_actions
from pluginnovation.web.records.actions import opened_store
from pluginnovation.web.records.models import Import, Server, ServerResource, Subscription
from pluginnovation.web.records.server_actions import FetchTerms, Reach, add_server, fetch_server, the_server
from pluginnovation.web.records.server_models import NEWS_A_MINUTE
from tests.unit.records import ss_server
from tests.unit.records.ss_server import Says, attendance, error, sums
from tests.web.records.conftest import SECRET

AT = datetime(2025, 11, 1, 4, tzinfo=UTC)
ENV = {"SS_TOKEN": SECRET}
ALL, CHANGED = FetchTerms(), FetchTerms(changed=True)


@pytest.fixture
def reach(tmp_path):
    return Reach(tmp_path / "home", ENV, Patience(page_size=4, seconds=5, sleep=lambda _: None))


@pytest.fixture
def added(db, school):
    add_server("Björkeby", told(school), since=None, env=ENV, by="test", at=AT)
    return the_server("Björkeby")


def told(school, **changes):
    return ServerTold(**({"address": school.address, "token": "bearer", "secret": "env:SS_TOKEN"} | changes))


def got(reach, terms=ALL, days=0):
    return fetch_server(reach, "Björkeby", terms, by="test", at=AT + timedelta(days=days))


def lines(school):
    return {one.resource: one for one in ServerResource.objects.filter(server=school)}


def test_a_server_is_added_once_with_the_place_of_its_secret_and_an_audit_row(added, school):
    assert (added.secret, str(added.since)) == ("env:SS_TOKEN", "2025-08-01")
    with pytest.raises(Refusal) as refused:
        add_server("Björkeby", told(school), since=None, env=ENV, by="test", at=AT)
    assert refused.value.code == "server_name_taken"
    assert [one.about for one in AuditEvent.objects.filter(action="server_add")] == ["Björkeby"]


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("", {}, "server_name_unusable"),
        ("a\nb", {}, "server_name_unusable"),
        ("x" * 101, {}, "server_name_unusable"),
        ("x", {"address": "http://server.example"}, "server_address_wrong"),
        ("x", {"token": "password"}, "token_kind_unknown"),
        ("x", {"secret": ""}, "server_told_too_little"),
        ("x", {"secret": SECRET}, "secret_place_wrong"),
        ("x", {"token": "client_credentials", "client": "plug"}, "server_told_too_little"),
        ("x", {"token": "client_certificate"}, "server_told_too_little"),
    ],
)
def test_a_server_told_wrongly_is_not_added(db, school, name, changes, code):
    with pytest.raises(Refusal) as refused:
        add_server(name, told(school, **changes), since=None, env=ENV, by="test", at=AT)
    assert refused.value.code == code
    assert SECRET not in str(refused.value)
    assert not Server.objects.exists()


def test_what_a_server_gives_is_asked_and_remembered(added, school, reach):
    server_actions.ask_server(reach, "Björkeby", at=AT)
    assert {name for name, one in lines(added).items() if one.gives} == set(school.given)
    assert lines(added)["grades"].gives is False
    assert the_server("Björkeby").skew_seconds == -3600
    assert not Import.objects.exists()


def test_a_fetch_is_an_ordinary_import_and_the_next_takes_only_what_changed(added, school, reach):
    done = got(reach)
    assert done.summary.status == "done"
    assert Import.objects.get().source == "Björkeby"
    assert lines(added)["attendances"].objects_last == 6
    assert lines(added)["attendances"].mark == datetime(2025, 10, 1, 8, tzinfo=UTC)
    school.given["attendances"][0] = attendance("mira", "e1", "2025-10-30T15:00:00Z", present=20)
    again = got(reach, days=1)
    assert sum(one.changed for one in again.summary.resources) == 1
    assert the_server("Björkeby").fetched_at == AT + timedelta(days=1)
    assert not list((reach.home / "fetched").glob("*/*"))


def test_a_dry_run_stores_nothing_and_moves_no_mark(added, reach):
    assert got(reach, FetchTerms(dry_run=True)).summary.status == "dry_run"
    assert not Import.objects.exists()
    assert not [one for one in lines(added).values() if one.mark]


def test_changes_that_were_held_and_thrown_away_come_again(added, school, reach):
    """A hundred lessons fully attended, and then all of them missed: held, and a person throws it away."""
    days = [f"2025-09-{day:02}T{hour:02}:00:00+02:00" for day in range(1, 27) for hour in (8, 10)]
    school.given["calendarEvents"] = [ss_server.lesson(f"e{n}", start) for n, start in enumerate(days)]
    events, people = range(len(days)), ("mira", "noor")
    school.given["attendances"] = [attendance(who, f"e{n}", present=50) for who in people for n in events]
    got(reach)
    late = "2025-10-30T15:00:00Z"
    school.given["attendances"] = [attendance(who, f"e{n}", late, present=0) for who in people for n in events]
    held = got(reach, days=1).summary
    assert (held.status, lines(added)["attendances"].mark) == ("held", datetime(2025, 10, 30, 15, tzinfo=UTC))
    with opened_store(reach.home) as store:
        discard_import(store, held.import_id, by="test", at=AT + timedelta(days=2))
    assert not [one for one in lines(added).values() if one.mark]
    school.given["attendances"] = [attendance(who, f"e{n}", late, present=40) for who in people for n in events]
    again = got(reach, days=3).summary
    assert (again.status, sum(one.changed for one in again.resources)) == ("done", 104)


def test_a_refused_import_moves_no_mark_and_says_why(added, school, reach):
    school.given["attendances"] += [attendance("mira", "e1") | {"id": f"x{n}", "isReported": "ja"} for n in range(30)]
    with pytest.raises(Refusal) as refused:
        got(reach)
    assert refused.value.code == "too_many_rows_break_rules"
    own = the_server("Björkeby")
    assert own.error_code == "too_many_rows_break_rules"
    assert own.tried_at == AT
    assert not [one for one in lines(added).values() if one.mark]


def test_the_last_error_is_kept_in_words_without_the_secret_and_goes_away(added, school, reach):
    school.tokens = {"another"}
    with pytest.raises(Unavailable):
        got(reach)
    own = the_server("Björkeby")
    assert own.error_code == "server_not_let_in"
    assert own.error_sv.startswith("GET /organisations: Servern godtar inte")
    every = json.dumps([list(Server.objects.values()), list(ServerResource.objects.values())], default=str)
    assert SECRET not in every
    assert SECRET not in json.dumps(list(AuditEvent.objects.values()), default=str)
    school.tokens = {SECRET}
    got(reach)
    assert the_server("Björkeby").error_code == ""


def test_one_resource_that_fails_is_named_and_the_rest_moves_on(added, school, reach):
    school.fault = lambda one: error(500) if one.path == "/groups" else None
    done = got(reach)
    assert done.summary.status == "done"
    assert lines(added)["groups"].error_sv.startswith("GET /groups")
    assert lines(added)["groups"].mark is None
    assert lines(added)["persons"].mark is not None
    assert the_server("Björkeby").fetched_at is None


def test_two_fetches_from_one_server_at_once_are_not(added, school, reach):
    inside, go = threading.Event(), threading.Event()
    refused = []

    def waits(one):
        if one.path == "/persons" and not go.is_set():
            inside.set()
            go.wait(10)

    school.fault = waits

    def second():
        inside.wait(10)
        try:
            with server_actions._alone(reach.home / "fetched" / f"{added.pk}.lock"):
                pass
        except Refusal as refusal:
            refused.append(refusal.code)
        finally:
            go.set()

    other = threading.Thread(target=second)
    other.start()
    got(reach)
    other.join()
    assert refused == ["server_fetch_under_way"]


def test_a_server_nobody_added_is_refused_with_the_names_there_are(added, reach):
    with pytest.raises(Refusal, match="Björkeby"):
        fetch_server(reach, "Granby", ALL, by="test", at=AT)


# Being told


@pytest.fixture
def listening(added, school, reach):
    server_actions.ask_server(reach, "Björkeby", at=AT)
    subscription_actions.subscribe_to(reach, "Björkeby", here="https://plug.example", by="test", at=AT)
    (own,) = school.subscriptions.values()
    return own["target"].removeprefix("https://plug.example")


def tell(path, body=None, **changes):
    said = json.dumps({"modifiedEntites": ["Attendance"], "deletedEntities": False} if body is None else body)
    return Client().post(path, said, content_type="application/json", **changes)


def test_a_subscription_has_an_address_of_its_own_and_only_a_hash_is_kept(listening, school):
    own, row = next(iter(school.subscriptions.values())), Subscription.objects.get()
    assert {"resource": "Attendance"} in own["resourceTypes"]
    assert {"resource": "Grade"} not in own["resourceTypes"]
    secret = listening.split("/")[3]
    assert len(secret) > 40
    assert row.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert row.expires_at.date().isoformat() == "2026-01-30"


def test_what_is_told_is_only_noted_and_the_next_fetch_takes_it(listening, added, school, reach):
    got(reach)
    assert got(reach, CHANGED, days=1).fetched is None
    school.asked.clear()
    assert tell(listening).status_code == 204
    assert school.asked == []
    school.given["attendances"][0] = attendance("mira", "e1", "2025-10-30T15:00:00Z", present=20)
    done = got(reach, CHANGED, days=2)
    outcomes = {one.resource: one.outcome for one in done.fetched.resources}
    assert outcomes == {"attendances": "complete", "calendarEvents": "complete", "aggregatedAttendance": "spared"}
    assert sum(one.changed for one in done.summary.resources) == 1
    assert got(reach, CHANGED, days=3).fetched is None


def test_where_there_are_only_sums_they_are_what_changes_with_attendance(added, school, reach):
    week = ("2025-10-20", "2025-10-26")
    school.given = {"aggregatedAttendance": [sums("mira", *week)]}
    got(reach)
    subscription_actions.subscribe_to(reach, "Björkeby", here="https://plug.example", by="test", at=AT)
    (own,) = school.subscriptions.values()
    assert own["resourceTypes"] == [{"resource": "Attendance"}]
    assert tell(own["target"].removeprefix("https://plug.example")).status_code == 204
    school.given["aggregatedAttendance"] = [sums("mira", *week, attended=100)]
    assert sum(one.changed for one in got(reach, CHANGED, days=1).summary.resources) == 1


def test_what_a_killed_fetch_left_goes_with_the_server_and_with_the_next_fetch(added, reach):
    left = reach.home / "fetched" / str(added.pk) / "persons-000001.json"
    for act in (lambda: got(reach), lambda: server_actions.remove_server(reach, "Björkeby", by="test", at=AT)):
        left.parent.mkdir(parents=True)
        left.write_text("half")
        act()
        assert not left.parent.exists()


def test_what_is_told_while_we_fetch_is_still_news_afterwards(listening, added, school, reach):
    got(reach)
    tell(listening)
    first = lines(added)["attendances"].changed_at
    later = first + timedelta(seconds=1)

    def told_meanwhile(one):
        if one.path == "/attendances":
            ServerResource.objects.filter(resource="attendances").update(changed_at=later)

    # In this process, so that the test's own transaction sees it.
    before = server_actions.fetch

    def fetch(opened, folder, asked):
        told_meanwhile(type("One", (), {"path": "/attendances"}))
        return before(opened, folder, asked)

    server_actions.fetch = fetch
    try:
        got(reach, CHANGED, days=1)
    finally:
        server_actions.fetch = before
    assert lines(added)["attendances"].changed_at == later


@pytest.mark.parametrize(
    ("body", "noted"),
    [
        ({"modifiedEntites": ["Attendance", "Person"]}, {"attendances", "persons"}),
        ({"modifiedEntities": [{"resource": "Grade"}]}, {"grades"}),
        ({"modifiedEntites": [], "deletedEntities": True}, {"deletedEntities"}),
        ({"modifiedEntites": ["Room", 3, None, {"resource": ["x"]}]}, set()),
        ({"modifiedEntites": None, "deletedEntities": None}, set()),
    ],
)
def test_the_standards_own_spelling_and_the_right_one_are_understood(listening, added, body, noted):
    assert tell(listening, body).status_code == 204
    assert {name for name, one in lines(added).items() if one.changed_at} == noted


def test_a_message_that_names_nothing_means_anything(listening, added):
    assert tell(listening, {}).status_code == 204
    assert len([one for one in lines(added).values() if one.changed_at]) == 12


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'"x"', b'{"modifiedEntites": 3}', b"\xff\xfe", b"[" * 50_000])
def test_a_message_that_is_none_is_answered_and_leaves_nothing(listening, added, body):
    said = Client().post(listening, body, content_type="application/json")
    assert said.status_code == 400
    assert not [one for one in lines(added).values() if one.changed_at]


def test_a_list_of_a_million_names_is_too_large(listening, added):
    assert tell(listening, {"modifiedEntites": ["Person"] * 20_000}).status_code == 413
    assert tell(listening, {"modifiedEntites": ["Person"] * 2_000}).status_code == 400
    assert Client().generic("POST", listening, b"{}", CONTENT_LENGTH="-1").status_code == 413


def test_a_wrong_secret_and_a_subscription_that_is_not_there_look_alike(listening, added):
    _, word, number, secret, _ = listening.split("/")
    wrong = [f"/{word}/{number}/{secret[:-1]}x/", f"/{word}/999/{secret}/", f"/{word}/{number}/å/"]
    said = [tell(path) for path in wrong]
    assert {one.status_code for one in said} == {404}
    assert len({one.content for one in said}) == 1
    assert Client().get(listening).status_code == 405
    assert not [one for one in lines(added).values() if one.changed_at]


def test_too_many_messages_in_a_minute_are_turned_away_and_the_next_minute_is_new(listening, added):
    import time_machine

    with time_machine.travel(AT, tick=False) as clock:
        said = [tell(listening).status_code for _ in range(NEWS_A_MINUTE + 2)]
        assert said == [204] * NEWS_A_MINUTE + [429] * 2
        assert tell(listening).headers["Retry-After"] == "60"
        clock.shift(timedelta(minutes=1))
        assert tell(listening).status_code == 204


def test_the_webs_own_role_may_note_news_and_nothing_else_of_a_server(listening, added):
    for sql in ("UPDATE records_server SET secret = ''", "UPDATE records_serverresource SET mark = NULL",
                "DELETE FROM records_subscription"):  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET ROLE plug_web")
            try:
                with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                    cursor.execute(sql)
            finally:
                cursor.execute("RESET ROLE")


@pytest.mark.django_db(transaction=True)
def test_messages_at_once_are_all_counted_and_leave_one_piece_of_news(live_server, listening, added, school, reach):
    start, said = threading.Barrier(8), []
    both = json.dumps({"modifiedEntites": ["Attendance", "Person"], "deletedEntities": False}).encode()

    def one_more():
        start.wait(10)
        for _ in range(4):
            asked = urllib.request.Request(live_server.url + listening, both, {"Content-Type": "application/json"})
            with urllib.request.urlopen(asked, timeout=10) as answer:
                said.append(answer.status)

    threads = [threading.Thread(target=one_more) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = Subscription.objects.get()
    assert said == [204] * 32
    assert row.heard_in_minute == 32 or row.minute > AT
    assert {name for name, one in lines(added).items() if one.changed_at} == {"attendances", "persons"}
    got(reach, CHANGED)
    assert got(reach, CHANGED, days=1).fetched is None


def test_subscriptions_are_renewed_before_they_end_and_forgotten_ones_are_let_go(listening, added, school, reach):
    assert subscription_actions.renew_subscriptions(reach, at=AT) == []
    assert school.paths("PATCH") == []
    late = AT + timedelta(days=80)
    school.now = late
    assert subscription_actions.renew_subscriptions(reach, at=late) == []
    assert Subscription.objects.get().expires_at == late + timedelta(days=90)
    school.subscriptions.clear()
    assert subscription_actions.renew_subscriptions(reach, at=late + timedelta(days=80)) == ["Björkeby"]
    assert not Subscription.objects.exists()


def test_a_server_without_subscriptions_is_said_so_and_leaves_nothing(added, school, reach):
    school.fault = lambda one: error(404) if one.path == "/subscriptions" else None
    with pytest.raises(Refusal) as refused:
        subscription_actions.subscribe_to(reach, "Björkeby", here="https://plug.example", by="test", at=AT)
    assert refused.value.code == "server_has_no_subscriptions"
    assert not Subscription.objects.exists()


def test_a_server_that_wants_plain_names_gets_them(added, school, reach):
    def plain(one):
        objects = one.method == "POST" and isinstance(json.loads(one.body)["resourceTypes"][0], dict)
        return error(400) if objects else None

    school.fault = plain
    subscription_actions.subscribe_to(reach, "Björkeby", here="https://plug.example", by="test", at=AT)
    assert "Attendance" in next(iter(school.subscriptions.values()))["resourceTypes"]


@pytest.mark.parametrize("document", [{}, {"id": "../x"}, {"id": ""}, []])
def test_a_subscription_without_a_usable_id_is_refused(added, school, reach, document):
    school.fault = lambda one: Says(201, document) if one.path == "/subscriptions" else None
    with pytest.raises(Unavailable) as refused:
        subscription_actions.subscribe_to(reach, "Björkeby", here="https://plug.example", by="test", at=AT)
    assert refused.value.code == "server_not_ss12000"
    assert not Subscription.objects.exists()


def test_a_subscription_is_ended_at_the_server_too(listening, added, school, reach):
    assert subscription_actions.end_subscription(reach, "Björkeby", by="test", at=AT) is True
    assert subscription_actions.end_subscription(reach, "Björkeby", by="test", at=AT) is False
    assert school.subscriptions == {}
    assert tell(listening).status_code == 404


# The page


def page(user, path="/inlasningar/servrar/", language="sv"):
    client = Client()
    client.force_login(user)
    client.cookies["plug_language"] = language
    said = client.get(path)
    assert said.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", said.content.decode()).replace("\xa0", " ").split())


def test_the_page_says_so_when_there_is_no_server(pals):
    assert "Ingen server är ansluten." in page(pals.adam)
    assert "Servrar som vi hämtar från" in page(pals.adam, "/inlasningar/")


def test_a_server_that_was_only_added_says_that_nothing_is_fetched(pals, school):
    add_server("Björkeby", told(school), since=None, env=ENV, by="test", at=timezone.now())
    said = page(pals.adam)
    assert "Inget är hämtat ännu." in said
    assert "resurser" not in said


def test_the_page_shows_what_each_gives_when_it_did_and_what_went_wrong(pals, school, reach):
    add_server("Björkeby", told(school), since=None, env=ENV, by="test", at=timezone.now())
    school.fault = lambda one: error(500) if one.path == "/groups" else None
    got(reach)
    said = page(pals.adam)
    assert "En server är ansluten. Den gav inte allt senast." in said
    assert "GET /groups: Servern svarade 500." in said
    assert "Närvaro per lektion ja 6" in said
    assert "Betyg nej" in said
    assert "klocka går 60 minuter fel" in said
    assert "env:SS_TOKEN" not in said
    english = page(pals.adam, language="en")
    assert "The server answered 500." in english
