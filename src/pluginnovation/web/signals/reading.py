"""What the pages ask the database for: pictures beside the names that `people` lets the viewer see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.urls import reverse

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Duty, Person
from pluginnovation.web.people.reach import covering, of_todays_school

from .figures import Figure, unpacked
from .models import NO_ANSWER, Answer, PupilSnapshot
from .panels import NOTHING_BESIDE, Beside, beside_rows
from .words import percent

WAITS, SUPPORTED, ANSWERED, UNKNOWN, OTHER = "waits", "supported", "answered", "unknown", "other"
LIST_COLUMNS = (
    "pupil", "state", "waits", "level", "leading", "share", "unexcused", "coverage", "figures", "bars", "strip",
)  # fmt: skip


@dataclass(slots=True)
class PupilRow:
    """One pupil in a list.

    picture   none: nothing has been reported about the pupil
    answers   the standing answers, by signal
    beside    what adults do for the pupil, as other apps tell it
    """

    person: Person
    picture: PupilSnapshot | None
    answers: dict[str, Answer]
    beside: Beside = NOTHING_BESIDE

    @property
    def place(self) -> str:
        """Which group of rows it belongs to: what adults have done, never how much the pupil is away."""
        picture = self.picture
        if picture is not None and picture.state == 2 and picture.waits:
            return WAITS
        if self.beside.supported:
            return SUPPORTED
        if picture is None or picture.state == 1:
            return UNKNOWN
        return ANSWERED if picture.state == 2 else OTHER

    @property
    def href(self) -> str:
        """The address of the pupil's page."""
        return f"{_pupils_at()}{self.person.code}/"

    @property
    def figures(self) -> list[Figure]:
        """The pupil's signals."""
        return [unpacked(row) for row in self.picture.figures] if self.picture else []

    @property
    def leading(self) -> Figure | None:
        """The signal that tells why the row stands where it does."""
        name = self.picture.leading if self.picture else ""
        return next((unpacked(row) for row in self.picture.figures if row[0] == name), None) if self.picture else None

    @property
    def answer(self) -> Answer | None:
        """The latest standing answer."""
        return max(self.answers.values(), key=lambda answer: answer.at, default=None)

    @property
    def share(self) -> str:
        """Absence over 28 days, or the word for unknown."""
        return percent(self.picture.share if self.picture else None)

    @property
    def unexcused(self) -> str:
        """Unexcused absence over 28 days."""
        return percent(self.picture.unexcused if self.picture else None)


@cache
def _pupils_at() -> str:
    # Asked once: a page has thirty of these, and finding an address by its name takes longer than a query.
    return reverse("pupil", args=["-"]).removesuffix("-/")


def rows_of(people: Sequence[Person]) -> list[PupilRow]:
    """The people's rows, in the people's order. Two queries and those of other apps, however many they are."""
    codes = [person.code for person in people]
    beside = beside_rows(codes)
    pictures = {picture.pupil: picture for picture in PupilSnapshot.objects.filter(pupil__in=codes).only(*LIST_COLUMNS)}
    answers = standing_answers([code for code in codes if code in pictures and pictures[code].state == 2])
    return [
        PupilRow(
            person,
            pictures.get(person.code),
            _standing(pictures.get(person.code), answers.get(person.code, {})),
            beside.get(person.code, NOTHING_BESIDE),
        )
        for person in people
    ]


def standing_answers(codes: Iterable[str]) -> dict[str, dict[str, Answer]]:
    """The latest answer for each pupil and signal at the pupil's school, those undone or only seen left out. One query.

    What the school before answered stays there: at the next one the signal waits for somebody.
    """
    latest = (
        Answer.objects.filter(of_todays_school(), pupil__in=list(codes))
        .select_related("by")
        .order_by("pupil", "signal", "-at", "-id")
        .distinct("pupil", "signal")
    )
    found: dict[str, dict[str, Answer]] = {}
    for answer in latest:
        if answer.what not in NO_ANSWER:
            found.setdefault(answer.pupil, {})[answer.signal] = answer
    return found


def answers_it(answer: Answer | None, figure: Figure) -> bool:
    """Whether the answer is to this signal as it stands: the same beginning, and no higher level since."""
    return answer is not None and answer.since == figure.since and answer.level >= (figure.level or 0)


def _standing(picture: PupilSnapshot | None, answers: dict[str, Answer]) -> dict[str, Answer]:
    if picture is None or not answers:
        return {}
    figures = {row[0]: unpacked(row) for row in picture.figures}
    return {
        signal: answer
        for signal, answer in answers.items()
        if signal in figures and answers_it(answer, figures[signal])
    }


def mentors_of(groups: Iterable[str]) -> dict[str, str]:
    """The mentors' names for each group, as one text. One query."""
    duties = (
        Duty.objects.filter(covering(today()), group__in=list(groups), role="mentor", person__isnull=False)
        .order_by("person__sort_key")
        .values_list("group", "person__given_name", "person__family_name")
    )
    names: dict[str, list[str]] = {}
    for group, given, family in duties:
        name = f"{given} {family}".strip()
        if name and name not in names.setdefault(group, []):
            names[group].append(name)
    return {group: ", ".join(found) for group, found in names.items()}
