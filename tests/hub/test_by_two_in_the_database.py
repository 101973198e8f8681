"""Publication by two once more, in the database: what Python lets through by mistake is refused as it is written."""

import json
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.timezone import now
from hypothesis import given, settings
from hypothesis import strategies as st
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Locale, Page, PageLogEntry, Revision

from pluginnovation.web.config.postgres import HUB_WEB, HUB_WORKER
from pluginnovation.web.knowledge import by_two
from pluginnovation.web.knowledge.models import NewsPage
from tests.hub.test_by_two import bulk, editor, page, send

pytestmark = pytest.mark.django_db
REFUSED = "hub_by_two"


@contextmanager
def acting_as(role: str):
    """What is written within is written, and kept, with the rights of a role."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("RESET ROLE")


@contextmanager
def refused(role: str = HUB_WEB):
    with pytest.raises(IntegrityError, match=REFUSED), acting_as(role):
        yield


def written(by: str | None = "editor", **changed: object) -> tuple[NewsPage, Revision]:
    """A published page and a draft of it that somebody wrote."""
    one = page()
    one.lead = "Ny ingress."
    for name, value in changed.items():
        setattr(one, name, value)
    return one, one.save_revision(user=editor(by) if by else None)


def past_the_rule(revision: Revision, user: object, **how: object) -> None:
    """Wagtail's own act, without what Python asks first."""
    PublishPageRevisionAction(revision, user=user, **how).execute(skip_permission_checks=True)


@pytest.mark.parametrize("role", [HUB_WEB, HUB_WORKER])
def test_a_writer_publishes_nothing_even_where_python_would_let_them(role):
    one, latest = written()
    with refused(role):
        past_the_rule(latest, editor())
    assert NewsPage.objects.get(pk=one.pk).lead != "Ny ingress."


def test_another_editor_publishes_and_so_does_a_command():
    one, latest = written()
    with acting_as(HUB_WEB):
        latest.publish(user=editor("second_editor"))
    assert NewsPage.objects.get(pk=one.pk).lead == "Ny ingress."
    with acting_as(HUB_WORKER):
        written(by=None)[1].publish()


def test_the_web_publishes_nothing_without_saying_who():
    latest = written()[1]
    with refused():
        past_the_rule(latest, None)
    with refused():
        past_the_rule(latest, editor("second_editor"), log_action=False)


def test_the_web_makes_no_page_live_beside_wagtails_own_way():
    one, latest = written()
    with refused():
        Page.objects.filter(pk=one.pk).update(live_revision=latest)
    with acting_as(HUB_WEB):
        Page.objects.get(pk=one.pk).unpublish(user=editor())
    with refused():
        Page.objects.filter(pk=one.pk).update(live=True)
    above = one.get_parent()
    with refused():
        above.add_child(instance=NewsPage(title="Ny", slug="ny-i-dag", lead="Kort.", day=now().date(), live=True))


def test_the_web_sets_no_day_alone():
    tomorrow = now().replace(microsecond=0) + timedelta(days=1)
    latest = written(go_live_at=tomorrow)[1]
    with refused():
        Revision.objects.filter(pk=latest.pk).update(approved_go_live_at=tomorrow)
    with acting_as(HUB_WEB):
        latest.publish(user=editor("second_editor"))
    # What another has approved isn't written anew below the day that was set.
    with refused():
        Revision.objects.filter(pk=latest.pk).update(content={**latest.content, "lead": "Något annat."})


def test_the_web_saves_no_version_without_its_writer():
    one = page()
    with refused():
        one.save_revision()
    latest = one.save_revision(user=editor())
    with refused():
        Revision.objects.filter(pk=latest.pk).update(user=None)


def test_the_note_of_who_published_is_never_written_over_or_taken_away():
    one, latest = written()
    with acting_as(HUB_WEB):
        latest.publish(user=editor("second_editor"))
    notes = PageLogEntry.objects.filter(page=one.pk, action="wagtail.publish")
    for change in (lambda: notes.update(user=editor()), notes.delete):
        with pytest.raises(ProgrammingError, match="permission denied"), acting_as(HUB_WEB):
            change()


def test_with_pythons_rule_away_no_page_of_the_editor_gets_past_the_database(as_role, monkeypatch):
    """Every way in at once believes what may_publish says; here it says yes to everything."""
    for module in ("by_two", "by_two_shown", "models.reviewing"):
        monkeypatch.setattr(f"pluginnovation.web.knowledge.{module}.may_publish", lambda *_: True)
    one, client = page(), as_role("editor")
    before = one.lead
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        send(client, one, "action-publish", lead="Ny ingress.")
    written()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        bulk(client, one)
    assert NewsPage.objects.get(pk=one.pk).lead == before


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.sampled_from([
        "", "Ord.", "a\r\nb", "a\nb", "[1] en källa", "[",
        '[{"id": "x", "value": "<p data-block-key=\\"ab\\">Hej</p>"}]',
        '<p data-block-key="k1">Hej</p>', "[NaN]", "\u2028 [", "[]", "{}", "\"[]\"",
    ]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["pk", "id", "lead", "value", "type", "live", "owner"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(one=st.dictionaries(st.sampled_from(["lead", "body", "pk", "live", "slug"]), JSON, max_size=4), other=JSON)
@settings(deadline=None, max_examples=150, database=None)
def test_words_are_the_same_in_python_and_in_the_database(one, other):
    two = {**one, "lead": other}
    said = [by_two.words_of(Revision(content=each)) for each in (one, two)]
    with connection.cursor() as cursor:
        texts = [json.dumps(each, cls=DjangoJSONEncoder) for each in (one, two)]
        cursor.execute("SELECT hub_words(%s::jsonb)::text, hub_words(%s::jsonb)::text", texts)
        assert [json.loads(each) for each in cursor.fetchone()] == said


def test_the_writer_is_the_same_in_python_and_in_the_database():
    one = page()
    for by, lead in (("editor", "Ett."), ("second_editor", "Ett."), ("second_editor", "Två."), ("editor", "Två.")):
        one.lead = lead
        latest = one.save_revision(user=editor(by))
        with connection.cursor() as cursor:
            cursor.execute("SELECT hub_writer_of(%s)", [latest.pk])
            assert cursor.fetchone()[0] == by_two.writer_of(latest)


def translated(one: Page, client: object) -> Page:
    """The page's English draft, made by Wagtail's own page for it."""
    english = Locale.objects.get(language_code="en")
    answer = client.post(f"/redigera/translation/submit/page/{one.pk}/", {"locales": [english.pk]})
    assert answer.status_code == 302, answer.content
    return one.get_translation(english)


def test_who_makes_a_translation_of_an_own_draft_does_not_publish_it_there(as_role):
    """A copy in another language begins with a version of its own, and it was nobody's: so anybody could publish it."""
    above = page().get_parent()
    new = NewsPage(title="Nytt", slug="nytt-utkast", lead="Mitt.", day=now().date(), live=False)
    above.add_child(instance=new)
    new.save_revision(user=editor())
    client = as_role("editor")
    there = translated(new, client)
    assert not there.live and by_two.writer_of(there.get_latest_revision()) == editor().pk
    bulk(client, there)
    send(client, there, "action-publish")
    assert not Page.objects.get(pk=there.pk).live
    bulk(as_role("second_editor"), there)
    assert Page.objects.get(pk=there.pk).live


@pytest.mark.parametrize(
    ("action", "sent"),
    [
        ("publish", {}),
        ("copy", {"keep_live": True}),
        ("copy_for_translation", {"locale": "en", "alias": True, "copy_parents": True}),
        ("create_alias", {"update_slug": "samma-igen", "recursive": False}),
        ("revert_to_page_revision", {"revision_id": 1}),
        ("convert_alias", {}),
    ],
)
def test_the_editors_own_interface_of_data_has_no_acts(as_role, action, sent):
    """With one of them a page of one language would have been shown among the other's, by one person."""
    one, count = page(), Page.objects.count()
    answer = as_role("editor").post(
        f"/redigera/api/main/pages/{one.pk}/action/{action}/", sent, content_type="application/json"
    )
    assert answer.status_code == 404 and Page.objects.count() == count


def test_an_editor_takes_a_page_down_and_away_and_what_was_done_stays_in_the_log(as_role):
    one, latest = written()
    with acting_as(HUB_WEB):
        latest.publish(user=editor("second_editor"))
    client = as_role("editor")
    client.post(f"/redigera/pages/{one.pk}/unpublish/")
    assert not Page.objects.get(pk=one.pk).live
    send(client, one, "action-publish")
    assert not Page.objects.get(pk=one.pk).live
    client.post(f"/redigera/pages/{one.pk}/delete/")
    assert not Page.objects.filter(pk=one.pk).exists()
    acts = PageLogEntry.objects.filter(page=one.pk).values_list("action", flat=True)
    assert {"wagtail.publish", "wagtail.unpublish", "wagtail.delete"} <= set(acts)
