"""On paper: white, without menus, buttons and forms, and it says what it is."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Enter


@pytest.fixture
def on_paper(enter: Enter):
    def show(role: str, path: str, **options):
        page = enter(role, **options)
        page.emulate_media(media="print")
        page.goto(path)
        return page

    return show


@pytest.mark.parametrize("path", ["/laget/", "/klasser/", "/elever/"])
def test_menus_buttons_and_forms_stay_on_the_screen(on_paper, path):
    page = on_paper("principal", path)
    for hidden in ("nav.words", "form", "details.person", "details.fold", "button", "a.skip"):
        assert [each for each in page.locator(hidden).all() if each.is_visible()] == []
    assert [each for each in page.get_by_text("CSV", exact=True).all() if each.is_visible()] == []
    expect(page.get_by_text("Påhittade uppgifter.").first).to_be_visible()
    expect(page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("path", ["/inlasningar/", "/inlasningar/1/", "/inlasningar/ny/", "/inlasningar/servrar/ny/",
                                  "/inlasningar/profiler/", "/inlasningar/profiler/vklass/", "/regler/", "/regler/1/",
                                  "/regler/utkast/"])  # fmt: skip
def test_an_administrators_paper_has_no_empty_sheets_no_links_to_press_and_no_cut_tables(on_paper, path):
    page = on_paper("administrator", path, viewport={"width": 703, "height": 990})
    expect(page.get_by_text("Påhittade uppgifter.").first).to_be_visible()
    hidden = page.locator("form, button, .btn, .under a, details.unfold > summary").all()
    assert [each for each in hidden if each.is_visible()] == []
    shown = [each for each in page.locator("section.sheet").all() if each.is_visible()]
    assert [each.inner_text() for each in shown if len(each.inner_text().splitlines()) < 2] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 703


def test_a_dark_screen_prints_white(on_paper):
    page = on_paper("principal", "/laget/", color_scheme="dark", java_script_enabled=True)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_the_foot_reminds_that_the_paper_must_be_destroyed(on_paper):
    page = on_paper("principal", "/elever/?visa=vantar")
    page.locator("table.pupils tbody a").first.click()
    expect(page.locator("p.onpaper")).to_contain_text("förstör")
    assert [each for each in page.locator("details.answering, .btn").all() if each.is_visible()] == []


def test_the_meeting_list_prints_initials(on_paper):
    page = on_paper("mentor", "/klasser/")
    page.goto(page.locator("table a").first.get_attribute("href"))
    names = page.locator("table.pupils tbody a").all_inner_texts()
    assert names
    page.goto(page.url.split("?")[0] + "motet/")
    text = page.locator("main").inner_text()
    assert [name for name in names if name in text] == []


def test_a_class_becomes_pages_of_a4(on_paper):
    page = on_paper("mentor", "/klasser/")
    page.goto(page.locator("table a").first.get_attribute("href"))
    document = page.pdf(format="A4", prefer_css_page_size=True)
    assert document.startswith(b"%PDF")
    assert 1 <= document.count(b"/Type /Page\n") + document.count(b"/Type /Page ") <= 12
