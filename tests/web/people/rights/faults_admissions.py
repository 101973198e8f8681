"""Faults planted on purpose around admitted pupils, and the cases that must notice each."""

from typing import Any, Final

from django.db import connection

from pluginnovation.privacy import admission
from pluginnovation.privacy.grounds import Stay
from pluginnovation.web.config.fence.admitted import admitted_statements
from tests.pals import TODAY, Pals
from tests.web.fenced import asking, asking_by, seen

# what the decision's module says, and what it says with the fault
RULES: Final = (
    ("not admission.ended and today", "today"),
    ("today <= admission.until", "today < admission.until"),
    ("today <= admission.until", "True"),
    ("or viewer.user not in admission.named ", ""),
    ("or not at_work:", "or False:"),
    ("viewer.role in REACH_OF_ROLE and ", ""),
    ("viewer.source == admission.source and admission.school", "admission.school"),
    (" and admission.school in viewer.places", ""),
    ("    if not is_there(admission.school, stays, today):\n        return None\n", ""),
    ("stay.at == school and ", ""),
    ("covers(today, stay.start, stay.end)", "True"),
    ('viewer.role == "principal" and ', ""),
    ("and school in viewer.places", ""),
    ("admission.by == viewer.user and ", ""),
    ("if admission.ended:", "if False:"),
    ('viewer.role == "data_protection_officer" or ', ""),
)
# what the fence's statements say, and what they say with the fault
FENCE: Final = (
    ("r.user_id = fence.me() AND ", ""),
    ("a.ended_at IS NULL AND ", ""),
    ("a.until >= fence.day()", "a.until > fence.day()"),
    (" AND a.until >= fence.day()", ""),
    ("fence.my_role() = ANY (ARRAY", "fence.my_role() <> ALL (ARRAY"),
    ("AND (a.school = ANY (fence.mine('places')) OR a.school = ANY (fence.mine('units')))", ""),
    ("        DELETE FROM people_admittedrows WHERE admission_id = NEW.id;\n", ""),
    ("WHERE id = NEW.id AND (source_id", "WHERE id = NEW.id AND false AND (source_id"),
    ("AND a.source = ANY (fence.mine('sources'))", ""),
)


def agreed() -> bool:
    """Whether the decision's module gives what it should in every case here."""
    own = admission.Admission(7, 1, "s", "bjork", TODAY, frozenset({2}))
    ended = admission.Admission(7, 1, "s", "bjork", TODAY, frozenset({2}), ended=True)
    mentor, here = admission.Viewer(2, "mentor", "s", {"bjork"}), [Stay("bjork", None, TODAY)]
    principal, officer = admission.Viewer(1, "principal", "s", {"bjork"}), admission.Viewer(9, OFFICER, "", ())
    later = TODAY.replace(day=TODAY.day + 1)

    def opens(one: Any = own, viewer: Any = mentor, stays: Any = here, day: Any = TODAY) -> bool:
        return admission.admission_ground(one, viewer, stays, day) is not None

    def who(user: int = 2, role: str = "mentor", source: str = "s", place: str = "bjork") -> Any:
        return admission.Viewer(user, role, source, {place})

    closed = (
        opens(ended), opens(day=later), opens(stays=[Stay("bjork")], day=later), opens(viewer=who(3)),
        opens(viewer=who(role="administrator")), opens(viewer=who(source="t")), opens(viewer=who(place="alm")),
        opens(stays=[Stay("alm")]), opens(stays=[Stay("bjork", later)]), opens(stays=[]),
        admission.may_admit(mentor, "bjork"), admission.may_admit(principal, "alm"),
        admission.may_end(own, who(3, "principal")), admission.may_end(own, mentor),
        admission.may_end(ended, principal), admission.may_end(ended, officer),
        admission.may_end(own, who(1, "mentor")),
    )  # fmt: skip
    open_ = (
        opens(), admission.may_admit(principal, "bjork"), admission.may_end(own, principal),
        admission.may_end(own, officer),
    )  # fmt: skip
    return all(open_) and not any(closed)


OFFICER: Final = "data_protection_officer"


def put_in(says: str, fault: str) -> None:
    """Make the fence's functions anew with a fault in them."""
    with connection.cursor() as cursor:
        for text in admitted_statements():
            if says in text:
                cursor.execute(text.replace(says, fault).replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def fence_holds(pals: Pals, row: Any) -> bool:
    """Whether the database shows the rows to Åsa until the last day, to nobody else, and to nobody once it ended."""
    place = pals.place("bjork")
    with asking(pals.asa, row.until, role="mentor", place=place):
        held = seen("people_admittedrows", "admission_id") == {row.pk}
    with asking(pals.asa, row.until.replace(day=row.until.day + 1), role="mentor", place=place):
        held &= not seen("people_admission")
    for who in ("hanna", "omar"):
        with asking_by(getattr(pals, who)):
            held &= not seen("people_admittedrows")
    # Åsa once she works elsewhere only, in a role that sees no pupils, and at another authority.
    elsewhere = (
        ("mentor", pals.place("alm"), row.source),
        ("administrator", place, row.source),
        ("mentor", place, "x"),
    )
    for role, at, source in elsewhere:
        with asking(pals.asa, TODAY, role="mentor", place=place), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('plug.asker', (fence.said() || %s::jsonb)::text, true)",
                [f'{{"role": "{role}", "places": ["{at}"], "units": [], "sources": ["{source}"]}}'],
            )
            held &= not seen("people_admittedrows")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_admission SET ended_at = now(), ended_why = 'revoked' WHERE id = %s", [row.pk])
        cursor.execute("SELECT source_id, code FROM people_admission WHERE id = %s", [row.pk])
        held &= cursor.fetchone() == ("", "")
        cursor.execute("SELECT count(*) FROM people_admittedrows")
        held &= cursor.fetchone() == (0,)
    with asking(pals.asa, TODAY, role="mentor", place=place):
        return held and not seen("people_admission")
