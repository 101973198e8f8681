"""A pupil changes school with an open case: handed over on a ground, taken there, and no clock starts anew."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError

from pluginnovation.web.people.door import left_cases
from pluginnovation.web.people.models import AuditEvent, Organisation, User, Visit
from pluginnovation.web.support.models import (
    Case,
    CaseStep,
    CaseTransfer,
    Measure,
    NextStep,
)
from pluginnovation.web.support.transfers import Giving, Taking, give_case_over, take_case_over
from tests.pals import CANARY, TODAY, Pals
from tests.web.fenced import asking, seen
from tests.web.signals.conftest import AT, draw
from tests.web.support.between import OWN_WORDS, WHY, Visiting, as_principal, body, give, move, with_words

pytestmark = pytest.mark.django_db


def test_the_next_school_sees_nothing_until_it_is_handed_over_and_then_only_that(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    move(pals)
    role = as_principal(pals)
    assert visit_as(alma, f"/arende/{case.pk}/", role=role).status_code == 404
    assert visit_as(alma, f"/arende/{case.pk}/overlamna/", role=role).status_code == 404
    assert "Mira" not in body(visit_as(alma, "/arenden/", role=role))

    page = body(visit_as(alma, f"/elev/{pals.mira}/", role=role))
    assert "Utredning av frånvaro" not in page
    assert "Ett ärende är öppet." not in page
    left = body(visit_as(pals.petra, "/arenden/"))
    assert "Eleven har bytt skola" in left
    assert "Ni svarar för det tills det är överlämnat." in left
    page = body(visit_as(pals.petra, f"/arende/{case.pk}/overlamna/"))
    assert "Mira Åkesson går inte här längre" in page
    assert "checked" not in page
    assert Visit.objects.filter(viewer=pals.petra, pupil=pals.mira, page="transfer").exists()
    assert give(visit_as, pals.petra, case, pals).status_code == 302

    assert "väntar på att bli mottaget" in body(visit_as(pals.petra, "/arenden/"))
    waits = body(visit_as(alma, "/arenden/", role=role))
    row = CaseTransfer.objects.get()
    assert f"/arenden/ta-emot/{row.pk}/" in waits
    shown = body(visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=role))
    assert "Jag vill börja senare." in shown
    assert "Bussen" not in shown
    assert "Följde inte med: Slutsatser" in shown
    assert "Inled utredningen" not in shown


def test_the_case_goes_on_from_its_first_day_with_the_laws_steps_as_they_stood_and_ends_where_it_was(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    done = CaseStep.objects.get(case=case, step="assess")
    CaseStep.objects.filter(case=case, step="talk_pupil").update(due=TODAY + timedelta(days=2))
    assert give(visit_as, pals.hanna, case, pals).status_code == 302
    move(pals)
    row = CaseTransfer.objects.get()
    answer = visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals), owner="")
    new = Case.objects.latest("pk")
    assert answer.headers["Location"] == f"/arende/{new.pk}/"

    assert (new.school, new.kind, new.state, new.opened_at) == (
        pals.place("alm"),
        case.kind,
        "investigated",
        case.opened_at,
    )
    kept = CaseStep.objects.get(case=new, step="assess")
    assert done.done_on is not None
    assert (kept.done_on, kept.done_by) == (done.done_on, done.done_by)
    assert CaseStep.objects.get(case=new, step="talk_pupil").due == TODAY + timedelta(days=2)
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("closed", "changed_school")
    assert Measure.objects.get(case=case).end_reason == "moved"
    assert NextStep.objects.get(case=case).taken_back_at is not None
    acts = set(AuditEvent.objects.filter(about=pals.mira).values_list("action", flat=True))
    assert {"give_case_over", "take_case_over"} <= acts
    page = body(visit_as(alma, f"/arende/{new.pk}/", role=as_principal(pals)))
    assert "för 20 dagar sedan" in page
    assert "Det som förra skolan lämnade över" in page
    again = visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals), owner="")
    assert again.status_code == 409
    assert "bytt skola" not in body(visit_as(pals.petra, "/arenden/")).split("<main")[1]


def test_another_authority_reports_anew_what_each_has_to_report_itself(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    CaseStep.objects.filter(case=case, step="report_organiser").update(done_on=TODAY)
    Organisation.objects.filter(code=pals.place("alm")).update(parent=None)
    give(visit_as, pals.petra, case, pals)
    move(pals)
    row = CaseTransfer.objects.get()
    visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals), owner="")
    assert CaseStep.objects.get(case__school=pals.place("alm"), step="report_organiser").done_on is None
    assert CaseStep.objects.get(case__school=pals.place("alm"), step="assess").done_on is not None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"ground": ""}, "Välj ett av alternativen."),
        ({"why": "  "}, "Skriv något här."),
        ({"receiver": "none"}, "Välj ett av alternativen."),
        ({"receiver": "-"}, "Det står inget"),
        ({"parts": "text:needs"}, "Inget är sparat."),
    ],
)
def test_without_ground_reason_or_school_nothing_is_handed_over(
    case: Case, pals: Pals, visit_as: Visiting, changes: dict[str, str], says: str
) -> None:
    assert says in body(give(visit_as, pals.petra, case, pals, **changes), 422)
    assert not CaseTransfer.objects.exists()


def test_it_is_handed_over_once_taken_back_once_and_not_taken_before_the_pupil_comes(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    give(visit_as, pals.petra, case, pals)
    assert give(visit_as, pals.hanna, case, pals).status_code == 409
    row = CaseTransfer.objects.get()
    assert visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals)).status_code == 404
    assert visit_as(pals.petra, f"/arende/{case.pk}/overlamna/angra/", x="x").status_code == 302
    assert visit_as(pals.petra, f"/arende/{case.pk}/overlamna/angra/", x="x").status_code == 404
    move(pals)
    assert visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals)).status_code == 404
    case.refresh_from_db()
    assert case.closed_at is None


def test_to_a_school_outside_the_case_ends_here_also_after_the_pupil_has_gone(
    case: Case, pals: Pals, visit_as: Visiting
) -> None:
    move(pals)
    answer = give(visit_as, pals.petra, case, pals, receiver="-", outside="Havsskolan i Norge")
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    assert (case.outcome, CaseTransfer.objects.get().outside) == ("changed_school", "Havsskolan i Norge")
    assert Measure.objects.get(case=case).state == "ended"


def test_a_case_of_its_own_at_the_next_school_is_the_one_that_it_goes_on_in(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    move(pals)
    role = as_principal(pals)
    made = visit_as(alma, f"/elev/{pals.mira}/arende/", role=role, kind=case.kind, owner="")
    assert made.status_code == 302, made.content.decode()
    own = Case.objects.latest("pk")
    give(visit_as, pals.petra, case, pals)
    visit_as(alma, f"/arenden/ta-emot/{CaseTransfer.objects.get().pk}/", role=role, owner="")
    assert CaseTransfer.objects.get().opened == own
    assert Case.objects.filter(pupil=pals.mira, closed_at=None).count() == 1


def test_leaders_are_told_on_their_first_page_and_mentors_and_others_hand_nothing_over(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    move(pals)
    assert "Ett ärende att lämna över: eleven har bytt skola." in body(visit_as(pals.hanna, "/mote/"))
    for who in (pals.asa, pals.tova, pals.kim, pals.rut, pals.dag):
        assert visit_as(who, f"/arende/{case.pk}/overlamna/").status_code == 404
        assert "lämna över: eleven" not in visit_as(who, "/min-dag/").content.decode()
    give(visit_as, pals.petra, case, pals)
    assert "Ett ärende att ta emot från en annan skola." in body(
        visit_as(alma, f"/skola/{pals.place('alm')}/", role=as_principal(pals))
    )
    assert CANARY not in body(visit_as(pals.petra, f"/arende/{case.pk}/overlamna/"))


def test_past_the_pages_the_database_gives_the_school_that_was_left_its_case_and_nothing_else_of_the_pupil(
    case: Case, alma: User, pals: Pals
) -> None:
    move(pals)
    of_mira = f"pupil = '{pals.mira}'"
    with asking(pals.petra, role="principal", place=pals.place("bjork")):
        assert seen("support_case", "id", of_mira) == {case.pk}
        assert seen("support_casetext", "section", of_mira) == {"pupil_view", "findings"}
        assert seen("people_person", "code", f"code = '{pals.mira}'") == set()
        assert seen("signals_pupilsnapshot", "pupil", of_mira) == set()
        assert [(one.number, one.name) for one in left_cases()] == [(case.pk, "Mira Åkesson")]
        giving = Giving("", "Havsskolan", "consent", WHY, ("text:findings",), "principal")
        give_case_over(case=Case.objects.get(pk=case.pk), giving=giving, by=pals.petra, at=AT)
        assert seen("support_case", "id", of_mira) == set()
    for who, role, place in (
        (pals.asa, "mentor", "bjork"),
        (pals.omar, "mentor", "alm"),
        (pals.rut, "regional_lead", ""),
    ):
        with asking(who, role=role, place=pals.place(place) if place else ""):
            assert seen("support_case", "id", of_mira) == set()
            assert left_cases() == []


def test_past_the_pages_a_hand_over_is_theirs_who_give_it_and_theirs_who_have_the_pupil(
    case: Case, alma: User, pals: Pals
) -> None:
    giving = Giving(pals.place("alm"), "", "assessed", WHY, ("text:findings",), "principal")
    with asking(pals.asa, role="mentor", place=pals.place("bjork")), pytest.raises(ProgrammingError, match="row-level"):
        give_case_over(case=case, giving=giving, by=pals.asa, at=AT)
    row = give_case_over(case=case, giving=giving, by=pals.petra, at=AT)
    with asking(alma, role="principal", place=pals.place("alm")):
        assert seen("support_casetransfer", "id") == set()
    move(pals)
    with asking(alma, role="principal", place=pals.place("alm")):
        assert seen("support_casetransfer", "id") == {row.pk}
        made = take_case_over(row=row, taking=Taking("", "principal", "principal"), by=alma, at=AT)
        assert seen("support_case", "state", f"id = {made.pk}") == {"investigated"}
        assert seen("support_case", "state", f"id = {case.pk}") == {"closed"}
    with asking(pals.tova, role="teacher", place=pals.place("bjork")):
        assert seen("support_casetransfer", "id") == set()


def test_what_the_school_before_did_wrote_and_kept_is_its_own_until_it_is_handed_over_and_files_and_notes_also_then(
    case: Case, alma: User, pals: Pals, visit_as: Visiting
) -> None:
    draw()
    kept = with_words(case, pals)
    measure, step = Measure.objects.get(case=case), NextStep.objects.get(case=case)
    before = "".join(body(visit_as(pals.hanna, f"/elev/{pals.mira}/{page}")) for page in ("", "anteckningar/"))
    shown_here = {"Börja dagen lugnt", "Ring hem", "Hinna ikapp", "Mötets ord", "Anteckningens ord"}
    assert {word for word in shown_here if word not in before} == set()
    own = (f"/insats/{measure.pk}/", f"/insats/{kept['measure']}/", f"/steg/{step.pk}/lamna-over/",
           f"/mote/{kept['meeting']}/", f"/mote/{kept['meeting']}/punkt/1/", f"/mote/{kept['meeting']}/protokoll/",
           f"/arende/{case.pk}/", f"/arende/{case.pk}/filer/", f"/arende/{case.pk}/filer/{kept['file']}/")  # fmt: skip
    move(pals)
    shared = (f"/elev/{pals.mira}/", f"/elev/{pals.mira}/anteckningar/", "/arenden/", "/elever/?visa=ovriga", "/mote/",
              "/min-dag/", f"/kartlaggning/elev/{pals.mira}/")  # fmt: skip

    def told_at_the_new_school() -> str:
        assert [path for path in own if visit_as(alma, path, role=as_principal(pals)).status_code != 404] == []
        return "".join(visit_as(alma, path, role=as_principal(pals)).content.decode() for path in shared)

    assert [word for word in OWN_WORDS if word in told_at_the_new_school()] == []
    for who in (pals.petra, pals.hanna, pals.asa):
        assert [path for path in own if "/mote/" not in path and visit_as(who, path).status_code != 404] == []

    give(visit_as, pals.petra, case, pals, parts="measures")
    row = CaseTransfer.objects.get()
    shown = body(visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals)))
    assert "Börja dagen lugnt" in shown
    assert [word for word in OWN_WORDS[1:] if word in shown] == []
    assert "Anteckningar och filer följer aldrig med." in shown
    visit_as(alma, f"/arenden/ta-emot/{row.pk}/", role=as_principal(pals), owner="")
    assert [word for word in OWN_WORDS if word in told_at_the_new_school()] == []
    new = Case.objects.latest("pk")
    page = body(visit_as(alma, f"/arende/{new.pk}/", role=as_principal(pals)))
    assert [word for word in OWN_WORDS if word in page] == []
    assert "Inga filer i ärendet." in body(visit_as(alma, f"/arende/{new.pk}/filer/", role=as_principal(pals)))
