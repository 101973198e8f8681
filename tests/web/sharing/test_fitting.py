"""Methods beside a case and a pupil: matched here, with why; used, with their points; and nothing leaves the node."""

import html
import socket
from dataclasses import replace
from datetime import date

import pytest

from pluginnovation.knowledge.matching import Need
from pluginnovation.support.catalogue import BY_KEY
from pluginnovation.web.people.models import Visit
from pluginnovation.web.support.methods import method_named, methods_fitting
from pluginnovation.web.support.models import Case, Measure
from pluginnovation.web.support.replaying import FOLLOWED, followed
from pluginnovation.web.support.templatetags.fitting import methods_that_may_fit
from tests.house.tree import SRC
from tests.unit.knowledge.made_up import AT, GONE, METHODS, MORNING, catalogue_of
from tests.web.signals.conftest import draw

pytestmark = pytest.mark.django_db
BEGIN = {"kind": "mentor_talk", "goal": "Börja dagen lugnt", "starts": "2026-04-23", "planned_end": "2026-06-01"}


def body(answer) -> str:
    return html.unescape(answer.content.decode())


@pytest.fixture
def case(pals, visit_as) -> Case:
    """An open case of Mira's in which she has no adult at school to trust."""
    draw()
    said = {"pupil": pals.mira, "school": pals.place("bjork"), "by": pals.petra, "at": AT}
    case = Case.objects.create(kind="support", state="planned", opened_at=AT, **said)
    case.obstacles.create(key="adults", pupil=pals.mira, by=pals.petra, at=AT)
    return case


def test_a_case_shows_what_may_fit_with_why_how_sure_and_what_others_learnt(catalogue, case, pals, visit_as):
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    panel = page.split("Metoder som kan passa")[1].split("</section>")[0]
    assert panel.index("Morgonstart med en vuxen") < panel.index("Trygga raster") < panel.index("Studiecoach")
    assert "Kan svara mot: saknar en vuxen i skolan att lita på (3 poäng)." in panel
    assert "Används vid: frånvaro (2 poäng)." in panel
    assert "Lillköping: Börja smått." in panel
    assert f"/arende/{case.pk}/insats/?metod=morgonstart" in panel
    assert "Stämpelkort" not in panel


def test_a_pupils_page_shows_what_may_fit_what_is_noticed_and_obstacles_only_to_those_in_cases(
    catalogue, case, pals, visit_as
):
    mentors = body(visit_as(pals.asa, f"/elev/{pals.mira}/")).split("Metoder som kan passa")[1].split("</section>")[0]
    assert "Studiecoach" in mentors and "Kan svara mot" in mentors
    teachers = body(visit_as(pals.tova, f"/elev/{pals.mira}/")).split("Metoder som kan passa")[1].split("</section>")[0]
    assert "Morgonstart" in teachers and "Används vid: frånvaro" in teachers
    assert "Kan svara mot" not in teachers and "Studiecoach" not in teachers
    assert f"/elev/{pals.mira}/insats/?metod=morgonstart" in teachers
    assert "Metoder som kan passa" not in body(visit_as(pals.sam, f"/elev/{pals.ali}/"))


def test_using_a_method_makes_a_measure_that_carries_its_key_and_points(catalogue, case, pals, visit_as):
    at = f"/arende/{case.pk}/insats/?metod=morgonstart"
    form = body(visit_as(pals.asa, at))
    assert "Samma vuxen varje gång." in form and 'value="Morgonstart med en vuxen"' in form
    assert visit_as(pals.asa, at, method="Morgonstart med en vuxen", **BEGIN).status_code == 302
    measure = Measure.objects.get(case=case)
    assert measure.method == "morgonstart"
    assert measure.fidelity_points == ["Samma vuxen varje gång.", "Minst två morgnar i veckan."]
    assert "Minst två morgnar i veckan." in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    assert "Metoder i ärendet" in page
    assert "morgonstart" not in page.split("Metoder som kan passa")[1].split("</section>")[0]
    assert "?metod=morgonstart" not in body(visit_as(pals.asa, f"/elev/{pals.mira}/"))


def test_words_of_ones_own_are_kept_as_words(catalogue, case, pals, visit_as):
    visit_as(pals.asa, f"/elev/{pals.mira}/insats/", method="Vår egen modell", **BEGIN)
    measure = Measure.objects.get()
    assert (measure.method, measure.fidelity) == ("Vår egen modell", "")
    assert "Vår egen modell" in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))


@pytest.mark.parametrize("what", ["withdrawn", "gone"])
def test_a_method_that_is_withdrawn_or_gone_while_in_use_is_said_in_the_case_and_the_measure_stands(
    what, take, case, pals, visit_as
):
    take(catalogue_of())
    visit_as(pals.asa, f"/arende/{case.pk}/insats/?metod=morgonstart", method="morgonstart", **BEGIN)
    texts = replace(MORNING.sv, withdrawn="Två ställen såg mer frånvaro.")
    later = {
        "withdrawn": (replace(MORNING, sv=texts, withdrawn_on=date(2026, 11, 1)), *METHODS[1:]),
        "gone": METHODS[1:],
    }[what]
    take(catalogue_of(*later, version=2))
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    followed = page.split("Metoder i ärendet")[1].split("</section>")[0]
    said = (
        "Två ställen såg mer frånvaro. Insatsen står kvar" if what == "withdrawn" else "finns inte längre i katalogen"
    )
    assert said in followed and "Samma vuxen varje gång." in followed
    assert "morgonstart" not in page.split("Metoder som kan passa")[1].split("</section>")[0]
    measure = Measure.objects.get(case=case)
    assert (measure.state, measure.method) == (Measure.RUNNING, "morgonstart")
    refused = visit_as(pals.asa, f"/arende/{case.pk}/insats/?metod=morgonstart", method="morgonstart", **BEGIN)
    if what == "withdrawn":
        assert refused.status_code == 422 and "Metoden är återkallad. Välj en annan" in body(refused)
        assert Measure.objects.count() == 1
        assert "Två ställen såg mer frånvaro." in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))


def test_a_closed_case_keeps_its_methods_and_is_offered_none(catalogue, case, pals, visit_as):
    visit_as(pals.asa, f"/arende/{case.pk}/insats/", method="morgonstart", **BEGIN)
    Case.objects.filter(pk=case.pk).update(closed_at=AT, outcome="goals_reached")
    page = body(visit_as(pals.asa, f"/arende/{case.pk}/"))
    assert "Metoder i ärendet" in page and "Metoder som kan passa" not in page


def test_nothing_about_a_pupil_leaves_the_node(catalogue, case, pals, visit_as, monkeypatch, settings):
    """With every way out of the process shut and noted, the pages that match still answer: the match needs no hub."""
    tried = []
    settings.PLUG_HUB_URL = "https://hubb.example"

    def shut(own, address):
        tried.append(address)
        raise OSError("shut")

    for way in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, way, shut)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_: shut(None, asked))
    for at in (f"/arende/{case.pk}/", f"/elev/{pals.mira}/", f"/arende/{case.pk}/insats/?metod=morgonstart",
               "/metoder/?q=frånvaro", "/metoder/morgonstart/"):  # fmt: skip
        page = visit_as(pals.asa, at)
        assert page.status_code == 200
        outward = [part.split('"')[0] for part in page.content.decode().split("https://hubb.example")[1:]]
        assert all(pals.mira not in path and "?" not in path for path in outward)
    visit_as(pals.asa, f"/arende/{case.pk}/insats/?metod=morgonstart", method="morgonstart", **BEGIN)
    assert Measure.objects.get().method == "morgonstart"
    assert tried == []


def test_a_need_holds_no_person_and_an_analysis_may_ask_with_a_schools_own(catalogue):
    assert set(Need.__dataclass_fields__) == {"obstacles", "problems", "year", "level"}
    found = methods_fitting(Need(obstacles=("transitions", "peers"), level="organisation"), most=2)
    assert [(fit.method.key, fit.points) for fit in found] == [("trygga-raster", 7)]
    assert methods_fitting(Need()) == []


def test_a_method_is_known_by_key_or_title_in_either_language_and_never_by_half_of_it(catalogue):
    for text in (
        "morgonstart",
        "Morgonstart med en vuxen",
        " morgonstart MED en vuxen ",
        "Morning start with an adult",
    ):
        assert method_named(text).key == "morgonstart"
    assert method_named("Morgon") is None
    assert method_named("") is None
    assert method_named(GONE.key).withdrawn == "Den gav mer frånvaro."
    assert (method_named("studiecoach").kind, method_named("trygga-raster").kind) == ("mentor_talk", "safe_breaks")


def test_a_stranger_to_the_pupil_is_suggested_nothing_and_no_visit_is_written(catalogue, case, pals, visit_as):
    for at in (f"/arende/{case.pk}/", f"/elev/{pals.mira}/insats/?metod=morgonstart"):
        assert visit_as(pals.omar, at).status_code == 404
    assert not Visit.objects.filter(viewer=pals.omar).exists()


def test_the_made_up_measures_follow_methods_that_come_along_and_every_other_follows_none(
    catalogue, case, pals, visit_as
):
    came_along = {path.stem for path in (SRC / "web" / "knowledge" / "content" / "methods").glob("*.toml")}
    assert set(FOLLOWED.values()) <= came_along and set(FOLLOWED) <= set(BY_KEY)
    keys = [followed({"method": "mentor_talk", "measure": f"m{number}"}) for number in range(200)]
    assert 60 < keys.count("mentor-som-foljer-upp") < 140 and set(keys) == {"mentor-som-foljer-upp", ""}
    assert followed({"method": "other", "measure": "m1"}) == ""
    Measure.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), case=case, kind="mentor_talk", level="individual", by=pals.petra,
        intent="preventive", reach="targeted", method="morgonstart", starts="2026-04-20", at=AT,
    )  # fmt: skip
    assert "Samma vuxen varje gång." in body(visit_as(pals.asa, f"/arende/{case.pk}/"))


def test_a_current_state_analysis_shows_methods_for_its_obstacles_and_nothing_for_none(catalogue):
    page = html.unescape(methods_that_may_fit(["transitions", "peers"]))
    assert "Trygga raster" in page and "Kan svara mot: byten mellan lektioner, och rasterna" in page
    assert "?metod=" not in page
    assert methods_that_may_fit([]) == methods_that_may_fit(["finns-inte"]) == ""
