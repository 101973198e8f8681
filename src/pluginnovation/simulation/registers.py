"""The registers a school authority hands over beside attendance and grades, as the tables of the CSV folder."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from .chance import Bools, Ints
from .cohorts import AUTUMN
from .grades import grade_rows
from .lessons import SECOND, World, activity_id, class_subjects, has_instead
from .places import MUNICIPALITIES, Municipality
from .pupils import MARKINGS, guardians
from .roster import as_date
from .school_year import FIRST_DAY, calendar_rows
from .staff import Staff, domain, duty_frame, staff_persons, teaching_group
from .stretches import first_day
from .structure import SchoolClass
from .study_plans import study_plan_rows
from .subjects import Subject

STATUS = {"deceased": "Avliden", "moved_abroad": "Utvandrad"}
EVENTS = ("left", "paused", "returned", "degree", "study_certificate", "deceased", "moved_abroad")
ENROLMENTS = {"person_id": pl.String, "organisation_id": pl.String, "school_type": pl.String, "school_year": pl.Int16,
              "programme_code": pl.String, "start_date": pl.Date, "end_date": pl.Date,
              "leave_reason": pl.String}  # fmt: skip
OUTCOME_EVENTS = {"person_id": pl.String, "event": pl.String, "date": pl.Date, "programme_code": pl.String}
RESIDENTS = {"person_id": pl.String, "municipality_code": pl.String, "enrolled_elsewhere": pl.Boolean,
             "start_date": pl.Date, "end_date": pl.Date}  # fmt: skip
PERSON_COLUMNS = (
    "id", "given_name", "family_name", "civic_no", "birth_date", "sex", "security_marking", "person_status",
    "home_municipality_code", "eppn", "email",
)  # fmt: skip


def registers(world: World, staff: Staff) -> dict[str, pl.DataFrame]:
    """Every table but the lessons: file name without ending -> frame with the columns of that file."""
    relatives, relations = guardians(world.pupils, world.region)
    people = [_pupils(world), relatives, staff_persons(world, staff)]
    calendars = [
        calendar_rows(world.region.seed, each, _authorities(world, each)) for each in world.region.municipalities
    ]
    return {
        "organisations": _organisations(world),
        "persons": pl.concat([_all_columns(frame) for frame in people]),
        "responsibles": relations,
        "calendars": pl.concat(calendars),
        "residents": _residents(world),
        "enrolments": _enrolments(world),
        "groups": _groups(world),
        "memberships": _memberships(world),
        "duties": duty_frame(staff),
        "activities": _activities(world),
        "grades": grade_rows(world),
        "study_plans": study_plan_rows(world),
        "outcome_events": _events(world),
    }


def _authorities(world: World, municipality: Municipality) -> list[str]:
    """The ids of the school authorities with schools in a municipality, its own first."""
    own = [each.authority for each in world.region.schools if each.municipality.no == municipality.no]
    return list(dict.fromkeys([municipality.authority, *own]))


def _organisations(world: World) -> pl.DataFrame:
    """Authorities and school units. An independent authority stands beside the municipality, not under it."""
    rows: list[tuple[str | None, ...]] = [
        (each.authority, f"{each.name} kommun", "Huvudman", None, None, each.code, None)
        for each in world.region.municipalities
    ]
    rows += [
        (each.authority, f"{each.name} AB", "Huvudman", None, None, None, None)
        for each in world.region.schools
        if each.independent
    ]
    rows += [
        (each.id, each.name, "Skolenhet", each.authority, each.unit_code, each.municipality.code, each.school_type)
        for each in world.region.schools
    ]
    names = (
        "id",
        "display_name",
        "organisation_type",
        "parent_id",
        "school_unit_code",
        "municipality_code",
        "school_types",
    )
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")


def _all_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column of persons.csv; what a source doesn't tell is null."""
    missing = [pl.lit(None, pl.Date if name == "birth_date" else pl.String).alias(name)
               for name in PERSON_COLUMNS if name not in frame.columns]  # fmt: skip
    return frame.with_columns(missing).select(PERSON_COLUMNS)


def _pupils(world: World) -> pl.DataFrame:
    pupils, region = world.pupils, world.region
    domains = [domain(each.school.municipality) for each in region.classes]
    codes = {each.no: each.code for each in MUNICIPALITIES}
    status = np.full(len(pupils), "Aktiv", dtype=object)
    for each in world.roster.happenings:
        status[each.pupil] = STATUS.get(each.what, "Aktiv")
    addresses = [
        f"{person}@elev.{domains[number]}"
        for person, number in zip(pupils.id.tolist(), pupils.class_no.tolist(), strict=True)
    ]
    return pl.DataFrame(
        {
            "id": pupils.id.tolist(),
            "given_name": pupils.given.tolist(),
            "family_name": pupils.family.tolist(),
            "birth_date": pl.Series(pupils.birth),
            "sex": np.where(pupils.sex == 0, "Kvinna", "Man").tolist(),
            "security_marking": [MARKINGS[i] for i in pupils.marking],
            "person_status": status.tolist(),
            "home_municipality_code": [codes[int(home)] for home in pupils.home],
            "eppn": addresses,
            "email": addresses,
        }
    )


def _enrolments(world: World) -> pl.DataFrame:
    roster, classes = world.roster, world.region.classes
    began = _began(world)
    rows = []
    for place, (pupil, number) in enumerate(zip(roster.pupil.tolist(), roster.class_no.tolist(), strict=True)):
        each = classes[number]
        first = int(roster.first[place])
        start = began[pupil] if first == 0 else as_date(first)
        rows.append((world.pupils.id[pupil], each.school.id, each.school.school_type, each.year, each.programme or None,
                     start, as_date(int(roster.last[place])), roster.reason[place] or None))  # fmt: skip
    return pl.DataFrame(rows, schema=ENROLMENTS, orient="row")


def _began(world: World) -> list[date]:
    """When each of this year's pupils began at the school and on the programme that they are on in August."""
    now = world.stretches.some((world.stretches.first <= AUTUMN) & (world.stretches.last >= AUTUMN))
    first = np.full(len(world.cohorts), AUTUMN)
    first[now.person] = now.first
    return [first_day(half) for half in first[world.pupils.person].tolist()]


def _class_activities(world: World, each: SchoolClass) -> list[tuple[str, str, str, str | None, int | None, str]]:
    """Id, name, subject, course, points and bare name of each activity of a class."""
    return [
        (activity_id(each, s), f"{s.name} {each.name}", s.code, s.course or None, s.points or None, s.name)
        for s in class_subjects(world, each)
    ]


def _activities(world: World) -> pl.DataFrame:
    rows = [
        (activity, name, each.school.id, subject, course, points)
        for each in world.region.classes
        for activity, name, subject, course, points, _ in _class_activities(world, each)
    ]
    names = ("id", "display_name", "organisation_id", "subject_code", "course_code")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"points": pl.Int32}, orient="row")


def _groups(world: World) -> pl.DataFrame:
    rows: list[tuple[str, str, str, str, date]] = []
    for each in world.region.classes:
        rows.append((each.id, each.name, "Klass", each.school.id, FIRST_DAY))
        rows += [
            (group, f"{each.name} mentorsgrupp {place}", "Mentor", each.school.id, FIRST_DAY)
            for place, group in enumerate(each.mentor_groups, start=1)
        ]
        rows += [
            (teaching_group(activity), name, "Undervisning", each.school.id, FIRST_DAY)
            for activity, name, *_ in _class_activities(world, each)
        ]
    names = ("id", "display_name", "group_type", "organisation_id")
    frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String) | {"start_date": pl.Date}, orient="row")
    return frame.with_columns(end_date=pl.lit(None, pl.Date))


def _memberships(world: World) -> pl.DataFrame:
    """Who is in which class, mentor group and teaching group.

    A group for some of the class takes them out of the subject that they have it instead of; every other pupil is in
    the second mentor group.
    """
    roster = world.roster
    started = pl.Series("start_date", [as_date(day) for day in roster.first.tolist()], dtype=pl.Date)
    ended = pl.Series("end_date", [as_date(day) for day in roster.last.tolist()], dtype=pl.Date)
    groups: list[str] = []
    places: list[Ints] = []
    for each in world.region.classes:
        stints = world.stints[each.no]
        pupils = roster.pupil[stints]
        own = [(each.id, stints)]
        own += [(group, stints[pupils % 2 == half]) for half, group in enumerate(each.mentor_groups)]
        subjects = class_subjects(world, each)
        for subject in subjects:
            own.append((teaching_group(activity_id(each, subject)), stints[_taught(world, subject, subjects, pupils)]))
        groups += [group for group, members in own for _ in range(len(members))]
        places += [members for _, members in own]
    place = np.concatenate(places)
    return pl.DataFrame(
        {
            "group_id": groups,
            "person_id": world.pupils.id[roster.pupil[place]].tolist(),
            "start_date": started.gather(place),
            "end_date": ended.gather(place),
        }
    )


def _taught(world: World, subject: Subject, subjects: tuple[Subject, ...], pupils: Ints) -> Bools:
    """Which of the pupils are taught a subject or group of their class."""
    others = [group for group in subjects if group != subject]
    instead = [has_instead(world, group, subject, pupils) for group in others]
    within = [has_instead(world, subject, base, pupils) for base in others]
    taken = np.any(instead, axis=0)
    is_group = subject.code == SECOND or bool(subject.language)
    return np.asarray(np.any(within, axis=0) if is_group else ~taken)


def _events(world: World) -> pl.DataFrame:
    rows = []
    for each in world.roster.happenings:
        programme = world.region.classes[world.pupils.class_no[each.pupil]].programme or None
        if each.what in EVENTS:
            rows.append((world.pupils.id[each.pupil], each.what, as_date(each.day), programme))
    return pl.DataFrame(rows, schema=OUTCOME_EVENTS, orient="row")


def _residents(world: World) -> pl.DataFrame:
    """Youths who left the region's schools this year and whom their home municipality must keep in touch with."""
    codes = {each.no: each.code for each in MUNICIPALITIES}
    rows = []
    for each in world.roster.happenings:
        if each.what in ("left", "paused", "study_certificate"):
            person = int(world.pupils.person[each.pupil])
            day = FIRST_DAY + timedelta(days=each.day)
            if day < twentieth_birthday(world.cohorts.birth[person]):
                home = codes[int(world.pupils.home[each.pupil])]
                rows.append((world.pupils.id[each.pupil], home, bool(world.cohorts.elsewhere[person]), day, None))
    return pl.DataFrame(rows, schema=RESIDENTS, orient="row")


def twentieth_birthday(birth: np.datetime64) -> date:
    """The day from which no municipality answers for somebody (29 chap. 9 §)."""
    born: date = birth.astype(date)
    return born.replace(year=born.year + 20, day=min(born.day, 28))
