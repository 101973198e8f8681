"""Profiles of an authority: dated versions, who made them and why, and which one an import was read with."""

from datetime import UTC, date, datetime

import pytest

from pluginnovation.records.refusals import Refusal
from pluginnovation.web.people.models import AuditEvent
from pluginnovation.web.records.models import ProfileVersion
from pluginnovation.web.records.profiles import Draft, own_versions, profile_for, save_profile

AT = datetime(2026, 4, 23, 8, tzinfo=UTC)
TODAY = date(2026, 4, 23)
TEXT = 'name = "own"\ndelimiter = ";"\n'


def saved(text=TEXT, authority="bjorkeby", since=TODAY, after=0, why="Nytt system", by=None):
    return save_profile(draft=Draft(authority, text, since, why, after), by=by, at=AT)


def code(**changes):
    with pytest.raises(Refusal) as refused:
        saved(**changes)
    return refused.value.code


def test_versions_count_up_with_an_audit_row_each(pals):
    saved(by=pals.adam)
    saved(TEXT + 'decimal = ","\n', after=1, by=pals.adam)

    assert [(one.version, one.why, one.by) for one in own_versions("bjorkeby", "own")] == [
        (2, "Nytt system", pals.adam),
        (1, "Nytt system", pals.adam),
    ]
    rows = AuditEvent.objects.filter(action="save_profile").order_by("id")
    assert [(row.by, row.about, row.details["version"]) for row in rows] == [
        (pals.adam, "own", 1),
        (pals.adam, "own", 2),
    ]


def test_a_version_is_used_from_its_day_on(db):
    saved()
    saved(TEXT.replace(";", "|"), after=1, since=date(2026, 5, 1))

    for on, delimiter, version in ((TODAY, ";", 1), (date(2026, 5, 1), "|", 2)):
        found = profile_for("own", source="bjorkeby", on=on)
        assert (found.delimiter, found.version) == (delimiter, version)
    with pytest.raises(Refusal, match="no such profile"):
        profile_for("own", source="bjorkeby", on=date(2026, 4, 22))


def test_a_sources_own_profile_goes_before_everybodys_and_that_before_the_built_in(db):
    vklass = 'name = "vklass"\ndelimiter = "{}"\n'
    assert profile_for("vklass", source="bjorkeby", on=TODAY).delimiter == ";"
    saved(vklass.format("|"), authority="")
    assert profile_for("vklass", source="bjorkeby", on=TODAY).delimiter == "|"
    saved(vklass.format(","), authority="bjorkeby")
    assert profile_for("vklass", source="bjorkeby", on=TODAY).delimiter == ","
    assert profile_for("vklass", source="grannby", on=TODAY).delimiter == "|"
    assert profile_for("vklass", source=None, on=TODAY).delimiter == "|"


def test_another_sources_profile_is_not_even_named(db):
    saved(authority="bjorkeby")
    with pytest.raises(Refusal) as refused:
        profile_for("own", source="grannby", on=TODAY)
    assert "own" not in refused.value.todo_en


def test_a_profile_may_be_a_file(db, tmp_path):
    path = tmp_path / "own.toml"
    path.write_text(TEXT, "utf-8")
    assert profile_for(str(path), source=None, on=TODAY).name == "own"
    path.write_bytes(b'name = "\xe5"')
    for wrong in (str(path), str(tmp_path / "none.toml")):
        with pytest.raises(Refusal):
            profile_for(wrong, source=None, on=TODAY)


def test_what_cannot_be_saved_is_refused_and_leaves_nothing(db):
    saved()
    assert code(text='name = "csv"') == "profile_name_taken"
    assert code(why="  ", after=1) == "profile_why_missing"
    assert code(authority="a\x00", after=1) == "profile_source_wrong"
    assert code(text=TEXT + "#", after=0) == "profile_changed_meanwhile"
    assert code(after=1) == "profile_unchanged"
    assert code(text="name = 1", after=1) == "profile_type_wrong"
    assert ProfileVersion.objects.count() == AuditEvent.objects.filter(action="save_profile").count() == 1
