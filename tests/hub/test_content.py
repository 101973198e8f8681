"""The pages that come along say what they rest on, count right, and can be put in again without harm."""

import re
import tomllib

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page, ReferenceIndex

from pluginnovation.knowledge import vocabulary
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.web.knowledge import written
from pluginnovation.web.knowledge.demo_estimates import SITES
from pluginnovation.web.knowledge.fields import BlocksField
from pluginnovation.web.knowledge.models import CasePage, MethodPage, SeededPage
from pluginnovation.web.knowledge.seeding import seed
from tests.hub.standing import AT

FILES = list(written.every())
METHODS = [one for one in FILES if one.folder == "methods"]
LEAST = {"methods": 25, "research": 10, "guides": 5, "cases": 5, "events": 1, "news": 1, "plain": 4}


def everything_in(one: written.Written) -> str:
    return " ".join(str(part) for texts in one.texts.values() for part in texts.values())


@pytest.mark.parametrize("folder", LEAST)
def test_there_are_enough_pages_of_each_kind(folder):
    assert sum(one.folder == folder for one in FILES) >= LEAST[folder]


def test_ten_methods_are_written_in_english_too():
    assert sum("en" in one.texts for one in METHODS) >= 10


def test_what_the_region_has_measured_is_written_in_english_too():
    """The methods that a visitor from abroad meets first: those with the region's own figures."""
    written_in = {one.slug: set(one.texts) for one in METHODS}
    assert [slug for slug in SITES if written_in[slug] != {"sv", "en"}] == []


@pytest.mark.parametrize("one", METHODS, ids=lambda one: one.slug)
def test_a_method_is_sorted_by_known_words_and_says_how_it_is_done(one):
    for name in ("problems", "obstacles", "years", "target_groups", "settings", "factors"):
        assert vocabulary.unknown(vocabulary.LISTS[name], one.facts[name]) == []
    for name in ("intent", "reach", "level"):
        assert one.facts[name] in vocabulary.LISTS[name]
    assert one.facts["kind"] in BY_KEY
    for texts in one.texts.values():
        assert len(texts["steps"]) >= 3
        assert len(texts["fidelity"]) >= 3
        assert texts["when_not"]
        assert texts["reasons"]


@pytest.mark.parametrize("one", METHODS, ids=lambda one: one.slug)
def test_a_method_is_as_sure_as_its_studies_allow(one):
    """Without a comparison nothing is known; nothing from abroad alone is more than uncertain."""
    designs = {study["design"] for study in one.facts.get("study", ())}
    compared = designs - {"before_after", "experience"}
    assert (one.facts["external_locks"] > 0) == bool(compared)
    assert one.facts["external_locks"] <= 2
    for study in one.facts.get("study", ()):
        assert study["citation"]
        assert study["effect_sv"]
        assert study["effect_en"]


def test_a_case_has_a_source_or_is_called_an_invented_example():
    for one in FILES:
        if one.folder == "cases":
            assert bool(one.facts["source"]) != one.facts["made_up"]
            assert one.texts["sv"]["title"].startswith("Påhittat exempel") == one.facts["made_up"]
        if one.folder == "events":
            assert one.texts["sv"]["title"].startswith("Påhittat exempel")
            assert "påhittad" in one.facts["place"] or "påhittat" in one.facts["place"]


def test_what_the_news_count_is_there():
    counted = {folder: sum(one.folder == folder for one in FILES) for folder in LEAST}
    unknown = sum(one.facts["external_locks"] == 0 for one in METHODS)
    opened = next(one for one in FILES if one.slug == "kunskapsbanken-oppnar")
    assert f"{counted['methods']} metoder, {counted['research']} sammanfattningar" in everything_in(opened)
    missing = next(one for one in FILES if one.slug == "vi-vet-inte")
    assert missing.texts["sv"]["title"].startswith(f"{unknown} av {counted['methods']} metoder")


@pytest.mark.parametrize(
    ("slug", "keys"),
    [
        ("program-mot-avbrott", ["wilson/all", "wilson/design/randomized", "wilson/design/matched",
                                 "wilson/design/non_random_non_matched", "wilson/carried_out/no_apparent_problems",
                                 "wilson/carried_out/possible_problems", "wilson/carried_out/clear_problems"]),
        ("larares-forvantningar", ["expectations/new_to_each_other", "expectations/know_each_other"]),
        ("narvaro-och-betyg", ["attendance/grades"]),
        ("lovskola", ["wwc/summer_course"]),
        ("ekonomisk-beloning", ["wwc/money_for_staying"]),
        ("hogskolekurs-i-gymnasiet", ["wwc/courses_of_the_next_level"]),
        ("liten-skola-i-skolan", ["wwc/school_within_a_school"]),
        ("praktik-och-studier", ["wwc/second_chance_with_work"]),
    ],
)  # fmt: skip
def test_a_number_that_was_computed_stands_on_its_page_as_it_was_computed(slug, keys):
    numbers = tomllib.loads((written.CONTENT / "numbers.toml").read_text(encoding="utf-8"))
    one = next(each for each in FILES if each.slug == slug)
    text = f"{one.facts} {everything_in(one)}"
    for key in keys:
        told = {name: f"{numbers[key][name]:.2f}".replace(".", ",") for name in ("estimate", "low", "high")}
        assert told["estimate"] in text, key
        assert f"{told['low']} till {told['high']}" in text, key


def lines_of(body: str) -> dict[str, int]:
    """How many headings, points, figures and paragraphs a body has."""
    marks = [line.split(" ")[0] for line in body.splitlines() if line]
    return {mark: marks.count(mark) for mark in ("##", "-", "=")} | {"text": sum(m not in "##-=" for m in marks)}


def test_a_published_share_says_what_it_is_a_share_of():
    for one in FILES:
        for texts in one.texts.values():
            for line in texts.get("body", "").splitlines():
                label, value, of = ([*line[2:].split("|"), "", ""])[:3] if line.startswith("= ") else ("", "", "")
                shares = "procent" in value.replace("procentenheter", "") or "per cent" in value
                assert of.strip() or not shares, f"{one.slug}: {label}"


def test_the_english_of_a_page_says_as_much_as_the_swedish():
    for one in FILES:
        if "en" not in one.texts:
            continue
        sv, en = one.texts["sv"], one.texts["en"]
        assert lines_of(sv.get("body", "")) == lines_of(en.get("body", "")), one.slug
        for name in ("steps", "roles", "material", "fidelity", "reasons", "checklist"):
            assert len(sv.get(name, ())) == len(en.get(name, ())), f"{one.slug}: {name}"


def test_an_english_page_names_its_studies_in_english():
    swedish = re.compile(r"\b(?:och|om|med|av|på|granskning|granskningar|Granskade|Egen|Försöket|delrapport)\b|m\.fl\.")
    for one in FILES:
        for study in one.facts.get("study", ()) if "en" in one.texts else ():
            told = (study.get("source_en", study["source"]), study.get("citation_en", study["citation"]))
            assert [words for words in told if swedish.search(words)] == [] or "(in Swedish)" in told[1], one.slug


def test_every_link_within_a_page_leads_to_another():
    slugs = {one.slug for one in FILES}
    for one in FILES:
        for texts in one.texts.values():
            assert set(written.links_in(texts.get("body", ""))) <= slugs, one.slug
        assert set(one.facts.get("methods", ())) <= {method.slug for method in METHODS}, one.slug


def test_a_text_is_markup_of_its_own_and_never_html():
    for one in FILES:
        assert not re.search(r"<\w+|&\w+;|https?://", everything_in(one)), one.slug
    blocks = written.body_of("## Rubrik\n<b>fet</b> & [ord](x) [till](y)\n- a\n- b\n", {"x": 7})
    assert [one["type"] for one in blocks] == ["heading", "text", "points"]
    assert blocks[1]["value"] == '<p>&lt;b&gt;fet&lt;/b&gt; &amp; <a linktype="page" id="7">ord</a> till</p>'
    assert blocks[2]["value"] == ["a", "b"]


def test_a_number_stays_on_one_line_with_its_thousands_and_its_unit():
    text = next(one for one in FILES if one.slug == "unga-utan-skola").texts["sv"]["body"]
    assert "46\u00a0300" in text
    assert "10\u00a0procent" in text
    assert not re.search(r"\d \d{3}\b", text)


def test_a_figure_without_its_source_is_refused():
    with pytest.raises(ValueError, match="5 parts"):
        written.body_of("= Närvaro | 85 procent | elever | 2024", {})


@pytest.mark.django_db
def test_every_block_of_every_page_passes_what_the_editor_asks_of_it():
    wrong = []
    for page in Page.objects.live().specific():
        for field in page._meta.get_fields():
            if isinstance(field, BlocksField):
                value = getattr(page, field.name)
                try:
                    value.stream_block.clean(value)
                except ValidationError as error:
                    wrong.append(f"{page.slug} {field.name}: {error.as_json() if hasattr(error, 'as_json') else error}")
    assert not wrong


@pytest.mark.django_db
def test_seeding_again_changes_nothing():
    before = Page.objects.count(), Page.objects.order_by("-latest_revision_created_at").first().latest_revision_id
    assert seed(at=AT) == 0
    after = Page.objects.count(), Page.objects.order_by("-latest_revision_created_at").first().latest_revision_id
    assert before == after


@pytest.mark.django_db
def test_a_page_that_somebody_changed_is_left_alone_and_another_is_brought_up_to_date(django_user_model):
    own = MethodPage.objects.get(slug="studiecoach", locale__language_code="sv")
    own.lead = "Vår egen ingress."
    own.save_revision(user=django_user_model.objects.first()).publish()
    other = MethodPage.objects.get(slug="lovskola", locale__language_code="sv")
    SeededPage.objects.filter(page__in=[own.pk, other.pk]).update(print="an older file")
    MethodPage.objects.filter(pk=other.pk).update(lead="Gammal ingress.")
    assert seed(at=AT) == 1
    own.refresh_from_db()
    other.refresh_from_db()
    assert own.lead == "Vår egen ingress."
    assert other.lead.startswith("Undervisning under lovet")


@pytest.mark.django_db
def test_a_page_that_was_taken_away_comes_back_when_it_is_seeded_again():
    CasePage.objects.get(slug="hela-mandagen").delete()
    assert seed(at=AT) == 1
    assert CasePage.objects.get(slug="hela-mandagen").methods.count() == 2


@pytest.mark.django_db
def test_the_editor_knows_which_pages_lead_to_a_page():
    linked = MethodPage.objects.get(slug="ekonomisk-beloning", locale__language_code="sv")
    leading = {str(source) for source, _ in ReferenceIndex.get_grouped_references_to(linked)}
    assert "Pengar för examen: ett försök i Israel" in leading


@pytest.mark.django_db
def test_pages_of_two_languages_are_tied_and_have_the_same_key():
    for english in MethodPage.objects.filter(locale__language_code="en"):
        swedish = english.get_translations().get()
        assert (swedish.slug, swedish.specific.key) == (english.slug, english.key)
        assert swedish.specific.problems == english.problems


@pytest.mark.django_db
def test_a_study_is_named_in_the_language_of_the_page_that_tells_of_it():
    told = {
        page.locale.language_code: page.external[0].value["source"]
        for page in MethodPage.objects.filter(slug="lovskola")
    }
    assert (told["sv"].split(" STEP")[0], told["en"].split(" STEP")[0]) == (
        "What Works Clearinghouse om",
        "What Works Clearinghouse on",
    )
