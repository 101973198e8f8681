"""What cases, measures and notes don't take, and what they say instead; and who reads what."""

import re
import zlib
from datetime import date, timedelta

import pytest
from django.db import connection

from pluginnovation.web.people.models import Enrolment, Visit
from pluginnovation.web.records import exports
from pluginnovation.web.support.models import Case, CaseStep, Decision, FollowUp, Goal, Measure, Note, NoteText
from tests.pals import TODAY, code_of
from tests.web.fenced import asking_by, seen
from tests.web.support.test_two_editors import a_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(pals) -> Case:
    made = a_case(pals.mira, pals.petra)
    Case.objects.filter(pk=made.pk).update(school=pals.place("bjork"))
    made.refresh_from_db()
    return made


def a_measure(pals, **changes) -> Measure:
    own = {
        "pupil": pals.mira, "school": pals.place("bjork"), "kind": "mentor_talk", "level": "individual",
        "intent": "preventive", "reach": "targeted", "starts": TODAY - timedelta(days=30), "by": pals.asa,
        "at": "2026-03-24T08:00Z",
    }  # fmt: skip
    return Measure.objects.create(**own | changes)


def body(answer) -> str:
    return answer.content.decode()


def test_a_promise_in_a_case_stands_in_it_with_its_day_and_none_is_given_for_yesterday(pals, visit_as, case):
    where = f"/arende/{case.pk}/lofte/"
    form = {"what": "Ring hem", "owner": code_of("asa"), "due": "2026-04-24", "then": ""}
    assert visit_as(pals.petra, where, **form | {"due": "2026-04-22"}).status_code == 422
    assert visit_as(pals.petra, where, **form | {"owner": code_of("omar")}).status_code == 422
    assert visit_as(pals.petra, where, **form).status_code == 302
    page = body(visit_as(pals.hanna, f"/arende/{case.pk}/"))
    assert "Ring hem" in page and "Åsa Dahl" in page
    assert "24 apr" in body(visit_as(pals.hanna, "/arenden/"))
    Case.objects.filter(pk=case.pk).update(state="closed", closed_at="2026-04-23T07:00Z", outcome="left")
    answer = visit_as(pals.petra, where, **form)
    assert answer.status_code == 422 and "Ärendet är avslutat." in body(answer)


def test_a_second_case_of_the_same_kind_is_refused_while_one_is_open(pals, visit_as, case):
    answer = visit_as(pals.asa, f"/elev/{pals.mira}/arende/", kind=case.kind, owner="")
    assert answer.status_code == 409 and "redan ett sådant öppet ärende" in body(answer)
    assert Case.objects.count() == 1


def test_a_plan_without_a_goal_is_refused(pals, visit_as, case):
    Case.objects.filter(pk=case.pk).update(state="deciding")
    Decision.objects.create(
        case=case, pupil=pals.mira, kind="special_support", verdict="granted", text="Ja.", by=pals.petra,
        role="principal", at="2026-04-23T07:00Z",
    )  # fmt: skip
    answer = visit_as(pals.petra, f"/arende/{case.pk}/vidare/", to="programme", seen="1")
    assert answer.status_code == 422 and "Det saknas: minst ett mål, minst en insats." in body(answer)


def test_a_follow_up_in_the_past_is_refused_and_one_today_is_taken(pals, visit_as, case):
    where = f"/arende/{case.pk}/uppfoljning/"
    answer = visit_as(pals.asa, where, due="2026-04-22")
    assert answer.status_code == 422 and "Välj i dag eller en senare dag." in body(answer)
    assert visit_as(pals.asa, where, due="in i framtiden").status_code == 422
    assert visit_as(pals.asa, where, due="2026-04-23").status_code == 302
    row = FollowUp.objects.get()
    looked = visit_as(pals.asa, f"{where}{row.pk}/", result="better", text="Hon säger att det går bättre.")
    assert looked.status_code == 302
    again = visit_as(pals.hanna, f"{where}{row.pk}/", result="worse", text="")
    assert again.status_code == 409 and "Det är redan gjort." in body(again)
    row.refresh_from_db()
    assert (row.result, row.done_by) == ("better", pals.asa)


def test_a_measure_for_a_pupil_who_left_yesterday_is_absent_and_one_beginning_after_the_last_day_is_refused(
    pals, visit_as
):
    form = {"kind": "mentor_talk", "goal": "Prata", "starts": "2026-05-04", "planned_end": ""}
    assert visit_as(pals.asa, f"/elev/{pals.vera}/insats/", **form).status_code == 404
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=TODAY)
    answer = visit_as(pals.asa, f"/elev/{pals.mira}/insats/", **form)
    assert answer.status_code == 422 and "Eleven går inte på skolan den dagen." in body(answer)
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"planned_end": "2026-04-01"}, "Slutet får inte ligga före början."), ({"kind": "magic"}, "Välj ett av"),
     ({"planned_dose": "0"}, "för litet"), ({"planned_dose": "många"}, "heltal"),
     ({"starts": "2026-13-45"}, "Skriv dagen"),
     ({"goal": ""}, "Skriv något"), ({"intent": "evil"}, "Välj ett av")],
)  # fmt: skip
def test_a_measure_that_cannot_be_meant_is_refused_with_its_words_kept(pals, visit_as, changes, says):
    form = {"kind": "mentor_talk", "goal": "Prata <b>", "starts": "2026-04-23", "how_often": "varje måndag"} | changes
    answer = visit_as(pals.asa, f"/elev/{pals.mira}/insats/", **form)
    assert answer.status_code == 422 and says in body(answer)
    assert 'value="varje måndag"' in body(answer) and "Prata <b>" not in body(answer)
    assert not Measure.objects.exists()


def test_what_was_given_lies_within_the_measure_and_a_mistake_is_taken_back_by_a_row(pals, visit_as):
    measure = a_measure(pals, planned_dose=6)
    where = f"/insats/{measure.pk}/tillfalle/"
    for on, times, says in (
        ("2026-04-24", "1", "tidigare dag"),
        ("2026-03-01", "1", "pågick"),
        ("2026-04-23", "0", "Talet"),
    ):
        answer = visit_as(pals.tova, where, on=on, times=times)
        assert answer.status_code == 422 and says in body(answer), on
    for times in ("3", "-1"):
        assert visit_as(pals.tova, where, on="2026-04-20", times=times).status_code == 302
    assert "2 av 6 planerade tillfällen har getts." in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))
    assert measure.doses.count() == 2


def test_a_measure_is_ended_once_with_its_reason(pals, visit_as):
    measure = a_measure(pals)
    where = f"/insats/{measure.pk}/avsluta/"
    assert visit_as(pals.asa, where, on="2026-04-30", reason="dropped_out").status_code == 422
    assert visit_as(pals.asa, where, on="2026-04-22", reason="because").status_code == 422
    assert visit_as(pals.asa, where, on="2026-04-22", reason="dropped_out").status_code == 302
    again = visit_as(pals.petra, where, on="2026-04-22", reason="completed")
    assert again.status_code == 409
    assert "Eleven slutade delta" in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))


def test_a_step_is_done_once_and_not_ahead_of_time(pals, visit_as, case):
    step = CaseStep.objects.create(case=case, pupil=pals.mira, step="begin", by=pals.petra, at="2026-04-23T07:00Z")
    where = f"/arende/{case.pk}/steg/{step.pk}/"
    assert visit_as(pals.petra, f"{where}klart/", day="2026-04-24").status_code == 422
    assert visit_as(pals.petra, f"{where}senast/", day="2026-04-01").status_code == 422
    assert visit_as(pals.petra, f"{where}senast/", day="2026-05-01").status_code == 302
    assert visit_as(pals.petra, f"{where}klart/", day="2026-04-22").status_code == 302
    assert visit_as(pals.petra, f"{where}klart/", day="2026-04-22").status_code == 409
    assert visit_as(pals.petra, f"{where}annat/", day="2026-04-22").status_code == 404
    other = a_case(pals.ali, pals.petra)
    assert visit_as(pals.petra, f"/arende/{other.pk}/steg/{step.pk}/klart/", day="2026-04-22").status_code == 404


def test_a_goal_saves_the_figure_that_it_starts_from_and_asks_for_what_belongs_to_it(pals, visit_as, case):
    from tests.web.signals.conftest import draw

    draw()
    where = f"/arende/{case.pk}/mal/"
    form = {"text": "Komma oftare", "by_when": "2026-06-01", "indicator": "absence_28d", "target": "10"}
    assert visit_as(pals.asa, where, **form | {"target": ""}).status_code == 422
    assert visit_as(pals.asa, where, **form | {"target": "101"}).status_code == 422
    assert visit_as(pals.asa, where, **form | {"indicator": ""}).status_code == 422
    assert visit_as(pals.asa, where, **form | {"by_when": "2026-04-23"}).status_code == 422
    assert visit_as(pals.asa, where, **form).status_code == 302
    goal = Goal.objects.get()
    assert goal.baseline is not None and goal.baseline_n and goal.baseline_on <= TODAY
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    assert f"{goal.baseline} %" in page and "när målet sattes" in page.lower()


def test_a_note_is_read_by_its_class_and_everyone_with_a_ground_sees_that_it_exists(pals, visit_as):
    where = f"/elev/{pals.mira}/anteckningar/"
    assert visit_as(pals.hanna, where, secrecy="pupil_health", text="Hemligt ord.").status_code == 302
    assert visit_as(pals.asa, where, secrecy="special_support", text="Mentorns ord.").status_code == 302
    assert visit_as(pals.tova, where, secrecy="special_support", text="Nej.").status_code == 422
    reads = {"hanna": (True, True), "petra": (False, True), "asa": (False, True), "tova": (False, False)}
    for who, (secret, mentors) in reads.items():
        page = body(visit_as(getattr(pals, who), where))
        assert ("Hemligt ord." in page, "Mentorns ord." in page) == (secret, mentors), who
        assert "Två anteckningar." in page and page.count('class="notice"') == 2
    assert visit_as(pals.omar, where).status_code == 404
    assert "<script" not in body(visit_as(pals.hanna, where)) and "data-draft" not in body(visit_as(pals.hanna, where))
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM support_notetext")
        assert not [text for (text,) in cursor.fetchall() if "ord" in text]
    assert Visit.objects.filter(page="notes", pupil=pals.mira).exists()


def test_the_database_itself_holds_a_notes_words_from_those_of_other_classes(pals, visit_as):
    visit_as(pals.hanna, f"/elev/{pals.mira}/anteckningar/", secrecy="pupil_health", text="Hemligt ord.")
    number = Note.objects.get().pk
    for who, sees in (("hanna", True), ("petra", False), ("asa", False), ("tova", False)):
        with asking_by(getattr(pals, who)):
            assert (number in seen("support_notetext", "note_id")) == sees, who
            assert number in seen("support_note", "id"), who
    with asking_by(pals.omar):
        assert seen("support_note", "id") == set()


def test_what_stands_in_a_case_is_held_from_those_who_take_no_part_in_it(pals, case):
    stands(pals, case, 1)
    tables = [f"support_{name}" for name in ("case", "casetext", "casestep", "goal", "followup")]
    for who, sees in (("asa", True), ("hanna", True), ("tova", False), ("omar", False)):
        with asking_by(getattr(pals, who)):
            assert {bool(seen(table, "id")) for table in tables} == {sees}, who


def test_a_case_of_another_school_is_absent_also_when_the_pupil_goes_here_now(pals, visit_as, case):
    Case.objects.filter(pk=case.pk).update(school=pals.place("alm"))
    assert visit_as(pals.petra, f"/arende/{case.pk}/").status_code == 404
    assert "Mira" not in body(visit_as(pals.petra, "/arenden/"))


def test_a_list_too_long_for_a_file_is_not_cut_but_refused(pals, visit_as, case, monkeypatch):
    other = a_case(pals.ali, pals.petra)
    Case.objects.filter(pk=other.pk).update(school=pals.place("bjork"))
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    refused = visit_as(pals.petra, "/arenden/?format=xlsx")
    assert refused.status_code == 422
    assert "Ingen fil är gjord." in body(refused)


def test_the_list_is_searched_filtered_and_sorted_and_the_same_number_of_queries_whatever_its_length(
    pals, visit_as, case, django_assert_num_queries
):
    for kind in ("absence_investigation", "support"):
        made = a_case(pals.ali, pals.petra, kind)
        Case.objects.filter(pk=made.pk).update(
            school=pals.place("bjork"), state="planned" if kind == "support" else "assessed"
        )
    page = body(visit_as(pals.petra, "/arenden/?ordning=namn"))
    assert "Tre öppna ärenden." in page and page.index("Zetterlund") < page.index("Åkesson")
    assert "Zetterlund" not in body(visit_as(pals.petra, "/arenden/?q=mira"))
    assert "Åkesson" not in body(visit_as(pals.petra, "/arenden/?slag=support"))
    assert "Inga träffar." in body(visit_as(pals.petra, "/arenden/?visa=avslutade"))
    assert "Inga ärenden ännu." in body(visit_as(pals.omar, "/arenden/"))
    text = visit_as(pals.asa, "/arenden/?format=csv").content.decode("utf-8-sig")
    assert "Åkesson, Mira" in text and "Zetterlund" not in text
    assert visit_as(pals.petra, "/arenden/?format=xlsx").content[:2] == b"PK"
    from pluginnovation.web.support.case_list import rows_of

    Case.objects.update(owner=code_of("asa"))
    cases = list(Case.objects.all())
    for one in cases:
        one.next_due = date(2026, 5, 1)
    with django_assert_num_queries(7):
        rows_of(cases[:1])
    with django_assert_num_queries(7):
        rows_of(cases)


def test_a_case_whose_owner_has_left_is_the_roles_and_never_nobodys(pals, visit_as, case):
    from pluginnovation.web.people.models import Duty

    Case.objects.update(owner=code_of("sam"), owner_role="mentor")
    assert "Sam Grahn håller i det." in body(visit_as(pals.petra, f"/arende/{case.pk}/"))
    Duty.objects.filter(person=code_of("sam")).update(end_date=TODAY - timedelta(days=1))
    assert "Rollen mentor håller i det." in body(visit_as(pals.petra, f"/arende/{case.pk}/"))
    assert "Rollen mentor" in body(visit_as(pals.petra, "/arenden/"))


def test_nothing_new_begins_in_a_closed_case(pals, visit_as, case):
    Case.objects.update(state="closed", closed_at="2026-04-23T07:00Z", outcome="left")
    new = {"kind": "mentor_talk", "goal": "Prata", "starts": "2026-04-23"}
    forms = {
        "insats/": new, "text/findings/": {"text": "Nytt.", "seen": "0"}, "hinder/": {"hinder": "peers"},
        "mal/": {"text": "Mål", "by_when": "2026-06-01"},
    }  # fmt: skip
    for where, form in forms.items():
        answer = visit_as(pals.petra, f"/arende/{case.pk}/{where}", **form)
        assert answer.status_code == 422 and "Ärendet är avslutat." in body(answer), where
    assert visit_as(pals.petra, f"/arende/{case.pk}/").status_code == 200


def inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_the_action_programme_is_a_tagged_pdf_with_its_own_texts_only_and_only_when_it_is_decided(pals, visit_as, case):
    where = f"/arende/{case.pk}/atgardsprogram/"
    assert visit_as(pals.asa, where).status_code == 404
    Decision.objects.create(
        case=case, pupil=pals.mira, kind="special_support", verdict="granted", text="Behövs.", by=pals.petra,
        role="principal", at="2026-04-23T07:00Z",
    )  # fmt: skip
    answer = visit_as(pals.asa, where)
    made = answer.content
    assert answer["Content-Type"] == "application/pdf" and made.startswith(b"%PDF-1.7")
    pdf = made + b"".join(map(inflated, re.findall(rb"stream\r?\n(.*?)\nendstream", made, re.DOTALL)))
    for part in (b"/MarkInfo", b"/StructTreeRoot", b"/Lang (sv)", b"pdfuaid"):
        assert part in pdf, part

    from pluginnovation.web.support.models import CaseText
    from pluginnovation.web.support.programme import programme_page

    for section, text in (("needs", "Lugn start."), ("findings", "Hemligt.")):
        CaseText.objects.create(
            case=case, pupil=pals.mira, section=section, text=text, version=1, by=pals.asa, at="2026-04-23T07:00Z"
        )
    page = programme_page(case, case_person(pals.mira), Decision.objects.get())
    told = [text for _title, text in page["sections"]]
    assert told == ["Lugn start.", "", ""]


def case_person(code: str):
    from pluginnovation.web.people.models import Person

    return Person.objects.get(code=code)


def test_everything_about_a_pupil_goes_when_the_pupil_is_hidden(pals, visit_as, case):
    from pluginnovation.web.people.events import pupils_hidden

    measure = a_measure(pals, case=case)
    measure.doses.create(pupil=pals.mira, on=TODAY, times=1, by=pals.asa, at="2026-04-23T07:00Z")
    visit_as(pals.hanna, f"/elev/{pals.mira}/anteckningar/", secrecy="pupil_health", text="Hemligt ord.")
    visit_as(pals.asa, f"/arende/{case.pk}/text/findings/", text="Bussen.", seen="0")
    pupils_hidden.send(sender=Case, codes=[pals.mira], groups=[])
    for model in (Case, Measure, Note, NoteText):
        assert not model.objects.exists(), model


def stands(pals, case: Case, number: int) -> None:
    """One more of everything in a case."""
    own = {"case": case, "pupil": pals.mira, "by": pals.asa, "at": "2026-04-23T07:00Z"}
    case.texts.create(section="findings", text="Ord.", version=number, beside=number > 1, **own | {"case": case})
    case.texts.create(section="tried", text="Ord.", version=number, **own | {"case": case})
    Goal.objects.create(text="Mål", by_when="2026-06-01", **own)
    FollowUp.objects.create(school=case.school, kind="own", due="2026-05-04", **own)
    CaseStep.objects.create(step=("begin", "consult_health", "let_take_part")[number % 3], **own)
    a_measure(pals, case=case, owner=code_of("asa")).doses.create(
        pupil=pals.mira, on=TODAY, times=1, by=pals.asa, at="2026-04-23T07:00Z"
    )
    case.next_steps.create(
        pupil=pals.mira, what="Ring", owner=code_of("asa"), due="2026-05-01", by=pals.asa, at="2026-04-23T07:00Z"
    )
    Note.objects.create(secrecy="special_support", role="mentor", **own)


def test_a_case_with_much_in_it_takes_no_more_queries_than_one_with_little(pals, visit_as, case):
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in range(1, 6):
        stands(pals, case, number)
        with CaptureQueriesContext(connection) as asked:
            assert visit_as(pals.petra, f"/arende/{case.pk}/").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
