"""How far a measure followed its method's points: marked on its page, shown in the case, unknown by itself."""

import html
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.support.forgetting import forget
from pluginnovation.web.support.marking import mark_points
from pluginnovation.web.support.measures import Starting, start_measure
from pluginnovation.web.support.models import Case, Measure, PointMark
from tests.pals import TODAY
from tests.web.signals.conftest import AT

pytestmark = pytest.mark.django_db
POINTS = ("Samma vuxen varje gång.", "Minst två morgnar i veckan.", "<b>Före</b> första lektionen.")


def body(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def measure(pals):
    case = Case.objects.create(
        pupil=pals.mira, school=pals.place("bjork"), kind="support_investigation", state="programme", opened_at=AT,
        by=pals.petra, at=AT,
    )  # fmt: skip
    starting = Starting(
        kind="mentor_talk", starts=TODAY, pupil=pals.mira, school=case.school, case=case.pk, method="morgonstart",
        fidelity=POINTS, owner_role="mentor",
    )  # fmt: skip
    return start_measure(starting=starting, by=pals.asa, at=AT)


def test_points_are_marked_on_the_measures_page_and_shown_there_and_in_the_case(measure, pals, visit_as):
    at = f"/insats/{measure.pk}/"
    before = body(visit_as(pals.asa, at))
    assert before.count("Ingen har sagt") == 3 and "0 av 3 punkter följdes, 3 okänt." in before
    assert "&lt;b&gt;Före&lt;/b&gt;" in before
    answer = visit_as(pals.asa, f"{at}punkter/", point_0="yes", point_1="no", point_2="")
    assert answer.status_code == 302
    after = body(visit_as(pals.asa, at))
    assert "1 av 3 punkter följdes, 1 inte, 1 okänt." in after and after.count("Ingen har sagt") == 1
    assert "Åsa Dahl" in after
    case = html.unescape(body(visit_as(pals.hanna, f"/arende/{measure.case_id}/")))
    assert "1 av 3 punkter följdes, 1 inte, 1 okänt." in case
    event = AuditEvent.objects.get(action="mark_points")
    assert event.by == pals.asa and event.details["measure"] == measure.pk


def test_only_what_differs_is_written_and_the_last_word_stands(measure, pals):
    first = mark_points(measure=measure, said={0: "yes", 1: "partly"}, by=pals.asa, at=AT)
    second = mark_points(measure=measure, said={0: "yes", 1: "unknown"}, by=pals.asa, at=AT + timedelta(days=1))
    assert ([mark.point for mark in first], [mark.point for mark in second]) == ([0, 1], [1])
    assert PointMark.objects.count() == 3


@pytest.mark.parametrize("said", [{}, {3: "yes"}, {-1: "yes"}, {0: "always"}, {0: ""}])
def test_what_cant_be_is_refused_and_nothing_is_written(measure, pals, said):
    with pytest.raises(Refusal):
        mark_points(measure=measure, said=said, by=pals.asa, at=AT)
    assert not PointMark.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        PointMark.objects.create(measure=measure, point=0, followed="always", by=pals.asa, at=AT)


def test_a_measure_that_hasnt_begun_or_follows_no_method_has_nothing_to_mark(measure, pals, visit_as):
    Measure.objects.filter(pk=measure.pk).update(state="planned")
    assert "Skriv hur punkterna följdes" not in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))
    assert visit_as(pals.asa, f"/insats/{measure.pk}/punkter/", point_0="yes").status_code == 422
    Measure.objects.filter(pk=measure.pk).update(state="running", fidelity="", method="")
    assert "Blev det metoden?" not in body(visit_as(pals.asa, f"/insats/{measure.pk}/"))
    assert visit_as(pals.asa, f"/insats/{measure.pk}/punkter/", point_0="yes").status_code == 422
    assert visit_as(pals.omar, f"/insats/{measure.pk}/punkter/", point_0="yes").status_code == 404


def test_marks_go_with_the_pupil(measure, pals):
    mark_points(measure=measure, said={0: "yes"}, by=pals.asa, at=AT)
    forget([pals.mira])
    assert not PointMark.objects.exists()
