"""Youths without a school, as a municipality's list has them: the last school, how long since, and what is answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from pluginnovation.privacy.youths import Schooling, is_past_school
from pluginnovation.signals.meters.names import form_name
from pluginnovation.signals.wording import Wording
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Enrolment, Person

from .figures import Figure, unpacked
from .models import Answer, YouthSnapshot
from .reading import ANSWERED, OTHER, UNKNOWN, WAITS, answers_it, standing_answers
from .words import language

SIGNAL: Final = "left_without_enrolment"


@dataclass(frozen=True, slots=True)
class YouthRow:
    """One youth in the list.

    figure   what the signal says; none: it has not been counted for the youth
    answer   the standing answer
    last     the enrolment that ended last; none: no school is known
    ahead    the first enrolment that is registered and hasn't begun
    past     whether a known enrolment shows that compulsory school is done
    as_of    the day that the list is about
    """

    person: Person
    figure: Figure | None
    answer: Answer | None
    last: Enrolment | None
    ahead: Enrolment | None
    past: bool
    as_of: date

    @property
    def place(self) -> str:
        """Which group of rows it belongs to: what adults have done, never how long it is."""
        if self.figure is not None and self.figure.opens:
            return ANSWERED if self.answer else WAITS
        return UNKNOWN if not self.past or self.figure is None or self.figure.level is None else OTHER

    @property
    def days(self) -> int | None:
        """Days since the last one enrolled; none when that isn't known."""
        if not self.past or self.last is None or self.last.end_date is None:
            return None
        return max((self.as_of - self.last.end_date).days, 0)

    @property
    def age(self) -> int | None:
        """Whole years."""
        return age_of(self.person, self.as_of)

    @property
    def school(self) -> str:
        """The name of the last school, empty when none is known."""
        return self.last.organisation.display_name if self.last and self.last.organisation else ""

    @property
    def studied(self) -> str:
        """What was studied there: form or programme, and year."""
        return studied(self.last) if self.last else ""


def age_of(person: Person, day: date) -> int | None:
    """Whole years on a day; none without a date of birth."""
    born = person.birth_date
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day)) if born else None


def studied(enrolment: Enrolment) -> str:
    """Form of school, and programme where there is one, of an enrolment."""
    form = form_name(enrolment.school_type, Wording(language()))
    return f"{form}, {enrolment.programme}" if enrolment.programme else form


def figures_of(codes: Iterable[str]) -> dict[str, list[Figure]]:
    """What is told of each youth. One query."""
    found = YouthSnapshot.objects.filter(pupil__in=list(codes))
    return {picture.pupil: [unpacked(row) for row in picture.figures] for picture in found}


def schools_of(codes: Iterable[str]) -> dict[str, list[Enrolment]]:
    """Each one's enrolments, the one that ended last first. One query."""
    rows = Enrolment.objects.filter(pupil__in=list(codes)).select_related("organisation")
    found: dict[str, list[Enrolment]] = {}
    for row in sorted(rows, key=lambda row: (row.end_date or date.max, row.start_date or date.min), reverse=True):
        found.setdefault(row.pupil_id, []).append(row)
    return found


def rows_of(people: Sequence[Person], as_of: date) -> list[YouthRow]:
    """The people's rows, in the people's order. Three queries, however many they are."""
    codes = [person.code for person in people]
    figures, schools, answers = figures_of(codes), schools_of(codes), standing_answers(codes)
    return [
        _row(person, figures.get(person.code, []), schools.get(person.code, []), answers.get(person.code, {}), as_of)
        for person in people
    ]


def _row(
    person: Person, figures: list[Figure], schools: list[Enrolment], answers: dict[str, Answer], as_of: date
) -> YouthRow:
    figure = next((figure for figure in figures if figure.signal == SIGNAL), None)
    answer = answers.get(SIGNAL)
    standing = answer if figure is not None and answers_it(answer, figure) else None
    day = today()
    ahead = [row for row in schools if row.start_date and row.start_date > day]
    begun = [row for row in schools if row not in ahead]
    past = any(is_past_school(schooling_of(row), day) for row in begun)
    first = min(ahead, key=lambda row: row.start_date or date.max, default=None)
    return YouthRow(person, figure, standing, begun[0] if begun else None, first, past, as_of)


def schooling_of(row: Enrolment) -> Schooling:
    """An enrolment as the grounds see it."""
    return Schooling(row.school_type, row.school_year, row.start_date, row.end_date)
