"""Every public page in both languages: it is whole, nothing leads nowhere, and bad input gets an answer."""

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from threading import Event, Thread
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from pluginnovation import web
from pluginnovation.web.knowledge.models import MethodPage
from pluginnovation.web.knowledge.pages.kept import (
    MOST_BYTES,
    Kept,
    KeptPagesMiddleware,
    Shelf,
    _change_sign,
    forget_pages,
    kept_of,
)
from tests.hub.sent import METHOD, PAGE
from tests.hub.standing import AT

pytestmark = pytest.mark.django_db
MOST_PAGES = 400
OUTSIDE = ("/redigera/", "/konto/", "/logga-in/", "/media/", "/dokument/", "/static/")


class Read(HTMLParser):
    """A page's links, headings, landmarks and what has no place on it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.seen: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.seen.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag in ("link", "img", "script", "iframe", "source"):
            self.loads.append(found.get("href") or found.get("src") or "")
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("script", "iframe", "style") or "style" in found or any(name.startswith("on") for name in found):
            self.wrong.append(f"<{tag} {found}>")
        if tag == "img" and "alt" not in found:
            self.wrong.append(f"<{tag} {found}>")


@pytest.fixture(scope="module")
def crawled(django_db_setup, django_db_blocker):
    """Every page that links lead to from the first pages, by address: status, kind and body."""
    found: dict[str, tuple[int, str, str]] = {}
    with django_db_blocker.unblock():
        client, waits = Client(), ["/", "/en/"]
        while waits and len(found) < MOST_PAGES:
            path = waits.pop(0)
            if path in found:
                continue
            answer = client.get(path)
            kind = answer.headers.get("Content-Type", "")
            body = answer.content.decode() if "html" in kind else ""
            found[path] = (answer.status_code, kind, body)
            for link in Read(body).links if answer.status_code == 200 else ():
                whole = urlsplit(urljoin(f"http://testserver{path}", link))
                if whole.netloc == "testserver" and not whole.path.startswith(OUTSIDE):
                    waits.append(whole.path + (f"?{whole.query}" if whole.query else ""))
    return found


def pages_in(crawled):
    return {path: Read(body) for path, (status, kind, body) in crawled.items() if "html" in kind}


def test_no_link_leads_nowhere(crawled):
    assert len(crawled) > 100
    assert {path: status for path, (status, _, _) in crawled.items() if status != 200} == {}


def test_links_within_a_page_lead_to_something_on_it(crawled):
    pages = pages_in(crawled)
    lost = []
    for path, page in pages.items():
        for link in page.links:
            whole = urlsplit(urljoin(f"http://testserver{path}", link))
            target = pages.get(whole.path)
            if whole.fragment and whole.netloc == "testserver" and target and whole.fragment not in target.ids:
                lost.append(f"{path} → {link}")
    assert lost == []


def test_headings_are_in_order_landmarks_are_there_and_no_page_has_a_script_or_a_style_of_its_own(crawled):
    for path, page in pages_in(crawled).items():
        assert page.headings.count(1) == 1 and page.headings[0] == 1, path
        steps = zip(page.headings, page.headings[1:], strict=False)
        assert all(lower - upper <= 1 for upper, lower in steps), (path, page.headings)
        assert {"header", "nav", "main", "footer"} <= set(page.seen), path
        assert page.wrong == [], path
        assert len(page.ids) == len(set(page.ids)), path


def test_nothing_is_loaded_from_anywhere_else(crawled):
    for path, page in pages_in(crawled).items():
        elsewhere = [each for each in page.loads if urlsplit(each).netloc not in ("", "testserver")]
        assert elsewhere == [], path


@pytest.mark.parametrize(
    ("page", "called"),
    [(PAGE, "Börja en ansökan"), ("/framgangsfaktorer/bemotande/", "Börja en ansökan"),
     ("/en/methods/ekonomisk-beloning/", "Begin an application")],
)  # fmt: skip
def test_a_method_and_a_guide_lead_to_where_one_applies_and_say_so_where_no_node_is_connected(page, called, settings):
    settings.HUB_NODE_URL = "https://plug.example.se"
    assert f'href="https://plug.example.se/utlysningar/">{called}</a>' in Client().get(page).content.decode()
    settings.HUB_NODE_URL = ""
    _change_sign()
    alone = Client().get(page).content.decode()
    assert called not in alone and "utlysningar/" not in alone
    assert ("inte hopkopplad med någon" in alone) != page.startswith("/en/")


def test_nobody_is_asked_to_try_a_method_that_is_advised_against(settings):
    settings.HUB_NODE_URL = "https://plug.example.se"
    page = MethodPage.objects.get(slug=METHOD, locale__language_code="sv")
    page.withdrawn_on, page.withdrawn_why = AT.date(), "Den gav mer frånvaro."
    page.save_revision().publish()
    _change_sign()
    text = Client().get(PAGE).content.decode()
    assert "Vi avråder från metoden sedan" in text and "Börja en ansökan" not in text


def test_pages_are_small(crawled):
    """Style and typefaces are measured in a browser; here that no page's own text grows out of hand."""
    assert {path: len(body) for path, (_, _, body) in crawled.items() if len(body.encode()) > 90_000} == {}


def test_every_page_says_its_language_and_leads_to_the_other(crawled):
    for path, (_, kind, body) in crawled.items():
        if "html" in kind:
            spoken, other = ("en", "sv") if path.startswith("/en/") else ("sv", "en")
            assert f'<html lang="{spoken}"' in body, path
            assert f'hreflang="{other}"' in body, path


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/sok/?q=" + "frånvaro " * 1_500, 200, "Frågan var lång"),
        ("/sok/?q=" + "x" * 10_000, 200, "Inga träffar"),
        ("/sok/?q=%00%00", 200, "Skriv vad ni vill lösa"),
        ("/sok/?q=<script>alert(1)</script>", 200, "&lt;script&gt;"),
        ("/sok/?q=%27%3B+DROP+TABLE+wagtailcore_page%3B--", 200, "DROP TABLE"),
        ("/metoder/?q=" + "ö" * 10_000, 200, "Inga träffar"),
        ("/metoder/?problem=finns-inte&hittepa=1", 200, "finns inte att välja på"),
        ("/metoder/?year=<b>x</b>", 200, "year=&lt;b&gt;x&lt;/b&gt;"),
        ("/metoder/jamfor/?m=finns-inte", 200, "De här metoderna finns inte: finns-inte"),
        (f"/metoder/jamfor/?m={METHOD}&m={METHOD}", 200, "Välj en till"),
        ("/metoder/morgonstart-med-en-vux", 301, ""),
        ("/metoder/morgonstart-med-en-vux/", 404, "Sidan finns inte"),
        ("/metod/finns-inte/metod.json", 404, "Sidan finns inte"),
        (f"/metod/{METHOD}/absence_share.svg", 404, "Sidan finns inte"),
        ("/sida/999999/version/1/", 404, "Sidan finns inte"),
        ("/oppna-data/finnsinte.csv", 404, "Sidan finns inte"),
        ("/min-anmalan/finns-inte/", 404, "Sidan finns inte"),
        ("/en/finns-inte/", 404, "There is no such page"),
        ("/%00/", 404, ""),
        ("/%ff%fe/", 404, ""),
        ("/metoder/../../etc/passwd", 404, ""),
    ],
)
def test_bad_input_gets_a_clear_answer_and_the_right_status(path, status, said):
    answer = Client().get(path)
    assert answer.status_code == status
    body = answer.content.decode()
    assert said in body and "<script>alert" not in body


@pytest.mark.parametrize("path", ["/sok/", "/vad-vet-vi/", "/metoder/jamfor/", "/oppna-data/", "/nytt.atom"])
def test_pages_that_are_only_read_take_nothing_in(path):
    assert Client().post(path).status_code == 405


def test_an_old_version_is_read_as_it_was_and_says_so():
    page = MethodPage.objects.get(slug=METHOD, locale__language_code="sv")
    page.title = "Morgonstart, omskriven"
    page.save_revision().publish()
    answer = Client().get(f"/sida/{page.pk}/version/1/").content.decode()
    assert "<h1>Morgonstart med en vuxen</h1>" in answer and "Det här är version 1" in answer
    assert 'name="robots" content="noindex"' in answer
    assert "Version 2" in Client().get(PAGE).content.decode()


def test_a_withdrawn_method_says_so_and_leaves_the_list_but_keeps_its_address():
    page = MethodPage.objects.get(slug=METHOD, locale__language_code="sv")
    page.withdrawn_on, page.withdrawn_why = "2026-11-01", "Den gjorde mer skada än nytta."
    page.save_revision().publish()
    assert "Den gjorde mer skada än nytta." in Client().get(PAGE).content.decode()
    assert f'value="{METHOD}"' not in Client().get("/metoder/").content.decode()


def test_a_published_change_is_on_the_page_at_once_and_a_kept_page_is_everybodys(django_capture_on_commit_callbacks):
    client = Client()
    first = client.get(PAGE)
    assert client.get(PAGE).headers["ETag"] == first.headers["ETag"]
    assert client.get(PAGE, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    page = MethodPage.objects.get(slug=METHOD, locale__language_code="sv")
    page.lead = "En ny mening som ingen har läst."
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert "En ny mening som ingen har läst." in client.get(PAGE).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        forget_pages()


def test_a_kept_page_is_packed_for_those_who_can_unpack_it():
    answer = Client().get("/metoder/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip" and "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.content) < 30_000


def test_no_page_with_a_form_of_ones_own_is_ever_kept(client):
    answer = client.get("/oppna-data/")
    answer.content = b'<input name="csrfmiddlewaretoken">'
    assert kept_of(answer) is None


def test_the_shelf_lets_go_of_what_nobody_asked_for():
    shelf = Shelf(most=100)
    for number in range(5):
        shelf.put(("host", f"/{number}/", ""), Kept(0.0, "text/html", {}, b"x" * 40, b"", ""))
    assert shelf.bytes <= 100 < MOST_BYTES
    assert shelf.get(("host", "/0/", ""), 0.0) is None and shelf.get(("host", "/4/", ""), 0.0) is not None
    assert shelf.get(("host", "/4/", ""), 1_000.0) is None


def test_who_asks_while_a_page_is_made_anew_gets_the_one_before_and_does_not_wait(rf):
    begun, go = Event(), Event()
    texts = iter(["the first", "the second"])

    def make(_request):
        text = next(texts)
        if text == "the second":
            begun.set()
            go.wait(10)
        return HttpResponse(text)

    pages = KeptPagesMiddleware(make)
    assert pages(rf.get("/a/")).content == b"the first"
    _change_sign()
    answers = []
    maker = Thread(target=lambda: answers.append(pages(rf.get("/a/")).content))
    maker.start()
    assert begun.wait(10)
    assert pages(rf.get("/a/")).content == b"the first"
    go.set()
    maker.join(10)
    assert answers == [b"the second"] and pages(rf.get("/a/")).content == b"the second"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "said"), [(PAGE, "Dela i ett mejl"), ("/en/methods/studiecoach/", "Share in a mail")])
def test_a_page_is_shared_in_a_mail_with_the_line_that_cites_it(client, path, said):
    page = html.unescape(client.get(path).content.decode())
    link = re.search(rf'<a href="mailto:\?subject=([^&"]+)&body=([^"]+)">{said}</a>', page)
    assert link is not None
    title, citation = (unquote(part) for part in link.groups())
    assert f"<h1>{title}</h1>" in page and citation in page
    assert citation.endswith(path) and title in citation


@pytest.mark.django_db
def test_the_one_stylesheet_says_by_itself_that_a_page_of_the_hub_has_two_cuts(client):
    """Said in another one, it came too late for a browser that had the first: some pages weighed a cut more."""
    assert '<html lang="sv" data-cuts="two">' in client.get(PAGE).content.decode()
    shared = Path(web.__file__).parent / "static" / "pluginnovation.css"
    own = Path(web.__file__).parent / "knowledge" / "static" / "hub.css"
    said = re.search(r':root\[data-cuts="two"\] \{ --serif: ([^;]+);', shared.read_text(encoding="utf-8"))
    assert said is not None and "Source Serif Pro" not in said.group(1)
    assert "--serif:" not in own.read_text(encoding="utf-8")
