"""How far a measure followed its method's points, marked by whoever gives it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from pluginnovation.support.fidelity import FOLLOWED, Counted, counted, standing
from pluginnovation.web.people.audit import recorded
from pluginnovation.web.people.models import User

from . import refused
from .models import Measure, PointMark


def marks_of(measure: Measure) -> list[tuple[int, str]]:
    """What was marked, in its order; from what was asked for before, if it was."""
    return [(mark.point, mark.followed) for mark in sorted(measure.marks.all(), key=lambda mark: mark.pk)]


def followed_by(numbers: Collection[int], until: date) -> dict[int, Counted]:
    """How far measures had followed their methods by a day: number -> counted; none for one that follows no method.
    Two queries."""
    measures = Measure.objects.filter(pk__in=numbers).exclude(fidelity="")
    said: dict[int, list[tuple[int, str]]] = {one.pk: [] for one in measures}
    marks = PointMark.objects.filter(measure__in=said, at__date__lte=until).order_by("pk")
    for number, point, followed in marks.values_list("measure", "point", "followed"):
        said[number].append((point, followed))
    return {one.pk: counted(one.fidelity_points, said[one.pk]) for one in measures}


def mark_points(*, measure: Measure, said: Mapping[int, str], by: User, at: datetime) -> list[PointMark]:
    """Write down how far points were followed. Rows are added for those that differ from what stood; the last stands.

    Takes   said   by the point's number from nought, one of `support.fidelity.FOLLOWED`
    Raises  Refusal when nothing is said, the measure hasn't begun, has no such point, or there is no such answer
    """
    points = measure.fidelity_points
    if not said:
        raise refused.not_offered(("Inget svar", "No answer"))
    if any(number not in range(len(points)) or answer not in FOLLOWED for number, answer in said.items()):
        raise refused.not_offered(("Punkten", "The point"))
    if measure.state in (Measure.PLANNED, Measure.QUEUED):
        raise refused.day_wrong(("Insatsen har inte börjat.", "The measure hasn't begun."))
    with recorded("mark_points", by=by, at=at, about=measure.pupil, measure=measure.pk, points=len(said)):
        # Whoever marks at the same time waits here, and then sees what stands.
        stood = standing(points, marks_of(Measure.objects.select_for_update(of=("self",)).get(pk=measure.pk)))
        return [
            PointMark.objects.create(
                measure=measure, pupil=measure.pupil, point=number, followed=answer, by=by, at=at
            )
            for number, answer in sorted(said.items())
            if answer != stood[number]
        ]  # fmt: skip
