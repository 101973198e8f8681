"""An authority's own limits: what is held for one source is taken from another, and a mistake in the file is said."""

import pytest

from pluginnovation.records.bounds import LIMITS
from pluginnovation.records.own_limits import FILE, limits_of
from pluginnovation.records.refusals import Refusal
from tests.unit.records.test_read_again import MANY, absent, people

OURS = ("mira", "noor", "asa")


def write(reader, text: str | bytes) -> None:
    (reader.store.home / FILE).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_source_with_limits_of_its_own_is_held_at_those(reader):
    reader.csv({"persons.csv": people(*MANY, *OURS)}, source="Ale")
    reader.csv({"persons.csv": people(*MANY, *OURS)}, source="Öckerö")
    write(reader, "[Ale]\nchanged_pct = 60\n")

    assert reader.csv({"persons.csv": people(*MANY[:15], *OURS)}, source="Ale").status == "done"
    assert reader.csv({"persons.csv": people(*MANY[:15], *OURS)}, source="Öckerö").because == ("shrinks:persons",)
    write(reader, "[Ale]\nchanged_pct = 5\nfew_rows = 5\n")
    held = reader.csv({"persons.csv": people(*MANY[:14], *OURS)}, source="Ale")
    assert (held.because, held.limits) == (("shrinks:persons",), {"changed_pct": 5, "few_rows": 5})
    # The limits may change again: which ones each import was judged by stays.
    assert [row.limits for row in reader.store.ledger.imports()] == [
        {}, {}, {"changed_pct": 60}, {}, {"changed_pct": 5, "few_rows": 5},
    ]  # fmt: skip


def test_mean_absence_has_limits_of_its_own_too(reader):
    reader.csv({"lessons.csv": absent(10)}, source="Ale")
    write(reader, "[Ale]\nabsence_factor = 3\n")

    assert reader.csv({"lessons.csv": absent(25)}, source="Ale").status == "done"
    assert reader.csv({"lessons.csv": absent(80)}, source="Ale").because == ("absence_doubles:lessons",)


def test_few_rows_decides_also_when_a_source_is_too_broken(reader):
    broken = people(*MANY, *OURS) + "".join(f"x{number},,,Nej\n" for number in range(9))
    with pytest.raises(Refusal):
        reader.csv({"persons.csv": broken}, source="Ale")
    write(reader, "[Ale]\nfew_rows = 100\n")
    assert reader.csv({"persons.csv": broken}, source="Ale").status == "done"


WRONG = [
    ("[Ale\n", "limits_unreadable", "line 1"),
    (b"\xff\xfe", "limits_unreadable", FILE),
    ("[" * 100_000, "limits_unreadable", FILE),
    ("x = 1\n" * 200_000, "limits_unreadable", FILE),
    ("changed_pct = 50\n", "limits_unknown", "changed_pct"),
    ("[Ale]\nchanged = 50\n", "limits_unknown", "Ale, changed"),
    ("[Ale]\nchanged_pct = 0\n", "limits_out_of_bounds", "Ale, changed_pct"),
    ("[Ale]\nchanged_pct = 5000\n", "limits_out_of_bounds", "Ale, changed_pct"),
    ("[Ale]\nabsence_factor = 1\n", "limits_out_of_bounds", "Ale, absence_factor"),
    ("[Ale]\nabsence_factor = 2.5\n", "limits_out_of_bounds", "Ale, absence_factor"),
    ("[Ale]\nchanged_pct = true\n", "limits_out_of_bounds", "Ale, changed_pct"),
    ('[Ale]\nchanged_pct = "30"\n', "limits_out_of_bounds", "Ale, changed_pct"),
]


@pytest.mark.parametrize(("text", "code", "where"), WRONG)
def test_a_mistake_in_the_file_is_said_and_nothing_is_stored(reader, text, code, where):
    write(reader, text)
    # It is about another source, and stops this one all the same.
    with pytest.raises(Refusal) as refused:
        reader.csv({"persons.csv": people(*MANY, *OURS)}, source="Öckerö")
    assert refused.value.code == code
    assert where in refused.value.text("sv")
    assert not reader.store.ledger.imports()


def test_without_a_file_and_for_a_source_it_does_not_name_the_default_stands(tmp_path):
    assert limits_of(tmp_path, "Ale") == LIMITS
    (tmp_path / FILE).write_text("[Ale]\nfew_rows = 1\n", encoding="utf-8")
    assert limits_of(tmp_path, "Partille") == LIMITS
    assert limits_of(tmp_path, "Ale").few_rows == 1
