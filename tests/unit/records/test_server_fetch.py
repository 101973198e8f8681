"""What a server gives becomes a folder that the ordinary import reads, whole first and then only what changed."""

import itertools
import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from pluginnovation.records.asked import Asked
from pluginnovation.records.importing import import_source
from pluginnovation.records.refusals import Refusal, Unavailable
from pluginnovation.records.server_address import address_of
from pluginnovation.records.server_asking import FetchAsked, listings, read_stamp
from pluginnovation.records.server_fetch import fetch
from pluginnovation.records.server_fetched import skew_seconds
from pluginnovation.records.server_http import Line, Patience
from pluginnovation.records.server_pages import SsServer
from pluginnovation.records.server_probe import given_by
from pluginnovation.records.server_tokens import NoToken, trust
from tests.unit.records import ss_server
from tests.unit.records.ss_server import Says, attendance, error, serving, sums, thing

TODAY = date(2025, 11, 1)
FIRST = FetchAsked(TODAY, date(2025, 8, 1))
PUPILS, LATE = ("mira", "noor"), "2025-10-30T15:00:00Z"
LATER = datetime(2025, 11, 2, 4, tzinfo=UTC)


@pytest.fixture
def server():
    with serving(ss_server.SsServer()) as own:
        yield own


@pytest.fixture
def line(server):
    line = Line(address_of(server.address), trust(), Patience(page_size=2, seconds=5, sleep=lambda _: None))
    yield line
    line.hang_up()


@pytest.fixture
def take(line, store, tmp_path):
    """Fetch into a new folder, and import it."""
    number = [0]

    def taken(asked=FIRST, *, keep=True):
        number[0] += 1
        folder = tmp_path / f"fetched-{number[0]}"
        folder.mkdir()
        fetched = fetch(SsServer(line, NoToken()), folder, asked)
        summary = None
        if keep and fetched.anything:
            at = datetime(2025, 11, 1, 4, tzinfo=UTC) + timedelta(days=number[0])
            summary = import_source(store, folder, Asked(by="test", at=at, source="Påhittad"))
        return fetched, summary, folder

    return taken


def outcomes(fetched):
    return {one.resource: one.outcome for one in fetched.resources if one.outcome != "not_given"}


def marks(fetched):
    return {one.resource: one.mark for one in fetched.resources if one.mark}


def read(summary, name):
    return next((one.read, one.new, one.changed) for one in summary.resources if one.name == name)


def turned_away(summary):
    return {one.name: dict(one.quarantined) for one in summary.resources if one.quarantined}


def test_everything_comes_page_by_page_and_is_imported_like_any_folder(server, take):
    fetched, summary, folder = take()
    assert outcomes(fetched) == dict.fromkeys(server.given, "complete") | {"aggregatedAttendance": "spared"}
    assert summary.status == "done"
    assert turned_away(summary) == {}
    assert read(summary, "lessons") == (6, 6, 0)
    assert read(summary, "persons") == (3, 3, 0)
    assert all(json.loads(path.read_text())["pageToken"] is None for path in folder.iterdir())


def test_the_second_fetch_asks_for_changes_only_and_changes_nothing(server, take):
    fetched, _, _ = take()
    server.asked.clear()
    again, summary, _ = take(replace(FIRST, marks=marks(fetched)))
    after = {one.path: one["meta.modified.after"] for one in server.asked if one["meta.modified.after"]}
    # The newest change seen, less the overlap.
    assert after["/persons"] == "2025-10-01T07:45:00Z"
    assert "/syllabuses" not in after
    assert summary is None or summary.status == "unchanged"
    assert marks(again) == marks(fetched)


def test_a_late_correction_replaces_and_its_old_lesson_is_looked_up(server, take):
    fetched, _, _ = take()
    server.given["attendances"][0] = attendance("mira", "e1", "2025-10-30T15:00:00Z", present=20)
    server.asked.clear()
    again, summary, _ = take(replace(FIRST, marks={**marks(fetched), "calendarEvents": LATER}))
    assert [one.path for one in server.asked if one.method == "POST"] == ["/calendarEvents/lookup"]
    assert turned_away(summary) == {}
    assert sum(one.changed for one in summary.resources) == 1
    assert marks(again)["attendances"] == datetime(2025, 10, 30, 15, tzinfo=UTC)


def test_a_lookup_that_is_too_large_is_asked_for_less_at_a_time(server, take):
    fetched, _, _ = take()
    server.given["attendances"] = [attendance(who, f"e{day}", LATE, present=20) for who in PUPILS for day in (1, 2, 3)]
    server.fault = lambda one: error(503) if one.method == "POST" and len(json.loads(one.body)["ids"]) > 1 else None
    _, summary, _ = take(replace(FIRST, marks={**marks(fetched), "calendarEvents": LATER}))
    assert turned_away(summary) == {}
    assert sum(one.changed for one in summary.resources) == 6


def test_a_small_change_of_a_long_list_is_not_taken_for_a_list_that_shrank(server, take):
    server.given["persons"] += [
        thing(f"p{n}", givenName="A", familyName="B", securityMarking="Ingen") for n in range(40)
    ]
    fetched, _, _ = take()
    server.given["persons"][5] = thing("p2", LATE, givenName="A", familyName="Ny", securityMarking="Ingen")
    _, summary, folder = take(replace(FIRST, marks=marks(fetched) | {"persons": LATER - timedelta(days=20)}))
    assert len(list(folder.glob("persons*"))) == 1
    assert (summary.status, read(summary, "persons")) == ("done", (1, 0, 1))


@pytest.mark.parametrize("status", [404, 405, 400])
def test_without_a_lookup_the_lessons_are_fetched_whole(server, take, status):
    fetched, _, _ = take()
    server.given["attendances"][0] = attendance("mira", "e1", "2025-10-30T15:00:00Z", present=20)
    server.fault = lambda one: error(status) if one.method == "POST" else None
    _, summary, _ = take(replace(FIRST, marks={**marks(fetched), "calendarEvents": LATER}))
    assert turned_away(summary) == {}
    assert sum(one.changed for one in summary.resources) == 1


def test_what_was_deleted_ends_under_the_standards_own_misspelling(server, take, store):
    fetched, _, _ = take()
    server.deleted, server.given["activities"] = {"activitites": ["ma"], "persons": []}, []
    _, summary, _ = take(replace(FIRST, marks=marks(fetched)))
    assert {one.name: one.ended for one in summary.resources if one.ended} == {"activities": 1}
    assert server.to("/deletedEntities")[-1]["after"] == "2025-11-01T02:45:00Z"


def test_a_server_with_nothing_but_sums_is_enough(server, take):
    weeks = [("2025-10-06", "2025-10-12"), ("2025-10-13", "2025-10-19")]
    server.given = {"aggregatedAttendance": [sums(who, *week) for who in ("mira", "noor") for week in weeks]}
    fetched, summary, _ = take()
    assert outcomes(fetched) == {"aggregatedAttendance": "complete"}
    assert read(summary, "attendance_sums") == (4, 4, 0)
    asked = [(one["startDate"], one["endDate"]) for one in server.to("/aggregatedAttendance") if one["startDate"]]
    assert asked[0] == ("2025-07-28", "2025-08-03")
    # The week that hasn't ended isn't asked for: its row would have another key tomorrow.
    assert asked[-1] == ("2025-10-20", "2025-10-26")


def test_the_next_night_sums_of_the_latest_weeks_are_asked_for_again(server, take):
    server.given = {"aggregatedAttendance": [sums("mira", "2025-10-13", "2025-10-19")]}
    fetched, _, _ = take()
    server.given["aggregatedAttendance"] = [sums("mira", "2025-10-13", "2025-10-19", attended=100)]
    server.asked.clear()
    _, summary, _ = take(replace(FIRST, marks=marks(fetched)))
    first = server.to("/aggregatedAttendance")[0]
    assert first["startDate"] == "2025-08-18"
    assert read(summary, "attendance_sums") == (1, 0, 1)


def test_sums_of_other_days_than_asked_for_are_refused(server, take):
    server.given = {"aggregatedAttendance": []}
    server.fault = lambda one: Says(document=[sums("mira", "2025-08-18", "2025-12-20")]) if one["startDate"] else None
    fetched, summary, folder = take()
    assert [error.code for error in fetched.errors] == ["server_sums_of_other_days"]
    assert (summary, list(folder.iterdir())) == (None, [])


def test_people_and_activities_that_only_come_inside_sums_are_taken_from_there(server, take):
    row = sums("mira", "2025-10-13", "2025-10-19") | {
        "_embedded": {"activity": server.given["activities"][0], "student": server.given["persons"][0]}
    }
    server.given = {"aggregatedAttendance": [row]}
    _fetched, summary, _folder = take()
    assert server.to("/aggregatedAttendance")[-1].query[2:4] == (("expand", "activity"), ("expand", "student"))
    assert read(summary, "persons") == (1, 1, 0)
    assert read(summary, "activities") == (1, 1, 0)


def test_attendance_that_only_comes_inside_lessons_is_taken_from_there(server, take):
    inside = server.given.pop("attendances")
    for event in server.given["calendarEvents"]:
        event["_embedded"] = {"attendances": [one for one in inside if one["calendarEvent"]["id"] == event["id"]]}
    fetched, summary, _ = take()
    assert read(summary, "lessons") == (6, 6, 0)
    # A correction changes what is inside, and not the lesson.
    server.given["calendarEvents"][2]["_embedded"]["attendances"][0] = attendance("mira", "e3", LATE, present=20)
    _, summary, _ = take(replace(FIRST, today=date(2025, 10, 10), marks=marks(fetched), held_to=date(2025, 10, 9)))
    assert read(summary, "lessons")[2] == 1


def test_lessons_tell_more_than_sums_so_sums_are_spared(server, take):
    server.given["aggregatedAttendance"] = [sums("mira", "2025-10-13", "2025-10-19")]
    fetched, _, _ = take()
    assert outcomes(fetched)["aggregatedAttendance"] == "spared"
    assert server.to("/aggregatedAttendance") == []


def test_one_that_fails_leaves_nothing_half_and_the_others_are_kept(server, take):
    def breaks(one):
        return error(500) if one.path == "/groups" or (one.path == "/persons" and one["pageToken"]) else None

    server.fault = breaks
    fetched, summary, folder = take()
    failed = [one.resource for one in fetched.resources if one.outcome == "failed"]
    assert failed == ["persons", "groups"]
    assert fetched.errors[0].where == "GET /persons"
    assert not list(folder.glob("persons*")) and not list(folder.glob("groups*"))
    assert read(summary, "lessons")[0] == 6
    assert "persons" not in marks(fetched)


def test_attendance_waits_for_lessons_that_did_not_come(server, take):
    server.fault = lambda one: error(500) if one.path == "/calendarEvents" else None
    fetched, summary, folder = take()
    assert [one.code for one in fetched.errors] == ["server_waits_for_another", "server_answered_wrongly"]
    assert not list(folder.glob("attendances*"))
    assert "lessons" not in {one.name for one in summary.resources}


def test_a_way_in_that_is_closed_stops_everything(server, line, tmp_path):
    server.tokens = {"another"}
    with pytest.raises(Unavailable) as refused:
        fetch(SsServer(line, NoToken()), tmp_path, FIRST)
    assert refused.value.code == "server_not_let_in"
    assert len(server.asked) == 1


def test_a_clock_that_is_wrong_hides_no_later_change(server, take):
    # The source writes a time of change far ahead; the server's own clock is a day behind ours.
    server.given["persons"][0]["meta"]["modified"] = "2099-01-01T00:00:00Z"
    fetched, _, _ = take()
    assert marks(fetched)["persons"] == server.now
    assert skew_seconds(fetched, server.now + timedelta(days=1)) == -86_400
    server.given["persons"].append(
        thing("ali", "2025-11-01T03:00:01Z", givenName="Ali", familyName="Z", securityMarking="Ingen")
    )
    _, summary, _ = take(replace(FIRST, marks=marks(fetched)))
    assert read(summary, "persons")[1] == 1


def test_a_change_that_was_being_written_while_we_asked_comes_the_next_time(server, take):
    fetched, _, _ = take()
    # Written with a time before the newest that we saw, and seen only now.
    late = thing("ali", "2025-10-01T07:50:00Z", givenName="Ali", familyName="Z", securityMarking="Ingen")
    server.given["persons"].append(late)
    _, summary, _ = take(replace(FIRST, marks=marks(fetched)))
    assert read(summary, "persons")[1] == 1


def test_a_server_without_a_clock_is_read_by_its_times_of_change(server, take):
    server.now = None
    fetched, _, _ = take()
    assert marks(fetched)["persons"] == datetime(2025, 10, 1, 8, tzinfo=UTC)
    assert "deletedEntities" not in marks(fetched)
    assert skew_seconds(fetched, LATER) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2025-10-01T08:00:00Z", datetime(2025, 10, 1, 8, tzinfo=UTC)),
        ("2025-10-01T10:00:00.123+02:00", datetime(2025, 10, 1, 8, 0, 0, 123000, tzinfo=UTC)),
        ("2025-10-01T08:00:00", datetime(2025, 10, 1, 6, tzinfo=UTC)),  # local, so never too late
        ("i går", None),
        (None, None),
    ],
)
def test_times_of_change_are_read_carefully(text, found):
    assert read_stamp(text) == found


def test_an_object_that_is_wrong_goes_to_quarantine_and_the_rest_is_taken(server, take):
    server.given["persons"] += [
        thing(f"p{n}", givenName="A", familyName="B", securityMarking="Ingen") for n in range(30)
    ]
    server.given["persons"].append(thing(7))
    _fetched, summary, _ = take()
    assert turned_away(summary) == {"persons": {"not_as_the_standard_says": 1}}


def test_only_what_changed_and_what_it_needs_is_asked_for(server, take):
    take(replace(FIRST, only=frozenset({"attendances"})), keep=False)
    assert set(server.paths()) == {"/attendances", "/calendarEvents"}


def test_the_timetable_is_asked_for_in_windows_that_leave_no_gap(server, take):
    take()
    asked = [one for one in server.to("/calendarEvents") if one["startTime.onOrAfter"]]
    windows = [(one["startTime.onOrAfter"], one["startTime.onOrBefore"]) for one in asked]
    assert windows[0][0] == "2025-07-31T22:00:00Z"
    assert windows[-1][1] == "2025-11-01T23:00:00Z"
    assert all(before[1] == after[0] for before, after in itertools.pairwise(windows))


def test_lessons_planned_long_ago_come_when_their_day_has_come(server, take):
    server.given["calendarEvents"].append(ss_server.lesson("e9", "2025-11-05T08:00:00+01:00", "2025-08-01T08:00:00Z"))
    fetched, _, _ = take()
    server.given["attendances"].append(attendance("mira", "e9", "2025-11-05T15:00:00Z"))
    server.asked.clear()
    later = replace(FIRST, today=date(2025, 11, 6), marks=marks(fetched), held_to=TODAY)
    _, summary, _ = take(later)
    assert read(summary, "lessons")[1] == 1
    assert server.paths("POST") == []
    asked = [one for one in server.to("/calendarEvents") if not one["pageToken"]]
    filtered = [bool(one["meta.modified.after"]) for one in asked]
    assert filtered == [True, True, True, True, False]


def test_a_server_that_is_silent_from_the_beginning_stops_everything_at_once(line, tmp_path, server):
    server.fault = lambda one: Says(document={"data": []}, cut=3)
    with pytest.raises(Unavailable) as refused:
        fetch(SsServer(line, NoToken()), tmp_path, FIRST)
    assert refused.value.code == "server_unreachable"
    assert set(server.paths()) == {"/organisations"}


def test_a_server_that_falls_silent_is_not_waited_for_a_dozen_times(server, take):
    server.fault = lambda one: None if one.path == "/organisations" else Says(document={"data": []}, cut=3)
    fetched, summary, _ = take()
    assert set(server.paths()) == {"/organisations", "/programmes", "/syllabuses"}
    assert [one.outcome for one in fetched.resources] == ["complete"] + ["failed"] * 12
    assert read(summary, "organisations") == (2, 2, 0)


def test_a_server_without_windows_is_asked_once(server, take):
    server.fault = lambda one: (
        (error(400) if one["startTime.onOrAfter"] else Says(document=server.given["calendarEvents"]))
        if one.path == "/calendarEvents"
        else None
    )
    _, summary, _ = take()
    assert read(summary, "lessons") == (6, 6, 0)
    assert len([one for one in server.to("/calendarEvents") if not one["startTime.onOrAfter"]]) <= 2


def test_the_other_spelling_of_a_path_is_found(server, take):
    server.given["aggregatedAttendances"] = [sums("mira", "2025-10-13", "2025-10-19")]
    del server.given["attendances"], server.given["calendarEvents"]
    server.fault = lambda one: (
        Says(document=server.given["aggregatedAttendances"] if one["startDate"] == "2025-10-13" else [])
        if one.path == "/aggregatedAttendances"
        else None
    )
    fetched, _, _ = take()
    assert outcomes(fetched)["aggregatedAttendance"] == "complete"


def test_what_a_server_gives_is_told_by_one_object_of_each(server, line):
    found = given_by(SsServer(line, NoToken()), FIRST)
    assert outcomes(found) == dict.fromkeys(server.given, "complete")
    assert all(one["limit"] == "1" or one.path == "/deletedEntities" for one in server.asked)
    server.fault = lambda one: error(403) if one.path == "/grades" else None
    assert [one.code for one in given_by(SsServer(line, NoToken()), FIRST).errors] == ["server_not_allowed"]


def test_no_message_about_a_server_carries_what_it_answered(server, take):
    server.fault = lambda one: Says(500, {"code": "500", "message": "Mira Ek 20080101-1234"})
    fetched, _, _ = take(keep=False)
    said = " ".join(error.text(language) for error in fetched.errors for language in ("sv", "en"))
    assert "Mira" not in said and "1234" not in said


def test_a_mark_is_asked_for_without_fractions_downwards():
    moment = datetime(2025, 10, 1, 8, 0, 0, 999_999, tzinfo=UTC)
    asked = replace(FIRST, marks={"persons": moment})
    assert dict(next(listings("persons", "/persons", asked, ())).optional) == {
        "meta.modified.after": "2025-10-01T07:45:00Z"
    }


def test_an_address_is_not_imported_directly(store):
    with pytest.raises(Refusal) as refused:
        import_source(store, "https://skola.example/v2.0", Asked(by="test", at=LATER))
    assert "plug records server add" in refused.value.text("en")
