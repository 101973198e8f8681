"""What the pages say, and to whom."""

from collections.abc import Callable
from typing import Any

from tests.pals import Pals


def test_the_mentor_sees_who_waits_in_the_class(page: Callable[..., Any], pals: Pals) -> None:
    seen = page(pals.asa, f"/klass/{pals.group('9A')}/")

    assert seen.status_code == 200
    assert "En av 2 väntar på någon." in seen.content.decode()


def test_a_school_begins_with_its_classes(page: Callable[..., Any], pals: Pals) -> None:
    seen = page(pals.petra, f"/skola/{pals.place('bjork')}/")

    assert seen.status_code == 200
    assert "En elev väntar på någon." in seen.content.decode()


def test_the_pupil_page_answers_why(page: Callable[..., Any], pals: Pals) -> None:
    seen = page(pals.asa, f"/elev/{pals.mira}/")

    assert seen.status_code == 200
    assert "Två signaler väntar på svar." in seen.content.decode()


def test_every_other_page_opens(page: Callable[..., Any], pals: Pals) -> None:
    for user, path in [
        (pals.asa, "/klasser/"), (pals.asa, "/elever/"), (pals.petra, "/laget/"), (pals.rut, "/regionen/"),
        (pals.asa, "/signaler/"), (None, "/tillganglighet/"), (None, "/personuppgifter/"), (pals.asa, "/jag/"),
        (pals.asa, f"/klass/{pals.group('9A')}/motet/"),
    ]:  # fmt: skip
        assert page(user, path).status_code in (200, 302), path
