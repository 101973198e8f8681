"""What the pages of mapping ask the database for: the answers that stand, counted and beside each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pluginnovation.support.analysis import Seen, class_picture
from pluginnovation.support.connectedness import GoesOn, Mark, goes_on
from pluginnovation.support.mapping import CLASS, PUPIL, Statement, Template
from pluginnovation.web.people.models import Group, Person, User

from ..models import AnalysisMeasure, ClassSheet, JointAnalysis, MappingRound, PupilMarks, PupilSheet
from .reach import Teacher
from .rounds import round_before
from .stored import template_numbered


@dataclass(frozen=True, slots=True)
class ClassRow:
    """One class in a round.

    remain   the teachers who haven't answered
    sheets   how many pupils template B is filled in for; none: not to be told to the one who asks
    """

    group: Group
    asked: tuple[Teacher, ...]
    answered: int
    remain: tuple[Teacher, ...]
    mine: ClassSheet | None
    sheets: int | None
    analysed: JointAnalysis | None


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a class: the answers together, who gave which, and the time before.

    by_answer   the names of those who gave each answer, in the order of the answers
    unsaid      the names of those who have answered, but nothing to this
    """

    statement: Statement
    seen: Seen
    by_answer: tuple[tuple[str, tuple[str, ...]], ...]
    unsaid: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClassPicture:
    """A class in a round.

    rows     every statement of the template
    texts    what teachers wrote about the class: the words and the name
    before   the round that it is compared with; none: the first
    """

    template: Template
    rows: tuple[StatementRow, ...]
    sheets: tuple[ClassSheet, ...]
    texts: tuple[tuple[str, str], ...]
    before: MappingRound | None

    @property
    def standing_out(self) -> tuple[StatementRow, ...]:
        """What to talk about together."""
        return tuple(row for row in self.rows if row.seen.now.stands_out)

    @property
    def changed(self) -> tuple[StatementRow, ...]:
        """What isn't as it was the time before."""
        return tuple(row for row in self.rows if row.seen.change not in ("", "same"))

    @property
    def opposed(self) -> tuple[StatementRow, ...]:
        """Where one says fully and another not."""
        return tuple(row for row in self.rows if row.seen.now.opposed)


@dataclass(frozen=True, slots=True)
class GoingOn:
    """A pupil who goes on to template B, why, and what stands there.

    words   the statements that were marked, as they stand in the template
    """

    person: Person
    words: tuple[Statement, ...]
    sheet: PupilSheet | None


def class_sheets(rounds: Iterable[MappingRound], groups: Iterable[str]) -> list[ClassSheet]:
    """The sheets that stand: each teacher's last of each class and round. One query."""
    rows = ClassSheet.objects.filter(round__in=list(rounds), group__in=list(groups)).select_related("by")
    return list(rows.order_by("round", "group", "by", "-id").distinct("round", "group", "by"))


def own_sheet(found: MappingRound, group: str, teacher: User) -> ClassSheet | None:
    """What a teacher has said of a class, as it stands."""
    return ClassSheet.objects.filter(round=found, group=group, by=teacher).order_by("-id").first()


def picture_of(found: MappingRound, group: str, teachers: Iterable[Teacher] | None) -> ClassPicture:
    """A class in a round, with the round before beside it. At most five queries.

    Takes   teachers   those who were asked; none: only those who answered are counted
    """
    before = round_before(found)
    sheets = class_sheets([one for one in (found, before) if one], [group])
    now = [one for one in sheets if one.round_id == found.pk]
    earlier = [one for one in sheets if one.round_id != found.pk]
    template = template_numbered(found.school, CLASS, found.class_template)
    keys_before = template_numbered(before.school, CLASS, before.class_template).keys if before else ()
    asked = {one.person for one in teachers or ()} | {one.by.person_id or f"user {one.by_id}" for one in now}
    seen = class_picture(
        template.keys, [one.answers for one in now], [one.answers for one in earlier], asked=len(asked),
        keys_before=keys_before,
    )  # fmt: skip
    words = {one.key: one for one in template.statements}
    rows = tuple(
        StatementRow(words[one.key], one, _names(one.key, now),
                     tuple(sorted(sheet.by.name for sheet in now if one.key not in sheet.answers)))
        for one in seen
    )  # fmt: skip
    texts = tuple((one.text, one.by.name) for one in now if one.text)
    return ClassPicture(template, rows, tuple(now), texts, before)


def _names(key: str, sheets: Iterable[ClassSheet]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    said: dict[str, list[str]] = {"fully": [], "partly": [], "not": []}
    for sheet in sheets:
        if sheet.answers.get(key) in said:
            said[sheet.answers[key]].append(sheet.by.name)
    return tuple((answer, tuple(sorted(names))) for answer, names in said.items() if names)


def class_rows(
    found: MappingRound, groups: Iterable[Group], teachers: Mapping[str, tuple[Teacher, ...]], asker: User, *,
    tells_pupils: bool,
) -> list[ClassRow]:  # fmt: skip
    """Every class of a round as it stands. Three or four queries, however many the classes are.

    Takes   tells_pupils   whether the asker takes part in template B and the joint analysis
    """
    listed = list(groups)
    codes = [one.code for one in listed]
    sheets: dict[str, list[ClassSheet]] = {}
    for sheet in class_sheets([found], codes):
        sheets.setdefault(sheet.group, []).append(sheet)
    analysed = newest_analyses(found, codes) if tells_pupils else {}
    filled = _filled(found, codes) if tells_pupils else {}
    rows = []
    for group in listed:
        said = sheets.get(group.code, [])
        done = {one.by.person_id for one in said}
        asked = teachers.get(group.code, ())
        mine = next((one for one in said if one.by_id == asker.pk), None)
        rows.append(
            ClassRow(group, asked, len(said), tuple(one for one in asked if one.person not in done), mine,
                     filled.get(group.code, 0) if tells_pupils else None, analysed.get(group.code))
        )  # fmt: skip
    return rows


def newest_analyses(found: MappingRound, groups: Iterable[str]) -> dict[str, JointAnalysis]:
    """The joint analyses that stand, by class. One query."""
    rows = JointAnalysis.objects.filter(round=found, group__in=list(groups)).select_related("by")
    return {one.group: one for one in rows.order_by("group", "-version").distinct("group")}


def measures_from(found: MappingRound, group: str) -> list[AnalysisMeasure]:
    """The measures that came of a class's joint analysis, oldest first. One query."""
    rows = AnalysisMeasure.objects.filter(round=found, group=group).select_related("measure")
    return list(rows.order_by("id"))


def _filled(found: MappingRound, groups: list[str]) -> dict[str, int]:
    from pluginnovation.web.people.clock import today
    from pluginnovation.web.people.models import Membership
    from pluginnovation.web.people.reach import covering

    done = set(PupilSheet.objects.filter(round=found).values_list("pupil", flat=True))
    stays = Membership.objects.filter(covering(today()), group__in=groups, pupil__in=done)
    count: dict[str, int] = {}
    for group in stays.values_list("group", flat=True):
        count[group] = count.get(group, 0) + 1
    return count


def marks_of(found: MappingRound, pupils: Iterable[str]) -> dict[str, list[Mark]]:
    """What teachers have marked on each pupil, as it stands: each teacher's last. One query."""
    rows = PupilMarks.objects.filter(round=found, pupil__in=list(pupils)).select_related("by")
    marks: dict[str, list[Mark]] = {}
    for row in rows.order_by("pupil", "by", "-id").distinct("pupil", "by"):
        marks.setdefault(row.pupil, []).extend(Mark(key, said, row.by.name) for key, said in row.marks.items())
    return marks


def sheets_of(found: MappingRound, pupils: Iterable[str]) -> dict[str, PupilSheet]:
    """Template B as it stands for each pupil in a round. One query."""
    rows = PupilSheet.objects.filter(round=found, pupil__in=list(pupils)).select_related("by")
    return {one.pupil: one for one in rows.order_by("pupil", "-version").distinct("pupil")}


def going_on(template: Template, people: Iterable[Person], found: MappingRound) -> list[GoingOn]:
    """Who goes on to template B and who has been there, in the order of the people. Two queries.

    Takes   template   the round's template A, which says how many statements it takes
    """
    listed = list(people)
    codes = [one.code for one in listed]
    marks, sheets = marks_of(found, codes), sheets_of(found, codes)
    words = {one.key: one for one in template.statements}
    rows = []
    for person in listed:
        why = goes_on(marks.get(person.code, ()), keys=template.keys, several=template.several)
        if why is not None or person.code in sheets:
            said = tuple(words[key] for key in (why or GoesOn(())).statements)
            rows.append(GoingOn(person, said, sheets.get(person.code)))
    return rows


def pupil_template(found: MappingRound) -> Template:
    """The round's template B."""
    return template_numbered(found.school, PUPIL, found.pupil_template)
