"""What help is sought for, read from a pupil's picture and case. It has no name and no code, and is not kept."""

from collections.abc import Iterable

from pluginnovation.knowledge.matching import Need, problems_of, year_of
from pluginnovation.support import obstacles as words
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Enrolment, Person
from pluginnovation.web.people.reach import covering
from pluginnovation.web.signals.models import PupilSnapshot
from pluginnovation.web.signals.reading import PupilRow
from pluginnovation.web.support.models import Case, Obstacle


def need_of_case(case: Case, person: Person) -> Need:
    """What stands in the way in the case, with what is noticed and the school year. Three queries."""
    return _need(person, case.obstacles.filter(gone_at=None).values_list("key", flat=True))


def need_of_pupil(person: Person, *, in_cases: bool) -> Need:
    """What is noticed, and what stands in the way in open cases for those who take part in them. Three queries."""
    keys = Obstacle.objects.filter(pupil=person.code, gone_at=None, case__closed_at=None).values_list("key", flat=True)
    return _need(person, keys if in_cases else ())


def _need(person: Person, keys: Iterable[str]) -> Need:
    standing = set(keys)
    obstacles = tuple(key for key in words.BY_KEY if key in standing)
    picture = PupilSnapshot.objects.filter(pupil=person.code).first()
    raised = [figure.signal for figure in PupilRow(person, picture, {}).figures if figure.opens] if picture else []
    stay = Enrolment.objects.filter(covering(today()), pupil=person.code).order_by("-start_date", "organisation")
    year, programme = stay.values_list("school_year", "programme").first() or (None, "")
    return Need(obstacles, problems_of(raised), year_of(year, programme or ""))
