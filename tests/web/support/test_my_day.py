"""Min dag: what needs an adult today, the answer in two clicks, and promises kept, undone and handed over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pluginnovation.support.mapping_defaults import DEFAULT_A
from pluginnovation.web.people.models import AuditEvent, Membership, Visit
from pluginnovation.web.signals.figures import DAY_NOUGHT, PLACES
from pluginnovation.web.signals.models import Answer, PupilSnapshot, Run
from pluginnovation.web.support.models import MappingRound, Meeting, NextStep
from pluginnovation.web.support.promises import Promise, promise
from tests.pals import TODAY, Pals, code_of
from tests.web.signals.conftest import AT, draw, page, pictures
from tests.web.support.mapped import opened, said_of_class

__all__ = ["page", "pictures"]

Page = Callable[..., Any]
BOTH = {"signal": ["absence_28d", "absence_term"], "what": "asked"}


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def begun_earlier(figures: list[list[Any]], days: int) -> list[list[Any]]:
    """The same figures, begun so many days before today."""
    began = (TODAY - timedelta(days=days)).toordinal() - DAY_NOUGHT
    at = PLACES.index("since")
    return [[*row[:at], began, *row[at + 1 :]] for row in figures]


def promised(pals: Pals, *, days: int = 0, what: str = "Ring hem", owner: str = "asa", **about: str) -> NextStep:
    said = about or {"pupil": pals.mira}
    step = promise(
        promised=Promise(
            what=what, owner=code_of(owner) if owner else "", owner_role="mentor", due=TODAY,
            school=pals.place("bjork"), **said,
        ),
        by=pals.asa, at=AT,
    )  # fmt: skip
    NextStep.objects.filter(pk=step.pk).update(due=TODAY + timedelta(days=days))
    return step


def test_the_first_line_is_the_answer_and_a_signal_that_nobody_has_answered_needs_the_mentor(
    page: Page, pals: Pals
) -> None:
    text = text_of(page(pals.asa, "/min-dag/"))
    assert "En sak behöver dig i dag." in text
    assert "Ta reda på vad som hindrar Mira" in text
    assert "Ali" not in text


def test_where_signals_were_not_computed_for_long_the_page_counts_to_the_day_they_were(page: Page, pals: Pals) -> None:
    since = PupilSnapshot.objects.get(pupil=pals.mira)
    since.figures = begun_earlier(since.figures, 50)
    since.save(update_fields=["figures"])
    Run.objects.update(as_of=TODAY - timedelta(days=43))
    text = text_of(page(pals.asa, "/min-dag/"))
    assert "väntat 7 dagar" in text
    assert "Signalerna räknades senast onsdag 11 mars." in text
    Run.objects.update(as_of=TODAY - timedelta(days=1))
    text = text_of(page(pals.asa, "/min-dag/"))
    assert "väntat 49 dagar" in text
    assert "räknades senast" not in text


def test_an_empty_day_says_so_and_tells_the_next_date(page: Page, pals: Pals) -> None:
    page(pals.asa, f"/min-dag/svar/{pals.mira}/", **BOTH)
    assert "Inget datum är satt." in text_of(page(pals.asa, "/min-dag/"))
    Meeting.objects.create(school=pals.place("bjork"), on=TODAY + timedelta(days=6), by=pals.hanna, at=AT)

    text = text_of(page(pals.asa, "/min-dag/"))
    assert "Inget väntar på dig i dag." in text
    assert "Nästa datum är onsdag 29 april." in text


def test_one_act_answers_the_chosen_signals_and_can_be_undone_from_the_same_page(page: Page, pals: Pals) -> None:
    assert "Skriv vad du gjort" in text_of(page(pals.asa, "/min-dag/"))
    answer = page(pals.asa, f"/min-dag/svar/{pals.mira}/", **BOTH)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/min-dag/")
    assert not PupilSnapshot.objects.get(pupil=pals.mira).waits
    assert set(Answer.objects.values_list("signal", "what", "role")) == {
        ("absence_28d", "asked", "mentor"),
        ("absence_term", "asked", "mentor"),
    }
    event = AuditEvent.objects.get(action="answer_signal")
    assert event.details == {"signal": "absence_28d, absence_term", "what": "asked"}
    assert Visit.objects.filter(pupil=pals.mira, page="answer").count() == 1
    text = text_of(page(pals.asa, "/min-dag/"))
    assert "Gjort i dag" in text

    assert text.count("Jag har pratat med eleven. Frånvaro, fyra veckor och frånvaro, terminen.") == 2

    undone = page(pals.asa, f"/min-dag/svar/{pals.mira}/", **BOTH | {"what": "undone"})
    assert undone.headers["Location"] == "/min-dag/"
    assert Answer.objects.count() == 4, "the answers stay, and so does that they were undone"
    assert "En sak behöver dig i dag." in text_of(page(pals.asa, "/min-dag/"))


def test_a_wrong_signal_is_answered_with_its_reason(page: Page, pals: Pals) -> None:
    page(pals.asa, f"/min-dag/svar/{pals.mira}/", signal="absence_28d", what="wrong_leave")
    assert list(Answer.objects.values_list("what", flat=True)) == ["wrong_leave"]
    assert PupilSnapshot.objects.get(pupil=pals.mira).waits, "the other signal still waits"


@pytest.mark.parametrize("form", [{"what": "asked"}, {"signal": "absence_28d"}, {"signal": "x", "what": "asked"},
                                  {"signal": "absence_28d", "what": "later"}])  # fmt: skip
def test_an_answer_without_signal_or_act_is_said_so_and_nothing_is_kept(page: Page, pals: Pals, form: dict) -> None:
    answer = page(pals.asa, f"/min-dag/svar/{pals.mira}/", **form)
    assert answer.status_code == 422
    assert "Inget är sparat." in answer.content.decode()
    assert not Answer.objects.exists()


def test_a_pupil_who_left_yesterday_can_not_be_answered_for_and_makes_no_task(page: Page, pals: Pals) -> None:
    Membership.objects.filter(pupil=pals.mira).update(end_date=TODAY - timedelta(days=1))
    promised(pals)
    assert "Mira" not in text_of(page(pals.asa, "/min-dag/"))
    assert page(pals.asa, f"/min-dag/svar/{pals.mira}/", **BOTH).status_code == 404
    assert page(pals.asa, f"/elev/{pals.mira}/steg/").status_code == 404


def test_promises_stand_with_their_clock_the_passed_one_first(page: Page, pals: Pals) -> None:
    promised(pals, days=3, what="Läs lärarnas svar")
    promised(pals, days=-1, what="Ring hem")
    text = text_of(page(pals.asa, "/min-dag/"))

    assert "Två saker behöver dig i dag." in text
    assert "Ett datum har gått." in text
    assert text.index("Ring hem") < text.index("Ta reda på") < text.index("Läs lärarnas svar")
    assert "1 dag sen" in text
    assert "Sön 26 apr" in text


def test_a_promise_of_one_who_has_left_is_the_roles(page: Page, pals: Pals) -> None:
    promised(pals, owner="", what="Ring hem")
    promised(pals, owner="nobody", what="Skriv brev")
    promised(pals, owner="hanna", what="Väg och mät")
    text = text_of(page(pals.asa, "/min-dag/"))
    assert "Ring hem" in text
    assert "Skriv brev" in text
    assert "Väg och mät" not in text
    assert "Väg och mät" in text_of(page(pals.hanna, "/min-dag/"))


def test_a_promise_is_given_kept_undone_and_handed_over_each_with_its_audit_row(page: Page, pals: Pals) -> None:
    told = {"what": "Ring hem och bestäm en tid", "owner": code_of("asa"), "due": "2026-04-24", "then": "Möte"}
    assert page(pals.asa, f"/elev/{pals.mira}/steg/", **told).status_code == 302
    step = NextStep.objects.get()
    assert (step.pupil, step.owner, step.owner_role, step.school) == (
        pals.mira, code_of("asa"), "mentor", pals.place("bjork"),
    )  # fmt: skip

    page(pals.asa, f"/steg/{step.pk}/klart/", back="my_day")
    step.refresh_from_db()
    assert (step.done_by, step.done_at is None) == (pals.asa, False)
    page(pals.asa, f"/steg/{step.pk}/angra/", back="my_day")
    page(pals.asa, f"/steg/{step.pk}/lamna-over/", owner=code_of("hanna"))

    step.refresh_from_db()
    assert step.taken_back_by == pals.asa
    new = NextStep.objects.exclude(pk=step.pk).get()
    assert (new.what, new.owner, new.owner_role, new.due) == (step.what, code_of("hanna"), "pupil_health", step.due)
    acts = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert [act for act in acts if "promise" in act] == [
        "promise", "keep_promise", "reopen_promise", "hand_over_promise", "promise",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wrong", [{"due": "2026-04-22"}, {"due": ""}, {"owner": ""}, {"owner": "omarxxxxxxxxxxxx"}, {"what": " "}]
)
def test_a_promise_in_the_past_without_owner_or_words_is_refused_and_what_was_written_stays(
    page: Page, pals: Pals, wrong: dict[str, str]
) -> None:
    told = {"what": "Ring hem nu", "owner": code_of("asa"), "due": "2026-04-24", "then": "Möte"} | wrong
    answer = page(pals.asa, f"/elev/{pals.mira}/steg/", **told)
    assert answer.status_code == 422
    assert "Inget är sparat." in answer.content.decode()
    assert "Möte" in answer.content.decode()
    assert not NextStep.objects.exists()


def test_others_can_not_touch_a_promise_and_it_looks_like_none(page: Page, pals: Pals) -> None:
    step = promised(pals)
    for word in ("klart", "angra", "lamna-over"):
        refused, absent = (page(pals.omar, f"/steg/{number}/{word}/", x="y") for number in (step.pk, 999_999))
        assert (refused.status_code, refused.content) == (404, absent.content)
    step.refresh_from_db()
    assert step.done_at is None


def test_keeping_a_promise_twice_says_so(page: Page, pals: Pals) -> None:
    step = promised(pals)
    page(pals.asa, f"/steg/{step.pk}/klart/", back="my_day")
    page(pals.asa, f"/steg/{step.pk}/klart/", back="my_day")
    assert AuditEvent.objects.filter(action="keep_promise").count() == 1


def test_what_others_did_since_yesterday_is_told_with_who(page: Page, pals: Pals) -> None:
    page(pals.hanna, f"/elev/{pals.mira}/signal/absence_28d/svar", what="guardian")
    text = text_of(page(pals.asa, "/min-dag/")).split("Sedan i går")[1]
    assert "Jag har haft kontakt med vårdnadshavare." in text
    assert "Hanna Nyman" in text


def test_a_class_that_nobody_has_told_of_yet_stands_on_the_day_until_its_teacher_has(page: Page, pals: Pals) -> None:
    """Ahead while the round has days left, and among what needs one today on its last."""
    found = opened(pals)
    ahead = text_of(page(pals.asa, "/min-dag/"))
    assert "Berätta hur det är i 9A" in ahead
    assert f'href="/kartlaggning/{found.pk}/klass/{pals.group("9A")}/svara/"' in ahead
    assert "En sak behöver dig i dag." in ahead

    MappingRound.objects.filter(pk=found.pk).update(last=TODAY)
    assert "Två saker behöver dig i dag." in text_of(page(pals.asa, "/min-dag/"))
    said_of_class(found, pals, **{DEFAULT_A.keys[0]: "fully"})
    assert "Berätta hur det är" not in text_of(page(pals.asa, "/min-dag/"))


def test_a_round_that_was_withdrawn_or_is_over_asks_nobody(page: Page, pals: Pals) -> None:
    found = opened(pals)
    for gone in ({"withdrawn_at": AT}, {"withdrawn_at": None, "last": TODAY - timedelta(days=1)}):
        MappingRound.objects.filter(pk=found.pk).update(**gone)
        assert "Berätta hur det är" not in text_of(page(pals.asa, "/min-dag/"))


def test_the_page_takes_as_many_queries_with_many_tasks_as_with_few(page: Page, pals: Pals) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            page(pals.asa, "/min-dag/")
        return len(seen)

    promised(pals)
    few = queries()
    draw([(name, "bjork", 500, 1800, 1800) for name in ("mira", "noor")])
    for name in ("mira", "noor"):
        for days in range(-5, 25):
            promised(pals, days=days, pupil=getattr(pals, name))
    assert queries() == few
