"""The pages tell the windows, limits and days of the rules that their figures were made with."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pluginnovation.signals.rules import RULE_SET_1, Limits, RuleSet
from pluginnovation.web.signals import drawing
from pluginnovation.web.signals.actions import run_signals
from pluginnovation.web.signals.models import GroupSnapshot, PupilSnapshot, Run, SchoolSnapshot
from pluginnovation.web.signals.rule_sets import Draft, save_rules
from pluginnovation.web.signals.templatetags.spoken import bars, dots
from tests.pals import Pals
from tests.web.signals.test_rows import AS_OF, NOW, mira, page
from tests.web.signals.test_rows import built as built
from tests.web.signals.test_rows import read_in as read_in
from tests.web.signals.test_rules_run import LONG_AGO, save


def said(path: str, role: str = "mentor") -> str:
    return page(path, role=role).content.decode().replace("\xa0", " ")


def places() -> dict[str, str]:
    """The pages that tell of a window, and who may see them."""
    group, school = GroupSnapshot.objects.get(), SchoolSnapshot.objects.get()
    return {
        "/klasser/": "mentor",
        f"/klass/{group.group}/": "mentor",
        f"/klass/{group.group}/motet/": "mentor",
        "/elever/": "mentor",
        f"/elev/{mira()}/": "mentor",
        f"/skola/{school.school}/": "principal",
    }


def test_no_page_tells_of_another_window_than_the_rules_have(read_in: Path) -> None:
    for path, role in places().items():
        assert "14 dag" not in said(path, role), path
    save(window_days=14, min_days=3)
    run_signals(as_of=AS_OF, by=None, at=NOW)
    for path, role in places().items():
        text = said(path, role)
        assert "28 dag" not in text, path
        assert "14 dag" in text, path


@pytest.mark.parametrize("path", ["/klasser/", "/elever/"])
def test_a_file_tells_the_window_in_its_head(read_in: Path, path: str) -> None:
    assert "Frånvaro 28 dagar, %" in said(f"{path}?format=csv")
    save(window_days=14, min_days=3)
    run_signals(as_of=AS_OF, by=None, at=NOW)
    text = said(f"{path}?format=csv")
    assert "Frånvaro 14 dagar, %" in text
    assert "28 dagar" not in text


def test_marks_and_shades_stand_at_the_limits_of_the_rules(read_in: Path) -> None:
    shaded = dict(_shades(GroupSnapshot.objects.get().heat))
    save(absence_28d=[60, 90, 99])
    run_signals(as_of=AS_OF, by=None, at=NOW)
    paler = dict(_shades(GroupSnapshot.objects.get().heat))
    (share,) = {share for share in shaded if share >= 15}
    assert (shaded[share], paler[share]) == (3, 1)
    text = said(f"/klass/{GroupSnapshot.objects.get().group}/")
    assert '<path class="mark" d="M0 22H105"/>' not in text
    assert "</svg>10 %" not in text


def _shades(heat: list) -> list[tuple[int, int]]:
    return [(cell[0], cell[1]) for _hours, cells in heat for cell in cells if cell and cell[0] is not None]


def test_the_scale_under_the_dots_names_the_limits_that_have_room_on_it() -> None:
    assert re.findall(r">([\d+]+)</text>", drawing.dot_ruler((10, 15, 20))) == ["0", "10", "15", "20", "30+"]
    assert re.findall(r">([\d+]+)</text>", drawing.dot_ruler((8, 9, 40))) == ["0", "8", "30+"]
    assert drawing.dot_marks((8, 9, 40)).startswith('<path class="mark" d="M64 1V54M71.5 1V54"/>')
    rules = RuleSet(absence_28d=Limits(8, 9, 40))
    assert 'M64 1V54M71.5 1V54"' in dots('<path class="other-dots" d="M4 51h0"/>', rules)
    assert 'd="M0 23.4H105"' in bars("", rules)
    assert '"mark"' not in bars("", RuleSet(absence_28d=Limits(41, 50, 60)))
    assert "M79 1V54M116.5 1V54M154 1V54" in dots("", RULE_SET_1)


@pytest.mark.parametrize(("numbers", "told"), [((1, 1), "28 dagarna."), ((1, 2), "14–28 dagarna. Hur många dagar")])
def test_the_region_tells_every_window_that_is_used(
    pictures: Run, page: Callable, pals: Pals, numbers: tuple[int, int], told: str
) -> None:
    draft = Draft("", {"window_days": 14, "min_days": 3}, LONG_AGO.date(), "Prov", 0)
    assert save_rules(draft=draft, by=None, at=LONG_AGO).number == 2
    Run.objects.create(
        source="annan", as_of=pictures.as_of, run_at=pictures.run_at, rule_set=numbers[1], shown=True
    )  # fmt: skip
    assert told in page(pals.rut, "/regionen/").content.decode()


def test_a_group_without_a_picture_is_told_when_the_first_one_comes(read_in: Path) -> None:
    save(min_term_days=6, min_days=3)
    run_signals(as_of=AS_OF, by=None, at=NOW)
    group = GroupSnapshot.objects.get().group
    GroupSnapshot.objects.all().delete()
    assert "Första bilden kommer efter sex skoldagar." in said(f"/klass/{group}/")


def test_a_pupil_without_a_picture_is_told_how_many_days_it_takes(read_in: Path) -> None:
    save(min_days=3)
    run_signals(as_of=AS_OF, by=None, at=NOW)
    PupilSnapshot.objects.all().delete()
    assert "rapporterats under minst tre skoldagar" in said(f"/elev/{mira()}/")


def test_a_class_and_a_school_are_known_by_the_rules_own_part_that_must_be_reported(read_in: Path) -> None:
    group, school = GroupSnapshot.objects.get(), SchoolSnapshot.objects.get()
    assert (group.share, school.classes_known, group.coverage) == (6, 1, 98)
    assert "minst 80 % av lektionerna" in said(f"/skola/{school.school}/", "principal")
    save(min_reported_pct=99)
    run_signals(as_of=AS_OF, by=None, at=NOW)
    group, school = GroupSnapshot.objects.get(), SchoolSnapshot.objects.get()
    assert (group.share, school.share, school.classes_known) == (None, None, 0)
    assert "minst 99 % av lektionerna" in said(f"/skola/{school.school}/", "principal")
