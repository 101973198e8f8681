"""A principal lets a pupil in whom the source marks as protected, on the real server: decided, read in, seen, ended."""

import csv
import os
import shutil
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from pluginnovation.simulation import SOURCE
from pluginnovation.web.people.names import place_code
from tests.browser.conftest import Enter
from tests.browser.looks import look_at
from tests.browser.server import Server

CANARY = "Kanariefågel"
WHY = "Skolan behöver följa närvaron, och hotet är vägt tillsammans med hemmet."
PLUG = str(Path(sys.executable).with_name("plug"))


def read_in(server: Server, folder: Path) -> None:
    """Import a folder at the server's home."""
    environ = os.environ | {"PLUG_HOME": str(server.home), "PLUG_LANGUAGE": "en"}
    done = subprocess.run(
        [PLUG, "records", "import", str(folder), "--source", SOURCE],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rewritten(path: Path, found: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(found[0]))
        writer.writeheader()
        writer.writerows(found)


@pytest.fixture
def files(server: Server, tmp_path: Path) -> Path:
    """The region's files, to be changed; they are read in again as they were when the test is over."""
    region = server.home / "demo" / "region"
    yield Path(shutil.copytree(region, tmp_path / "region", ignore=shutil.ignore_patterns("truth")))
    read_in(server, region)


def marked(files: Path, school: str) -> str:
    """The id of a pupil of the school, from now on protected and called by the canary's name."""
    who = next(
        row["person_id"]
        for row in rows(files / "enrolments.csv")
        if place_code(SOURCE, row["organisation_id"]) == school and not row["end_date"]
    )
    people = rows(files / "persons.csv")
    for one in people:
        if one["id"] == who:
            one.update(family_name=CANARY, security_marking="Sekretessmarkering")
    rewritten(files / "persons.csv", people)
    return who


def decided(page: Page, who: str) -> None:
    page.goto("/skyddade/nytt/")
    page.get_by_label("Elevens id i skolans register").fill(who)
    page.get_by_label("Varför").fill(WHY)
    page.get_by_label("Gäller till och med").fill(f"{date.today() + timedelta(days=30)}")
    page.get_by_role("radio").first.check()
    mine = page.locator("body > header").inner_text()
    for label in page.locator("label:has(input[type=checkbox])").all():
        if label.inner_text().strip() in mine:
            label.check()
    page.get_by_role("button", name="Spara beslutet").click()


def test_a_protected_pupil_is_let_in_seen_and_let_go_without_javascript(enter: Enter, server: Server, files: Path):
    page = enter("principal")
    page.goto("/skyddade/nytt/")
    who = marked(files, page.get_by_role("radio").first.get_attribute("value") or "")
    read_in(server, files)
    decided(page, who)
    expect(page.locator(".answer")).to_have_text("Ett beslut rör dig.")
    read_in(server, files)
    page.reload()
    expect(page.locator("article.decision")).to_contain_text("Eleven är inläst.")
    page.get_by_role("button", name="Jag har läst").click()
    expect(page.locator("article")).to_have_count(1)
    page.locator("article.decision h2 a").click()
    expect(page.locator("h1")).to_contain_text(CANARY)
    hers = page.url
    looked = enter("principal", java_script_enabled=True)
    found = look_at(looked, ["/skyddade/", "/skyddade/nytt/", hers])
    page.goto("/skyddade/")
    page.locator("article summary", has_text="Låt en till").click()
    page.get_by_label("Vem?").select_option(index=1)
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("button", name="Ta bort").last.click()
    expect(page.locator("article.decision")).to_contain_text("Har fått se eleven tidigare:")
    page.locator("article summary", has_text="Återkalla").click()
    page.get_by_role("button", name="Återkalla beslutet").click()
    expect(page.locator("article.decision")).to_contain_text("Återkallat")
    assert (found.axe, found.sideways, found.noise) == ([], [], [])
