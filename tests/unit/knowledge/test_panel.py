"""The panel of a method's page: what was sent in, put together, drawn and said, and kept as plain JSON."""

import json
import sys
from datetime import date
from subprocess import run

import pytest

from pluginnovation.knowledge.panel import document_of, panels_from
from pluginnovation.knowledge.panel_made import panels_of
from tests.unit.evidence.sites import site

DAY = date(2026, 11, 22)
MANY = [
    site(1, -5.1, 1.2), site(2, -4.4, 1.1, of_the_help=(("hours_of_help", 21.5), ("hours_known", 88.0))),
    site(3, -3.9, 1.3), site(4, 0.2, 0.9), site(5, -9.0, 1.0, about={"running": True}),
    site(6, -12.0, 0.5, about={"external": True}),
]  # fmt: skip


@pytest.fixture(scope="module")
def panel():
    (found,) = panels_of(MANY, made_on=DAY)
    return found


def test_every_site_has_a_line_and_those_that_are_not_pooled_say_why(panel):
    kinds = {line.name.split(", ")[1]: (line.kind, line.weight > 0) for line in panel.lines if line.name}
    assert kinds["site-5"] == ("running", False) and kinds["site-6"] == ("external", False)
    assert [kind for kind, _ in kinds.values()].count("pooled_in") == 4
    assert panel.lines[-1].kind == "together"


def test_what_still_runs_and_what_is_from_outside_moves_no_number(panel):
    (without,) = panels_of(MANY[:4], made_on=DAY)
    assert (panel.known.estimate, panel.known.low) == (without.known.estimate, without.known.low)


def test_a_site_that_found_nothing_is_counted_and_never_called_no_effect(panel):
    assert panel.known.nulls == 1
    assert "ingen effekt" not in panel.saying_sv.lower()


def test_the_title_stands_in_the_sentences_as_it_is_now_in_both_languages():
    (vague,) = panels_of([site(1, -4.0, 3.0), site(2, 3.0, 3.0), site(3, 1.0, 3.0)], made_on=DAY)
    assert "om morgonstart " in vague.saying("Morgonstart")
    assert "whether morning start " in vague.saying("Morning start", "en")
    assert "ethod{}" not in vague.saying("Morgonstart") + vague.saying("Morning start", "en")


def test_how_much_of_the_help_was_had_is_told_with_what_share_it_is_known_of(panel):
    (one,) = panel.helps
    assert (one.name, one.hours, one.share, one.cost) == ("project-1, site-2", 21.5, 88.0, None)
    assert (one.times, one.planned, one.known, one.followed, one.partly) == (None,) * 5


def test_dose_and_fidelity_of_a_site_come_along_by_name():
    told = (("times_of_help", 8.5), ("share_of_planned", 61.0), ("points_known", 80.0), ("points_followed", 64.0),
            ("points_partly", 20.0))  # fmt: skip
    (made,) = panels_of([site(1, -5.1, of_the_help=told)], made_on=DAY)
    (one,) = made.helps
    assert (one.times, one.planned, one.known, one.followed, one.partly) == (8.5, 61.0, 80.0, 64.0, 20.0)
    assert one.hours is None


def test_a_panel_kept_before_fidelity_was_told_can_still_be_read(panel):
    document = document_of([panel])
    for one in document["panels"][0]["helps"]:
        for name in ("times", "planned", "known", "followed", "partly"):
            del one[name]
    assert panels_from(document) == (panel,)


def test_a_panel_is_the_same_after_being_kept_as_json(panel):
    assert panels_from(json.loads(json.dumps(document_of([panel])))) == (panel,)


def test_a_page_shows_a_panel_without_what_computes():
    code = (
        "import sys, pluginnovation.knowledge.panel, pluginnovation.knowledge.certainty; print('numpy' in sys.modules)"
    )
    assert run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
