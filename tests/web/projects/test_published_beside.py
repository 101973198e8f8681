"""An analysis stands beside what is published of its municipality and region; a municipality makes one of its own."""

import pytest

from pluginnovation.projects.analysis_words import FACTORS, ROUTINES
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent, Duty, Organisation, User
from pluginnovation.web.projects.models import Analysis, PublishedFigure
from pluginnovation.web.projects.published_read import take_in_published
from tests.pals import HOME
from tests.unit.projects.test_published_figures import answer, one
from tests.web.projects.analysed import AT, counted_at
from tests.web.projects.test_current_state_pages import MODEL, at, text_of


def taken(*values, region=""):
    return take_in_published(answer(*values), region=region, source="Kolada", by=None, at=AT)


@pytest.fixture
def kaisa(pals):
    """Who answers for youths in the municipality."""
    kaisa = User.objects.create(login="kaisa", name="Kaisa")
    home = Organisation.objects.get(organisation_type="Huvudman", municipality=HOME)
    Duty.objects.create(user=kaisa, role="youth_coordinator", organisation=home)
    return kaisa


def test_the_published_figures_stand_beside_ones_own_with_year_source_and_how(pals, visit_as):
    counted_at(pals)
    text = text_of(visit_as(pals.petra, at(pals)))
    assert "Inga publicerade siffror" in text and "plug projects read-published" in text and "Källa" not in text
    region = f"00{HOME[:2]}"
    taken(one(place=HOME, value=81.5), one(place=region, value=84.9), one(place="0000", value=None),
          one(kpi="N17461", place=region, year=2024, value=70.2))  # fmt: skip
    text = text_of(visit_as(pals.petra, at(pals)))
    assert "Källa: Kolada, läst " in text and "Inga publicerade siffror" not in text
    assert "Behöriga till yrkesprogram, årskurs 9, 2025" in text and "Alla som bor i kommunen" in text
    assert "81,5 %" in text and "84,9 %" in text and "inte publicerat" in text and "70,2 %" in text


def test_a_saved_version_keeps_what_was_published_then_and_a_revision_comes_with_the_newest(pals, visit_as):
    counted_at(pals)
    taken(one(place=HOME, value=81.5))
    assert visit_as(pals.petra, at(pals, "skriv/problem/"), version="0", ord="Långt bort.").status_code == 302
    taken(one(place=HOME, value=82.6))
    assert PublishedFigure.objects.count() == 1
    assert "81,5 %" in text_of(visit_as(pals.petra, at(pals)))
    visit_as(pals.petra, at(pals, "fyll-i/"), nu="1")
    assert "82,6 %" in text_of(visit_as(pals.petra, at(pals)))


def test_a_group_of_municipalities_is_shown_as_the_region_and_said_to_be_unweighted(pals, visit_as):
    counted_at(pals)
    taken(one(place=HOME, value=81.5), one(place="G128683", value=86.1), one(place=f"00{HOME[:2]}", value=84.9),
          region="G128683")  # fmt: skip
    text = text_of(visit_as(pals.petra, at(pals)))
    assert "86,1 %" in text and "ovägt medelvärde" in text and "84,9 %" not in text


def test_a_file_that_cannot_be_read_changes_nothing(pals):
    taken(one(place=HOME, value=81.5))
    with pytest.raises(Refusal):
        taken(one(place=HOME, value=82.0), one(value="x"))
    assert PublishedFigure.objects.get().tenths == 815
    assert AuditEvent.objects.filter(action="take_in_published").count() == 1


def test_a_municipality_makes_an_analysis_of_its_own(pals, visit_as, kaisa):
    counted_at(pals)
    taken(one(place=HOME, value=81.5))
    here = f"/nulage/kommun/{HOME}/"
    assert here in visit_as(kaisa, "/nulage/").content.decode()
    text = text_of(visit_as(kaisa, here))
    assert "Skola för skola" in text and "Björkskolan" in text and "81,5 %" in text
    forms = {
        "rutiner": {f"svar-{key}": "in_place" for key in ROUTINES},
        "faktorer": {f"svar-{key}": "strong" for key in FACTORS}, "problem": {"ord": "Bytet till gymnasiet."},
        "modell": MODEL,
    }  # fmt: skip
    for version, (part, form) in enumerate(forms.items()):
        assert visit_as(kaisa, f"{here}skriv/{part}/", version=str(version), **form).status_code == 302
    # The region reads it when it is done, and not before; a school reads it never.
    assert visit_as(pals.rut, here).status_code == 404
    assert visit_as(kaisa, f"{here}klar/", nu="1").status_code == 302
    assert Analysis.objects.exclude(done_at=None).get().municipality == HOME
    assert "Bytet till gymnasiet." in text_of(visit_as(pals.rut, here))
    assert here in visit_as(pals.rut, "/nulage/").content.decode()
    assert visit_as(pals.petra, here).status_code == 404
    assert visit_as(kaisa, "/nulage/kommun/9999/").status_code == 404
    assert visit_as(kaisa, at(pals)).status_code == 404
