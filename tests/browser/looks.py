"""Every page of a role, in every look: light and dark, wide and narrow, what axe finds and what sticks out."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

AXE = Axe().axe_script
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
FOUR = (
    ("light", WIDE, EVERYTHING), ("light", NARROW, EVERYTHING), ("dark", NARROW, COLOURS), ("dark", WIDE, COLOURS),
)  # fmt: skip
# For pages that are looked at in both languages: in each at both widths and in both themes, and every width in every
# theme in one of them, since no colour and no layout knows of words.
TWO = {
    "sv": (("light", WIDE, EVERYTHING), ("dark", NARROW, EVERYTHING)),
    "en": (("light", NARROW, EVERYTHING), ("dark", WIDE, EVERYTHING)),
}
SMALLEST = {"width": 320, "height": 640}
STICKS_OUT = """() => [document.documentElement.scrollWidth, ...[...document.querySelectorAll('body *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.unseen, svg'))
  .slice(0, 5).map(e => e.tagName + '.' + e.className)]"""


@dataclass
class Findings:
    """What was found on the pages of one role in one language, each with the address it was found at."""

    visited: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)


def look_at(page: Page, paths: list[str], looks: tuple[tuple[str, dict, dict], ...] = FOUR) -> Findings:
    """Open every page once, and look at it from all sides."""
    found = Findings()
    page.on("console", lambda message: _heard(found, page, message.type, message.text))
    page.on("pageerror", lambda error: found.noise.append(f"{page.url}: {error}"))
    page.add_init_script(AXE)
    for path in paths:
        theme, size, _rules = looks[0]
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size(size)
        page.goto(path)
        found.visited.append(path)
        for theme, size, rules in looks:
            page.emulate_media(color_scheme=theme)
            page.set_viewport_size(size)
            _axe(page, rules, f"{path} {theme} {size['width']}", found)
        page.set_viewport_size(SMALLEST)
        width, *elements = page.evaluate(STICKS_OUT)
        if width > SMALLEST["width"]:
            found.sideways.append(f"{path}: {width} px, {elements}")
    return found


def _heard(found: Findings, page: Page, kind: str, text: str) -> None:
    # Chromium reports the status of a page that is meant to be missing.
    if kind in ("error", "warning") and "404 (Not Found)" not in text:
        found.noise.append(f"{page.url}: {text}")


def _axe(page: Page, options: dict, where: str, found: Findings) -> None:
    for rule in page.evaluate("options => axe.run(options)", options)["violations"]:
        nodes = "; ".join(node["html"][:160] for node in rule["nodes"][:3])
        found.axe.append(f"{where}: {rule['id']} ({rule['help']}): {nodes}")
