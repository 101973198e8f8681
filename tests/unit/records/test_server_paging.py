"""A server is asked politely, put up with within bounds, and never believed without end."""

import contextlib
import gzip
import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.server_address import address_of
from pluginnovation.records.server_http import Line, Patience
from pluginnovation.records.server_news import news_of
from pluginnovation.records.server_pages import Listing, NotGiven, SsServer, pages
from pluginnovation.records.server_secrets import secret_at
from pluginnovation.records.server_tokens import Bearer, Client, ClientCredentials, NoToken, trust
from tests.unit.records import ss_server
from tests.unit.records.ss_server import Says, error, serving, thing

OPENED: list[Line] = []
MANY = [thing(f"p{number}", givenName="Åsa") for number in range(25)]


@pytest.fixture
def server():
    with serving(ss_server.SsServer(given={"persons": list(MANY)})) as own:
        yield own
        while OPENED:
            OPENED.pop().hang_up()


@pytest.fixture
def waits():
    return []


@pytest.fixture
def asked(server, waits):
    patience = Patience(page_size=10, seconds=5, most_empty=3, most_pages=50, sleep=waits.append)
    return client(server, patience)


def client(server, patience, token=None):
    OPENED.append(Line(address_of(server.address), trust(), patience))
    return SsServer(OPENED[-1], token or NoToken())


def ids(own, listing=None):
    found = pages(own, listing or Listing("persons", "/persons"))
    return [json.loads(bytes(raw))["id"] for page in found for raw in page.items]


def once(wrong):
    """A fault that happens to the first question only."""
    left = [wrong]
    return lambda _: left.pop() if left else None


def test_every_page_is_read_and_a_token_goes_with_nothing_but_the_limit(server, asked):
    assert ids(asked, Listing("persons", "/persons", optional=[("meta.modified.after", "2020-01-01T00:00:00Z")])) == [
        one["id"] for one in MANY
    ]
    assert [{name for name, _ in one.query} for one in server.asked] == [
        {"meta.modified.after", "limit"}, {"pageToken", "limit"}, {"pageToken", "limit"},
    ]  # fmt: skip


def test_a_repeated_page_token_is_refused(server, asked):
    server.fault = lambda one: Says(
        document={"data": MANY[len(server.asked) : len(server.asked) + 1], "pageToken": "x"}
    )
    with pytest.raises(Unavailable, match="GET /persons: The server repeats a page token") as refused:
        ids(asked)
    assert refused.value.code == "server_repeats_page_token"


@pytest.mark.parametrize(
    "data",
    [
        lambda number: MANY[:2],  # the same objects under fresh tokens
        lambda number: [],  # nothing, again and again
        lambda number: [thing(f"n{number}")],  # always something new
    ],
    ids=["in circles", "empty", "new"],
)
def test_paging_without_end_is_refused(server, asked, data):
    server.fault = lambda one: Says(document={"data": data(len(server.asked)), "pageToken": f"t{len(server.asked)}"})
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert refused.value.code == "server_pages_forever"
    assert len(server.asked) <= 52


def test_503_too_large_is_asked_again_for_less(server, asked, waits):
    server.fault = lambda one: error(503) if int(one["limit"]) > 2 else None
    assert ids(asked) == [one["id"] for one in MANY]
    assert [int(one["limit"]) for one in server.asked][:3] == [10, 2, 2]
    assert waits == [1.0]


def test_503_in_the_middle_goes_on_from_the_same_token(server, asked):
    server.fault = lambda one: error(503) if one["pageToken"] and int(one["limit"]) > 5 else None
    assert ids(asked) == [one["id"] for one in MANY]


def test_503_for_ever_is_refused_after_some_tries(server, asked):
    server.fault = lambda one: error(503)
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert refused.value.code == "server_answer_too_large"
    assert len(server.asked) < 12


def test_an_answer_that_is_too_large_for_us_is_asked_for_in_smaller_pages(server, waits):
    patience = Patience(page_size=10, most_bytes=800, sleep=waits.append)
    assert ids(client(server, patience)) == [one["id"] for one in MANY]
    with pytest.raises(Unavailable) as refused:
        ids(client(server, replace(patience, most_bytes=20)))
    assert refused.value.code == "server_answer_too_large"


def test_a_packed_answer_is_read_and_a_bomb_is_not(server, asked, waits):
    packed = gzip.compress(json.dumps({"data": MANY}).encode())
    server.fault = lambda one: Says(raw=packed, headers={"Content-Encoding": "gzip"})
    assert len(ids(asked)) == 25
    server.fault = lambda one: Says(raw=gzip.compress(b" " * 3_000_000), headers={"Content-Encoding": "gzip"})
    with pytest.raises(Unavailable) as refused:
        ids(client(server, Patience(page_size=1, most_bytes=2**20, sleep=waits.append)))
    assert refused.value.code == "server_answer_too_large"


@pytest.mark.parametrize("asks", ["7", "Sat, 01 Nov 2025 03:00:07 GMT"])
def test_429_waits_as_long_as_the_server_asks(server, asked, waits, asks):
    server.fault = once(error(429, Retry_After=asks))
    assert len(ids(asked)) == 25
    assert waits == [7.0]


def test_a_wait_is_bounded(server, asked, waits):
    server.fault = lambda one: error(429, Retry_After="86400")
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert (refused.value.code, waits) == ("server_answered_wrongly", [120.0] * 3)


def test_a_server_that_is_slow_for_ever_is_left(server, waits):
    with pytest.raises(Unavailable) as refused:
        ids(client(server, Patience(page_size=10, all_seconds=-1, sleep=waits.append)))
    assert refused.value.code == "server_too_slow"


def test_an_answer_that_drips_is_left(server, waits):
    with pytest.raises(Unavailable) as refused:
        ids(client(server, Patience(page_size=10, answer_seconds=-1, sleep=waits.append)))
    assert refused.value.code == "server_unreachable"


def test_tries_come_further_and_further_apart_and_end(server, asked, waits):
    server.fault = lambda one: error(502)
    with pytest.raises(Unavailable, match="answered 502"):
        ids(asked)
    assert waits == [1.0, 2.0, 4.0]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Says(document={"data": MANY[:5], "pageToken": None}, cut=30),
        lambda: Says(raw=b'{"data": [{"id": "p0"}, {"id"'),
        lambda: Says(raw=gzip.compress(b'{"data": []}')[:-9], headers={"Content-Encoding": "gzip"}),
    ],
    ids=["shorter than promised", "json cut off", "packed and cut off"],
)
def test_a_body_that_breaks_off_is_asked_for_again_and_never_half_read(server, asked, wrong):
    server.fault = once(wrong())
    assert len(ids(asked)) == 25
    server.fault = lambda one: wrong()
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert refused.value.code in ("server_unreachable", "server_not_ss12000")


def test_nobody_there_is_said_with_the_endpoint(server, waits):
    own = ss_server.SsServer(port=1)
    with pytest.raises(Unavailable, match=r"GET /persons: 127\.0\.0\.1 doesn't answer"):
        ids(client(own, Patience(sleep=waits.append)))


@pytest.mark.parametrize("status", [404, 405, 501])
def test_what_a_partial_server_does_not_have_is_not_an_error(server, asked, status):
    server.fault = lambda one: error(status)
    with pytest.raises(NotGiven):
        ids(asked)


@pytest.mark.parametrize(
    ("document", "found"),
    [
        ({"data": MANY[:3]}, 3),
        ({"persons": MANY[:3], "pageToken": ""}, 3),
        (MANY[:3], 3),
        ({"data": None, "pageToken": None}, 0),
    ],
    ids=["no token at all", "the resource's own name", "a bare list", "null"],
)
def test_other_shapes_of_a_list_are_read(server, asked, document, found):
    server.fault = lambda one: Says(document=document)
    assert len(ids(asked)) == found


@pytest.mark.parametrize("document", [{}, {"data": "x"}, {"data": 3}, "x", {"data": [], "pageToken": 7}])
def test_what_is_not_a_list_is_refused(server, asked, document):
    server.fault = lambda one: Says(document=document)
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert refused.value.code == "server_not_ss12000"


@pytest.mark.parametrize(
    "content", [b"[" * 200_000, b'{"data":' * 100_000, b'{"data": [' + b'{"a":' * 100_000, b"", b"\xff"]
)
def test_what_no_decoder_can_read_is_refused(server, asked, content):
    server.fault = lambda one: Says(raw=content)
    with pytest.raises(Unavailable) as refused:
        ids(asked)
    assert refused.value.code == "server_not_ss12000"


@given(st.binary(max_size=60) | st.text(max_size=40).map(str.encode))
@example(b'{"modifiedEntites": [[[]]]}')
def test_any_message_is_understood_or_refused(body):
    found = frozenset()
    with contextlib.suppress(Refusal):
        found = news_of(body)
    assert all(isinstance(name, str) for name in found)


def test_a_server_that_knows_neither_limit_nor_filters_is_asked_without_them(server, asked):
    server.fault = lambda one: error(400) if one.query else Says(document={"data": MANY})
    listing = Listing(
        "persons", "/persons", optional=[("expand", "x"), ("meta.modified.after", "2025-01-01T00:00:00Z")]
    )
    assert len(ids(asked, listing)) == 25
    assert listing.left_out == ["expand", "meta.modified.after"]


def test_a_server_that_does_not_know_the_limit_keeps_its_filters(server, asked):
    server.fault = lambda one: error(400) if one["limit"] else None
    listing = Listing("persons", "/persons", optional=[("meta.modified.after", "2025-01-01T00:00:00Z")])
    assert len(ids(asked, listing)) == 25
    assert listing.left_out == []


def test_a_redirect_on_the_same_machine_is_followed_and_one_elsewhere_is_not(server, asked):
    server.fault = lambda one: error(307, Location="/v2.0/persons") if one.path == "/people" else None
    assert len(ids(asked, Listing("persons", "/people"))) == 25
    for elsewhere in ("http://127.0.0.1:9/v2.0/persons", "https://evil.example/", "//evil.example/persons", ""):
        server.fault = lambda one, to=elsewhere: error(302, Location=to)
        with pytest.raises(Unavailable) as refused:
            ids(asked)
        assert refused.value.code == "server_leads_elsewhere"


def test_a_redirect_in_circles_ends(server, asked):
    server.fault = lambda one: error(302, Location="/v2.0/persons")
    with pytest.raises(Unavailable, match="redirects"):
        ids(asked)
    assert len(server.asked) == 4


# Tokens


def test_a_token_that_ends_in_the_middle_is_renewed_once(server, waits):
    line = Line(address_of(server.address + "/token"), trust(), Patience(sleep=waits.append))
    token = ClientCredentials(line, Client("plug", lambda: "hemligt", "ss12000"))
    own = client(server, Patience(page_size=10, sleep=waits.append), token)

    def ends(one):
        if one["pageToken"] and len(server.to("/token")) == 1:
            server.tokens = set()

    server.fault = ends
    assert len(ids(own)) == 25
    assert len(server.to("/token")) == 2
    assert b"scope=ss12000" in server.to("/token")[0].body
    assert b"hemligt" not in server.to("/token")[0].body


def test_a_token_that_is_never_accepted_is_refused_after_one_renewal(server, waits):
    line = Line(address_of(server.address + "/token"), trust(), Patience(sleep=waits.append))
    token = ClientCredentials(line, Client("plug", lambda: "hemligt"))
    server.fault = lambda one: error(401) if one.path == "/persons" else None
    with pytest.raises(Unavailable) as refused:
        ids(client(server, Patience(sleep=waits.append), token))
    assert refused.value.code == "server_not_let_in"
    assert (len(server.to("/token")), len(server.to("/persons"))) == (2, 2)


@pytest.mark.parametrize("document", [{"token": "x"}, [], {"access_token": "a\nb"}, {"access_token": ""}])
def test_a_token_server_that_answers_nonsense_is_refused_without_the_secret(server, waits, document):
    line = Line(address_of(server.address + "/token"), trust(), Patience(sleep=waits.append))
    server.fault = lambda one: Says(document=document)
    with pytest.raises(Unavailable) as refused:
        ClientCredentials(line, Client("plug", lambda: "hemligt")).header()
    assert refused.value.code == "token_not_given"
    assert "hemligt" not in str(refused.value)


def test_a_token_server_that_wants_the_secret_in_the_form_gets_it(server, waits):
    line = Line(address_of(server.address + "/token"), trust(), Patience(sleep=waits.append))
    server.fault = lambda one: None if b"client_secret" not in one.body else Says(document={"access_token": "t"})
    server.client = ("another", "x")
    assert ClientCredentials(line, Client("plug", lambda: "hemligt")).header() == "Bearer t"


def test_a_token_is_renewed_before_it_ends(server, waits):
    line, clock = Line(address_of(server.address + "/token"), trust(), Patience(sleep=waits.append)), [0.0]
    token = ClientCredentials(line, Client("plug", lambda: "hemligt"), lambda: clock[0])
    assert {token.header(), token.header()} == {"Bearer token-1"}
    clock[0] = 3599.0
    assert token.header() == "Bearer token-2"


def test_a_bearer_token_that_was_changed_where_it_lies_is_read_again(server, waits, tmp_path):
    path = tmp_path / "token"
    path.write_text("old\n")
    path.chmod(0o600)
    own = client(server, Patience(page_size=10, sleep=waits.append), Bearer(secret_at(f"file:{path}", {})))
    server.tokens = {"old"}

    def changes(one):
        if one["pageToken"]:
            path.write_text("new")
            server.tokens = {"new"}

    server.fault = changes
    assert len(ids(own)) == 25


@pytest.mark.parametrize("place", ["hemligt", "env:", "env:A-B", "file:relative", "file:", ""])
def test_a_secret_itself_is_no_place_of_one(place):
    with pytest.raises(Refusal) as refused:
        secret_at(place, {})
    assert refused.value.code == "secret_place_wrong"
    assert "hemligt" not in str(refused.value)


def test_a_secret_that_others_may_read_or_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "token"
    path.write_text("hemligt")
    path.chmod(0o640)
    with pytest.raises(Unavailable, match="chmod 600") as refused:
        secret_at(f"file:{path}", {})()
    assert "hemligt" not in str(refused.value)
    for place, env in ((f"file:{tmp_path}/none", {}), ("env:NONE", {}), ("env:TWO", {"TWO": "a\nb"})):
        with pytest.raises(Unavailable) as refused:
            secret_at(place, env)()
        assert refused.value.code == "secret_missing"


@pytest.mark.parametrize(
    "text",
    ["", "server.example", "http://server.example/v2", "ftp://127.0.0.1", "https://a:b@c.example", "https://c.example?x=1",
     "https://c.example/#x", "https://c.example:port/", "https://[", "https://ä.example", "https://c.example/a b"],
)  # fmt: skip
def test_an_address_that_is_not_https_or_carries_more_than_a_path_is_refused(text):
    with pytest.raises(Refusal) as refused:
        address_of(text)
    assert refused.value.code == "server_address_wrong"


def test_an_address_is_kept_as_it_was_meant():
    assert address_of(" https://SS.example:8443/v2.0/ ").text == "https://ss.example:8443/v2.0"
    assert address_of("http://[::1]:8000").text == "http://[::1]:8000"
