"""Protected people are nowhere: not in a page, a title, a search, an export, a header. Refused is absent."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

import pytest

from tests.browser.conftest import ROLES, Enter
from tests.browser.pages import walk

WHO = ("", *ROLES)
ELSEWHERE = re.compile(rb"""(?:src|href|action)=["'](https?:)?//([^/"']+)""")
CHANGING = (re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'), re.compile(rb"noterat[^<.]*"))


def unpacked(body: bytes) -> bytes:
    """The text of a file: what is inside, when it is a zip (a workbook is one)."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


@dataclass
class Walked:
    """What the pages and files of one role hold that they mustn't."""

    pages: int = 0
    files: int = 0
    planted: list[tuple[str, str]] = field(default_factory=list)
    elsewhere: list[tuple[str, bytes]] = field(default_factory=list)


@pytest.fixture(scope="module")
def walked() -> dict[str, Walked]:
    return {}


@pytest.fixture
def walk_as(enter: Enter, server, canaries, code_of, walked) -> Callable[[str], Walked]:
    """Follow a role's links, thirty of each kind of page; each role walks once."""
    rows = (server.truth / "protected.csv").read_text(encoding="utf-8").splitlines()[1:]
    planted = (*canaries, *(code_of(row.split(",")[0]) for row in rows))

    def as_role(role: str) -> Walked:
        if role not in walked:
            seen = Walked()
            for page in walk(enter(role).context.request, server.address, of_a_kind=30, most=260):
                seen.pages += 1
                seen.files += "html" not in page.type
                text = unpacked(page.body) + repr(page.headers).encode()
                seen.planted += [(page.path, word) for word in planted if word.encode() in text]
                if "html" in page.type:
                    # Links to the hub beside the node are meant: the methods' whole pages stand there.
                    named = [found[1] for found in ELSEWHERE.findall(page.body)]
                    seen.elsewhere += [(page.path, host) for host in named if host not in server.hub.encode()]
            walked[role] = seen
        return walked[role]

    return as_role


@pytest.mark.parametrize("role", WHO)
def test_no_page_and_no_file_has_the_name_or_code_of_a_protected_person(walk_as, canaries, role):
    assert len(canaries) >= 3
    seen = walk_as(role)
    assert seen.planted == []
    assert seen.pages > 3
    assert seen.files >= 2 or role in ("", "administrator")


@pytest.mark.parametrize("role", WHO)
def test_no_page_names_another_machine(walk_as, role):
    assert walk_as(role).elsewhere == []


@pytest.mark.parametrize(
    ("role", "at"),
    [("mentor", "elever"), ("principal", "elever"), ("pupil_health", "elever"), ("youth_coordinator", "ungdomar")],
)
def test_a_search_for_a_protected_name_finds_nobody(enter: Enter, server, canaries, role, at):
    request = enter(role).context.request
    nobody = request.get(f"{server.address}/{at}/?q={quote('Xyzzyqvist')}").text()
    for name in canaries:
        page = request.get(f"{server.address}/{at}/?q={quote(name)}").text()
        assert page.replace(name, "Xyzzyqvist").count("/elev/") == nobody.count("/elev/")


def addresses(code: str) -> list[str]:
    return [
        f"/elev/{code}/",
        f"/elev/{code}/lektioner/",
        f"/elev/{code}/?format=csv",
        f"/elev/{code}/lektioner/?format=xlsx",
    ]


def same(answer, path: str, code: str) -> tuple:
    """Status, headers and bytes of an answer, less what differs between any two answers."""
    body = answer.body().replace(quote(path, safe="").encode(), b"PATH").replace(path.encode(), b"PATH")
    for changing in CHANGING:
        body = changing.sub(b"", body)
    headers = {name: value for name, value in answer.headers.items() if name not in ("date", "set-cookie")}
    return answer.status, headers, body.replace(code.encode(), b"CODE")


@pytest.mark.parametrize("role", ROLES)
def test_a_pupil_who_may_not_be_seen_looks_like_one_who_does_not_exist(enter: Enter, server, code_of, role):
    protected = [line.split(",")[0] for line in (server.truth / "protected.csv").read_text().splitlines()[1:]]
    elsewhere = "p1300001"  # a pupil of the last municipality; the demo's roles work in the first
    request = enter(role).context.request
    nobody = "a" * 16
    for hidden in (code_of(elsewhere), *(code_of(person) for person in protected if person.startswith("p"))):
        for path, absent in zip(addresses(hidden), addresses(nobody), strict=True):
            refused, missing = request.get(server.address + path), request.get(server.address + absent)
            assert refused.status == 404
            assert same(refused, path, hidden) == same(missing, absent, nobody)


@pytest.mark.parametrize(
    "path", ["/laget/", "/klasser/", "/elever/", "/ungdomar/", "/regionen/", "/inlasningar/", "/roll/"]
)
def test_a_stranger_sees_nothing(enter: Enter, server, path):
    answer = enter("").context.request.get(server.address + path, max_redirects=0)
    assert answer.status in (302, 403, 404)
