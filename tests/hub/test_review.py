"""From a contributor's draft past somebody at another school to an editor, who publishes; and read anew in time."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from wagtail.models import Locale, Page

from pluginnovation.web.knowledge.due import due_pages, forget_registrations, remind
from pluginnovation.web.knowledge.editors.models import Editor
from pluginnovation.web.knowledge.experience import Experience, draft_of
from pluginnovation.web.knowledge.models import CasePage, EventPage, GuidePage, MethodPage, Registration
from tests.hub.standing import AT

pytestmark = pytest.mark.django_db
TOLD = {"situation": "Många var borta.", "did": "Mentor ringde.", "learnt": "Ring samma dag."}


def draft(title: str = "Vi ringde samma dag") -> CasePage:
    """A draft by the demo's contributor, handed in."""
    author = Editor.objects.get(login="demo:contributor")
    return draft_of(Experience(title=title, lead="Mentor ringde.", told=TOLD), by=author, at=AT)


def act(client: Client, page: Page, action: str) -> int:
    """What a reviewer does with a page at the step where it is."""
    state = Page.objects.get(pk=page.pk).current_workflow_task_state
    path = f"/redigera/pages/workflow/action/{page.pk}/{action}/{state.pk}/"
    return client.post(path, {"comment": "Bra"}, headers={"X-Requested-With": "XMLHttpRequest"}).status_code


def test_a_page_goes_from_contributor_past_another_school_to_the_editor(as_role):
    page = draft()
    assert not page.live
    assert act(as_role("peer_reviewer"), page, "approve") == 200
    assert not CasePage.objects.get(pk=page.pk).live
    assert act(as_role("editor"), page, "approve") == 200
    shown = CasePage.objects.get(pk=page.pk)
    assert shown.live
    assert not shown.not_yet_reviewed
    assert shown.reviewer_role == "Granskare på en annan skola"
    assert shown.version == "1"
    assert "Demons" not in Client().get(shown.url).content.decode()


def test_a_reviewer_at_the_authors_own_school_can_not_review(as_role):
    page = draft()
    Editor.objects.filter(login="demo:peer_reviewer").update(school=" EKBACKENS gymnasium")
    client = as_role("peer_reviewer")
    act(client, page, "approve")
    assert Page.objects.get(pk=page.pk).current_workflow_task_state.task.specific.name == "Granskning på en annan skola"
    assert CasePage.objects.get(pk=page.pk).get_latest_revision_as_object().not_yet_reviewed


def test_a_page_offers_methods_in_its_own_language_by_title_and_what_it_names_already(as_role):
    """A Swedish page the Swedish ones alone; an English page those in English, and in Swedish what isn't in English."""
    client = as_role("editor")

    def offered(page):
        body = client.get(f"/redigera/pages/{page.pk}/edit/").content.decode()
        numbers = [int(one) for one in re.findall(r'name="methods" value="(\d+)"', body)]
        found = MethodPage.objects.select_related("locale").in_bulk(numbers)
        return [found[number] for number in numbers]

    swedish = offered(GuidePage.objects.get(slug="bemotande", locale__language_code="sv"))
    assert len(swedish) == MethodPage.objects.live().filter(locale__language_code="sv").count()
    assert {one.locale.language_code for one in swedish} == {"sv"}
    english = offered(GuidePage.objects.get(slug="bemotande", locale__language_code="en"))
    assert len(english) == len({one.translation_key for one in english}) == len(swedish)
    assert {one.title for one in english} >= {"Study coach", "Trygga raster och korridorer"}


def test_the_help_is_the_hubs_own_and_leads_to_nobody_elses_pages(as_role):
    client = as_role("contributor")
    home = client.get("/redigera/").content.decode()
    assert "/redigera/sa-skriver-ni/" in home and "whats-new-in-wagtail" not in home and "editor-guide" not in home
    page = client.get("/redigera/sa-skriver-ni/").content.decode()
    assert "Någon på en annan skola läser" in page and 'href="/redigera/erfarenhet/"' in page
    assert Client().get("/redigera/sa-skriver-ni/").status_code == 302


@pytest.mark.parametrize("role", ["contributor", "peer_reviewer"])
def test_nobody_but_an_editor_publishes(as_role, role):
    page, client = draft(), as_role(role)
    act(client, page, "approve")
    act(client, page, "approve")
    client.post(f"/redigera/pages/{page.pk}/publish/", {})
    assert not CasePage.objects.get(pk=page.pk).live
    user = Editor.objects.get(login=f"demo:{role}")
    assert not page.permissions_for_user(user).can_publish()
    assert not page.permissions_for_user(user).can_unpublish()


def test_a_contributor_can_not_say_that_a_page_was_reviewed(as_role):
    page = draft()
    html = as_role("contributor").get(f"/redigera/pages/{page.pk}/edit/").content.decode()
    assert "reviewed_on" not in html
    assert 'name="reviewed_on"' in as_role("editor").get(f"/redigera/pages/{page.pk}/edit/").content.decode()


def test_changes_can_be_asked_for_and_versions_compared(as_role):
    page = draft()
    assert act(as_role("peer_reviewer"), page, "reject") == 200
    assert Page.objects.get(pk=page.pk).current_workflow_state.status == "needs_changes"
    first = page.latest_revision
    page.lead = "Mentor ringde samma dag."
    second = page.save_revision()
    compared = as_role("editor").get(f"/redigera/pages/{page.pk}/revisions/compare/{first.pk}...{second.pk}/")
    assert b"samma dag" in compared.content


def test_publishing_counts_the_version_and_a_moved_page_leaves_a_redirect(django_capture_on_commit_callbacks):
    page = CasePage.objects.live().filter(locale__language_code="sv").first()
    before, old = int(page.version), page.url
    page.slug = "ett-annat-namn"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    shown = CasePage.objects.get(pk=page.pk)
    assert int(shown.version) == before + 1
    moved = Client().get(old)
    assert (moved.status_code, moved.url) == (301, shown.url)


def test_the_key_of_a_published_method_can_not_be_changed():
    from django.core.exceptions import ValidationError

    page = MethodPage.objects.live().first()
    page.slug = "ny-nyckel"
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "slug" in refused.value.message_dict


@pytest.mark.parametrize(
    ("field", "value", "where"),
    [
        ("problems", ["skolkare"], "problems"),
        ("intent", "punitive", "intent"),
        ("withdrawn_on", date(2026, 1, 1), "withdrawn_why"),
        ("cost_low", 10**6, "cost_high"),
        ("kind", "magic", "kind"),
        ("external_locks", 6, "external_locks"),
        ("lead", "<script>alert(1)</script>", "lead"),
        ("lead", "=SUM(A1:A9)", "lead"),
        ("lead", "@cmd", "lead"),
        ("title", "\u202eknalb", "title"),
    ],
)
def test_a_page_that_can_not_be_meant_is_refused(field, value, where):
    from django.core.exceptions import ValidationError

    page = MethodPage.objects.live().first()
    page.cost_high = 1 if field == "cost_low" else page.cost_high
    setattr(page, field, value)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert where in refused.value.message_dict


def test_a_due_review_is_told_once_and_shown_on_the_editors_first_page(as_role, settings):
    settings.EMAIL_HOST, settings.EMAIL_BACKEND = "mail.example", "django.core.mail.backends.locmem.EmailBackend"
    Editor.objects.filter(login="demo:editor").update(email="red@example.se")
    MethodPage.objects.update(next_review=None)
    page = MethodPage.objects.live().first()
    MethodPage.objects.filter(pk=page.pk).update(next_review=AT.date() - timedelta(days=1))
    expected = len(due_pages(AT.date()))
    told = remind(at=AT)
    assert (told.pages, told.told) == (expected, 1)
    assert page.title in mail.outbox[0].body
    assert remind(at=AT).pages == 0
    assert page.title in as_role("editor").get("/redigera/").content.decode()
    assert "Ska granskas igen" not in as_role("contributor").get("/redigera/").content.decode()


def test_a_registration_is_forgotten_thirty_days_after_the_event():
    event, start = EventPage.objects.first(), datetime(2026, 5, 1, tzinfo=UTC)
    EventPage.objects.filter(pk=event.pk).update(starts=start, ends=None)
    Registration.objects.create(event=event, name="A", email="a@example.se", token="t", at=start)
    assert forget_registrations(at=start + timedelta(days=30)) == 0
    assert forget_registrations(at=start + timedelta(days=30, seconds=1)) == 1


def test_a_page_and_its_translation_are_tied_and_translated_as_drafts(as_role):
    page = draft()
    path = f"/redigera/translation/submit/page/{page.pk}/"
    assert as_role("editor").get(path).status_code == 200
    english = MethodPage.objects.filter(locale__language_code="en").first()
    swedish = MethodPage.objects.get(translation_key=english.translation_key, locale__language_code="sv")
    assert english.slug == swedish.slug
    assert english.url.startswith("/en/")
    assert not swedish.url.startswith("/en/")


def test_a_translation_is_written_handed_in_read_and_published_and_the_swedish_page_leads_to_it(
    as_role, django_capture_on_commit_callbacks
):
    done = MethodPage.objects.filter(locale__language_code="en").values("translation_key")
    swedish = MethodPage.objects.live().filter(locale__language_code="sv").exclude(translation_key__in=done).first()
    writer, english = as_role("editor"), Locale.objects.get(language_code="en")
    assert f'href="/en/methods/{swedish.slug}/"' not in Client().get(swedish.url).content.decode()
    sent = writer.post(f"/redigera/translation/submit/page/{swedish.pk}/", {"locales": [english.pk]})
    page = MethodPage.objects.get(translation_key=swedish.translation_key, locale=english)
    assert (sent.status_code, page.live, page.slug) == (302, False, swedish.slug)
    path = f"/redigera/pages/{page.pk}/edit/"
    page.title, page.lead = "The first hour", "Somebody meets everybody at the door."
    page.save_revision(user=Editor.objects.get(login="demo:editor"))
    page.get_workflow().start(page, Editor.objects.get(login="demo:editor"))
    assert act(as_role("peer_reviewer"), page, "approve") == 200
    assert 'data-workflow-action-name="approve"' not in writer.get(path).content.decode()
    act(writer, page, "approve")
    assert not MethodPage.objects.get(pk=page.pk).live
    with django_capture_on_commit_callbacks(execute=True):
        assert act(as_role("second_editor"), page, "approve") == 200
    shown = Client().get(f"/en/methods/{swedish.slug}/").content.decode()
    assert "<h1>The first hour</h1>" in shown and f'href="{swedish.url}"' in shown
    assert f'href="/en/methods/{swedish.slug}/"' in Client().get(swedish.url).content.decode()
