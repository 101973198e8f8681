"""Whatever stands in a text, it is a profile or it is refused with its line."""

import json

from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.records.profiles import Profile
from pluginnovation.records.profiles_parsed import parsed
from pluginnovation.records.refusals import Refusal

KEYS = st.sampled_from(
    ["name", "version", "delimiter", "encoding", "decimal", "dates", "times", "true_words", "lesson_minutes",
     "lateness", "is_absence", "is_apart", "unreported", "said_by", "is_offered", "files", "lessons", "attendance_sums",
     "persons", "names", "columns", "units", "words", "constants", "reasons", "period_in_name", "student_id",
     "offered_minutes", "sex", "security_marking", "x y", "å", "="]
)  # fmt: skip
WORDS = st.sampled_from(
    ["own", "csv", ";", ",", "minutes", "lessons", "YYYY-MM-DD", "hh:mm", "Man", "empty", "", "late_sum"]
)
VALUES = st.recursive(
    st.one_of(WORDS, st.integers(-5, 5), st.booleans(), st.lists(WORDS, max_size=2)),
    lambda inside: st.dictionaries(KEYS, inside, max_size=3),
    max_leaves=8,
)


def written(value) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {written(one)}" for key, one in value.items())
        return "{" + inside + "}"
    return json.dumps(value, ensure_ascii=False)


def outcome(text: str) -> Profile | Refusal:
    try:
        return parsed(text, "p.toml")
    except Refusal as refusal:
        return refusal


@given(st.dictionaries(KEYS, VALUES, max_size=5), st.booleans())
def test_any_table_is_a_profile_or_is_refused_with_a_line_of_the_text(top, named):
    table = ({"name": "own"} if named else {}) | top
    text = "".join(f"{json.dumps(key, ensure_ascii=False)} = {written(value)}\n" for key, value in table.items())
    found = outcome(text)
    if isinstance(found, Refusal):
        file, line = found.where.split(", ")
        assert file == "p.toml"
        assert 1 <= int(line) <= max(1, len(table))
        assert found.what_sv != found.what_en


@given(st.text(max_size=60))
def test_any_text_is_a_profile_or_is_refused(text):
    found = outcome(text)
    assert isinstance(found, Profile) or found.where.startswith("p.toml, ")
