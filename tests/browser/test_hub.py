"""The hub's public pages in a browser: axe, headings, landmarks, contrast, width, weight, keyboard and paper."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.looks import TWO, look_at
from tests.browser.server import Server, wait_for_hub

# The lists, and the first page in each; and what isn't a page of an editor's.
LISTS = {
    "sv": ("/metoder/", "/fall/", "/forskning/", "/framgangsfaktorer/", "/kalender/", "/nyheter/"),
    "en": ("/en/methods/", "/en/cases/", "/en/research/", "/en/success-factors/", "/en/calendar/", "/en/news/"),
}
OTHERS = ("sok/?q=skolk", "sok/?q=xyzzy", "metoder/jamfor/?m=studiecoach&m=morgonstart-med-en-vuxen", "vad-vet-vi/",
          "oppna-data/", "finns-inte/")  # fmt: skip
METHOD = "/metoder/studiecoach/"
MOST_BYTES = 250_000


@pytest.fixture(scope="module")
def hub(server: Server) -> str:
    return wait_for_hub(server)


def paths_of(page: Page, hub: str, language: str) -> list[str]:
    """The first page, every list with its first page, a registration, and what programs make."""
    root = "/" if language == "sv" else "/en/"
    found = [root, "/konto/login/", *(root + other for other in OTHERS)]
    for listed in LISTS[language]:
        answer = page.context.request.get(hub + listed)
        if answer.status != 200:
            continue
        found.append(listed)
        child = re.search(rf'href="({listed}[a-z0-9-]+/)"', answer.text())
        found += [child.group(1)] if child else []
        event = re.search(r'href="(/(?:en/)?anmalan/\d+/)"', page.context.request.get(hub + found[-1]).text())
        found += [event.group(1)] if event else []
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_nothing_sticks_out_and_the_browser_is_silent(enter: Enter, hub, language):
    page = enter("", java_script_enabled=True, base_url=hub)
    found = look_at(page, paths_of(page, hub, language), TWO[language])
    assert len(found.visited) > 15
    assert found.axe == []
    assert found.sideways == []
    assert found.noise == []


def test_a_page_weighs_less_than_promised_and_asks_nobody_else(enter: Enter, hub):
    page = enter("", java_script_enabled=True, base_url=hub)
    for path in ("/", "/metoder/", METHOD, "/vad-vet-vi/"):
        sizes, asked = [], []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        session.on("Network.loadingFinished", lambda event, sizes=sizes: sizes.append(event["encodedDataLength"]))
        session.on("Network.requestWillBeSent", lambda event, asked=asked: asked.append(event["request"]["url"]))
        page.goto(path, wait_until="networkidle")
        assert 20_000 < sum(sizes) < MOST_BYTES, path
        assert all(url.startswith(hub) for url in asked), asked
        session.detach()


def test_every_page_has_a_title_a_description_its_language_and_targets_large_enough(enter: Enter, hub):
    page = enter("", java_script_enabled=True, base_url=hub, viewport={"width": 360, "height": 780}, has_touch=True)
    for path in (*LISTS["sv"], METHOD):
        page.goto(path)
        assert page.title().strip(" –") and page.locator("html").get_attribute("lang") == "sv"
        assert page.locator("meta[name=description]").get_attribute("content")
        small = page.evaluate(
            """() => [...document.querySelectorAll('button, select, input, summary, nav a')]
            .filter(e => e.checkVisibility() && e.type !== 'checkbox')
            .map(e => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 80)]).filter(([h]) => h < 24)"""
        )
        assert small == [], path


def test_the_first_tab_leads_past_the_menu(enter: Enter, hub):
    page = enter("", java_script_enabled=True, base_url=hub)
    page.goto("/metoder/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "innehall"


def test_a_method_is_chosen_compared_and_read_without_a_script(enter: Enter, hub):
    page = enter("", base_url=hub)
    page.goto("/metoder/?problem=absence")
    boxes = page.locator("input[name=m]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    page.get_by_role("button", name="Jämför de valda").click()
    expect(page.locator("table.compared thead th")).to_have_count(3)
    page.locator("table.compared thead a").first.click()
    expect(page.get_by_role("heading", name="Vad vi vet", exact=True)).to_be_visible()


def test_on_paper_a_method_has_its_panel_and_its_address_and_no_menu(enter: Enter, hub):
    page = enter("", base_url=hub)
    page.goto(METHOD)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible() and not page.locator("nav.words").is_visible()
    assert page.locator("#vad-vi-vet").is_visible()
    assert METHOD in page.locator("footer .onpaper").inner_text()


def test_the_open_data_say_that_figures_are_made_up(enter: Enter, hub):
    page = enter("", base_url=hub)
    answer = page.context.request.get(f"{hub}/oppna-data/underlag.json")
    assert json.loads(answer.text())["made_up"] is True
