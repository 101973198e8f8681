"""After an answer: whether the pupil still waits, and the counts and dots of the pupil's groups and school.

And after a pupil is hidden: the dots of those who remain.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from pluginnovation.web.people.clock import today
from pluginnovation.web.people.models import Membership
from pluginnovation.web.people.reach import covering

from .. import drawing
from ..figures import unpacked
from ..models import GroupSnapshot, PupilSnapshot
from ..reading import answers_it, standing_answers


def retell(pupil: str) -> None:
    """Let the pictures agree with the answers of one pupil. Call it inside the answer's transaction.

    The one who answers may not see everyone in the pupil's groups and school: the database's fence counts them.
    """
    picture = PupilSnapshot.objects.select_for_update().filter(pupil=pupil).first()
    if picture is None:
        return
    answers = standing_answers([pupil]).get(pupil, {})
    open_ones = [figure for figure in map(unpacked, picture.figures) if figure.opens]
    waits = any(not answers_it(answers.get(figure.signal), figure) for figure in open_ones)
    if waits == picture.waits:
        return
    PupilSnapshot.objects.filter(pupil=pupil).update(waits=waits)
    with connection.cursor() as cursor:
        cursor.execute("SELECT group_code, shares, waiting FROM fence.count_waiting(%s, %s)", [pupil, today()])
        for group, shares, waiting in cursor.fetchall():
            drawn = _dots(zip(shares, waiting, strict=True))
            cursor.execute("SELECT fence.draw_dots(%s, %s, %s, %s)", [pupil, today(), group, drawn])


def draw_dots(groups: Sequence[str]) -> None:
    """Draw the groups' pupils anew, as the pupils' pictures are now."""
    for group in GroupSnapshot.objects.select_for_update().filter(group__in=groups).order_by("group"):
        _tell(group)


def _tell(group: GroupSnapshot) -> None:
    members = list(_members(group.group).values_list("share", "waits"))
    group.waiting = sum(waits for _share, waits in members)
    group.dots = _dots(members)
    group.save(update_fields=["waiting", "dots"])


def _dots(members: Iterable[tuple[int | None, bool]]) -> str:
    return drawing.dots([(share, waits) for share, waits in members if share is not None])


def _members(group: str) -> QuerySet[PupilSnapshot]:
    stays = Membership.objects.filter(covering(today()), group=group, pupil=OuterRef("pupil"))
    return PupilSnapshot.objects.filter(Exists(stays))
