"""What pupils and guardians say: written down, shown beside what it is about, answered, and kept."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from pluginnovation.web.people.models import AuditEvent, Statement, StatementAnswer
from pluginnovation.web.people.rights.asked_why import ask_why
from tests.pals import code_of
from tests.web.signals.conftest import draw

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
SAID = {
    "said_by": "pupil", "kind": "objection", "about": "absence_28d", "said_on": "2026-04-22",
    "text": "Jag var på lektionen, vikarien missade mig.",
}  # fmt: skip


@pytest.fixture
def world(pals):
    draw()
    return pals


@pytest.fixture
def client_of(world):
    def client(name):
        found = Client()
        found.force_login(getattr(world, name))
        return found

    return client


def say(client, pals, **changed):
    return client.post(f"/elev/{pals.mira}/synpunkter/", SAID | changed)


def flags(client, pals):
    """How many times something is said to be contested on the pupil's page."""
    return client.get(f"/elev/{pals.mira}/").content.decode().count(">bestrids<")


def test_an_objection_stands_beside_the_signal_until_it_is_corrected_and_is_kept_with_its_answers(client_of, world):
    asa, petra = client_of("asa"), client_of("petra")
    assert flags(asa, world) == 0
    assert say(asa, world).status_code == 302
    assert flags(asa, world) == 2  # beside the reason, and in the table of all signals

    number = Statement.objects.get().pk
    where = f"/elev/{world.mira}/synpunkter/{number}/svar/"
    for outcome, left in (("not_corrected", 2), ("corrected", 0)):
        assert petra.post(where, {"outcome": outcome, "text": "Vi har frågat vikarien."}).status_code == 302
        assert flags(asa, world) == left

    page = asa.get(f"/elev/{world.mira}/synpunkter/").content.decode()
    assert "vikarien missade mig" in page and "Inte rättat" in page and "Rättat i skolans system" in page
    assert StatementAnswer.objects.count() == 2
    acts = AuditEvent.objects.filter(about=world.mira).order_by("id").values_list("action", "by")
    assert [*acts] == [("record_statement", world.asa.pk), *[("answer_statement", world.petra.pk)] * 2]


def test_a_view_contests_nothing_and_a_part_of_the_page_is_told_of_on_top(client_of, world):
    asa = client_of("asa")
    say(asa, world, kind="view")
    assert flags(asa, world) == 0
    say(asa, world, kind="correction", about="grades")
    page = asa.get(f"/elev/{world.mira}/").content.decode()
    assert "säger emot uppgifterna: betyg" in page


@pytest.mark.parametrize(
    "changed",
    [{"text": ""}, {"text": "x" * 2_001}, {"kind": "anger"}, {"about": "diagnosis"}, {"said_on": "2026-04-24"},
     {"said_on": "i går"}, {"said_by": ""}],
)  # fmt: skip
def test_bad_words_are_not_written_down_and_are_kept_in_the_form(client_of, world, changed):
    answer = say(client_of("asa"), world, **changed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert not Statement.objects.exists()


@pytest.mark.parametrize(
    ("who", "reads", "writes", "answers"),
    [("asa", 200, 302, 404), ("tova", 200, 404, 404), ("petra", 200, 302, 302), ("hanna", 200, 302, 302),
     ("omar", 404, 404, 404), ("kim", 404, 404, 404), ("dag", 404, 404, 404), ("adam", 404, 404, 404)],
)  # fmt: skip
def test_who_reads_writes_and_answers(client_of, world, who, reads, writes, answers):
    say(client_of("hanna"), world)
    number, client = Statement.objects.get().pk, client_of(who)
    assert client.get(f"/elev/{world.mira}/synpunkter/").status_code == reads
    assert say(client, world).status_code == writes
    answered = client.post(f"/elev/{world.mira}/synpunkter/{number}/svar/", {"outcome": "noted", "text": "Tack."})
    assert answered.status_code == answers


def test_an_answer_that_says_nothing_and_one_to_another_pupils_words_are_refused(client_of, world):
    petra = client_of("petra")
    say(petra, world)
    number = Statement.objects.get().pk
    assert petra.post(f"/elev/{world.mira}/synpunkter/{number}/svar/", {"outcome": "noted"}).status_code == 422
    said = {"outcome": "noted", "text": "Tack."}
    assert petra.post(f"/elev/{world.noor}/synpunkter/{number}/svar/", said).status_code == 404
    assert petra.post(f"/elev/{world.mira}/synpunkter/999/svar/", said).status_code == 404
    assert not StatementAnswer.objects.exists()


def test_why_tells_the_duty_the_dates_and_the_source_in_the_readers_language(client_of, world):
    asa = client_of("asa")
    page = asa.get(f"/elev/{world.mira}/varfor/").content.decode()
    assert "För att du är mentor: 9A." in page
    assert "från 18 augusti 2025" in page and "källan bjorkeby" in page
    asa.post("/sprak/", {"language": "en", "next": "/"})
    english = asa.get(f"/elev/{world.mira}/varfor/").content.decode()
    assert "Why may I see this pupil?" in english and "the source bjorkeby" in english
    assert client_of("omar").get(f"/elev/{world.mira}/varfor/").status_code == 404


def test_the_operator_asks_why_in_codes_and_it_is_written_down(world):
    said = {"by": None, "at": AT}
    (own,) = ask_why(who=code_of("asa"), pupil=world.mira, **said)
    assert (own.role, own.reach, own.through) == ("mentor", "own_group", world.group("9A"))
    assert (own.source, own.first, own.last) == ("bjorkeby", "2025-08-18", "")
    for who, pupil in ((code_of("omar"), world.mira), (code_of("asa"), "nobody"), ("nobody", world.mira)):
        assert ask_why(who=who, pupil=pupil, **said) == []
    assert AuditEvent.objects.filter(action="ask_why", by=None).count() == 4
