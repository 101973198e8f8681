"""Writing down what mentor, pupil health and principal saw together, and starting a measure from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from pluginnovation.support.mapping import CLASS
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import Group, User

from ..following import plan_follow_up
from ..measures import Starting, start_measure
from ..models import AnalysisMeasure, JointAnalysis, MappingRound, Measure
from .reach import TALKS
from .refused import nothing_seen, somebody_saved, text_too_long
from .stored import template_numbered

LONGEST: Final = 1_500


@dataclass(frozen=True, slots=True)
class SeenTogether:
    """What is about to be written down.

    present   the roles that took part
    version   the one that the writer had seen; 0 for none
    """

    seen: str
    why: str
    present: tuple[str, ...]
    version: int


def save_analysis(
    *, of_round: MappingRound, group: Group, said: SeenTogether, by: User, role: str, at: datetime
) -> JointAnalysis:
    """Write down the joint analysis. Earlier versions stay to be read.

    Raises  Refusal when nothing is seen, too much is written, or somebody saved in between
    """
    if not said.seen:
        raise nothing_seen()
    if max(len(said.seen), len(said.why)) > LONGEST:
        raise text_too_long(LONGEST)
    present = [one for one in TALKS if one in said.present]
    with recorded("save_joint_analysis", by=by, at=at, about=group.code, round=of_round.pk, present=present):
        newest = JointAnalysis.objects.filter(round=of_round, group=group.code).order_by("-version").first()
        if (newest.version if newest else 0) != said.version:
            raise somebody_saved()
        # Of two who save at once the second finds the version taken.
        row, made = JointAnalysis.objects.get_or_create(
            round=of_round, group=group.code, version=said.version + 1,
            defaults={
                "school": of_round.school, "seen": said.seen, "why": said.why, "present": present, "by": by,
                "role": role, "at": at,
            },
        )  # fmt: skip
        if not made:
            raise somebody_saved()
        return row


@dataclass(frozen=True, slots=True)
class Answering:
    """Which round's statements a measure answers, and when to look back at it.

    of_round     none: it comes of no mapping
    statements   keys of the round's template A
    """

    of_round: MappingRound | None
    group: str
    statements: Iterable[str]
    look_back: date


def start_from_analysis(*, starting: Starting, answering: Answering, by: User, at: datetime) -> Measure:
    """Start a measure for a group or the school, with the day to look back at it; whole or not at all.

    Raises  Refusal as `start_measure` and `plan_follow_up` do
    """
    with transaction.atomic():
        measure = start_measure(starting=starting, by=by, at=at)
        plan_follow_up(of=measure, due=answering.look_back, by=by, at=at)
        found = answering.of_round
        if found is not None:
            keys = template_numbered(found.school, CLASS, found.class_template).keys
            chosen = [key for key in keys if key in set(answering.statements)]
            AnalysisMeasure.objects.create(
                round=found, group=answering.group, school=found.school, measure=measure, statements=chosen, by=by,
                at=at,
            )  # fmt: skip
    return measure
