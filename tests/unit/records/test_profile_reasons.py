"""A row per reason, put together: the same as counting by hand, in whatever order and however the file is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.records import csv_rows
from pluginnovation.records.csv_rows import opened, rows
from pluginnovation.records.profiles import profile_named
from pluginnovation.records.profiles_applied import translated
from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.pupil_tables import LESSONS
from pluginnovation.records.text_files import blocks

PARTS = {"Present": "attended", "Valid": "excused", "Invalid": "unexcused", "LateArrival": "late"}
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.integers(1, 3),
        st.sampled_from(["", "Present", "VALID", "Invalid", "latearrival"]),
        st.integers(0, 60),
    ),
    max_size=14,
)


@pytest.fixture(scope="module")
def cut_at():
    """Read files in blocks of about so many bytes."""
    patch = pytest.MonkeyPatch()
    yield lambda size: patch.setattr(csv_rows, "blocks", lambda path, **terms: blocks(path, **{**terms, "size": size}))
    patch.undo()


def by_hand(events, *, late_is_absence):
    """Per pupil and day: is it reported, and the minutes of each reason; the same reason again replaces."""
    said = {}
    for pupil, day, reason, minutes in events:
        reasons = said.setdefault((pupil, day), {})
        if reason:
            part = next(part for word, part in PARTS.items() if word.lower() == reason.lower())
            reasons[part] = minutes
    for reasons in said.values():
        late = reasons.get("late")
        if late is not None and late_is_absence:
            reasons["unexcused"] = reasons.get("unexcused", 0) + late
        elif late is not None and "attended" in reasons:
            reasons["attended"] += late
    return {key: (bool(reasons), {part: reasons.get(part) for part in PARTS.values()}) for key, reasons in said.items()}


def read(path, profile):
    file, found = opened(path, LESSONS, profile), {}
    for block in translated(file, rows(file)):
        for row in block.iter_rows(named=True):
            minutes = {part: row[f"{part}_minutes"] for part in PARTS.values()}
            found[row["student_id"], int(row["date"][-2:])] = (
                row["is_reported"] == "true",
                {part: None if said is None else int(said) for part, said in minutes.items()},
            )
    return found


@given(EVENTS, st.booleans(), st.integers(40, 400))
def test_reasons_are_counted_as_by_hand(tmp_path_factory, cut_at, events, late_is_absence, size):
    path = tmp_path_factory.mktemp("events") / "events.csv"
    lines = ["personid;courseid;start;lessonminutes;reason;minutes"]
    lines += [
        f"{pupil};ma;2026-01-{day:02}T08:10:00;60;{reason};{minutes if reason else ''}"
        for pupil, day, reason, minutes in events
    ]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    text = profile_named("edlevo").text
    if not late_is_absence:
        text = text.replace("is_absence = true", "is_absence = false")
    cut_at(size)
    assert read(path, parsed(text, "x")) == by_hand(events, late_is_absence=late_is_absence)
