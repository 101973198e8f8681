"""An incident from the first word to the last: the clock is worked out, and every step is by somebody."""

from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now

from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.protection.models import Incident


def text_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def told(hours: float = 1, **changes: str) -> dict[str, str]:
    aware = localtime(now() - timedelta(hours=hours))
    form = {"title": "Fel mottagare", "what": "En klasslista gick till fel adress.", "affected": "24"}
    return form | {"aware_at": f"{aware:%Y-%m-%dT%H:%M}"} | changes


@pytest.fixture
def incident(dag):
    dag.post("/incidenter/ny/", told(hours=9.5))
    return Incident.objects.get()


def test_an_incident_is_written_down_and_its_clock_runs(dag, incident):
    assert (incident.affected, incident.to_report) == (24, None)
    page = text_of(dag.get(f"/incidenter/{incident.pk}/"))
    assert "Öppen, inte bedömd. 62 timmar kvar" in page
    assert "För en incident går de 72 timmarna." in text_of(dag.get("/incidenter/"))


@pytest.mark.parametrize(
    "change",
    [{"title": ""}, {"what": " "}, {"aware_at": "i går"}, {"aware_at": "2999-01-01T00:00"}, {"affected": "många"},
     {"affected": "-1"}, {"title": "x" * 121}],
)  # fmt: skip
def test_what_can_not_be_is_refused_and_the_text_stays(dag, change):
    answer = dag.post("/incidenter/ny/", told(**change))
    assert answer.status_code == 422
    assert not Incident.objects.exists()
    if "what" not in change:
        assert "En klasslista gick till fel adress." in answer.content.decode()


def test_it_is_followed_decided_on_reported_and_closed(dag, adam, incident, pals):
    here = f"/incidenter/{incident.pk}/"
    assert dag.post(here, {"do": "close"}).status_code == 422
    assert dag.post(here, {"do": "reported"}).status_code == 422
    assert adam.post(here, {"do": "step", "text": "Mottagaren har raderat listan."}).status_code == 302
    assert dag.post(here, {"do": "report", "text": "Barn berörs."}).status_code == 302
    assert dag.post(here, {"do": "close"}).status_code == 422
    assert dag.post(here, {"do": "reported"}).status_code == 302
    assert dag.post(here, {"do": "no_report", "text": "Ändrat mig."}).status_code == 422
    assert dag.post(here, {"do": "close"}).status_code == 302
    assert dag.post(here, {"do": "step", "text": "För sent."}).status_code == 422
    page = text_of(dag.get(here))
    assert "Avslutad. Anmäld i tid." in page
    assert "Mottagaren har raderat listan." in page
    acts = list(AuditEvent.objects.order_by("id").values_list("action", "by__login"))
    assert acts == [
        ("open_incident", "dag"),
        ("incident_step", "adam"),
        ("decide_incident", "dag"),
        ("report_incident", "dag"),
        ("close_incident", "dag"),
    ]


def test_a_late_report_says_so(dag):
    dag.post("/incidenter/ny/", told(hours=80))
    here = f"/incidenter/{Incident.objects.get().pk}/"
    assert "För en av dem är tiden ute." in text_of(dag.get("/incidenter/"))
    dag.post(here, {"do": "report", "text": "Barn berörs."})
    dag.post(here, {"do": "reported"})
    assert "Anmäld efter tiden" in text_of(dag.get(here))


def test_deciding_not_to_report_needs_a_reason_too(dag, incident):
    here = f"/incidenter/{incident.pk}/"
    assert dag.post(here, {"do": "no_report", "text": ""}).status_code == 422
    assert dag.post(here, {"do": "no_report", "text": "Listan var tom."}).status_code == 302
    assert dag.post(here, {"do": "close"}).status_code == 302
    assert dag.post(here, {"do": "nonsense"}).status_code == 422
