"""A case in the browser: without JavaScript, in every look, and drafts that stay in the tab and nowhere else."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Enter
from tests.browser.looks import look_at

DRAFTS = "Object.keys(sessionStorage).filter(name => name.startsWith('plug draft '))"


@pytest.fixture(scope="module")
def opened() -> dict[str, str]:
    """The address of the case that the first test opens."""
    return {}


@pytest.fixture
def case(enter: Enter, opened: dict[str, str]) -> str:
    """A case of one pupil, opened and filled in by the principal, without JavaScript."""
    if "at" not in opened:
        page = enter("principal")
        page.goto("/elever/?visa=ovriga")
        page.locator("table.pupils tbody a").first.click()
        page.goto(f"{page.url}arende/?slag=support_investigation")
        page.get_by_role("button", name="Öppna ärendet").click()
        opened["at"] = re.sub(r"^https?://[^/]+", "", page.url)
        fill_in(page, opened["at"])
    return opened["at"]


def fill_in(page: Page, at: str) -> None:
    """Obstacles, texts, a goal, a measure, a decision and a day to look back."""
    page.get_by_role("button", name="Inled utredningen").click()
    for section in ("findings", "needs", "how_met"):
        page.goto(f"{at}text/{section}/")
        page.locator("textarea").fill("Passet börjar innan bussen kommer.")
        page.get_by_role("button", name="Spara").press("Enter")
    page.goto(f"{at}hinder/")
    page.get_by_label("Resan till skolan").check()
    page.get_by_role("button", name="Spara").click()
    page.goto(f"{at}mal/")
    page.get_by_label("Mål", exact=True).fill("Är med från första lektionen")
    page.get_by_role("button", name="Spara målet").click()
    page.goto(f"{at}insats/")
    expect(page.locator("select[name=kind] optgroup").first).to_have_attribute("label", "Kan svara mot hindren")
    page.get_by_label("Vad ska den leda till?").fill("Börjar senare på måndagar")
    page.get_by_role("button", name="Spara insatsen").click()
    page.get_by_role("button", name="Utredningen är klar").click()
    page.locator("summary", has_text="Besluta").click()
    page.get_by_label("Åtgärdsprogram ska gälla").check()
    page.locator("section:has(#beslut) textarea").fill("Det behövs.")
    page.locator("section:has(#beslut) form button").last.click()
    page.get_by_role("button", name="Åtgärdsprogrammet börjar gälla").click()
    expect(page.locator(".answer")).to_contain_text("Åtgärdsprogram gäller")


def test_a_case_goes_to_its_programme_without_javascript_and_the_programme_is_a_pdf(enter: Enter, server, case: str):
    page = enter("principal")
    page.goto(case)
    link = page.get_by_role("link", name="Åtgärdsprogram (PDF)").get_attribute("href")
    answer = page.context.request.get(f"{server.address}{link}")
    assert answer.status == 200 and answer.body().startswith(b"%PDF-1.7")
    page.goto("/arenden/?ordning=namn")
    assert page.locator(f"a[href='{case}']").count() == 1


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_of_a_case_is_well_in_every_look(enter: Enter, case: str, language: str):
    page = enter("principal", java_script_enabled=True, locale={"sv": "sv-SE", "en": "en-GB"}[language])
    page.goto(case)
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f"button[name=language][value={language}]").click()
    measure = page.locator("section:has(#plan) table a").first.get_attribute("href") or ""
    pupil = page.locator(".crumbs a").last.get_attribute("href") or ""
    paths = [case, f"{case}text/findings/", f"{case}hinder/", f"{case}mal/", f"{case}insats/", measure, "/arenden/",
             "/arenden/?visa=avslutade", f"{pupil}arende/", f"{pupil}insats/", f"{pupil}anteckningar/",
             "/orosanmalan/"]  # fmt: skip
    found = look_at(page, paths)
    assert (found.axe, found.sideways, found.noise) == ([], [], [])


def test_two_texts_stand_side_by_side_and_the_page_is_well_in_every_look(enter: Enter, case: str):
    first, second = enter("principal"), enter("principal", java_script_enabled=True)
    for page in (first, second):
        page.goto(f"{case}text/tried/")
    first.locator("textarea").fill("Vi har prövat genomgångar i förväg.")
    first.get_by_role("button", name="Spara").click()
    second.locator("textarea").fill("Anpassat prov.")
    second.get_by_role("button", name="Spara").click()
    expect(second.locator("[role=alert]")).to_contain_text("Båda texterna står här")
    expect(second.locator(".twotexts")).to_contain_text("Vi har prövat genomgångar i förväg.")
    expect(second.locator("textarea")).to_have_value("Anpassat prov.")
    second.get_by_role("button", name="Låt min text gälla").click()
    expect(second.locator("article:has(#tried)")).to_contain_text("Anpassat prov.")


def test_a_text_that_is_not_sent_stays_in_the_tab_for_half_an_hour_and_goes_when_one_signs_out(enter: Enter, case: str):
    page = enter("principal", java_script_enabled=True)
    page.clock.install()
    where = f"{case}text/pupil_view/"
    page.goto(where)
    offer = page.locator("[data-draft-offer]")
    expect(offer).to_be_hidden()
    page.locator("textarea").press_sequentially("Hon säger")
    page.reload()
    expect(offer).to_be_visible()
    page.get_by_role("button", name="Ta fram den").click()
    expect(page.locator("textarea")).to_have_value("Hon säger")
    assert page.evaluate("[localStorage.length, document.cookie]") == [0, ""]
    page.clock.fast_forward(29 * 60 * 1000)
    assert len(page.evaluate(DRAFTS)) == 1
    page.clock.fast_forward(2 * 60 * 1000)
    assert page.evaluate(DRAFTS) == []

    page.locator("textarea").press_sequentially(" mer")
    assert len(page.evaluate(DRAFTS)) == 1
    pupil = page.locator(".crumbs a").last.get_attribute("href")
    page.goto(pupil or "")
    page.locator(".person summary").click()
    page.get_by_role("button", name="Logga ut").first.click()
    page.wait_for_url("**/")
    assert page.evaluate(DRAFTS) == []


def test_what_is_sent_leaves_no_draft_and_a_note_is_never_kept(enter: Enter, case: str):
    page = enter("pupil_health", java_script_enabled=True)
    page.goto(f"{case}text/school_view/")
    page.locator("textarea").press_sequentially("Det fungerar i slöjden.")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator("article:has(#school_view)")).to_contain_text("Det fungerar i slöjden.")
    assert page.evaluate(DRAFTS) == []
    page.get_by_role("link", name="Läs och skriv").click()
    page.locator("textarea").press_sequentially("Bara för elevhälsan.")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.locator("script").count() == 0
