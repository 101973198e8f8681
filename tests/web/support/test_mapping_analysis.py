"""The joint analysis, measures for class and school with their follow-up, and templates that a school writes."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from pluginnovation.support.mapping_defaults import DEFAULT_A
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.support.mapping.answers import SaidOfClass
from pluginnovation.web.support.models import (
    AnalysisMeasure,
    FollowUp,
    JointAnalysis,
    MappingTemplate,
    Measure,
    PupilSheet,
)
from tests.pals import TODAY, Pals, code_of
from tests.web.support.mapped import AT, marked, opened, said_of_class

Visiting = Callable[..., Any]
HOME = "/kartlaggning/"
MOVED = "Vi flyttar måndagens första lektion till hus A."


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).split())


def class_at(pals: Pals, found: Any, more: str) -> str:
    return f"{HOME}{found.pk}/klass/{pals.group('9A')}/{more}"


def school_at(pals: Pals, more: str) -> str:
    return f"{HOME}skola/{pals.place('bjork')}/{more}"


def test_what_was_seen_together_is_written_and_two_writers_see_both(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    said_of_class(found, pals, on_time="not")
    at = class_at(pals, found, "analys/")
    form = {"sett": "0", "why": "Bussen", "med-mentor": "1", "med-principal": "1"}
    assert visit_as(pals.asa, at, seen="Sena på måndagar", **form).status_code == 302
    page = text_of(visit_as(pals.hanna, at, seen="Oroligt på raster", **form), 409)
    assert "Sena på måndagar" in page
    assert "Oroligt på raster" in page
    assert visit_as(pals.hanna, at, seen="Båda", **(form | {"sett": "1"})).status_code == 302
    assert [(row.version, row.seen) for row in JointAnalysis.objects.order_by("version")] == [
        (1, "Sena på måndagar"), (2, "Båda"),
    ]  # fmt: skip
    assert "Med: Mentor, Rektor." in text_of(visit_as(pals.petra, at))
    assert "Skriv vad ni ser." in text_of(visit_as(pals.petra, at, seen="  ", sett="2"), 422)


def test_few_pupils_answers_are_never_told_together(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    marked(found, pals, dares="not", enjoys="not")
    for pupil in (pals.mira, pals.noor):
        PupilSheet.objects.create(
            round=found, pupil=pupil, school=found.school, answers={"likes": "not"}, own_words="Hemligt",
            together=True, version=1, by=pals.asa, role="mentor", at=AT,
        )  # fmt: skip
    page = text_of(visit_as(pals.petra, class_at(pals, found, "analys/")))
    assert "Färre än fem elever har mall B." in page
    assert "Jag trivs i skolan." not in page
    assert "Hemligt" not in page
    assert "Mira" not in page


def begun(visit_as: Visiting, pals: Pals, at: str, **more: str) -> Any:
    what = {"goal": MOVED, "kind": "timetable_change", "level": "organisation", "intent": "preventive", "reach": ""}
    page = visit_as(pals.petra, at, **(what | more))
    assert page.status_code == 200
    assert 'type="hidden" name="kind" value="timetable_change"' in page.content.decode()
    who = {"owner": code_of("asa"), "starts": "2026-04-23", "planned_end": "", "how_often": "", "planned_dose": "4",
           "look_back": "2026-05-21"}  # fmt: skip
    return visit_as(pals.petra, at, **(what | more | who))


def test_a_measure_for_the_class_comes_of_the_analysis_and_is_followed_up_and_ended(
    visit_as: Visiting, pals: Pals
) -> None:
    found = opened(pals)
    answer = begun(visit_as, pals, class_at(pals, found, "insats/"), statements="on_time")
    measure = Measure.objects.get()
    at = f"{HOME}insatser/{measure.pk}/"
    assert answer.url == at
    assert (measure.group, measure.pupil, measure.level, measure.intent, measure.reach, measure.owner) == (
        pals.group("9A"), "", "organisation", "preventive", "universal", code_of("asa"),
    )  # fmt: skip
    assert AnalysisMeasure.objects.get().statements == ["on_time"]
    assert "Följs upp torsdag 21 maj." in text_of(visit_as(pals.asa, school_at(pals, "insatser/")))
    assert MOVED in text_of(visit_as(pals.hanna, class_at(pals, found, "analys/")))

    assert visit_as(pals.asa, at, do="given", on="2026-04-23", times="1").status_code == 302
    assert "1 av 4 planerade gånger." in text_of(visit_as(pals.asa, at))
    looked = {"do": "looked", "result": "better", "text": "Fler hinner", "again": "2026-06-01"}
    assert visit_as(pals.asa, at, **looked).status_code == 302
    page = text_of(visit_as(pals.petra, at))
    assert "Bättre än före" in page
    assert "2026-06-01" in page
    assert visit_as(pals.asa, at, do="end", on="2026-04-23", reason="goal_reached").status_code == 302
    assert "Målet nåddes tidigare." in text_of(visit_as(pals.petra, school_at(pals, "insatser/")))
    assert AuditEvent.objects.filter(action="end_measure").count() == 1


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"do": "given", "on": "2026-05-30", "times": "1"}, "Välj i dag eller en tidigare dag."),
        ({"do": "plan", "due": "2026-04-01"}, "Välj i dag eller en senare dag."),
        ({"do": "given", "on": "", "times": "0"}, "Inget är sparat."),
        ({"do": "end", "on": "2026-04-23", "reason": "moved"}, "Inget är sparat."),
        ({"do": "end", "on": "2026-04-01", "reason": "completed"}, "Slutet får inte ligga före början."),
        ({"do": "guess"}, "Välj vad du vill göra."),
    ],
)
def test_what_cant_be_done_with_a_measure_is_refused(
    visit_as: Visiting, pals: Pals, said: dict[str, str], words: str
) -> None:
    begun(visit_as, pals, school_at(pals, "insatser/ny/"), whom="skolan")
    measure = Measure.objects.get()
    assert words in text_of(visit_as(pals.petra, f"{HOME}insatser/{measure.pk}/", **said), 422)
    assert Measure.objects.get().state == Measure.RUNNING
    assert FollowUp.objects.filter(done_at=None).count() == 1


def test_a_measure_with_a_follow_up_in_the_past_leaves_nothing_behind(visit_as: Visiting, pals: Pals) -> None:
    at = school_at(pals, "insatser/ny/")
    form = {"goal": MOVED, "kind": "timetable_change", "whom": "skolan", "owner": code_of("asa"),
            "starts": "2026-04-23", "look_back": "2026-04-01"}  # fmt: skip
    assert "Välj i dag eller en senare dag." in text_of(visit_as(pals.petra, at, **form), 422)
    assert not Measure.objects.exists()
    assert not AuditEvent.objects.filter(action="start_measure").exists()


def test_a_measure_about_a_pupil_isnt_a_page_here_nor_another_schools(visit_as: Visiting, pals: Pals) -> None:
    said = {"kind": "mentor_talk", "level": "individual", "intent": "preventive", "reach": "targeted", "starts": TODAY,
            "by": pals.asa, "at": AT}  # fmt: skip
    own = Measure.objects.create(pupil=pals.mira, school=pals.place("bjork"), **said)
    other = Measure.objects.create(group=pals.group("8A"), school=pals.place("alm"), **said)
    for one in (own, other):
        assert visit_as(pals.petra, f"{HOME}insatser/{one.pk}/").status_code == 404
    assert "mentor" not in text_of(visit_as(pals.petra, school_at(pals, "insatser/"))).split("<main")[1].lower()


def rows_of(template: Any, **changed: str) -> dict[str, str]:
    said = {"several": "2", "since": "2026-04-23", "why": "Prov", "do": "check"}
    for row, one in enumerate(template.statements):
        said |= {f"key-{row}": one.key, f"sv-{row}": one.sv, f"en-{row}": one.en, f"part-{row}": one.dimension}
    return said | changed


def test_a_school_writes_compares_and_saves_its_own_words(visit_as: Visiting, pals: Pals, client: Any) -> None:
    client.force_login(pals.petra)
    at = school_at(pals, "mallar/a/skriv/")
    changed = {"sv-0": "Alla är på plats när lektionen börjar.", "sv-1": "", "several": "3"}
    assert client.post(at, rows_of(DEFAULT_A, **changed)).url == school_at(pals, "mallar/a/jamfor/")
    page = text_of(client.get(school_at(pals, "mallar/a/jamfor/")))
    assert "1 nya påståenden, 2 borttagna, 6 kvar." in page
    assert "från 2 till 3 påståenden" in page
    assert not MappingTemplate.objects.exists()
    assert client.post(school_at(pals, "mallar/a/jamfor/")).status_code == 302
    row = MappingTemplate.objects.get()
    assert (row.number, row.several, len(row.statements), row.statements[0][0]) == (1, 3, 7, "behavioural_1")
    page = text_of(visit_as(pals.asa, school_at(pals, "mallar/")))
    assert "Version 1 gäller sedan 2026-04-23." in page
    assert "Alla är på plats när lektionen börjar." in page
    assert "2 borttagna" not in text_of(visit_as(pals.asa, school_at(pals, "mallar/a/1/")))
    client.post(at, {"do": "default"})
    assert "Eleverna kommer i tid till lektionerna." in text_of(client.get(at))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"why": ""}, "Skriv varför, i högst 200 tecken."),
        ({"since": "2026-04-01"}, "Skriv i dag eller en senare dag"),
        ({"since": "snart"}, "Skriv i dag eller en senare dag"),
        ({"several": "noll"}, "Skriv ett helt tal från 1 till 6."),
        ({"sv-1": "Eleverna kommer i tid till lektionerna."}, "Samma påstående står två gånger."),
        ({"sv-0": "x" * 200}, "Skriv högst 160 tecken."),
        ({"part-0": "wealth", "sv-0": "Nytt"}, "Välj vilken del påståendet hör till."),
    ],
)
def test_a_template_that_cant_be_used_is_answered_where_it_is_wrong(
    visit_as: Visiting, pals: Pals, changed: dict[str, str], words: str
) -> None:
    page = visit_as(pals.hanna, school_at(pals, "mallar/a/skriv/"), **rows_of(DEFAULT_A, **changed))
    assert words in text_of(page, 422)


def test_two_who_write_a_template_at_once_lose_no_version(pals: Pals) -> None:
    from django.test import Client

    clients = [Client(), Client()]
    for client, user in zip(clients, (pals.petra, pals.hanna), strict=True):
        client.force_login(user)
        client.post(school_at(pals, "mallar/a/skriv/"), rows_of(DEFAULT_A, **{"sv-0": user.name}))
    first, second = (client.post(school_at(pals, "mallar/a/jamfor/")) for client in clients)
    assert first.status_code == 302
    assert "Någon annan har sparat en ny version sedan du började." in text_of(second, 409)
    assert MappingTemplate.objects.count() == 1


def test_a_round_that_goes_on_keeps_its_statements_and_a_new_one_gets_the_new(visit_as: Visiting, pals: Pals) -> None:
    going_on = opened(pals)
    MappingTemplate.objects.create(
        school=going_on.school, kind="class", number=1, since=TODAY, several=1, why="Prov", by=pals.petra,
        role="principal", at=AT, statements=[["social_1", "social", "Alla äter tillsammans.", ""]],
    )  # fmt: skip
    assert "Alla äter" not in text_of(visit_as(pals.asa, class_at(pals, going_on, "svara/")))
    assert visit_as(pals.petra, f"{HOME}{going_on.pk}/", do="renew").status_code == 302
    assert "Alla äter" in text_of(visit_as(pals.asa, class_at(pals, going_on, "svara/")))


def test_what_several_classes_share_is_shown_to_who_leads(visit_as: Visiting, pals: Pals) -> None:
    from pluginnovation.web.people.models import Group
    from pluginnovation.web.support.mapping.answers import answer_class

    found = opened(pals)
    said_of_class(found, pals, on_time="not")
    said = SaidOfClass({"on_time": "partly"}, "", 0)
    group = Group.objects.get(code=pals.group("9B"))
    answer_class(of_round=found, group=group, said=said, by=pals.sam, role="mentor", at=AT)
    page = text_of(visit_as(pals.petra, f"{HOME}{found.pk}/"))
    assert "2 av 2 som har svarat: 9A, 9B" in page
    assert "Vad flera klasser delar" not in text_of(visit_as(pals.asa, f"{HOME}{found.pk}/"))


def test_who_is_protected_leaves_every_page_of_mapping(visit_as: Visiting, pals: Pals) -> None:
    from pluginnovation.records.sink import IdentityChanges
    from pluginnovation.web.people.sink import PeopleSink
    from pluginnovation.web.support.models import PupilMarks
    from tests.pals import SOURCE

    found = opened(pals)
    said_of_class(found, pals, dares="not")
    marked(found, pals, dares="not", enjoys="not")
    visit_as(pals.asa, f"{HOME}elev/{pals.mira}/skriv/", mall="0", sett="0", own_words="Hemligt")
    places = [class_at(pals, found, more) for more in ("", "elever/dares/", "analys/")]
    assert "Åkesson" in text_of(visit_as(pals.asa, places[0]))
    PeopleSink().take(IdentityChanges(SOURCE, protected=[pals.mira]))
    assert not PupilMarks.objects.exists()
    assert not PupilSheet.objects.exists()
    for at in [*places, f"{HOME}{found.pk}/", HOME]:
        page = text_of(visit_as(pals.asa, at))
        assert "Åkesson" not in page
        assert pals.mira not in page
    assert visit_as(pals.asa, f"{HOME}elev/{pals.mira}/").status_code == 404


def test_the_queries_of_a_round_dont_grow_with_its_classes(visit_as: Visiting, pals: Pals) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    found = opened(pals)
    at = f"{HOME}{found.pk}/"
    with CaptureQueriesContext(connection) as alone:
        visit_as(pals.asa, at)
    with CaptureQueriesContext(connection) as all_of_them:
        visit_as(pals.petra, at)
    assert len(all_of_them) <= len(alone) + 4
    assert found.last == TODAY + timedelta(days=12)
