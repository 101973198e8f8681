"""Faults planted on purpose in the fence's rule, and the cases that must notice each."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from pluginnovation.web.config.fence.reach import reach_statements
from pluginnovation.web.people.models import Duty, EmergencyAccess, Enrolment, Group, Membership, Person, Resident
from pluginnovation.web.projects.models import Participant, Programme, SubProject
from tests.pals import SOURCE, TODAY, Pals, code_of
from tests.web.fenced import asking_by, seen
from tests.web.planted import AT

DAY: Final = timedelta(days=1)
# which statement, what it says, what it says with the fault
FAULTS: Final = (
    ("reached", " = ANY ((SELECT fence.mine('groups'))::text[])", " IS NOT NULL"),
    ("reached", "e.organisation_id = ANY ((SELECT fence.mine('units'))::text[]) AND ", ""),
    ("reached", "(m.end_date IS NULL OR m.end_date >= (SELECT fence.day()))", "true"),
    ("reached", "(m.start_date IS NULL OR m.start_date <= (SELECT fence.day()))", "true"),
    ("reached", "(g.end_date IS NULL OR g.end_date >= (SELECT fence.day()))", "true"),
    ("reached", "(e.end_date IS NULL OR e.end_date >= (SELECT fence.day()))", "true"),
    ("reached", "m.end_date >= (SELECT fence.day())", "m.end_date > (SELECT fence.day())"),
    ("reached", "p.security_marking = 'Ingen'", "true"),
    ("reached", "p.in_source", "true"),
    ("reached", "p.status <> ALL (ARRAY['Avliden', 'Utvandrad']::text[])", "true"),
    ("reached", "(p.gone_on IS NULL OR p.gone_on > (SELECT fence.day()))", "true"),
    ("reached", "y.birth_date > (SELECT fence.day('under_age'))", "true"),
    ("reached", "y.birth_date IS NULL FROM", "false FROM"),
    ("reached", "a.by_id = (SELECT fence.me()) AND ", ""),
    ("reached", "a.ended_at IS NULL AND ", ""),
    ("reached", "a.ends_at > (SELECT fence.moment()) AND ", ""),
    ("reached", "a.role = (SELECT fence.my_role())", "true"),
    ("reached", "t.sub_project_id = ANY ((SELECT fence.mine('projects'))::bigint[])", "true"),
    ("reached", "(t.start_date IS NULL OR t.start_date <= (SELECT fence.day()))", "true"),
    ("reached", "(t.end_date IS NULL OR t.end_date >= (SELECT fence.day()))", "true"),
    ("youths", "p.source = ANY ((SELECT fence.mine('sources'))::text[]) AND ", ""),
    ("youths", "LIMIT 1) IS NULL", "LIMIT 1) IS NULL OR true"),
    ("youths", "s.past_from <= (SELECT fence.day()) OR (SELECT true", "true OR (SELECT true"),
    ("youths", "SELECT s.past_from <= (SELECT fence.day())", "SELECT true"),
    ("youths", "p.birth_date <= (SELECT fence.day('of_age'))", "true"),
    ("youths", "s.first > (SELECT fence.day())", "false"),
    ("youths", "told.elsewhere = 0", "true"),
    ("youths", "told.known = 0", "true"),
    ("schooled", "date '0001-01-01'", "NULL::date"),
    ("schooled", "e.school_type = ANY (ARRAY['GY', 'GYS']::text[])", "true"),
    ("schooled", "e.school_type <> ALL", "false AND e.school_type <> ALL"),
    ("schooled", "coalesce(e.start_date, date '0001-01-01')", "date '0001-01-01'"),
    ("schooled", "extract(month FROM e.end_date) = ANY (ARRAY[6, 7])", "true"),
    ("schooled", "e.school_year >= CASE", "0 <= CASE"),
    ("schooled", "(e.end_date >= make_date(y.ended, 7, 1))::int", "0"),
    ("schooled", "min(a.past)", "max(a.past)"),
    ("noted", "BEGIN\n", "BEGIN RETURN NULL;\n"),
    ("youths", "(p.degree_on IS NULL OR p.degree_on > (SELECT fence.day()))", "true"),
    ("youths", "p.home_municipality = (SELECT fence.my_town())", "p.home_municipality IS NOT NULL"),
    ("ask", "d.role = as_role AND ", "d.role <> as_role AND "),
    ("ask", "coalesce(d.organisation_id, '') = at_place", "true"),
    ("ask", "coalesce(d.end_date, 'infinity') >= today", "true"),
    ("ask", " AND is_active", ""),
    ("groups", "(g.end_date IS NULL OR g.end_date >= (SELECT fence.day()))", "true"),
)  # fmt: skip
NAMES: Final = {
    "ask": "CREATE FUNCTION fence.ask(", "reached": "CREATE VIEW fence.reached", "youths": "CREATE VIEW fence.youths",
    "groups": "CREATE VIEW fence.groups", "schooled": "CREATE VIEW fence.ends_last",
    "noted": "CREATE FUNCTION fence.note_schooled",
}  # fmt: skip


def put_in(name: str, says: str, fault: str) -> None:
    """The statement with the fault, in place of the right one."""
    right = next(text for text in reach_statements() if NAMES[name] in text)
    if says not in right:
        raise AssertionError(f"{name} doesn't say: {says}")
    with connection.cursor() as cursor:
        cursor.execute(right.replace(says, fault).replace("CREATE ", "CREATE OR REPLACE ", 1))


def cases(pals: Pals) -> list[str]:
    """What the fence shows otherwise than it should; each case begins with the cast as it moved in."""
    return [name for name, case in CASES.items() if not _alone(case, pals)]


def _alone(case: Any, pals: Pals) -> bool:
    from django.db import transaction

    with transaction.atomic():
        holds = case(pals)
        transaction.set_rollback(True)
    return bool(holds)


def _sees(user: Any, *names: str, role: str = "") -> bool:
    with asking_by(user, role):
        return seen("fence.pupils", "code") == {code_of(name) for name in names}


def _after(change: Any, who: str, *names: str) -> Any:
    def case(pals: Pals) -> bool:
        change(pals)
        return _sees(getattr(pals, who), *names)

    return case


def _moved(model: Any, find: dict[str, Any], **change: Any) -> Any:
    return lambda pals: model.objects.filter(**find).update(**change)


def _emergency(**change: Any) -> Any:
    def add(pals: Pals) -> None:
        said = {"by": pals.asa, "role": "mentor", "opened_at": AT, "ends_at": AT + DAY, "reason": "x"} | change
        if said["by"] == "omar":
            said["by"] = pals.omar
        EmergencyAccess.objects.create(pupil=pals.sixten, source=SOURCE, **said)

    return add


MIRA_9A: Final = {"pupil": code_of("mira"), "group__display_name": "9A"}
MIRA, LEO = {"pk": code_of("mira")}, {"pk": code_of("leo")}


def _closed(pals: Pals) -> bool:
    pals.asa.is_active = False
    pals.asa.save()
    from tests.web.fenced import asking

    with asking(pals.asa, role="mentor", place=pals.place("bjork")):
        return not seen("fence.pupils", "code")


def _ended_duty(pals: Pals) -> bool:
    from tests.web.fenced import asking

    Duty.objects.filter(person=code_of("asa")).update(end_date=TODAY - DAY)
    with asking(pals.asa, role="mentor", place=pals.place("bjork")):
        return not seen("fence.pupils", "code")


def _only_own_group(pals: Pals) -> bool:
    Group.objects.filter(display_name="9A").update(end_date=TODAY - DAY)
    with asking_by(pals.asa):
        return not seen("fence.groups", "code")


def _two_places(pals: Pals) -> bool:
    return _sees(pals.sam, "ali", role="mentor") and _sees(pals.sam, role="teacher")


def _second_duty(pals: Pals) -> None:
    Duty.objects.create(
        person_id=code_of("asa"), source=SOURCE, role="mentor", duty_role="Lärare", organisation_id=pals.place("alm"),
        group_id=pals.place("8A"),
    )  # fmt: skip


def _enrols(*times: tuple[date | None, date | None]) -> Any:
    def add(pals: Pals) -> None:
        for number, (start, end) in enumerate(times):
            Enrolment.objects.create(
                pupil_id=pals.leo, organisation_id=pals.place("alm"), school_type="GY", school_year=number,
                start_date=start, end_date=end,
            )  # fmt: skip

    return add


def _leaves(school_type: str) -> Any:
    def change(pals: Pals) -> None:
        Person.objects.filter(**MIRA).update(home_municipality="1499", birth_date=date(2009, 5, 1))
        Enrolment.objects.filter(pupil=pals.mira).update(school_type=school_type, end_date=TODAY - DAY)

    return change


def _told_without_a_school(born: date) -> Any:
    def change(pals: Pals) -> None:
        Person.objects.filter(**LEO).update(birth_date=born)
        Enrolment.objects.filter(pupil=pals.leo).delete()
        Resident.objects.create(pupil_id=pals.leo, municipality="1499")

    return change


def _went(*times: tuple[str, int, date | None, date | None]) -> Any:
    """Mira went to these and to no other: the form of school, the year, the first and the last day."""

    def change(pals: Pals) -> None:
        Person.objects.filter(**MIRA).update(home_municipality="1499", birth_date=date(2009, 5, 1))
        Enrolment.objects.filter(pupil=pals.mira).delete()
        for form, year, start, end in times:
            Enrolment.objects.create(
                pupil_id=pals.mira, organisation_id=pals.place("alm"), school_type=form, school_year=year,
                start_date=start, end_date=end,
            )  # fmt: skip

    return change


def _leads(pals: Pals) -> bool:
    """Charlie leads one of two sub-projects: who takes part in it today, and not who did, will or is in the other."""
    told = {"by": pals.rut, "at": AT}
    programme = Programme.objects.create(key="p", name="P", starts=TODAY, ends=TODAY + DAY, **told)
    one, other = (
        SubProject.objects.create(programme=programme, name=name, school=pals.place("bjork"), **told) for name in "ab"
    )
    for project, pupil, start, end in (
        (one, pals.mira, TODAY, TODAY), (one, pals.noor, TODAY - DAY, TODAY - DAY), (one, pals.ali, TODAY + DAY, None),
        (other, pals.sixten, TODAY, None),
    ):  # fmt: skip
        Participant.objects.create(sub_project=project, pupil=pupil, start_date=start, end_date=end, **told)
    Duty.objects.create(user=pals.charlie, role="sub_project_leader", sub_project=one.pk)
    return _sees(pals.charlie, "mira") and _sees(pals.rut)


CASES: Final[dict[str, Any]] = {
    "a leader of a sub-project": _leads,
    "a mentor": lambda pals: _sees(pals.asa, "mira", "noor"),
    "a principal": lambda pals: _sees(pals.petra, "mira", "noor", "ali"),
    "a coordinator": lambda pals: _sees(pals.kim, "leo"),
    "an administrator": lambda pals: _sees(pals.adam),
    "two places": _two_places,
    "a second duty elsewhere": _after(_second_duty, "asa", "sixten"),
    "a last day": _after(_moved(Membership, MIRA_9A, end_date=TODAY), "asa", "mira", "noor"),
    "left": _after(_moved(Membership, MIRA_9A, end_date=TODAY - DAY), "asa", "noor"),
    "to come": _after(_moved(Membership, MIRA_9A, start_date=TODAY + DAY), "asa", "noor"),
    "a group that ended": _after(_moved(Group, {"display_name": "9A"}, end_date=TODAY - DAY), "asa"),
    "left the school": _after(
        _moved(Enrolment, {"pupil": code_of("ali")}, end_date=TODAY - DAY), "petra", "mira", "noor"
    ),
    "protected": _after(_moved(Person, MIRA, security_marking="Sekretessmarkering"), "asa", "noor"),
    "out of the source": _after(_moved(Person, MIRA, in_source=False), "asa", "noor"),
    "dead": _after(_moved(Person, MIRA, status="Avliden"), "asa", "noor"),
    "gone": _after(_moved(Person, MIRA, gone_on=TODAY), "asa", "noor"),
    "twenty": _after(_moved(Person, LEO, birth_date=date(2006, 4, 23)), "kim"),
    "no date of birth": _after(_moved(Person, LEO, birth_date=None), "kim"),
    "another source": _after(_moved(Person, LEO, source="other"), "kim"),
    "a degree": _after(_moved(Person, LEO, degree_on=TODAY), "kim"),
    "another home": _after(_moved(Person, LEO, home_municipality="1498"), "kim"),
    "told to live elsewhere": _after(
        lambda pals: Resident.objects.create(pupil_id=pals.leo, municipality="1498"), "kim"
    ),
    "at school again": _after(
        lambda pals: Enrolment.objects.create(pupil_id=pals.leo, organisation_id=pals.place("alm"), school_type="GY"),
        "kim",
    ),
    "at school from tomorrow": _after(_enrols((TODAY + DAY, None)), "kim", "leo"),
    "at school until another begins": _after(_enrols((None, TODAY), (TODAY + DAY, None)), "kim"),
    "told to have a school elsewhere": _after(
        lambda pals: Resident.objects.create(pupil_id=pals.leo, municipality="1499", enrolled_elsewhere=True), "kim"
    ),
    "told without ever having had a school": _after(_told_without_a_school(date(2008, 5, 1)), "kim", "leo"),
    "told while of the age of compulsory school": _after(_told_without_a_school(date(2011, 5, 1)), "kim"),
    "left before the end of compulsory school": _after(_leaves("GR"), "kim", "leo"),
    "left in the last year, until the term is over": _after(_went(("GR", 9, None, date(2026, 4, 1))), "kim", "leo"),
    "left in the last year, and that term is over": _after(
        _went(("GR", 9, None, date(2025, 4, 1))), "kim", "leo", "mira"
    ),
    "left in the autumn, before the spring term": _after(_went(("GR", 9, None, date(2025, 9, 1))), "kim", "leo"),
    "left with the term of the last year": _after(_went(("GR", 9, None, date(2025, 6, 11))), "kim", "leo", "mira"),
    "left with the term of the year before": _after(_went(("GR", 8, None, date(2025, 6, 11))), "kim", "leo"),
    "begins upper secondary tomorrow": _after(
        _went(("VUX", 9, None, TODAY - DAY), ("GY", 1, TODAY + DAY, None)), "kim", "leo"
    ),
    "begins again tomorrow": _after(
        _went(("GY", 1, TODAY - 9 * DAY, TODAY - DAY), ("GY", 1, TODAY + DAY, None)), "kim", "leo", "mira"
    ),
    "left adult education": _after(_went(("VUX", 9, None, date(2025, 6, 11))), "kim", "leo"),
    "left upper secondary": _after(_leaves("GY"), "kim", "leo", "mira"),
    "an emergency": _after(_emergency(), "asa", "mira", "noor", "sixten"),
    "an emergency of another": _after(_emergency(by="omar"), "asa", "mira", "noor"),
    "an emergency that was ended": _after(_emergency(ended_at=AT), "asa", "mira", "noor"),
    "an emergency that is over": _after(_emergency(opened_at=AT - DAY, ends_at=AT - DAY / 2), "asa", "mira", "noor"),
    "an emergency in another role": _after(_emergency(role="principal"), "asa", "mira", "noor"),
    "a closed account": _closed,
    "a duty that ended": _ended_duty,
    "a group's own end": _only_own_group,
}
