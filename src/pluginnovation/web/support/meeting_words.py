"""A meeting's points as the page tells them: who, why, and what is known, with names or with initials only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pluginnovation.support import agenda, meeting_decisions
from pluginnovation.web.people.clock import today
from pluginnovation.web.people.duties import ActiveDuty
from pluginnovation.web.people.models import Group, Membership, Person
from pluginnovation.web.people.reach import covering, pupils_in_reach

from .agenda_reading import standing_decision
from .models import MeetingDecision, MeetingPoint

# Kept in the session: the page is on a wall that others see, so it has initials and no notes.
SHARED_SCREEN: Final = "shared_screen"

PARTS: Final[dict[str, Promise]] = {
    agenda.ENVIRONMENT: _("Klass och miljö"),
    agenda.PASSED: _("Datum har gått"),
    agenda.NEW: _("Nya"),
    agenda.FOLLOW_UP: _("Uppföljning"),
}
WHYS: Final[dict[str, Promise]] = {
    agenda.PATTERN: _("ett mönster i klassen"),
    agenda.PUT_OFF: _("kvar från förra mötet"),
    agenda.STEP_PASSED: _("ett steg är inte gjort"),
    agenda.CASE_STEP_PASSED: _("ett steg i ärendet är inte gjort"),
    agenda.FOLLOW_UP_PASSED: _("uppföljningen är inte gjord"),
    agenda.RAISED: _("lyft till elevhälsan"),
    agenda.UNANSWERED: _("utan svar sedan före förra mötet"),
    agenda.FOLLOW_UP_DUE: _("dags att följa upp"),
    agenda.MEASURE_ENDS: _("insatsen tar slut"),
}
DECISIONS: Final[dict[str, Promise]] = {
    meeting_decisions.STEP: _("Ett steg: någon gör något, senast en dag"),
    meeting_decisions.MEASURE: _("Sätt in en insats"),
    meeting_decisions.INVESTIGATE: _("Utred behovet av särskilt stöd"),
    meeting_decisions.ABSENCE: _("Utred frånvaron"),
    meeting_decisions.END: _("Avsluta, med skäl"),
    meeting_decisions.NEXT_TIME: _("Ta upp nästa gång"),
}
SAME_STEP: Final = _("Samma steg, ny ansvarig eller nytt datum")
# In the minutes, as something that was decided.
DECIDED: Final[dict[str, Promise]] = {
    meeting_decisions.STEP: _("Steg"),
    meeting_decisions.MEASURE: _("Insats"),
    meeting_decisions.INVESTIGATE: _("Utred behovet av särskilt stöd"),
    meeting_decisions.ABSENCE: _("Utred frånvaron"),
    meeting_decisions.END: _("Avslutat"),
    meeting_decisions.NEXT_TIME: _("Tas upp nästa gång"),
}


@dataclass(frozen=True, slots=True)
class PointTold:
    """One point as it is shown.

    row      the point that was written down; none: the meeting hasn't begun
    name     the pupil's, as the screen may show it, or the group's; empty: the school itself
    place    the pupil's class
    """

    number: int
    part: str
    why: str
    name: str
    place: str
    pupil: Person | None = None
    group: Group | None = None
    row: MeetingPoint | None = None
    decision: MeetingDecision | None = None
    replaced: Sequence[MeetingDecision] = field(default=())

    @property
    def part_word(self) -> Promise:
        """The part, as a heading."""
        return PARTS[self.part]

    @property
    def why_word(self) -> Promise:
        """Why it stands there."""
        return WHYS[self.why]

    @property
    def title(self) -> str:
        """Who, and of which class."""
        return f"{self.name}, {self.place}" if self.place else self.name


@dataclass(frozen=True, slots=True)
class Who:
    """The pupils and groups of an agenda that the asker reaches, as the screen may show them."""

    pupils: Mapping[str, Person]
    classes: Mapping[str, str]
    groups: Mapping[str, Group]
    initials: bool

    def name(self, pupil: Person) -> str:
        """The pupil's name, or the initials alone."""
        return pupil.initials if self.initials else pupil.name


def is_shared(request: HttpRequest) -> bool:
    """Whether others see the screen."""
    return bool(request.session.get(SHARED_SCREEN))


def who_are(pupils: Iterable[str], groups: Iterable[str], duty: ActiveDuty, *, initials: bool) -> Who:
    """Those behind the codes. Three queries."""
    reached = pupils_in_reach(duty, today()).filter(code__in=list(pupils))
    found = {person.code: person for person in reached.only("code", "given_name", "family_name", "sort_key")}
    stays = Membership.objects.filter(covering(today()), pupil__in=list(found), group__group_type="Klass")
    classes = dict(stays.order_by("-start_date").values_list("pupil", "group__display_name"))
    known = Group.objects.filter(code__in=list(groups)).select_related("organisation")
    return Who(found, classes, {group.code: group for group in known}, initials)


def preview(points: Iterable[agenda.Point], duty: ActiveDuty, *, initials: bool) -> list[PointTold]:
    """An agenda that isn't written down yet."""
    points = list(points)
    who = who_are(
        (p.code for p in points if p.about == agenda.PUPIL), (p.code for p in points if p.about == agenda.GROUP),
        duty, initials=initials,
    )  # fmt: skip
    found = []
    for point in points:
        if point.about == agenda.PUPIL and point.code not in who.pupils:
            continue
        pupil = who.pupils.get(point.code) if point.about == agenda.PUPIL else None
        group = who.groups.get(point.code) if point.about == agenda.GROUP else None
        found.append(_told(who, pupil, group, number=point.number, part=point.part, why=point.why))
    return found


def points_told(rows: Iterable[MeetingPoint], duty: ActiveDuty, *, initials: bool) -> list[PointTold]:
    """The points that were written down, with the decision that stands on each. Four queries."""
    rows = list(rows)
    who = who_are((row.pupil for row in rows if row.pupil), (row.group for row in rows if row.group), duty,
                  initials=initials)  # fmt: skip
    found = []
    for row in rows:
        if row.pupil and row.pupil not in who.pupils:
            continue  # gone from the school, or protected, since the agenda was written down
        decisions = sorted(row.decisions.all(), key=lambda decision: decision.number)
        standing = standing_decision(decisions)
        found.append(
            _told(
                who, who.pupils.get(row.pupil), who.groups.get(row.group), number=row.number, part=row.part,
                why=row.why, row=row, decision=standing, replaced=[d for d in decisions if d is not standing],
            )
        )  # fmt: skip
    return found


def _told(who: Who, pupil: Person | None, group: Group | None, **said: Any) -> PointTold:
    name = who.name(pupil) if pupil else group.display_name if group else ""
    place = who.classes.get(pupil.code, "") if pupil else ""
    return PointTold(name=name, place=place, pupil=pupil, group=group, **said)


def by_part(points: Sequence[PointTold]) -> list[tuple[Promise, list[PointTold]]]:
    """The points under the headings of their parts; those added during the meeting stand in their part too."""
    found = [(PARTS[part], [point for point in points if point.part == part]) for part in agenda.PARTS]
    return [(heading, held) for heading, held in found if held]
