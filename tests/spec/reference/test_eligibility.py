"""Upper secondary eligibility"""

from datetime import date

from pluginnovation.reference.eligibility import NOTHING_DECIDED, Decisions, Eligibility, every_eligibility
from tests.spec.reference.drawing import graded, rows

AUTUMN = date(2026, 8, 17)
KINDS = ("YR", "EK-HU-SA", "NA-TE", "ES")
CORE = "SV E, EN E, MA E, "


def written(found: Eligibility) -> str:
    """What is missing: subjects, then how many more; `ok` when nothing is, `?` when unknown."""
    if found.eligible is None:
        return "?"
    more = [f"+{found.further}"] if found.further else []
    missing = " ".join([each.subject for each in found.required] + more)
    assert found.eligible == (not missing) == (found.needed == 0)
    assert found.needed == len(found.required) + found.further
    return missing or "ok"


def check(drawing: str, decisions: Decisions = NOTHING_DECIDED) -> None:
    for row in rows(drawing):
        found = every_eligibility(graded(row["passes"].replace("core", CORE)), AUTUMN, decisions)
        assert tuple(each.rule.name for each in found) == KINDS
        assert {each.rule.name: written(each) for each in found} == {kind: row[kind] for kind in KINDS}, row


def test_a_vocational_programme_asks_for_eight_passes_and_the_others_for_twelve():
    """Swedish, English and mathematics, and five others; nine others for a programme that prepares for higher
    education, with four or three named ones among them."""
    check("""
        passes                                                      | YR | EK-HU-SA       | NA-TE       | ES
        ------------------------------------------------------------+----+----------------+-------------+---
        core BL E, HKK E, IDH E, MU E, SL E                         | ok | GE HI RE SH    | BI FY KE +1 | +4
        core BL E, HKK E, IDH E, MU E                               | +1 | GE HI RE SH +1 | BI FY KE +2 | +5
        core BL E, HKK E, IDH E, MU E, SL E, TK E, M2 E, DA E, ML E | ok | GE HI RE SH    | BI FY KE    | ok
        core BL E, HKK E, IDH E, MU E, SL E, GE E, HI E, RE E, SH E | ok | ok             | BI FY KE    | ok
        core BL E, HKK E, IDH E, MU E, SL E, TK E, BI E, FY E, KE E | ok | GE HI RE SH    | ok          | ok
        core BL E, HKK E, IDH E, MU E, SL E, BI E, FY E, KE E       | ok | GE HI RE SH    | +1          | +1
        SV E, EN E, BL E, HKK E, IDH E, MU E, SL E, TK E, SO E      | MA | MA             | MA BI FY KE | MA
    """)


def test_a_block_grade_stands_for_its_subjects():
    """NO for biology, physics and chemistry, SO for the four others. A subject's own grade stands before it."""
    check("""
        passes                                          | YR | EK-HU-SA    | NA-TE    | ES
        ------------------------------------------------+----+-------------+----------+---
        core SO E, BL E, HKK E, IDH E, MU E, SL E       | ok | ok          | BI FY KE | ok
        core NO E, BL E, HKK E, IDH E, MU E, SL E, TK E | ok | GE HI RE SH | ok       | ok
        core NO E, SO E, BL E, MU E                     | ok | ok          | ok       | ok
        core NO E, FY F, SO E, BL E, MU E               | ok | +1          | FY       | +1
    """)


def test_either_swedish_will_do_and_both_are_one_pass():
    check("""
        passes                                                  | YR | EK-HU-SA       | NA-TE       | ES
        --------------------------------------------------------+----+----------------+-------------+---
        SVA E, EN E, MA E, BL E, HKK E, IDH E, MU E, SL E       | ok | GE HI RE SH    | BI FY KE +1 | +4
        SV E, SVA E, EN E, MA E, BL E, HKK E, IDH E, MU E       | +1 | GE HI RE SH +1 | BI FY KE +2 | +5
        SV F, SVA E, EN E, MA E, BL E, HKK E, IDH E, MU E, SL E | ok | GE HI RE SH    | BI FY KE +1 | +4
    """)


def test_whoever_is_exempt_from_english_needs_the_rest():
    """A decision that people make about one applicant, with its reason."""
    check(
        """
        passes                                           | YR | EK-HU-SA       | NA-TE          | ES
        -------------------------------------------------+----+----------------+----------------+------
        SV E, MA E, BL E, HKK E, IDH E, MU E, SL E       | ok | GE HI RE SH    | BI FY KE +1    | +4
        SV E, EN F, MA E, BL E, HKK E, IDH E, MU E       | +1 | GE HI RE SH +1 | BI FY KE +2    | +5
        SV E, EN F, MA F, BL E, HKK E, IDH E, MU E, SL E | MA | MA GE HI RE SH | MA BI FY KE +1 | MA +4
        """,
        Decisions(english_exemption="No English where she went to school until year 8"),
    )


def test_knowledge_shown_in_another_way_counts_as_a_pass():
    check(
        """
        passes                               | YR | EK-HU-SA    | NA-TE       | ES
        -------------------------------------+----+-------------+-------------+---
        SV E, MA E, BL E, HKK E, IDH E, MU E | ok | GE HI RE SH | BI FY KE +1 | +4
        """,
        Decisions(equivalent=("GRGRENG01", "ML")),
    )


def test_with_no_grade_at_all_it_is_unknown():
    """A dash is known: there was no basis for a grade. A subject that isn't graded yet tells nothing."""
    check("""
        passes     | YR          | EK-HU-SA                | NA-TE                | ES
        -----------+-------------+-------------------------+----------------------+------------
                   | ?           | ?                       | ?                    | ?
        SV ?, MA ? | ?           | ?                       | ?                    | ?
        SV -       | SV EN MA +5 | SV EN MA GE HI RE SH +5 | SV EN MA BI FY KE +6 | SV EN MA +9
    """)


def test_what_stands_there_now_is_told_apart():
    """An F, a dash, and nothing given yet ask for different help."""
    found = every_eligibility(graded("SV F, EN -, BL E, HKK E, IDH E, SL F, TK -, MU ?, SL F"), AUTUMN)[0]
    assert [(each.subject, each.now) for each in found.required] == [("SV", "F"), ("EN", "-"), ("MA", None)]
    assert found.further == 2
    assert [(each.subject, each.now) for each in found.among] == [("SL", "F"), ("TK", "-"), ("MU", None)]


def test_a_rule_tells_how_many_passes_it_asks_for():
    assert [each.rule.passes for each in every_eligibility([], AUTUMN)] == [8, 12, 12, 12]
    assert [each.rule.name for each in every_eligibility([], date(2011, 7, 1))] == list(KINDS)
    assert every_eligibility([], date(2011, 6, 30)) == ()
