"""The pages of pupil and class tell what adults do: the next step, the support in place, and the timeline."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from pluginnovation.web.support.cases import Opening, open_case
from pluginnovation.web.support.measures import Delivered, Starting, deliver_dose, start_measure
from pluginnovation.web.support.models import Measure
from tests.pals import TODAY, Pals, code_of
from tests.web.signals.conftest import AT, page, pictures
from tests.web.support.test_my_day import promised, text_of

__all__ = ["page", "pictures"]

Page = Callable[..., Any]


def begun(pals: Pals, pupil: str, kind: str = "homework_help") -> Measure:
    starting = Starting(
        kind=kind, starts=TODAY, pupil=pupil, school=pals.place("bjork"), owner=code_of("asa"), owner_role="mentor",
        planned_dose=4,
    )  # fmt: skip
    return start_measure(starting=starting, by=pals.asa, at=AT)


def test_the_pupils_page_has_one_next_step_with_who_latest_then_and_one_button(page: Page, pals: Pals) -> None:
    assert "Inget är lovat." in text_of(page(pals.asa, f"/elev/{pals.mira}/"))
    promised(pals, days=9, what="Läs lärarnas svar")
    promised(pals, days=-1, what="Ring hem")
    text = text_of(page(pals.asa, f"/elev/{pals.mira}/"))
    aside = text.split("<aside")[1].split("</aside>")[0]
    assert aside.index("1 dag sen") < aside.index("Ring hem") < aside.index("Åsa Dahl") < aside.index("Klart")
    assert "Lämna över" in aside
    assert "1 steg till är lovat." in aside
    assert "Läs lärarnas svar." in text.split("Framåt")[1].split("Hittills")[0]


def test_support_in_place_tells_the_dose_and_the_case_only_to_those_in_cases(page: Page, pals: Pals) -> None:
    measure = begun(pals, pals.mira)
    for _time in range(2):
        deliver_dose(measure=measure, delivered=Delivered(on=TODAY), by=pals.asa, at=AT)
    opening = Opening(pals.mira, pals.place("bjork"), "absence_investigation", "pupil_health", code_of("hanna"),
                      "pupil_health")  # fmt: skip
    open_case(opening=opening, by=pals.hanna, at=AT)

    text = text_of(page(pals.asa, f"/elev/{pals.mira}/"))
    assert "2 av 4 planerade tillfällen." in text
    assert "Utredning av frånvaro" in text
    assert "Ärendet öppnades." in text
    teachers = text_of(page(pals.tova, f"/elev/{pals.mira}/"))
    assert "2 av 4 planerade tillfällen." in teachers
    assert "Utredning av frånvaro" not in teachers


def test_the_class_sets_those_with_support_apart_and_tells_the_next_step_of_each(page: Page, pals: Pals) -> None:
    begun(pals, pals.noor)
    promised(pals, days=1, what="Ring Noors hem", pupil=pals.noor)
    text = text_of(page(pals.asa, f"/klass/{pals.group('9A')}/"))
    assert text.index(">Väntar på någon") < text.index("Mira Åkesson") < text.index("Har stöd på plats")
    assert text.index("Har stöd på plats") < text.index("Noor Öberg")
    assert "Läxhjälp sedan 23 apr." in text
    assert "Ring Noors hem, Åsa Dahl" in text
    assert "Har stöd 1" in text

    shown = text_of(page(pals.asa, f"/klass/{pals.group('9A')}/?visa=stod"))
    assert "Noor Öberg" in shown
    assert "Mira Åkesson" not in shown
    taken = text_of(page(pals.asa, f"/klass/{pals.group('9A')}/?format=csv"))
    assert "Har stöd på plats" in next(line for line in taken.splitlines() if "Noor" in line)


def test_a_class_takes_as_many_queries_with_many_promises_as_with_one(page: Page, pals: Pals) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(page(pals.asa, f"/klass/{pals.group('9A')}/"))
        return len(seen)

    promised(pals, days=1, pupil=pals.noor)
    few = queries()
    for name in ("mira", "noor"):
        begun(pals, getattr(pals, name))
        for days in range(8):
            promised(pals, days=days, pupil=getattr(pals, name))
    assert queries() == few


def test_a_measure_to_come_stands_ahead_in_the_timeline(page: Page, pals: Pals) -> None:
    starting = Starting(kind="mentor_talk", starts=TODAY + timedelta(days=5), pupil=pals.mira,
                        school=pals.place("bjork"), owner_role="mentor")  # fmt: skip
    start_measure(starting=starting, by=pals.asa, at=AT)
    text = text_of(page(pals.asa, f"/elev/{pals.mira}/"))
    assert "Samtal med mentor" in text.split("Framåt")[1].split("Hittills")[0]


def test_on_the_mentors_tile_a_pupil_with_support_is_a_ring(page: Page, pals: Pals) -> None:
    tile = text_of(page(pals.asa, "/min-dag/")).split('class="tiles')[1].split("</ul>")[0]
    assert "supported-dots" not in tile
    for name in ("absence_28d", "absence_term"):
        page(pals.asa, f"/elev/{pals.mira}/signal/{name}/svar", what="asked")
    begun(pals, pals.mira)
    tile = text_of(page(pals.asa, "/min-dag/")).split('class="tiles')[1].split("</ul>")[0]
    assert tile.count('class="supported-dots"') == 1
