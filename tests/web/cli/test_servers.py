"""A server from the command line, as an operator connects it: added, tested, fetched from, and then every night."""

import signal
import threading

import pytest

from pluginnovation.web.config.postgres import running
from tests.unit.records import ss_server
from tests.unit.records.ss_server import attendance, error, serving, thing
from tests.web.cli.commands import end, own_home

SECRET = "b3arer-som-ingen-ska-se"
NAME = "Björkeby"


@pytest.fixture(scope="module")
def home():
    with own_home() as own, running(own.folder):
        yield own


@pytest.fixture(scope="module")
def school():
    with serving(ss_server.SsServer(tokens={SECRET})) as own:
        yield own


@pytest.fixture(scope="module")
def added(home, school):
    secret = home.folder.parent / "token"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    said = plug(home, "add", NAME, school.address, "--secret", f"file:{secret}")
    assert said.code == 0, said.err
    return NAME


def plug(home, *words):
    said = home.plug("records", "server", *words, "--json")
    assert SECRET not in said.out + said.err
    return said


def outcomes(document):
    return {one["resource"]: one["outcome"] for one in document["resources"] if one["outcome"] != "not_given"}


def test_what_a_server_gives_is_shown(home, school, added):
    said = plug(home, "test", NAME)
    assert said.code == 0, said.err
    assert outcomes(said.document) == dict.fromkeys(school.given, "complete")


def test_a_dry_run_then_a_fetch_and_then_only_what_changed(home, school, added):
    dry = plug(home, "fetch", NAME, "--dry-run")
    assert (dry.code, dry.document["servers"][0]["import"]["status"]) == (0, "dry_run"), dry.err
    first = plug(home, "fetch", NAME).document["servers"][0]
    assert first["import"]["resources"]["lessons"]["new"] == 6
    assert first["import"]["source"] == NAME
    again = plug(home, "fetch", NAME).document["servers"][0]
    assert again["import"] is None or again["import"]["status"] == "unchanged"
    assert plug(home, "fetch", NAME, "--changed").document["servers"][0]["errors"] == []


def test_the_address_of_a_server_that_was_added_can_be_imported(home, school, added):
    said = home.plug("records", "import", f"{school.address}/", "--json")
    assert (said.code, said.document["servers"][0]["server"]) == (0, NAME), said.err
    unknown = home.plug("records", "import", "https://another.example/v2.0", "--json")
    assert (unknown.code, unknown.document["error"]["code"]) == (3, "address_not_read")


def test_a_fetch_that_is_killed_leaves_nothing_and_the_next_completes_it(home, school, added):
    inside, go = threading.Event(), threading.Event()

    def waits(one):
        if one.path == "/groups":
            inside.set()
            go.wait(30)

    before = home.plug("records", "status", "--json").document
    school.given["persons"].append(
        thing("ali", "2025-10-31T08:00:00Z", givenName="Ali", familyName="Z", securityMarking="Ingen")
    )
    school.fault = waits
    process = home.start("records", "server", "fetch", NAME)
    assert inside.wait(60)
    end(process, signal.SIGKILL)
    school.fault = lambda one: None
    go.set()
    assert home.plug("records", "status", "--json").document == before
    done = plug(home, "fetch", NAME).document["servers"][0]
    assert done["import"]["resources"]["persons"]["new"] == 1
    assert not list((home.folder / "fetched").glob("*/*"))


def test_the_night_fetches_and_what_came_counts_in_its_signals(home, school, added):
    plug(home, "fetch", NAME)
    school.given["attendances"][0] = attendance("mira", "e1", "2025-10-30T15:00:00Z", present=20)
    said = home.plug("nightly", "--json")
    assert said.code == 0, said.err
    assert said.document["servers"][0]["import"]["resources"]["lessons"]["changed"] == 1
    assert said.document["as_of"] == "2025-09-03"


def test_a_night_with_a_server_that_fails_does_the_rest_and_says_so(home, school, added):
    school.fault = lambda one: error(403) if one.path == "/groups" else None
    try:
        said = home.plug("nightly", "--json")
    finally:
        school.fault = lambda one: None
    assert said.code == 4
    assert said.document["as_of"] == "2025-09-03"
    assert [one["code"] for one in said.document["servers"][0]["errors"]] == ["server_not_allowed"]


def test_the_doctor_names_a_server_that_failed_and_a_secret_that_others_may_read(home, school, added):
    secret = home.folder.parent / "token"
    secret.chmod(0o644)
    try:
        failed = plug(home, "fetch", NAME)
        said = home.plug("doctor", "--json")
    finally:
        secret.chmod(0o600)
    assert failed.document["servers"][0]["errors"][0]["code"] == "secret_open_to_others"
    found = {one["check"]: one for one in said.document["findings"]}
    assert (found["server_secrets"]["state"], found["servers"]["state"]) == ("wrong", "wrong")
    assert "chmod 600" in found["server_secrets"]["todo"]
    plug(home, "fetch", NAME)
    well = {one["check"]: one for one in home.plug("doctor", "--json").document["findings"]}
    assert (well["servers"]["state"], "server_secrets" in well) == ("ok", False)


def test_a_secret_that_is_not_accepted_is_said_and_stands_in_the_list(home, school, added):
    school.tokens = {"another"}
    try:
        said = plug(home, "fetch", NAME)
        alone = plug(home, "test", NAME)
    finally:
        school.tokens = {SECRET}
    assert said.code == alone.code == 4
    assert alone.document["error"]["code"] == "server_not_let_in"
    listed = plug(home, "list").document["servers"]
    assert [one["server"] for one in listed] == [NAME]
    assert listed[0]["error"].startswith("GET /organisations: The server doesn't accept our token")
    plug(home, "fetch", NAME)
    assert plug(home, "list").document["servers"][0]["error"] == ""


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        (("add", NAME, "https://server.example", "--secret", "env:X"), 3, "server_name_taken"),
        (("add", "x", "http://server.example", "--secret", "env:X"), 3, "server_address_wrong"),
        (("add", "x", "https://server.example", "--secret", "abc"), 3, "secret_place_wrong"),
        (("add", "x", "https://server.example"), 3, "server_told_too_little"),
        (("fetch", "Granby"), 3, "server_unknown"),
        (("test", "Granby"), 3, "server_unknown"),
        (("remove", "Granby"), 3, "server_unknown"),
        (("pause", "Granby"), 3, "server_unknown"),
        (("resume", "Granby"), 3, "server_unknown"),
    ],
)
def test_what_is_told_wrongly_is_answered(home, added, words, code, name):
    said = plug(home, *words)
    assert (said.code, said.document["error"]["code"]) == (code, name)


def test_an_unknown_kind_of_token_is_wrong_usage(home):
    assert plug(home, "add", "x", "https://server.example", "--token", "password").code == 2


def test_a_server_is_left_alone_by_the_night_while_it_is_paused(home, school, added):
    assert plug(home, "pause", NAME).document == {"server": NAME, "paused": True, "changed": True}
    assert plug(home, "pause", NAME).document["changed"] is False
    assert plug(home, "list").document["servers"][0]["paused_at"]
    assert home.plug("nightly", "--json").document["servers"] == []
    assert plug(home, "fetch", NAME).code == 0
    assert plug(home, "resume", NAME).document == {"server": NAME, "paused": False, "changed": True}
    assert plug(home, "list").document["servers"][0]["paused_at"] is None
    assert [one["server"] for one in home.plug("nightly", "--json").document["servers"]] == [NAME]


def test_a_subscription_is_made_and_ended(home, school, added):
    said = plug(home, "subscribe", NAME, "--here", "https://plug.example")
    assert said.code == 0, said.err
    (own,) = school.subscriptions.values()
    assert own["target"].startswith("https://plug.example/andrat/")
    assert own["target"] not in said.out + said.err
    assert plug(home, "unsubscribe", NAME).document["ended"] is True
    assert school.subscriptions == {}


def test_a_server_that_is_removed_is_gone_and_what_was_read_stays(home, school, added):
    plug(home, "fetch", NAME)
    assert plug(home, "remove", NAME).code == 0
    assert plug(home, "list").document == {"servers": []}
    assert home.plug("records", "status", "--json").document["tables"]
    assert home.plug("nightly", "--json").document["servers"] == []
