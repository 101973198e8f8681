"""What a duty reaches, as queries: lists are filtered in the database by the same grounds as the door.

`privacy/grounds.py` is the definition. A property test makes these queries and that decision agree.
"""

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, Exists, F, Func, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from pluginnovation.privacy.grounds import MUNICIPALITY, OWN_GROUP, REACH_OF_ROLE, SCHOOL, SUB_PROJECT
from pluginnovation.privacy.youths import (
    COMPULSORY,
    ENDS_IN,
    LAST_OF_TEN,
    LAST_YEAR,
    TEN_YEARS_SINCE,
    UPPER_SECONDARY,
    born_after,
    born_by,
    spring_over_by,
)

from .clock import today
from .duties import ActiveDuty
from .models import Enrolment, Group, Membership, Organisation, Person, Resident
from .models.person import GONE, NOT_PROTECTED
from .participation import rows


def covering(day: date, path: str = "") -> Q:
    """Rows whose period holds the day; both ends count, an empty end is open."""
    start, end = f"{path}start_date", f"{path}end_date"
    return (Q(**{start: None}) | Q(**{f"{start}__lte": day})) & (Q(**{end: None}) | Q(**{f"{end}__gte": day}))


def shown(today: date) -> QuerySet[Person]:
    """Pupils that may be shown to anyone: never a protected identity, nor one who has died or moved abroad."""
    here = Person.objects.filter(is_pupil=True, in_source=True, security_marking=NOT_PROTECTED)
    return here.filter(Q(gone_on=None) | Q(gone_on__gt=today)).exclude(status__in=GONE)


def pupils_in_reach(duty: ActiveDuty, today: date) -> QuerySet[Person]:
    """The pupils that the duty gives a ground to see today. Unordered; `order_by("sort_key")` is Swedish order."""
    reach = REACH_OF_ROLE.get(duty.role)
    stays: QuerySet[Any]
    if reach == OWN_GROUP:
        stays = Membership.objects.filter(covering(today), covering(today, "group__"), group__in=duty.groups)
    elif reach == SCHOOL:
        stays = Enrolment.objects.filter(covering(today), organisation__in=duty.units)
    elif reach == MUNICIPALITY:
        return youths_of(duty, today).filter(birth_date__gt=born_after(today))
    elif reach == SUB_PROJECT:
        return participants_of(duty, today)
    else:
        return Person.objects.none()
    return shown(today).filter(Exists(stays.filter(pupil=OuterRef("code"))))


def participants_of(duty: ActiveDuty, today: date) -> QuerySet[Person]:
    """Who takes part today in the sub-projects that the duty leads."""
    within: Any = Q()
    for found in rows():
        stays = found.filter(covering(today), sub_project__in=duty.sub_projects)
        within |= Exists(stays.filter(pupil=OuterRef("code")))
    return shown(today).filter(within) if within else Person.objects.none()


def youths_of(duty: ActiveDuty, today: date) -> QuerySet[Person]:
    """Who is at home in the duty's municipality, past compulsory school, and without school and degree, of any age.

    Takes   duty   a coordinator's; one at no municipality has nobody
    """
    if not duty.municipality:
        return Person.objects.none()
    maybe = Func(Value(today), template="(SELECT fence.maybe_youths(%(expressions)s))::text[]")
    at_home = Case(When(home_municipality=duty.municipality, then=_PAST))
    too_old = Case(When(birth_date__lte=born_by(today), then=_HERE))
    answered_for = Func(Value(_PAST + _HERE), at_home, too_old, template="ARRAY[%(expressions)s]")
    stands = _by_enrolments(today) + _by_registers(duty.municipality, today)
    return shown(today).filter(
        _one_of(F("code"), maybe), Q(degree_on=None) | Q(degree_on__gt=today),
        _one_of(stands, answered_for), source__in=duty.sources,
    )  # fmt: skip


# What a youth's enrolments say, and what registers do, none of either being 0. PostgreSQL looks once at each, and takes
# the sum of both.
_PAST, _AT_SCHOOL = 10, 20
_AWAY, _HERE, _AT_ANOTHER = 1, 2, 3


def _by_enrolments(today: date) -> Coalesce:
    """Whether each person has a school, or else is known to be past the compulsory one."""
    begun = enrolments_of_each().filter(first__lte=today)
    return _greatest(begun, When(last__gte=today, then=_AT_SCHOOL), When(shows_past_school(today), then=_PAST))


def _by_registers(municipality: str, today: date) -> Coalesce:
    """Whether each person has a school elsewhere, or else is told to live in the municipality, or in another one."""
    told = Resident.objects.filter(covering(today), pupil=OuterRef("code"))
    at_another, here = Q(enrolled_elsewhere=True), Q(municipality=municipality)
    return _greatest(told, When(at_another, then=_AT_ANOTHER), When(here, then=_HERE), default=_AWAY)


def _greatest(rows: QuerySet[Any], *said: When, default: int = 0) -> Coalesce:
    each = rows.order_by().values("pupil").annotate(said=Max(Case(*said, default=default)))
    return Coalesce(Subquery(each.values("said")), 0)


def enrolments_of_each(code: str = "code") -> QuerySet[Any]:
    """Each person's enrolments, for a query of persons: first and last are days also where the source has none.

    Takes   code   the column that has the person's code, where the query is of something else
    """
    # A youth has few: they are found by the pupil alone, so no other condition may look as if an index had it.
    return Enrolment.objects.filter(pupil=OuterRef(code)).alias(
        first=Coalesce(F("start_date"), Value(date.min)), last=Coalesce(F("end_date"), Value(date.max))
    )


def past_school(today: date, code: str = "code") -> Exists:
    """Whether a known enrolment shows that compulsory school is done, for a query of persons.

    `privacy.youths.is_past_school` is the definition. `code` as in `enrolments_of_each`.
    """
    return Exists(enrolments_of_each(code).filter(shows_past_school(today), first__lte=today))


def shows_past_school(today: date) -> Case:
    """Whether an enrolment that has begun shows that compulsory school is done, for a query of enrolments."""
    last_of_nine = Q(school_year__gte=LAST_YEAR, end_date__lt=TEN_YEARS_SINCE)
    term_over = Q(end_date__month__in=ENDS_IN) | Q(end_date__lt=spring_over_by(today))
    last_year = Q(school_type__in=COMPULSORY) & (last_of_nine | Q(school_year__gte=LAST_OF_TEN)) & term_over
    return _worked_out(Q(school_type__in=UPPER_SECONDARY) | last_year)


def _one_of(one: Any, of: Any) -> Func:
    """Whether something is in a list that is made first, with one look at each of both.

    `IN` would work the one out anew for each in the list. A list of codes is looked up, however few PostgreSQL thinks
    remain.

    Takes   of   an array
    """
    every = Func(of, function="ANY")
    return Func(one, every, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())


def _worked_out(condition: Q) -> Case:
    """A condition that is asked of each row found, and never looked up."""
    return Case(When(condition, then=True), default=False, output_field=BooleanField())


def youths_of_unknown_age() -> int:
    """How many more there would be for the one who asks, if their date of birth were known.

    Nobody may see who they are, so the database's fence counts them.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT fence.ageless()")
        return int(cursor.fetchone()[0])


def groups_in_reach(duty: ActiveDuty, today: date) -> QuerySet[Group]:
    """The groups that the duty may open: one's own, or the school's."""
    reach = REACH_OF_ROLE.get(duty.role)
    if reach == OWN_GROUP:
        return Group.objects.filter(covering(today), code__in=duty.groups)
    if reach == SCHOOL:
        return Group.objects.filter(covering(today), organisation__in=duty.units)
    return Group.objects.none()


def schools_in_reach(duty: ActiveDuty) -> QuerySet[Organisation]:
    """The schools whose picture the duty may open: principal and pupil health, their own."""
    if REACH_OF_ROLE.get(duty.role) == SCHOOL:
        return Organisation.objects.filter(code__in=duty.units)
    return Organisation.objects.none()


def members_today(group: Group, duty: ActiveDuty, today: date) -> QuerySet[Person]:
    """The group's pupils today, less those whom the duty doesn't reach."""
    stays = Membership.objects.filter(covering(today), group=group)
    return pupils_in_reach(duty, today).filter(Exists(stays.filter(pupil=OuterRef("code"))))


def at_the_pupils_school() -> Exists:
    """Rows of a school that the pupil goes to today: another's are its own until they are handed over."""
    stays = Enrolment.objects.filter(covering(today()), pupil=OuterRef("pupil"), organisation=OuterRef("school"))
    return Exists(stays)


def of_todays_school() -> Q:
    """Rows of a school that the pupil goes to today, or of none: what another has done and promised stays there.

    It reaches the next school when it is handed over, and then as it was written that day.
    """
    return Q(school="") | Q(at_the_pupils_school())
