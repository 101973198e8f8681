"""Mapping twice a term: rounds, a class's answers side by side, marks, and template B with the pupil."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.support.mapping_defaults import DEFAULT_A, DEFAULT_B
from pluginnovation.web.people.models import AuditEvent, Membership, Visit
from pluginnovation.web.support.models import ClassSheet, MappingRound, MappingTemplate, PupilMarks, PupilSheet
from tests.pals import TODAY, Pals
from tests.web.support.mapped import AT, marked, opened, said_of_class

Visiting = Callable[..., Any]
HOME = "/kartlaggning/"


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return " ".join(unescape(answer.content.decode()).split())


def class_at(pals: Pals, found: MappingRound, more: str = "", group: str = "9A") -> str:
    return f"{HOME}{found.pk}/klass/{pals.group(group)}/{more}"


def test_nobody_has_opened_a_round_and_the_page_says_who_does(visit_as: Visiting, pals: Pals) -> None:
    text = text_of(visit_as(pals.asa, HOME))
    assert "Ingen omgång har öppnats här än." in text
    assert "Rektor eller elevhälsan öppnar den." in text


def test_the_principal_opens_a_round_and_the_mentor_is_asked(visit_as: Visiting, pals: Pals) -> None:
    answer = visit_as(pals.petra, f"{HOME}skola/{pals.place('bjork')}/ny/", first="2026-04-23", last="2026-05-07")
    found = MappingRound.objects.get()
    assert answer.status_code == 302
    assert AuditEvent.objects.filter(action="open_mapping_round", by=pals.petra).exists()
    assert "En klass väntar på dina svar." in text_of(visit_as(pals.asa, HOME))
    assert "En omgång pågår: 0 av 2 klasser har svar." in text_of(visit_as(pals.hanna, HOME))
    page = text_of(visit_as(pals.petra, f"{HOME}{found.pk}/"))
    assert "Noll av 2 klasser har svar." in page
    assert "0 av 2 lärare" in page
    assert "Åsa Dahl, Tova Lind" in page


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-05-07", "2026-04-30", "Omgången slutar innan den börjar."),
        ("2026-04-01", "2026-04-20", "Den sista dagen har redan varit."),
        ("2026-04-23", "2026-09-30", "Omgången är längre än två månader."),
        ("2026-04-30", "2026-05-30", "Dagarna krockar med omgången"),
        ("i morgon", "2026-05-30", "Inget är sparat."),
    ],
)
def test_a_round_whose_days_cant_be_is_refused_with_what_to_do(
    visit_as: Visiting, pals: Pals, first: str, last: str, words: str
) -> None:
    opened(pals, TODAY + timedelta(days=10), days=5)
    page = visit_as(pals.hanna, f"{HOME}skola/{pals.place('bjork')}/ny/", first=first, last=last)
    assert words in text_of(page, 422)
    assert MappingRound.objects.count() == 1


def test_two_teachers_answers_stand_side_by_side_and_their_difference_is_shown(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    for who, dares in (("asa", "fully"), ("tova", "not")):
        answer = visit_as(
            getattr(pals, who), class_at(pals, found, "svara/"), mall="0", text=f"{who} ser något",
            **{"svar-dares": dares, "svar-enjoys": "fully", "svar-on_time": ""},
        )  # fmt: skip
        assert answer.status_code == 302
    for who in (pals.asa, pals.hanna, pals.petra):
        page = text_of(visit_as(who, class_at(pals, found)))
        assert "Två av 2 lärare har svarat." in page
        assert page.count("ni ser olika") == 1
        assert "asa ser något" in page
        assert "Ett av 8 påståenden behöver ni tala om." in page
    assert ClassSheet.objects.get(by=pals.asa).answers == {"dares": "fully", "enjoys": "fully"}


def test_what_one_said_before_no_longer_counts_but_stays(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    said_of_class(found, pals, dares="not")
    said_of_class(found, pals, dares="fully")
    page = text_of(visit_as(pals.petra, class_at(pals, found)))
    assert "Inget påstående sticker ut." in page
    assert ClassSheet.objects.count() == 2


def test_a_subject_teacher_maps_the_class_and_sees_only_the_pupils_within_reach(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    said_of_class(found, pals, "tova", dares="partly")
    page = text_of(visit_as(pals.tova, class_at(pals, found, "elever/dares/")))
    assert "Mira Åkesson" in page
    assert "Noor" not in page
    assert "vidare till mall B" not in text_of(visit_as(pals.tova, class_at(pals, found)))


def test_answering_leads_to_the_pupils_of_the_first_statement_and_two_marks_lead_to_template_b(
    visit_as: Visiting, pals: Pals
) -> None:
    found = opened(pals)
    said = {"svar-dares": "not", "svar-enjoys": "partly"}
    answer = visit_as(pals.asa, class_at(pals, found, "svara/"), mall="0", **said)
    assert answer.url == class_at(pals, found, "elever/dares/")
    answer = visit_as(pals.asa, answer.url, **{f"elev-{pals.mira}": "not", f"elev-{pals.noor}": ""})
    assert answer.url == class_at(pals, found, "elever/enjoys/")
    assert "Ingen elev går vidare just nu." in text_of(visit_as(pals.asa, class_at(pals, found)))
    visit_as(pals.asa, answer.url, **{f"elev-{pals.mira}": "partly", f"elev-{pals.noor}": "partly"})
    page = text_of(visit_as(pals.asa, class_at(pals, found)))
    assert page.count("Mall B väntar på ett samtal") == 1
    assert "Mira" in page
    assert {row.pupil: row.marks for row in PupilMarks.objects.order_by("id")} == {
        pals.mira: {"dares": "not", "enjoys": "partly"}, pals.noor: {"enjoys": "partly"},
    }  # fmt: skip


def test_a_mark_taken_back_and_marks_of_two_teachers_count_each_statement_once(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    marked(found, pals, dares="not")
    marked(found, pals, "tova", dares="partly")
    assert "Ingen elev går vidare just nu." in text_of(visit_as(pals.petra, class_at(pals, found)))
    marked(found, pals, "tova", dares="partly", enjoys="not")
    assert "Mall B väntar" in text_of(visit_as(pals.petra, class_at(pals, found)))
    marked(found, pals, "tova")
    assert "Ingen elev går vidare just nu." in text_of(visit_as(pals.petra, class_at(pals, found)))


def test_a_pupil_who_left_yesterday_isnt_marked_and_the_rest_is_kept(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    said = {f"elev-{pals.mira}": "not", f"elev-{pals.vera}": "not"}
    page = text_of(visit_as(pals.asa, class_at(pals, found, "elever/dares/"), **said), 409)
    assert "Någon i listan går inte i klassen längre." in page
    assert f'name="elev-{pals.mira}" value="not" checked' in page
    assert not PupilMarks.objects.exists()


def test_statements_that_were_changed_meanwhile_keep_the_other_answers(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals, class_template=1)
    rest = DEFAULT_A.statements[1:]
    MappingTemplate.objects.create(
        school=found.school, kind="class", number=1, since=TODAY, several=2, why="Prov", by=pals.petra,
        role="principal", at=AT,
        statements=[["behavioural_1", "behavioural", "Alla är på plats.", ""],
                    *([one.key, one.dimension, one.sv, one.en] for one in rest)],
    )  # fmt: skip
    page = visit_as(pals.asa, class_at(pals, found, "svara/"), mall="0", **{"svar-dares": "not", "svar-on_time": "not"})
    text = text_of(page, 409)
    assert "Påståendena har ändrats sedan du öppnade sidan." in text
    assert 'name="svar-dares" value="not" checked' in text
    assert "Alla är på plats." in text
    assert not ClassSheet.objects.exists()


@pytest.mark.parametrize("days", [-30, 10])
def test_a_round_that_is_over_or_coming_takes_no_answers(visit_as: Visiting, pals: Pals, days: int) -> None:
    found = opened(pals, TODAY + timedelta(days=days), days=7)
    page = visit_as(pals.asa, class_at(pals, found, "svara/"), mall="0", **{"svar-dares": "not"})
    assert "Omgången tar inte emot svar i dag." in text_of(page, 422)
    assert 'name="svar-dares"' not in text_of(visit_as(pals.asa, class_at(pals, found, "svara/")))


def test_an_empty_sheet_says_so(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    assert "Inget är ifyllt." in text_of(visit_as(pals.asa, class_at(pals, found, "svara/"), mall="0"), 422)


def test_a_class_without_pupils_can_be_looked_at_and_says_so(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    Membership.objects.filter(group=pals.group("9A")).delete()
    for more in ("", "svara/", "analys/", "elever/dares/"):
        text = text_of(visit_as(pals.asa, class_at(pals, found, more)))
        assert more == "analys/" or "Klassen har inga elever i dag." in text


def test_template_b_is_written_through_the_door_and_told_without_a_sum(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    marked(found, pals, dares="not", enjoys="partly")
    form = {"mall": "0", "sett": "0", "together": "yes", "own_words": "Matten går för fort.\nMen jag har Noor.",
            "svar-company": "fully", "svar-understands": "not"}  # fmt: skip
    assert visit_as(pals.asa, f"{HOME}elev/{pals.mira}/skriv/", **form).status_code == 302
    sheet = PupilSheet.objects.get()
    assert (sheet.version, sheet.answers) == (1, {"understands": "not", "company": "fully"})
    page = text_of(visit_as(pals.hanna, f"{HOME}elev/{pals.mira}/"))
    assert "Matten går för fort.<br>Men jag har Noor." in page
    assert "Ifylld tillsammans med eleven." in page
    assert "Varför vi frågar" in page
    assert Visit.objects.filter(pupil=pals.mira, viewer=pals.hanna, page="mapping").exists()
    assert "Mall B ifylld 2026-04-23" in text_of(visit_as(pals.petra, class_at(pals, found)))


def test_two_adults_who_write_about_one_pupil_see_both_and_nothing_is_lost(visit_as: Visiting, pals: Pals) -> None:
    opened(pals)
    at = f"{HOME}elev/{pals.mira}/skriv/"
    form = {"mall": "0", "sett": "0", "together": "yes", "svar-likes": "fully"}
    assert visit_as(pals.asa, at, own_words="Åsas anteckning", **form).status_code == 302
    page = text_of(visit_as(pals.hanna, at, own_words="Hannas anteckning", **form), 409)
    assert "Någon annan har sparat sedan du öppnade sidan." in page
    assert "Åsas anteckning" in page
    assert "Hannas anteckning" in page
    assert visit_as(pals.hanna, at, own_words="Bådas", **(form | {"sett": "1"})).status_code == 302
    assert [row.own_words for row in PupilSheet.objects.order_by("version")] == ["Åsas anteckning", "Bådas"]


def test_a_pupil_who_left_yesterday_is_absent(visit_as: Visiting, pals: Pals) -> None:
    opened(pals)
    assert visit_as(pals.asa, f"{HOME}elev/{pals.vera}/").status_code == 404
    assert visit_as(pals.asa, f"{HOME}elev/{pals.vera}/skriv/", mall="0", sett="0", own_words="x").status_code == 404


def test_what_differs_from_the_round_before_is_told_for_class_and_pupil(visit_as: Visiting, pals: Pals) -> None:
    before = opened(pals, TODAY - timedelta(days=60), days=60)
    said_of_class(before, pals, dares="fully")
    PupilSheet.objects.create(round=before, pupil=pals.mira, school=before.school, answers={"likes": "fully"},
                              together=True, version=1, by=pals.asa, role="mentor", at=AT)  # fmt: skip
    MappingRound.objects.filter(pk=before.pk).update(last=TODAY - timedelta(days=50))
    found = opened(pals)
    said_of_class(found, pals, dares="not")
    page = text_of(visit_as(pals.petra, class_at(pals, found)))
    assert "Stämmer sämre än förra gången. Då: 1 helt, 0 delvis, 0 inte." in page
    visit_as(pals.asa, f"{HOME}elev/{pals.mira}/skriv/", mall="0", sett="0", together="no", **{"svar-likes": "partly"})
    page = text_of(visit_as(pals.asa, f"{HOME}elev/{pals.mira}/"))
    assert "Ett svar är annorlunda än förra gången." in page
    assert "Mot förra gången" in page


def test_a_round_is_taken_back_only_while_nobody_has_answered(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    at = f"{HOME}{found.pk}/"
    said_of_class(found, pals, dares="not")
    assert "Någon har redan svarat i omgången." in text_of(visit_as(pals.petra, at, do="withdraw"), 422)
    assert visit_as(pals.petra, at, do="move", last="2026-05-20").status_code == 302
    assert "Den sista dagen har redan varit." in text_of(visit_as(pals.petra, at, do="move", last="2026-04-22"), 422)
    assert "Skriv en dag" in text_of(visit_as(pals.petra, at, do="move", last="snart"), 422)
    assert visit_as(pals.asa, at, do="withdraw").status_code == 404
    ClassSheet.objects.all().delete()
    assert visit_as(pals.petra, at, do="withdraw").status_code == 302
    assert visit_as(pals.petra, at).status_code == 404
    with pytest.raises(Refusal, match="The round takes no answers today"):
        said_of_class(found, pals, dares="not")


def test_files_hold_class_level_results_and_no_pupil(visit_as: Visiting, pals: Pals) -> None:
    found = opened(pals)
    said_of_class(found, pals, dares="not", text="=1+1")
    marked(found, pals, dares="not", enjoys="not")
    for at in (class_at(pals, found), f"{HOME}{found.pk}/"):
        text = visit_as(pals.petra, f"{at}?format=csv").content.decode()
        assert "Mira" not in text
        assert pals.mira not in text
        assert visit_as(pals.petra, f"{at}?format=xlsx").content.startswith(b"PK")
    rows = visit_as(pals.petra, f"{class_at(pals, found)}?format=csv").content.decode().splitlines()
    assert len(rows) == 2 + len(DEFAULT_A.statements)
    assert "Eleverna vågar fråga och göra fel.;0;0;1;1" in "\n".join(rows)


def test_the_pupils_form_has_every_statement_with_four_ways_to_answer(visit_as: Visiting, pals: Pals) -> None:
    opened(pals)
    page = visit_as(pals.asa, f"{HOME}elev/{pals.mira}/skriv/").content.decode()
    assert page.count('type="radio" name="svar-') == 4 * len(DEFAULT_B.statements)
    assert page.count("<fieldset") == len(DEFAULT_B.statements) + 1


def test_the_demos_schools_are_in_the_middle_of_a_round_and_a_second_time_changes_nothing(
    visit_as: Visiting, pals: Pals
) -> None:
    from pluginnovation.web.people.models import DemoRole
    from pluginnovation.web.support.mapping.demo import map_demo

    DemoRole.objects.create(role="principal", user=pals.petra)
    before = AT - timedelta(days=60)
    assert map_demo(before=before, at=AT) == 2
    assert map_demo(before=before, at=AT) == 0
    found = MappingRound.objects.latest("first")
    page = text_of(visit_as(pals.petra, class_at(pals, found)))
    assert "lärare har svarat." in page
    assert "än förra gången." in page
    assert "Mall B väntar på ett samtal" in page
    told = PupilSheet.objects.exclude(round=found)
    # In the round before; in the one that is open they wait for a talk. Whoever has left since is asked nothing.
    assert {one.pupil for one in told} == {pals.noor, pals.ali}
    assert Visit.objects.filter(pupil=told[0].pupil, page="mapping", viewer=told[0].by).exists()
    asked = text_of(visit_as(told[0].by, f"{HOME}elev/{told[0].pupil}/"))
    assert told[0].own_words in asked
    assert "Måndagens första lektion flyttas" in text_of(visit_as(pals.sam, HOME + f"skola/{found.school}/insatser/",
                                                                  role=f"mentor.{found.school}"))  # fmt: skip
