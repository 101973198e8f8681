"""Two who write at once: nobody's words are lost, of two decisions the first stands, and a page says who was first."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent, User
from pluginnovation.web.support.actions import Deciding, Moving, Writing, decide, move_case, write_text
from pluginnovation.web.support.models import Case, CaseText, Decision

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
EDITORS, CASES = 30, 10


def a_case(pupil: str, by: User, kind: str = "support_investigation") -> Case:
    return Case.objects.create(pupil=pupil, school="bjork", kind=kind, state="assessed", opened_at=AT, by=by, at=AT)


def together(act) -> list[object]:
    """What each editor gets who begins at the same moment: what the act gives, or the code of its refusal."""
    ready, got = threading.Barrier(EDITORS), [None] * EDITORS

    def one(number: int) -> None:
        try:
            ready.wait(60)
            got[number] = act(number)
        except Refusal as refused:
            got[number] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(EDITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert None not in got
    return got


@pytest.mark.django_db(transaction=True)
def test_of_thirty_editors_on_ten_cases_nobody_loses_a_word_and_nobody_decides_twice():
    by = User.objects.create(login="editor", name="Editor")
    cases = [a_case(f"pupil{number:011d}", by) for number in range(CASES)]

    def write(number: int) -> object:
        case = Case.objects.get(pk=cases[number % CASES].pk)
        mine = Writing("findings", f"Ord av {number}", seen=0)
        return write_text(case=case, writing=mine, by=by, at=AT)

    written = together(write)
    assert sorted(CaseText.objects.values_list("text", flat=True)) == sorted(f"Ord av {n}" for n in range(EDITORS))
    for case in cases:
        rows = CaseText.objects.filter(case=case)
        assert [(row.version, row.beside) for row in rows if not row.beside] == [(1, False)]
        assert rows.filter(beside=True).count() == EDITORS // CASES - 1
        case.refresh_from_db()
        assert case.version == 2
    assert sum(one.other is None for one in written) == CASES
    assert AuditEvent.objects.filter(action="write_text").count() == EDITORS

    def choose(number: int) -> object:
        case = Case.objects.get(pk=cases[number % CASES].pk)
        said = Deciding("special_support", "granted", f"Skäl {number}", seen=0, role="principal")
        return decide(case=case, deciding=said, by=by, at=AT)

    decided = together(choose)
    assert decided.count("decided_meanwhile") == EDITORS - CASES
    assert Decision.objects.count() == CASES

    def move(number: int) -> object:
        case = Case.objects.get(pk=cases[number % CASES].pk)
        return move_case(case=case, moving=Moving("investigated", 3, "principal"), by=by, at=AT)

    moved = together(move)
    assert moved.count("others_were_first") == EDITORS - CASES
    assert set(Case.objects.values_list("state", "version")) == {("investigated", 4)}


@pytest.fixture
def case(pals) -> Case:
    made = a_case(pals.mira, pals.petra)
    Case.objects.filter(pk=made.pk).update(school=pals.place("bjork"))
    made.refresh_from_db()
    return made


def test_the_second_writer_sees_both_texts_and_chooses_which_holds(pals, visit_as, case):
    where = f"/arende/{case.pk}/text/findings/"
    assert visit_as(pals.asa, where, text="Bussen kommer sent.", seen="0").status_code == 302
    second = visit_as(pals.hanna, where, text="Morgnarna är tunga.", seen="0")
    page = second.content.decode()
    assert second.status_code == 409
    assert "Åsa Dahl sparade i dag" in page and "Båda texterna står här" in page
    assert "Bussen kommer sent." in page and "Morgnarna är tunga." in page
    assert 'name="seen" value="1"' in page
    on_case = visit_as(pals.petra, f"/arende/{case.pk}/").content.decode()
    assert "Bussen kommer sent." in on_case and "Morgnarna är tunga." in on_case
    merged = "Bussen kommer sent och morgnarna är tunga."
    assert visit_as(pals.hanna, where, text=merged, seen="1").status_code == 302
    on_case = visit_as(pals.petra, f"/arende/{case.pk}/").content.decode()
    assert merged in on_case and "ingen har vägt samman" not in on_case
    assert CaseText.objects.filter(case=case).count() == 3


def test_saving_the_same_words_again_is_no_new_text(pals, visit_as, case):
    where = f"/arende/{case.pk}/text/findings/"
    for seen in ("0", "1", "0"):
        assert visit_as(pals.asa, where, text="Samma.", seen=seen).status_code == 302
    assert CaseText.objects.filter(case=case).count() == 1


def test_the_second_decision_is_refused_and_its_words_stay_in_the_form_beside_the_first(pals, visit_as, case):
    where = f"/arende/{case.pk}/beslut/"
    assert visit_as(pals.petra, where, verdict="granted", text="Behövs.", number="0").status_code == 302
    second = visit_as(pals.petra, where, verdict="not_needed", text="Behövs inte alls.", number="0")
    page = second.content.decode()
    assert second.status_code == 409 and "Någon har redan beslutat" in page
    assert "Behövs." in page and "Behövs inte alls." in page and 'name="number" value="1"' in page
    assert Decision.objects.count() == 1


def test_a_programme_ends_only_where_one_is_in_force(pals, visit_as, case):
    where, page = f"/arende/{case.pk}/beslut/", f"/arende/{case.pk}/"
    assert 'value="ended"' not in visit_as(pals.petra, page).content.decode()
    none = visit_as(pals.petra, where, verdict="ended", text="Slut.", number="0")
    assert none.status_code == 422 and "Inget åtgärdsprogram gäller som kan avslutas." in none.content.decode()
    assert visit_as(pals.petra, where, verdict="granted", text="Behövs.", number="0").status_code == 302
    assert 'value="ended"' in visit_as(pals.petra, page).content.decode()
    assert visit_as(pals.petra, where, verdict="ended", text="Målen är nådda.", number="1").status_code == 302
    assert visit_as(pals.petra, where, verdict="ended", text="Igen.", number="2").status_code == 422
    assert [row.verdict for row in Decision.objects.order_by("number")] == ["granted", "ended"]


def test_a_move_from_a_page_that_is_too_old_is_refused(pals, visit_as, case):
    seen = str(case.version)
    assert visit_as(pals.asa, f"/arende/{case.pk}/text/findings/", text="Nytt.", seen="0").status_code == 302
    late = visit_as(pals.petra, f"/arende/{case.pk}/vidare/", to="investigated", seen=seen)
    assert late.status_code == 409 and "Någon har ändrat ärendet" in late.content.decode()
    case.refresh_from_db()
    assert case.state == "assessed"
