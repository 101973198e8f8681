"""What the pages say, and to whom."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluginnovation.web.people.models import Membership, Person, Visit
from pluginnovation.web.signals.models import PupilSnapshot, Run
from tests.pals import Pals, code_of
from tests.web.signals.conftest import ABSENCE, draw

Page = Callable[..., Any]
PAGES = {
    "laget": "/laget/",
    "skola": "/skola/{bjork}/",
    "klasser": "/klasser/",
    "klass": "/klass/{class}/",
    "motet": "/klass/{class}/motet/",
    "elever": "/elever/",
    "elev": "/elev/{mira}/",
    "regionen": "/regionen/",
}
WHO_SEES = {
    "laget": {"petra", "hanna"},
    "skola": {"petra", "hanna"},
    "klasser": {"asa", "omar", "tova", "petra", "hanna"},
    "klass": {"asa", "petra", "hanna"},
    "motet": {"asa", "petra", "hanna"},
    "elever": {"asa", "omar", "tova", "petra", "hanna"},
    "elev": {"asa", "tova", "petra", "hanna"},
    "regionen": {"rut"},
}
EVERYBODY = ("asa", "omar", "tova", "petra", "hanna", "rut", "adam", "dag")


def path_of(name: str, pals: Pals) -> str:
    return PAGES[name].format(**{"bjork": pals.place("bjork"), "class": pals.group("9A"), "mira": pals.mira})


def text_of(response: Any) -> str:
    return str(response.content.decode())


def queries_of(user: Any, path: str) -> int:
    client = Client()
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_those_with_a_ground_and_is_absent_for_everybody_else(
    page: Page, pals: Pals, name: str
) -> None:
    opened = {who for who in EVERYBODY if page(getattr(pals, who), path_of(name, pals)).status_code in (200, 302)}

    assert opened == WHO_SEES[name]


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_sent_to_the_start_page(page: Page, pals: Pals, name: str) -> None:
    assert page(None, path_of(name, pals))["Location"] == "/"


def test_refused_looks_like_absent(page: Page, pals: Pals) -> None:
    for refused, absent in [
        (f"/elev/{pals.sixten}/", "/elev/nosuchpupil/"),
        (f"/klass/{pals.group('8A')}/", "/klass/nosuchclass/"),
        (f"/elev/{pals.sixten}/lektioner/", "/elev/nosuchpupil/lektioner/"),
    ]:
        hidden, missing = page(pals.asa, refused), page(pals.asa, absent)
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content
    assert not Visit.objects.exists()


def test_a_class_begins_with_its_answer_and_groups_pupils_by_what_adults_have_done(page: Page, pals: Pals) -> None:
    text = text_of(page(pals.asa, f"/klass/{pals.group('9A')}/"))

    assert "En av 2 väntar på någon." in text
    assert text.index('scope="rowgroup">Väntar på någon') < text.index("Mira Åkesson") < text.index("Noor Öberg")
    assert "Okänt" in text
    assert "50\u00a0% rapporterat" in text


def test_a_share_that_is_unknown_is_never_shown_as_a_number(page: Page, pals: Pals) -> None:
    text = text_of(page(pals.asa, f"/elev/{pals.noor}/"))

    assert "<b>Okänt.</b>" in text
    assert "Borta" not in text.split("Alla signaler")[0]


def test_a_school_shows_its_classes_with_denominators(page: Page, pals: Pals) -> None:
    text = text_of(page(pals.petra, f"/skola/{pals.place('bjork')}/"))

    assert "En elev väntar på någon." in text
    assert "2 av 3 elever har känd frånvaro" in text
    assert "Årskurs 9" in text
    assert "Åsa Dahl" in text


def test_a_pupil_page_says_why_and_that_the_visit_is_noted(page: Page, pals: Pals) -> None:
    text = text_of(page(pals.asa, f"/elev/{pals.mira}/"))

    assert "Två signaler väntar på svar." in text
    assert "Borta 23" in text
    assert "Du ser Mira som mentor för 9A. Besöket är noterat i dag 10.00." in text
    assert Visit.objects.get().page == "pupil"


def test_a_pupil_with_nothing_reported_has_a_page_that_says_so(page: Page, pals: Pals) -> None:
    PupilSnapshot.objects.filter(pupil=pals.mira).delete()

    seen = page(pals.asa, f"/elev/{pals.mira}/")

    assert seen.status_code == 200
    assert "Inget är rapporterat om eleven" in text_of(seen)
    assert "Inget är rapporterat de senaste 28 dagarna." in text_of(page(pals.asa, f"/klass/{pals.group('9A')}/"))


def test_an_empty_class_says_so(page: Page, pals: Pals) -> None:
    Membership.objects.filter(group=pals.group("9A")).delete()

    seen = page(pals.asa, f"/klass/{pals.group('9A')}/")

    assert seen.status_code == 200
    assert "Klassen har inga elever i dag." in text_of(seen)


def test_before_the_first_run_the_pages_wait(visit_as: Page, pals: Pals) -> None:
    assert "Första bilden kommer efter tio skoldagar." in text_of(visit_as(pals.asa, f"/klass/{pals.group('9A')}/"))
    assert "Ingen bild ännu." in text_of(visit_as(pals.petra, f"/skola/{pals.place('bjork')}/"))
    assert "Ingen bild ännu." in text_of(visit_as(pals.rut, "/regionen/"))


@pytest.mark.parametrize("asked", ["1990-01-01", "2027-01-01", "inte-en-dag", "2026-02-30", ""])
@pytest.mark.parametrize("name", ["skola", "klass", "elev", "elever", "regionen"])
def test_a_day_outside_the_records_gets_a_clear_page(page: Page, pals: Pals, name: str, asked: str) -> None:
    user = {"skola": pals.petra, "regionen": pals.rut}.get(name, pals.asa)

    seen = page(user, f"{path_of(name, pals)}?datum={asked}")

    assert seen.status_code == 404
    assert "Uppgifterna går från 18 augusti 2025 till torsdag 23 april." in text_of(seen)


def test_the_pictures_own_day_may_be_asked_for(page: Page, pals: Pals) -> None:
    for path in (f"/klass/{pals.group('9A')}/", "/elever/"):
        assert page(pals.asa, f"{path}?datum=2026-04-23").status_code == 200


@pytest.mark.parametrize("cut", ["/elev/", "/klass/", "/skola/", "/elev/mir/", "/klass/9/", "/elev/%00/", "/skola/ö/"])
def test_an_address_that_was_cut_leads_to_the_page_that_is_not_there(page: Page, pals: Pals, cut: str) -> None:
    assert page(pals.petra, cut).status_code == 404


@pytest.mark.parametrize(
    "asked", ["q=%00", "q=%27;--", "sida=-1", "sida=x", "klass=nosuch", "visa=allt", "q=" + "å" * 500]
)
def test_a_filter_that_makes_no_sense_is_left_out(page: Page, pals: Pals, asked: str) -> None:
    assert page(pals.petra, f"/elever/?{asked}").status_code == 200


def test_pupils_are_found_by_name_and_filtered_by_what_waits(page: Page, pals: Pals) -> None:
    assert "Mira Åkesson" in text_of(page(pals.petra, "/elever/?q=åkess+mira"))
    waiting = text_of(page(pals.petra, "/elever/?visa=vantar"))
    assert "Mira Åkesson" in waiting and "Ali Zetterlund" not in waiting
    unknown = text_of(page(pals.petra, "/elever/?visa=okant"))
    assert "Noor Öberg" in unknown and "Mira Åkesson" not in unknown
    assert "Inga träffar." in text_of(page(pals.petra, "/elever/?q=sixten"))


def test_pupils_stand_in_the_order_of_names(page: Page, pals: Pals) -> None:
    text = text_of(page(pals.petra, "/elever/"))

    assert text.index("Ali Zetterlund") < text.index("Mira Åkesson") < text.index("Noor Öberg")


def test_a_name_that_holds_markup_stays_text(page: Page, pals: Pals) -> None:
    Person.objects.filter(code=pals.mira).update(given_name="<script>alert(1)</script>")

    for path in (f"/elev/{pals.mira}/", f"/klass/{pals.group('9A')}/", "/elever/"):
        assert "<script>" not in text_of(page(pals.asa, path))


def test_the_number_of_queries_does_not_follow_the_number_of_pupils(pictures: Run, pals: Pals) -> None:
    paths = [
        (pals.petra, f"/skola/{pals.place('bjork')}/"),
        (pals.petra, f"/klass/{pals.group('9A')}/"),
        (pals.petra, "/elever/"),
    ]
    before = [queries_of(user, path) for user, path in paths]
    for number in range(20):
        code = f"many{number:012d}"
        Person.objects.create(code=code, source="bjorkeby", given_name="A", family_name=f"B{number}", is_pupil=True)
        Membership.objects.create(group_id=pals.group("9A"), pupil_id=code)
        picture = PupilSnapshot.objects.get(pupil=pals.mira)
        picture.pk = code
        picture.save(force_insert=True)

    assert [queries_of(user, path) for user, path in paths] == before
    assert max(before) <= 17  # three of them tell the database's fence who asks


def test_a_day_asked_for_at_ones_own_school_is_asked_for_there(pictures: Run, page: Page, pals: Pals) -> None:
    led = page(pals.petra, "/laget/?datum=2020-01-01")

    assert led.status_code == 302
    assert led["Location"] == f"/skola/{pals.place('bjork')}/?datum=2020-01-01"
    assert page(pals.petra, led["Location"]).status_code == 404


def test_the_pupil_page_asks_the_database_a_fixed_number_of_times(pictures: Run, pals: Pals) -> None:
    counts = {queries_of(pals.petra, f"/elev/{code}/") for code in (pals.mira, pals.noor, pals.ali)}

    assert len(counts) == 1
    # Three are of sub-projects: the ground, the panel, what there is to offer; one is the catalogue of methods.
    assert counts.pop() <= 35


def test_every_page_says_that_the_data_are_made_up(page: Page, pals: Pals) -> None:
    for name, who in [("skola", "petra"), ("klass", "asa"), ("elev", "asa"), ("regionen", "rut"), ("elever", "asa")]:
        assert "Påhittade uppgifter." in text_of(page(getattr(pals, who), path_of(name, pals))), name


def test_real_data_are_not_called_made_up(pals: Pals, visit_as: Page) -> None:
    draw(ABSENCE, simulated=False)

    assert "Påhittade uppgifter." not in text_of(visit_as(pals.asa, f"/klass/{pals.group('9A')}/"))


def test_english_stands_beside_the_swedish(pictures: Run, pals: Pals) -> None:
    client = Client(headers={"accept-language": "en"})
    client.force_login(pals.asa)

    assert "Two signals wait for an answer." in text_of(client.get(f"/elev/{pals.mira}/"))
    assert 'lang="en"' in text_of(client.get("/signaler/"))


def test_a_pupil_who_is_marked_protected_leaves_every_picture_at_once(pictures: Run, pals: Pals) -> None:
    Person.objects.filter(code=pals.mira).update(security_marking="Sekretessmarkering")

    assert not PupilSnapshot.objects.filter(pupil=pals.mira).exists()
    assert PupilSnapshot.objects.filter(pupil=pals.noor).exists()


def test_a_second_run_replaces_the_pictures(pictures: Run, pals: Pals) -> None:
    again = draw([("mira", "bjork", 0, 1800, 1800)])

    assert list(PupilSnapshot.objects.values_list("pupil", "run", "state")) == [(code_of("mira"), again.pk, 0)]
    assert list(Run.objects.filter(shown=True)) == [again]


def test_the_smallest_page_knows_only_who_is_signed_in(page: Page, pals: Pals) -> None:
    assert text_of(page(pals.asa, "/jag/")) == "Åsa Dahl"
    assert page(None, "/jag/").status_code == 302


@pytest.mark.parametrize("path", ["/signaler/", "/tillganglighet/", "/personuppgifter/"])
def test_anyone_may_read_how_it_works(page: Page, path: str) -> None:
    assert page(None, path).status_code == 200
