"""Publication by two: whoever wrote the last change of a page doesn't publish it, whichever way it is tried."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now
from wagtail.models import Page, PageLogEntry
from wagtail.test.utils.form_data import rich_text

from pluginnovation.web.knowledge.by_two import NotByTwo, may_publish, writer_of
from pluginnovation.web.knowledge.editors.models import Editor
from pluginnovation.web.knowledge.models import NewsIndex, NewsPage, SecondPerson
from tests.hub.test_review import act, draft

pytestmark = pytest.mark.django_db
SAID = "den som skrev sist publicerar inte själv"


def editor(name: str = "editor") -> Editor:
    return Editor.objects.get(login=f"demo:{name}")


def page() -> NewsPage:
    """A published page that nobody wrote, of two blocks."""
    one = NewsPage.objects.live().filter(locale__language_code="sv").order_by("pk").first()
    one.body = [("heading", "Nytt här"), ("text", "<p>Läs <b>mer</b>.</p>")]
    one.save_revision().publish()
    return NewsPage.objects.get(pk=one.pk)


def filled(client: Client, path: str) -> dict[str, list[str]]:
    """The fields of Wagtail's form as a browser would send them back."""
    html, sent = client.get(path).content.decode(), {}
    for tag in re.findall(r"<input [^>]*>", html):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        ticked = told.get("type") not in ("checkbox", "radio") or re.search(r"\bchecked\b", tag)
        if told.get("name") and ticked and told.get("type") not in ("file", "submit"):
            sent.setdefault(told["name"], []).append(unescape(told.get("value", "")))
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S):
        sent[name] = [unescape(inner).removeprefix("\n").replace("\n", "\r\n")]
    for name, inner in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        sent[name] = re.findall(r'value="([^"]*)"[^>]*\bselected', inner)
    return sent


def blocks(one: Page) -> dict[str, str]:
    """The blocks of a page's latest draft, which a browser fills in by script."""
    body, sent = Page.objects.get(pk=one.pk).get_latest_revision_as_object().body, {}
    for place, block in enumerate(body.raw_data):
        value = rich_text(block["value"]) if block["type"] == "text" else block["value"]
        told = {"type": block["type"], "id": block["id"], "order": place, "deleted": "", "value": value}
        sent |= {f"body-{place}-{name}": one for name, one in told.items()}
    return sent | {"body-count": len(body.raw_data)}


def send(client: Client, one: Page, button: str, **changed: str):
    path = f"/redigera/pages/{one.pk}/edit/"
    return client.post(path, {**filled(client, path), **blocks(one), **changed, button: "1"}, follow=True)


def lead_of(one: Page) -> str:
    return NewsPage.objects.get(pk=one.pk).lead


def tried(one: Page) -> int:
    return PageLogEntry.objects.filter(page=one.pk, action="knowledge.publish_refused").count()


def test_an_editor_can_not_publish_a_change_of_the_own_and_another_can(as_role):
    one, first, second = page(), as_role("editor"), as_role("second_editor")
    before = lead_of(one)
    answer = send(first, one, "action-publish", lead="Ny ingress.")
    assert SAID in answer.content.decode()
    assert lead_of(one) == before and tried(one) == 1
    html = first.get(f"/redigera/pages/{one.pk}/edit/").content.decode()
    assert 'name="action-publish"' not in html and "En annan redaktör publicerar" in html
    assert one.title in second.get("/redigera/").content.decode().partition("vantar-pa-annan")[2]
    assert "vantar-pa-annan" not in first.get("/redigera/").content.decode()
    done = send(second, one, "action-publish")
    assert SAID not in done.content.decode()
    assert lead_of(one) == "Ny ingress."
    log = PageLogEntry.objects.filter(page=one.pk, action="wagtail.publish").latest("pk")
    assert log.user == editor("second_editor") and writer_of(log.revision) == editor().pk


def test_the_form_sent_by_hand_without_a_button_saves_a_draft(as_role):
    one, client = page(), as_role("editor")
    before = lead_of(one)
    send(client, one, "action-save", lead="Ny ingress.")
    send(client, one, "action-publish", lead="Ny ingress.")
    assert lead_of(one) == before
    assert NewsPage.objects.get(pk=one.pk).has_unpublished_changes


def test_who_changes_a_word_before_publishing_has_written_last(as_role):
    one = page()
    before = lead_of(one)
    send(as_role("editor"), one, "action-save", lead="Ny ingress.")
    answer = send(as_role("second_editor"), one, "action-publish", lead="Ny, rättad ingress.")
    assert SAID in answer.content.decode() and lead_of(one) == before
    send(as_role("editor"), one, "action-publish")
    assert lead_of(one) == "Ny, rättad ingress."


def test_saving_somebody_elses_text_again_makes_nobody_its_writer(as_role):
    one = page()
    send(as_role("editor"), one, "action-save", lead="Ny ingress.")
    send(as_role("second_editor"), one, "action-save")
    latest = Page.objects.get(pk=one.pk).get_latest_revision()
    assert latest.user == editor("second_editor")
    assert not may_publish(latest, editor()) and may_publish(latest, editor("second_editor"))
    with pytest.raises(NotByTwo):
        latest.publish(user=editor())


def test_a_new_page_can_not_be_written_and_published_in_one_go(as_role):
    above, client = NewsIndex.objects.filter(locale__language_code="sv").first(), as_role("editor")
    path = f"/redigera/pages/add/knowledge/newspage/{above.pk}/"
    html = client.get(path).content.decode()
    assert 'name="action-publish"' not in html and "En annan redaktör publicerar" in html
    sent = {**filled(client, path), "title": "Nytt", "slug": "nytt", "lead": "Kort.", "body-count": "0"}
    client.post(path, {**sent, "day": "2026-11-22", "action-publish": "1"})
    assert not NewsPage.objects.get(slug="nytt").live


def bulk(client: Client, *pages: Page):
    query = "&".join(f"id={one.pk}" for one in pages)
    return client.post(f"/redigera/bulk/wagtailcore/page/publish/?{query}", {"include_descendants": ""})


def test_many_at_once_leaves_the_own_out(as_role):
    mine, theirs = NewsPage.objects.live().filter(locale__language_code="sv").order_by("pk")[:2]
    before = mine.lead
    for one, by in ((mine, editor()), (theirs, editor("second_editor"))):
        one.lead = "Ny ingress."
        one.save_revision(user=by)
    bulk(as_role("editor"), mine, theirs)
    assert (lead_of(mine), lead_of(theirs)) == (before, "Ny ingress.")


def test_drafts_below_a_page_are_left_out_too(as_role):
    above = NewsIndex.objects.filter(locale__language_code="sv").first()
    new = NewsPage(title="Under", slug="under", lead="Kort.", day=now().date(), live=False)
    above.add_child(instance=new)
    new.save_revision(user=editor())
    client = as_role("editor")
    client.post(f"/redigera/bulk/wagtailcore/page/publish/?id={above.pk}", {"include_descendants": "on"})
    assert not NewsPage.objects.get(pk=new.pk).live


def test_a_day_to_come_takes_two_as_well_and_is_kept_by_the_nights_work(as_role):
    one = page()
    before, tomorrow = lead_of(one), now().replace(microsecond=0) + timedelta(days=1)
    one.lead, one.go_live_at = "I morgon.", tomorrow
    latest = one.save_revision(user=editor())
    with pytest.raises(NotByTwo):
        latest.publish(user=editor())
    latest.refresh_from_db()
    assert latest.approved_go_live_at is None
    latest.publish(user=editor("second_editor"))
    latest.refresh_from_db()
    assert latest.approved_go_live_at == tomorrow and lead_of(one) == before
    # The day comes: nobody is there then, and nobody needs to be.
    latest.approved_go_live_at = now() - timedelta(minutes=1)
    latest.content["go_live_at"] = latest.approved_go_live_at.isoformat()
    latest.save()
    call_command("publish_scheduled")
    assert lead_of(one) == "I morgon."


def test_going_back_to_an_earlier_version_is_a_change_like_any(as_role):
    one, client = page(), as_role("second_editor")
    before = one.get_latest_revision()
    one.lead = "Ny ingress."
    one.save_revision(user=editor()).publish(user=editor("second_editor"))
    path = f"/redigera/pages/{one.pk}/revisions/{before.pk}/revert/"
    sent = {**filled(client, path), **blocks(one)}
    answer = client.post(
        f"/redigera/pages/{one.pk}/edit/", {**sent, "revision": before.pk, "action-publish": "1"}, follow=True
    )
    assert SAID in answer.content.decode() and lead_of(one) == "Ny ingress."


def test_a_copy_is_a_draft_and_no_alias_is_offered(as_role):
    one, client = page(), as_role("editor")
    path = f"/redigera/pages/{one.pk}/copy/"
    assert 'name="publish_copies"' not in client.get(path).content.decode()
    sent = {"new_title": "Kopia", "new_slug": "kopia", "new_parent_page": one.get_parent().pk}
    client.post(path, {**sent, "publish_copies": "on", "alias": "on"})
    made = Page.objects.get(slug="kopia")
    assert not made.live and made.alias_of is None


@pytest.mark.parametrize("action", ["publish", "copy"])
def test_the_editors_own_interface_of_data_publishes_nothing_of_the_own(as_role, action):
    one, client = page(), as_role("editor")
    before, count = lead_of(one), Page.objects.live().count()
    one.lead = "Ny ingress."
    one.save_revision(user=editor())
    client.post(f"/redigera/api/main/pages/{one.pk}/action/{action}/", {}, content_type="application/json")
    assert lead_of(one) == before and Page.objects.live().count() == count


def test_taking_down_takes_one(as_role):
    one = page()
    one.lead = "Ny ingress."
    one.save_revision(user=editor())
    as_role("editor").post(f"/redigera/pages/{one.pk}/unpublish/", {})
    assert not Page.objects.get(pk=one.pk).live


def handed_on(as_role) -> Page:
    """A contributor's page that a reviewer has approved: it waits for an editor."""
    one = draft()
    act(as_role("peer_reviewer"), one, "approve")
    return Page.objects.get(pk=one.pk)


def test_an_editor_who_changes_a_page_in_the_workflow_leaves_it_to_another(as_role):
    one = handed_on(as_role)
    text = one.specific
    text.lead = "Redaktionens ingress."
    text.save_revision(user=editor())
    act(as_role("editor"), one, "approve")
    assert not Page.objects.get(pk=one.pk).live
    assert not SecondPerson.objects.get().get_task_states_user_can_moderate(editor()).exists()
    assert SecondPerson.objects.get().get_task_states_user_can_moderate(editor("second_editor")).exists()
    assert act(as_role("second_editor"), one, "approve") == 200
    assert Page.objects.get(pk=one.pk).live


def test_changing_and_approving_in_one_go_says_why_it_waits(as_role):
    one, client = handed_on(as_role), as_role("editor")
    answer = send(client, one, "action-workflow-action", lead="Min.", **{"workflow-action-name": "approve"})
    assert SAID in answer.content.decode()
    assert not Page.objects.get(pk=one.pk).live and tried(one) == 1
    send(as_role("second_editor"), one, "action-workflow-action", **{"workflow-action-name": "approve"})
    shown = Page.objects.get(pk=one.pk)
    assert shown.live and shown.specific.lead == "Min."


def test_a_superuser_is_one_person_too():
    one, boss = page(), editor()
    boss.is_superuser = True
    one.lead = "Ny ingress."
    assert not one.permissions_for_user(boss).can_publish_subpage()
    with pytest.raises(NotByTwo):
        one.save_revision(user=boss).publish(user=boss)


def test_every_kind_of_page_is_published_by_two():
    from wagtail.models import get_page_models

    from pluginnovation.web.knowledge.models.reviewed import LeadPage

    own = [model for model in get_page_models() if model is not Page]
    assert len(own) > 10 and all(issubclass(model, LeadPage) for model in own)
