"""After an answer: whether the pupil still waits, and the counts and dots of the pupil's groups and school.

And after a pupil is hidden: the dots of those who remain.
"""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Membership
from pluginnovation.web.people.reach import covering

from .. import drawing
from ..figures import unpacked
from ..models import GroupSnapshot, PupilSnapshot, SchoolSnapshot
from ..reading import answers_it, standing_answers


def retell(pupil: str) -> None:
    """Let the pictures agree with the answers of one pupil. Call it inside the answer's transaction."""
    picture = PupilSnapshot.objects.select_for_update().filter(pupil=pupil).first()
    if picture is None:
        return
    answers = standing_answers([pupil]).get(pupil, {})
    open_ones = [figure for figure in map(unpacked, picture.figures) if figure.opens]
    waits = any(not answers_it(answers.get(figure.signal), figure) for figure in open_ones)
    if waits == picture.waits:
        return
    PupilSnapshot.objects.filter(pupil=pupil).update(waits=waits)
    stays = Membership.objects.filter(covering(today()), pupil=pupil).values("group")
    # In the order of their codes, so that two answers at once never wait for each other in a ring.
    for group in GroupSnapshot.objects.select_for_update().filter(group__in=stays).order_by("group"):
        _tell(group)
    for school in SchoolSnapshot.objects.select_for_update().filter(school=picture.school):
        school.waiting = PupilSnapshot.objects.filter(school=picture.school, waits=True).count()
        school.save(update_fields=["waiting"])


def draw_dots(groups: Sequence[str]) -> None:
    """Draw the groups' pupils anew, as the pupils' pictures are now."""
    for group in GroupSnapshot.objects.select_for_update().filter(group__in=groups).order_by("group"):
        _tell(group)


def _tell(group: GroupSnapshot) -> None:
    members = list(_members(group.group).values_list("share", "waits"))
    group.waiting = sum(waits for _share, waits in members)
    group.dots = drawing.dots([(share, waits) for share, waits in members if share is not None])
    group.save(update_fields=["waiting", "dots"])


def _members(group: str) -> QuerySet[PupilSnapshot]:
    stays = Membership.objects.filter(covering(today()), group=group, pupil=OuterRef("pupil"))
    return PupilSnapshot.objects.filter(Exists(stays))
