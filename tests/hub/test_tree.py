"""Where pages stand is read once after a publication, and nothing old is ever shown: menu, crumbs, tongues, links."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from wagtail.models import Page, PageViewRestriction
from wagtail.rich_text import expand_db_html

from benchmarks.hub_bench import PATHS
from pluginnovation.web.knowledge.as_catalogue import methods
from pluginnovation.web.knowledge.models import CasePage, HomePage, MethodIndex, MethodPage, PlainPage
from pluginnovation.web.knowledge.pages import tree as standing
from pluginnovation.web.knowledge.pages.kept import _change_sign
from pluginnovation.web.knowledge.pages.tree import tree

METHOD, PAGE = "narvarorutin-i-steg", "/metoder/narvarorutin-i-steg/"

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 10


@pytest.fixture
def shared(monkeypatch, settings, tmp_path):
    """As in a server, where a page is not made inside a test's transaction; nobody else publishes meanwhile."""
    settings.PLUG_HOME = tmp_path
    monkeypatch.setattr(standing, "_may_be_taken_back", lambda: False)
    standing._known.clear()
    yield
    standing._known.clear()


def said(path=PAGE):
    return Client().get(path).content.decode()


def published(page, callbacks):
    with callbacks(execute=True):
        page.save_revision().publish()


def method(language="sv"):
    return MethodPage.objects.get(slug=METHOD, locale__language_code=language)


@pytest.mark.parametrize("path", PATHS)
def test_the_first_page_after_a_publication_asks_few_questions(path, shared):
    said(path)
    _change_sign()
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200
    assert len(asked) <= MOST_QUESTIONS, "\n".join(each["sql"][:90] for each in asked)


def test_where_pages_stand_is_asked_once_until_something_is_published(shared):
    first = tree()
    with CaptureQueriesContext(connection) as asked:
        assert tree() is first
    assert len(asked) == 0
    _change_sign()
    assert tree() is not first


def test_what_is_read_inside_a_transaction_is_shared_with_nobody():
    standing._known.clear()
    tree()
    assert standing._known == []


def test_no_reading_is_older_than_a_minute_even_where_the_sign_is_another_machines(shared, monkeypatch):
    first = tree()
    later = standing.time.monotonic() + standing.FRESH_SECONDS
    monkeypatch.setattr(standing.time, "monotonic", lambda: later)
    assert tree() is not first


def test_every_page_stands_where_wagtail_says(shared):
    found = {stand.pk: stand for stand in tree().stands}
    pages = list(Page.objects.live().specific())
    assert len(pages) > 80 and set(found) == {page.pk for page in pages}
    for page in pages:
        stand = found[page.pk]
        assert (stand.url or None, stand.title, stand.kind) == (page.url, page.title, type(page))
        above = [each.pk for each in page.get_ancestors().live().filter(depth__gt=2)]
        assert [each.pk for each in tree().above(page.path)] == above


def test_a_renamed_list_is_in_the_menu_and_the_crumbs_at_once(shared, django_capture_on_commit_callbacks):
    assert "Metoderna som finns" not in said()
    page = MethodIndex.objects.get(locale__language_code="sv")
    page.title = "Metoderna som finns"
    published(page, django_capture_on_commit_callbacks)
    assert '<p class="crumbs"><a href="/metoder/">Metoderna som finns</a></p>' in said()


def test_a_page_that_is_taken_down_leaves_its_address_its_links_and_the_switch_of_language(
    shared, django_capture_on_commit_callbacks
):
    other = method("en").url
    assert f'href="{other}"' in said() and Client().get(other).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        method("en").unpublish()
    assert f'href="{other}"' not in said() and Client().get(other).status_code == 404


def test_a_moved_page_is_read_at_its_new_address_and_the_old_one_leads_there(
    shared, django_capture_on_commit_callbacks
):
    page = PlainPage.objects.filter(locale__language_code="sv").first()
    old = page.url
    assert f'href="{old}"' in said("/")
    page.slug = "ny-adress"
    published(page, django_capture_on_commit_callbacks)
    assert 'href="/ny-adress/"' in said("/") and "/ny-adress/" in Client().get(old).headers["Location"]
    assert Client().get("/ny-adress/").status_code == 200


@pytest.mark.parametrize("slug", ["en-verkstad", "en-us", "sv-se", "en_sida"])
def test_a_swedish_page_whose_address_begins_like_a_language_is_read_in_swedish(slug):
    """Django's own middleware takes `/en-verkstad/` for English, and then finds no page there."""
    home = HomePage.objects.get(locale__language_code="sv")
    page = PlainPage(title="En verkstad", slug=slug, lead="Hur det gick.", locale=home.locale)
    home.add_child(instance=page)
    page.save_revision().publish()
    _change_sign()
    answer = Client().get(f"/{slug}/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert '<html lang="sv"' in answer.content.decode()
    assert answer.headers["Content-Language"] == "sv"
    assert Client().get(f"/en/{slug}/").status_code == 404
    assert '<html lang="en"' in Client().get("/en/").content.decode()


@pytest.mark.parametrize("slug", ["en", "sv", "sok", "redigera", "oppna-data", "konto", "vad-vet-vi"])
def test_a_page_can_not_take_an_address_that_the_hub_uses_itself(slug):
    page = PlainPage(title="Om oss", slug=slug, locale=HomePage.objects.first().locale)
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "slug" in refused.value.message_dict
    PlainPage(title="Om oss", slug="om-oss", locale=page.locale).clean()


def test_the_switch_of_language_leads_to_a_page_from_every_page():
    """To the same page where it is written in the other language, else to that language's first page."""
    pages = [stand.url for stand in tree().stands if stand.url and stand.depth > 1]
    assert len(pages) > 80
    switched = set()
    for url in [*pages, "/sok/?q=skolk", "/en/sok/?q=truancy", "/vad-vet-vi/", "/oppna-data/", "/metoder/jamfor/"]:
        links = set(re.findall(r'<a href="([^"]+)" hreflang="[a-z]{2}" lang=', said(url)))
        assert len(links) == 1, url
        switched |= links
    assert {url for url in switched if Client().get(url).status_code != 200} == set()


def test_a_draft_has_no_address_and_a_closed_page_is_wagtails_to_open(shared):
    page = method()
    draft = MethodPage(title="Ett utkast", slug="ett-utkast", live=False, locale=page.locale)
    page.get_parent().add_child(instance=draft)
    _change_sign()
    assert Client().get("/metoder/ett-utkast/").status_code == 404
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    _change_sign()
    assert not tree().open
    assert Client().get(PAGE).status_code == 302
    assert METHOD not in {one.key for one in methods()}


def test_pages_are_served_by_where_they_stand():
    assert resolve(PAGE).func.__module__ == "pluginnovation.web.knowledge.pages.serving"
    assert Client().post(PAGE).status_code == 405


def test_a_link_in_a_text_leads_to_the_readers_language_and_never_to_what_isnt_published(shared):
    from django.utils.translation import override

    page, lonely = method(), MethodPage.objects.get(slug="studiecoach", locale__language_code="sv")
    text = f'<a linktype="page" id="{page.pk}">x</a><a linktype="page" id="999999">y</a>'
    with override("en"):
        assert expand_db_html(text) == f'<a href="{method("en").url}">x</a><a>y</a>'
    with CaptureQueriesContext(connection) as asked:
        assert expand_db_html(text) == f'<a href="{PAGE}">x</a><a>y</a>'
    assert len(asked) == 0
    lonely.unpublish()
    _change_sign()
    assert expand_db_html(f'<a linktype="page" id="{lonely.pk}">z</a>') == "<a>z</a>"


def test_a_method_is_read_anew_when_its_page_its_english_one_or_a_case_changes_and_only_then():
    before = {one.key: one for one in methods()}
    assert all(one is before[one.key] for one in methods())
    english = method("en")
    english.lead = "A new sentence."
    english.save_revision().publish()
    after = {one.key: one for one in methods()}
    assert [key for key in after if after[key] is not before[key]] == [METHOD]
    assert after[METHOD].en.lead == "A new sentence."
    case = CasePage.objects.filter(locale__language_code="sv", methods__isnull=False).first()
    case.learnt = "Något nytt som vi lärde oss."
    case.save_revision().publish()
    again = {one.key: one for one in methods()}
    told = {one.slug for one in case.methods.all()}
    assert {key for key in again if again[key] is not after[key]} == told
    assert all(any(each.learnt_sv == case.learnt for each in again[key].experiences) for key in told)
    case.unpublish()
    assert not any(each.learnt_sv == case.learnt for one in methods() for each in one.experiences)
