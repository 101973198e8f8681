"""A real browser in front of the real server: Debian's Chromium, a region of 400 pupils, the demo's own buttons."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from pluginnovation.privacy.pseudonyms import Pseudonymiser
from tests.browser.server import Server, forget, shared_server
from tests.settings import SESSION

# Nothing that calls home, and no sandbox of its own: the tests may run as root, in a container.
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--disable-default-apps", "--disable-extensions", "--disable-domain-reliability",
]  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 780}
ROLES = (
    "mentor", "principal", "pupil_health", "youth_coordinator", "sub_project_leader", "evaluator", "process_leader",
    "regional_lead", "administrator", "data_protection_officer",
)  # fmt: skip

Enter = Callable[..., Page]


def chromium() -> str | None:
    """Debian's Chromium, or the one that PLUG_TEST_CHROMIUM points at."""
    return os.environ.get("PLUG_TEST_CHROMIUM") or shutil.which("chromium")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's region and database, when every worker has left."""
    if not hasattr(config, "workerinput"):
        forget(SESSION)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The server that all browser tests of the session look at."""
    if chromium() is None:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium. CI needs Debian's package chromium, or PLUG_TEST_CHROMIUM.")
        pytest.skip("There is no Chromium: install Debian's package chromium, or set PLUG_TEST_CHROMIUM.")
    with shared_server(SESSION) as server:
        yield server


@pytest.fixture(autouse=True)
def no_bug(server: Server) -> Iterator[None]:
    """Every test also asks that the server wrote no traceback meanwhile."""
    before = len(server.said)
    yield
    said = server.said[before:]
    if "Traceback" in said:
        pytest.fail(f"The server had a bug:\n{said[-4000:]}")


@pytest.fixture(autouse=True)
def whole_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A click ends when the page it leads to has arrived as a whole: by itself it ends at the first byte."""
    click = Locator.click

    def click_and_wait(here: Locator, **how: Any) -> None:
        click(here, **how)
        here.page.wait_for_load_state("domcontentloaded")

    monkeypatch.setattr(Locator, "click", click_and_wait)


@pytest.fixture(scope="module")
def browser(server: Server) -> Iterator[Browser]:
    """Chromium, started for each file: while it runs, its event loop would be in the way of Django's tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def sessions() -> dict[str, dict]:
    """The cookies of those who have come in, by role."""
    return {}


@pytest.fixture
def enter(browser: Browser, server: Server, sessions: dict[str, dict]) -> Iterator[Enter]:
    """Come in as one of the demo's roles ('' for a stranger): a page, without JavaScript unless asked for."""
    opened = []

    def come_in(role: str, **options) -> Page:
        if role and role not in sessions:
            sessions[role] = _cookies(browser, server, role)
        settings = {"java_script_enabled": False, "viewport": WIDE, "locale": "sv-SE", **options}
        context = browser.new_context(**{"base_url": server.address, "storage_state": sessions.get(role)} | settings)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context.new_page()

    yield come_in
    for context in opened:
        context.close()


def _cookies(browser: Browser, server: Server, role: str) -> dict:
    context = browser.new_context(base_url=server.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.locator(f"button[name=role][value={role}]").click()
    cookies = context.storage_state()
    context.close()
    return cookies


@pytest.fixture(scope="session")
def code_of(server: Server) -> Callable[[str], str]:
    """The opaque code of one of the region's people."""
    key = (server.home / "keys" / "pseudonym.key").read_bytes()
    source = json.loads((server.home / "demo" / "region" / "simulation.json").read_text(encoding="utf-8"))["source"]
    coder = Pseudonymiser(key)
    return lambda person: coder.code(source, person)


@pytest.fixture(scope="session")
def canaries(server: Server) -> tuple[str, ...]:
    """Names that only protected people have: family names of all, given names of pupils."""
    lines = (server.truth / "protected.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    return tuple(sorted({row[2] for row in rows} | {row[1] for row in rows if row[0].startswith("p")}))


@pytest.fixture(scope="session")
def images() -> Path | None:
    """Where pictures for the documentation go; None unless PLUG_TEST_IMAGES asks for them."""
    if not os.environ.get("PLUG_TEST_IMAGES"):
        return None
    return Path(__file__).resolve().parents[2] / "docs" / "images"
