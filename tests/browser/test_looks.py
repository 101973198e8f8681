"""The looking itself: what another role's page has shown isn't gone through again, and no fault is missed by that."""

import pytest

from tests.browser.conftest import Enter
from tests.browser.looks import TWO, Seen, look_at

MENU = '<a href="/elever/">Elever</a>'
MAIN = '<h1>Elever</h1><p><a href="/elev/{code}/">En elev</a></p>'
PAGE = """<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><header>{head}<nav aria-label="Meny">{menu}</nav></header><main>{main}</main></body></html>"""
UNREAD = '<p style="color: #777; background: #888">Ljust på ljust</p>'
UNREAD_IN_THE_DARK = "<style>@media (prefers-color-scheme: dark) {{ p {{ color: #777; background: #888 }} }}</style>"
UNREAD_WHEN_NARROW = "<style>@media (max-width: 400px) {{ p {{ color: #777; background: #888 }} }}</style>"
FAULTS = {
    "an image without words": ("main", '<img src="/static/mark.svg">', "image-alt"),
    "colours too near each other": ("main", UNREAD, "color-contrast"),
    "the same in dark only": ("main", UNREAD_IN_THE_DARK, "color-contrast"),
    "the same when it is narrow": ("main", UNREAD_WHEN_NARROW, "color-contrast"),
    "a link without a name in the menu": ("menu", '<a href="/ny/"></a>', "link-name"),
    "colours too near each other in the menu": ("menu", UNREAD, "color-contrast"),
}


def paged(role: str, **added: str) -> str:
    """A page as a role gets it: the title and the code differ between roles, all else is the same."""
    parts = {"head": "", "menu": MENU, "main": MAIN}
    parts |= {name: parts[name] + text for name, text in added.items()}
    code = {"mentor": "a", "principal": "b"}[role] * 16
    return PAGE.format(title=role, **{name: text.format(code=code) for name, text in parts.items()})


@pytest.fixture
def look(enter: Enter):
    """Look at a role's page, that is given as text."""

    def at(text: str, seen: Seen | None = None):
        page = enter("", java_script_enabled=True)
        page.route("**/elever/", lambda route: route.fulfill(body=text, content_type="text/html"))
        return look_at(page, ["/elever/"], TWO["sv"], seen)

    return at


def test_the_same_page_of_another_role_is_opened_and_not_gone_through_again(look):
    seen = Seen()
    assert look(paged("mentor"), seen).axe == []
    assert (len(seen.mains), len(seen.frames)) == (1, 1)
    again = look(paged("principal"), seen)
    assert (again.visited, again.axe, again.sideways) == (["/elever/"], [], [])
    assert (len(seen.mains), len(seen.frames)) == (1, 1)


@pytest.mark.parametrize(("part", "text", "rule"), FAULTS.values(), ids=FAULTS)
def test_a_fault_on_one_roles_page_is_found(look, part, text, rule):
    seen = Seen()
    assert look(paged("mentor"), seen).axe == []
    assert any(rule in found for found in look(paged("principal", **{part: text}), seen).axe)


def test_a_fault_of_the_two_parts_together_is_found(look):
    seen, heading = Seen(), "<h1>PlugInnovation</h1>"
    assert look(paged("mentor"), seen).axe == []
    without = paged("principal", head=heading).replace("<h1>Elever</h1>", "")
    assert look(without, seen).axe == []
    assert any("page-has-heading-one" in found for found in look(without.replace(heading, ""), seen).axe)


def test_what_sticks_out_is_found_where_the_main_part_is_known_too(look):
    seen = Seen()
    look(paged("mentor"), seen)
    wide = paged("principal", menu='<div style="width: 500px">bred</div>')
    assert look(wide, seen).sideways


def test_each_page_is_gone_through_whole_unless_another_was_seen(look):
    page = paged("mentor", main=UNREAD)
    assert [len(look(page).axe) for _time in range(2)] == [2, 2]
