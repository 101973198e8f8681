"""The pupil health meeting: its agenda builds itself, decisions have owner and day, and nobody's words are lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from pluginnovation.web.people.models import AuditEvent, DemoRole, Enrolment, Visit
from pluginnovation.web.signals.models import Answer, PupilSnapshot
from pluginnovation.web.support import meeting_deciding
from pluginnovation.web.support.meeting_demo import meet_demo
from pluginnovation.web.support.models import Case, FollowUp, Measure, Meeting, MeetingDecision, MeetingPoint, NextStep
from tests.pals import CANARY, TODAY, Pals, code_of
from tests.web.signals.conftest import AT, page, pictures
from tests.web.support.test_my_day import begun_earlier, promised, text_of

__all__ = ["page", "pictures"]

Page = Callable[..., Any]


def meeting_of(pals: Pals, school: str = "bjork") -> Meeting:
    return Meeting.objects.create(school=pals.place(school), on=TODAY, by=pals.hanna, at=AT)


def raise_mira(page: Page, pals: Pals) -> None:
    page(pals.asa, f"/elev/{pals.mira}/signal/absence_28d/svar", what="raised")


@pytest.fixture
def begun(page: Page, pals: Pals) -> Meeting:
    """A meeting with one point: Mira, whom her mentor has raised."""
    raise_mira(page, pals)
    meeting = meeting_of(pals)
    assert page(pals.hanna, f"/mote/{meeting.pk}/borja/", go="on").headers["Location"].endswith("/punkt/1/")
    return meeting


def decision(**changes: str) -> dict[str, str]:
    return {
        "seen": "0", "what": "step", "owner": code_of("asa"), "due": "2026-04-30",
        "text": "Åsa ringer hem och bestämmer en tid.\nMira kommer ofta mitt i första passet.", "measure": "",
    } | changes  # fmt: skip


def decide(page: Page, who: Any, meeting: Meeting, **changes: str) -> Any:
    return page(who, f"/mote/{meeting.pk}/punkt/1/", **decision(**changes))


def test_without_a_meeting_its_day_is_set_first_and_never_in_the_past(page: Page, pals: Pals) -> None:
    assert "Inget möte är bestämt." in text_of(page(pals.hanna, "/mote/"))
    for wrong in ("2026-04-22", "", "x"):
        refused = page(pals.hanna, "/mote/nytt/", school=pals.place("bjork"), on=wrong)
        assert refused.status_code == 422
        assert "Inget är sparat." in refused.content.decode()
    page(pals.hanna, "/mote/nytt/", school=pals.place("bjork"), on="2026-04-28", begins="14:30")

    assert Meeting.objects.get().begins is not None
    assert "Inga ärenden." in text_of(page(pals.hanna, "/mote/"))
    assert "Nästa möte tisdag 28 april." in text_of(page(pals.hanna, "/mote/"))
    again = page(pals.hanna, "/mote/nytt/", school=pals.place("bjork"), on="2026-04-28")
    assert "Skolan har redan ett möte den dagen." in again.content.decode()


def test_the_agenda_builds_itself_from_what_was_raised_promised_and_is_due(page: Page, pals: Pals) -> None:
    raise_mira(page, pals)
    promised(pals, days=-6, what="Väg och mät", owner="hanna", pupil=pals.ali)
    NextStep.objects.update(owner_role="pupil_health")
    promised(pals, days=-3, what="Mentorns eget", pupil=pals.noor)
    meeting_of(pals)

    text = text_of(page(pals.hanna, "/mote/"))
    assert "Två ärenden att bestämma om." in text
    assert "Ett datum har gått" in text
    assert text.index("Datum har gått") < text.index("Ali Zetterlund, 9B") < text.index("Nya") < text.index("Mira Åkes")
    assert "Noor" not in text
    assert "lyft till elevhälsan" in text


def test_a_meeting_begins_at_its_first_point_and_the_agenda_stays_as_it_was(begun: Meeting, page: Page, pals: Pals):
    point = MeetingPoint.objects.get()
    assert (point.number, point.part, point.pupil, point.why) == (1, "new", pals.mira, "raised")
    text = text_of(page(pals.hanna, f"/mote/{begun.pk}/punkt/1/"))
    assert "1. Mira Åkesson, 9A" in text
    assert "Jag lyfter till elevhälsan" in text
    assert Visit.objects.filter(pupil=pals.mira, page="meeting").count() == 1


def test_the_page_of_a_point_may_run_the_script_that_keeps_an_unsent_text(
    begun: Meeting, page: Page, pals: Pals
) -> None:
    answer = page(pals.hanna, f"/mote/{begun.pk}/punkt/1/")
    assert "draft" in answer.content.decode()
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_a_step_has_an_owner_and_a_day_and_stands_on_the_owners_day(begun: Meeting, page: Page, pals: Pals) -> None:
    saved = decide(page, pals.hanna, begun)

    assert saved.headers["Location"] == f"/mote/{begun.pk}/"
    made = MeetingDecision.objects.get()
    step = made.step
    assert step is not None
    assert (step.what, step.owner, step.owner_role, step.due, step.pupil) == (
        "Åsa ringer hem och bestämmer en tid.", code_of("asa"), "mentor", TODAY + timedelta(days=7), pals.mira,
    )  # fmt: skip
    assert (made.by, made.role, made.number) == (pals.hanna, "pupil_health", 1)
    assert "Åsa ringer hem och bestämmer en tid." in text_of(page(pals.asa, "/min-dag/"))
    event = AuditEvent.objects.get(action="decide_point")
    assert (event.about, event.details["what"]) == (pals.mira, "step")


def test_a_measure_begins_with_its_follow_up_and_a_case_with_its_promise(
    begun: Meeting, page: Page, pals: Pals
) -> None:
    decide(page, pals.hanna, begun, what="measure", measure="mentor_talk", text="")
    measure, look = Measure.objects.get(), FollowUp.objects.get()
    assert (measure.kind, measure.pupil, measure.owner, look.due) == (
        "mentor_talk", pals.mira, code_of("asa"), TODAY + timedelta(days=7),
    )  # fmt: skip

    decide(page, pals.petra, begun, seen="1", what="investigate", text="")
    case = Case.objects.get()
    assert (case.kind, case.pupil, NextStep.objects.get().case) == ("support_investigation", pals.mira, case)


def test_the_old_step_is_closed_when_something_new_is_decided(page: Page, pals: Pals) -> None:
    old = promised(pals, days=-2, owner="hanna", what="Väg och mät")
    NextStep.objects.update(owner_role="pupil_health")
    meeting = meeting_of(pals)
    page(pals.hanna, f"/mote/{meeting.pk}/borja/", go="on")
    form = text_of(page(pals.hanna, f"/mote/{meeting.pk}/punkt/1/"))
    assert "Samma steg, ny ansvarig eller nytt datum" in form
    assert 'value="step" checked' in form

    decide(page, pals.hanna, meeting, text="Väg och mät")
    old.refresh_from_db()
    assert old.taken_back_by == pals.hanna
    assert NextStep.objects.filter(done_at=None, taken_back_at=None).count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"due": "2026-04-22"}, "Datumet har redan varit."),
        ({"owner": ""}, "Beslutet har ingen ansvarig."),
        ({"owner": "omarxxxxxxxxxxxx"}, "Beslutet har ingen ansvarig."),
        ({"due": ""}, "Beslutet har inget datum."),
        ({"what": ""}, "Välj ett av besluten."),
        ({"what": "measure"}, "Insatsen är inte vald."),
        ({"what": "end", "text": ""}, "Skälet saknas."),
        ({"text": ""}, "Det står inte vad som ska göras."),
    ],
)
def test_a_decision_that_lacks_something_is_refused_and_what_was_written_stays(
    begun: Meeting, page: Page, pals: Pals, wrong: dict[str, str], said: str
) -> None:
    answer = decide(page, pals.hanna, begun, **wrong)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    assert wrong.get("text", "Åsa ringer hem och bestämmer en tid.") in text
    assert not MeetingDecision.objects.exists()
    assert not NextStep.objects.exists()


def test_two_decisions_at_once_the_second_is_refused_with_both_texts_and_may_then_stand(
    begun: Meeting, page: Page, pals: Pals
) -> None:
    decide(page, pals.hanna, begun, text="Hannas ord")
    answer = decide(page, pals.petra, begun, text="Petras ord")

    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Någon annan sparade" in text
    assert "Hannas ord" in text
    assert text.count("Petras ord") == 2, "beside the other's, and kept in the form"
    assert 'name="seen" value="1"' in text
    assert MeetingDecision.objects.count() == 1

    decide(page, pals.petra, begun, text="Petras ord", seen="1")
    assert list(MeetingDecision.objects.order_by("number").values_list("text", flat=True)) == [
        "Hannas ord",
        "Petras ord",
    ]
    assert [step.what for step in NextStep.objects.filter(taken_back_at=None)] == ["Petras ord"]
    minutes = text_of(page(pals.petra, f"/mote/{begun.pk}/protokoll/"))
    assert "Hannas ord" in minutes, "nobody's words are lost"
    assert "Ersatt" in minutes


def test_two_that_have_both_seen_nothing_can_not_both_be_written_and_the_second_leaves_nothing(
    begun: Meeting, page: Page, pals: Pals, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(page, pals.hanna, begun, text="Hannas ord")
    # As when both asked before either wrote: the table itself lets only one through.
    monkeypatch.setattr(meeting_deciding, "standing_decision", lambda _decisions: None)
    answer = decide(page, pals.petra, begun, text="Petras ord")

    assert answer.status_code == 409
    assert [row.text for row in MeetingDecision.objects.all()] == ["Hannas ord"]
    assert [step.what for step in NextStep.objects.filter(taken_back_at=None)] == ["Hannas ord"]
    assert AuditEvent.objects.filter(action="decide_point").count() == 1


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("asa", ["Min dag", "Klasser", "Elever", "Metoder"]),
        ("tova", ["Min dag", "Klasser", "Elever", "Metoder"]),
        ("hanna", ["Möte", "Ärenden", "Klasser", "Metoder"]),
        ("petra", ["Läget", "Klasser", "Ärenden", "I tid", "Metoder"]),
    ],
)
def test_each_roles_menu_has_its_words_of_pages_that_exist(page: Page, pals: Pals, who: str, words: list[str]) -> None:
    text = text_of(page(getattr(pals, who), "/klasser/"))
    menu = text.split('<nav class="words"')[1].split("</nav>")[0]
    assert re.findall(r">([^<]+)</a>", menu) == words


def test_a_pupil_who_left_yesterday_is_shown_to_nobody_and_nothing_is_decided(
    begun: Meeting, page: Page, pals: Pals
) -> None:
    Enrolment.objects.filter(pupil=pals.mira).update(end_date=TODAY - timedelta(days=1))
    for path in (f"/mote/{begun.pk}/", f"/mote/{begun.pk}/protokoll/?namn=hela"):
        assert "Mira" not in text_of(page(pals.hanna, path))
    assert page(pals.hanna, f"/mote/{begun.pk}/punkt/1/").status_code == 404
    assert decide(page, pals.hanna, begun).status_code == 404
    assert not MeetingDecision.objects.exists()


def test_a_shared_screen_has_initials_and_no_names_or_notes(begun: Meeting, pals: Pals) -> None:
    client = Client()
    client.force_login(pals.hanna)
    client.post("/mote/skarm/", {"shared": "on", "meeting": str(begun.pk), "place": "1"})
    for path in ("/mote/", f"/mote/{begun.pk}/punkt/1/", f"/mote/{begun.pk}/protokoll/?namn=hela"):
        text = text_of(client.get(path))
        assert "MÅ" in text
        assert "Mira" not in text
        assert "Åkesson" not in text
    client.post("/mote/skarm/", {"shared": "off"})
    assert "Mira Åkesson" in text_of(client.get("/mote/"))


def test_minutes_are_in_initials_and_the_end_sets_the_next_day_where_what_is_undecided_comes_again(
    begun: Meeting, page: Page, pals: Pals
) -> None:
    page(pals.hanna, f"/mote/{begun.pk}/avsluta/", on="2026-05-05")
    minutes = text_of(page(pals.hanna, f"/mote/{begun.pk}/protokoll/"))
    assert "0 av 1 punkter är bestämda." in minutes
    assert "Nästa möte tisdag 5 maj." in minutes
    assert "MÅ, 9A" in minutes
    assert "Mira" not in minutes
    assert "Mira Åkesson" in text_of(page(pals.hanna, f"/mote/{begun.pk}/protokoll/?namn=hela"))
    assert "kvar från förra mötet" in text_of(page(pals.hanna, "/mote/"))
    late = decide(page, pals.hanna, begun)
    assert (late.status_code, MeetingDecision.objects.count()) == (409, 0)


def test_what_was_decided_is_not_taken_up_again_until_it_is_raised_anew(begun: Meeting, page: Page, pals: Pals) -> None:
    decide(page, pals.hanna, begun, what="end", text="Mira är tillbaka")
    page(pals.hanna, f"/mote/{begun.pk}/avsluta/", on="2026-05-05")
    assert "Inga ärenden." in text_of(page(pals.hanna, "/mote/"))


def test_another_schools_meeting_looks_like_none(page: Page, pals: Pals) -> None:
    other = meeting_of(pals, "alm")
    for path in (f"/mote/{other.pk}/", f"/mote/{other.pk}/protokoll/", f"/mote/{other.pk}/punkt/1/"):
        refused, absent = page(pals.hanna, path), page(pals.hanna, path.replace(str(other.pk), "999999"))
        assert (refused.status_code, refused.content) == (404, absent.content)
    for path in (f"/mote/{other.pk}/borja/", f"/mote/{other.pk}/avsluta/"):
        assert page(pals.hanna, path, go="on").status_code == 404
    assert page(pals.asa, "/mote/").status_code == 404


def test_nobody_protected_is_named_at_a_meeting(page: Page, pals: Pals) -> None:
    meeting = meeting_of(pals)
    Answer.objects.create(pupil=pals.kaj, signal="absence_28d", since=TODAY, level=3, as_of=TODAY, what="raised",
                          by=pals.asa, role="mentor", at=AT)  # fmt: skip
    text = text_of(page(pals.hanna, "/mote/")) + text_of(page(pals.hanna, f"/mote/{meeting.pk}/"))
    assert CANARY not in text
    assert "Inga ärenden." in text


def test_pages_take_as_many_queries_with_many_points_as_with_two(page: Page, pals: Pals) -> None:
    meeting = meeting_of(pals)

    def queries(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            text_of(page(pals.hanna, path))
        return len(seen)

    def promises(*names: str) -> None:
        for name in names:
            for days in (-9, -8):
                promised(pals, days=days, what="Väg och mät", owner="hanna", pupil=getattr(pals, name))
        NextStep.objects.update(owner_role="pupil_health")

    promises("mira", "ali")
    promised(pals, days=-3, what="Byt sal", owner="hanna", group=pals.group("9A"))
    NextStep.objects.update(owner_role="pupil_health")
    few = queries("/mote/")
    promises("noor", "mira", "ali", "noor")
    for group in ("9A", "9B", "ma"):
        promised(pals, days=-3, what="Byt sal", owner="hanna", group=pals.group(group))
    NextStep.objects.update(owner_role="pupil_health")
    assert queries("/mote/") == few

    page(pals.hanna, f"/mote/{meeting.pk}/borja/", go="on")
    assert MeetingPoint.objects.count() == 6
    begun = queries("/mote/")
    MeetingPoint.objects.exclude(pupil=pals.mira).exclude(group=pals.group("9A")).delete()
    assert MeetingPoint.objects.count() == 2
    assert queries("/mote/") == begun


def test_the_demos_team_has_met_and_meets_again_and_a_second_time_changes_nothing(page: Page, pals: Pals) -> None:
    DemoRole.objects.create(role="pupil_health", user=pals.hanna)
    promised(pals, days=-20, what="Väg och mät", owner="hanna", pupil=pals.mira)
    NextStep.objects.update(owner_role="pupil_health")
    assert meet_demo(now=AT) == 2
    assert meet_demo(now=AT) == 0

    held, ahead = Meeting.objects.order_by("on")
    assert held.on < TODAY < ahead.on
    assert (held.ended_at is None, ahead.started_at) == (False, None)
    decided = MeetingDecision.objects.get()
    assert (decided.pupil, decided.owner, decided.what) == (pals.mira, code_of("asa"), "step")
    assert decided.step is not None
    assert decided.step.done_at is not None
    assert AuditEvent.objects.filter(action="decide_point", by=pals.hanna).count() == 1
    minutes = text_of(page(pals.hanna, f"/mote/{held.pk}/protokoll/"))
    assert "Ring hem och bestäm en tid för samtal" in minutes
    home = text_of(page(pals.hanna, "/mote/"))
    assert "Börja mötet" in home
    assert f"/mote/{held.pk}/protokoll/" in home


def test_an_agenda_takes_up_ten_of_those_who_wait_the_longest_and_says_how_many_wait(page: Page, pals: Pals) -> None:
    Meeting.objects.create(
        school=pals.place("bjork"), on=TODAY - timedelta(days=7), started_at=AT, ended_at=AT, by=pals.hanna, at=AT
    )
    mira = PupilSnapshot.objects.get(pupil=pals.mira)
    mira.figures = begun_earlier(mira.figures, 50)
    mira.save(update_fields=["figures"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pluginnovation.web.support.agenda_reading.MOST_UNANSWERED", 1)
        patch.setattr("pluginnovation.web.support.pages.meeting.MOST_UNANSWERED", 1)
        text = text_of(page(pals.hanna, "/mote/"))
        assert "utan svar sedan före förra mötet" in text
        assert "väntar på svar. Högst" not in text
        PupilSnapshot.objects.filter(pupil=pals.ali).update(
            level=3, waits=True, state=2, figures=begun_earlier(mira.figures, 60)
        )
        text = text_of(page(pals.hanna, "/mote/"))
    assert "2 elever på den högsta nivån väntar på svar. Högst 1 av dem" in text
    assert "Ali Zetterlund" in text
    assert "Mira" not in text
