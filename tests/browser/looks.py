"""Every page of a role, in every look: light and dark, wide and narrow, what axe finds and what sticks out."""

import re
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

# Three quarters of axe's time go to colours, and most of that to reading the same few words of colour again for every
# element. Here each is read once for each page that is opened.
AXE = (
    Axe().axe_script
    + """;(() => {
  const colour = axe.commons.color.Color.prototype, parse = colour.parseString, known = new Map();
  colour.parseString = function (text) {
    const {r, g, b, alpha} = known.get(text) ?? parse.call(this, text);
    known.set(text, {r, g, b, alpha});
    return Object.assign(this, {r, g, b, alpha});
  };
})();"""
)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": WCAG}}
COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
# What is asked of a page as a whole, so of its main part and the frame around it together.
WHOLE = {
    "resultTypes": ["violations"],
    "runOnly": {
        "type": "rule",
        "values": [
            "aria-hidden-body", "aria-valid-attr-value", "bypass", "document-title", "duplicate-id-aria",
            "heading-order", "html-has-lang", "html-lang-valid", "landmark-banner-is-top-level",
            "landmark-complementary-is-top-level", "landmark-contentinfo-is-top-level", "landmark-main-is-top-level",
            "landmark-no-duplicate-banner", "landmark-no-duplicate-contentinfo", "landmark-no-duplicate-main",
            "landmark-one-main", "landmark-unique", "meta-refresh", "meta-viewport", "page-has-heading-one", "region",
            "skip-link",
        ],
    },
}  # fmt: skip
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
ASK = "([where, options]) => axe.run(where, options).then(answer => answer.violations)"
PARTS = """() => {
  const page = document.documentElement.cloneNode(true), main = page.querySelector('main');
  main?.remove();
  return [main?.outerHTML ?? '', page.outerHTML];
}"""
EVERYWHERE, AROUND = {"include": ["html"]}, {"include": ["html"], "exclude": ["main"]}
# What differs between the same page twice: its form's token, whose page it is, and where the frame leads back to.
CHANGING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=[/"=])[a-z2-7]{16}(?=[/"&?])'
    r'|(?<=name="next" value=")[^"]*|(?<=<title>)[^<]*'
)


@dataclass
class Findings:
    """What was found on the pages of one role in one language, each with the address it was found at."""

    visited: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    sideways: list[str] = field(default_factory=list)
    noise: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)


@dataclass
class Seen:
    """The main parts and frames that axe has been through, in one language. Where another role's page has one to the
    letter, axe would find the same."""

    mains: set[str] = field(default_factory=set)
    frames: set[str] = field(default_factory=set)

    def asks(self, page: Page, looks: tuple[tuple[str, dict, dict], ...]) -> list[list[tuple[dict, dict]]]:
        """For each look, where on this page axe is to go, and by which rules."""
        main, frame = (CHANGING.sub("", part) for part in page.evaluate(PARTS))
        main_is_known, frame_is_known = main in self.mains, frame in self.frames
        self.mains.add(main)
        self.frames.add(frame)
        if not main_is_known:
            return [[(EVERYWHERE, rules)] for _theme, _size, rules in looks]
        around = [[] if frame_is_known else [(AROUND, rules)] for _theme, _size, rules in looks]
        # Neither has a fault of its own; the two together still may.
        return [[(EVERYWHERE, WHOLE), *around[0]], *around[1:]]


def look_at(
    page: Page, paths: list[str], looks: tuple[tuple[str, dict, dict], ...] = FOUR, seen: Seen | None = None
) -> Findings:
    """Open every page once, and look at it from all sides. What was `seen` as another's isn't gone through again."""
    found = Findings()
    page.on("console", lambda message: _heard(found, page, message.type, message.text))
    page.on("pageerror", lambda error: found.noise.append(f"{page.url}: {error}"))
    page.add_init_script(AXE)
    for path in paths:
        _put(page, *looks[0][:2])
        page.goto(path)
        found.visited.append(path)
        asked = (seen or Seen()).asks(page, looks)
        for (theme, size, _rules), asks in zip(looks, asked, strict=True):
            for where, rules in asks:
                _put(page, theme, size)
                _axe(page, where, rules, f"{path} {theme} {size['width']}", found)
        page.set_viewport_size(SMALLEST)
        width, *elements = page.evaluate(STICKS_OUT)
        if width > SMALLEST["width"]:
            found.sideways.append(f"{path}: {width} px, {elements}")
    return found


def _put(page: Page, theme: str, size: Any) -> None:
    page.emulate_media(color_scheme=theme)
    if page.viewport_size != size:
        page.set_viewport_size(size)


def _heard(found: Findings, page: Page, kind: str, text: str) -> None:
    # Chromium reports the status of a page that is meant to be missing.
    if kind in ("error", "warning") and "404 (Not Found)" not in text:
        found.noise.append(f"{page.url}: {text}")


def _axe(page: Page, where: dict, rules: dict, address: str, found: Findings) -> None:
    for rule in page.evaluate(ASK, [where, rules]):
        nodes = "; ".join(node["html"][:160] for node in rule["nodes"][:3])
        found.axe.append(f"{address}: {rule['id']} ({rule['help']}): {nodes}")
