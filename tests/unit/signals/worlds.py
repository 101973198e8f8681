"""Made-up facts for generated cases: small, awkward, full of exact limits."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.unit.signals.by_hand import Row, World

AS_OF = (date(2026, 4, 23), date(2026, 1, 9), date(2025, 9, 5), date(2026, 7, 3), date(2025, 12, 31))
SCHOOLS = ("s1", "s2", "s3")
ACTIVITIES = ("EN", "MA", "SV")


@st.composite
def worlds(draw: st.DrawFn, days: Sequence[date] = AS_OF) -> tuple[World, date]:
    """A few pupils, their lessons, and everything else that signals read; asked about on one of some days."""
    as_of = draw(st.sampled_from(days))
    pupils = [f"p{number}" for number in range(draw(st.integers(1, 4)))]
    world = World(lateness_is_absence=draw(st.booleans()))
    for pupil in pupils:
        world.lessons += draw(lessons_of(pupil, as_of, world.lateness_is_absence))
        world.enrolments += draw(enrolments_of(pupil, as_of))
        world.attendance_sums += draw(sums_of(pupil, as_of))
        status = draw(st.sampled_from([None, "Aktiv", "Aktiv", "Aktiv", "Utvandrad"]))
        world.pupils.append({"pupil": pupil, "status": status})
    gone = draw(
        st.lists(
            st.tuples(st.sampled_from(pupils), st.sampled_from(["moved_abroad", "left"]), around(as_of, 3)), max_size=1
        )
    )
    world.outcome_events += [{"pupil": pupil, "event": event, "date": day} for pupil, event, day in gone]
    parents = {"s1": "h", "s2": "s1", "h": None}
    world.organisations += [{"organisation": name, "parent": parent} for name, parent in parents.items()]
    world.calendars += draw(calendars(as_of))
    return world, as_of


def around(day: date, width: int) -> st.SearchStrategy[date]:
    return st.integers(-width, width).map(lambda n: day + timedelta(days=n))


@st.composite
def lessons_of(draw: st.DrawFn, pupil: str, as_of: date, lateness: bool) -> list[Row]:
    """Some stretches of days. In each, a few drawn lessons come round and round, so that rows are many."""
    rows: dict[tuple[str, date, int], Row] = {}
    for _ in range(draw(st.integers(1, 3))):
        last = draw(st.sampled_from([-1, 0, 0, 0, 1, 3, 20, 26, 27, 28, 54, 55, 56]))
        first = last + draw(st.sampled_from([0, 3, 4, 5, 8, 9, 10, 27, 55, 90, 240]))
        round_of = draw(st.lists(lesson(lateness, draw(st.sampled_from(list(SHARES)))), min_size=1, max_size=7))
        a_day = draw(st.integers(1, 3))
        for number, ago in enumerate(range(first, last - 1, -1)):
            day = as_of - timedelta(days=ago)
            for place in range(a_day if day.weekday() < 5 else 0):
                made = round_of[(number * a_day + place) % len(round_of)] | {"pupil": pupil, "date": day}
                rows[made["activity"], day, 480 + 60 * place] = made | {"start_minute": 480 + 60 * place}
    return list(rows.values())


SHARES = {
    "there": [0] * 9 + [10],
    "mixed": [0, 0, 0, 0, 10, 20, 50, 100],
    "one subject": [0],
    "away": [100] * 9 + [50],
}


@st.composite
def lesson(draw: st.DrawFn, lateness: bool, habit: str) -> Row:
    """One lesson whose minutes add up."""
    activity = draw(st.sampled_from(ACTIVITIES))
    offered = draw(st.sampled_from([30, 60, 60, 60, 120, 500]))
    reported = draw(st.sampled_from([True] * 7 + [False]))
    shares = [50, 100, 30] if habit == "one subject" and activity == "MA" else SHARES[habit]
    away = offered * draw(st.sampled_from(shares)) // 100 if reported else 0
    excused = draw(st.sampled_from([0, away, away // 2]))
    other = draw(st.sampled_from([0, 0, offered - away])) if reported else 0
    attended = offered - away - other if reported else 0
    within = away - excused if lateness else attended
    late = draw(st.sampled_from([0, 0, within, within // 2, min(5, within)]))
    return {
        "activity": activity, "offered": offered, "is_reported": reported, "attended": attended, "other": other,
        "excused": excused, "unexcused": away - excused, "late": late,
    }  # fmt: skip


@st.composite
def enrolments_of(draw: st.DrawFn, pupil: str, as_of: date) -> list[Row]:
    """None, or a few that may touch, overlap, leave gaps or lie ahead."""
    rows = []
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        start = as_of - timedelta(days=draw(st.sampled_from([-3, 0, 1, 10, 27, 28, 40, 55, 100, 300])))
        length = draw(st.sampled_from([None, None, 0, 9, 17, 26, 27, 60, 200]))
        end = None if length is None else start + timedelta(days=length)
        row = {
            "pupil": pupil, "organisation": draw(st.sampled_from(SCHOOLS)), "start_date": start, "end_date": end,
            "school_type": draw(st.sampled_from(["GR", "GY"])),
        }  # fmt: skip
        key = ("organisation", "school_type", "start_date")
        if all([row[name] for name in key] != [other[name] for name in key] for other in rows):
            rows.append(row)
    return rows


@st.composite
def sums_of(draw: st.DrawFn, pupil: str, as_of: date) -> list[Row]:
    """Sums, some of them with parts that aren't given."""
    rows: dict[tuple[str, date], Row] = {}
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 4]))):
        end = as_of - timedelta(days=draw(st.sampled_from([-1, 0, 5, 27, 28, 55, 56, 100])))
        whole = draw(st.sampled_from([120, 400, 1000]))
        away = whole * draw(st.sampled_from([0, 10, 50, 100])) // 100
        given_reported = draw(st.booleans())
        row = {
            "pupil": pupil, "activity": draw(st.sampled_from(ACTIVITIES)), "start_date": end - timedelta(days=6),
            "end_date": end, "offered": draw(st.sampled_from([None, whole, whole, whole + whole // 4, 2 * whole])),
            "reported": whole if given_reported else None, "attended": draw(st.sampled_from([None, whole - away])),
            "other": draw(st.sampled_from([None, 0])), "excused": away // 2, "unexcused": away - away // 2,
        }  # fmt: skip
        for name in ("excused", "unexcused"):
            row[name] = draw(st.sampled_from([row[name]] * 5 + [None]))
        rows[row["activity"], end] = row
    return list(rows.values())


@st.composite
def calendars(draw: st.DrawFn, as_of: date) -> list[Row]:
    """No calendar, or terms of the authority, a school or one that nobody knows."""
    rows = {}
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        organisation = draw(st.sampled_from(["h", "s1", "s3", "elsewhere"]))
        start = as_of - timedelta(days=draw(st.sampled_from([-5, 0, 20, 60, 110, 240])))
        end = start + timedelta(days=draw(st.sampled_from([10, 130, 160])))
        kind = draw(st.sampled_from(["term", "term", "holiday"]))
        rows[organisation, start] = {
            "organisation": organisation, "kind": kind, "name": "T", "start_date": start, "end_date": end
        }  # fmt: skip
    return list(rows.values())
