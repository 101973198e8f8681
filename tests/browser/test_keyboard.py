"""Everything by keyboard alone, with JavaScript switched off: Tab, Space and Enter."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter

MANY = 120


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the element with this text has focus."""
    for _ in range(MANY):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and text in (focused.inner_text() or focused.get_attribute("aria-label") or ""):
            return
    pytest.fail(f"{text} is not reached by Tab")


def test_the_first_stop_is_the_link_past_the_menu(enter: Enter):
    page = enter("mentor")
    page.goto("/klasser/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Till innehållet")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_from_role_to_answer_without_a_mouse(enter: Enter):
    page = enter("")
    page.goto("/")
    tab_to(page, "Elevhälsa")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Elevhälsomöte")

    page.goto("/elever/?visa=vantar")
    who = page.locator("table.pupils tbody a").last.inner_text()
    tab_to(page, who)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(who)

    tab_to(page, "Svara")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_attribute("type", "radio")
    page.keyboard.press("Space")
    tab_to(page, "Spara svaret")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("Svaret är sparat")


# The ring is drawn on the focused element itself, or on the tile that it stands for.
RING = """() => {
  const ringed = e => parseFloat(getComputedStyle(e).outlineWidth) >= 3 && getComputedStyle(e).outlineStyle !== 'none';
  const focused = document.activeElement;
  const past_the_end = focused === document.body;
  return [focused.outerHTML.slice(0, 120), past_the_end || ringed(focused) || ringed(focused.closest('li') ?? focused)];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/laget/", "/elever/"])
def test_what_has_focus_has_a_ring_of_three_pixels(enter: Enter, path, scheme):
    page = enter("principal", java_script_enabled=True, color_scheme=scheme)
    page.goto(path)
    bare = []
    for _ in range(25):
        page.keyboard.press("Tab")
        element, has_ring = page.evaluate(RING)
        if not has_ring:
            bare.append(element)
    assert bare == []
