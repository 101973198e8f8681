"""Every page x role x language x theme x width: axe finds nothing, and nothing sticks out at 320 pixels."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import ROLES, Enter
from tests.browser.looks import TWO, Findings, Seen, look_at
from tests.browser.pages import is_page, walk

WHO = ("", *ROLES)
LOCALES = {"sv": "sv-SE", "en": "en-GB"}
MADE_UP = "Påhittade uppgifter"
# Pages that no link leads to.
UNLINKED = ("/finns-inte/", "/roll/")


@pytest.fixture(scope="module")
def looked() -> dict[tuple[str, str], Findings]:
    return {}


@pytest.fixture(scope="module")
def seen() -> dict[str, Seen]:
    return {"sv": Seen(), "en": Seen()}


@pytest.fixture
def findings(enter: Enter, server, looked, seen) -> Callable[[str, str], Findings]:
    """What is found on a role's pages in a language; each page is opened once."""

    def find(role: str, language: str) -> Findings:
        if (role, language) not in looked:
            # The walk asks without the browser's locale; both are to be answered in the language.
            asked = {"locale": LOCALES[language], "extra_http_headers": {"Accept-Language": language}}
            page = enter(role, java_script_enabled=True, **asked)
            pages = [found for found in walk(page.context.request, server.address, of_a_kind=1) if is_page(found)]
            paths = [*(found.path for found in pages), *UNLINKED]
            looked[role, language] = here = look_at(page, paths, TWO[language], seen[language])
            here.unmarked = [p.path for p in pages if p.status == 200 and MADE_UP not in p.body.decode()]
            assert all(f'<html lang="{language}"' in found.body.decode() for found in pages)
            assert page.locator("html").get_attribute("lang") == language
        return looked[role, language]

    return find


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", WHO)
def test_axe_finds_nothing(findings, role, language):
    found = findings(role, language)
    assert len(found.visited) > len(UNLINKED)
    assert found.axe == []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", WHO)
def test_nothing_scrolls_sideways_at_320_pixels(findings, role, language):
    assert findings(role, language).sideways == []


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("role", WHO)
def test_the_browser_has_nothing_to_complain_of(findings, role, language):
    assert findings(role, language).noise == []


@pytest.mark.parametrize("role", WHO)
def test_every_page_says_that_it_is_made_up(findings, role):
    assert findings(role, "sv").unmarked == []
