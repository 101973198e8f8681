"""National programmes"""

from datetime import date

from pluginnovation.reference.programmes import (
    PROGRAMMES,
    entry_rule_of,
    full_points,
    programme_of,
    programmes_on,
)
from tests.spec.reference.drawing import rows


def test_a_programme_has_its_kind_its_entry_rule_and_its_size():
    """A code of a direction begins with its programme's. Introductory programmes and programmes of their own have
    none of these."""
    for row in rows("""
        code  | kind           | asks for | begun 2022 | begun 2025
        ------+----------------+----------+------------+-----------
        VO    | vocational     | YR       | 2500       | 2700
        BA    | vocational     | YR       | 2500       | 2800
        EK    | he_preparatory | EK-HU-SA | 2500       | 2500
        NANAT | he_preparatory | NA-TE    | 2500       | 2500
        es    | he_preparatory | ES       | 2500       | 2500
        IMV   |                |          |            |
        IB    |                |          |            |
              |                |          |            |
    """):
        found = programme_of(row["code"])
        if found is None:
            assert not row["kind"], row
            continue
        rule = entry_rule_of(found, begins=date(2026, 8, 17))
        sizes = [str(full_points(found, begun=date(year, 8, 20))) for year in (2022, 2025)]
        assert (found.kind, rule.name) == (row["kind"], row["asks for"]), row
        assert sizes == [row["begun 2022"], row["begun 2025"]], row


def test_which_programmes_there_are_depends_on_the_day():
    for row in rows("""
        day        | number | with | without
        -----------+--------+------+--------
        2011-06-30 | 0      |      | VO
        2021-08-20 | 18     | HA   | FS
        2024-08-20 | 18     | HV   | FR
        2025-08-20 | 18     | FR   | HV
    """):
        codes = [each.code for each in programmes_on(date.fromisoformat(row["day"]))]
        assert len(codes) == int(row["number"]), row
        assert (not row["with"] or row["with"] in codes) and row["without"] not in codes, row


def test_every_vocational_programme_has_the_400_common_points_that_its_degree_asks_for():
    for each in PROGRAMMES:
        if each.kind == "vocational" and each.until is None:
            assert sum(points for _, points in each.common) >= 400, each.code


def test_before_the_rules_began_nothing_is_asked():
    assert entry_rule_of(PROGRAMMES[0], begins=date(2011, 6, 30)) is None
