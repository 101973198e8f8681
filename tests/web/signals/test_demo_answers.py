"""The demo's adults answer through the ordinary action: with their name, their role, the day it was, and grounds."""

from datetime import date
from typing import Any

import pytest

from pluginnovation.simulation.help.answering import ANSWERS
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.signals.models import Answer, GroupSnapshot, PupilSnapshot, Run
from pluginnovation.web.signals.replay import DONE_AT_ONCE, answers_between, in_words, replay
from pluginnovation.web.signals.views.reasons import AT_SCHOOL, WITHOUT_SCHOOL
from tests.pals import SOURCE, Pals

EVENING = "2026-04-23T15:30:00Z"


def answered(pupil: str = "mira", by: str = "asa", **more: Any) -> dict[str, Any]:
    return {
        "id": "a1", "type": "answer", "at": EVENING, "by": f"id-{by}", "pupil": f"id-{pupil}", "signal": "absence_28d",
        "signal_on": "2026-04-20", "answer": "asked",
    } | more  # fmt: skip


def test_an_answer_is_given_to_all_that_stood_from_the_same_records(pictures: Run, pals: Pals) -> None:
    assert replay([answered()], SOURCE) == 2

    given = list(Answer.objects.order_by("signal"))
    assert [(each.signal, each.what, each.by, each.role) for each in given] == [
        ("absence_28d", "asked", pals.asa, "mentor"),
        ("absence_term", "asked", pals.asa, "mentor"),
    ]
    assert {each.at.isoformat() for each in given} == {"2026-04-23T15:30:00+00:00"}
    event = AuditEvent.objects.get(action="answer_signal", about=pals.mira)
    assert event.details == {"signal": "absence_28d, absence_term", "what": "asked"}
    assert not PupilSnapshot.objects.get(pupil=pals.mira).waits
    assert GroupSnapshot.objects.get(group=pals.group("9A")).waiting == 0


def test_begun_again_it_answers_nothing_twice(pictures: Run, pals: Pals) -> None:
    assert (replay([answered()], SOURCE), replay([answered()], SOURCE)) == (2, 0)
    assert Answer.objects.count() == 2


def test_what_stands_answered_is_on_nobodys_list_and_is_not_answered_again(pictures: Run, pals: Pals) -> None:
    later = answered(at="2026-04-24T15:30:00Z", answer="known", action="guardian_contact")
    assert replay([answered(), later], SOURCE) == 2
    assert set(Answer.objects.values_list("what", flat=True)) == {"asked"}


def test_a_signal_that_has_climbed_since_is_answered_again(pictures: Run, pals: Pals) -> None:
    picture = PupilSnapshot.objects.get(pupil=pals.mira)
    place, high = next((at, row) for at, row in enumerate(picture.figures) if row[0] == "absence_28d")
    picture.figures[place] = [*high[:2], high[2] - 1, *high[3:]]
    picture.save()
    assert replay([answered()], SOURCE) == 2
    picture.figures[place] = high
    picture.save()
    assert replay([answered(at="2026-04-24T15:30:00Z")], SOURCE) == 1
    assert [each.level for each in Answer.objects.filter(signal="absence_28d").order_by("at")] == [high[2] - 1, high[2]]


def test_who_has_only_seen_it_may_answer_later(pictures: Run, pals: Pals) -> None:
    seen, later = answered(answer="later"), answered(at="2026-04-24T15:30:00Z")
    assert (replay([seen, later], SOURCE), replay([seen, later], SOURCE)) == (4, 0)
    assert list(Answer.objects.order_by("at", "pk").values_list("what", flat=True)) == ["later"] * 2 + ["asked"] * 2


@pytest.mark.parametrize(
    "event",
    [
        answered(by="omar"),  # mentor of another school's class
        answered(by="nobody"),
        answered(pupil="nobody"),
        answered(pupil="ali", by="sam"),  # not raised
        answered(pupil="vera"),  # left the class the day before
        answered(signal="passes_needed"),  # nothing about grades is raised
        answered(signal="left_without_enrolment"),
        answered(at="2026-04-22T15:30:00Z"),  # the signal began the day after
    ],
)
def test_what_could_not_be_answered_waits(pictures: Run, pals: Pals, event: dict[str, Any]) -> None:
    assert replay([event], SOURCE) == 0
    assert not Answer.objects.exists()


def test_only_the_answers_of_the_days_are_taken() -> None:
    events = [answered(at=f"2026-03-{day:02}T07:00:00Z") for day in (5, 6, 7, 8)] + [answered(type="dose_delivered")]
    found = answers_between(events, date(2026, 3, 6), date(2026, 3, 8))
    assert [event["at"][:10] for event in found] == ["2026-03-06", "2026-03-07"]


def test_made_up_adults_answer_in_words_that_a_page_offers() -> None:
    offered = {what.value for each in (AT_SCHOOL, WITHOUT_SCHOOL) for what in (*each.answers, *each.doubts)}
    done = {in_words(answered(answer="known", action=action)) for action in DONE_AT_ONCE}
    assert done == {"adapted", "guardian", "raised"}
    # That it is known comes with what was done; to have seen it was an answer once, and no page offers it any more.
    assert done | (set(ANSWERS) - {"known", "later"}) <= offered
    assert in_words(answered(answer="asked", action="talked_with_pupil")) == "asked"
