"""The log of visits and of acts: searched, paged, handed out, and never a pupil's name in it."""

import ast
import csv
import io

import pytest

from pluginnovation.privacy.grounds import REACH_OF_ROLE
from pluginnovation.web.people.models import AuditEvent, Person, Visit
from pluginnovation.web.people.rights.words import REACHES
from pluginnovation.web.people.sink import hide
from pluginnovation.web.protection.words import page_words, reach_words
from pluginnovation.web.support.mapping.pages.pupil import PAGE
from tests.house.tree import SRC, parsed


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def rows_of(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode().lstrip("\ufeff")), delimiter=";"))[2:]


@pytest.fixture
def log(pals, looked):
    looked(pals.asa, pals.mira, days=2)
    looked(pals.asa, pals.noor, page="lessons")
    looked(pals.petra, pals.mira, role="principal", reach="school", through=pals.place("bjork"))
    return pals


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", 3),
        ("vem=Åsa", 2),
        ("vem=dahl åsa", 2),
        ("vem=petraxxxxxxxxxxx", 1),
        ("vem=ingen", 0),
        ("elev=miraxxxxxxxxxxxx", 2),
        ("elev=mira", 0),
        ("vy=lessons", 1),
        ("grund=school", 1),
        ("fran=2026-04-22", 2),
        ("till=2026-04-22", 1),
        ("fran=2026-04-21&till=2026-04-21", 1),
        ("fran=ingen dag&till=9999-12-31", 3),
        ("vem=%00Åsa&elev=%00", 2),
    ],
)
def test_visits_are_found_by_who_whom_page_ground_and_day(log, dag, asked, found):
    assert len(rows_of(dag.get(f"/besok/?{asked}&format=csv"))) == found
    page = text_of(dag.get(f"/besok/?{asked}"))
    assert page.count('<th scope="row">') == found


def test_the_page_says_how_many_looked_at_how_many(log, dag):
    assert "Tre besök är noterade. Antal personer som såg: 2. Antal elever som sågs: 2." in text_of(dag.get("/besok/"))


def test_no_pupils_name_stands_in_either_log(log, dag):
    names = {name for pupil in Person.objects.filter(is_pupil=True) for name in (pupil.given_name, pupil.family_name)}
    for path in ("/besok/", "/besok/?format=csv", "/besok/atgarder/", "/besok/atgarder/?format=csv"):
        text = dag.get(path).content.decode()
        assert not [name for name in names if name in text], path


def test_who_is_hidden_later_leaves_no_place_behind_in_the_log(log, dag):
    hide([log.mira])
    page = text_of(dag.get("/besok/"))
    assert "Björkskolan" not in page
    assert "egen skola" in page
    assert Visit.objects.filter(pupil=log.mira).count() == 2


def test_the_list_is_paged(pals, looked, dag):
    for _ in range(51):
        looked(pals.asa, pals.mira)
    assert text_of(dag.get("/besok/")).count('<th scope="row">') == 50
    assert text_of(dag.get("/besok/?sida=2")).count('<th scope="row">') == 1
    assert dag.get("/besok/?sida=999999999999").status_code == 200


def test_an_exported_cell_is_never_a_formula(pals, looked, dag):
    type(pals.asa).objects.filter(pk=pals.asa.pk).update(name="=HYPERLINK(1)")
    looked(pals.asa, pals.mira)
    assert rows_of(dag.get("/besok/?format=csv"))[0][1] == "'=HYPERLINK(1)"


def test_acts_are_found_by_who_what_and_about(pals, dag):
    at = pals.asa.last_login or "2026-04-23T08:00Z"
    AuditEvent.objects.create(at=at, by=pals.adam, action="appoint", about="dag", details={"role": "x"})
    AuditEvent.objects.create(at=at, by=None, action="import", about="1")
    assert "En åtgärd stämmer" in text_of(dag.get("/besok/atgarder/?vad=appoint"))
    assert "En åtgärd stämmer" in text_of(dag.get("/besok/atgarder/?vem=adam"))
    assert "En åtgärd stämmer" in text_of(dag.get("/besok/atgarder/?om=1"))
    assert "kommandoraden" in text_of(dag.get("/besok/atgarder/?om=1"))


def test_acts_are_told_in_words_and_kept_by_their_names_in_files(pals, dag):
    at = "2026-04-23T08:00Z"
    AuditEvent.objects.create(at=at, by=pals.adam, action="appoint", about="dag")
    AuditEvent.objects.create(at=at, by=pals.adam, action="of_an_earlier_version", about="dag")
    swedish = dag.get("/besok/atgarder/").content.decode()
    assert "<td>Gav en roll</td>" in swedish and '<option value="appoint">Gav en roll</option>' in swedish
    assert "<td>of_an_earlier_version</td>" in swedish
    english = dag.get("/besok/atgarder/", headers={"Accept-Language": "en"}).content.decode()
    assert "<td>Gave a role</td>" in english
    told = [row[2:4] for row in rows_of(dag.get("/besok/atgarder/?format=csv"))]
    assert ["Gav en roll", "appoint"] in told


def test_the_officer_reaches_no_pupil(pals, dag):
    assert dag.get(f"/elev/{pals.mira}/").status_code == 404
    assert dag.get("/elever/").status_code == 404


def test_the_officers_first_page_is_the_log(dag):
    assert dag.get("/").headers["Location"] == "/besok/"


def test_before_anybody_has_looked_the_page_says_so_and_a_search_says_that_nothing_fits(pals, visit_as):
    assert "Ingen elev har öppnats ännu." in visit_as(pals.dag, "/besok/").content.decode()
    assert "Inget besök stämmer" in visit_as(pals.dag, "/besok/?vem=finns+inte").content.decode()


def said_of_visits() -> set[str]:
    """Every word that the web's code writes into a visit as its page."""
    return {
        keyword.value.value
        for path in (SRC / "web").rglob("*.py")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        for keyword in call.keywords
        if keyword.arg == "page" and isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str)
    } | {PAGE}


def test_each_page_and_each_way_to_a_pupil_has_a_word_in_the_log_and_in_the_extract():
    assert len(said_of_visits()) > 15
    assert said_of_visits() <= set(page_words())
    assert set(REACH_OF_ROLE.values()) <= set(reach_words()) & set(REACHES)


def test_the_log_and_the_extract_say_pages_in_swedish(pals, dag):
    for page in sorted(said_of_visits()):
        Visit.objects.create(
            at="2026-04-23T08:00Z", viewer=pals.asa, role="mentor", reach="sub_project", through="1", pupil=pals.mira,
            page=page,
        )  # fmt: skip
    sent = dag.get("/besok/?format=csv").content.decode("utf-8-sig")
    cells = {cell for row in csv.reader(io.StringIO(sent), delimiter=";") for cell in row}
    assert {"elevhälsans möte", "nästa steg", "kartläggning, mall B", "eget delprojekt"} <= cells
    assert not cells & (said_of_visits() | {"sub_project"})
