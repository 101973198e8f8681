"""What never reaches a page, asked of the real server: every one a clear page with its own status, nothing leaked."""

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

from pluginnovation.web.config.turned_away import OF_FAULT, response
from pluginnovation.web.people.models import Installation
from tests.web.cli.commands import end, free_port, own_home, serves

# Never in an answer, nor in what the server writes: what somebody searched for, or a pupil's code.
SECRET = "kanariefagel"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server without any facts; what it wrote is looked through when it has ended."""
    with own_home() as own:
        own_port = free_port()
        process = own.start("up", "--no-demo", PORT=str(own_port))
        serves(process, own_port)
        yield own_port
        said = end(process)
        assert SECRET not in said.out + said.err
        assert "Traceback" not in said.err


def sent(port: int, request: bytes) -> tuple[int, str]:
    """The status and the whole answer to some bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        answer = b""
        while more := line.recv(65536):
            answer += more
    return int(answer.split(b" ", 2)[1]), answer.decode()


def got(port: int, target: str, heads: str = "") -> tuple[int, str]:
    request = f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{heads}\r\n"
    return sent(port, request.encode("latin-1"))


def is_a_page(text: str) -> bool:
    """A whole page of ours, in both languages, without anything of what was sent."""
    head, _, body = text.partition("\r\n\r\n")
    assert SECRET not in text
    assert "charset=utf-8" in head
    return body.count("<h1") == 1 and 'lang="en"' in body and "pluginnovation" in body and "</html>" in body


@pytest.mark.parametrize("letters", [4_100, 8_300, 60_000, 1_000_000])
def test_an_address_that_is_too_long_gets_a_page_that_says_so(port: int, letters: int) -> None:
    for target in (f"/elever/?q={SECRET}{'a' * letters}", f"/elev/{SECRET}{'a' * letters}/"):
        status, text = got(port, target)
        assert status == 414
        assert is_a_page(text)
        assert "Adressen är för lång." in text
        assert "The address is too long." in text


def test_the_longest_address_reaches_a_page(port: int) -> None:
    status, text = got(port, f"/logga-in/?q={'a' * 4_000}")
    assert status == 200
    assert "Adressen är för lång" not in text


def test_too_many_cookies_get_a_page_that_says_what_to_do(port: int) -> None:
    status, text = got(port, "/", f"Cookie: a={SECRET}{'a' * 20_000}\r\n")
    assert status == 431
    assert is_a_page(text)
    assert "Ta bort webbläsarens kakor" in text


@pytest.mark.parametrize(
    "request_line",
    [
        f"GET /elever/?q={SECRET} {SECRET} HTTP/1.1",
        f"GET /elev/{SECRET}\x00/ HTTP/1.1",
        f"GET /elev/{SECRET} HTTP/9.9",
        f"{SECRET}",
        f"GET  /{SECRET} HTTP/1.1",
    ],
)
def test_what_is_no_request_gets_a_page(port: int, request_line: str) -> None:
    status, text = sent(port, f"{request_line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert status in (400, 404, 302)
    assert SECRET not in text.partition("\r\n\r\n")[2]
    assert status != 400 or is_a_page(text)


@pytest.mark.parametrize(
    "target",
    [
        "/%00/", "/elev/%00/", "/elev/%/", "/elev/%zz/", "/elev/%e5%e4%f6/", "/%ff%fe/", "/elev/%c3%28/",
        "/skola/%u0041/", "/elev/..%2f..%2fetc/", "//elev//x", "/elev/%0d%0aSet-Cookie:x/", "/" + "a/" * 1_000,
    ],
)  # fmt: skip
def test_a_broken_path_leads_to_the_page_that_is_not_there(port: int, target: str) -> None:
    status, text = got(port, target)
    assert status in (301, 302, 404)
    assert "Set-Cookie:x" not in text
    if status == 404:
        assert "Sidan finns inte" in text


@pytest.mark.parametrize(
    "query", ["%00", "q=%00", "q=%", "q=%zz", "q=%ff%fe", "&&&===", "q=" + "%20" * 1_000, "a=" * 900]
)
def test_a_broken_query_is_left_out(port: int, query: str) -> None:
    status, text = got(port, f"/logga-in/?{query}")
    assert status == 200
    assert re.search(r"<h1[^>]*>", text)


def test_made_up_facts_are_said_to_be_made_up_there_too(db: None) -> None:
    assert b"hittade" not in response((414, "URI Too Long", "414.html"))
    Installation.objects.update_or_create(id=1, defaults={"first_simulated_at": datetime(2026, 1, 1, tzinfo=UTC)})
    for _faults, answer in OF_FAULT:
        assert "Påhittade uppgifter." in response(answer).decode()
    assert "Påhittade uppgifter." in Client().get("/finns/inte/").content.decode()
