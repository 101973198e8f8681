"""Files are sent in, tried, read in and taken back on the real server, without JavaScript; and each page on the way."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.looks import look_at
from tests.unit.records.school import SCHOOL, text

# The worker looks at its queue each second, and a page reads itself anew every third.
DONE_WITHIN = 60_000
SOURCE = "Provkommun"


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A made-up school's files, and the marker that says so."""
    broken = text(SCHOOL["lessons"]) + "mira,ma,2025-09-02,08:00,-5,true,60,0,0,0,0\n"
    contents = {f"{name}.csv": text(drawn) for name, drawn in SCHOOL.items()} | {
        "lessons.csv": broken,
        "simulation.json": json.dumps({"simulated": True, "source": SOURCE}),
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    return sorted(tmp_path.iterdir())


def send(page: Page, files: list[Path]) -> None:
    page.goto("/inlasningar/")
    page.get_by_role("link", name="Läs in filer").click()
    page.get_by_label("Källa").fill(SOURCE)
    page.get_by_label("Filer", exact=True).set_input_files(files)
    page.get_by_role("button", name="Provläs").click()


def test_files_are_tried_read_in_and_taken_back_without_javascript(enter: Enter, files, looked_at):
    page = enter("administrator")
    send(page, files)
    expect(page.locator(".answer")).to_contain_text("rader provlästes", timeout=DONE_WITHIN)
    expect(page.locator(".answer")).to_contain_text("En rad tas inte emot.")
    looked_at.append(page.url)
    page.get_by_role("button", name="Läs in").click()
    expect(page.locator(".answer")).to_have_text("Filerna är inlästa.", timeout=DONE_WITHIN)
    looked_at.append(page.url)
    page.locator("section[aria-labelledby=klart] a").click()
    looked_at.append(page.url)
    page.get_by_role("link", name="Ta tillbaka inläsningen").click()
    looked_at.append(page.url)
    page.get_by_role("button", name="Se vad det ändrar").click()
    expect(page.locator(".answer")).to_contain_text("Så här blir det om den tas tillbaka.", timeout=DONE_WITHIN)
    looked_at.append(page.url)
    page.get_by_role("link", name="Gå vidare").click()
    page.get_by_label("Varför").fill("bara ett prov")
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.locator(".answer")).to_have_text("Inläsningen är tillbakatagen.", timeout=DONE_WITHIN)
    looked_at.append(page.url)


@pytest.fixture
def looked_at(enter: Enter):
    """The addresses that a test came by: afterwards each is looked at from all sides, in both languages."""
    paths: list[str] = []
    yield paths
    own = [re.sub(r"^https?://[^/]+|\?.*$", "", path) for path in paths]
    for language in ("sv", "en"):
        page = enter("administrator", java_script_enabled=True, locale={"sv": "sv-SE", "en": "en-GB"}[language])
        page.goto("/")
        if page.locator("html").get_attribute("lang") != language:
            page.locator(f"button[name=language][value={language}]").click()
        found = look_at(page, own)
        assert (found.axe, found.sideways, found.noise) == ([], [], [])


def test_a_server_is_added_tested_and_removed_without_javascript(enter: Enter, looked_at):
    page = enter("administrator")
    page.goto("/inlasningar/servrar/")
    page.get_by_role("link", name="Lägg till en server").click()
    page.get_by_label("Fast token").check()
    page.get_by_role("button", name="Nästa").click()
    page.get_by_label("Namn").fill("Provserver")
    # Nothing listens there: the answer is an error in words.
    page.get_by_label("Adress").fill("http://127.0.0.1:9/v2.0")
    page.get_by_label("Token").fill("hemligt-som-ingen-ser")
    page.get_by_role("button", name="Lägg till och fråga").click()
    expect(page.locator(".answer")).to_contain_text("Servern gav inget.", timeout=DONE_WITHIN)
    looked_at.append(page.url)
    page.goto("/inlasningar/servrar/")
    expect(page.locator("main")).to_contain_text("Provserver")
    assert "hemligt" not in page.content()
    page.get_by_role("button", name="Pausa Provserver").click()
    expect(page.locator("main")).to_contain_text("Provserver är pausad.")
    page.get_by_role("link", name="Ta bort Provserver").click()
    page.get_by_role("button", name="Ta bort").click()
    expect(page.locator(".answer")).to_contain_text("Servern är borttagen.", timeout=DONE_WITHIN)
    looked_at.append(page.url)


def test_each_kind_of_server_has_a_form_that_fits_everyone(enter: Enter):
    page = enter("administrator", java_script_enabled=True)
    kinds = ("bearer", "client_credentials", "client_certificate")
    found = look_at(page, [f"/inlasningar/servrar/ny/?slag={kind}" for kind in kinds])
    assert len(found.visited) == len(kinds)
    assert (found.axe, found.sideways, found.noise) == ([], [], [])


BROKEN = """[...document.querySelectorAll("th, td:not(:nth-child(2))")].flatMap(cell => {
    const words = [], walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let text; (text = walk.nextNode());)
        for (const found of text.data.matchAll(/[\\p{L}]{2,}/gu)) {
            const range = document.createRange();
            range.setStart(text, found.index);
            range.setEnd(text, found.index + found[0].length);
            if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) words.push(found[0]);
        }
    return words;
})"""


def test_no_word_of_the_lists_is_broken_on_a_phone(enter: Enter):
    page = enter("administrator")
    page.set_viewport_size({"width": 360, "height": 800})
    for path in ("/inlasningar/", "/inlasningar/1/", "/inlasningar/profiler/"):
        page.goto(path)
        assert page.locator("table").count(), path
        assert page.evaluate(BROKEN) == [], path
