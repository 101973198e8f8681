"""The editor speaks Swedish, all of it: Wagtail's words where its own Swedish has a gap, and ours everywhere else."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest
import wagtail
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils import translation

from pluginnovation.web.knowledge import editors
from pluginnovation.web.knowledge.models import EventPage, MethodPage
from pluginnovation.web.knowledge.models.reviewed import LeadPage

pytestmark = pytest.mark.django_db
OURS = Path(editors.__file__).parent / "locale" / "sv" / "LC_MESSAGES"
# What of Wagtail the hub shows; its pages of users and groups are closed.
PARTS = ("admin", "", "images", "documents", "contrib/redirects", "contrib/simple_translation", "snippets", "sites")


def said_in(path: Path, language: str) -> dict[str, tuple[str, ...]]:
    """Every text of a file with its translations; none where there is no such file."""
    if not path.exists():
        return {}
    found = {}
    for message in read_po(BytesIO(path.read_bytes()), locale=language):
        text = message.id if isinstance(message.id, str) else message.id[0]
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if text and not message.fuzzy:
            found[text] = strings
    return found


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_every_word_of_the_editor_has_swedish_and_none_of_ours_is_for_a_word_it_no_longer_says(domain):
    ours, every = said_in(OURS / f"{domain}.po", "sv"), set()
    missing = []
    for part in PARTS:
        folder = Path(wagtail.__file__).parent / part / "locale"
        says = said_in(folder / "en" / "LC_MESSAGES" / f"{domain}.po", "en")
        theirs = said_in(folder / "sv" / "LC_MESSAGES" / f"{domain}.po", "sv")
        every |= set(says)
        missing += [text for text in says if not all(theirs.get(text, ("",))) and not all(ours.get(text, ("",)))]
    assert every
    assert missing == []
    assert sorted(set(ours) - every) == []


def test_our_swedish_keeps_the_places_for_names_and_numbers_and_the_links():
    places, tags = re.compile(r"%\(\w+\)[sd]"), re.compile(r"<\w+")
    for domain in ("django", "djangojs"):
        for text, strings in said_in(OURS / f"{domain}.po", "sv").items():
            for string in strings:
                assert set(tags.findall(string)) == set(tags.findall(text)), text
            if len(strings) == 1:
                assert set(places.findall(strings[0])) == set(places.findall(text)), text


def test_kinds_of_pages_and_files_have_names_in_both_languages():
    kinds = [model for model in apps.get_models() if issubclass(model, LeadPage)]
    kinds += [apps.get_model("knowledge", name) for name in ("HubImage", "HubDocument")]
    assert len(kinds) > 15
    for kind in kinds:
        with translation.override("sv"):
            swedish = str(kind._meta.verbose_name)
        with translation.override("en"):
            english = str(kind._meta.verbose_name)
        assert swedish and english
        assert swedish != kind._meta.model_name and kind.__name__.lower() != english.replace(" ", "")


def test_a_report_names_kinds_of_pages_in_the_readers_language(as_role):
    page = as_role("editor").get("/redigera/reports/page-types-usage/").content.decode().lower()
    assert "lista över erfarenheter" in page and "case index" not in page and "method page" not in page


def test_one_s_own_settings_ask_for_what_the_hub_keeps_and_nothing_else(as_role):
    client = as_role("editor")
    page = client.get("/redigera/account/")
    html = page.content.decode()
    assert page.status_code == 200
    assert "preferred_language" in html
    assert "first_name" not in html and 'name="avatar' not in html and "current_time_zone" not in html
    chosen = {"locale-preferred_language": "en", "theme-theme": "dark", "theme-density": "default",
              "theme-contrast": "system"}  # fmt: skip
    assert client.post("/redigera/account/", chosen).status_code == 302
    assert "Settings" in client.get("/redigera/account/").content.decode()


def test_the_editors_scripts_are_told_the_swedish_words(as_role):
    words = as_role("contributor").get("/redigera/jsi18n/").content.decode()
    assert "N\\u00e4tet svarar inte." in words and "Spara" in words


def test_the_first_page_names_the_person_and_the_school_and_leads_to_nobody_elses_guide(as_role):
    home = as_role("contributor").get("/redigera/").content.decode()
    assert "Demons skribent" in home and "Ekbackens gymnasium" in home
    assert "guide.wagtail.org" not in home and "demo:contributor" not in home


def table_of(html: str) -> str:
    """What differs, of a page that compares."""
    return html[html.rindex("<tbody") : html.rindex("</tbody>")]


def test_two_versions_are_compared_in_the_words_of_the_form(as_role):
    method = MethodPage.objects.live().filter(locale__language_code="sv").first()
    first = method.save_revision()
    method.lead, method.problems, method.cost_unit = "En annan ingress.", ["absence", "language"], "pupil"
    method.next_review = None
    second = method.save_revision(clean=False)
    path = f"/redigera/pages/{method.pk}/revisions/compare/{first.pk}...{second.pk}/"
    html = table_of(as_role("editor").get(path).content.decode())
    assert "Ingress:" in html and "Problem:" in html
    assert "Språket i undervisningen" in html
    assert "Lead:" not in html and "Reviewed on" not in html and "None" not in html and "['" not in html


def test_a_day_that_is_set_is_compared_as_a_day(as_role):
    event = EventPage.objects.live().first()
    first = event.save_revision()
    event.registration_closes = event.starts
    second = event.save_revision(clean=False)
    path = f"/redigera/pages/{event.pk}/revisions/compare/{first.pk}...{second.pk}/"
    html = table_of(as_role("editor").get(path).content.decode())
    assert "Sista anmälan:" in html and "None" not in html and "+00:00" not in html


def test_every_field_of_text_says_its_blocks_name_and_a_file_s_words_have_a_plain_field(as_role):
    """Wagtail draws a block's name as a heading that its field isn't tied to."""
    client = as_role("editor")
    method = MethodPage.objects.live().filter(locale__language_code="sv").first()
    page = html.unescape(client.get(f"/redigera/pages/{method.pk}/edit/").content.decode())
    named = {name: f'aria-label=\\"{name}\\"' in page for name in ("Punkt", "Tid", "Utbildning")}
    assert named == {"Punkt": True, "Tid": True, "Utbildning": True}
    for kind in ("images", "documents"):
        form = client.get(f"/redigera/{kind}/add/").content.decode()
        assert "w-tag" not in form and 'for="id_tags"' in form and "med komma emellan" in form
