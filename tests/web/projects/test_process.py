"""Process support: states from what was done, silence noticed, agreements with days, networks, offers and requests."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pluginnovation.projects.analysis import Document, Factor, packed
from pluginnovation.records.refusals import Refusal
from pluginnovation.web.projects.coaching import Agreed, Held, Whose, agree, begin_network, hold_session, keep_agreement
from pluginnovation.web.projects.models import (
    Agreement,
    Analysis,
    NetworkMember,
    Offer,
    RegionDecision,
    Session,
    SubProject,
    SupportRequest,
)
from pluginnovation.web.projects.planning import Choosing, lock_plan, locked_of
from pluginnovation.web.projects.requests import Asking, ask_for_support, close_request, make_offer
from pluginnovation.web.projects.states import state_of_sub_project
from pluginnovation.web.records.models import Import
from tests.pals import TODAY
from tests.web.projects.running import AT, STARTS

CHOOSING = Choosing(
    "Minskar frånvaron?", "breakfast", "comparison", "Klasser utan frukost.", "absence_share", date(2026, 5, 1),
    date(2026, 11, 30),
)  # fmt: skip


def refused(act) -> str:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code


def test_a_state_is_read_from_what_was_done_and_a_sub_project_that_has_gone_silent_is_noticed(running, visit_as):
    page = visit_as(running.per, "/processtod/").content.decode()
    assert "1 av 8 steg är gjorda; nulägesanalysen ska bli klar." in page
    assert "Ett av 1 delprojekt som pågår har varit tyst länge." in page
    lock_plan(sub_project=running.project, choosing=CHOOSING, by=running.lena, at=AT)
    hold_session(held=Held("coaching", TODAY, "Uppstart"), whose=Whose(running.project), by=running.per, at=AT)
    state = state_of_sub_project(running.project)
    assert not state.silent
    assert [step.key for step in state.steps if step.done_on] == ["applied", "planned"]
    assert "Ett delprojekt pågår, och det har hörts av." in visit_as(running.per, "/processtod/").content.decode()


def test_the_overview_asks_as_much_of_the_database_however_many_there_are(
    running, visit_as, django_assert_max_num_queries
):
    for number in range(20):
        SubProject.objects.create(
            programme=running.project.programme, name=f"Nummer {number}", school=running.pals.place("alm"),
            state="running", starts=STARTS, by=running.pals.rut, at=AT,
        )  # fmt: skip
    with django_assert_max_num_queries(32):
        assert visit_as(running.per, "/processtod/").status_code == 200


def test_a_session_and_an_agreement_are_written_and_kept_by_either_side(running, visit_as):
    at = f"/processtod/{running.project.pk}/"
    assert visit_as(running.per, f"{at}mote/", kind="coaching", on="2026-04-24", topic="x").status_code == 422
    said = {"kind": "coaching", "on": "2026-04-22", "topic": "Inställda tillfällen", "note": "Vikarielista."}
    assert visit_as(running.per, f"{at}mote/", **said).status_code == 302
    assert visit_as(running.per, f"{at}overenskommelse/", what="Vikarielista", due="2026-04-01").status_code == 422
    assert visit_as(running.per, f"{at}overenskommelse/", what="Vikarielista", due="2026-05-08").status_code == 302
    page = visit_as(running.lena, f"{running.at}processtod/").content.decode()
    assert "Inställda tillfällen" in page
    assert "Vikarielista" in page
    row = Agreement.objects.get()
    assert row.session is None
    kept = f"{running.at}overenskommelse/{row.pk}/klar/"
    assert visit_as(running.pals.petra, kept, x="1").status_code == 404
    assert visit_as(running.lena, kept, x="1").status_code == 302
    row.refresh_from_db()
    assert row.done_by == running.lena
    assert refused(lambda: keep_agreement(agreement=row, by=running.per, at=AT)) == "already_done"
    assert Session.objects.get().by == running.per


@pytest.mark.parametrize(
    ("held", "code"),
    [
        (Held("party", TODAY, "x"), "not_offered"),
        (Held("coaching", TODAY + timedelta(days=1), "x"), "day_wrong"),
        (Held("coaching", TODAY, "x", minutes=0), "number_wrong"),
        (Held("coaching", TODAY, " "), "text_wrong"),
    ],
)
def test_a_session_that_can_not_be_is_refused(running, held, code):
    assert refused(lambda: hold_session(held=held, whose=Whose(running.project), by=running.per, at=AT)) == code
    past = Agreed("Igår", TODAY - timedelta(days=1))
    assert refused(lambda: agree(sub_project=running.project, agreed=past, by=running.per, at=AT)) == "day_wrong"


def test_a_network_has_two_or_more_and_meets(running, visit_as):
    other = SubProject.objects.create(
        programme=running.project.programme, name="Grannens", school=running.pals.place("alm"), state="running",
        starts=STARTS, by=running.pals.rut, at=AT,
    )  # fmt: skip
    alone = lambda: begin_network(name="x", members=[other], about="", by=running.per, at=AT)  # noqa: E731
    assert refused(alone) == "number_wrong"
    network = begin_network(name="Närvaro", members=[other, running.project], about="", by=running.per, at=AT)
    met = {"kind": "network", "on": "2026-04-22", "topic": "Att ringa hem"}
    assert visit_as(running.per, f"/processtod/natverk/{network.pk}/mote/", **met).status_code == 302
    member = NetworkMember.objects.get(sub_project=other)
    assert visit_as(running.per, f"/processtod/natverk/{network.pk}/{member.pk}/lamna/", x="1").status_code == 302
    page = visit_as(running.per, "/processtod/natverk/").content.decode()
    assert "Att ringa hem" in page
    assert ">Grannens</a>" not in page
    join = f"/processtod/natverk/{network.pk}/med/"
    assert visit_as(running.per, join, member="").status_code == 422
    assert visit_as(running.per, join, member=str(running.project.pk)).status_code == 409  # is there already
    assert visit_as(running.per, join, member=str(other.pk)).status_code == 302
    assert ">Grannens</a>" in visit_as(running.per, "/processtod/natverk/").content.decode()
    support = f"{running.at}processtod/"
    assert support in visit_as(running.lena, running.at).content.decode()
    page = visit_as(running.per, running.at).content.decode()
    assert support not in page and f"/processtod/{running.project.pk}/" in page  # no link leads to no page
    assert "Närvaro" in visit_as(running.lena, f"{running.at}processtod/").content.decode()


def test_what_is_agreed_stands_at_its_session_and_says_when_its_day_has_passed(running, visit_as):
    at = f"/processtod/{running.project.pk}/"
    held = hold_session(held=Held("coaching", TODAY, "Uppstart"), whose=Whose(running.project), by=running.per, at=AT)
    said = {"what": "Vikarielista", "due": "2026-05-08", "session": str(held.pk)}
    assert visit_as(running.per, f"{at}overenskommelse/", **(said | {"session": "999999"})).status_code == 422
    assert visit_as(running.per, f"{at}overenskommelse/", **said).status_code == 302
    row = Agreement.objects.get()
    assert row.session == held
    for page in (visit_as(running.per, at), visit_as(running.lena, f"{running.at}processtod/")):
        text = page.content.decode()
        assert "Vi kom överens om: Vikarielista, senast" in text and "Uppstart</div>" in text
        assert "Datumet har passerat." not in text
    Agreement.objects.update(due=TODAY - timedelta(days=1))
    assert "Datumet har passerat." in visit_as(running.per, at).content.decode()
    assert "Ett datum har passerat." in visit_as(running.per, "/processtod/").content.decode()
    keep_agreement(agreement=row, by=running.lena, at=AT)
    assert "Datumet har passerat." not in visit_as(running.per, at).content.decode()
    other = SubProject.objects.create(
        programme=running.project.programme, name="Grannens", school=running.pals.place("alm"), state="running",
        starts=STARTS, by=running.pals.rut, at=AT,
    )  # fmt: skip
    theirs = Agreed("Annans", TODAY)
    wrong = lambda: agree(sub_project=other, agreed=theirs, by=running.per, at=AT, session=held)  # noqa: E731
    assert refused(wrong) == "not_offered"


def test_a_network_agrees_at_a_meeting_and_each_member_sees_to_its_own(running, visit_as):
    other = SubProject.objects.create(
        programme=running.project.programme, name="Grannens", school=running.pals.place("alm"), state="running",
        starts=STARTS, by=running.pals.rut, at=AT,
    )  # fmt: skip
    network = begin_network(name="Närvaro", members=[other, running.project], about="", by=running.per, at=AT)
    at = f"/processtod/natverk/{network.pk}/overenskommelse/"
    said = {"what": "Ring hem samma dag", "due": "2026-05-08", "session": "", "member": ""}
    assert visit_as(running.per, at, **said).status_code == 422  # at no meeting
    held = hold_session(
        held=Held("network", TODAY, "Att ringa hem"), whose=Whose(network=network), by=running.per, at=AT
    )
    assert visit_as(running.lena, at, **(said | {"session": str(held.pk)})).status_code == 404
    assert visit_as(running.per, at, **(said | {"session": str(held.pk)})).status_code == 302
    assert set(Agreement.objects.values_list("sub_project", "session")) == {
        (other.pk, held.pk), (running.project.pk, held.pk)
    }  # fmt: skip
    mine = Agreement.objects.get(sub_project=running.project)
    assert visit_as(running.lena, f"{running.at}overenskommelse/{mine.pk}/klar/", x="1").status_code == 302
    page = visit_as(running.per, "/processtod/natverk/").content.decode()
    assert page.count("Ring hem samma dag") == 2 and page.count("Klart ") == 1
    one = said | {"session": str(held.pk), "member": str(other.pk), "what": "Bjud in ett arbetslag."}
    assert visit_as(running.per, at, **one).status_code == 302
    assert Agreement.objects.filter(what="Bjud in ett arbetslag.").get().sub_project == other
    assert "Ring hem samma dag" in visit_as(running.lena, f"{running.at}processtod/").content.decode()


def test_a_school_outside_the_programmes_asks_and_gets_an_offer_sessions_and_an_outcome(running, visit_as):
    pals = running.pals
    assert visit_as(pals.petra, "/stod/", kind="", text="x").status_code == 422
    assert visit_as(pals.petra, "/stod/", kind="training", text="Bemötande i hela laget.").status_code == 302
    row = SupportRequest.objects.get()
    at = f"/behov/stod/{row.pk}/"
    assert visit_as(pals.petra, f"/stod/{row.pk}/svar/", ja="1").status_code == 302  # nothing is offered yet
    row.refresh_from_db()
    assert row.state == "asked"
    assert visit_as(running.per, f"{at}erbjud/", text="Två halvdagar i maj.").status_code == 302
    assert "Två halvdagar i maj." in visit_as(pals.petra, "/stod/").content.decode()
    assert visit_as(pals.petra, f"/stod/{row.pk}/svar/", ja="1").status_code == 302
    held = {"kind": "training", "on": "2026-04-22", "topic": "Första halvdagen"}
    assert visit_as(running.per, f"{at}mote/", **held).status_code == 302
    assert visit_as(running.per, f"{at}avsluta/", outcome="Laget har en gemensam rutin.").status_code == 302
    page = visit_as(pals.petra, "/stod/").content.decode()
    assert "Första halvdagen" in page
    assert "Laget har en gemensam rutin." in page
    assert visit_as(pals.asa, "/stod/").status_code == 404
    assert visit_as(running.lena, at).status_code == 404


def test_a_request_moves_only_as_its_table_says(running):
    pals = running.pals
    asking = Asking("training", "Bemötande.", pals.place("alm"), "1499", "mentor")
    assert refused(lambda: ask_for_support(asking=asking, by=pals.omar, at=AT)) == "not_yours"
    asking = Asking("training", "Bemötande.", pals.place("alm"), "1499", "principal")
    row = ask_for_support(asking=asking, by=pals.petra, at=AT)
    assert refused(lambda: make_offer(request=row, text="x", role="principal", by=pals.petra, at=AT)) == "not_yours"
    done = lambda: close_request(request=row, outcome="x", role="process_leader", by=running.per, at=AT)  # noqa: E731
    assert refused(done) == "already_done"


def test_needs_are_counted_by_key_without_schools_and_a_decision_has_an_owner_and_a_day(running, visit_as):
    document = packed(Document(factors={"tracking": Factor("weak", "Hemligt om en elev")}))
    for place in ("bjork", "alm", "third"):
        code = running.pals.place(place) if place != "third" else "x" * 16
        Analysis.objects.create(school=code, version=1, document=document, done_at=AT, by=running.lena, at=AT)
    page = visit_as(running.per, "/behov/").content.decode()
    assert "Koll och uppföljning" in page
    assert "3 av 3" in page
    for word in ("Björkskolan", "Hemligt"):
        assert word not in page
    assert visit_as(running.per, "/behov/beslut/", text="Konferens", owner="", due="2026-05-20").status_code == 422
    said = {"about": "factor tracking", "text": "Konferens om koll.", "owner": "Processledaren", "due": "2026-05-20"}
    assert visit_as(running.per, "/behov/beslut/", **said).status_code == 302
    row = RegionDecision.objects.get()
    assert visit_as(running.per, f"/behov/beslut/{row.pk}/", outcome="Hölls i maj.").status_code == 302
    assert "Hölls i maj." in visit_as(running.pals.rut, "/behov/").content.decode()
    sheet = visit_as(running.per, "/behov/?format=csv").content.decode("utf-8-sig")
    assert "Koll och uppföljning" in sheet


def test_offers_are_added_and_taken_away(running, visit_as):
    said = {"kind": "expertise", "name": "Läsa mönster", "about": "En eftermiddag."}
    assert visit_as(running.per, "/processtod/utbud/ny/", **said).status_code == 302
    assert "Läsa mönster" in visit_as(running.pals.petra, "/stod/").content.decode()
    row = Offer.objects.get()
    assert visit_as(running.per, f"/processtod/utbud/{row.pk}/bort/", x="1").status_code == 302
    assert "Läsa mönster" not in visit_as(running.pals.petra, "/stod/").content.decode()


def test_a_plan_is_locked_once_before_its_outcome_and_can_be_read_for_ever(running, visit_as):
    late = Choosing("Minskar frånvaron?", "x", "comparison", "y", "absence_share", TODAY, date(2026, 11, 30))
    assert (
        refused(lambda: lock_plan(sub_project=running.project, choosing=late, by=running.lena, at=AT))
        == "plan_too_late"
    )
    at = f"{running.at}plan/"
    said = {"question": "Minskar frånvaron?", "outcome": "absence_share", "design": "comparison", "opens": "2026-05-04",
            "comparison": "Klasser utan.", "closes": "2026-11-30", "worthwhile": "3"}  # fmt: skip
    assert visit_as(running.lena, f"{at}las/", **(said | {"closes": "2026-05-01"})).status_code == 422
    assert visit_as(running.lena, f"{at}las/", **said).status_code == 302
    again = visit_as(running.lena, f"{at}las/", **said)
    assert again.status_code == 422
    row = running.project.evaluation_plan
    locked = locked_of(row)
    assert (locked.ahead, locked.checksum) == (True, row.checksum)
    page = visit_as(running.per, at).content.decode()
    assert row.checksum in page
    file = visit_as(running.per, f"{at}fil/")
    assert b'design = "comparison"' in file.content
    from pluginnovation.evidence.plan_files import checksum, plan_from_toml

    assert checksum(plan_from_toml(file.content.decode())) == row.checksum


def test_a_plan_says_what_it_explains_by_and_tries_itself_on(running, visit_as):
    at = f"{running.at}plan/"
    said = {"question": "Minskar frånvaron?", "outcome": "absence_share", "design": "threshold", "opens": "2026-05-04",
            "comparison": "Strax under gränsen.", "closes": "2026-11-30", "worthwhile": "3", "years": "9, 8",
            "subgroups": "girls", "cost": "9000"}  # fmt: skip
    page = visit_as(running.lena, f"{at}las/", **said)
    assert page.status_code == 422 and "Skriv gränsen" in page.content.decode()
    assert visit_as(running.lena, f"{at}las/", **said, cutoff="15").status_code == 302
    plan = locked_of(running.project.evaluation_plan).plan
    assert (plan.score, plan.cutoff, plan.cost, plan.subgroups) == ("absence_share_before", 15.0, 9000.0, ("girls",))
    assert plan.population.years == (8, 9)
    assert plan.placebos == ("absence_share_earlier",) and "courses_failed_before" in plan.covariates
    page = visit_as(running.per, at).content.decode()
    assert "15 procent frånvaro före starten" in page and "9000 kronor per elev" in page and "Flickor" in page


@pytest.mark.parametrize(("read_in", "as_dated"), [(date(2026, 1, 2), False), (date(2026, 2, 2), True), (None, True)])
def test_a_plan_of_days_before_anything_was_read_in_uses_records_as_they_are_dated(running, read_in, as_dated):
    if read_in is not None:
        when = datetime(read_in.year, read_in.month, read_in.day, 3, tzinfo=UTC)
        Import.objects.create(
            id=1, source="x", place="", by="x", at=when, finished_at=when, status="accepted", simulated=True,
            lateness_is_absence=False, profile="", files=[], counts={}, fingerprints={}, because=[],
        )  # fmt: skip
    lock_plan(sub_project=running.project, choosing=CHOOSING, by=running.lena, at=AT)
    plan = locked_of(running.project.evaluation_plan).plan
    assert (plan.window.index_date, plan.as_dated) == (STARTS, as_dated)


def test_days_are_set_once_by_the_leader_and_changed_by_the_region(running, visit_as):
    SubProject.objects.update(starts=None, ends=None, at=datetime(2026, 4, 20, tzinfo=UTC))
    at = f"{running.at}tid/"
    assert visit_as(running.lena, at, starts="2026-05-01", ends="2026-04-01").status_code == 422
    assert visit_as(running.lena, at, starts="2026-05-01", ends="2029-04-01").status_code == 422
    assert visit_as(running.lena, at, starts="2026-05-01", ends="2026-12-18").status_code == 302
    assert visit_as(running.lena, at).status_code == 404
    assert visit_as(running.pals.rut, at, starts="2026-05-04", ends="2026-12-18").status_code == 302
    assert SubProject.objects.get().starts == date(2026, 5, 4)
