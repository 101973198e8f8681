"""The current-state analysis on its pages: pre-filled, written in parts, kept in versions, read when it is done."""

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

import pluginnovation.web
from pluginnovation.projects.analysis_words import FACTORS, ROUTINES
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.projects.models import Analysis
from tests.pals import Pals
from tests.web.projects.analysed import counted_at, sub_project_at

Visiting = Callable[..., Any]
MODEL = {
    "problem": "Många är borta på måndagar.", "orsak-1": "Bussen", "saker-1": "sure", "mal-1": "Färre borta",
    "mal-orsak-1": "1", "insats-1": "Senare start", "insats-mal-1": "1",
}  # fmt: skip


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).replace("\xa0", " ").split())


def at(pals: Pals, more: str = "", place: str = "bjork") -> str:
    return f"/nulage/skola/{pals.place(place)}/{more}"


def filled_in(visit_as: Visiting, pals: Pals) -> None:
    """Every part of Björkskolan's analysis written by the principal."""
    forms = {
        "rutiner": {f"svar-{key}": "in_place" for key in ROUTINES} | {"svar-weekly": "missing"},
        "faktorer": {f"svar-{key}": "strong" for key in FACTORS} | {"text-tracking": "Vi ringer samma dag."},
        "problem": {"ord": "Första passet ligger långt bort.", "hinder": "journey"},
        "modell": MODEL,
    }
    for version, (part, form) in enumerate(forms.items()):
        answer = visit_as(pals.petra, at(pals, f"skriv/{part}/"), version=str(version), **form)
        assert answer.status_code == 302


def test_the_analysis_is_filled_in_before_anybody_has_written(visit_as: Visiting, pals: Pals) -> None:
    counted_at(pals)
    text = text_of(visit_as(pals.petra, at(pals)))
    assert "Frånvaro i årskurs 7–9: 9,8 % hos oss, 8,1 % i regionen." in text
    assert "2 av 2 siffror är ifyllda ur registren" in text
    assert "170 av 200 elever" in text
    assert "färre än tio" in text
    assert "Måndag 8–10 i 9A: 22 % frånvaro." in text
    assert not Analysis.objects.exists()


def test_without_figures_the_page_says_so_and_can_still_be_written(visit_as: Visiting, pals: Pals) -> None:
    assert "Skolans siffror är inte räknade än." in text_of(visit_as(pals.petra, at(pals)))
    answer = visit_as(pals.petra, at(pals, "fyll-i/"), nu="1")
    assert "Skolans siffror är inte räknade än." in text_of(visit_as(pals.petra, answer.url))


def test_each_save_is_a_version_and_the_region_reads_what_is_done(visit_as: Visiting, pals: Pals) -> None:
    counted_at(pals)
    refused = visit_as(pals.petra, at(pals, "klar/"), nu="1")
    assert refused.status_code == 302
    filled_in(visit_as, pals)
    assert visit_as(pals.petra, at(pals, "klar/"), nu="1").status_code == 302
    versions = list(Analysis.objects.order_by("version").values_list("version", "done_at"))
    assert [version for version, _ in versions] == [1, 2, 3, 4, 5]
    assert [done is not None for _, done in versions] == [False, False, False, False, True]
    text = text_of(visit_as(pals.rut, at(pals)))
    assert "Vi ringer samma dag." in text
    assert "Resan till skolan" in text
    assert "Ändra" not in text
    assert AuditEvent.objects.filter(action="save_analysis").count() == 4
    assert "Vi ringer samma dag." not in text_of(visit_as(pals.petra, at(pals, "version/1/")))
    page = text_of(visit_as(pals.petra, at(pals, "en-sida/")))
    assert "Senare start" in page
    assert "(säkert)" in page


def test_two_who_write_the_same_part_see_each_others_and_other_parts_are_kept(visit_as: Visiting, pals: Pals) -> None:
    first = {"ord": "Bussen."}
    assert visit_as(pals.petra, at(pals, "skriv/problem/"), version="0", **first).status_code == 302
    beside = visit_as(pals.hanna, at(pals, "skriv/modell/"), version="0", **MODEL)
    assert beside.status_code == 302
    text = text_of(visit_as(pals.hanna, at(pals, "skriv/problem/"), version="0", ord="Schemat."), 409)
    assert "Någon annan har sparat samma del" in text
    assert "Bussen." in text
    assert "Schemat." in text
    newest = Analysis.objects.latest("version").document
    assert (newest["words"], newest["model"]["problem"]) == ("Bussen.", "Många är borta på måndagar.")


@pytest.mark.parametrize(
    ("part", "form", "words"),
    [
        ("problem", {"ord": "a" * 1501}, "En text är för lång."),
        ("modell", {"orsak-1": "x", "saker-1": "kanske"}, "Säg hur säkra ni är"),
    ],
)
def test_what_cant_be_kept_is_refused_with_what_was_written(
    visit_as: Visiting, pals: Pals, part: str, form: dict[str, str], words: str
) -> None:
    text = text_of(visit_as(pals.petra, at(pals, f"skriv/{part}/"), version="0", **form), 422)
    assert words in text
    assert not Analysis.objects.exists()


@pytest.mark.parametrize("who", ["asa", "omar", "adam", "dag", "kim"])
def test_a_school_that_isnt_ones_own_looks_like_none(visit_as: Visiting, pals: Pals, who: str) -> None:
    counted_at(pals)
    assert visit_as(getattr(pals, who), at(pals), "mentor" if who == "sam" else "").status_code == 404
    assert visit_as(pals.petra, at(pals, place="alm")).status_code == 404
    assert visit_as(pals.petra, "/nulage/skola/finnsinte/").status_code == 404


def test_a_sub_projects_analysis_begins_where_the_schools_stands(visit_as: Visiting, pals: Pals) -> None:
    counted_at(pals)
    filled_in(visit_as, pals)
    found = sub_project_at(pals)
    assert "Vi ringer samma dag." in text_of(visit_as(pals.petra, f"/nulage/delprojekt/{found.pk}/"))
    assert visit_as(pals.petra, f"/nulage/delprojekt/{found.pk}/fyll-i/", nu="1").status_code == 302
    made = Analysis.objects.get(sub_project=found)
    assert (made.version, made.document["factors"]["tracking"][1]) == (1, "Vi ringer samma dag.")
    assert "Hela måndagen" in text_of(visit_as(pals.petra, "/nulage/"))


def test_an_application_begins_from_what_the_analysis_says(visit_as: Visiting, pals: Pals) -> None:
    from pluginnovation.web.projects.analyses.prefill import filled_from
    from pluginnovation.web.projects.models import Application

    counted_at(pals)
    visit_as(pals.petra, at(pals, "skriv/problem/"), version="0", ord="Första passet ligger långt bort.")
    application = Application(pk=7, school=pals.place("bjork"), municipality="1499", name="Närvaro")
    assert filled_from(application, "problem") == "Första passet ligger långt bort."
    assert "Frånvaro i årskurs 7–9: 9,8\xa0% hos oss, 8,1\xa0% i regionen." in filled_from(application, "figures")
    assert filled_from(application, "") == filled_from(application, "goals") == ""


def test_a_reviewer_with_a_conflict_of_interest_reads_no_analysis(visit_as: Visiting, pals: Pals) -> None:
    from pluginnovation.web.projects.models import Application, Review
    from tests.web.projects.addressed import everything_once

    everything_once(pals)
    asked, application = Review.objects.get(), Application.objects.get()
    Analysis.objects.create(
        application=application, school=pals.place("bjork"), version=1, document={}, done_at=asked.at, by=pals.petra,
        at=asked.at,
    )  # fmt: skip
    page = f"/nulage/ansokan/{application.pk}/"
    for conflict, status, listed in ((None, 404, False), (True, 404, False), (False, 200, True)):
        Review.objects.update(conflict=conflict)
        assert visit_as(pals.rut, page).status_code == status
        assert (page in text_of(visit_as(pals.rut, "/nulage/"))) == listed


def test_a_leader_is_shown_no_nameless_row_for_anothers_sub_project_at_the_school(
    visit_as: Visiting, pals: Pals
) -> None:
    from django.utils.timezone import now

    from pluginnovation.web.people.models import Duty

    own, others = sub_project_at(pals, leader=pals.charlie), sub_project_at(pals)
    Duty.objects.create(user=pals.charlie, role="sub_project_leader", sub_project=own.pk, start_date=own.starts)
    for one in (own, others):
        Analysis.objects.create(
            sub_project=one, school=one.school, municipality=one.municipality, version=1, document={}, by=pals.petra,
            at=now(),
        )  # fmt: skip
    text = text_of(visit_as(pals.charlie, "/nulage/"))
    assert f'href="/nulage/delprojekt/{own.pk}/"' in text
    assert "/None/" not in text and f"/nulage/delprojekt/{others.pk}/" not in text


def test_what_scrolls_sideways_keeps_its_hidden_words_inside() -> None:
    """A hidden word is placed absolutely: without a place of its own the table would widen the page on a phone."""
    style = Path(pluginnovation.web.__file__).with_name("static") / "pluginnovation.css"
    rule = re.search(r"^ *\.wide \{([^}]*)\}", style.read_text(encoding="utf-8"), re.MULTILINE)
    assert rule is not None
    assert "overflow-x: auto" in rule[1] and "position: relative" in rule[1]
