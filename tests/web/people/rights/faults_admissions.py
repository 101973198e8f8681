"""Faults planted on purpose around admitted pupils, and the cases that must notice each."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from django.db import connection

from pluginnovation.privacy import admission
from pluginnovation.privacy.grounds import Stay
from pluginnovation.web.config.fence.admitted import admitted_statements
from pluginnovation.web.people.models import AdmissionReader, Duty, User
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
    ("mine = admission.by == viewer.user or not admission.led", "mine = True"),
    ("mine = admission.by == viewer.user or not admission.led", "mine = admission.by == viewer.user"),
    ("return mine and admission.source == viewer.source and ", "return mine and "),
    ("return holds(admission, today) and decides_here", "return decides_here"),
    ("return holds(admission, today) and decides_here(admission, viewer)", "return holds(admission, today)"),
    ("user not in admission.named and len", "len"),
    ("len(admission.named) < MOST_NAMED", "len(admission.named) <= MOST_NAMED"),
    ("user in admission.named and len", "len"),
    (" and len(admission.named) > 1", ""),
    ("if admission.ended:", "if False:"),
    ('viewer.role == "data_protection_officer" or ', ""),
)
# what the fence's statements say, and what they say with the fault
FENCE: Final = (
    ("r.user_id = fence.me() AND ", ""),
    ("AND r.removed_at IS NULL ", ""),
    ("a.by_id = fence.me() OR NOT fence.leads(a.by_id, a.school, a.source, fence.day())", "true"),
    (" OR NOT fence.leads(a.by_id, a.school, a.source, fence.day())", ""),
    ("fence.my_role() = 'principal' AND a.source", "a.source"),
    ("AND a.school = ANY (fence.mine('units'))\n    AND (a.by_id", "AND (a.by_id"),
    ("fence.my_role() = 'principal' AND a.source = ANY (fence.mine('sources'))", "fence.my_role() = 'principal'"),
    ("AND u.is_active AND", "AND"),
    ("d.role = 'principal' AND d.source", "d.source"),
    ("AND d.source = of_source", ""),
    (" AND (d.end_date IS NULL OR d.end_date >= on_day)", ""),
    ("d.end_date >= on_day", "d.end_date > on_day"),
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

    left = replace(own, led=False)
    full = replace(own, named=frozenset(range(10)))
    closed = (
        admission.may_end(left, who(3, "mentor")), admission.may_end(left, who(3, "principal", place="alm")),
        admission.may_end(left, who(3, "principal", source="t")), admission.may_name(own, who(3, "principal"), TODAY),
        admission.may_name(ended, principal, TODAY), admission.may_name(own, principal, later),
        admission.may_name(own, officer, TODAY), admission.may_add(own, 2), admission.may_add(full, 11),
        admission.may_remove(own, 2), admission.may_remove(full, 11),
        opens(ended), opens(day=later), opens(stays=[Stay("bjork")], day=later), opens(viewer=who(3)),
        opens(viewer=who(role="administrator")), opens(viewer=who(source="t")), opens(viewer=who(place="alm")),
        opens(stays=[Stay("alm")]), opens(stays=[Stay("bjork", later)]), opens(stays=[]),
        admission.may_admit(mentor, "bjork"), admission.may_admit(principal, "alm"),
        admission.may_end(own, who(3, "principal")), admission.may_end(own, mentor),
        admission.may_end(ended, principal), admission.may_end(ended, officer),
        admission.may_end(own, who(1, "mentor")),
    )  # fmt: skip
    open_ = (
        admission.may_end(left, who(3, "principal")), admission.may_name(left, who(3, "principal"), TODAY),
        admission.may_name(own, principal, TODAY), admission.may_add(own, 3), admission.may_remove(full, 2),
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


def decides(pals: Pals) -> Any:
    """Which decisions the database says are Hanna's to take over, were she principal; with a word of another place."""

    def told(role: str = "principal", school: str = "bjork", source: str = "bjorkeby", who: str = "hanna") -> set[Any]:
        said = {
            "user": getattr(pals, who).pk, "role": role, "units": [pals.place(school)], "sources": [source],
            "day": f"{TODAY}", "places": [],
        }  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('plug.asker', %s, true)", [json.dumps(said)])
            cursor.execute("SELECT * FROM fence.mine_to_decide()")
            return {number for (number,) in cursor.fetchall()}

    return told


def succession_holds(pals: Pals, row: Any) -> bool:
    """Whether a decision is Petra's while she leads Björkskolan, and then whoever's leads it after her."""
    told, petra = decides(pals), Duty.objects.filter(person=pals.petra.person_id)
    held = told(who="petra") == {row.pk} and not told()
    petra.update(end_date=TODAY)
    held &= not told()
    petra.update(end_date=TODAY - timedelta(days=1))
    held &= told() == {row.pk} and not (told("mentor") | told(school="alm") | told(source="t"))
    for changes in ({"role": "mentor"}, {"source": "t"}):
        petra.update(end_date=None, role="principal", source=row.source)
        held &= not told()
        petra.update(**changes)
        held &= told() == {row.pk}
    petra.update(end_date=None, role="principal", source=row.source)
    User.objects.filter(pk=pals.petra.pk).update(is_active=False)
    return held and told() == {row.pk}


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
    taken_out = AdmissionReader.objects.create(admission=row, user=pals.hanna, at=row.at, removed_at=row.at)
    with asking_by(pals.hanna):
        held &= not seen("people_admittedrows") and taken_out.pk is not None
    held &= succession_holds(pals, row)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_admission SET ended_at = now(), ended_why = 'revoked' WHERE id = %s", [row.pk])
        cursor.execute("SELECT source_id, code FROM people_admission WHERE id = %s", [row.pk])
        held &= cursor.fetchone() == ("", "")
        cursor.execute("SELECT count(*) FROM people_admittedrows")
        held &= cursor.fetchone() == (0,)
    with asking(pals.asa, TODAY, role="mentor", place=place):
        return held and not seen("people_admission")
