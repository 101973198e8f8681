"""A canary becomes protected: from that moment no address, export, search or header tells any role that she exists."""

import io
import re
import zipfile
from urllib.parse import quote

import polars as pl
import pytest
from django.core import mail
from django.test import Client

from pluginnovation.records.sink import IdentityChanges
from pluginnovation.web.people.sink import PeopleSink
from pluginnovation.web.signals.models import GroupSnapshot
from tests.pals import AUTUMN, CANARY, SOURCE, Pals, code_of, persons
from tests.web.signals.conftest import ABSENCE, draw
from tests.web.test_urls_by_role import WHO, filled_in, lines, watched_over

KAJ = code_of("kaj")
# A class of its own, so that no figure of it remains.
GROUP, PLACE = "9A", "bjork"
GETS = sorted({path for method, path in lines() if method == "GET"})
ENDINGS = ("", "?format=csv", "?format=xlsx")
# The opaque code of a visit from before stays in the officer's log: who looked is never forgotten.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
LOG = ("/besok/", "/besok/atgarder/")


def ties() -> dict[str, pl.DataFrame]:
    """Kaj in Björkskolan's 9A."""
    dates = {"start_date": pl.Date, "end_date": pl.Date}
    stay = pl.DataFrame(
        [(GROUP, KAJ, AUTUMN, None, False)],
        schema={"group": pl.String, "pupil": pl.String, **dates, "ended": pl.Boolean}, orient="row",
    )  # fmt: skip
    columns = {"pupil": pl.String, "organisation": pl.String, "school_type": pl.String, "school_year": pl.Int16}
    at_school = pl.DataFrame(
        [(KAJ, PLACE, "GR", 9, None, AUTUMN, None, None, False)],
        schema={**columns, "programme": pl.String, **dates, "leave_reason": pl.String, "ended": pl.Boolean},
        orient="row",
    )
    return {"memberships": stay, "enrolments": at_school}


@pytest.fixture
def canary(pals: Pals) -> Pals:
    """The pals, with Kaj among them, seen in every picture."""
    PeopleSink().take(IdentityChanges(SOURCE, persons("kaj"), None, ties()))
    draw([*ABSENCE, ("kaj", PLACE, 420, 1800, 1800)])
    watched_over(pals)
    with_support(pals)
    return pals


def with_support(pals: Pals) -> None:
    """A case of hers that is late, a measure, a promise and a note, each number 1."""
    from pluginnovation.web.support.models import Case, FollowUp, Measure, NextStep, Note

    at, school = "2026-04-20T07:00Z", pals.place(PLACE)
    own = {"id": 1, "pupil": KAJ, "by": pals.petra, "at": at}
    case = Case.objects.create(school=school, kind="support", state="planned", opened_at=at, **own)
    FollowUp.objects.create(case=case, school=school, kind="own", due="2026-04-21", **own)
    NextStep.objects.create(school=school, what="Ring", owner_role="principal", due="2026-04-21", **own)
    Note.objects.create(secrecy="personal", role="principal", **own)
    Measure.objects.create(
        school=school, kind="mentor_talk", level="individual", intent="preventive", reach="targeted",
        starts="2026-04-20", owner_role="mentor", **own,
    )  # fmt: skip


def client_of(pals: Pals, who: str) -> Client:
    client = Client(raise_request_exception=True)
    if who != "nobody":
        client.force_login(getattr(pals, who))
    return client


def protect() -> None:
    """The source marks her, as an import tells it."""
    PeopleSink().take(IdentityChanges(SOURCE, protected=[KAJ]))


def text_of(answer) -> str:
    """Everything of an answer: its headers, and its body with a workbook's parts unpacked."""
    body = answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    return f"{answer.headers}\n{body.decode(errors='replace')}"


def addresses(pals: Pals, group: str):
    """Every address of the table as it is for the canary's class and school, and for the canary herself."""
    for path in GETS:
        whole = path.replace("elev/<str:code>", f"elev/{KAJ}") if path.startswith("/elev/") else path
        yield path, filled_in(whole, pals)


def test_the_canary_is_seen_before_she_is_protected(canary):
    seen = [text_of(client_of(canary, who).get("/elever/")) for who in ("asa", "petra", "hanna")]
    assert all(CANARY in text for text in seen)
    assert client_of(canary, "asa").get(f"/elev/{KAJ}/").status_code == 200
    for path in ("/arenden/", "/arenden/?visa=forsenade", "/arenden/?format=csv", "/arende/1/", "/insats/1/"):
        assert CANARY in text_of(client_of(canary, "petra").get(path)), path


@pytest.mark.parametrize("who", WHO)
def test_no_address_of_any_role_has_the_canary_once_she_is_protected(canary, who):
    client = client_of(canary, who)
    client_of(canary, "asa").get(f"/elev/{KAJ}/")
    protect()
    tried = 0
    for path, address in addresses(canary, GROUP):
        for ending in ENDINGS:
            answer = client.get(address + ending)
            text = text_of(answer)
            tried += 1
            assert CANARY not in text, address + ending
            assert path in LOG or path.startswith("/elev/") or KAJ not in text, address + ending
            if answer.status_code != 200:
                break
    assert tried >= len(GETS) > 50
    assert mail.outbox == []


def searched(client: Client, path: str, word: str) -> str:
    """The page that a search gives, less the word itself and the form's tokens."""
    text = TOKEN.sub("", client.get(path + quote(word)).content.decode())
    for written in (word, quote(word), quote(quote(word))):
        text = text.replace(written, "WORD")
    return text


@pytest.mark.parametrize("who", ["asa", "kim", "petra", "dag"])
def test_no_search_tells_the_canary_from_a_name_that_nobody_has(canary, who):
    protect()
    client = client_of(canary, who)
    for path in ("/elever/", "/ungdomar/", "/besok/", "/besok/atgarder/", "/inlasningar/"):
        for field in ("q", "vem", "om", "elev"):
            asked, nobody = (searched(client, f"{path}?{field}=", word) for word in (CANARY, "Xyzzyqvist"))
            assert asked == nobody, (path, field)
        assert client.get(f"{path}?format=csv&q={quote(CANARY)}").content.decode().count(CANARY) == 0


def test_pages_about_the_canary_are_those_about_nobody_to_the_byte(canary):
    client = client_of(canary, "asa")
    assert client.get(f"/elev/{KAJ}/").status_code == 200
    protect()
    for path in GETS:
        if path.startswith("/elev/"):
            hers = client.get(filled_in(path.replace("<str:code>", KAJ), canary))
            nobodys = client.get(filled_in(path.replace("<str:code>", "0123456789abcdef"), canary))
            assert (hers.status_code, hers.content) == (nobodys.status_code, nobodys.content), path
            assert list(hers.headers.items()) == list(nobodys.headers.items()), path


def test_the_size_of_the_class_leaves_her_out_and_says_nothing_of_one_hidden(canary):
    group = canary.group(GROUP)
    assert GroupSnapshot.objects.get(group=group).pupils == 3
    protect()
    assert GroupSnapshot.objects.get(group=group).pupils == 2
    page = client_of(canary, "petra").get(f"/klass/{group}/").content.decode()
    # The menu has a page of decisions about protected pupils, whether there is one or not.
    said = re.sub(r"<[^>]*>", " ", page[page.index("<main") :]).lower()
    for word in ("dold", "skyddad", "sekretess"):
        assert word not in said
