"""From a call to an application that is sent in, through the pages, as the database lets each role."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError

from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.projects.models import Application, ApplicationAnswer, ApplicationBudget, Call, Programme
from tests.pals import HOME
from tests.web.projects.called import DAY, NOW, a_call, a_draft, a_programme, filled_in

PROGRAMME = {
    "name": "Plug In GR", "starts": "2026-08-01", "ends": "2028-06-30", "funder": "ESF", "own_share": "50",
    "target_groups": "Elever i år 7-9\nUngdomar utan skola", "budget": "2 000 000", "municipalities": HOME,
}  # fmt: skip
CALL = {
    "name": "Hösten", "about": "Närvaro", "opens_at": "2026-04-23T08:00", "closes_at": "2026-05-23T16:00",
    "who": "schools", "frame": "500 000", "most": "100 000",
}  # fmt: skip


def test_the_region_sets_up_a_programme_and_publishes_a_call_that_a_school_then_sees(pals, visit_as):
    assert visit_as(pals.rut, "/program/nytt/", **PROGRAMME).headers["Location"] == "/program/plug-in-gr/"
    programme = Programme.objects.get()
    assert (programme.own_share, programme.budget) == (5_000, 200_000_000)
    assert programme.target_groups == ["Elever i år 7-9", "Ungdomar utan skola"]
    visit_as(pals.rut, "/program/plug-in-gr/mal/", kind="result", text="Alla erbjuds rätt insats", target="100 %")
    page = visit_as(pals.rut, "/program/plug-in-gr/").content.decode()
    assert "Alla erbjuds rätt insats" in page and "Björkeby kommun" in page and "minst 50" in page

    there = visit_as(pals.rut, "/utlysningar/ny/", programme=str(programme.pk), **CALL).headers["Location"]
    call = Call.objects.get()
    assert (call.frame, call.most, call.for_municipalities) == (50_000_000, 10_000_000, False)
    assert visit_as(pals.petra, there).status_code == 404
    assert "saknar frågor" in visit_as(pals.rut, f"{there}publicera/", go="1").content.decode()
    visit_as(pals.rut, f"{there}fraga/", text="Vad vill ni?", longest="300", required="on")
    visit_as(pals.rut, f"{there}kriterium/", kind="eligibility", text="Rektor står bakom", weight="1")
    visit_as(pals.rut, f"{there}kriterium/", kind="quality", text="Behovet", weight="3")
    assert visit_as(pals.rut, f"{there}publicera/", go="1").status_code == 302
    assert "Hösten" in visit_as(pals.petra, "/utlysningar/").content.decode()
    assert visit_as(pals.petra, there).status_code == 200
    late = visit_as(pals.rut, f"{there}fraga/", text="En till?", longest="300")
    assert late.status_code == 422 and "står fast" in late.content.decode()


def test_a_school_applies_and_the_region_sees_it_first_when_it_is_sent_in(pals, visit_as):
    call = a_call(pals)
    begun = visit_as(pals.petra, f"/utlysningar/{call.pk}/ansok/", place=f"{pals.place('bjork')}.{HOME}", name="Team")
    application = Application.objects.get()
    there = f"/ansokningar/{application.pk}/"
    assert begun.headers["Location"] == there
    assert visit_as(pals.rut, there).status_code == 404
    assert visit_as(pals.hanna, there).status_code == 200  # the same school's pupil health writes too
    assert visit_as(pals.asa, there).status_code == visit_as(pals.kim, there).status_code == 404

    refused = visit_as(pals.petra, f"{there}skicka/", go="1")
    assert refused.status_code == 422 and "fråga 1" in refused.content.decode()
    assert visit_as(pals.petra, f"{there}svar/1/", text="Fler ska komma", seen="0").status_code == 302
    wrong = visit_as(pals.petra, f"{there}budget/", ore_staff="100 000", grant="60 000", own="30 000", seen="0")
    told = wrong.content.decode()
    assert wrong.status_code == 422 and "skiljer 10\u00a0000\u00a0kr" in told and "minst 50\u00a0000\u00a0kr" in told
    assert ApplicationBudget.objects.get().grant == 6_000_000  # kept as it was written
    assert "går inte ihop" in visit_as(pals.petra, there).content.decode()
    refused = visit_as(pals.petra, f"{there}skicka/", go="1")
    assert refused.status_code == 422 and "kr" in refused.content.decode()
    right = visit_as(pals.petra, f"{there}budget/", ore_staff="100 000", grant="50 000", own="50 000", seen="1")
    assert right.status_code == 302
    assert visit_as(pals.petra, f"{there}skicka/", go="1").status_code == 302

    assert "Team" in visit_as(pals.rut, "/ansokningar/").content.decode()
    assert "Fler ska komma" in visit_as(pals.rut, there).content.decode()
    late = visit_as(pals.petra, f"{there}svar/1/", text="Ändrat", seen="1")
    assert late.status_code == 422 and ApplicationAnswer.objects.count() == 1
    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"start_application", "answer_application", "save_budget", "send_in_application"} <= acts


def test_a_call_that_closes_while_the_form_is_open_keeps_the_text_and_says_so(pals, visit_as):
    application = filled_in(pals)
    there = f"/ansokningar/{application.pk}/"
    with time_machine.travel(NOW + DAY + timedelta(seconds=1)):
        saved = visit_as(pals.petra, f"{there}svar/1/", text="Skrivet när det stängde", seen="1")
        assert saved.status_code == 302
        page = visit_as(pals.petra, there).content.decode()
        assert "Skrivet när det stängde" in page and "Utkastet finns kvar, men går inte att skicka in" in page
        refused = visit_as(pals.petra, f"{there}skicka/", go="1")
        text = refused.content.decode()
        assert refused.status_code == 422 and "stängde 2026-04-24 10.00" in text and "sparat som utkast" in text
    assert Application.objects.get().state == "draft"
    assert ApplicationAnswer.objects.order_by("-version").first().text == "Skrivet när det stängde"


def test_an_application_begins_only_in_an_open_call_that_is_for_such_a_place(pals, visit_as):
    call = a_call(pals)
    start = f"/utlysningar/{call.pk}/ansok/"
    with time_machine.travel(NOW + 2 * DAY):
        late = visit_as(pals.petra, start, place=f"{pals.place('bjork')}.{HOME}", name="Team")
        assert late.status_code == 422 and "stängde" in late.content.decode()
    elsewhere = visit_as(pals.petra, start, place=f"{pals.place('alm')}.{HOME}", name="Team")
    assert elsewhere.status_code == 422
    assert visit_as(pals.kim, start, place=f".{HOME}", name="Kommunens").status_code == 302
    assert [(one.school, one.municipality) for one in Application.objects.all()] == [("", HOME)]


def test_two_who_write_one_answer_both_keep_their_words(pals, visit_as):
    application = a_draft(pals)
    path = f"/ansokningar/{application.pk}/svar/1/"
    visit_as(pals.petra, path, text="Petras", seen="0")
    second = visit_as(pals.hanna, path, text="Hannas", seen="0")
    assert second.status_code == 409
    page = second.content.decode()
    assert "Petras" in page and "Hannas" in page
    assert set(ApplicationAnswer.objects.values_list("text", flat=True)) == {"Petras", "Hannas"}
    assert "Petras" in visit_as(pals.petra, f"/ansokningar/{application.pk}/").content.decode()


def test_a_budget_saved_by_another_meanwhile_is_not_written_over(pals, visit_as):
    application = filled_in(pals)
    path = f"/ansokningar/{application.pk}/budget/"
    assert visit_as(pals.hanna, path, ore_staff="1", grant="1", own="0", seen="0").status_code == 409
    assert ApplicationBudget.objects.count() == 1


@pytest.mark.parametrize("amount", ["tolv", "-5", "1e9"])
def test_an_amount_that_is_none_is_answered_with_what_to_write(pals, visit_as, amount):
    path = f"/ansokningar/{a_draft(pals).pk}/budget/"
    refused = visit_as(pals.petra, path, ore_staff=amount, grant="1", own="1", seen="0")
    assert refused.status_code == 422 and "Skriv kronor med siffror" in refused.content.decode()


def test_an_application_is_taken_back_once_and_stays_to_be_read(pals, visit_as):
    application = filled_in(pals)
    there = f"/ansokningar/{application.pk}/"
    assert visit_as(pals.petra, f"{there}ta-tillbaka/", why="Ingen tid").status_code == 302
    assert "Ingen tid" in visit_as(pals.petra, there).content.decode()
    assert visit_as(pals.petra, f"{there}ta-tillbaka/", why="Igen").status_code == 409


def test_a_municipality_that_withdraws_has_its_applications_back_and_its_drafts_kept(pals, visit_as):
    from pluginnovation.web.projects.applying import send_in

    call = a_call(pals)
    sent = send_in(application=filled_in(pals, a_draft(pals, call)), by=pals.petra, at=NOW)
    draft = a_draft(pals, call)
    row = call.programme.municipalities.get()
    page = f"/program/{call.programme.key}/kommuner/{row.pk}/lamna/"
    assert visit_as(pals.rut, page).status_code == 200
    assert visit_as(pals.rut, page, on="2026-04-23", why="").status_code == 422
    assert visit_as(pals.rut, page, on="2026-04-23", why="Beslut i nämnden").status_code == 302
    sent.refresh_from_db(), draft.refresh_from_db()
    assert (sent.state, sent.why_closed, draft.state) == ("withdrawn", "Beslut i nämnden", "draft")
    refused = visit_as(pals.petra, f"/ansokningar/{filled_in(pals, draft).pk}/skicka/", go="1")
    assert refused.status_code == 422 and "inte med i programmet" in refused.content.decode()
    assert visit_as(pals.rut, page).status_code == 404
    assert "Beslut i nämnden" in visit_as(pals.rut, f"/program/{call.programme.key}/").content.decode()


def test_what_is_written_in_an_application_is_never_changed(pals):
    application = filled_in(pals)
    with pytest.raises(Exception, match="annot update"):
        application.answers.update(text="annat")


def test_a_programme_needs_its_own_name_and_days_in_order(pals, visit_as):
    a_programme(pals)
    assert (
        "finns redan" in visit_as(pals.rut, "/program/nytt/", **(PROGRAMME | {"name": "Plug innan"})).content.decode()
    )
    back = visit_as(pals.rut, "/program/nytt/", **(PROGRAMME | {"ends": "2026-07-01"}))
    assert back.status_code == 422 and "inte efter början" in back.content.decode()
    with pytest.raises(IntegrityError):
        Programme.objects.create(key="x", name="x", starts=NOW, ends=NOW, by=pals.rut, at=NOW)
