"""The mentor's and the pupil health team's main ways, counted in clicks and by keyboard, JavaScript switched off."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Enter
from tests.browser.looks import look_at
from tests.browser.test_keyboard import tab_to


class Clicks:
    """Counts what a hand does."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, target: Locator) -> None:
        self.count += 1
        target.click()


@pytest.fixture
def meeting(enter: Enter) -> Page:
    """A page of the pupil health team whose meeting goes on, at one of its points."""
    page = enter("pupil_health")
    page.goto("/mote/")
    if page.locator("#dag").count():
        page.locator("button", has_text="Bestäm mötet").click()
    if page.locator("button", has_text="Börja mötet").count():
        page.locator("button", has_text="Börja mötet").click()
        page.goto("/mote/")
    page.locator("ol.points li a").first.click()
    return page


@pytest.fixture
def undecided(meeting: Page) -> Page:
    """The same at a point that nobody has decided on."""
    meeting.goto("/mote/")
    meeting.locator("ol.points li:not(:has(.nr svg)) a").first.click()
    return meeting


def test_from_a_signal_to_answered_in_two_clicks_and_back_in_one(enter: Enter):
    page, click = enter("mentor"), Clicks()
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Min dag")
    waiting = page.locator("ul.tasks summary").count()

    click(page.locator("ul.tasks summary").first)
    click(page.locator("button", has_text="Jag har pratat med eleven").first)

    assert click.count <= 2
    expect(page.locator("[role=status]")).to_contain_text("Jag har pratat med eleven")
    assert page.locator("ul.tasks summary").count() == waiting - 1
    page.locator("button", has_text="Ångra").first.click()
    expect(page.locator("ul.tasks summary")).to_have_count(waiting)


def test_a_signal_is_answered_by_keyboard_alone(enter: Enter):
    page = enter("mentor")
    page.goto("/min-dag/")
    tab_to(page, "Skriv vad du gjort")
    page.keyboard.press("Enter")
    tab_to(page, "Jag har haft kontakt med vårdnadshavare")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("vårdnadshavare")
    page.locator("button", has_text="Ångra").first.click()


def test_a_meeting_decides_in_three_clicks_and_goes_on_to_the_next_point(undecided: Page):
    click, here = Clicks(), undecided.url
    click(undecided.locator("input[name=what][value=end]"))
    undecided.locator("textarea").fill("Tas om hand i arbetslaget.")  # written, not clicked
    click(undecided.locator("button", has_text="Spara och gå vidare"))

    assert click.count <= 3
    expect(undecided.locator("[role=status]")).to_contain_text("Sparat")
    assert undecided.url != here


def tab_to_field(page: Page, name: str) -> None:
    """Press Tab until the field with this name has focus. A date has several stops, some of them inside the field."""
    for _ in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.get_attribute("name") == name:
            return
    pytest.fail(f"{name} is not reached by Tab")


def test_a_step_is_decided_by_keyboard_alone_with_its_owner_and_day(undecided: Page):
    tab_to_field(undecided, "what")
    undecided.keyboard.press("Space")
    tab_to_field(undecided, "owner")
    undecided.keyboard.press("ArrowDown")
    tab_to_field(undecided, "due")
    tab_to_field(undecided, "text")
    undecided.keyboard.type("Ring hem")
    tab_to(undecided, "Spara och gå vidare")
    undecided.keyboard.press("Enter")
    expect(undecided.locator("[role=status]")).to_contain_text("Sparat")


def test_a_shared_screen_shows_no_name_of_the_agenda(meeting: Page):
    meeting.goto("/mote/")
    names = [
        name.split(",")[0] for name in meeting.locator("ol.points a").all_inner_texts() if " " in name.split(",")[0]
    ]
    meeting.locator("button", has_text="Dela skärmen").click()
    shown = meeting.locator("main").inner_text()
    assert [name for name in names if name in shown] == []
    meeting.locator("button", has_text="Visa namn igen").click()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_axe_finds_nothing_on_the_pages_of_day_step_and_meeting(enter: Enter, meeting: Page, language: str):
    at = meeting.url.split("/mote/")[1].split("/")[0]
    place = meeting.url.rstrip("/").split("/")[-1]
    seen = enter("pupil_health", java_script_enabled=True)
    seen.goto("/mote/")
    if language == "en":
        seen.locator("button[name=language][value=en]").click()
    paths = ["/mote/", f"/mote/{at}/", f"/mote/{at}/punkt/{place}/", f"/mote/{at}/protokoll/", "/min-dag/"]
    found = look_at(seen, paths)
    assert found.axe == []
    assert found.sideways == []
    if language == "en":
        seen.goto("/mote/")
        seen.locator("button[name=language][value=sv]").click()
