"""The pages of methods at the node: the same for every role, and all of it read here."""

import html
from dataclasses import replace

import pytest
from django.test import override_settings

from tests.unit.knowledge.made_up import BREAKS, COACH, METHODS, MORNING, catalogue_of

pytestmark = pytest.mark.django_db


def body(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def test_without_a_catalogue_the_page_says_what_to_do(pals, visit_as):
    page = body(visit_as(pals.asa, "/metoder/"))
    assert "Ingen katalog än." in page and "plug methods update" in page
    assert visit_as(pals.asa, "/metoder/morgonstart/").status_code == 404
    assert "Ingen metod är vald." in body(visit_as(pals.asa, "/metoder/jamfor/?m=morgonstart"))


def test_the_list_shows_each_method_with_its_certainty_and_says_where_nobody_has_measured(catalogue, pals, visit_as):
    page = body(visit_as(pals.asa, "/metoder/"))
    assert "<b>Tre metoder</b> finns att pröva." in page and "En är mätt här i regionen." in page
    assert page.index("Morgonstart med en vuxen") < page.index("Studiecoach") < page.index("Trygga raster")
    assert "Stämpelkort" not in page
    assert "−3,6 procentenheter (−6,0 till −1,2) frånvaron" in page
    assert "Mätt någon annanstans, inte här än." in page
    assert "Ingen har mätt det mot en jämförelse." in page
    assert "Där ingen har mätt" in page and "Motivation" in page


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("q=raster", ["Trygga raster"]),
        ("q=sena+ankomster", ["Morgonstart med en vuxen"]),
        ("q=kommer+sent", ["Morgonstart med en vuxen"]),
        ("problem=grades", ["Studiecoach"]),
        ("hinder=adults&niva=individual", ["Morgonstart med en vuxen", "Studiecoach"]),
        ("ar=4_6", ["Trygga raster"]),
        ("grupp=at_risk", ["Morgonstart med en vuxen"]),
        ("avsikt=preventive", ["Morgonstart med en vuxen"]),
        ("sakerhet=2", ["Morgonstart med en vuxen", "Studiecoach"]),
        ("sakerhet=3", []),
        ("problem=hittepa&sakerhet=99&ar=", ["Morgonstart med en vuxen", "Studiecoach", "Trygga raster"]),
        ("q=" + "a" * 10_000, []),
        ("q=%3Cscript%3Ealert(1)%3C/script%3E", []),
    ],
)
def test_words_and_filters_narrow_the_list(catalogue, pals, visit_as, query, titles):
    answer = visit_as(pals.hanna, f"/metoder/?{query}")
    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode()
    found = [
        title
        for title in ("Morgonstart med en vuxen", "Studiecoach", "Trygga raster")
        if f">{title}</a>" in body(answer)
    ]
    assert found == titles


def test_a_method_is_found_by_what_people_call_it_after_those_with_the_word_in_their_title(take, pals, visit_as):
    """Its other words come with the catalogue; they are searched, in either language, and never shown."""
    called = replace(COACH.sv, other_words="pluggkompis, raster med läraren")
    take(catalogue_of(MORNING, BREAKS, replace(COACH, sv=called, en=replace(called, other_words="study buddy"))))
    page = body(visit_as(pals.hanna, "/metoder/?q=pluggkompisar"))
    assert "Studiecoach" in page and "Trygga raster" not in page and "pluggkompis," not in page
    both = body(visit_as(pals.hanna, "/metoder/?q=raster"))
    assert both.index("Trygga raster") < both.index("Studiecoach")
    assert "Studiecoach" not in body(visit_as(pals.hanna, "/metoder/?q=buddy"))


def test_a_methods_page_keeps_local_and_external_evidence_apart_and_says_what_spoils_it(catalogue, pals, visit_as):
    page = body(visit_as(pals.rut, "/metoder/morgonstart/"))
    local, outside = page.split("Studier utifrån")[:2]
    assert "Frånvaron kan minska, men det är osäkert." in local and "3 ställen, 250 elever." in local
    assert "Vid 1 ställe rymmer intervallet ingen skillnad." in local
    assert "Om din skola prövar detta: troligen mellan −7,0 och −0,2 procentenheter." in local
    assert "Ett försök, 2019. Lottning, 412 elever." in outside
    assert "Samma vuxen varje gång." in page and "Lillköping" in page and "Granskad 1 oktober" in page
    empty = body(visit_as(pals.rut, "/metoder/trygga-raster/"))
    assert "Ingen har mätt det här i regionen än." in empty and "Inte granskad än." in empty


def test_a_withdrawn_method_is_still_read_but_says_that_and_what_to_do_instead(catalogue, pals, visit_as):
    page = body(visit_as(pals.asa, "/metoder/stampelkort/"))
    assert "<b>Återkallad.</b> Den gav mer frånvaro." in page
    assert 'href="/metoder/morgonstart/"' in page and "I stället:" in page


def test_methods_lie_side_by_side_at_most_four_and_unknown_ones_are_left_out(take, pals, visit_as):
    take(catalogue_of(*METHODS, replace(MORNING, key="en-till")))
    keys = ["morgonstart", "trygga-raster", "studiecoach", "stampelkort", "en-till", "finns-inte", "morgonstart"]
    page = body(visit_as(pals.asa, "/metoder/jamfor/?" + "&".join(f"m={key}" for key in keys)))
    assert page.count('scope="col"') == 4 and "<script" not in page
    assert "Bara 4 får plats" in page and "Fyra metoder sida vid sida." in page


def test_the_pages_speak_english_and_say_when_a_text_is_only_swedish(catalogue, pals, client):
    client.force_login(pals.asa)
    client.cookies["plug_language"] = "en"
    translated, other = (client.get(f"/metoder/{key}/") for key in ("morgonstart", "trygga-raster"))
    assert "Morning start with an adult" in body(translated) and "Absence may fall, but that is uncertain." in body(
        translated
    )
    assert "The text is in Swedish only." in body(other)


def test_a_link_to_the_hub_has_the_methods_address_and_nothing_else(catalogue, pals, visit_as):
    with override_settings(PLUG_HUB_URL="http://127.0.0.1:8001"):
        page = body(visit_as(pals.asa, "/metoder/morgonstart/?arende=1&elev=mira"))
    assert 'href="http://127.0.0.1:8001/metoder/morgonstart/" rel="noreferrer"' in page
    assert page.count("127.0.0.1:8001") == 2 and "8001/fall/sa/" in page
