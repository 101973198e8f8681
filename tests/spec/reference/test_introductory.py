"""Introductory programmes"""

from pluginnovation.reference.eligibility import Decisions
from pluginnovation.reference.entry_rules import ENTRY_RULES
from pluginnovation.reference.introductory import introductory_open, programme_choice
from tests.spec.reference.drawing import graded, rows

RULES = {rule.name: rule for rule in ENTRY_RULES}
SAID = {True: "yes", False: "no", None: "?"}
HEARD = {"yes": True, "no": False, "?": None}


def test_programme_choice_asks_for_swedish_and_five_more_with_english_or_mathematics_among_them():
    """English or mathematics and four others, or both and three others. It isn't open to whoever is eligible
    already, and may be needed towards one kind of programme and not towards another."""
    for row in rows("""
        passes                                         | towards | open | needed | missing
        -----------------------------------------------+---------+------+--------+------------
        SV E, EN E, BL E, MU E, SL E, TK E             | YR      | yes  | 0      |
        SVA E, MA E, BL E, MU E, SL E, TK E            | YR      | yes  | 0      |
        SV E, EN E, MA E, BL E, MU E, SL E             | YR      | yes  | 0      |
        SV E, EN E, BL E, MU E, SL E                   | YR      | no   | 1      | +1
        SV E, EN E, MA E, BL E, MU E                   | YR      | no   | 1      | +1
        SV E, BL E, MU E, SL E, TK E, HKK E, IDH E     | YR      | no   | 1      | EN/MA
        SV E, BL E, MU E, SL E                         | YR      | no   | 2      | EN/MA +1
        SV F, EN E, MA E, BL E, MU E, SL E             | YR      | no   | 1      | SV
        SV F                                           | YR      | no   | 6      | SV EN/MA +4
        SV E, EN E, MA E, BL E, MU E, SL E, TK E, DA E | YR      | no   | 0      |
        SV E, EN E, MA E, BL E, MU E, SL E, TK E, DA E | ES      | yes  | 0      |
                                                       | YR      | ?    |        |
    """):
        found = programme_choice(graded(row["passes"]), RULES[row["towards"]])
        one_of = ["/".join(each.subject for each in found.one_of)] if found.one_of else []
        more = [f"+{found.further}"] if found.further else []
        missing = " ".join([each.subject for each in found.required] + one_of + more)
        told = (SAID[found.open], str(found.needed or 0) if found.needed is not None else "", missing)
        assert told == (row["open"], row["needed"], row["missing"]), row


def test_exemption_from_english_is_about_national_programmes_only():
    found = programme_choice(graded("SV E, BL E, MU E, SL E"), RULES["YR"], Decisions(english_exemption="a reason"))
    assert [each.subject for each in found.one_of] == ["EN", "MA"]


def test_the_other_three_stand_open_to_those_who_are_not_eligible_to_a_vocational_programme():
    """Whoever is to have language introduction goes there. What nobody has said is unknown."""
    for row in rows("""
        passes                                         | language introduction | IMY | IMA | IMS
        -----------------------------------------------+-----------------------+-----+-----+----
        SV E, EN E, MA E, BL E, MU E, SL E, TK E, DA E | no                    | no  | no  | no
        SV E, EN E, MA E, BL E, MU E, SL E, TK E, DA E | ?                     | no  | no  | no
        SV F, EN E                                     | no                    | yes | yes | no
        SV F, EN E                                     | yes                   | no  | no  | yes
        SV F, EN E                                     | ?                     | ?   | ?   | ?
                                                       | yes                   | no  | no  | ?
                                                       | no                    | ?   | ?   | no
    """):
        said = introductory_open(graded(row["passes"]), language_introduction=HEARD[row["language introduction"]])
        assert {code: SAID[each] for code, each in said.items()} == {code: row[code] for code in said}, row
