"""Mapping in a real browser without JavaScript: by keyboard alone, and in few clicks."""

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.browser.test_keyboard import tab_to


def test_a_mentor_answers_about_the_class_by_keyboard_alone(enter: Enter):
    page = enter("mentor")
    page.goto("/kartlaggning/")
    page.locator("a[href$='/svara/']").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Svara om")
    first = page.locator("input[name^='svar-']").first
    name = first.get_attribute("name")
    page.locator(f"input[name='{name}']:checked").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"input[name='{name}']:checked")).to_be_focused()
    tab_to(page, "Spara svaren")
    page.keyboard.press("Enter")
    expect(page.locator("[role=status]")).to_contain_text("är sparade")


def test_from_the_class_to_a_started_measure_in_six_clicks(enter: Enter):
    """Analysis, measure, first step, second step: each a link or a button, the words in between typed."""
    page = enter("mentor")
    page.goto("/klasser/")
    page.locator("main a[href^='/klass/']").first.click()
    page.get_by_role("link", name="Gemensam analys").first.click()
    page.get_by_role("link", name="Sätt in en insats för klassen").click()
    page.get_by_label("Vad gör ni, och vad ska det leda till?").fill("Vi byter plats på två lektioner.")
    page.get_by_label("Insats", exact=True).select_option("timetable_change")
    page.get_by_role("button", name="Nästa: vem och när").click()
    page.get_by_label("Vem ser till att det blir av?").select_option(index=1)
    page.get_by_role("button", name="Sätt in insatsen").click()
    expect(page.locator("[role=status]")).to_contain_text("Insatsen är införd")
    expect(page.locator("main")).to_contain_text("Vi byter plats på två lektioner.")
