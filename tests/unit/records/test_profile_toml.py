"""A profile's text: what it can say, and the line of what it can't."""

import pytest

from pluginnovation.records.profiles import PROFILES, built_in, profile_named
from pluginnovation.records.profiles_formats import Length, clock_of, day_of, minutes_of, whole_number
from pluginnovation.records.profiles_lines import line_of
from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.refusals import Refusal

FULL = """
name = "own-system"
version = 3
about = "Vårt system"
delimiter = "\\t"
encoding = "cp1252"
decimal = ","
dates = ["DD/MM/YYYY", "YYMMDD"]
times = ["hh.mm"]
true_words = ["ja"]
false_words = ["nej"]
lesson_minutes = 60

[lateness]
is_absence = false
is_apart = true

[unreported]
said_by = "minutes"
is_offered = false
is_within_offered = false

[files.lessons]
names = ["*närvaro*.txt"]
columns = { "Elev" = "student_id", "Tid" = ["date", "start_time"] }
units = { offered_minutes = "lessons" }

[files.persons.words.sex]
"M" = "Man"
"""


def refused(text):
    with pytest.raises(Refusal) as found:
        parsed(text, "p.toml")
    return found.value.code, found.value.where


def test_everything_that_a_profile_can_say_is_understood():
    profile = parsed(FULL, "p.toml")

    assert (profile.name, profile.version, profile.delimiter, profile.encoding) == ("own-system", 3, "\t", "cp1252")
    assert (profile.lateness_is_absence, profile.late_is_apart) == (False, True)
    assert (profile.unreported.said_by, profile.unreported.is_offered) == ("minutes", False)
    assert profile.rule("lessons").columns["Tid"] == ("date", "start_time")
    assert profile.rule("persons").words["sex"] == {"M": "Man"}
    assert profile.resource_of("Närvaro v 17.TXT.gz") == "lessons"
    assert profile.resource_of("betyg.csv") is None


def test_a_profile_that_says_nothing_more_than_its_name_is_the_format_itself():
    profile = parsed('name = "as-it-is"', "p.toml")
    assert (profile.delimiter, profile.encoding, profile.lateness_is_absence) == (",", "utf-8", True)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("colour = 1", "profile_key_unknown"),
        ('version = "1"', "profile_type_wrong"),
        ("version = true", "profile_type_wrong"),
        ("version = 0", "profile_value_wrong"),
        ("dates = [1]", "profile_type_wrong"),
        ('dates = ["DD/MM"]', "profile_value_wrong"),
        ('dates = ["DD/DD/MM/YYYY"]', "profile_value_wrong"),
        ('times = ["hh"]', "profile_value_wrong"),
        ('delimiter = ";;"', "profile_value_wrong"),
        ('delimiter = "é"', "profile_value_wrong"),
        ('encoding = "ebcdic"', "profile_value_wrong"),
        ('decimal = "·"', "profile_value_wrong"),
        ("lesson_minutes = 0", "profile_value_wrong"),
        ("lateness = 1", "profile_type_wrong"),
        ("lateness.is_absense = true", "profile_key_unknown"),
        ("lateness = { is_absence = 1 }", "profile_type_wrong"),
        ('unreported.said_by = "guess"', "profile_value_wrong"),
        ("files.lesson = {}", "profile_key_unknown"),
        ("files.lessons = 1", "profile_type_wrong"),
        ("files.lessons.name = []", "profile_key_unknown"),
        ('files.lessons.columns."Elev" = "pupil"', "profile_value_wrong"),
        ('files.lessons.columns."Elev" = 1', "profile_type_wrong"),
        ('files.lessons.columns."Elev" = []', "profile_type_wrong"),
        ('files.lessons.units.offered_minutes = "days"', "profile_value_wrong"),
        ('files.lessons.units.offered_minutes = "lessons"', "profile_key_missing"),
        ('files.lessons.units.date = "hours"', "profile_key_unknown"),
        ('files.persons.words.sex = "Man"', "profile_type_wrong"),
        ('files.persons.words.sex.M = "Karl"', "profile_value_wrong"),
        ('files.persons.words.sex.M = ["Man"]', "profile_type_wrong"),
        ('files.persons.words.id.M = "x"', "profile_key_unknown"),
        ('files.grades.constants.kind = "exam"', "profile_value_wrong"),
        ("files.grades.constants.kind = 1", "profile_type_wrong"),
        ('files.grades.reasons.x = "y"', "profile_key_unknown"),
        ('files.lessons.reasons.x = "offered_minutes"', "profile_value_wrong"),
        ("files.lessons.period_in_name = true", "profile_key_unknown"),
        ("= 1", "profile_not_toml"),
        ("version = 100000", "profile_value_wrong"),
        ('about = "aldrig slut', "profile_not_toml"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(line, code):
    assert refused(f'name = "p"\n# a comment = with a sign\n{line}\n')[0] == code
    if code != "profile_key_missing":
        assert refused(f'name = "p"\n# a comment = with a sign\n{line}\n')[1] == "p.toml, 3"


def test_a_key_in_a_table_is_found_where_it_stands():
    text = FULL.replace('"M" = "Man"', '"M" = "Man"\n"K" = "Flicka"')
    assert refused(text) == ("profile_value_wrong", f"p.toml, {text[: text.index('Flicka')].count(chr(10)) + 1}")
    assert line_of(text, ("nowhere",)) == 1
    assert line_of('[a.b]\n"x=y" = 1\n', ("a", "b", "x=y")) == 2


@pytest.mark.parametrize("name", ["", "A", "1a", "a b", "å", "a.b", "a/b", "a" * 41])
def test_a_name_can_stand_in_a_file_and_in_an_address(name):
    assert refused(f'name = "{name}"')[0] == "profile_value_wrong"


def test_a_profile_must_have_a_name_and_be_of_a_reasonable_size():
    assert refused("version = 1")[0] == "profile_key_missing"
    assert refused("#" * 200_000)[0] == "profile_too_large"


def test_no_profile_says_that_nobody_is_protected():
    assert refused('name = "p"\n[files.persons.constants]\nsecurity_marking = "Ingen"\n') == (
        "profile_key_unknown",
        "p.toml, 3",
    )


def test_another_version_or_another_word_of_it_is_another_mark():
    one, two = parsed(FULL, "p"), parsed(FULL.replace("version = 3", "version = 4"), "p")
    assert one.mark != two.mark != parsed(FULL + "# changed", "p").mark
    assert "." not in one.mark and "/" not in one.mark
    assert PROFILES["csv"].mark == "csv"


def test_those_that_come_with_the_project_are_understood_and_told_apart():
    assert set(built_in()) == {"csv", "csv-late-is-present", "csv-semicolon-latin1", "edlevo", "vklass"}
    assert all(all(profile.about) for profile in built_in().values())
    assert profile_named("vklass").version == 1
    with pytest.raises(Refusal, match="edlevo"):
        profile_named("excel")


@pytest.mark.parametrize(
    ("cell", "format_", "day"),
    [
        ("23/4/2026", "D/M/YYYY", "2026-04-23"),
        (" 23.04.2026 ", "DD.MM.YYYY", "2026-04-23"),
        ("20260423", "YYYYMMDD", "2026-04-23"),
        ("260423", "YYMMDD", "2026-04-23"),
        ("990423", "YYMMDD", "1999-04-23"),
        ("2026-04-23T08:10:00", "YYYY-MM-DDThh:mm:ss", "2026-04-23"),
        ("31/02/2026", "DD/MM/YYYY", None),
        ("23/04/26", "DD/MM/YYYY", None),
        ("²3/04/2026", "DD/MM/YYYY", None),
    ],
)
def test_days_as_exports_write_them(cell, format_, day):
    assert day_of(cell, [format_]) == day


def test_times_as_exports_write_them():
    assert clock_of("8.05", ["h.mm"]) == "08:05"
    assert clock_of("2026-04-23 08:10", ["YYYY-MM-DD hh:mm"]) == "08:10"
    assert clock_of("08:10", ["hh.mm"]) is None


@pytest.mark.parametrize(
    ("cell", "unit", "minutes"),
    [
        ("60", "minutes", "60"),
        ("1 200", "minutes", "1200"),
        ("1\u00a0200,00", "minutes", "1200"),
        ("59,5", "minutes", None),
        ("1,5", "hours", "90"),
        ("0,33", "hours", "20"),
        ("-1", "hours", "-60"),
        ("1.5", "hours", None),
        ("2", "lessons", "90"),
        ("1,5", "lessons", "68"),
        ("1:30", "HH:MM", "90"),
        ("120:00", "HH:MM", "7200"),
        ("1:30:40", "HH:MM", "91"),
        ("0", "HH:MM", "0"),
        ("90", "HH:MM", None),
        ("1:75", "HH:MM", None),
        ("ett", "hours", None),
        ("9" * 40, "hours", None),
    ],
)
def test_lengths_as_exports_write_them(cell, unit, minutes):
    assert minutes_of(cell, Length(unit, ",", 45)) == minutes


def test_whole_numbers_may_have_a_decimal_mark_and_nothing_behind_it():
    assert whole_number("100,0", ",") == "100"
    assert whole_number("100,5", ",") is None


@pytest.mark.parametrize("text", ["x = " + "[" * 50_000, f"version = {'9' * 50_000}", "=" * 90_000, "[" * 90_000])
def test_a_text_that_never_ends_is_refused_like_any_other(text):
    assert refused(text)[0] == "profile_not_toml"


def test_the_formats_own_names_are_not_given_away():
    assert refused('version = 1\nname = "csv"') == ("profile_name_taken", "p.toml, 2")
