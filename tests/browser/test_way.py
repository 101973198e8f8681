"""The way of a working day, with JavaScript switched off: in, to the class, to the pupil, an answer, the rows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import ROLES, Enter


def first_pupil_who_waits(page: Page) -> Page:
    """From a page of classes to the first pupil whom nobody has answered for."""
    page.goto("/elever/?visa=vantar")
    page.locator("table.pupils tbody a").first.click()
    return page


def go_to_who_waits_in(page: Page, tile: Locator) -> str | None:
    """From the school to a class, and on to its first who waits with something that rests on lessons; the name.

    Back to the school where nobody does.
    """
    school, name = page.url, tile.inner_text()
    tile.click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator("h2").first).to_have_text("Klassen först")
    waiting = page.locator("a", has_text=re.compile(r"^Väntar"))
    if waiting.count():
        waiting.click()
        if (who := open_first_with_lessons(page)) is not None:
            return who
    page.goto(school)
    return None


def open_first_with_lessons(page: Page) -> str | None:
    """From a list of pupils to the first of whom something rests on lessons, not on grades alone; the name."""
    pupils = page.locator("table.pupils tbody a")
    names = pupils.all_inner_texts()
    for place, name in enumerate(names):
        pupils.nth(place).click()
        if page.locator("a", has_text="Visa lektionerna").count():
            return name
        page.go_back()
    return None


@pytest.mark.parametrize("role", ROLES)
def test_one_click_opens_a_role_and_its_own_page(enter: Enter, role):
    page = enter("")
    page.goto("/")
    page.locator(f"button[name=role][value={role}]").click()

    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("nav.words a[aria-current=page]")).to_have_count(1)
    expect(page.locator(".trust")).to_contain_text("Påhittade uppgifter")
    expect(page.locator(".answer")).not_to_be_empty()


def test_from_the_start_page_to_the_lessons_behind_a_signal(enter: Enter):
    page = enter("")
    page.goto("/")
    page.locator("button[name=role][value=principal]").click()
    expect(page.locator("h1")).to_have_text("Läget på skolan")

    tiles = page.locator("li.tile:not(.calm) h3 a")
    # Others answer at the same time: in the first class perhaps nobody waits any more.
    found = (go_to_who_waits_in(page, tiles.nth(place)) for place in range(tiles.count()))
    who = next(filter(None, found), None)
    assert who is not None, "nobody at the school waits because of lessons"
    expect(page.locator("h1")).to_have_text(who)
    expect(page.locator(".trust")).to_contain_text("Besöket är noterat")

    page.locator("a", has_text="Visa lektionerna").first.click()
    expect(page.locator("h1")).to_contain_text("Lektionerna bakom")
    expect(page.locator("table.table tbody td.meta").first).to_contain_text("lessons.csv")
    assert page.locator("table.table tbody tr").count() > 5


def test_the_coordinator_goes_from_the_list_to_a_youth_answers_and_sees_the_enrolments(enter: Enter):
    page = enter("youth_coordinator")
    page.goto("/")
    expect(page.locator("h1")).to_have_text("Ungdomar utan skola")
    first = page.locator("table.pupils tbody a").first
    name = first.inner_text()
    first.click()
    expect(page.locator("h1")).to_have_text(name)
    expect(page.locator(".trust")).to_contain_text("ungdomssamordnare")
    expect(page.locator(".trust")).to_contain_text("Besöket är noterat")
    assert page.locator("a", has_text="Visa lektionerna").count() == 0

    page.locator("summary", has_text="Svara").click()
    page.get_by_label("Jag har tagit kontakt").check()
    page.locator("button", has_text="Spara svaret").click()
    expect(page.locator(".says")).to_have_text("Svaret är sparat.")
    expect(page.locator(".tick").first).to_contain_text("Jag har tagit kontakt")
    page.locator("button", has_text="Ångra svaret").click()
    expect(page.locator(".says")).to_have_text("Svaret är ångrat. Signalen väntar igen.")

    page.locator("a", has_text="Visa inskrivningarna").first.click()
    expect(page.locator("table.table tbody td.meta").first).to_contain_text("enrolments.csv")


def test_an_answer_stands_with_name_and_time_and_can_be_undone(enter: Enter):
    page = first_pupil_who_waits(enter("pupil_health"))
    name = page.locator(".person summary").inner_text().split(",")[0]
    at = page.url

    page.locator("summary", has_text="Svara").first.click()
    page.locator("details.answering input[type=radio]").first.check()
    page.locator("button", has_text="Spara svaret").first.click()

    expect(page.locator("[role=status]")).to_contain_text("Svaret är sparat")
    tick = page.locator(".answered .tick").first
    expect(tick).to_contain_text(name)
    expect(tick).to_contain_text(re.compile(r"\d{2}[.:]\d{2}"))
    expect(page.locator("ol.events li.did").first).to_contain_text(name)

    page.goto(at)
    expect(page.locator(".answered .tick").first).to_contain_text(name)
    page.locator("button", has_text="Ångra svaret").first.click()
    expect(page.locator("[role=status]")).to_contain_text("ångrat")


def test_a_form_without_a_choice_says_so_and_keeps_the_page(enter: Enter):
    page = first_pupil_who_waits(enter("pupil_health"))
    who = page.locator("h1").inner_text()
    page.locator("summary", has_text="Svara").first.click()
    page.locator("button", has_text="Spara svaret").first.click()

    expect(page.locator("[role=alert]")).to_contain_text("Svaret är inte sparat")
    expect(page.locator("h1")).to_have_text(who)


def test_search_finds_a_pupil_by_a_part_of_the_name(enter: Enter):
    page = enter("principal")
    page.goto("/elever/")
    who = page.locator("table.pupils tbody a").first.inner_text()
    page.locator("header input[name=q]").first.fill(who.split()[-1])
    page.locator("header form[role=search] button").first.click()

    expect(page.locator(".answer")).to_contain_text(who.split()[-1])
    assert who in page.locator("table.pupils tbody a").all_inner_texts()


def test_the_language_changes_and_stays(enter: Enter):
    page = enter("mentor")
    page.goto("/klasser/")
    page.locator("button[name=language][value=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/elever/")
    expect(page.locator("h1")).to_have_text("Pupils")
    page.locator("button[name=language][value=sv]").click()
    expect(page.locator("h1")).to_have_text("Elever")


def test_a_phone_has_the_menu_in_a_fold(enter: Enter):
    page = enter("mentor", viewport={"width": 360, "height": 780})
    page.goto("/klasser/")
    expect(page.locator("nav.words")).to_be_hidden()
    page.locator("details.fold summary").click()
    page.locator("details.fold").get_by_role("link", name="Elever", exact=True).click()
    expect(page.locator("h1")).to_have_text("Elever")


def test_sign_out_leads_to_the_start_page(enter: Enter):
    page = enter("")
    page.goto("/")
    page.locator("button[name=role][value=administrator]").click()
    page.locator(".person summary").click()
    page.locator(".person button", has_text="Logga ut").click()
    expect(page.locator("button[name=role]")).to_have_count(len(ROLES))
