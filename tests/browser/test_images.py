"""Pictures of the pages: every one can be taken, and those of the documentation are written when asked for."""

import pytest

from tests.browser.conftest import Enter

PICTURES = {
    "start": ("", None),
    "skola": ("principal", "/laget/"),
    "klass": ("mentor", None),
    "elev": ("pupil_health", "/elever/?visa=vantar"),
    "regionen": ("regional_lead", "/regionen/"),
    "inlasningar": ("administrator", "/inlasningar/"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_of_the_page(enter: Enter, images, name):
    role, path = PICTURES[name]
    page = enter(role, color_scheme="light")
    page.goto(path or "/")
    if name == "klass":
        page.goto("/klasser/")
        page.goto(page.locator("table a").first.get_attribute("href"))
    if name == "elev":
        page.locator("table.pupils tbody a").first.click()
    picture = page.screenshot(animations="disabled")
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 10_000
    if images is not None:
        images.mkdir(exist_ok=True)
        (images / f"{name}.png").write_bytes(picture)


def test_a_picture_of_the_paper(enter: Enter, images):
    page = enter("mentor", viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto("/klasser/")
    page.goto(page.locator("table a").first.get_attribute("href"))
    picture = page.screenshot(animations="disabled")
    assert picture.startswith(b"\x89PNG")
    if images is not None:
        (images / "papper.png").write_bytes(picture)
