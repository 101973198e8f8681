"""What a person gets: only what may leave, and nothing of what a review withheld."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pluginnovation.privacy.extract import (
    WITHHOLDING,
    Chapter,
    Field,
    chapter,
    may_leave,
    packed,
    reviewed,
    unpacked,
)
from pluginnovation.privacy.fields import FIELDS, NEVER_EXPORT

NEVER = [f"{table}.{name}" for table, kinds in FIELDS.items() for name in kinds.get(NEVER_EXPORT, "").split()]
SAMPLE = chapter(
    "who", "Who", "", [Field("people.Person.given_name", "Name"), Field("people.Person.birth_date", "Born")],
    [("Mira", "2010-01-01"), ("Noor", None)],
)  # fmt: skip


@pytest.mark.parametrize(
    "name", [*NEVER, "people.Person.nickname", "nowhere.at_all", "facts.grades.pupil", "facts.x.y"]
)
def test_what_may_not_leave_is_in_no_chapter(name):
    one = chapter(
        "k", "K", "", [Field("people.Person.given_name", "Name"), Field(name, "Secret")], [("Mira", "CANARY")]
    )

    assert not may_leave(name)
    assert [field.name for field in one.fields] == ["people.Person.given_name"]
    assert "CANARY" not in json.dumps(packed([one]))


def test_an_unknown_cell_is_empty_and_a_part_of_a_field_goes_as_the_field():
    assert SAMPLE.rows == (("Mira", "2010-01-01"), ("Noor", ""))
    assert may_leave("signals.PupilSnapshot.figures:reason")
    assert not may_leave("people.Person.civic_no:digits")


@given(st.dictionaries(st.sampled_from(["who", "who/people.Person.given_name", "x/y"]), st.sampled_from(WITHHOLDING)))
def test_what_is_withheld_is_gone_and_its_ground_stands_there(withheld):
    (left,) = reviewed([SAMPLE], withheld)
    text = json.dumps(packed([left]))

    gone = bool({"who", "who/people.Person.given_name"} & withheld.keys())
    assert ("Mira" in text) is not gone
    assert ("2010-01-01" in text) is ("who" not in withheld)
    assert left.withheld == withheld.get("who", "")
    assert left.withheld or bool(left.hidden) is ("who/people.Person.given_name" in withheld)


def test_a_ground_that_is_none_withholds_nothing():
    with pytest.raises(ValueError, match="no such ground"):
        reviewed([SAMPLE], {"who": "because"})


def test_a_chapter_with_every_field_withheld_keeps_no_empty_rows():
    (left,) = reviewed([SAMPLE], {f"who/{field.name}": "osl_23_2" for field in SAMPLE.fields})
    assert (left.fields, left.rows) == ((), ())


def test_packing_keeps_everything():
    kept = [SAMPLE, *reviewed([SAMPLE], {"who": "osl_12_3"}), Chapter("e", "E", "", (), ())]
    assert unpacked(json.loads(json.dumps(packed(kept)))) == kept
